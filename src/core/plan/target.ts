import { axisSign, type Leg } from '../leg.js';
import { Ratio } from '../ratio.js';

/** The goal of a trade: a profit in the margin asset, or a return on the initial margin at a leverage. */
export type Goal =
  { readonly kind: 'pnl'; readonly pnl: Ratio } | { readonly kind: 'roi'; readonly roi: Ratio; readonly lev: Ratio };

/**
 * The exit price that gives a profit or a return, after the trading fee on both ends.
 *
 * With coordinates `e` and `x` of entry and exit, gain per unit `g` and taker rate `t`: `s (x - e) - t (x + e) = g`, so
 * `x = (g + (s + t) e) / (s - t)`.
 *
 * @returns the price, quote per base, exact; `undefined` if no positive price gives it.
 * @example long from 30000 at 10x, 100 %: 33000
 */
export function exitPrice(leg: Leg, goal: Goal, taker: Ratio = Ratio.ZERO): Ratio | undefined {
  const entry = leg.contract.coordinate(leg.entry);
  const gain = goal.kind === 'pnl' ? goal.pnl.over(leg.size) : goal.roi.times(entry).over(goal.lev);
  const sign = axisSign(leg) === 1 ? Ratio.ONE : Ratio.ONE.negated();
  const divisor = sign.minus(taker);
  if (divisor.sign() !== sign.sign()) return undefined;
  const exit = gain.plus(sign.plus(taker).times(entry)).over(divisor);
  return exit.sign() > 0 ? leg.contract.coordinate(exit) : undefined;
}
