import type { Side } from '../leg.js';
import type { Order } from './input.js';
import { plain } from './words.js';

/** Whether an order is on the side that closes a position. */
export function isClosing({ side }: Order, position: { readonly side: Side }): boolean {
  return side === (position.side === 'long' ? 'SELL' : 'BUY');
}

/** Whether an order waits for a trigger. */
export function isConditional({ type, trigger, activation }: Order): boolean {
  return /STOP|TAKE_PROFIT/.test(type) || trigger !== undefined || activation !== undefined;
}

/**
 * Whether an order closes a position when the market moves against it: a stop, not a take-profit or a trailing stop.
 */
export function isStop(order: Order, position: { readonly side: Side }): boolean {
  return isClosing(order, position) && (order.type === 'STOP' || order.type === 'STOP_MARKET');
}

/** Orders in words: `STOP_MARKET SELL at 29000`. */
export function orderWords(orders: readonly Order[]): string {
  return orders
    .map(({ type, side, trigger, activation }) => {
      const price = trigger ?? activation;
      return `${type} ${side}${price ? ` at ${plain(price)}` : ''}`;
    })
    .join(', ');
}
