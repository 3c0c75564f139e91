/** The shapes that `--from` accepts, separate from their readers, which are loaded on demand. */
export const EXCHANGES = ['binance', 'ccxt'] as const;

/** `binance` or `ccxt`. */
export type ExchangeName = (typeof EXCHANGES)[number];
