import { readBracketFile } from '../formats/venues/index.js';
import type { FileOrigin, TableEntry } from '../formats/written-table.js';
import { RunError } from './command.js';
import { fileText } from './files.js';
import { nameOfInput, STDIN_NAME, type Io } from './io.js';

/** The calendar day in UTC: `2026-11-22`. */
export function dayOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

/** The name of a file in the source of its tables: without its folders. */
function baseName(path: string): string {
  return path === '-' ? STDIN_NAME : path.replace(/^.*[/\\]/s, '');
}

/**
 * The origin of the tables of a file.
 *
 * @param asOf - the day given for them. Without one it is the day the file was last changed, or today for stdin.
 */
function originOf(io: Io, path: string, asOf: string | undefined): FileOrigin {
  const name = baseName(path);
  if (asOf !== undefined) return { name, asOf: () => asOf, dating: 'date as given' };
  const changed = io.modifiedAt(path);
  const dating = changed === undefined ? 'date of reading' : 'date of the file';
  return { name, asOf: () => dayOf(changed ?? io.now()), dating };
}

/** The tables of a file, and whether a date was assumed for them. */
export interface OpenedFile {
  readonly tables: readonly TableEntry[];
  /** The day that was assumed for tables without a date so far, and its meaning; `undefined` if all had a date. */
  readonly assumedDay: () => { readonly day: string; readonly dating: string } | undefined;
}

/**
 * Opens a file of bracket tables in any supported shape. A table is read when it is requested.
 *
 * @throws {RunError} if it cannot be read (66) or is not such a file (65).
 */
export function openBracketFile(io: Io, path: string, asOf?: string, venue?: string, symbol?: string): OpenedFile {
  const text = fileText(io, path);
  const origin = originOf(io, path, asOf);
  let assumed: string | undefined;
  const file = readBracketFile(text, { ...origin, venue, symbol, asOf: () => (assumed ??= origin.asOf()) });
  if (file.kind === 'fault')
    throw new RunError(`${nameOfInput(path)} is not a file of bracket tables: ${file.fault}`, 'invalidRecords');
  const assumedDay = (): ReturnType<OpenedFile['assumedDay']> =>
    assumed === undefined || asOf !== undefined ? undefined : { day: assumed, dating: origin.dating };
  return { tables: file.tables, assumedDay };
}
