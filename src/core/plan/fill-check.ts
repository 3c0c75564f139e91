import type { Contract } from '../contracts/index.js';
import type { Side } from '../leg.js';
import { Ratio } from '../ratio.js';
import { effectOf, type Fill } from './average.js';

/** A fill with what the exchange reports about it. */
export interface ReportedFill extends Fill {
  /** Its position in hedge mode. */
  readonly leg?: Side | undefined;
  /** Profit that it realised, margin asset; 0 if it only opened. */
  readonly realizedPnl?: Ratio | undefined;
}

/** Why fills cannot be all the fills of a position, found at one of them. */
export type Contradiction<F extends ReportedFill> =
  | { readonly kind: 'wrong-side'; readonly fill: F; readonly leg: Side; readonly qty: Ratio }
  | { readonly kind: 'closes-nothing'; readonly fill: F; readonly reported: Ratio }
  | { readonly kind: 'other-profit'; readonly fill: F; readonly reported: Ratio; readonly profit: Ratio };

/**
 * The exchange rounds averages and profits. A difference below this share of the closed value, or this amount, is
 * ignored.
 */
const ROUNDING_RATE = Ratio.from('0.00001');
const ROUNDING_AMOUNT = Ratio.from('0.000001');
/** Averages are rounded to this here, where they are only compared. */
const PRECISION = Ratio.from('0.000000000000000000000001');

/**
 * The first contradiction between fills and what the exchange reports about them.
 *
 * A LONG position of hedge mode is never short, and a SHORT one never long. A fill with a realised profit closed
 * something, and that profit counts from the average entry. If this does not hold, fills before the first one are
 * missing.
 *
 * @param fills - in order of time; the position held before comes first.
 */
export function contradictionOf<F extends ReportedFill>(
  fills: readonly F[],
  contract: Contract,
  multiplier: Ratio = Ratio.ONE,
): Contradiction<F> | undefined {
  let [held, mean] = [Ratio.ZERO, Ratio.ZERO];
  for (const fill of fills) {
    const { leg, realizedPnl: reported } = fill;
    const effect = effectOf(held, fill.qty);
    const qty = held.plus(fill.qty);
    const at = contract.coordinate(fill.price);
    if (leg && qty.sign() === (leg === 'long' ? -1 : 1)) return { kind: 'wrong-side', fill, leg, qty };
    if (effect === 'opens' || effect === 'adds') {
      if (reported && reported.sign() !== 0) return { kind: 'closes-nothing', fill, reported };
      mean = held.times(mean).plus(fill.qty.times(at)).over(qty).floorTo(PRECISION);
    } else {
      const closed = effect === 'reduces' ? fill.qty.negated() : held;
      const size = contract.sizeOf(closed, multiplier);
      const rise = contract.longSlope === 1 ? at.minus(mean) : mean.minus(at);
      const profit = size.times(rise);
      if (reported && !isRounding(reported.minus(profit), size.times(at))) {
        return { kind: 'other-profit', fill, reported, profit };
      }
      if (effect !== 'reduces') mean = at;
    }
    held = qty;
  }
  return undefined;
}

function isRounding(difference: Ratio, value: Ratio): boolean {
  const allowed = ROUNDING_AMOUNT.plus(value.abs().times(ROUNDING_RATE));
  return !difference.abs().isAbove(allowed);
}
