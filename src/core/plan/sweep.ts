import { assess, type Assessment } from '../assessment.js';
import { bracketOf, type BracketTable } from '../brackets.js';
import { fail, isLiqcalcError, LiqcalcError, type Problem } from '../errors.js';
import { shownPrice } from '../liquidation.js';
import { valueAt, type Position, type Side, type Terms } from '../position.js';
import type { Ratio } from '../ratio.js';

/** What a sweep can go over, by the name of the position's field. */
export type SweepAxis = 'lev' | 'entry' | 'margin';

/** A row of a sweep: the value on the axis and what becomes of the position with it, or why it cannot be. */
export type SweepRow = PricedRow | RefusedRow;

/** A position as it is with one value on the axis. */
export interface PricedRow {
  readonly kind: 'priced';
  readonly value: Ratio;
  readonly side: Side;
  readonly assessment: Assessment;
  /** The most leverage that the bracket of the entry value allows, where a table knows it. */
  readonly maxLev?: Ratio;
}

/** A value on the axis with which the position cannot be. */
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
 * @param sides - `long`, `short` or both: for each value a row of each.
 * @throws {LiqcalcError} `CONFLICT` for leverages with a margin or wallet that is given; as `assess` where it refuses the
 * position with every value.
 * @returns for each value, in order, one row a side.
 */
export function sweep(
  terms: Terms,
  table: BracketTable | undefined,
  over: { readonly axis: SweepAxis; readonly values: readonly Ratio[]; readonly sides: readonly Side[] },
): readonly (readonly SweepRow[])[] {
  const fixed = over.axis === 'lev' && (['margin', 'wallet'] as const).find((key) => terms[key]);
  if (fixed)
    fail('CONFLICT', fixed, { with: 'levs', why: 'the leverage does not move the price then; go over entries' });
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

/** The rows that have an answer. */
export function pricedRows(rows: readonly (readonly SweepRow[])[]): readonly PricedRow[] {
  return rows.flat().filter((row) => row.kind === 'priced');
}

/** The most leverage that the bracket of a position's value at entry allows; nothing where none is known. */
export function maxLeverage(position: Position): Ratio | undefined {
  return position.table && bracketOf(position.table.brackets, valueAt(position, position.entry)).maxLeverage;
}
