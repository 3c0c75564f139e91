import type { VenueTable } from './venue-table.js';

/**
 * Binance USDⓈ-M bracket tables: floor, cap, rate, maintenance amount, maximum leverage; USDT.
 *
 * @see https://www.binance.com/en/futures/trading-rules/perpetual/leverage-margin (Leverage & margin), copies of the dates given
 */
export const binanceUsdm: readonly VenueTable[] = [
  {
    venue: 'binance',
    symbol: 'BTCUSDT',
    contract: 'linear',
    multiplier: '1',
    asOf: '2026-05-01',
    confidence: 'B',
    source: 'exchange announcement of 2025-08-19; the same in a public copy of an API answer of 2026-05-01',
    brackets: `
      0 300000 0.004 0 150
      300000 800000 0.005 300 100
      800000 3000000 0.0065 1500 75
      3000000 12000000 0.01 12000 50
      12000000 70000000 0.02 132000 25
      70000000 100000000 0.025 482000 20
      100000000 230000000 0.05 2982000 10
      230000000 480000000 0.1 14482000 5
      480000000 600000000 0.125 26482000 4
      600000000 800000000 0.15 41482000 3
      800000000 1200000000 0.25 121482000 2
      1200000000 1800000000 0.5 421482000 1
    `,
  },
  {
    venue: 'binance',
    symbol: 'ETHUSDT',
    contract: 'linear',
    multiplier: '1',
    asOf: '2026-05-01',
    confidence: 'B',
    source: 'agreeing copies of the exchange page; the same in a public copy of an API answer of 2026-05-01',
    brackets: `
      0 300000 0.004 0 150
      300000 800000 0.005 300 100
      800000 3000000 0.0065 1500 75
      3000000 12000000 0.01 12000 50
      12000000 50000000 0.02 132000 25
      50000000 65000000 0.025 382000 20
      65000000 150000000 0.05 2007000 10
      150000000 320000000 0.1 9507000 5
      320000000 400000000 0.125 17507000 4
      400000000 530000000 0.15 27507000 3
      530000000 800000000 0.25 80507000 2
      800000000 1200000000 0.5 280507000 1
    `,
  },
  {
    venue: 'binance',
    symbol: 'SOLUSDT',
    contract: 'linear',
    multiplier: '1',
    asOf: '2026-05-01',
    confidence: 'B',
    source: 'copy of the exchange page; the same in a public copy of an API answer of 2026-05-01',
    brackets: `
      0 50000 0.005 0 100
      50000 400000 0.0065 75 75
      400000 1000000 0.01 1475 50
      1000000 4000000 0.02 11475 25
      4000000 8000000 0.025 31475 20
      8000000 40000000 0.05 231475 10
      40000000 80000000 0.1 2231475 5
      80000000 100000000 0.125 4231475 4
      100000000 200000000 0.25 16731475 2
      200000000 400000000 0.5 66731475 1
    `,
  },
  {
    venue: 'binance',
    symbol: 'BNBUSDT',
    contract: 'linear',
    multiplier: '1',
    asOf: '2026-07-23',
    confidence: 'B',
    source: 'copy of an API answer',
    brackets: `
      0 10000 0.005 0 75
      10000 200000 0.006 10 50
      200000 400000 0.01 810 40
      400000 1500000 0.02 4810 25
      1500000 3000000 0.025 12310 20
      3000000 15000000 0.05 87310 10
      15000000 30000000 0.1 837310 5
      30000000 37500000 0.125 1587310 4
      37500000 75000000 0.25 6274810 2
      75000000 150000000 0.5 25024810 1
    `,
  },
];
