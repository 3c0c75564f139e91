import { bracketOf, type Bracket } from './brackets.js';
import type { Contract } from './contracts/index.js';
import type { Ratio } from './ratio.js';

/** The direction of a position: a `long` earns when the price rises. */
export type Side = 'long' | 'short';

/** What the solver needs of a position: a line of profit, and a schedule of maintenance. */
export interface Leg {
  readonly side: Side;
  readonly contract: Contract;
  /** Size on the contract's axis, > 0: base units (linear), quote value of all contracts (inverse). */
  readonly size: Ratio;
  /** Entry price, quote per base. */
  readonly entry: Ratio;
  readonly brackets: readonly Bracket[];
  /** Fee included in maintenance, a fraction of value. */
  readonly fee: Ratio;
  /** The part of the size that maintenance counts, if not all of it. */
  readonly charged?: Ratio | undefined;
  /** Contracts of other positions that count for its tier. */
  readonly besides?: Ratio | undefined;
  /** Maintenance that does not change with the price, margin asset: values at the entry, held values, fixed fees. */
  readonly fixed: Ratio;
}

/** The value of a leg at a price, in the margin asset. */
export function valueAt(leg: Pick<Leg, 'contract' | 'size'>, price: Ratio): Ratio {
  return leg.size.times(leg.contract.coordinate(price));
}

/** The value of the part of a leg that maintenance counts. */
export function chargedValueAt(leg: Pick<Leg, 'contract' | 'size' | 'charged'>, price: Ratio): Ratio {
  return leg.charged ? valueAt({ ...leg, size: leg.charged }, price) : valueAt(leg, price);
}

/** Profit of a leg at a price, margin asset; losses are negative. */
export function profitAt(leg: Pick<Leg, 'side' | 'contract' | 'size' | 'entry'>, price: Ratio): Ratio {
  const { coordinate } = leg.contract;
  const gain = leg.size.times(coordinate(price).minus(coordinate(leg.entry)));
  return axisSign(leg) === 1 ? gain : gain.negated();
}

/** Maintenance margin of a leg at a price, margin asset, by the bracket of its value there. */
export function maintenanceAt(leg: Leg, price: Ratio): Ratio {
  const value = chargedValueAt(leg, price);
  const { rate, amount } = bracketOf(leg.brackets, value);
  return rate.plus(leg.fee).times(value).minus(amount).plus(leg.fixed);
}

/** +1 if the leg earns along its contract's axis, -1 if it loses. */
export function axisSign({ side, contract }: Pick<Leg, 'side' | 'contract'>): 1 | -1 {
  return (side === 'long') === (contract.longSlope === 1) ? 1 : -1;
}

/** Initial margin at a leverage: the value at entry over the leverage, margin asset. */
export function initialMargin(leg: Pick<Leg, 'contract' | 'size' | 'entry'>, lev: Ratio): Ratio {
  return valueAt(leg, leg.entry).over(lev);
}
