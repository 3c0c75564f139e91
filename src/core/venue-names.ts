/** The venues that tables and answers of an exchange may be of, by the name that `--venue` takes. */
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
