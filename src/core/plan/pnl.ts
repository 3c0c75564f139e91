import { initialMargin, profitAt, valueAt, type Leg } from '../leg.js';
import { Ratio } from '../ratio.js';

/** The result of closing a position at a price. */
export interface Pnl {
  /** Profit before fees, margin asset; losses are negative. */
  readonly pnl: Ratio;
  /** Trading fees on entry and exit, margin asset. */
  readonly fees: Ratio;
  readonly netPnl: Ratio;
  /** Profit over initial margin, fractions; absent without a leverage. */
  readonly roi?: Ratio;
  readonly netRoi?: Ratio;
  /** Initial margin, margin asset. */
  readonly initialMargin?: Ratio;
}

/**
 * The profit of a position between its entry and an exit.
 *
 * `pnl = s q (exit - entry)`, inverse `s N (1/entry - 1/exit)`; fees are the taker rate on the value at both ends.
 *
 * @param taker - trading fee, a fraction of value.
 */
export function pnl(
  leg: Leg,
  exit: Ratio,
  { lev, taker = Ratio.ZERO }: { lev?: Ratio | undefined; taker?: Ratio | undefined },
): Pnl {
  const gross = profitAt(leg, exit);
  const fees = taker.times(valueAt(leg, leg.entry).plus(valueAt(leg, exit)));
  const net = gross.minus(fees);
  const margin = lev && initialMargin(leg, lev);
  return {
    pnl: gross,
    fees,
    netPnl: net,
    ...(margin && { roi: gross.over(margin), netRoi: net.over(margin), initialMargin: margin }),
  };
}
