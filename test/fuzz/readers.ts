import type { Surroundings } from '../cli/run.js';

/** A reader of untrusted text: how the program is called so that it reads one. */
export interface Reader {
  /** The calls it is tried with; `FILE` is the text in a file, without it the text comes through stdin. */
  readonly calls: readonly string[];
  /** Whether the text itself is the call. */
  readonly isCall?: true;
  readonly env?: Surroundings['env'];
}

const STREAM_CALLS = [
  'batch',
  'batch --fields all --on-error inline',
  'batch --format csv --csv-safe',
  'batch --format json --on-error skip',
  'batch --format markdown --strict',
  'batch --only id,liquidationPrice,note',
  'batch --mmr 0.5 --lev 3 --side long --dp 30',
];

/** Venues whose own answers are read. */
const VENUES = ['bitget', 'bybit', 'dydx', 'gate', 'hyperliquid', 'kucoin', 'okx'] as const;

/** Every reader by the name of its folder in the corpus; a new one is a line here and a folder with a small file. */
export const READERS: Readonly<Record<string, Reader>> = {
  batch: { calls: [...STREAM_CALLS, 'batch --input ndjson', 'batch --input ndjson --strict', 'batch --input json'] },
  csv: { calls: [...STREAM_CALLS, 'batch --input csv', 'batch --input csv --format ndjson'] },
  account: {
    calls: [
      'account',
      'account --json',
      'account --format csv',
      'account --chart',
      'account --format ndjson --need margin-ratio=30',
    ],
  },
  binance: {
    calls: [
      'account --from binance --wallet 5000 --json',
      'account --from binance',
      'account --from binance --asset USDT --reconcile',
    ],
  },
  ccxt: { calls: ['account --from ccxt --wallet 5000 --json', 'account --from ccxt --reconcile --wallet 1'] },
  ...Object.fromEntries(VENUES.map((from) => [from, { calls: [`account --from ${from} --wallet 5000 --json`] }])),
  brackets: {
    calls: [
      'brackets validate FILE',
      'brackets validate FILE --json',
      'brackets diff built-in FILE --format csv',
      'long ABCUSDT --entry 2 --lev 20 --qty 40000 --json --brackets FILE',
    ],
  },
  candles: {
    calls: ['stop long --candles FILE --atr 2', 'stop short --candles FILE --atr 1 --json --atr-seed second-bar'],
  },
  fills: { calls: ['average --fills FILE', 'long --fills FILE --lev 10 --mmr 0.5 --json'] },
  rates: { calls: ['funding long --entry 30000 --lev 10 --qty 1 --mmr 0.5 --symbol BTCUSDT --rates FILE --json'] },
  config: { calls: ['check long --entry 30000 --lev 10 --mmr 0.5 --config FILE', 'check --list --json --config FILE'] },
  risk: { calls: ['check', 'check --json', 'check --format csv --max-warnings 0 --fail-on info'] },
  arguments: { calls: [''], isCall: true },
};
