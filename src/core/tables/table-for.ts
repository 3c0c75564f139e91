import { DEFAULT_VENUE, symbolsOn, type BracketTable, type TableSource } from '../brackets.js';
import type { ContractName } from '../contracts/index.js';
import { fail } from '../errors.js';
import { editDistance } from '../names.js';
import { quoteOf } from '../quotes.js';
import { Ratio } from '../ratio.js';
import { symbolKeyOn, tablesVenue, tiersOf, venues } from '../venues/index.js';

/** The symbol of a position, and the venue whose rule applies to it. */
interface SymbolTerms {
  readonly symbol?: string;
  /** A name of a rule or of a venue; `DEFAULT_VENUE` by default. */
  readonly venue?: string;
}

/**
 * The table of a position's symbol; `undefined` if there is none and the position has its own rate.
 *
 * @param venue - whose tables they are; the venue of the terms by default.
 * @throws {LiqcalcError} `UNKNOWN_SYMBOL` if the rate depends on the table.
 */
export function tableFor(
  terms: SymbolTerms & { readonly mmr?: Ratio; readonly multiplier?: Ratio },
  source: TableSource,
  venue: string = tablesVenue(terms.venue ?? DEFAULT_VENUE),
): BracketTable | undefined {
  const { symbol, mmr } = terms;
  if (symbol === undefined) return undefined;
  const table = source.find(symbol, venue);
  if (table) return sizedTable(table, terms);
  if (mmr) return undefined;
  const known = symbolsOn(source, venue);
  const suggestion = likelySymbol(symbolKeyOn(venue, symbol), known);
  return fail('UNKNOWN_SYMBOL', 'symbol', {
    symbol,
    known,
    suggestion,
    tables: suggestion === undefined ? tablesFrom(venue, symbol) : undefined,
  });
}

/**
 * A table with the size of a contract that its source does not give, from the terms of a position.
 *
 * @throws {LiqcalcError} `INVALID_INPUT` if the terms do not give it either, and the tiers count contracts.
 */
export function sizedTable(
  table: BracketTable,
  { multiplier, mmr }: { readonly multiplier?: Ratio; readonly mmr?: Ratio },
): BracketTable {
  if (!table.lacksMultiplier) return table;
  if (multiplier) return { ...table, multiplier, lacksMultiplier: undefined };
  if (mmr || !lacksSize(table, false)) return table;
  const why = `the tiers of ${table.venue} count contracts, and the table does not say how many base units one is`;
  return fail('NEEDS', 'symbol', { other: 'multiplier', why });
}

/** Whether the tier of a size cannot be found: tiers count contracts, and nothing gives the size of one. */
export function lacksSize({ venue, brackets, lacksMultiplier }: BracketTable, isGiven: boolean): boolean {
  return lacksMultiplier === true && !isGiven && brackets.length > 1 && tiersOf(venue).by === 'contracts';
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
  terms: SymbolTerms & { readonly contract?: ContractName; readonly multiplier?: Ratio },
  source: TableSource,
): BracketTable | undefined {
  const { symbol, contract, multiplier, venue: rule = DEFAULT_VENUE } = terms;
  const venue = tablesVenue(rule);
  const table = symbol === undefined ? undefined : source.find(symbol, venue);
  if (table) return sizedTable(table, { multiplier: multiplier ?? Ratio.ONE });
  if (symbol === undefined || contract) return undefined;
  const known = symbolsOn(source, venue);
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
