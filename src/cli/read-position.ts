import { LiqcalcError, problem, type Problem } from '../core/errors.js';
import { readPosition as readRecord, type PositionInput, type RawRecord } from '../formats/record.js';
import type { Member } from '../report/report.js';
import { keysNamed, POSITION_NAMES } from '../report/dictionary.js';
import type { Invocation } from './command.js';
import { flagName, recordOfOptions } from './flags.js';
import { excessProblems, readCommonOptions, unknownFlagProblems, type CommonOptions } from './options.js';

/** A position given by flags, with the flags that are everywhere. */
export interface FlaggedPosition {
  readonly input: PositionInput;
  /** The inputs as they were typed, in the order of the fields. */
  readonly given: readonly Member[];
  readonly common: CommonOptions;
}

/**
 * The position that a command line describes.
 *
 * @param side - the side, as the name of the command or its first argument says.
 * @param operands - what is left of the arguments: at most a symbol.
 * @throws {LiqcalcError} with everything that is wrong, at once.
 */
export function readPosition(invocation: Invocation, side: string, operands: readonly string[]): FlaggedPosition {
  const { usage, unknown, options } = invocation;
  const problems: Problem[] = unknownFlagProblems(unknown, usage);
  const common = readCommonOptions(options, problems);
  const record = withOperands(side, operands, recordOfOptions(options), problems);
  const only = common.only && keysNamed(common.only, POSITION_NAMES, problems);
  const read = readRecord(record);
  if (problems.length === 0 && read.kind === 'position') {
    return { input: read.input, given: record as readonly Member[], common: { ...common, only } };
  }
  throw new LiqcalcError(withoutEchoes([...problems, ...(read.kind === 'problems' ? read.problems : [])]));
}

/** A record of flags with the side and the symbol that came without one; an argument too many is a problem. */
export function withOperands(
  side: string,
  operands: readonly string[],
  flags: RawRecord,
  problems: Problem[],
): RawRecord {
  const [symbol, ...excess] = operands;
  const flagged = flags.find(([key]) => key === 'symbol')?.[1];
  problems.push(...excessProblems(excess));
  if (symbol !== undefined && flagged !== undefined && symbol !== flagged) {
    problems.push(problem('DUPLICATE_KEY', 'symbol', { other: symbol }));
  }
  const named = symbol === undefined || flagged !== undefined ? [] : [['symbol', symbol] as const];
  return [['side', side], ...named, ...flags];
}

/** A slip in a flag explains why the field is missing: one message is enough. */
export function withoutEchoes(problems: readonly Problem[]): Problem[] {
  const meant = problems.flatMap((each) => (each.code === 'UNKNOWN_KEY' ? [each.details.suggestion ?? ''] : []));
  return problems.filter(
    (each) => each.code !== 'MISSING' || !each.details.give.some((field) => meant.includes(flagName(field))),
  );
}
