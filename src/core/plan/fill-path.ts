import type { Assessment } from '../assessment.js';
import type { Contract } from '../contracts/index.js';
import { Ratio } from '../ratio.js';
import { effectOf, type Fill, type FillEffect, type Holding } from './average.js';

/** The position after one of several fills. */
export interface FillStep {
  readonly fill: Fill;
  readonly effect: FillEffect;
  readonly holding: Holding;
  /** Profit realised so far, margin asset, without fees. */
  readonly realizedPnl: Ratio;
}

/**
 * The position after each fill. The last step is what `average` answers, which needs no step in between.
 *
 * On the contract's axis (`p`, inverse `1/p`), adding averages the entry, and a closed size gains the difference to it.
 *
 * @param fills - in the order of their times.
 * @param multiplier - quote value of one contract; 1 for linear.
 */
export function fillPath(fills: readonly Fill[], contract: Contract, multiplier: Ratio = Ratio.ONE): FillStep[] {
  let [qty, mean, gained] = [Ratio.ZERO, Ratio.ZERO, Ratio.ZERO];
  return fills.map((fill): FillStep => {
    const value = contract.coordinate(fill.price);
    const effect = effectOf(qty, fill.qty);
    const whole = qty.plus(fill.qty);
    const closed = effect === 'reduces' ? fill.qty.negated() : effect === 'adds' ? Ratio.ZERO : qty;
    gained = gained.plus(closed.times(value.minus(mean))).reduced();
    if (effect === 'adds') mean = qty.times(mean).plus(fill.qty.times(value)).over(whole).reduced();
    else if (effect !== 'reduces') mean = value;
    qty = whole;
    const realizedPnl = contract.sizeOf(contract.longSlope === 1 ? gained : gained.negated(), multiplier);
    return { fill, effect, holding: holdingOf(qty, mean, contract), realizedPnl };
  });
}

function holdingOf(qty: Ratio, mean: Ratio, contract: Contract): Holding {
  if (qty.sign() === 0) return { kind: 'flat' };
  return { kind: 'open', side: qty.sign() > 0 ? 'long' : 'short', qty: qty.abs(), entry: contract.coordinate(mean) };
}

/**
 * Whether a position is liquidated before the price reaches a later one, or at it.
 *
 * @param next - quote per base.
 */
export function isLiquidatedBefore({ outcome }: Assessment, next: Ratio): boolean {
  if (outcome.kind !== 'at') return outcome.kind === 'already';
  const { price, danger } = outcome.bound;
  return danger === 'below' ? !next.isAbove(price) : !next.isBelow(price);
}
