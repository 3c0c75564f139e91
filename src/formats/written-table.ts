import {
  bracketsFrom,
  symbolKey,
  type Bracket,
  type BracketRow,
  type BracketTable,
  type Confidence,
  type TableNote,
} from '../core/brackets.js';
import { contracts, type ContractName } from '../core/contracts/index.js';
import { fail } from '../core/errors.js';
import { Ratio } from '../core/ratio.js';
import { jsonItems, jsonKind, jsonMembers, jsonScalar, jsonString } from './json.js';

/** Where a file of tables comes from: what tables say of their origin where the file itself does not. */
export interface FileOrigin {
  /** What the file is called, for the source of its tables. */
  readonly name: string;
  /** The day its tables were in force, asked for where they do not say: `2026-11-22`. */
  readonly asOf: () => string;
  /** What day that is, in words: `date as given`. */
  readonly dating: string;
}

/** A bracket table as a file writes it: decimal text, nothing checked yet. */
export interface WrittenTable {
  readonly venue: string;
  readonly contract: string;
  readonly multiplier: string;
  readonly asOf: string;
  readonly confidence: string;
  readonly source: string;
  /** Whether one rate counts on the whole position, so that maintenance jumps from bracket to bracket. */
  readonly wholePosition: boolean;
  readonly notes: readonly TableNote[];
  readonly rows: readonly BracketRow[];
}

/** A table of a file: its symbol, and the table itself when it is asked for. */
export interface TableEntry {
  /** By `symbolKey`. */
  readonly symbol: string;
  /**
   * The table, checked.
   *
   * @throws {LiqcalcError} `INVALID_BRACKETS` with its first fault.
   */
  readonly read: () => BracketTable;
}

/** A shape that files of tables come in. */
export interface TableShape {
  /** What it is, in words. */
  readonly meaning: string;
  /** The texts of its tables, or nothing where the file has another shape. */
  readonly tables: (json: string) => readonly WrittenEntry[] | undefined;
}

/** A table of a file as its shape finds it: the symbol as it is written there, and what is written of it. */
export interface WrittenEntry {
  readonly symbol: string | undefined;
  readonly written: (origin: FileOrigin, symbol: string) => WrittenTable;
}

/** Refuses a table. */
export function refuse(table: string, fault: string): never {
  return fail('INVALID_BRACKETS', '', { table, fault });
}

/** The members of a JSON object by key; of nothing where it is no object. */
export function membersOf(json: string | undefined): ReadonlyMap<string, string> {
  if (json === undefined || jsonKind(json) !== 'object') return new Map();
  return new Map(jsonMembers(json).map((member) => [member.key, member.json]));
}

/** The members of an object within a table; a key that is there twice is refused. */
export function tableMembers(json: string, table: string, what: string): ReadonlyMap<string, string> {
  if (jsonKind(json) !== 'object') refuse(table, `${what} is not an object`);
  const members = new Map<string, string>();
  for (const { key, json: value } of jsonMembers(json)) {
    if (members.has(key)) refuse(table, `${what} has ${JSON.stringify(key)} twice`);
    members.set(key, value);
  }
  return members;
}

/** The text that a member is; nothing where it is none. */
export function wordOf(members: ReadonlyMap<string, string>, key: string): string | undefined {
  const json = members.get(key);
  return json !== undefined && jsonKind(json) === 'string' ? jsonString(json) : undefined;
}

/** An object within a table: its numbers and words as they were written, and what is wrong with it in its own name. */
export interface Described {
  readonly has: (key: string) => boolean;
  /** The text of a number or string; nothing where it is absent or `null`. */
  readonly text: (key: string) => string | undefined;
  /** The same of a member that must be there. */
  readonly needed: (key: string) => string;
  /** An object within it. */
  readonly inner: (key: string) => Described;
}

/**
 * An object within a table.
 *
 * @param what - how faults name it: `no. 3`, or nothing for the table itself.
 * @throws {LiqcalcError} `INVALID_BRACKETS` for what is no object, or has a key twice.
 */
export function described(json: string, table: string, what?: string): Described {
  const wrong = (fault: string): never => refuse(table, what === undefined ? fault : `${what}: ${fault}`);
  if (jsonKind(json) !== 'object') wrong('it is not an object');
  const members = new Map<string, string>();
  for (const { key, json: value } of jsonMembers(json)) {
    if (members.has(key)) wrong(`${shown(key)} is there twice`);
    members.set(key, value);
  }
  const text = (key: string): string | undefined => {
    const value = members.get(key);
    if (value === undefined || jsonKind(value) === 'null') return undefined;
    return jsonScalar(value) ?? wrong(`${key} is neither a number nor a text`);
  };
  return {
    has: (key) => members.has(key),
    text,
    needed: (key) => text(key) ?? wrong(`${key} is missing`),
    inner: (key) => {
      const value = members.get(key) ?? 'null';
      return described(jsonKind(value) === 'null' ? '{}' : value, table, what === undefined ? key : `${what}, ${key}`);
    },
  };
}

/** The objects of an array within a table, each told with its number. */
export function describedItems(json: string | undefined, table: string): Described[] {
  if (json === undefined || jsonKind(json) !== 'array') return refuse(table, 'its brackets are no list');
  return jsonItems(json).map((item, index) => described(item, table, `no. ${index + 1}`));
}

const SYMBOL = /^[\p{L}\p{N}_./:-]{1,64}$/u;

/** The entry of a table that may be asked for by its symbol. */
export function tableEntry({ symbol, written }: WrittenEntry, place: number, origin: FileOrigin): TableEntry {
  if (symbol === undefined) {
    const name = `table no. ${place}`;
    return { symbol: name, read: () => refuse(name, 'it names no symbol') };
  }
  const key = symbolKey(symbol);
  if (!SYMBOL.test(key)) {
    const name = JSON.stringify(symbol.slice(0, 64));
    return { symbol: name, read: () => refuse(name, 'that is no symbol') };
  }
  return { symbol: key, read: () => tableOf(key, written(origin, key)) };
}

const WHOLE_POSITION =
  'it counts one rate on the whole position, so that maintenance jumps at the edges; give the rate of your size with mmr';

const CONFIDENCES: readonly Confidence[] = ['A', 'B', 'C'];

/** The table that is written, checked. */
function tableOf(symbol: string, written: WrittenTable): BracketTable {
  const { venue, source, asOf, rows, notes } = written;
  if (written.wholePosition && rows.length > 1) refuse(symbol, WHOLE_POSITION);
  const contract = Object.keys(contracts).find((name) => name === written.contract) as ContractName | undefined;
  if (!contract) return refuse(symbol, `contract ${shown(written.contract)} is not linear or inverse`);
  const confidence = CONFIDENCES.find((each) => each === written.confidence);
  if (!confidence) return refuse(symbol, `confidence ${shown(written.confidence)} is not A, B or C`);
  if (!isDay(asOf)) return refuse(symbol, `asOf ${shown(asOf)} is not a date like 2026-11-22`);
  const multiplier = multiplierOf(symbol, contract, written.multiplier);
  const checked = continuousBrackets(symbol, rows);
  const allNotes = [...new Set([...notes, ...checked.notes])];
  return {
    venue: plainWords(venue),
    symbol,
    contract,
    multiplier,
    asOf,
    confidence,
    source: plainWords(source),
    ...(allNotes.length > 0 && { notes: allNotes }),
    brackets: checked.brackets,
  };
}

const shown = (text: string): string => JSON.stringify(text.slice(0, 40));

/** Words without control characters: they may end up on a terminal. */
function plainWords(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').trim();
}

/** Whether a text is a day of the calendar, or a month or year where no more is known. */
export function isDay(text: string): boolean {
  const match = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text);
  if (!match) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2] ?? 1), Number(match[3] ?? 1)];
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1970 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function multiplierOf(symbol: string, contract: ContractName, text: string): Ratio {
  const parsed = Ratio.parse(text);
  if (parsed.kind !== 'decimal' || parsed.value.sign() <= 0) {
    return refuse(symbol, `multiplier ${shown(text)} is not a plain decimal above 0`);
  }
  if (contract === 'linear' && parsed.value.compare(Ratio.ONE) !== 0) {
    return refuse(symbol, `multiplier ${shown(text)}: only inverse contracts have one other than 1`);
  }
  return parsed.value;
}

/** Amounts may be off from continuity by this share of themselves: noise of floats and of rounding, never of a rule. */
const NOISE = Ratio.from('0.000001');

/**
 * The brackets of a table with amounts that make maintenance continuous: those of the file where they do so exactly,
 * put right where they are off by noise, rebuilt where there are none.
 */
function continuousBrackets(
  symbol: string,
  rows: readonly BracketRow[],
): { brackets: readonly Bracket[]; notes: TableNote[] } {
  const continuous = bracketsFrom(
    rows.map((row) => ({ ...row, amount: undefined })),
    symbol,
  );
  if (rows.every(({ amount }) => isZero(amount)) && continuous.some(({ amount }) => amount.sign() !== 0)) {
    refuse(symbol, WHOLE_POSITION);
  }
  const notes: TableNote[] = [];
  continuous.forEach(({ amount: exact }, index) => {
    if (!isWritable(exact)) refuse(symbol, `no. ${index + 1}: its amount takes more than 40 digits`);
    const text = rows[index]?.amount;
    if (text === undefined) {
      if (index > 0) notes.push('AMOUNTS_REBUILT');
      return;
    }
    const given = Ratio.parse(text);
    if (given.kind === 'decimal' && given.value.compare(exact) === 0) return;
    if (given.kind === 'decimal' && isNoise(given.value, exact)) notes.push('AMOUNTS_REPAIRED');
    else
      bracketsFrom(
        rows.map((row, place) => (place === index ? row : { ...row, amount: undefined })),
        symbol,
      );
  });
  return { brackets: continuous, notes };
}

function isZero(text: string | undefined): boolean {
  const parsed = Ratio.parse(text ?? '');
  return parsed.kind === 'decimal' && parsed.value.sign() === 0;
}

function isNoise(amount: Ratio, exact: Ratio): boolean {
  const difference = amount.minus(exact);
  const size = difference.sign() < 0 ? difference.negated() : difference;
  return !size.isAbove(exact.times(NOISE));
}

const isWritable = (value: Ratio): boolean => Ratio.parse(decimalText(value)).kind === 'decimal';

/** Places enough for a product of any two numbers that may be read. */
const ALL_PLACES = 150;

/** All digits of a number that is a decimal. */
export function decimalText(value: Ratio): string {
  return value.toText(ALL_PLACES);
}
