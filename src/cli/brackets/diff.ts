import { DEFAULT_VENUE, symbolsOn, type BracketTable } from '../../core/brackets.js';
import { builtInTables } from '../../core/tables/index.js';
import { tableDifferences } from '../../formats/table-differences.js';
import { isOwnVenue } from '../../formats/table-source.js';
import type { TableEntry } from '../../formats/written-table.js';
import { differenceGrid } from '../../report/text/bracket-grids.js';
import { openBracketFile } from '../bracket-files.js';
import { printGrid, verdictOn, type BracketsAction, type BracketsCall } from '../brackets-action.js';
import { exitCode } from '../ending.js';
import { importedTables } from '../imported-tables.js';

/** `liqcalc brackets diff A B`: the changes from one set of tables to another. */
export const diff: BracketsAction = {
  meaning: 'the changes from A to B; each is a file, or the word built-in or imported',
  operands: [
    ['A', 'a set of tables'],
    ['B', 'a set of tables'],
  ],
  wants: 'diff compares two sets of tables; each is a FILE, or the word built-in, or imported',
  run: async (call) => {
    const [before, after] = call.operands.map((name) => tablesOf(call, name));
    const differences = tableDifferences(before?.tables ?? new Map(), after?.tables ?? new Map());
    if (differences.length > 0 || call.common.format !== undefined) await printGrid(call, differenceGrid(differences));
    const isPartial = before?.isWhole !== true || after?.isWhole !== true;
    return exitCode({ kind: 'answered', isPartial, isNo: differences.length > 0 });
  },
};

interface Tables {
  readonly tables: ReadonlyMap<string, BracketTable>;
  /** Whether all of them were valid. */
  readonly isWhole: boolean;
}

function tablesOf(call: BracketsCall, name: string): Tables {
  const tables = new Map<string, BracketTable>();
  const { io, venue = DEFAULT_VENUE } = call;
  const entries = entriesOf(call, name);
  // Tables of the venue itself come last: they win over a substitute table of the same symbol.
  const own = entries.filter((each) => each.venue() === venue);
  const standIns = venue === DEFAULT_VENUE ? entries.filter((each) => isOwnVenue(each.venue())) : [];
  const others = entries.length - own.length - standIns.length;
  if (others > 0) {
    const which = `${others} ${others === 1 ? 'table' : 'tables'} of other venues than ${venue}`;
    io.stderr.write(`liqcalc: left out: ${which} in ${name}; compare another venue with --venue NAME\n`);
  }
  let isWhole = true;
  for (const verdict of [...standIns, ...own].map(verdictOn)) {
    if (verdict.kind === 'valid') tables.set(verdict.symbol, verdict.table);
    else {
      isWhole = false;
      io.stderr.write(`liqcalc: left out: brackets of ${verdict.symbol} in ${name}: ${verdict.fault}\n`);
    }
  }
  return { tables, isWhole };
}

function entriesOf({ io, asOf, venue }: BracketsCall, name: string): readonly TableEntry[] {
  if (name === 'imported') return importedTables(io);
  if (name !== 'built-in') return openBracketFile(io, name, asOf, venue).tables;
  const own = venue ?? DEFAULT_VENUE;
  return symbolsOn(builtInTables, own).map((symbol) => ({
    symbol,
    venue: () => own,
    read: () => builtInTables.find(symbol, own) as BracketTable,
  }));
}
