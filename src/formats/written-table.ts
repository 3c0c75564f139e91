import {
  symbolKey,
  UNKNOWN_VENUE,
  venueKey,
  type BracketRow,
  type BracketTable,
  type Confidence,
  type TableNote,
} from '../core/brackets.js';
import { contracts, type ContractName } from '../core/contracts/index.js';
import { Ratio } from '../core/ratio.js';
import { symbolKeyOn, tiersOf, venues } from '../core/venues/index.js';
import { continuousBrackets, WHOLE_POSITION, wholeBrackets } from './continuous-brackets.js';
import { JsonArray, JsonObject, type JsonValue } from '../schema/json-value.js';
import { refuse, shownText } from './table-faults.js';

/** The origin of a file of tables, for tables that do not contain their own. */
export interface FileOrigin {
  /** The file's name, for the source of its tables. */
  readonly name: string;
  /** The day its tables were in force, used if they have no date: `2026-11-22`. */
  readonly asOf: () => string;
  /** Where that date comes from, in words: `date as given`. */
  readonly dating: string;
  /** The venue given for its tables; a table with another venue is refused. */
  readonly venue?: string | undefined;
  /** The symbol of a table that does not name its own. */
  readonly symbol?: string | undefined;
}

/** A bracket table as a file writes it: decimal text, not validated. */
export interface WrittenTable {
  readonly contract: string;
  /** Absent if the source does not give it. */
  readonly multiplier: string | undefined;
  readonly asOf: string;
  readonly confidence: string;
  readonly source: string;
  /** Whether one rate applies to the whole position, so that maintenance jumps between brackets. */
  readonly wholePosition: boolean;
  readonly notes: readonly TableNote[];
  readonly rows: readonly BracketRow[];
}

/** A table of a file: its symbol, and the table itself on demand. */
export interface TableEntry {
  /** By `symbolKey`. */
  readonly symbol: string;
  /** By `venueKey`: tables of one symbol on two venues do not replace each other. */
  readonly venue: () => string;
  /**
   * The table, checked.
   *
   * @throws {LiqcalcError} `INVALID_BRACKETS` with its first fault.
   */
  readonly read: () => BracketTable;
}

/** Tables by symbol: several if it trades on several venues. */
export function entriesBySymbol(entries: readonly TableEntry[]): ReadonlyMap<string, readonly TableEntry[]> {
  const bySymbol = new Map<string, TableEntry[]>();
  for (const entry of entries) {
    const others = bySymbol.get(entry.symbol);
    if (others) others.push(entry);
    else bySymbol.set(entry.symbol, [entry]);
  }
  return bySymbol;
}

/** A shape of files of tables. */
export interface TableShape {
  /** What it is, in words. */
  readonly meaning: string;
  /** The texts of its tables; `undefined` if the file has another shape. */
  readonly tables: (file: JsonValue) => readonly WrittenEntry[] | undefined;
}

/** A table of a file as its shape finds it: the symbol and the table as written. */
export interface WrittenEntry {
  readonly symbol: string | undefined;
  /** The venue in the table or known from its shape; `undefined` if neither gives one. */
  readonly venue: () => string | undefined;
  /** The venue of tables of this shape without a venue. */
  readonly silentVenue: string;
  readonly written: (origin: FileOrigin, symbol: string) => WrittenTable;
}

/** The elements of an array, or the file's single value. */
export const tablesIn = (file: JsonValue): readonly JsonValue[] => (file instanceof JsonArray ? file.items : [file]);

export function firstBracket(table: JsonValue | undefined): JsonObject | undefined {
  const brackets = table instanceof JsonObject ? table.value('brackets') : undefined;
  const first = brackets instanceof JsonArray ? brackets.items[0] : undefined;
  return first instanceof JsonObject ? first : undefined;
}

/** The word under a key of an object; `undefined` for any other value, even a number. */
export function wordOf(value: JsonValue, key: string): string | undefined {
  const word = value instanceof JsonObject ? value.value(key) : undefined;
  return typeof word === 'string' && Ratio.parse(word).kind === 'malformed' ? word : undefined;
}

const VENUE = /^[a-z0-9][a-z0-9_.-]{0,31}$/;
const SYMBOL = /^[\p{L}\p{N}_./:-]{1,64}$/u;

/** The entry of a table that can be found by its symbol. */
export function tableEntry(entry: WrittenEntry, place: number, origin: FileOrigin): TableEntry {
  const { written } = entry;
  const symbol = entry.symbol ?? (origin.symbol && symbolKeyOn(origin.venue ?? entry.silentVenue, origin.symbol));
  const venue = (): string => {
    const said = venueKey(plainWords(entry.venue() ?? ''));
    return said === '' || said === UNKNOWN_VENUE ? (origin.venue ?? (said || entry.silentVenue)) : said;
  };
  if (symbol === undefined) {
    const name = `table no. ${place}`;
    return { symbol: name, venue, read: () => refuse(name, 'its symbol is missing; give --symbol') };
  }
  const key = symbolKey(symbol);
  if (!SYMBOL.test(key)) {
    const name = shownText(symbol);
    return { symbol: name, venue, read: () => refuse(name, 'it is not a symbol') };
  }
  const read = (): BracketTable => {
    const own = venue();
    if (!VENUE.test(own)) refuse(key, `venue ${shownText(own)} is not a name of letters, digits, _, . and -`);
    if (origin.venue !== undefined && own !== origin.venue) {
      refuse(key, `it is a table of ${own}, not of ${origin.venue}`);
    }
    return tableOf(key, own, written(origin, key));
  };
  return { symbol: key, venue, read };
}

const CONFIDENCES: readonly Confidence[] = ['A', 'B', 'C'];

function tableOf(symbol: string, venue: string, written: WrittenTable): BracketTable {
  const { source, asOf, rows, notes } = written;
  const { apply } = tiersOf(venue);
  if (written.wholePosition && apply !== 'whole' && rows.length > 1) refuse(symbol, WHOLE_POSITION);
  const contract = Object.keys(contracts).find((name) => name === written.contract) as ContractName | undefined;
  if (!contract) return refuse(symbol, `contract ${shownText(written.contract)} is not linear or inverse`);
  const confidence = CONFIDENCES.find((each) => each === written.confidence);
  if (!confidence) return refuse(symbol, `confidence ${shownText(written.confidence)} is not A, B or C`);
  if (!isDay(asOf)) return refuse(symbol, `asOf ${shownText(asOf)} is not a date like 2026-11-22`);
  const lacksMultiplier = written.multiplier === undefined && venues[venue]?.countsContracts === true;
  const multiplier = lacksMultiplier ? Ratio.ONE : multiplierOf(symbol, contract, written.multiplier);
  const checked =
    apply === 'whole' ? { brackets: wholeBrackets(symbol, rows), notes: [] } : continuousBrackets(symbol, rows);
  const allNotes = apply === 'whole' ? [] : [...new Set([...notes, ...checked.notes])];
  return {
    venue,
    symbol,
    contract,
    multiplier,
    ...(lacksMultiplier && { lacksMultiplier }),
    asOf,
    confidence,
    source: plainWords(source),
    ...(allNotes.length > 0 && { notes: allNotes }),
    brackets: checked.brackets,
  };
}

/** Words without control characters: they may be printed on a terminal. */
function plainWords(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim();
}

/** Whether a text is a day of the calendar, or a month or year if no more is known. */
export function isDay(text: string): boolean {
  const match = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2] ?? 1), Number(match[3] ?? 1)];
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1970 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function multiplierOf(symbol: string, contract: ContractName, text: string | undefined): Ratio {
  if (text === undefined) return contract === 'linear' ? Ratio.ONE : refuse(symbol, 'multiplier is missing');
  const parsed = Ratio.parse(text);
  if (parsed.kind !== 'decimal' || parsed.value.sign() <= 0) {
    return refuse(symbol, `multiplier ${shownText(text)} is not a plain decimal above 0`);
  }
  return parsed.value;
}
