import type { Contract } from '../contracts/index.js';
import type { Side } from '../leg.js';
import { Ratio } from '../ratio.js';

export const ORDER_TYPES = ['limit', 'market'] as const;
export type OrderType = (typeof ORDER_TYPES)[number];

/** An order to open, and the market that it meets. */
export interface OpeningOrder {
  readonly side: Side;
  readonly contract: Contract;
  /** Price of the order; for a market order, the expected fill price. */
  readonly price: Ratio;
  readonly type?: OrderType | undefined;
  readonly mark?: Ratio | undefined;
  /** Last price; by default the mark, else the price of the order. */
  readonly last?: Ratio | undefined;
}

/** The exchange assumes that a short opens at this factor times the last price. */
const SHORT_MARGIN = Ratio.from('1.0015');
/** The exchange assumes that a market long opens at this factor times the best ask. */
const MARKET_LONG_MARGIN = Ratio.from('1.0005');

/**
 * The price at which the exchange counts the initial margin of an order.
 *
 * A limit long: the price of the order. A short: the highest of that, the mark and the last price x 1.0015. A market
 * long: best ask x 1.0005, and as the ask the higher of the order's price and the last one is taken. The page is about
 * linear contracts; a higher price makes the margin of inverse ones smaller, so there the price of the order is kept.
 *
 * @see https://www.binance.com/en/support/faq/87fa7ee33b574f7084d42bd2ce2e463b (Cost required to open a position)
 */
export function assumedPrice({ side, contract, price, type, mark, last = mark ?? price }: OpeningOrder): Ratio {
  if (contract.marginAsset === 'base') return price;
  if (side === 'short') return price.max(mark ?? price).max(last.times(SHORT_MARGIN));
  return type === 'market' ? price.max(last).times(MARKET_LONG_MARGIN) : price;
}

/**
 * The loss of an order at the mark right after it fills, for a size of one: `|min(0, s (mark - price))|`, on the
 * contract's axis.
 *
 * @example a short at 9253.30 with the mark at 9259.84: 6.54; a long: 0
 * @see https://www.binance.com/en/support/faq/87fa7ee33b574f7084d42bd2ce2e463b (Cost required to open a position)
 */
export function openLoss({ side, contract, price, mark = price }: OpeningOrder): Ratio {
  const isLosing = side === 'long' ? mark.isBelow(price) : mark.isAbove(price);
  if (!isLosing) return Ratio.ZERO;
  const difference = contract.coordinate(mark).minus(contract.coordinate(price));
  return difference.abs();
}
