import type { Venue } from './venue.js';

/** Binance Futures, USDⓈ-M and COIN-M. */
export const binance: Venue = {
  name: 'binance',
  venue: 'binance',
  meaning: 'Binance: maintenance at the price, each rate for its part of the value, no fee',
  since: '2019',
  tiers: { apply: 'marginal', by: 'value' },
  isolated: { valued: 'price', confidence: 'A' },
  cross: { valued: 'price', confidence: 'A' },
  tablesFrom: (symbol) =>
    `liqcalc brackets import - --symbol ${symbol} (then paste the rows of its leverage and margin page)`,
  sources: [
    {
      text: 'https://www.binance.com/en/support/faq/b3c689c1f50a44cabb3a84e663b81d93 (How to calculate the liquidation price of USDⓈ-M futures)',
      read: '2026-11-22',
    },
  ],
};
