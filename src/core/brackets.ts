import type { ContractName } from './contracts/index.js';
import { fail } from './errors.js';
import { editDistance } from './names.js';
import { quoteOf } from './quotes.js';
import { Ratio } from './ratio.js';

/** One step of a maintenance schedule: for values with `floor < value <= cap`. */
export interface Bracket {
  /** Lower end, exclusive, in the margin asset (quote notional, or base-coin size for inverse contracts). */
  readonly floor: Ratio;
  /** Upper end, inclusive; left out where there is none. */
  readonly cap?: Ratio;
  /** Maintenance rate, a fraction. */
  readonly rate: Ratio;
  /** Maintenance amount ("cum"), margin asset: maintenance is `rate x value - amount`. */
  readonly amount: Ratio;
  /** The highest leverage allowed, where it is known. */
  readonly maxLeverage?: Ratio;
}

/** How sure a table is: A official text, B agreeing copies of it, C partly remembered. */
export type Confidence = 'A' | 'B' | 'C';

/** What was done to the amounts of a table when it was read: rebuilt where it had none, rid of float noise where it had. */
export type TableNote = 'AMOUNTS_REBUILT' | 'AMOUNTS_REPAIRED';

/** A venue's brackets for one symbol, with what is known of their origin. */
export interface BracketTable {
  readonly venue: string;
  readonly symbol: string;
  readonly contract: ContractName;
  /** Quote value of one contract; 1 for linear. */
  readonly multiplier: Ratio;
  /** The day the table was in force: `2025-08-19`, or less of it where less is known. */
  readonly asOf: string;
  readonly confidence: Confidence;
  readonly source: string;
  readonly notes?: readonly TableNote[];
  readonly brackets: readonly Bracket[];
}

/** A bracket as data brings it: decimal text; without its amount where the source leaves it out. */
export interface BracketRow {
  readonly floor: string;
  readonly cap: string | undefined;
  readonly rate: string;
  readonly amount: string | undefined;
  readonly maxLeverage?: string | undefined;
}

/** Decimals of an amount that messages advise: what is typed back must be the amount, not one near it. */
const EXACT_ENOUGH = 60;
/** Caps at or above this (2^63 - 1) say "no cap". */
const NO_CAP = Ratio.of(9223372036854775807n);

/**
 * Checks bracket rows and makes brackets of them.
 *
 * Order, contiguity, rising rates, and continuity: `amount_n = floor_n (rate_n - rate_n-1) + amount_n-1`. A continuous
 * table with rising rates makes maintenance the maximum over its brackets, which the solver rests on. Missing amounts
 * are rebuilt by the same equation.
 *
 * @param rows - decimal text: floors and caps in the margin asset, rates as fractions.
 * @param table - how messages name the table.
 * @throws {LiqcalcError} `INVALID_BRACKETS` with the first fault.
 */
export function bracketsFrom(rows: readonly BracketRow[], table: string): readonly Bracket[] {
  const wrong = (index: number, fault: string): never =>
    fail('INVALID_BRACKETS', '', { table, fault: `no. ${index + 1}: ${fault}` });
  const read = (index: number, what: string, text: string): Ratio => {
    const parsed = Ratio.parse(text);
    if (parsed.kind !== 'decimal') return wrong(index, `${what} ${JSON.stringify(text)} is not a plain decimal`);
    if (parsed.value.sign() < 0) return wrong(index, `${what} ${text} is negative`);
    return parsed.value;
  };
  if (rows.length === 0) fail('INVALID_BRACKETS', '', { table, fault: 'there are none' });
  const brackets: Bracket[] = [];
  rows.forEach((row, index) => {
    const last = brackets[index - 1];
    const floor = read(index, 'floor', row.floor);
    const written = row.cap === undefined ? undefined : read(index, 'cap', row.cap);
    const cap = written === undefined || !written.isBelow(NO_CAP) ? undefined : written;
    const rate = read(index, 'rate', row.rate);
    const expected = last ? continuedAmount(last, floor, rate) : Ratio.ZERO;
    const amount = row.amount === undefined ? expected : read(index, 'amount', row.amount);
    if (!rate.isBelow(Ratio.ONE)) wrong(index, `rate ${row.rate} is not below 1; rates are fractions, 0.004 is 0.4 %`);
    if (cap && !cap.isAbove(floor)) wrong(index, `cap ${row.cap as string} is not above floor ${row.floor}`);
    if (!last && floor.sign() !== 0) wrong(index, `the first floor is ${row.floor}, not 0`);
    if (last && !last.cap) wrong(index, 'it follows a bracket without a cap');
    if (last?.cap && last.cap.compare(floor) !== 0) wrong(index, `floor ${row.floor} is not the cap before it`);
    if (last && rate.isBelow(last.rate)) wrong(index, `rate ${row.rate} is lower than the one before it`);
    if (amount.compare(expected) !== 0) {
      wrong(
        index,
        `amount ${row.amount as string} makes maintenance jump; ${expected.toText(EXACT_ENOUGH)} continues it`,
      );
    }
    const maxLeverage = row.maxLeverage === undefined ? undefined : read(index, 'maximum leverage', row.maxLeverage);
    brackets.push({ floor, rate, amount, ...(cap && { cap }), ...(maxLeverage && { maxLeverage }) });
  });
  return brackets;
}

/** The amount with which a bracket from `floor` on continues the maintenance of the bracket before it. */
function continuedAmount(before: Bracket, floor: Ratio, rate: Ratio): Ratio {
  return floor.times(rate.minus(before.rate)).plus(before.amount);
}

/** The one bracket of a rate and amount that a user gives. */
export function flatBrackets(rate: Ratio, amount: Ratio): readonly Bracket[] {
  return [{ floor: Ratio.ZERO, rate, amount }];
}

/** The place (from 0) of the bracket that a value belongs to: `floor < value <= cap`; above the last cap the last one. */
export function bracketIndex(brackets: readonly Bracket[], value: Ratio): number {
  const index = brackets.findIndex(({ cap }) => !cap || !value.isAbove(cap));
  return index < 0 ? brackets.length - 1 : index;
}

/** The bracket that a value belongs to. */
export function bracketOf(brackets: readonly Bracket[], value: Ratio): Bracket {
  return brackets[bracketIndex(brackets, value)] as Bracket;
}

/** The last cap, or nothing where values are unlimited. */
export function lastCap(brackets: readonly Bracket[]): Ratio | undefined {
  return (brackets.at(-1) as Bracket).cap;
}

/**
 * One spelling for a symbol: `btcusdt`, `BTCUSDT` and `BTC/USDT:USDT` are `BTCUSDT`; `BTC/USD:BTC` is `BTCUSD_PERP`;
 * a contract with a delivery date keeps it: `BTC/USDT:USDT-250328` is `BTCUSDT_250328`. Positions without a symbol
 * have one in common.
 */
export function symbolKey(symbol = ''): string {
  const name = symbol.trim().toUpperCase();
  if (!name.includes('/')) return name;
  const [pair, settled = ''] = name.split(':', 2) as [string, string?];
  const [base, quote] = pair.split('/', 2) as [string, string?];
  if (quote === undefined) return name;
  const dash = settled.indexOf('-');
  if (dash >= 0) return `${base}${quote}_${settled.slice(dash + 1)}`;
  return settled === base ? `${base}${quote}_PERP` : `${base}${quote}`;
}

/** The venue whose tables are meant where none is named. */
export const DEFAULT_VENUE = 'binance';

/** A venue that is not known: it has no tables, and its tables price nothing. */
export const UNKNOWN_VENUE = 'unknown';

/** One spelling for a venue: `Binance` and `binance` are one. */
export function venueKey(venue: string): string {
  return venue.trim().toLowerCase();
}

/** Where tables are found by venue and symbol: built-in ones, or those that a user brings. */
export interface TableSource {
  /** The table of a symbol in any spelling on a venue (`DEFAULT_VENUE` unless named), or `undefined`. */
  readonly find: (symbol: string, venue?: string) => BracketTable | undefined;
  /** The venues that have a table of a symbol, spelled as in `symbols`; left out: all are of `DEFAULT_VENUE`. */
  readonly venuesOf?: (symbol: string) => readonly string[];
  readonly symbols: readonly string[];
}

/** The venues that a source has a table of a symbol of. */
export function venuesOf(source: TableSource, symbol: string): readonly string[] {
  return source.venuesOf?.(symbol) ?? [DEFAULT_VENUE];
}

/**
 * The table that a position's symbol names; none where it names no table but gives its own rate.
 *
 * @throws {LiqcalcError} `UNKNOWN_SYMBOL` where the rate depends on it.
 */
export function tableFor(
  { symbol, mmr }: { readonly symbol?: string; readonly mmr?: Ratio },
  source: TableSource,
  venue: string = DEFAULT_VENUE,
): BracketTable | undefined {
  if (symbol === undefined) return undefined;
  const table = source.find(symbol, venue);
  if (table || mmr) return table;
  const known = source.symbols.filter((each) => venuesOf(source, each).includes(venue));
  return fail('UNKNOWN_SYMBOL', 'symbol', { symbol, known, suggestion: likelySymbol(symbolKey(symbol), known) });
}

/**
 * The table of a trade that asks for no rate: an unknown symbol is then a label, unless it is one letter away from a known
 * one.
 *
 * @throws {LiqcalcError} `UNKNOWN_SYMBOL` for a symbol that looks like a slip.
 */
export function tableOfTrade(
  { symbol, contract }: { readonly symbol?: string; readonly contract?: ContractName },
  source: TableSource,
): BracketTable | undefined {
  const table = symbol === undefined ? undefined : source.find(symbol);
  if (table || symbol === undefined || contract) return table;
  const known = source.symbols;
  const suggestion = likelySymbol(symbolKey(symbol), known);
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
