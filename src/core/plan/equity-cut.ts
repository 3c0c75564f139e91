import type { Warning } from '../assessment.js';
import type { BracketTable } from '../brackets.js';
import { Ratio } from '../ratio.js';

const TWO = Ratio.of(2n);

/** Why there is no size if the equity cannot open one. */
export const OPENS_NOTHING = 'the equity is too small to open one step of the size';

/** The highest leverage of a table. */
export function highestAllowed(table: BracketTable | undefined): Ratio | undefined {
  return Ratio.greatest(table?.brackets.flatMap(({ maxLeverage }) => maxLeverage ?? []) ?? []);
}

/** What it costs to open a size. */
export interface Opening {
  /** Value of a quantity of one at entry, margin asset. */
  readonly value: Ratio;
  readonly taker: Ratio;
  /** What the initial margin of a quantity of one contains besides its value over a leverage. */
  readonly initialFee: (lev: Ratio) => Ratio;
  readonly step: Ratio;
  /** The leverage to open a quantity at: never higher for a larger one; `undefined` if it cannot be opened. */
  readonly lev: (qty: Ratio) => Ratio | undefined;
}

/** The largest quantity in steps that the equity can open, if it cannot open the one requested. */
export function cutToEquity(
  requested: Ratio,
  equity: Ratio,
  { value, taker, initialFee, step, lev }: Opening,
): { readonly qty: Ratio; readonly warning: Warning } | undefined {
  const cost = (qty: Ratio, at: Ratio): Ratio => value.times(at.inverted().plus(taker)).plus(initialFee(at)).times(qty);
  const opens = (qty: Ratio): boolean => {
    const at = lev(qty);
    return !!at && !cost(qty, at).isAbove(equity);
  };
  const levOfRequested = lev(requested);
  if (!levOfRequested || opens(requested)) return undefined;
  let [qty, above] = [Ratio.ZERO, requested];
  while (above.minus(qty).isAbove(step)) {
    const middle = qty.plus(above).over(TWO).floorTo(step).reduced();
    if (opens(middle)) qty = middle;
    else above = middle;
  }
  const details = {
    qty: requested.toText(30),
    lev: levOfRequested.toText(8),
    cost: cost(requested, levOfRequested).toText(8),
    equity: equity.toText(30),
  };
  return { qty, warning: { code: 'SIZE_CUT', details } };
}
