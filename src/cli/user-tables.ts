import type { BracketTable } from '../core/brackets.js';
import { isLiqcalcError, LiqcalcError, problem } from '../core/errors.js';
import type { TableEntry } from '../formats/written-table.js';
import { openBracketFile } from './bracket-files.js';
import type { Io } from './io.js';

export { firstOf, tablesOf } from '../formats/table-source.js';
export { importedTables } from './imported-tables.js';

/**
 * The tables of the file that `--brackets` names; their faults are reported under that flag.
 *
 * @throws {RunError} if it cannot be read (66) or is not such a file (65).
 */
export function flaggedTables(io: Io, path: string, asOf: string | undefined): readonly TableEntry[] {
  const { tables } = openBracketFile(io, path, asOf);
  return tables.map((entry) => ({ ...entry, read: () => named(entry.read) }));
}

function named(read: () => BracketTable): BracketTable {
  try {
    return read();
  } catch (error) {
    if (!isLiqcalcError(error)) throw error;
    const problems = error.problems.map((each) =>
      each.code === 'INVALID_BRACKETS' ? problem(each.code, 'brackets', each.details) : each,
    );
    throw new LiqcalcError(problems);
  }
}
