import { editDistance } from './names.js';
import { quoteOf, STABLE_QUOTES } from './quotes.js';
import { symbolKeyOn } from './venues/index.js';

/** Quotes in the order in which they are suggested for a coin. */
export const LIKELY_QUOTES = ['USDT', ...STABLE_QUOTES] as const;

/**
 * The known symbol that another may be a slip for: the one after the name of the venue, the same pair's perpetual, that
 * of a coin without a quote, or one letter away. A contract of another quote, settlement asset or delivery date is
 * another contract, never a slip.
 *
 * @param quotes - quotes with which a coin may be completed.
 */
export function likelySymbol(
  symbol: string,
  {
    venue,
    known,
    quotes,
  }: { readonly venue: string; readonly known: readonly string[]; readonly quotes: readonly string[] },
): string | undefined {
  const prefix = `${venue}:`.toUpperCase();
  const written = symbolKeyOn(venue, symbol);
  const key = written.startsWith(prefix) ? symbolKeyOn(venue, written.slice(prefix.length)) : written;
  const perpetuals = [key, `${key}_PERP`, ...quotes.map((quote) => `${key}${quote}`)];
  const perpetual = perpetuals.find((each) => known.includes(each));
  if (perpetual !== undefined) return perpetual;
  const isNear = (symbol: string): boolean =>
    Math.abs(key.length - symbol.length) <= 1 && editDistance(key, symbol) === 1;
  return known.find((symbol) => isNear(symbol) && !isAnotherContract(key, symbol));
}

function isAnotherContract(key: string, symbol: string): boolean {
  const [pair = '', term = ''] = key.split('_', 2);
  const [otherPair = '', otherTerm = ''] = symbol.split('_', 2);
  if (/^\d+$/.test(term) || /^\d+$/.test(otherTerm)) return term !== otherTerm;
  const quote = quoteOf(pair);
  return quote !== undefined && quote !== quoteOf(otherPair);
}
