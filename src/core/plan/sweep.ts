import { assess, type Assessment } from '../assessment.js';
import { bracketOf, type BracketTable } from '../brackets.js';
import { fail, isLiqcalcError, LiqcalcError, type Problem } from '../errors.js';
import { shownPrice } from '../liquidation.js';
import type { Side } from '../leg.js';
import type { Position, Terms } from '../position.js';
import type { Ratio } from '../ratio.js';
import { tierValue } from '../venues/ruled-leg.js';

/** The fields of a position that a sweep can vary. */
export type SweepAxis = 'lev' | 'entry' | 'margin';

/** A row of a sweep: a value on the axis and the position with it, or why the position is invalid. */
export type SweepRow = PricedRow | RefusedRow;

/** A position with one value on the axis. */
export interface PricedRow {
  readonly kind: 'priced';
  readonly value: Ratio;
  readonly side: Side;
  readonly assessment: Assessment;
  /** The highest leverage that the bracket of the entry value allows, if a table has it. */
  readonly maxLev?: Ratio;
}

/** A value on the axis that makes the position invalid. */
export interface RefusedRow {
  readonly kind: 'refused';
  readonly value: Ratio;
  readonly side: Side;
  readonly problems: readonly Problem[];
}

/**
 * The same position over several values of one field.
 *
 * @param terms - what stays the same; the swept field in it is replaced.
 * @param sides - `long`, `short` or both: one row of each for each value.
 * @throws {LiqcalcError} `CONFLICT` for leverages together with a margin or wallet; as `assess` if it refuses the
 * position with every value.
 * @returns for each value, in order, one row per side.
 */
export function sweep(
  terms: Terms,
  table: BracketTable | undefined,
  over: { readonly axis: SweepAxis; readonly values: readonly Ratio[]; readonly sides: readonly Side[] },
): readonly (readonly SweepRow[])[] {
  const fixed = over.axis === 'lev' && (['margin', 'wallet'] as const).find((key) => terms[key]);
  if (fixed)
    fail('CONFLICT', fixed, {
      with: 'levs',
      why: 'with a cross wallet the leverage does not change the price; vary the entry instead',
    });
  const rows = over.values.map((value) =>
    over.sides.map((side) => sweepRow({ ...terms, side }, table, over.axis, value)),
  );
  const refused = rows.flat().flatMap((row) => (row.kind === 'refused' ? [row] : []));
  const [first] = refused;
  if (first && refused.length === rows.flat().length) throw new LiqcalcError(first.problems);
  return rows;
}

function sweepRow(terms: Terms, table: BracketTable | undefined, axis: SweepAxis, value: Ratio): SweepRow {
  const { side } = terms;
  try {
    const assessment = assess({ ...terms, [axis]: value }, table);
    requireTick(assessment);
    const most = maxLeverage(assessment.position);
    return { kind: 'priced', value, side, assessment, ...(most && { maxLev: most }) };
  } catch (error) {
    if (!isLiqcalcError(error)) throw error;
    return { kind: 'refused', value, side, problems: error.problems };
  }
}

/**
 * Refuses a price that its tick cannot show.
 *
 * @throws {LiqcalcError} `TICK_TOO_COARSE`.
 */
function requireTick({ outcome, reference, terms: { tick } }: Assessment): void {
  shownPrice(outcome, reference, tick);
}

/** The rows that have a price. */
export function pricedRows(rows: readonly (readonly SweepRow[])[]): readonly PricedRow[] {
  return rows.flat().filter((row) => row.kind === 'priced');
}

/** The highest leverage that the bracket of the value at entry allows; `undefined` if it is unknown. */
export function maxLeverage(position: Position): Ratio | undefined {
  return (
    position.table &&
    bracketOf(position.table.brackets, tierValue(position.table, position, position.entry)).maxLeverage
  );
}
