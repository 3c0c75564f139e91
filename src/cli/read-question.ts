import type { QuestionInputs } from '../commands/shared/question.js';
import { isLiqcalcError, LiqcalcError, problem, type Problem } from '../core/errors.js';
import { ratesProblem, type Terms } from '../core/position.js';
import { requirementProblems } from '../core/requirements.js';
import { Ratio } from '../core/ratio.js';
import { FIELDS, type Field, type FieldKey } from '../formats/fields.js';
import { fieldOfKey, type RawRecord } from '../formats/record.js';
import type { Member } from '../report/report.js';
import { readInput, type Input, type Inputs, type ValuesOf } from '../schema/input.js';
import { readValue } from '../schema/value.js';
import type { Invocation } from './command.js';
import {
  COMMON_FLAGS,
  flagName,
  inputFlag,
  POSITION_FLAGS,
  recordOfOptions,
  type Flag,
  type Operand,
  type Parsed,
  type Usage,
} from './flags.js';
import { excessProblems, unknownFlagProblems } from './options.js';

const SIDE: Operand = { usage: '<side>', meaning: 'long or short', choices: FIELDS.side.choices };
/** The symbol: a positional argument, without a flag. */
export const SYMBOL: Operand = {
  usage: '[symbol]',
  meaning: 'symbol like BTCUSDT, the same as --symbol',
  takes: 'symbol',
};

/** The usage of a question: its own flags, the flags of the position, and the common flags. */
export function usageOf(declared: QuestionInputs, commonFlags: readonly Flag[] = COMMON_FLAGS): Usage {
  const { position } = declared;
  const has = (key: FieldKey): boolean => position.includes(key);
  const names = new Set(position.map((key): string | undefined => (FIELDS[key] as Field).flag));
  return {
    operands: [...(has('side') ? [SIDE] : []), ...(has('symbol') ? [SYMBOL] : [])],
    flags: [
      ...ownFlags(declared),
      ...POSITION_FLAGS.filter(({ name }) => names.has(name) || (name === 'brackets' && has('symbol'))),
      ...commonFlags,
    ],
  };
}

/** The heading of a question's own flags in help. */
export const headingOf = ({ heading = 'This command' }: Pick<QuestionInputs, 'heading'>): string => heading;

/** The flags of a question's inputs, each with the switch that denies it, and then the other switches. */
function ownFlags(declared: QuestionInputs): Flag[] {
  const { inputs, switches = {} } = declared;
  const heading = headingOf(declared);
  const left = new Map(Object.entries(switches));
  const taken = (name: string): Flag[] => {
    const meaning = left.get(name);
    left.delete(name);
    return meaning === undefined ? [] : [{ name, meaning, heading }];
  };
  return [
    ...Object.entries(inputs).flatMap(([key, input]) => {
      const flag = inputFlag(key, input, heading);
      return [flag, ...taken(`no-${flag.name}`)];
    }),
    ...[...left.keys()].flatMap(taken),
  ];
}

/** A question as a command line asks it. */
export interface ReadQuestion<Q extends Inputs = Inputs> {
  /** The given terms of the position, without the terms that the question supplies itself. */
  readonly terms: Terms;
  readonly values: ValuesOf<Q>;
  /** The inputs as they were typed. */
  readonly inputs: readonly Member[];
  /** The number of decimals that the entry was written with. */
  readonly entryDecimals: number;
}

/**
 * The question that a command line asks.
 *
 * @param problems - problems found so far: all problems are reported at once.
 * @throws {LiqcalcError} with all problems at once.
 */
export function readQuestion<Q extends Inputs>(
  { usage, unknown, options, operands }: Invocation,
  declared: QuestionInputs & { readonly inputs: Q },
  problems: Problem[] = [],
): ReadQuestion<Q> {
  problems.unshift(...unknownFlagProblems(unknown, usage));
  const record = recordOf(operands, declared, recordOfOptions(options), problems);
  const terms: Record<string, Ratio | string> = {};
  for (const [key, raw] of record) {
    const read = readValue(FIELDS[fieldOfKey(key) as FieldKey], key, raw as string);
    if ('problem' in read) problems.push(read.problem);
    else terms[key] = read.value;
  }
  const rates = ratesProblem(rateOf(terms, 'mmr'), rateOf(terms, 'mmFee'));
  const { values, typed } = readInputs<Q>(declared.inputs, options, problems);
  const inputs = [...(record as readonly Member[]), ...typed];
  problems.push(...missingOrInConflict(declared, new Set(inputs.map(([key]) => key))));
  if (rates) problems.push(rates);
  if (problems.length > 0) throw new LiqcalcError(withoutEchoes(problems));
  const { entry } = terms;
  return {
    terms: terms as unknown as Terms,
    values,
    inputs,
    entryDecimals: entry instanceof Ratio ? entry.decimals : 0,
  };
}

/**
 * The result of `read`, which reads a question. If it is refused, a symbol without a table is one of the problems.
 *
 * @throws {LiqcalcError} with all problems at once.
 */
export async function reportingSymbol<T>(invocation: Invocation, declared: QuestionInputs, read: () => T): Promise<T> {
  try {
    return read();
  } catch (error) {
    if (!isLiqcalcError(error)) throw error;
    const record = recordOf(invocation.operands, declared, recordOfOptions(invocation.options), []);
    const { unknownSymbol } = await import('./unknown-symbol.js');
    throw new LiqcalcError([...error.problems, ...(await unknownSymbol(invocation, declared, record))]);
  }
}

/** The values of inputs from flags, and the typed text. Problems are added to `problems`. */
export function readInputs<Q extends Inputs>(
  inputs: Q,
  options: Parsed['options'],
  problems: Problem[],
): { readonly values: ValuesOf<Q>; readonly typed: readonly Member[] } {
  const values: Record<string, unknown> = {};
  const typed: Member[] = [];
  for (const [key, input] of Object.entries<Input>(inputs)) {
    const texts = textsOf(options, key);
    if (texts.length === 0) continue;
    typed.push([key, texts.join(' ')]);
    values[key] = readInput(key, input, texts, problems);
  }
  return { values: values as ValuesOf<Q>, typed };
}

/** The texts of a flag that takes a value; empty if it is not given. */
export function textsOf(options: Parsed['options'], key: string): readonly string[] {
  const value = options[key];
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

function recordOf(
  operands: readonly string[],
  { position }: QuestionInputs,
  flags: RawRecord,
  problems: Problem[],
): RawRecord {
  if (!position.includes('side')) return withOperands('', operands, flags, problems).slice(1);
  const [side, ...rest] = operands;
  const record = withOperands(side ?? '', rest, flags, problems);
  return side === undefined ? record.slice(1) : record;
}

function missingOrInConflict(declared: QuestionInputs, given: ReadonlySet<string>): Problem[] {
  const { inputs, choice, needs = [], excludes = [], requires = [] } = declared;
  const supplies = typeof declared.supplies === 'function' ? declared.supplies(given) : declared.supplies;
  const supplied = supplies.filter((key) => key !== 'qty' || !given.has('notional'));
  const needed = Object.entries(inputs).flatMap(([key, { needed: what }]) =>
    what === undefined ? [] : [{ what, give: [key] }],
  );
  const problems = requirementProblems(new Set([...given, ...supplied]));
  for (const { what, give } of [...needed, ...(choice ? [{ what: choice.what, give: choice.of }] : []), ...needs]) {
    if (!give.some((key) => given.has(key))) problems.push(problem('MISSING', '', { what, give }));
  }
  for (const [one, other, why] of [...pairsOf(choice), ...excludes]) {
    if (given.has(one) && given.has(other)) problems.push(problem('CONFLICT', one, { with: other, why }));
  }
  for (const [one, others, why] of requires) {
    if (!given.has(one) || others.some((key) => given.has(key))) continue;
    problems.push(problem('NEEDS', one, { other: others[0] ?? '', why }));
  }
  return problems;
}

/** Every pair of inputs of a choice. */
function pairsOf(choice: QuestionInputs['choice']): readonly (readonly [string, string, string])[] {
  if (!choice) return [];
  return choice.of.flatMap((one, index) =>
    choice.of.slice(index + 1).map((other) => [one, other, choice.why] as const),
  );
}

/** A rate that was read, or 0 without one. */
function rateOf(terms: Readonly<Record<string, Ratio | string>>, key: 'mmr' | 'mmFee'): Ratio {
  const rate = terms[key];
  return rate instanceof Ratio ? rate : Ratio.ZERO;
}

/** A record of the flags with the side and the symbol, which have no flag. An excess argument is a problem. */
function withOperands(side: string, operands: readonly string[], flags: RawRecord, problems: Problem[]): RawRecord {
  const [symbol, ...excess] = operands;
  const flagged = flags.find(([key]) => key === 'symbol')?.[1];
  problems.push(...excessProblems(excess));
  if (symbol !== undefined && flagged !== undefined && symbol !== flagged) {
    problems.push(problem('DUPLICATE_KEY', 'symbol', { other: symbol }));
  }
  const named = symbol === undefined || flagged !== undefined ? [] : [['symbol', symbol] as const];
  return [['side', side], ...named, ...flags];
}

/** A typo in a flag already explains why the field is missing: one message is enough. */
function withoutEchoes(problems: readonly Problem[]): Problem[] {
  const meant = problems.flatMap((each) => (each.code === 'UNKNOWN_KEY' ? [each.details.suggestion ?? ''] : []));
  return problems.filter(
    (each) => each.code !== 'MISSING' || !each.details.give.some((field) => meant.includes(flagName(field))),
  );
}
