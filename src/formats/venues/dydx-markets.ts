import { JsonObject, type JsonValue } from '../../schema/json-value.js';
import { symbolKeyOn } from '../../core/venues/index.js';
import { figuresOf, within } from '../public-tiers.js';
import type { TableShape, WrittenEntry } from '../written-table.js';

function entryOf(ticker: string, market: JsonValue): WrittenEntry {
  return {
    symbol: symbolKeyOn('dydx', ticker),
    venue: () => 'dydx',
    silentVenue: 'dydx',
    written: (origin, symbol) => ({
      contract: 'linear',
      multiplier: '1',
      asOf: origin.asOf(),
      confidence: 'A',
      source: `dYdX's perpetualMarkets ${origin.name} (${origin.dating})`,
      wholePosition: false,
      notes: [],
      rows: [
        {
          floor: '0',
          cap: undefined,
          rate: figuresOf(market, 'its market', symbol)('maintenanceMarginFraction'),
          amount: undefined,
        },
      ],
    }),
  };
}

/**
 * dYdX's public markets: one maintenance fraction each.
 *
 * @see https://docs.dydx.xyz/indexer-client/http (Get Perpetual Markets)
 */
export const dydxMarkets: TableShape = {
  meaning: "dYdX's perpetualMarkets",
  tables: (file) => {
    const markets = within(file, ['markets']);
    if (!(markets instanceof JsonObject)) return undefined;
    const { members } = markets;
    const isMarket = ([, value]: (typeof members)[number]): boolean =>
      value instanceof JsonObject && value.has('maintenanceMarginFraction');
    return members.some(isMarket) ? members.map(([ticker, market]) => entryOf(ticker, market)) : undefined;
  },
};
