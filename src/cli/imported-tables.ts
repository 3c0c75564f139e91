import { isLiqcalcError } from '../core/errors.js';
import { DEFAULT_VENUE, UNKNOWN_VENUE, type BracketTable } from '../core/brackets.js';
import { symbolKeyOn } from '../core/venues/index.js';
import { configFile } from '../formats/config-place.js';
import { tablesJson } from '../formats/table-json.js';
import { readBracketFile } from '../formats/venues/index.js';
import type { TableEntry } from '../formats/written-table.js';
import { RunError } from './command.js';
import { importedNames, IMPORTED_TABLES, OLD_IMPORTED_TABLES } from './config-folder.js';
import { fileFault, isMissing, writeFault } from './files.js';
import type { Io } from './io.js';

const ENDING = '.json';

/**
 * The imported tables, each read from its own file when it is requested.
 *
 * @throws {RunError} if a requested table, or the old file of all tables, is broken: exit code 78.
 */
export function importedTables(io: Io): readonly TableEntry[] {
  const folder = configFile(io, IMPORTED_TABLES);
  if (folder === undefined) return [];
  // The old file is read first: if an import splits it at this moment, its tables are then found in the folder.
  const old = oldTables(io);
  const entries = importedNames(io, folder).flatMap((venue) =>
    importedNames(io, `${folder}/${venue}`)
      .filter((name) => name.endsWith(ENDING))
      .map((name) => entryAt(io, `${folder}/${venue}/${name}`, venue, symbolOfName(name))),
  );
  const kept = new Set(entries.map(keyOf));
  return [...entries, ...old.filter((each) => !kept.has(keyOf(each)))];
}

function keyOf({ symbol, venue }: TableEntry): string {
  return `${venue()} ${symbol}`;
}

function entryAt(io: Io, path: string, venue: string, symbol: string): TableEntry {
  const read = (): BracketTable => {
    const found = tablesAt(io, path).find((each) => each.symbol === symbol && each.venue() === venue);
    return found ? found.read() : brokenAt(path, `there is no table of ${symbol} on ${venue} in it`);
  };
  return { symbol, venue: () => venue, read };
}

/** The stored source of ccxt's tiers with an unknown venue. Other tables without a venue were the user's own. */
const CCXT_SOURCE = "ccxt's leverage tiers";

/** The tables of the single file that once held all tables. */
function oldTables(io: Io): readonly TableEntry[] {
  const path = configFile(io, OLD_IMPORTED_TABLES);
  return path === undefined ? [] : tablesAt(io, path).map(ofDefaultVenue);
}

/** A table of the old file without a venue. It was stored with an unknown venue, which means the default venue. */
function ofDefaultVenue(entry: TableEntry): TableEntry {
  if (entry.venue() !== UNKNOWN_VENUE) return entry;
  const { symbol, read } = entry;
  const isOwn = (): boolean => !read().source.startsWith(CCXT_SOURCE);
  const venue = (): string => (isOwn() ? DEFAULT_VENUE : UNKNOWN_VENUE);
  return { symbol, venue, read: () => ({ ...read(), venue: venue() }) };
}

function brokenAt(path: string, fault: string): never {
  const advice = 'repair it, or remove it and import again';
  throw new RunError(`the imported bracket tables in ${path} are broken: ${fault}; ${advice}`, 'badConfig');
}

/** The tables in a file of the store; empty if the file is missing. */
function tablesAt(io: Io, path: string): readonly TableEntry[] {
  const text = textAt(io, path);
  if (text === undefined) return [];
  const file = readBracketFile(text, { name: 'the imported tables', asOf: () => '', dating: '' });
  if (file.kind === 'fault') return brokenAt(path, file.fault);
  return file.tables.map((entry) => ({ ...entry, read: () => readOf(entry, path) }));
}

function readOf({ read }: TableEntry, path: string): BracketTable {
  try {
    return read();
  } catch (error) {
    return brokenAt(path, isLiqcalcError(error) ? error.message : 'unknown reason');
  }
}

/** The text of a file; `undefined` if it is missing, because an import may have removed it in the meantime. */
function textAt(io: Io, path: string): string | undefined {
  try {
    return io.readFile(path);
  } catch (error) {
    return isMissing(error) ? undefined : brokenAt(path, fileFault(error));
  }
}

/**
 * Stores each table in its own file, so that imports at the same time do not overwrite one another's tables.
 *
 * @returns the folder that they are in.
 * @throws {RunError} if there is no folder for them (78) or one cannot be written (73).
 */
export function storeImported(io: Io, tables: readonly BracketTable[]): string {
  const folder = configFile(io, IMPORTED_TABLES);
  if (folder === undefined) {
    throw new RunError('there is no place to keep tables: neither HOME nor XDG_CONFIG_HOME is set', 'badConfig');
  }
  splitOldFile(io, folder);
  for (const table of tables) writeTable(folder, table, io.replaceFile);
  return folder;
}

/** The ending of a table that another has replaced: the store does not read it. */
const BEFORE = '.before';

/** Keeps the imported tables that these will replace, each beside its own. */
export function keepReplaced(io: Io, tables: readonly BracketTable[]): void {
  const folder = configFile(io, IMPORTED_TABLES);
  for (const { venue, symbol } of folder === undefined ? [] : tables) {
    const path = pathOf(folder ?? '', venue, symbol);
    const text = textAt(io, path);
    const beside = path.slice(0, -ENDING.length) + BEFORE;
    if (text !== undefined) written(beside, () => io.replaceFile(beside, text));
  }
}

/**
 * Removes the imported table of a symbol, even a broken one.
 *
 * @returns the path of its file; `undefined` if there is no such table.
 * @throws {RunError} if it cannot be removed (73).
 */
export function removeImported(io: Io, symbol: string, venue: string): string | undefined {
  const key = symbolKeyOn(venue, symbol);
  const folder = configFile(io, IMPORTED_TABLES);
  const isThere = importedTables(io).some((each) => each.symbol === key && each.venue() === venue);
  if (folder === undefined || !isThere) return undefined;
  splitOldFile(io, folder);
  const path = pathOf(folder, venue, key);
  written(path, () => io.removeFile(path));
  return path;
}

/** Writes each table of the old file to its own file, unless an import has made one, and removes the old file. */
function splitOldFile(io: Io, folder: string): void {
  for (const table of oldTables(io).map(({ read }) => read())) writeTable(folder, table, io.addFile);
  const path = configFile(io, OLD_IMPORTED_TABLES);
  if (path !== undefined) written(path, () => io.removeFile(path));
}

function writeTable(folder: string, table: BracketTable, put: (path: string, text: string) => void): void {
  const path = pathOf(folder, table.venue, table.symbol);
  written(path, () => put(path, tablesJson([table])));
}

const pathOf = (folder: string, venue: string, symbol: string): string => `${folder}/${venue}/${nameOfSymbol(symbol)}`;

function written(path: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw new RunError(`${path} cannot be written: ${writeFault(error)}`, 'unwritable');
  }
}

/** A symbol as a file name: any character that is not a letter, digit, `_` or `-` is written as its code. */
function nameOfSymbol(symbol: string): string {
  const safe = symbol.replace(
    /[^\p{L}\p{N}_-]/gu,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
  return `${safe}${ENDING}`;
}

function symbolOfName(name: string): string {
  return name
    .slice(0, -ENDING.length)
    .replace(/%([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
