import { isLiqcalcError } from '../core/errors.js';
import type { BracketTable } from '../core/brackets.js';
import { tablesJson } from '../formats/table-json.js';
import { readBracketFile } from '../formats/venues/index.js';
import type { TableEntry } from '../formats/written-table.js';
import { RunError } from './command.js';
import { configFile, IMPORTED_TABLES } from './config-folder.js';
import { fileFault, writeFault } from './files.js';
import type { Io } from './io.js';

/**
 * The tables that were imported.
 *
 * @throws {RunError} where the file of them is broken: exit code 78.
 */
export function importedTables(io: Io): readonly TableEntry[] {
  const path = configFile(io, IMPORTED_TABLES);
  if (path === undefined || io.modifiedAt(path) === undefined) return [];
  const broken = (fault: string): never => {
    const advice = 'repair it, or remove it and import again';
    throw new RunError(`the imported bracket tables in ${path} are broken: ${fault}; ${advice}`, 'badConfig');
  };
  const file = readBracketFile(textOf(io, path, broken), { name: 'the imported tables', asOf: () => '', dating: '' });
  if (file.kind === 'fault') return broken(file.fault);
  return file.tables.map(({ symbol, read }) => ({
    symbol,
    read: () => {
      try {
        return read();
      } catch (error) {
        return isLiqcalcError(error) ? broken(error.message) : broken('unknown reason');
      }
    },
  }));
}

function textOf(io: Io, path: string, broken: (fault: string) => never): string {
  try {
    return io.readFile(path);
  } catch (error) {
    return broken(fileFault(error));
  }
}

/**
 * Stores tables as the imported ones.
 *
 * @returns where.
 * @throws {RunError} where there is no place for them (78) or it cannot be written to (73).
 */
export function storeImported(io: Io, tables: readonly BracketTable[]): string {
  const path = configFile(io, IMPORTED_TABLES);
  if (path === undefined) {
    throw new RunError('there is no place to keep tables: neither HOME nor XDG_CONFIG_HOME is set', 'badConfig');
  }
  try {
    io.replaceFile(path, tablesJson(tables));
  } catch (error) {
    throw new RunError(`${path} cannot be written: ${writeFault(error)}`, 'unwritable');
  }
  return path;
}
