import { DEFAULT_VENUE, venuesOf } from './core/brackets.js';
import { fail } from './core/errors.js';
import { tableNamed } from './core/tables/table-for.js';
import type { VenueName } from './core/venue-names.js';
import type { ContractName } from './core/contracts/index.js';
import { tableJson } from './formats/table-json.js';
import { tablesOf } from './formats/table-source.js';
import { readBracketFile } from './formats/venues/index.js';
import { valueOf } from './library/answer.js';
import type { Decimal } from './library/decimal.js';
import { contentOf, copyOf, wordOf } from './library/given.js';
import { optionsOf, tablesAs, tablesWith, type BracketTables, type Options } from './library/options.js';
import type { Content } from './library/types.js';

export { isLiqcalcError, LiqcalcError, type ErrorCode, type Problem } from './core/errors.js';
export { Decimal } from './library/decimal.js';
export type { BracketTables } from './library/options.js';
export type { Content } from './library/types.js';

/**
 * Bracket tables from liqcalc's own form, a venue's public response, or ccxt's leverage tiers.
 *
 * @param content - text, or parsed values; a parsed number of more than 15 digits is refused, because it has been rounded.
 * @param origin - for tables that do not contain them, the day they were in force (`2026-11-22`) and their venue; and a
 * name for messages.
 * @throws {LiqcalcError} `INVALID_BRACKETS` for text that is not such a file; for a table that contradicts itself,
 * when a position needs it.
 * @example
 * const brackets = bracketTables(text, { asOf: '2026-11-22' });
 * liquidationPrice({ side: 'long', symbol: 'BTCUSDT', entry: '60000', lev: '20', qty: '0.5' }, { brackets });
 * @see https://developers.binance.com/docs/derivatives/usds-margined-futures/account/rest-api/Notional-and-Leverage-Brackets (Notional and Leverage Brackets)
 */
export function bracketTables(
  content: Content | object,
  origin: { readonly asOf: string; readonly name?: string | undefined; readonly venue?: VenueName | undefined },
): BracketTables {
  const { asOf, name = 'the bracket tables given', venue } = copyOf(origin, 'origin', 'give an object like { asOf }');
  wordOf('name', name);
  if (!/^\d{4}(-\d\d){0,2}$/.test(wordOf('asOf', asOf)))
    fail('NOT_A_VALUE', 'asOf', { value: asOf, advice: 'write 2026-11-22' });
  const file = readBracketFile(contentOf('brackets', content), {
    name,
    asOf: () => asOf,
    dating: 'date as given',
    venue,
  });
  if (file.kind === 'fault') return fail('INVALID_BRACKETS', '', { table: name, fault: file.fault });
  const source = tablesOf(() => file.tables, 'refused');
  return tablesAs(source);
}

/** A bracket: from `floor` up to `cap` of value, `rate` applies, less `amount`. */
export interface Bracket {
  /** The value above which it applies, in the table's unit. */
  readonly floor: Decimal;
  /** The value up to which it applies; `null` if it has no end. */
  readonly cap: Decimal | null;
  /** Maintenance rate, a fraction: `0.005` is 0.5 %; `1/30` is rounded to 40 digits, and in JSON it is `1/30`. */
  readonly rate: Decimal;
  /** Maintenance amount, in the unit of value. */
  readonly amount: Decimal;
  /** The highest leverage that the exchange accepts in it. */
  readonly maxLeverage?: Decimal;
}

/** The brackets of a symbol, with their origin. */
export interface Table {
  /** The exchange. */
  readonly venue: string;
  /** As the exchange writes it. */
  readonly symbol: string;
  /** `linear` or `inverse`. */
  readonly contract: ContractName;
  /** Size of one contract: quote value (inverse), base units (linear). */
  readonly multiplier?: Decimal;
  /** The day the table was in force. */
  readonly asOf: string;
  /** A: official text, B: copies that agree, C: unverified. */
  readonly confidence: 'A' | 'B' | 'C';
  /** Where the table was read. */
  readonly source: string;
  /** What was changed or is not certain. */
  readonly notes?: string;
  /** From the lowest value to the highest. */
  readonly brackets: readonly Bracket[];
}

/**
 * The table that a symbol is priced with: one of the given tables, else a built-in one.
 *
 * @param symbol - in any usual spelling.
 * @param where - the venue of the table, `binance` by default.
 * @throws {LiqcalcError} `UNKNOWN_SYMBOL` if there is no table.
 * @example
 * brackets('BTCUSDT').brackets[0]?.rate.toFixed() // '0.004'
 */
export function brackets(
  symbol: string,
  where: Pick<Options, 'brackets'> & { readonly venue?: VenueName | undefined } = {},
): Table {
  const { venue = DEFAULT_VENUE, ...options } = optionsOf(where);
  const table = tableNamed(wordOf('symbol', symbol), wordOf('venue', venue), tablesWith(options));
  return JSON.parse(tableJson(table), (key, value: unknown) =>
    NUMBERS.has(key) ? valueOf('exact', value) : value,
  ) as Table;
}

const NUMBERS: ReadonlySet<string> = new Set(['multiplier', 'floor', 'cap', 'rate', 'amount', 'maxLeverage']);

/** Every symbol with a table, with the venues that it has one of. */
export function symbols(options: Pick<Options, 'brackets'> = {}): readonly {
  /** As the venue writes it. */
  readonly symbol: string;
  /** A venue that has a table of it. */
  readonly venue: string;
}[] {
  const source = tablesWith(optionsOf(options));
  return [...new Set(source.symbols)].flatMap((symbol) => venuesOf(source, symbol).map((venue) => ({ symbol, venue })));
}
