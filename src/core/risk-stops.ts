import type { AssessedPosition } from './account.js';
import type { Position } from './position.js';
import { Ratio } from './ratio.js';
import { isClosing, isStop } from './risk-orders.js';
import type { Order, RiskPosition } from './risk/subject.js';

/** What is known of the stop of a position. */
export type Stop =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'none' }
  /** The orders are those that trigger at the price. */
  | { readonly kind: 'at'; readonly price: Ratio; readonly orders: readonly Order[] }
  /** There is one, at a price that is not known: it trails. */
  | { readonly kind: 'trailing' };

/**
 * The stop of a position: as given, else the one among its orders that is reached first.
 *
 * A trailing stop counts where it trails from the start; one that still waits for its activation protects nothing.
 * Orders that are known without a stop among them say that there is none.
 */
export function stopOf({ assessed: { position }, data }: RiskPosition): Stop {
  const orders = data.orders ?? [];
  const stops = orders.filter((order) => isStop(order, position));
  const price = data.stop instanceof Ratio ? data.stop : firstReached(stops, position);
  if (price) return { kind: 'at', price, orders: stops.filter(({ trigger }) => trigger?.compare(price) === 0) };
  const trails = (order: Order): boolean =>
    order.type === 'TRAILING_STOP_MARKET' && isClosing(order, position) && !order.activation;
  if (stops.length > 0 || orders.some(trails)) return { kind: 'trailing' };
  return data.stop || data.orders ? { kind: 'none' } : { kind: 'unknown' };
}

function firstReached(stops: readonly Order[], { side }: Position): Ratio | undefined {
  const triggers = stops.flatMap(({ trigger }) => trigger ?? []);
  const [first, ...others] = triggers;
  return first && others.reduce((price, each) => (side === 'long' ? price.max(each) : price.min(each)), first);
}

/** Where a position is liquidated on the side where it loses; nothing where no price on that side does it. */
export function losingBound({ range, position }: AssessedPosition): Ratio | undefined {
  if (range.kind === 'nowhere') return undefined;
  return position.side === 'long' ? range.below : range.above;
}

/**
 * The stop that is farthest from the mark and still so far before a liquidation price, quote per base.
 *
 * @param buffer - percent of the stop price.
 */
export function farthestStop(side: Position['side'], liquidation: Ratio, buffer: Ratio): Ratio | undefined {
  const share = buffer.over(Ratio.HUNDRED);
  if (side === 'short') return liquidation.over(Ratio.ONE.plus(share));
  const kept = Ratio.ONE.minus(share);
  return kept.sign() > 0 ? liquidation.over(kept) : undefined;
}
