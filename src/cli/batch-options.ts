import { choice } from './choice.js';
import { problem, type Problem } from '../core/errors.js';
import { closest } from '../core/names.js';
import { requirementProblems } from '../core/requirements.js';
import { FIELDS } from '../formats/fields.js';
import { fieldOfKey, type KeyPolicy, type RawRecord } from '../formats/record.js';
import { readValue } from '../schema/value.js';
import { RESULT_LIST, type ResultKey } from '../formats/results.js';
import { INPUT_FORMATS, type InputFormat } from '../stream/recognise.js';
import { ON_ERROR, type OnError } from '../stream/stream.js';
import { POSITION_FLAGS, recordOfOptions, WITHIN_FLAG, type Flag, type Parsed } from './flags.js';
import { readWithin } from './options.js';
import type { Ratio } from '../core/ratio.js';

const RESULT_KEYS = RESULT_LIST.map(([key]) => key);
const DEFAULT_FIELDS: readonly ResultKey[] = ['outcome', 'liquidationPrice', 'distancePercent'];

/** The flags of `batch`, without the common flags. The flags of a position are defaults. */
export const BATCH_FLAGS: readonly Flag[] = [
  {
    name: 'side',
    placeholder: FIELDS.side.placeholder,
    meaning: FIELDS.side.meaning,
    heading: FIELDS.side.heading,
    choices: FIELDS.side.choices,
  },
  ...POSITION_FLAGS,
  {
    name: 'fields',
    placeholder: 'A,B,C',
    meaning: `results to add, or all; default ${DEFAULT_FIELDS.join(',')}`,
    heading: 'Stream',
    takes: 'results',
  },
  {
    name: 'input',
    placeholder: 'F',
    meaning: 'format of the input; detected if not given',
    heading: 'Stream',
    choices: INPUT_FORMATS,
  },
  {
    name: 'on-error',
    placeholder: 'WHAT',
    meaning: 'an invalid record: keep it in its place, skip it, or stop',
    heading: 'Stream',
    choices: ON_ERROR,
  },
  WITHIN_FLAG,
  { name: 'strict', meaning: 'reject records with unknown keys', heading: 'Stream' },
];

/** The options of `batch`, from its flags. */
export interface BatchOptions {
  readonly defaults: RawRecord;
  readonly policy: KeyPolicy;
  readonly fields: readonly ResultKey[];
  readonly input: InputFormat | undefined;
  readonly onError: OnError;
  /** Percent of `--within`. */
  readonly within: Ratio | undefined;
}

/** Reads the flags of `batch`, and adds anything invalid to the problems. */
export function readBatchOptions(options: Parsed['options'], problems: Problem[]): BatchOptions {
  const chosen = <T extends string>(name: string, key: string, choices: readonly T[]): T | undefined => {
    const word = options[key];
    return typeof word === 'string' ? choice(name, word, choices, problems) : undefined;
  };
  return {
    defaults: readDefaults(options, problems),
    policy: options['strict'] === true ? 'refuseUnknown' : 'passUnknown',
    fields: readFields(options['fields'], problems),
    input: chosen('input', 'input', INPUT_FORMATS),
    onError: chosen('on-error', 'onError', ON_ERROR) ?? 'inline',
    within: readWithin(options, problems),
  };
}

function readDefaults(options: Parsed['options'], problems: Problem[]): RawRecord {
  const defaults = recordOfOptions(options);
  for (const [name, value] of defaults) {
    const key = fieldOfKey(name);
    const read = key === undefined || typeof value !== 'string' ? undefined : readValue(FIELDS[key], key, value);
    if (read && 'problem' in read) problems.push(read.problem);
  }
  const together = requirementProblems(new Set(defaults.map(([name]) => name)));
  problems.push(...together.filter(({ code }) => code === 'CONFLICT'));
  return defaults;
}

function readFields(text: unknown, problems: Problem[]): readonly ResultKey[] {
  if (typeof text !== 'string') return DEFAULT_FIELDS;
  const names = [...new Set(text.split(',').map((name) => name.trim()))];
  if (names.includes('all')) return RESULT_KEYS;
  return names.flatMap((name) => {
    const key = RESULT_KEYS.find((each) => each === name);
    if (key) return [key];
    problems.push(
      problem('UNKNOWN_RESULT', 'fields', { value: name, suggestion: closest(name, RESULT_KEYS), known: RESULT_KEYS }),
    );
    return [];
  });
}
