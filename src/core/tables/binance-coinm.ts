import type { VenueTable } from './venue-table.js';

/**
 * Binance COIN-M bracket tables: floor, cap, rate, maintenance amount, maximum leverage; base coin (`contracts x multiplier / price`).
 *
 * @see https://www.binance.com/en/support/faq/ceccfcfb4e3a45e3b48b0b1bb1a8ae46 (COIN-M maintenance margin)
 */
export const binanceCoinm: readonly VenueTable[] = [
  {
    venue: 'binance',
    symbol: 'BTCUSD_PERP',
    contract: 'inverse',
    multiplier: '100',
    asOf: '2021',
    confidence: 'C',
    source: 'brackets 1-7 pinned by official figures, 8-10 remembered; the present table is not known here',
    brackets: `
      0 5 0.004 0 125
      5 10 0.005 0.005 100
      10 20 0.01 0.055 50
      20 50 0.025 0.355 20
      50 100 0.05 1.605 10
      100 200 0.1 6.605 5
      200 400 0.125 11.605 4
      400 1000 0.15 21.605 3
      1000 1500 0.25 121.605 2
      1500 - 0.5 496.605 1
    `,
  },
];
