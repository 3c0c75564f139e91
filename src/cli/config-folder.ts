import { configFile } from '../formats/config-place.js';
import { RunError } from './command.js';
import { fileFault } from './files.js';
import type { Parsed } from './flags.js';
import type { Io } from './io.js';

/** The folder of the imported tables: one folder per venue, one file per symbol. */
export const IMPORTED_TABLES = 'brackets';
/** The single file of version 0.1; the next import splits it into that folder. */
export const OLD_IMPORTED_TABLES = 'brackets.json';

/** Whether tables were imported. If not, their code is not loaded. */
export function hasImportedTables(io: Pick<Io, 'env' | 'platform' | 'modifiedAt' | 'namesIn'>): boolean {
  const [old, folder] = [configFile(io, OLD_IMPORTED_TABLES), configFile(io, IMPORTED_TABLES)];
  if (old === undefined || folder === undefined) return false;
  return io.modifiedAt(old) !== undefined || importedNames(io, folder).length > 0;
}

/**
 * The names in a folder of imported tables.
 *
 * @throws {RunError} if it cannot be read: exit code 78. No other table may replace one that is in it.
 */
export function importedNames(io: Pick<Io, 'namesIn'>, folder: string): readonly string[] {
  try {
    return io.namesIn(folder);
  } catch (error) {
    throw new RunError(`the imported bracket tables in ${folder} cannot be read: ${fileFault(error)}`, 'badConfig');
  }
}

/** The name of the file of defaults and rules that is found without `--config`. */
export const CONFIG_NAME = '.liqcalc.json';

/**
 * The file of a call's defaults and rules: that of `--config`, else the one in the working directory, else the one in
 * the user's config directory. `--init` writes one, so it reads none.
 */
export function configPath(io: Io, { config, init }: Parsed['options']): string | undefined {
  if (config === false || init === true) return undefined;
  if (typeof config === 'string') return config;
  const places = [CONFIG_NAME, configFile(io, CONFIG_NAME)];
  return places.find((path) => path !== undefined && io.modifiedAt(path) !== undefined);
}
