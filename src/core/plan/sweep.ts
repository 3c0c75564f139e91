import { assess, type Assessment } from '../assessment.js';
import { bracketOf, type BracketTable } from '../brackets.js';
import { fail } from '../errors.js';
import { valueAt, type Position, type Side, type Terms } from '../position.js';
import type { Ratio } from '../ratio.js';

/** What a sweep can go over, by the name of the position's field. */
export type SweepAxis = 'lev' | 'entry' | 'margin';

/** One row of a sweep: the value on the axis and what becomes of the position with it. */
export interface SweepRow {
  readonly value: Ratio;
  readonly assessment: Assessment;
  /** The most leverage that the bracket of the entry value allows, where a table knows it. */
  readonly maxLev?: Ratio;
}

/**
 * The same position over several values of one field.
 *
 * @param terms - what stays the same; the swept field in it is replaced.
 * @param sides - `long`, `short` or both: for each value a row of each.
 * @throws {LiqcalcError} `CONFLICT` for leverages with a margin or wallet that is given, and as `assess`.
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
  return over.values.map((value) =>
    over.sides.map((side) => {
      const assessment = assess({ ...terms, side, [over.axis]: value }, table);
      const most = maxLeverage(assessment.position);
      return { value, assessment, ...(most && { maxLev: most }) };
    }),
  );
}

/** The most leverage that the bracket of a position's value at entry allows; nothing where none is known. */
export function maxLeverage(position: Position): Ratio | undefined {
  return position.table && bracketOf(position.table.brackets, valueAt(position, position.entry)).maxLeverage;
}
