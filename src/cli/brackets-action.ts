import { ageInDays, RENEWAL, STALE_AFTER_DAYS } from '../core/assessment.js';
import type { BracketTable } from '../core/brackets.js';
import { isLiqcalcError, LiqcalcError, type Problem } from '../core/errors.js';
import { importOf } from '../core/venues/index.js';
import type { TableEntry } from '../formats/written-table.js';
import type { Verdict } from '../report/text/bracket-grids.js';
import type { Grid } from '../report/text/grid.js';
import type { Style } from '../report/style.js';
import { dictionaryOf, keysNamed } from '../report/dictionary.js';
import { gridReport } from '../report/grid.js';
import { codeOf, type FormatFor } from '../report/writers/index.js';
import type { OpenedFile } from './bracket-files.js';
import type { Parsed } from './flags.js';
import type { Io } from './io.js';
import type { CommonOptions } from './options.js';
import { writerFor } from './writer-for.js';

/** A call of one action of `liqcalc brackets`. */
export interface BracketsCall {
  readonly io: Io;
  /** One for each operand of the action, in its order. */
  readonly operands: readonly string[];
  readonly options: Parsed['options'];
  readonly common: CommonOptions<FormatFor<'tables'>>;
  /** The day given for tables without a date. */
  readonly asOf: string | undefined;
  /** The venue given for tables that do not name theirs. */
  readonly venue: string | undefined;
  /** The symbol given for a table that does not name its symbol. */
  readonly symbol: string | undefined;
}

/** One action of `liqcalc brackets`. */
export interface BracketsAction {
  readonly meaning: string;
  /** Its required operands: for each, the word in the usage line and its meaning. */
  readonly operands: readonly (readonly [word: string, what: string])[];
  /** Operands that may follow: any number of them. */
  readonly more?: string;
  /** What it takes, for the message about missing operands; without it, the message names the operands. */
  readonly wants?: string;
  /** @returns the exit code. */
  readonly run: (call: BracketsCall) => number | Promise<number>;
}

/**
 * Prints a grid in the requested format.
 *
 * @param title - the heading above it in text.
 */
export async function printGrid(
  { io, common }: Pick<BracketsCall, 'io' | 'common'>,
  grid: Grid,
  title?: (style: Style) => string,
): Promise<void> {
  const only = common.only && keysOf(common.only, grid);
  const writer = await writerFor(io, { ...common, only }, (format: FormatFor<'tables'>) => codeOf(format, 'tables'));
  writer.record(gridReport(grid, title));
  writer.end();
}

function keysOf(only: readonly string[], { columns }: Grid): readonly string[] {
  const problems: Problem[] = [];
  const names = dictionaryOf(
    [],
    columns.map(({ key }) => key),
  );
  const keys = keysNamed(only, names, problems);
  if (problems.length > 0) throw new LiqcalcError(problems);
  return keys;
}

/** Reads a table. Returns the table, or its first fault. */
export function verdictOn({ symbol, read }: TableEntry): Verdict {
  try {
    return { kind: 'valid', symbol, table: read() };
  } catch (error) {
    if (!isLiqcalcError(error)) throw error;
    const [first] = error.problems;
    return { kind: 'invalid', symbol, fault: first?.code === 'INVALID_BRACKETS' ? first.details.fault : error.message };
  }
}

/** Prints a note to stderr. */
export function remark({ io, common }: Pick<BracketsCall, 'io' | 'common'>, words: string): void {
  if (!common.isQuiet) io.stderr.write(`liqcalc: ${words}\n`);
}

/** Warns once about old tables, with the oldest date and what to do. */
export function warnOfStale(call: Pick<BracketsCall, 'io' | 'common'>, tables: readonly BracketTable[]): void {
  const stale = tables.filter(({ asOf }) => ageInDays(asOf, call.io.now()) > STALE_AFTER_DAYS);
  const [oldest] = stale.toSorted((a, b) => (a.asOf < b.asOf ? -1 : 1));
  if (!oldest) return;
  const isOne = tables.length === 1;
  const which = isOne ? `the table of ${oldest.symbol} is` : `${stale.length} of ${tables.length} tables are`;
  const { tables: command, how = RENEWAL } = isOne
    ? importOf(oldest.venue, oldest.symbol)
    : { tables: 'liqcalc brackets import FILE' };
  remark(
    call,
    `warning: ${which} more than ${STALE_AFTER_DAYS} days old (${isOne ? '' : 'oldest '}${oldest.asOf}); ${how}: ${command}`,
  );
}

/** Prints the day that was assumed for tables without a date. */
export function reportAssumedDay(call: Pick<BracketsCall, 'io' | 'common'>, { assumedDay }: OpenedFile): void {
  const assumed = assumedDay();
  if (!assumed) return;
  remark(call, `the file has no date: ${assumed.day} is used (${assumed.dating}); set another date with --as-of`);
}
