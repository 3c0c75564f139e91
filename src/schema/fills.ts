import type * as z from 'zod/mini';
import { anyText, decimal, milliseconds, orBlank, word } from './leaves.js';
import { needed, objectOf, optional } from './object.js';

/**
 * A trade of the exchange's userTrades response.
 *
 * @see https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Account-Trade-List (Account Trade List)
 */
export const userTrade = objectOf(
  {
    side: needed(word(['BUY', 'SELL'])),
    qty: needed(decimal({ range: 'positive' })),
    price: needed(decimal({ range: 'positive' })),
    realizedPnl: optional(orBlank(decimal())),
    startPosition: optional(orBlank(decimal())),
    time: optional(milliseconds()),
    symbol: optional(anyText()),
    positionSide: optional(anyText()),
    id: optional(anyText()),
  },
  { advice: 'write an object with side, qty and price' },
);

/** The result of `userTrade`. */
export type UserTrade = z.infer<typeof userTrade>;
