/** Stable currencies that linear contracts are quoted and settled in; longer ones first if one ends in another. */
export const STABLE_QUOTES = ['FDUSD', 'BFUSD', 'USDT', 'USDC', 'BUSD', 'TUSD', 'USDE', 'USD1'] as const;

const QUOTES: readonly string[] = [...STABLE_QUOTES, 'USD', 'EUR', 'BTC', 'ETH', 'BNB'];

/** The quote currency of a pair, from its spelling: USDT for `BTCUSDT`. */
export function quoteOf(pair: string, quotes: readonly string[] = QUOTES): string | undefined {
  return quotes.find((quote) => pair.length > quote.length && pair.endsWith(quote));
}

/** The base of a pair quoted in dollars: BTC of `BTCUSDT`. */
export function dollarBase(pair: string): string | undefined {
  const quote = /^[A-Z0-9]+$/.test(pair) ? quoteOf(pair, [...STABLE_QUOTES, 'USD']) : undefined;
  return quote === undefined ? undefined : pair.slice(0, -quote.length);
}

/** Whether a symbol is the name of a coin, without a quote. */
export function isCoin(symbol: string): boolean {
  return /^[A-Z0-9]{1,12}$/.test(symbol) && !symbol.endsWith('PERP') && quoteOf(symbol) === undefined;
}

/** A pair with a sign between base and quote: `BTC-USDT`. A pair with an unknown quote is returned unchanged. */
export function pairWith(sign: string, pair: string): string {
  const quote = quoteOf(pair);
  return quote === undefined ? pair : `${pair.slice(0, -quote.length)}${sign}${quote}`;
}
