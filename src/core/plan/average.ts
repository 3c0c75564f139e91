import { affineAt, composed, constant, weighted, type Affine } from '../affine.js';
import type { Contract } from '../contracts/index.js';
import type { Side } from '../leg.js';
import { Ratio } from '../ratio.js';

/** A trade that was filled: bought if the quantity is positive, sold if it is negative. */
export interface Fill {
  /** Base units (linear) or contracts (inverse), signed. */
  readonly qty: Ratio;
  /** Quote per base. */
  readonly price: Ratio;
}

/** What a fill does to a position. */
export type FillEffect = 'opens' | 'adds' | 'reduces' | 'closes' | 'flips';

/** The position held: none, or a side with size and average entry. */
export type Holding =
  | { readonly kind: 'flat' }
  | { readonly kind: 'open'; readonly side: Side; readonly qty: Ratio; readonly entry: Ratio };

/** A position after fills. */
export interface Averaged {
  readonly holding: Holding;
  /** Profit that reductions and flips realised, margin asset, without fees. */
  readonly realizedPnl: Ratio;
  readonly effects: readonly FillEffect[];
}

/**
 * The position after fills, as exchanges count it.
 *
 * Adding averages the entry: `sum(q p) / sum(q)`, inverse `sum(N) / sum(N / p)`, the same mean on the contract's axis.
 * Reducing keeps the entry and realises profit on the closed part; a fill beyond zero closes all and opens the rest at
 * its price. Margin at a leverage follows the value at entry, so a reduction frees its share of it.
 *
 * An amount paid is either part of the cost of the open position or lost, so the realised profit is the difference of
 * the two. Only the last average is needed, and reducing does not change it: the additions since the position was last
 * opened are composed as one map.
 *
 * @param fills - in the order of their times.
 * @param multiplier - quote value of one contract; 1 for linear.
 * @example 1 at 100, 1 at 200, -1 at 180: long 1 from 150, 30 realised
 */
export function average(fills: readonly Fill[], contract: Contract, multiplier: Ratio = Ratio.ONE): Averaged {
  const effects: FillEffect[] = [];
  let qty = Ratio.ZERO;
  let averages: Affine[] = [];
  for (const fill of fills) {
    const effect = effectOf(qty, fill.qty);
    const whole = qty.plus(fill.qty);
    const value = contract.coordinate(fill.price);
    if (effect === 'adds') averages.push(weighted(qty, { added: fill.qty, value, whole }));
    else if (effect !== 'reduces') averages = [constant(value)];
    effects.push(effect);
    qty = whole;
  }
  const mean = affineAt(composed(averages), Ratio.ZERO);
  const realizedPnl = contract.sizeOf(realized(fills, { contract, cost: qty.times(mean) }), multiplier);
  if (qty.sign() === 0) return { holding: { kind: 'flat' }, realizedPnl, effects };
  const side = qty.sign() > 0 ? 'long' : 'short';
  return {
    holding: { kind: 'open', side, qty: qty.abs(), entry: contract.coordinate(mean) },
    realizedPnl,
    effects,
  };
}

/** The amount received minus the amount paid, not counting the cost of the open position. */
function realized(fills: readonly Fill[], { contract, cost }: { contract: Contract; cost: Ratio }): Ratio {
  const paid = Ratio.sum(fills.map(({ qty, price }) => qty.times(contract.coordinate(price))));
  return contract.longSlope === 1 ? cost.minus(paid) : paid.minus(cost);
}

/** What a fill does to a signed size. */
export function effectOf(held: Ratio, qty: Ratio): FillEffect {
  if (held.sign() === 0) return 'opens';
  if (held.sign() === qty.sign()) return 'adds';
  const left = held.plus(qty).sign();
  return left === 0 ? 'closes' : left === held.sign() ? 'reduces' : 'flips';
}
