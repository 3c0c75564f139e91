import type { ContractName } from './contracts/index.js';
import { fail } from './errors.js';
import { STABLE_QUOTES } from './quotes.js';
import { Ratio } from './ratio.js';

/** One step of a maintenance schedule: for values with `floor < value <= cap`. */
export interface Bracket {
  /** Lower end, exclusive, in the margin asset (quote notional, or base-coin size for inverse contracts). */
  readonly floor: Ratio;
  /** Upper end, inclusive; `undefined` for a bracket without an upper end. */
  readonly cap?: Ratio;
  /** Maintenance rate, a fraction. */
  readonly rate: Ratio;
  /** Maintenance amount ("cum"), margin asset: maintenance is `rate x value - amount`. */
  readonly amount: Ratio;
  /** The highest leverage allowed, if known. */
  readonly maxLeverage?: Ratio;
}

/** How reliable a table is: A official text, B copies of it that agree, C partly from memory. */
export type Confidence = 'A' | 'B' | 'C';

/** What reading did to the amounts of a table: rebuilt missing amounts, or removed float noise. */
export type TableNote = 'AMOUNTS_REBUILT' | 'AMOUNTS_REPAIRED';

/** A venue's brackets for one symbol, and their origin. */
export interface BracketTable {
  readonly venue: string;
  readonly symbol: string;
  readonly contract: ContractName;
  /** Size of one contract: quote value (inverse), base units (linear; 1 if positions are counted in base units). */
  readonly multiplier: Ratio;
  /** Set if the venue counts linear contracts and the source gives no size of one; `multiplier` is then 1. */
  readonly lacksMultiplier?: true | undefined;
  /** The day the table was in force: `2025-08-19`, or only its month or year if the day is unknown. */
  readonly asOf: string;
  readonly confidence: Confidence;
  readonly source: string;
  readonly notes?: readonly TableNote[];
  readonly brackets: readonly Bracket[];
}

/**
 * A bracket as its source gives it: decimal text; a rate or an amount may be a ratio of two decimals, `1/30`. The amount
 * is absent if the source has no amount.
 */
export interface BracketRow {
  readonly floor: string;
  readonly cap: string | undefined;
  readonly rate: string;
  readonly amount: string | undefined;
  readonly maxLeverage?: string | undefined;
}

/** Enough decimal places for the product of any two valid numbers. */
const ALL_PLACES = 150;
/** A cap at or above this (2^63 - 1) means "no cap". */
const NO_CAP = Ratio.of(9223372036854775807n);

/** All digits of a decimal; a ratio in lowest terms for a value that no decimal is equal to: `1/30`. */
export function figureText(value: Ratio): string {
  const text = value.toText(ALL_PLACES);
  if (value.isExactAt(ALL_PLACES)) return text;
  const { numerator, denominator } = value.reduced();
  return `${numerator}/${denominator}`;
}

/** The exact value of a decimal or of a ratio of two: `0.05`, `1/30`; `undefined` for any other text. */
export function figureOf(text: string): Ratio | undefined {
  const [over, under, ...more] = text.split('/', 3).map((each) => Ratio.parse(each));
  if (over?.kind !== 'decimal' || more.length > 0) return undefined;
  if (under === undefined) return over.value;
  return under.kind === 'decimal' && under.value.sign() > 0 ? over.value.over(under.value) : undefined;
}

/**
 * Validates bracket rows and converts them to brackets.
 *
 * Checks order, contiguity, rising rates, and continuity: `amount_n = floor_n (rate_n - rate_n-1) + amount_n-1`. A
 * continuous table with rising rates makes maintenance the maximum over its brackets, which the solver relies on.
 * Missing amounts are rebuilt by the same equation. Where one tier applies to the whole position, amounts are 0.
 *
 * @param rows - decimal text: floors and caps in the margin asset, rates as fractions.
 * @param table - how messages name the table.
 * @param apply - whether each rate applies to the part within its bracket, or one rate to the whole position.
 * @throws {LiqcalcError} `INVALID_BRACKETS` with the first fault.
 */
export function bracketsFrom(
  rows: readonly BracketRow[],
  table: string,
  apply: 'marginal' | 'whole' = 'marginal',
): readonly Bracket[] {
  const wrong = (index: number, fault: string): never =>
    fail('INVALID_BRACKETS', '', { table, fault: `no. ${index + 1}: ${fault}` });
  const read = (index: number, what: string, text: string): Ratio => {
    const parsed = Ratio.parse(text);
    if (parsed.kind !== 'decimal') return wrong(index, `${what} ${JSON.stringify(text)} is not a plain decimal`);
    if (parsed.value.sign() < 0) return wrong(index, `${what} ${text} is negative`);
    return parsed.value;
  };
  const figure = (index: number, what: string, text: string): Ratio => {
    const value = text.includes('/') ? figureOf(text) : read(index, what, text);
    if (!value) return wrong(index, `${what} ${JSON.stringify(text)} is neither a plain decimal nor a ratio like 1/30`);
    return value.sign() < 0 ? wrong(index, `${what} ${text} is negative`) : value;
  };
  if (rows.length === 0) fail('INVALID_BRACKETS', '', { table, fault: 'there are no brackets' });
  const brackets: Bracket[] = [];
  rows.forEach((row, index) => {
    const last = brackets[index - 1];
    const floor = read(index, 'floor', row.floor);
    const written = row.cap === undefined ? undefined : read(index, 'cap', row.cap);
    const cap = written === undefined || !written.isBelow(NO_CAP) ? undefined : written;
    const rate = figure(index, 'rate', row.rate);
    const expected = last && apply === 'marginal' ? continuedAmount(last, floor, rate) : Ratio.ZERO;
    const amount = row.amount === undefined ? expected : figure(index, 'amount', row.amount);
    if (!rate.isBelow(Ratio.ONE)) wrong(index, `rate ${row.rate} is not below 1; rates are fractions, 0.004 is 0.4 %`);
    if (cap && !cap.isAbove(floor)) wrong(index, `cap ${row.cap as string} is not above floor ${row.floor}`);
    if (!last && floor.sign() !== 0) wrong(index, `the first floor is ${row.floor}, not 0`);
    if (last && !last.cap) wrong(index, 'it follows a bracket without a cap');
    if (last?.cap && last.cap.compare(floor) !== 0)
      wrong(index, `floor ${row.floor} is not the cap of the bracket before it`);
    if (last && rate.isBelow(last.rate)) wrong(index, `rate ${row.rate} is lower than the rate before it`);
    if (amount.compare(expected) !== 0) {
      wrong(
        index,
        apply === 'whole'
          ? `amount ${row.amount as string} is not 0; the venue applies one rate to the whole position`
          : `amount ${row.amount as string} makes maintenance jump; ${figureText(expected)} makes it continuous`,
      );
    }
    const maxLeverage = row.maxLeverage === undefined ? undefined : read(index, 'maximum leverage', row.maxLeverage);
    brackets.push({ floor, rate, amount, ...(cap && { cap }), ...(maxLeverage && { maxLeverage }) });
  });
  return brackets;
}

/** The amount that makes maintenance continuous at `floor`, where a bracket follows the one before it. */
function continuedAmount(before: Bracket, floor: Ratio, rate: Ratio): Ratio {
  return floor.times(rate.minus(before.rate)).plus(before.amount);
}

/** The single bracket for a rate and amount from the user. */
export function flatBrackets(rate: Ratio, amount: Ratio): readonly Bracket[] {
  return [{ floor: Ratio.ZERO, rate, amount }];
}

/** The index (from 0) of the bracket of a value: `floor < value <= cap`. Above the last cap it is the last bracket. */
export function bracketIndex(brackets: readonly Bracket[], value: Ratio): number {
  const index = brackets.findIndex(({ cap }) => !cap || !value.isAbove(cap));
  return index < 0 ? brackets.length - 1 : index;
}

/** The bracket of a value. */
export function bracketOf(brackets: readonly Bracket[], value: Ratio): Bracket {
  return brackets[bracketIndex(brackets, value)] as Bracket;
}

/** The last cap; `undefined` if values are unlimited. */
export function lastCap(brackets: readonly Bracket[]): Ratio | undefined {
  return (brackets.at(-1) as Bracket).cap;
}

/**
 * One spelling for a symbol. `btcusdt`, `BTC-USDT`, `BTC_USDT`, `BTCUSDT.P`, `BTC-USDT-SWAP` and `BTC/USDT:USDT` are
 * `BTCUSDT`; `BTC/USD:BTC` is `BTCUSD_PERP`; a contract with a delivery date keeps it: `BTC/USDT:USDT-250328` is
 * `BTCUSDT_250328`. Positions without a symbol share one key.
 */
export function symbolKey(symbol = ''): string {
  const name = symbol.trim().toUpperCase();
  if (!name.includes('/')) return joinedPair(name);
  const [pair, settled = ''] = name.split(':', 2) as [string, string?];
  const [base, quote] = pair.split('/', 2) as [string, string?];
  if (quote === undefined) return name;
  const dash = settled.indexOf('-');
  if (dash >= 0) return `${base}${quote}_${settled.slice(dash + 1)}`;
  return settled === base ? `${base}${quote}_PERP` : joinedPair(`${base}${quote}`);
}

/** A pair with a sign before the quote, or one whose letters end in a quote that no coin and USD can be read as. */
const PAIR = String.raw`([^\s\-_.:]+)[-_ ](${[...STABLE_QUOTES, 'BTC', 'ETH', 'BNB', 'EUR'].join('|')})|([^\s\-_.:]+?)(USDT|USDC|USDE|USD1)`;
/** The pair, with the suffix of a perpetual contract or a delivery date. */
const WRITTEN_PAIR = new RegExp(String.raw`^(?:${PAIR})(?:[-_ .](?:P|PERP|PERPETUAL|SWAP)|[-_](\d{6}))?$`);

/**
 * A pair as Binance writes it: `BTC-USDT-SWAP` is `BTCUSDT`, `BTC-USDT-250328` is `BTCUSDT_250328`. Names with a quote
 * of USD stay: the suffix distinguishes the coin-margined contract from others.
 */
function joinedPair(name: string): string {
  if (!/[-_ .]/.test(name)) return name;
  const [whole, base = '', quote = '', start = '', end = '', date] = WRITTEN_PAIR.exec(name) ?? [];
  if (whole === undefined) return name;
  return `${base}${quote}${start}${end}${date === undefined ? '' : `_${date}`}`;
}

/** The venue whose tables are used if the input names none. */
export const DEFAULT_VENUE = 'binance';

/** A venue that is unknown. It has no tables, and its tables are not used to compute prices. */
export const UNKNOWN_VENUE = 'unknown';

/** One spelling for a venue: `Binance` and `binance` are one. */
export function venueKey(venue: string): string {
  return venue.trim().toLowerCase();
}

/** Finds bracket tables by venue and symbol: built-in tables, or the user's own. */
export interface TableSource {
  /** The table of a symbol in any spelling on a venue (`DEFAULT_VENUE` by default), or `undefined`. */
  readonly find: (symbol: string, venue?: string) => BracketTable | undefined;
  /**
   * The venues that have a table of a symbol, spelled as in `symbols`. Without it, all tables are of `DEFAULT_VENUE`.
   */
  readonly venuesOf?: (symbol: string) => readonly string[];
  readonly symbols: readonly string[];
}

/** A source without tables. */
export const NO_TABLES: TableSource = { find: () => undefined, symbols: [] };

/** The venues for which a source has a table of a symbol. */
export function venuesOf(source: TableSource, symbol: string): readonly string[] {
  return source.venuesOf?.(symbol) ?? [DEFAULT_VENUE];
}

/** The symbols for which a source has a table of a venue. */
export function symbolsOn(source: TableSource, venue: string): readonly string[] {
  return source.symbols.filter((each) => venuesOf(source, each).includes(venue));
}
