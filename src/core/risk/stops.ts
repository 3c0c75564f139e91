import type { AssessedPosition } from '../account.js';
import type { SafeRange } from '../liquidation.js';
import type { Position } from '../position.js';
import { Ratio } from '../ratio.js';
import { isClosing, isStop } from './orders.js';
import { plain, priceOn, priceText } from './words.js';
import type { Order, RiskPosition } from './input.js';

/** What is known about the stop of a position. */
export type Stop =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'none' }
  /** The orders are those that trigger at the price. */
  | { readonly kind: 'at'; readonly price: Ratio; readonly orders: readonly Order[] }
  /** The same on the wrong side of the mark, where it gives no protection: `given` as the stop, or among the orders. */
  | { readonly kind: 'misplaced'; readonly price: Ratio; readonly orders: readonly Order[]; readonly from: StopSource }
  /** There is one, at an unknown price: it trails. */
  | { readonly kind: 'trailing' };

type StopSource = 'given' | 'orders';

/**
 * The stop of a position: as given, else the one among its orders that is reached first.
 *
 * A trailing stop counts if it trails from the start, or if the mark has passed its activation. One that still waits
 * gives no protection, nor does an order on the wrong side of the mark. If the orders are known and none of them is a
 * stop, the position has no stop.
 */
export function stopOf({ assessed: { position }, data }: RiskPosition): Stop {
  const orders = data.orders ?? [];
  const stops = orders.filter((order) => isStop(order, position));
  const at = (price: Ratio): Pick<Extract<Stop, { kind: 'at' }>, 'price' | 'orders'> => ({
    price,
    orders: stops.filter(({ trigger }) => trigger?.compare(price) === 0),
  });
  if (data.stop instanceof Ratio) {
    return isMisplaced(data.stop, position)
      ? { kind: 'misplaced', ...at(data.stop), from: 'given' }
      : { kind: 'at', ...at(data.stop) };
  }
  const placed = stops.filter(({ trigger }) => !trigger || !isMisplaced(trigger, position));
  const price = firstReached(placed, position);
  if (price) return { kind: 'at', ...at(price) };
  if (placed.length > 0 || orders.some((order) => isTrailing(order, position))) return { kind: 'trailing' };
  const misplaced = firstReached(stops, position);
  if (misplaced) return { kind: 'misplaced', ...at(misplaced), from: 'orders' };
  return data.stop || data.orders ? { kind: 'none' } : { kind: 'unknown' };
}

/** A stop on the right side of the mark, at a known price. */
export interface StandingStop {
  /** Trigger price, quote per base. */
  readonly price: Ratio;
  /** How much of the position it closes, in the unit of the size; `undefined` if unknown. */
  readonly closes?: Ratio | 'all' | undefined;
  /** The order, if the stop is one. */
  readonly order?: Order | undefined;
}

/** The stops of a position that protect it. */
export interface StandingStops {
  /** In the order in which the price reaches them. */
  readonly stops: readonly StandingStop[];
  /** Whether there is another stop at an unknown price: it trails, or its trigger is not given. */
  readonly trails: boolean;
}

/**
 * The stops that protect a position: those among its orders, else the one that is given, which closes all of it.
 * `undefined` if neither a stop nor orders are known.
 */
export function standingStops({ assessed: { position }, data }: RiskPosition): StandingStops | undefined {
  if (!data.orders && !data.stop) return undefined;
  const orders = data.orders ?? [];
  const stops = orders.filter((order) => isStop(order, position));
  const placed = stops.flatMap((order): StandingStop[] => {
    const { trigger } = order;
    return trigger && !isMisplaced(trigger, position) ? [{ price: trigger, closes: closedBy(order), order }] : [];
  });
  const trails = stops.some(({ trigger }) => !trigger) || orders.some((order) => isTrailing(order, position));
  const isLong = position.side === 'long';
  if (stops.length > 0 || trails || !(data.stop instanceof Ratio)) {
    return { stops: placed.toSorted((a, b) => (isLong ? b.price.compare(a.price) : a.price.compare(b.price))), trails };
  }
  return { stops: isMisplaced(data.stop, position) ? [] : [{ price: data.stop, closes: 'all' }], trails };
}

function closedBy({ closePosition, quantity }: Order): StandingStop['closes'] {
  return closePosition === true ? 'all' : quantity;
}

/** Whether the mark is already at or past the price of a stop; false without a mark. */
function isMisplaced(price: Ratio, { side, mark }: Position): boolean {
  return mark !== undefined && (side === 'long' ? !price.isBelow(mark) : !price.isAbove(mark));
}

/** Whether an order already trails the price. */
function isTrailing(order: Order, position: Position): boolean {
  const isOne = order.type === 'TRAILING_STOP_MARKET' && isClosing(order, position);
  return isOne && (!order.activation || isActivated(order.activation, position));
}

/**
 * Whether the mark has passed the activation of a trailing stop. If the mark is exactly there, the stop still waits.
 */
function isActivated(activation: Ratio, position: Position): boolean {
  const room = activationRoom(activation, position);
  return room !== undefined && room.sign() < 0;
}

/**
 * How far the mark must move to activate a trailing stop, quote per base: negative past it, `undefined` without a mark.
 */
export function activationRoom(activation: Ratio, { side, mark }: Position): Ratio | undefined {
  return mark && (side === 'long' ? activation.minus(mark) : mark.minus(activation));
}

function firstReached(stops: readonly Order[], { side }: Position): Ratio | undefined {
  const triggers = stops.flatMap(({ trigger }) => trigger ?? []);
  return side === 'long' ? Ratio.greatest(triggers) : Ratio.least(triggers);
}

/** The safe prices of a position that has some. */
type SafePrices = Extract<SafeRange, { kind: 'between' }>;

/** Where a position is liquidated on its losing side; `undefined` if no price on that side liquidates it. */
export function losingBound({ below, above }: SafePrices, { side }: Position): Ratio | undefined {
  return side === 'long' ? below : above;
}

/**
 * The stop farthest from the mark that is still the buffer before a liquidation price, quote per base.
 *
 * @param buffer - percent of the stop price.
 */
export function farthestStop(side: Position['side'], liquidation: Ratio, buffer: Ratio): Ratio | undefined {
  const share = buffer.over(Ratio.HUNDRED);
  if (side === 'short') return liquidation.over(Ratio.ONE.plus(share));
  const kept = Ratio.ONE.minus(share);
  return kept.sign() > 0 ? liquidation.over(kept) : undefined;
}

/** A suggested stop stays this far before liquidation, % of the stop price. */
const BUFFER = Ratio.from('0.5');

/**
 * Where to put a stop, in words.
 *
 * @param buffer - how far before liquidation it stays, percent of the stop price.
 */
export function stopAdvice(assessed: AssessedPosition, buffer = BUFFER): string {
  const { position, reference, range } = assessed;
  const isLong = position.side === 'long';
  if (range.kind === 'nowhere')
    return 'reduce the position or add margin first: at every price it is liquidated before a stop';
  const bound = losingBound(range, position);
  const exact = bound && farthestStop(position.side, bound, buffer);
  if (!exact) return `set a stop-market order ${isLong ? 'below' : 'above'} the mark`;
  const price = priceOn(isLong ? 'higher' : 'lower', exact, position);
  const hasRoom = isLong ? price.isBelow(reference) : price.isAbove(reference);
  if (!hasRoom)
    return `reduce the position or add margin first: liquidation at ${priceText(bound, position)} leaves no room for a stop`;
  return `set a stop at ${plain(price)} or ${isLong ? 'higher' : 'lower'}, at least ${plain(buffer)} % before liquidation`;
}
