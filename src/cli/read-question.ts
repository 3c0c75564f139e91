import { LiqcalcError, problem, type Problem } from '../core/errors.js';
import { requirementProblems, type Terms } from '../core/position.js';
import { Ratio } from '../core/ratio.js';
import { FIELDS, type Field, type FieldKey } from '../formats/fields.js';
import { readAsked } from '../formats/question.js';
import { QUESTION_LIST, QUESTIONS, type AskedKey, type AskedValues } from '../formats/questions.js';
import { fieldOfKey, type RawRecord } from '../formats/record.js';
import { readValue } from '../schema/value.js';
import type { GivenInputs } from '../presenters/position-rows.js';
import { askedFlag } from './asked-flags.js';
import type { Invocation } from './command.js';
import {
  COMMON_FLAGS,
  FORMATS,
  POSITION_FLAGS,
  recordOfOptions,
  type Flag,
  type Format,
  type Operand,
  type Usage,
} from './flags.js';
import { readCommonOptions, unknownFlagProblems, type CommonOptions } from './options.js';
import { withOperands, withoutEchoes } from './read-position.js';

/** The flags that are everywhere, with formats of charts. */
export type QuestionOptions = CommonOptions<Format | 'vega-lite'>;

/** Something that is needed: at least one of some inputs. */
export interface Need {
  readonly what: string;
  readonly give: readonly string[];
}

/** What a planning command takes: a part of a position, and inputs of its own. */
export interface QuestionSpec<K extends AskedKey> {
  /** Fields of a position that it takes. */
  readonly fields: readonly FieldKey[];
  /** Inputs of its own. */
  readonly asked: readonly K[];
  /** Flags without a value. */
  readonly switches?: readonly Flag[];
  /** Fields of a position that it finds itself or does without, so that they need not be given. */
  readonly supplies: readonly FieldKey[] | ((given: ReadonlySet<string>) => readonly FieldKey[]);
  readonly needs: readonly Need[];
  /** Inputs that exclude each other, and why. */
  readonly excludes?: readonly (readonly [one: string, other: string, why: string])[];
  /** Inputs that need another: at least one of some. */
  readonly requires?: readonly (readonly [one: string, others: readonly string[], why: string])[];
  /** Formats of the output beside those that are everywhere. */
  readonly formats?: readonly 'vega-lite'[];
  /** Whether the command is about a side, given first; else the question itself finds it. */
  readonly hasSide?: false;
}

/** A question as a command line asks it. */
export interface Question<K extends AskedKey> {
  /** As far as given: what the question supplies itself is missing. */
  readonly terms: Terms;
  readonly asked: AskedValues<K>;
  /** The inputs as they were typed. */
  readonly given: GivenInputs;
  readonly common: QuestionOptions;
  /** Decimals that prices were written with. */
  readonly entryDecimals: number;
}

const SIDE: Operand = { usage: '<side>', meaning: 'long or short', choices: FIELDS.side.choices };
const SYMBOL: Operand = { usage: '[symbol]', meaning: 'symbol like BTCUSDT, the same as --symbol', takes: 'symbol' };

/** The usage of a planning command. */
export function questionUsage<K extends AskedKey>(spec: QuestionSpec<K>): Usage {
  const flags = new Set(spec.fields.map((key): string | undefined => (FIELDS[key] as Field).flag));
  const format = (flag: Flag): Flag =>
    flag.name === 'format' && spec.formats ? { ...flag, choices: [...FORMATS, ...spec.formats] } : flag;
  return {
    operands: [...(spec.hasSide === false ? [] : [SIDE]), ...(spec.fields.includes('symbol') ? [SYMBOL] : [])],
    flags: [
      ...spec.asked.map((key) => askedFlag(QUESTIONS[key])),
      ...(spec.switches ?? []),
      ...POSITION_FLAGS.filter(({ name }) => flags.has(name) || (name === 'brackets' && flags.has('symbol'))),
      ...COMMON_FLAGS.map(format),
    ],
  };
}

/**
 * The question that a command line asks.
 *
 * @throws {LiqcalcError} with everything that is wrong, at once.
 */
export function readQuestion<K extends AskedKey>(invocation: Invocation, spec: QuestionSpec<K>): Question<K> {
  const { usage, unknown, options, operands } = invocation;
  const problems: Problem[] = unknownFlagProblems(unknown, usage);
  const common = readCommonOptions(options, problems, [...FORMATS, ...(spec.formats ?? [])]);
  const record = recordOf(operands, spec, recordOfOptions(options), problems);
  const read: Record<string, Ratio | string> = {};
  let entryDecimals = 0;
  for (const [key, raw] of record) {
    const value = readValue(FIELDS[fieldOfKey(key) as FieldKey], key, raw as string);
    if ('problem' in value) problems.push(value.problem);
    else read[key] = value.value;
    if (key === 'entry' && 'value' in value && value.value instanceof Ratio) entryDecimals = value.value.decimals;
  }
  const asked: Record<string, unknown> = {};
  const typed: [string, string][] = [];
  for (const [key] of QUESTION_LIST) {
    const texts = textsOf(options[key]);
    if (texts.length === 0) continue;
    typed.push([key, texts.join(' ')]);
    asked[key] = readAsked(key, texts, problems);
  }
  const given = new Set([...record.map(([key]) => key), ...typed.map(([key]) => key)]);
  problems.push(...missingOrInConflict(spec, given));
  if (problems.length > 0) throw new LiqcalcError(withoutEchoes(problems));
  return {
    terms: read as unknown as Terms,
    asked: asked as AskedValues<K>,
    given: [...(record as GivenInputs), ...typed],
    common,
    entryDecimals,
  };
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

function recordOf(
  operands: readonly string[],
  { hasSide }: { readonly hasSide?: false },
  flags: RawRecord,
  problems: Problem[],
): RawRecord {
  if (hasSide === false) return withOperands('', operands, flags, problems).slice(1);
  const [side, ...rest] = operands;
  const record = withOperands(side ?? '', rest, flags, problems);
  return side === undefined ? record.slice(1) : record;
}

function missingOrInConflict<K extends AskedKey>(spec: QuestionSpec<K>, given: ReadonlySet<string>): Problem[] {
  const supplies = typeof spec.supplies === 'function' ? spec.supplies(given) : spec.supplies;
  const supplied = supplies.filter((key) => key !== 'qty' || !given.has('notional'));
  const problems = requirementProblems(new Set([...given, ...supplied]));
  for (const { what, give } of spec.needs) {
    if (!give.some((key) => given.has(key))) problems.push(problem('MISSING', '', { what, give }));
  }
  for (const [one, other, why] of spec.excludes ?? []) {
    if (given.has(one) && given.has(other)) problems.push(problem('CONFLICT', one, { with: other, why }));
  }
  for (const [one, others, why] of spec.requires ?? []) {
    if (!given.has(one) || others.some((key) => given.has(key))) continue;
    problems.push(problem('NEEDS', one, { other: others[0] ?? '', why }));
  }
  return problems;
}
