import { DEFAULT_VENUE, symbolsOn, venuesOf, type BracketTable, type TableSource } from '../brackets.js';
import type { ContractName } from '../contracts/index.js';
import { fail, isLiqcalcError, type Problem } from '../errors.js';
import { LIKELY_QUOTES, likelySymbol } from '../likely-symbol.js';
import { Ratio } from '../ratio.js';
import { importOf, symbolKeyOn, tablesVenue, tiersOf, venues } from '../venues/index.js';

/** The symbol of a position, and the venue whose rule applies to it. */
interface SymbolTerms {
  readonly symbol?: string;
  /** A name of a rule or of a venue; `DEFAULT_VENUE` by default. */
  readonly venue?: string;
}

/**
 * The table of a position's symbol; `undefined` for a symbol without a table, if the position has its own rate.
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
  return fail('UNKNOWN_SYMBOL', 'symbol', unknownSymbol(symbol, venue, source));
}

/**
 * The table of a symbol on a venue, for a caller that needs the table itself.
 *
 * @throws {LiqcalcError} `UNKNOWN_SYMBOL` for a symbol without a table.
 */
export function tableNamed(symbol: string, venue: string, source: TableSource): BracketTable {
  const table = source.find(symbol, venue);
  return table ?? fail('UNKNOWN_SYMBOL', 'symbol', { ...unknownSymbol(symbol, venue, source), isTableOnly: true });
}

/** What is known of a symbol without a table: the names that may be meant, and how its table is imported. */
function unknownSymbol(symbol: string, venue: string, source: TableSource): UnknownSymbol {
  const known = symbolsOn(source, venue);
  const key = symbolKeyOn(venue, symbol);
  const market = venues[venue]?.marketName?.(key);
  const hasMarket = market !== undefined && known.includes(symbolKeyOn(venue, market));
  const suggestion = hasMarket ? market : likelySymbol(symbol, { venue, known, quotes: LIKELY_QUOTES });
  const elsewhere =
    venue === DEFAULT_VENUE ? venuesOf(source, key).find((each) => each !== venue && venues[each]) : undefined;
  return {
    symbol,
    known,
    suggestion,
    ...(known.length === 0 && venues[venue] && { without: venue }),
    ...(elsewhere !== undefined && { elsewhere }),
    ...(market !== undefined && (hasMarket || suggestion === undefined) && { market: { venue, name: market } }),
    ...(suggestion === undefined && venues[venue] && importOf(venue, market ?? symbol)),
  };
}

type UnknownSymbol = Extract<Problem, { code: 'UNKNOWN_SYMBOL' }>['details'];

/**
 * The problem that a symbol has neither a table nor a rate, for a position that is refused for other reasons.
 *
 * @param terms - of a position without a rate of its own.
 */
export function symbolProblems(terms: SymbolTerms, source: TableSource, venue?: string): readonly Problem[] {
  return unknownSymbolIn(() => tableFor({ ...terms, multiplier: Ratio.ONE }, source, venue));
}

/** The same problem for a trade that needs no rate. */
export function tradeSymbolProblems(terms: SymbolTerms, source: TableSource): readonly Problem[] {
  return unknownSymbolIn(() => tableOfTrade(terms, source));
}

function unknownSymbolIn(find: () => unknown): readonly Problem[] {
  try {
    find();
    return [];
  } catch (error) {
    if (!isLiqcalcError(error)) throw error;
    return error.problems.filter(({ code }) => code === 'UNKNOWN_SYMBOL');
  }
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
  const isLinear = table.contract === 'linear';
  if (!lacksSize(table, false) || (isLinear && mmr)) return table;
  const unit = isLinear ? 'how many base units one is' : 'what one is worth in quote';
  const example = venues[table.venue]?.contractExamples?.[table.contract];
  const shown = example === undefined ? '' : `; the exchange shows it as contract value (${example})`;
  const why = `the tiers of ${table.venue} count contracts, and the table does not say ${unit}${shown}`;
  return fail('NEEDS', 'symbol', { other: 'multiplier', why, countedIn: 'contracts' });
}

/** Whether the tier or the value of a size cannot be found: nothing gives the size of a contract. */
export function lacksSize({ venue, contract, brackets, lacksMultiplier }: BracketTable, isGiven: boolean): boolean {
  if (lacksMultiplier !== true || isGiven) return false;
  return contract === 'inverse' || (brackets.length > 1 && tiersOf(venue).by === 'contracts');
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
  const usual = table?.contract === 'linear' ? Ratio.ONE : undefined;
  const size = multiplier ?? usual;
  if (table) return sizedTable(table, size ? { multiplier: size } : {});
  if (symbol === undefined || contract) return undefined;
  const known = symbolsOn(source, venue);
  const suggestion = likelySymbol(symbol, { venue, known, quotes: [] });
  if (suggestion === undefined) return undefined;
  return fail('UNKNOWN_SYMBOL', 'symbol', { symbol, known, suggestion, give: 'contract' });
}
