/** The shapes that `--from` takes: apart from their readers, which are loaded when one is asked for. */
export const EXCHANGES = ['binance', 'ccxt'] as const;

/** `binance` or `ccxt`. */
export type ExchangeName = (typeof EXCHANGES)[number];
