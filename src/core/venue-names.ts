/** The venues of tables and exchange data, by the name that `--venue` accepts. */
export const VENUE_NAMES = [
  'binance',
  'bitget',
  'bitmex',
  'blofin',
  'bybit',
  'coinex',
  'delta',
  'deribit',
  'dydx',
  'gate',
  'htx',
  'hyperliquid',
  'kraken',
  'kucoin',
  'mexc',
  'okx',
] as const;

/** The name of a venue: `kucoin`. */
export type VenueName = (typeof VENUE_NAMES)[number];
