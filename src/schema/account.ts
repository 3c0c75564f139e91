import type { Schema } from './issues.js';
import { choice, decimal, flag } from './leaves.js';
import { valueSchema } from './value.js';
import { listOf, needed, optional, type Members } from './object.js';

/** The members of a position in an account, besides the fields of a single position. */
export const PLACE = {
  mode: optional(choice(['cross', 'isolated']), {
    meaning: 'margin mode: cross (default) or isolated; an isolated position needs its own margin',
  }),
  beta: optional(decimal(), {
    meaning: 'the price moves this many times the market move, default 1; linear accounts only',
  }),
  reported: optional(decimal(), { meaning: "the exchange's own liquidation price, for comparison" }),
};

/** The members of an account besides data for rules; `position` reads each position. */
export function accountMembers(position: Schema<unknown>): Members {
  return {
    wallet: optional(decimal(), {
      meaning:
        'cross wallet, margin asset: no isolated wallets, no unrealised PnL; needed unless every position is isolated',
    }),
    venue: optional(valueSchema({ kind: 'choice', choicesFrom: 'venues' }), {
      meaning: 'venue of the positions that do not name one, default binance',
    }),
    multiAssetsMargin: optional(flag(), { meaning: 'whether several assets back the wallet, valued in USD' }),
    positions: needed(listOf(position), { what: 'the list of positions' }),
  };
}
