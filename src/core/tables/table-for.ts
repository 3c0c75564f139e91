import { DEFAULT_VENUE, venuesOf, type BracketTable, type TableSource } from '../brackets.js';
import type { ContractName } from '../contracts/index.js';
import { fail } from '../errors.js';
import { editDistance } from '../names.js';
import { quoteOf } from '../quotes.js';
import type { Ratio } from '../ratio.js';
import { symbolKeyOn, tablesVenue, venues } from '../venues/index.js';

/** The symbol of a position, and the venue whose rule applies to it. */
interface SymbolTerms {
  readonly symbol?: string;
  /** A name of a rule or of a venue; `DEFAULT_VENUE` by default. */
  readonly venue?: string;
}

/**
 * The table of a position's symbol; `undefined` if there is none and the position has its own rate.
 *
 * @throws {LiqcalcError} `UNKNOWN_SYMBOL` if the rate depends on the table.
 */
export function tableFor(
  { symbol, mmr, venue: rule = DEFAULT_VENUE }: SymbolTerms & { readonly mmr?: Ratio },
  source: TableSource,
): BracketTable | undefined {
  if (symbol === undefined) return undefined;
  const venue = tablesVenue(rule);
  const table = source.find(symbol, venue);
  if (table || mmr) return table;
  const known = source.symbols.filter((each) => venuesOf(source, each).includes(venue));
  const suggestion = likelySymbol(symbolKeyOn(venue, symbol), known);
  return fail('UNKNOWN_SYMBOL', 'symbol', {
    symbol,
    known,
    suggestion,
    tables: suggestion === undefined ? tablesFrom(venue, symbol) : undefined,
  });
}

/** The command that imports the table of a symbol; `undefined` for a venue without a rule here. */
function tablesFrom(venue: string, symbol: string): string | undefined {
  return venues[venue]?.tablesFrom(symbolKeyOn(venue, symbol));
}

/**
 * The table of a trade that does not need a rate. An unknown symbol is then only a label, unless it is one letter away
 * from a known one.
 *
 * @throws {LiqcalcError} `UNKNOWN_SYMBOL` for a symbol that looks like a slip.
 */
export function tableOfTrade(
  { symbol, contract, venue: rule = DEFAULT_VENUE }: SymbolTerms & { readonly contract?: ContractName },
  source: TableSource,
): BracketTable | undefined {
  const venue = tablesVenue(rule);
  const table = symbol === undefined ? undefined : source.find(symbol, venue);
  if (table || symbol === undefined || contract) return table;
  const known = source.symbols.filter((each) => venuesOf(source, each).includes(venue));
  const suggestion = likelySymbol(symbolKeyOn(venue, symbol), known);
  if (suggestion === undefined) return undefined;
  return fail('UNKNOWN_SYMBOL', 'symbol', { symbol, known, suggestion, give: 'contract' });
}

/**
 * The known symbol that another may be a slip for: the same pair's perpetual, or one letter away. A contract of another
 * quote, settlement asset or delivery date is another contract, never a slip.
 */
function likelySymbol(key: string, known: readonly string[]): string | undefined {
  const perpetual = `${key}_PERP`;
  if (known.includes(perpetual)) return perpetual;
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
