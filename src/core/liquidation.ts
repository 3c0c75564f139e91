import { bracketIndex, type Bracket } from './brackets.js';
import { lineSum, positiveSet, type Concave, type Kink, type Line, type PositiveSet } from './concave.js';
import type { Contract } from './contracts/index.js';
import { fail } from './errors.js';
import { axisSign, maintenanceAt, profitAt, type Leg } from './leg.js';
import { collateralEquity, othersMaintenance, type Position } from './position.js';
import { Ratio, RatioSum } from './ratio.js';

/** Legs on one symbol that share collateral: both legs in hedge mode, else one. */
export interface Pool {
  readonly legs: readonly Leg[];
  /** Equity that does not depend on the price: wallet and the other symbols' profit, margin asset. */
  readonly equity: Ratio;
  /** Maintenance that does not depend on the price, margin asset. */
  readonly maintenance: Ratio;
}

/** The safe prices of a pool: an open interval. A missing bound does not exist. */
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
 * With `already` the bound is the nearest safe price; it is absent if no positive price is safe.
 */
export type Outcome =
  | { readonly kind: 'at'; readonly bound: Bound }
  | { readonly kind: 'already'; readonly bound?: Bound }
  | { readonly kind: 'never'; readonly bound?: undefined };

/**
 * A leg whose value (margin asset) is a line on some axis: its size times the price, or its value after a market move.
 */
export interface MovingLeg {
  readonly leg: Leg;
  readonly value: Line;
}

/** The legs of a pool on their contract's axis: the value is `n x`. */
function onContractAxis(legs: readonly Leg[]): MovingLeg[] {
  return legs.map((leg) => ({ leg, value: { intercept: Ratio.ZERO, slope: leg.size } }));
}

/** Equity along an axis: `equity + sum of s (value - n e)`, with `e` the entry on the contract's axis. */
export function equityLine(legs: Iterable<MovingLeg>, equity: Ratio): Line {
  const sum = new LineSum();
  sum.intercept.add(equity);
  for (const each of legs) addProfit(each, sum);
  return sum.total();
}

/** A sum of lines. */
class LineSum {
  readonly intercept = new RatioSum();
  readonly slope = new RatioSum();

  total(): Line {
    return { intercept: this.intercept.total(), slope: this.slope.total() };
  }
}

function addProfit({ leg, value }: MovingLeg, to: LineSum): void {
  const intercept = value.intercept.minus(leg.size.times(leg.contract.coordinate(leg.entry)));
  const gains = axisSign(leg) === 1;
  to.intercept.add(gains ? intercept : intercept.negated());
  to.slope.add(gains ? value.slope : value.slope.negated());
}

/**
 * `ratio x equity - maintenance` of legs along an axis: concave, because equity is a line and maintenance convex.
 *
 * @param legs - how the value of each moves; they are read again if their maintenance bends.
 * @param fixed - equity and maintenance (margin asset) that do not move.
 * @param ratio - the margin ratio in question as a fraction: 1 for liquidation, 0.8 for a margin call at 80 %.
 */
export function surplus(
  legs: Iterable<MovingLeg>,
  fixed: Pick<Pool, 'equity' | 'maintenance'>,
  ratio: Ratio = Ratio.ONE,
): Concave {
  const [equity, freed] = [new LineSum(), new LineSum()];
  equity.intercept.add(fixed.equity);
  freed.intercept.add(fixed.maintenance.negated());
  const bends: Iterable<Kink>[] = [];
  for (const moving of legs) {
    addProfit(moving, equity);
    const { brackets, fee, fixed: constant } = moving.leg;
    const value = chargedValue(moving);
    const first = bracketIndex(brackets, value.intercept);
    const { rate, amount } = brackets[first] as Bracket;
    const charged = rate.plus(fee).negated();
    freed.intercept.add(charged.times(value.intercept).plus(amount).minus(constant));
    freed.slope.add(charged.times(value.slope));
    if (brackets.length > 1) bends.push({ [Symbol.iterator]: () => kinksAfter(brackets, value, first) });
  }
  const { intercept, slope } = equity.total();
  const equitySlope = slope.times(ratio);
  const first = lineSum({ intercept: intercept.times(ratio), slope: equitySlope }, freed.total());
  const [bend = [], ...more] = bends;
  if (more.length > 0) {
    return { first, kinks: bends.flatMap((each) => [...each]).sort((one, other) => one.at.compare(other.at)) };
  }
  const neverFalls = (): boolean => !equitySlope.isBelow(lastMaintenanceSlope(legs));
  return { first, kinks: bend, neverFalls };
}

/** The value that maintenance counts: all of it, or that of the charged part of the size. */
function chargedValue({ leg: { size, charged }, value }: MovingLeg): Line {
  if (!charged) return value;
  const share = charged.over(size);
  return { intercept: value.intercept.times(share), slope: value.slope.times(share) };
}

/** The slope of the maintenance in the last brackets that the values reach: the lowest one if a value shrinks. */
function lastMaintenanceSlope(legs: Iterable<MovingLeg>): Ratio {
  const sum = new RatioSum();
  for (const moving of legs) {
    const { brackets, fee } = moving.leg;
    const { slope } = chargedValue(moving);
    const { rate } = (slope.sign() < 0 ? brackets[0] : brackets.at(-1)) as Bracket;
    sum.add(rate.plus(fee).times(slope));
  }
  return sum.total();
}

/**
 * One kink for each further bracket: those above the first if the value grows, those below it if the value shrinks.
 *
 * @param first - the index of the bracket where the axis begins.
 */
function* kinksAfter(brackets: readonly Bracket[], value: Line, first: number): Generator<Kink, undefined> {
  const direction = value.slope.sign();
  if (direction === 0) return;
  for (let upper = direction > 0 ? first + 1 : first; upper > 0 && upper < brackets.length; upper += direction) {
    const [before, after] = [brackets[upper - 1] as Bracket, brackets[upper] as Bracket];
    const rate = direction > 0 ? before.rate.minus(after.rate) : after.rate.minus(before.rate);
    const amount = direction > 0 ? after.amount.minus(before.amount) : before.amount.minus(after.amount);
    const change = { intercept: rate.times(value.intercept).plus(amount), slope: rate.times(value.slope) };
    yield { at: after.floor.minus(value.intercept).over(value.slope), change };
  }
}

/** A set on the contract's axis as prices: on an axis that falls with the price the ends change places. */
export function priceRange(set: PositiveSet, contract: Contract): SafeRange {
  if (set.kind === 'nowhere') return set;
  const [lower, upper] = [set.lower && contract.coordinate(set.lower), set.upper && contract.coordinate(set.upper)];
  const [below, above] = contract.longSlope === 1 ? [lower, upper] : [upper, lower];
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
  if (!leg) return { kind: 'between' };
  return priceRange(positiveSet(surplus(onContractAxis(pool.legs), pool, ratio)), leg.contract);
}

/** Where equity itself is positive: its ends are bankruptcy prices. */
export function solventRange(pool: Pool): SafeRange {
  const [leg] = pool.legs;
  if (!leg) return { kind: 'between' };
  const first = equityLine(onContractAxis(pool.legs), pool.equity);
  return priceRange(positiveSet({ first, kinks: [] }), leg.contract);
}

/** The pool of a position and its partner. */
export function poolOf(position: Position): Pool {
  const { collateral, partner } = position;
  const legs = partner ? [position, partner] : [position];
  return { legs, equity: collateralEquity(collateral), maintenance: othersMaintenance(collateral) };
}

/**
 * The end of a safe range that matters at a price: the nearer end, or the end that the price has passed.
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
 * The price of an outcome on the tick grid, moved into the safe interval: a lower bound up, an upper bound down.
 *
 * @param reference - the present price, quote per base.
 * @returns `undefined` if the outcome has no price, or if the tick is too coarse for it: it leaves no room to the
 * reference although there is some, or it is larger than a price that the reference has passed.
 */
export function tickedPrice({ bound }: Outcome, reference: Ratio, tick: Ratio): Ratio | undefined {
  if (!bound) return undefined;
  const { danger } = bound;
  const price = danger === 'below' ? bound.price.ceilTo(tick) : bound.price.floorTo(tick);
  const isPassed = roomTo(bound, reference).sign() <= 0;
  const isShown = isPassed ? !tick.isAbove(bound.price) : roomTo({ price, danger }, reference).sign() > 0;
  return isShown ? price : undefined;
}

/**
 * The liquidation price for display: on the tick if there is one; `undefined` if there is no price.
 *
 * @param reference - the present price, quote per base.
 * @throws {LiqcalcError} `INVALID_INPUT` if the tick would move the price to the reference or past it.
 */
export function shownPrice(outcome: Outcome, reference: Ratio, tick: Ratio | undefined): Ratio | undefined {
  const { bound } = outcome;
  if (!bound || !tick) return bound?.price;
  const price = tickedPrice(outcome, reference, tick);
  if (price) return price;
  const [shownTick, shownBound] = [tick.toText(30), bound.price.toText(8)];
  return fail('TICK_TOO_COARSE', 'tick', { tick: shownTick, price: shownBound, reference: reference.toText(8) });
}

/**
 * The collateral with which one leg is liquidated at a price: `maintenance(p) - profit(p)`, margin asset.
 *
 * Solves the liquidation equation for the wallet: with this wallet, equity equals maintenance at the price. Not
 * positive if the profit at the price covers the maintenance there.
 */
export function walletLiquidatedAt(leg: Leg, price: Ratio): Ratio {
  return maintenanceAt(leg, price).minus(profitAt(leg, price));
}
