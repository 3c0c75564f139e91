/** Stable currencies that linear contracts are quoted and settled in; longer ones first if one ends in another. */
export const STABLE_QUOTES = ['FDUSD', 'BFUSD', 'USDT', 'USDC', 'BUSD', 'TUSD', 'USDE', 'USD1'] as const;

const QUOTES: readonly string[] = [...STABLE_QUOTES, 'USD', 'EUR', 'BTC', 'ETH', 'BNB'];

/** The quote currency of a pair, from its spelling: USDT for `BTCUSDT`. */
export function quoteOf(pair: string, quotes: readonly string[] = QUOTES): string | undefined {
  return quotes.find((quote) => pair.length > quote.length && pair.endsWith(quote));
}

/** A pair with a sign between base and quote: `BTC-USDT`. A pair with an unknown quote is returned unchanged. */
export function pairWith(sign: string, pair: string): string {
  const quote = quoteOf(pair);
  return quote === undefined ? pair : `${pair.slice(0, -quote.length)}${sign}${quote}`;
}
