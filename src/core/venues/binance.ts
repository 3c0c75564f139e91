import { looksCoinMargined, usualContractUsd } from '../settlement.js';
import type { Venue } from './venue.js';

/** Binance Futures, USDⓈ-M and COIN-M. */
export const binance: Venue = {
  name: 'binance',
  venue: 'binance',
  meaning: 'Binance: maintenance margin by the liquidation price; each rate applies to its part of the value; no fee',
  since: '2019',
  tiers: { apply: 'marginal', by: 'value' },
  isolated: { valued: 'price', confidence: 'A' },
  cross: { valued: 'price', confidence: 'A' },
  contractUsd: usualContractUsd,
  // Its endpoint of brackets needs a key: the rows of its page are the public source of linear tables.
  tablesFrom: (symbol) =>
    looksCoinMargined(symbol) ? 'liqcalc brackets import FILE' : `liqcalc brackets import - --symbol ${symbol}`,
  importedBy: (symbol) =>
    looksCoinMargined(symbol)
      ? "save the answer of Binance's API, GET /dapi/v2/leverageBracket (it needs an API key), as FILE and run"
      : "paste the rows of Binance's leverage and margin page into",
  sources: [
    {
      text: 'https://www.binance.com/en/support/faq/b3c689c1f50a44cabb3a84e663b81d93 (How to calculate the liquidation price of USDⓈ-M futures)',
      read: '2026-11-22',
    },
  ],
};
