/** The shapes that `--from` accepts, separate from their readers, which are loaded on demand. */
export const EXCHANGES = [
  'binance',
  'ccxt',
  'bitget',
  'bybit',
  'dydx',
  'gate',
  'hyperliquid',
  'kucoin',
  'okx',
] as const;

/** A shape of exchange data: `ccxt`, or the venue whose API answered. */
export type ExchangeName = (typeof EXCHANGES)[number];
