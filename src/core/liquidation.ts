import { positiveSet, type Concave, type Kink, type Line, type PositiveSet } from './concave.js';
import type { Contract } from './contracts/index.js';
import { fail } from './errors.js';
import { axisSign, collateralEquity, othersMaintenance, type Leg, type Position } from './position.js';
import { Ratio } from './ratio.js';

/** Legs on one symbol that share collateral: both legs in hedge mode, else one. */
export interface Pool {
  readonly legs: readonly Leg[];
  /** Equity that does not depend on the price: wallet and the other symbols' profit, margin asset. */
  readonly equity: Ratio;
  /** Maintenance that does not depend on the price, margin asset. */
  readonly maintenance: Ratio;
}

/** The safe prices of a pool: an open interval; a bound that is left out does not exist. */
export type SafeRange =
  { readonly kind: 'nowhere' } | { readonly kind: 'between'; readonly below?: Ratio; readonly above?: Ratio };

/** A price at which safety ends, and on which side of it the danger lies. */
export interface Bound {
  readonly price: Ratio;
  /** `below`: liquidated when the price falls to it; `above`: when it rises to it. */
  readonly danger: 'below' | 'above';
}

/**
 * What happens to a position: liquidated `at` a price, `never`, or `already`.
 *
 * With `already` the bound is the nearest safe price; it is left out where no positive price is safe.
 */
export type Outcome =
  | { readonly kind: 'at'; readonly bound: Bound }
  | { readonly kind: 'already'; readonly bound?: Bound }
  | { readonly kind: 'never' };

/** Equity of a pool as a line on the contract's axis: `equity + sum of s n (x - e)`. */
export function equityLine({ legs, equity }: Pick<Pool, 'legs' | 'equity'>): Line {
  let [intercept, slope] = [equity, Ratio.ZERO];
  for (const leg of legs) {
    const size = axisSign(leg) > 0 ? leg.size : leg.size.negated();
    intercept = intercept.minus(size.times(leg.contract.coordinate(leg.entry)));
    slope = slope.plus(size);
  }
  return { intercept, slope };
}

/**
 * `ratio x equity - maintenance` of a pool, concave on the contract's axis.
 *
 * Maintenance of a leg is `(rate + fee) n x - amount` in each bracket; a bracket ends where `n x` is its cap, so each
 * bracket after the first is one kink. For hedge legs the kinks of both are merged.
 *
 * @param pool - the legs, all of one contract type.
 * @param ratio - the margin ratio in question as a fraction: 1 for liquidation, 0.8 for a margin call at 80 %.
 */
export function surplus(pool: Pool, ratio: Ratio = Ratio.ONE): Concave {
  const equity = equityLine(pool);
  let intercept = equity.intercept.times(ratio).minus(pool.maintenance);
  let slope = equity.slope.times(ratio);
  const kinks: Kink[] = [];
  for (const leg of pool.legs) {
    leg.brackets.forEach((bracket, index) => {
      const before = leg.brackets[index - 1];
      if (!before) {
        intercept = intercept.plus(bracket.amount);
        slope = slope.minus(bracket.rate.plus(leg.fee).times(leg.size));
        return;
      }
      const lift = bracket.amount.minus(before.amount);
      const drop = before.rate.minus(bracket.rate).times(leg.size);
      kinks.push({ at: bracket.floor.over(leg.size), change: { intercept: lift, slope: drop } });
    });
  }
  if (pool.legs.length > 1) kinks.sort((a, b) => a.at.compare(b.at));
  return { first: { intercept, slope }, kinks };
}

/** A set on the contract's axis as prices: on an axis that falls with the price the ends change places. */
export function priceRange(set: PositiveSet, contract: Contract): SafeRange {
  if (set.kind === 'nowhere') return set;
  const [lower, upper] = [set.lower && contract.coordinate(set.lower), set.upper && contract.coordinate(set.upper)];
  const [below, above] = contract.longSlope > 0 ? [lower, upper] : [upper, lower];
  return { kind: 'between', ...(below && { below }), ...(above && { above }) };
}

/**
 * The prices at which a pool's margin ratio stays under a limit.
 *
 * @param pool - legs of one symbol (so of one contract) with the collateral they share.
 * @param ratio - the limit as a fraction; 1 is liquidation.
 * @returns prices in quote per base, exact.
 */
export function safeRange(pool: Pool, ratio?: Ratio): SafeRange {
  const [leg] = pool.legs;
  return leg ? priceRange(positiveSet(surplus(pool, ratio)), leg.contract) : { kind: 'between' };
}

/** Where equity itself is positive: its ends are bankruptcy prices. */
export function solventRange(pool: Pool): SafeRange {
  const [leg] = pool.legs;
  return leg ? priceRange(positiveSet({ first: equityLine(pool), kinks: [] }), leg.contract) : { kind: 'between' };
}

/** The pool of a position alone. */
export function poolOf(position: Position): Pool {
  const { collateral } = position;
  return { legs: [position], equity: collateralEquity(collateral), maintenance: othersMaintenance(collateral) };
}

/**
 * The end of a safe range that matters at a price: the nearer one, or the one that was passed.
 *
 * @param reference - the present price, quote per base.
 */
export function outcomeAt(range: SafeRange, reference: Ratio): Outcome {
  if (range.kind === 'nowhere') return { kind: 'already' };
  const below: Bound | undefined = range.below && { price: range.below, danger: 'below' };
  const above: Bound | undefined = range.above && { price: range.above, danger: 'above' };
  if (below && !reference.isAbove(below.price)) return { kind: 'already', bound: below };
  if (above && !reference.isBelow(above.price)) return { kind: 'already', bound: above };
  const bound = below && above ? nearer(below, above, reference) : (below ?? above);
  return bound ? { kind: 'at', bound } : { kind: 'never' };
}

function nearer(below: Bound, above: Bound, reference: Ratio): Bound {
  return roomTo(above, reference).isBelow(roomTo(below, reference)) ? above : below;
}

/** How far the price may still move from a reference to a bound, quote per base; negative when past it. */
export function roomTo(bound: Bound, reference: Ratio): Ratio {
  return bound.danger === 'below' ? reference.minus(bound.price) : bound.price.minus(reference);
}

/**
 * A bound moved to the tick grid, into the safe interval: a lower bound up, an upper bound down.
 *
 * @throws {LiqcalcError} `INVALID_INPUT` where an upper bound lies below the first tick: there is no price to move to.
 */
export function toTick(bound: Bound, tick: Ratio): Ratio {
  if (bound.danger === 'below') return bound.price.ceilTo(tick);
  const price = bound.price.floorTo(tick);
  if (price.sign() > 0) return price;
  return fail('TICK_TOO_COARSE', 'tick', { tick: tick.toText(30), price: bound.price.toText(8) });
}
