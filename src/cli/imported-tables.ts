import { isLiqcalcError } from '../core/errors.js';
import type { BracketTable } from '../core/brackets.js';
import { tablesJson } from '../formats/table-json.js';
import { readBracketFile } from '../formats/venues/index.js';
import type { TableEntry } from '../formats/written-table.js';
import { RunError } from './command.js';
import { configFile, IMPORTED_TABLES, OLD_IMPORTED_TABLES } from './config-folder.js';
import { fileFault, writeFault } from './files.js';
import type { Io } from './io.js';

const ENDING = '.json';

/**
 * The tables that were imported, each read from its own file when it is asked for.
 *
 * @throws {RunError} where one that is asked for is broken, or the old file of all of them is: exit code 78.
 */
export function importedTables(io: Io): readonly TableEntry[] {
  const folder = configFile(io, IMPORTED_TABLES);
  if (folder === undefined) return [];
  const entries = io.namesIn(folder).flatMap((venue) =>
    io
      .namesIn(`${folder}/${venue}`)
      .filter((name) => name.endsWith(ENDING))
      .map((name) => entryAt(io, `${folder}/${venue}/${name}`, venue, symbolOfName(name))),
  );
  const has = ({ symbol, venue }: TableEntry): boolean =>
    entries.some((each) => each.symbol === symbol && each.venue() === venue());
  return [...entries, ...oldTables(io).filter((each) => !has(each))];
}

function entryAt(io: Io, path: string, venue: string, symbol: string): TableEntry {
  const read = (): BracketTable => {
    const found = tablesIn(io, path).find((each) => each.symbol === symbol && each.venue() === venue);
    return found ? found.read() : brokenAt(path, `there is no table of ${symbol} on ${venue} in it`);
  };
  return { symbol, venue: () => venue, read };
}

/** The tables of the one file that all of them were kept in once. */
function oldTables(io: Io): readonly TableEntry[] {
  const path = configFile(io, OLD_IMPORTED_TABLES);
  return path === undefined || io.modifiedAt(path) === undefined ? [] : tablesIn(io, path);
}

function brokenAt(path: string, fault: string): never {
  const advice = 'repair it, or remove it and import again';
  throw new RunError(`the imported bracket tables in ${path} are broken: ${fault}; ${advice}`, 'badConfig');
}

function tablesIn(io: Io, path: string): readonly TableEntry[] {
  const file = readBracketFile(textOf(io, path), { name: 'the imported tables', asOf: () => '', dating: '' });
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

function textOf(io: Io, path: string): string {
  try {
    return io.readFile(path);
  } catch (error) {
    return brokenAt(path, fileFault(error));
  }
}

/**
 * Stores tables, one file each, so that imports at the same time do not undo one another.
 *
 * @returns the folder that they are in.
 * @throws {RunError} where there is no place for them (78) or one cannot be written (73).
 */
export function storeImported(io: Io, tables: readonly BracketTable[]): string {
  const folder = configFile(io, IMPORTED_TABLES);
  if (folder === undefined) {
    throw new RunError('there is no place to keep tables: neither HOME nor XDG_CONFIG_HOME is set', 'badConfig');
  }
  for (const table of tables) writeTable(io, folder, table);
  splitOldFile(io, folder);
  return folder;
}

function pathOf(folder: string, { venue, symbol }: BracketTable): string {
  return `${folder}/${venue}/${nameOfSymbol(symbol)}`;
}

function writeTable(io: Io, folder: string, table: BracketTable): void {
  const path = pathOf(folder, table);
  try {
    io.replaceFile(path, tablesJson([table]));
  } catch (error) {
    throw new RunError(`${path} cannot be written: ${writeFault(error)}`, 'unwritable');
  }
}

/** Gives each table of the old file a file of its own, unless a newer one is there, and removes the old file. */
function splitOldFile(io: Io, folder: string): void {
  const path = configFile(io, OLD_IMPORTED_TABLES);
  if (path === undefined || io.modifiedAt(path) === undefined) return;
  for (const table of oldTables(io).map((each) => each.read())) {
    if (io.modifiedAt(pathOf(folder, table)) === undefined) writeTable(io, folder, table);
  }
  io.removeFile(path);
}

/** A symbol as the name of a file: what is neither letter, digit, `_` nor `-` is written as its code. */
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
