import { Ratio } from '../ratio.js';
import { losingBound, standingStops, type StandingStop } from './stops.js';
import { quantityOf } from '../position.js';
import type { Datum } from './rule.js';
import type { RiskPosition } from './input.js';

/** A part of a position that a stop closes. */
export interface ClosedPart {
  /** Trigger price, quote per base. */
  readonly price: Ratio;
  /** In the unit of the position's size. */
  readonly quantity: Ratio;
}

/** How much of a position the stops close that trigger before liquidation. */
export type Coverage =
  /** The data that is needed to know. */
  | { readonly kind: 'unknown'; readonly lacks: readonly Datum[] }
  | {
      readonly kind: 'known';
      /** In the order in which the price reaches them; together never more than the size. */
      readonly parts: readonly ClosedPart[];
      /** Size that is not closed by any stop. */
      readonly uncovered: Ratio;
      readonly size: Ratio;
      /** The stops that count. */
      readonly stops: readonly StandingStop[];
    };

/**
 * What the stops of a position cover, at the present liquidation price.
 *
 * A stop whose quantity or price is unknown makes the result unknown only if the others do not cover the size.
 */
export function coverageOf(position: RiskPosition): Coverage {
  const standing = standingStops(position);
  if (!standing) return { kind: 'unknown', lacks: ['stop'] };
  const size = quantityOf(position.assessed);
  const stops = standing.stops.filter(({ price }) => isBeforeLiquidation(price, position));
  const parts: ClosedPart[] = [];
  let uncovered = size;
  for (const { price, closes } of stops) {
    if (!closes) continue;
    const quantity = closes instanceof Ratio ? closes.min(uncovered) : uncovered;
    if (quantity.sign() > 0) parts.push({ price, quantity });
    uncovered = uncovered.minus(quantity);
  }
  if (uncovered.sign() > 0 && stops.some(({ closes }) => !closes)) return { kind: 'unknown', lacks: ['quantity'] };
  if (uncovered.sign() > 0 && standing.trails) return { kind: 'unknown', lacks: ['stop'] };
  return { kind: 'known', parts, uncovered, size, stops };
}

/** Whether a stop triggers before the position is liquidated. A stop at the liquidation price does not. */
function isBeforeLiquidation(price: Ratio, { assessed: { position, range } }: RiskPosition): boolean {
  if (range.kind === 'nowhere') return false;
  const bound = losingBound(range, position);
  if (!bound) return true;
  return position.side === 'long' ? price.isAbove(bound) : price.isBelow(bound);
}

/**
 * The stops that are needed to close a size, nearest first. A stop without a known quantity closes all that is left.
 */
export function neededStops(stops: readonly StandingStop[], size: Ratio): readonly (StandingStop & ClosedPart)[] {
  const needed: (StandingStop & ClosedPart)[] = [];
  let left = size;
  for (const stop of stops) {
    if (left.sign() <= 0) break;
    const quantity = stop.closes instanceof Ratio ? stop.closes.min(left) : left;
    needed.push({ ...stop, quantity });
    left = left.minus(quantity);
  }
  return needed;
}
