import { choice } from '../core/choice.js';
import { problem, type Problem } from '../core/errors.js';
import { meant } from '../core/names.js';
import { FIELDS } from '../formats/fields.js';
import type { KeyPolicy, RawRecord } from '../formats/record.js';
import { defaultsProblems, DEFAULT_RESULTS } from '../stream/defaults.js';
import type { ResultKey } from '../formats/result-keys.js';
import { RESULT_LIST } from '../formats/results.js';
import { INPUT_FORMATS, type InputFormat } from '../stream/recognise.js';
import { ON_ERROR, type OnError } from '../stream/stream.js';
import { ORDER_FLAGS, POSITION_FLAGS, recordOfOptions, WITHIN_FLAG, type Flag, type Parsed } from './flags.js';
import { readOrder, readWithin } from './options.js';
import type { Order } from '../formats/order.js';
import type { Ratio } from '../core/ratio.js';

const RESULT_KEYS = RESULT_LIST.map(([key]) => key);

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
    meaning: `results to add, or all; default ${DEFAULT_RESULTS.join(',')}`,
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
  ...ORDER_FLAGS,
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
  /** The order of `--sort` and `--top`. */
  readonly order: Order | undefined;
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
    order: readOrder(options, problems),
  };
}

function readDefaults(options: Parsed['options'], problems: Problem[]): RawRecord {
  const defaults = recordOfOptions(options);
  problems.push(...defaultsProblems(defaults));
  return defaults;
}

function readFields(text: unknown, problems: Problem[]): readonly ResultKey[] {
  if (typeof text !== 'string') return DEFAULT_RESULTS;
  const names = [...new Set(text.split(',').map((name) => name.trim()))];
  if (names.includes('all')) return RESULT_KEYS;
  return names.flatMap((name) => {
    const key = RESULT_KEYS.find((each) => each === name);
    if (key) return [key];
    problems.push(
      problem('UNKNOWN_RESULT', 'fields', { value: name, suggestion: meant(name, RESULT_KEYS), known: RESULT_KEYS }),
    );
    return [];
  });
}
