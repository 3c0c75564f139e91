import type { QuestionInputs } from '../commands/shared/question.js';
import { readQuestion, type ReadQuestion } from '../commands/shared/read-question.js';
import { isLiqcalcError, LiqcalcError, problem, type Problem } from '../core/errors.js';
import { FIELDS, type Field, type FieldKey } from '../formats/fields.js';
import type { RawRecord } from '../formats/record.js';
import type { Inputs } from '../schema/input.js';
import type { Invocation } from './command.js';
import {
  COMMON_FLAGS,
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
    question: declared,
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

/**
 * The question that a command line asks.
 *
 * @param problems - problems found so far: all problems are reported at once.
 * @throws {LiqcalcError} with all problems at once.
 */
export function readAsked<Q extends Inputs>(
  { usage, unknown, options, operands }: Invocation,
  declared: QuestionInputs & { readonly inputs: Q },
  problems: Problem[] = [],
): ReadQuestion<Q> {
  problems.unshift(...unknownFlagProblems(unknown, usage));
  const record = recordOf(operands, declared, recordOfOptions(options), problems);
  return readQuestion({ record, textsOf: (key) => textsOf(options, key) }, declared, problems);
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
