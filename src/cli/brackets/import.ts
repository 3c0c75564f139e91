import { UNKNOWN_VENUE, type BracketTable } from '../../core/brackets.js';
import { builtInTables } from '../../core/tables/index.js';
import { tablesOf } from '../../formats/table-source.js';
import { storedGrid, type Stored, type Verdict } from '../../report/text/bracket-grids.js';
import { openBracketFile } from '../bracket-files.js';
import {
  printGrid,
  remark,
  reportAssumedDay,
  verdictOn,
  warnOfStale,
  type BracketsAction,
  type BracketsCall,
} from '../brackets-action.js';
import { exitCode } from '../ending.js';
import { importedTables, storeImported } from '../imported-tables.js';

/** `liqcalc brackets import FILE`: keeps its valid tables for every later run. */
export const importFile: BracketsAction = {
  meaning: 'store the tables of a file for all later runs',
  operands: [['FILE', 'a file']],
  run: async (call) => {
    const { io, operands, asOf } = call;
    const [path = ''] = operands;
    if (path === '-' && io.stdin.isTerminal()) remark(call, 'paste the table, then press Ctrl-D on an empty line');
    const file = openBracketFile(io, path, asOf, call.venue, call.symbol);
    const verdicts = file.tables.map(verdictOn);
    const fresh = verdicts.flatMap((verdict) => (verdict.kind === 'valid' ? [verdict.table] : []));
    const known = fresh.filter(({ venue }) => venue !== UNKNOWN_VENUE);
    const refused = reportFaults(call, verdicts) + reportUnknown(call, fresh.length - known.length);
    if (known.length > 0) {
      await store(call, known);
      reportAssumedDay(call, file);
    }
    return exitCode({ kind: 'answered', isPartial: refused > 0 });
  },
};

function reportFaults({ io }: BracketsCall, verdicts: readonly Verdict[]): number {
  const invalid = verdicts.flatMap((verdict) => (verdict.kind === 'invalid' ? [verdict] : []));
  for (const { symbol, fault } of invalid) io.stderr.write(`liqcalc: not stored: brackets of ${symbol}: ${fault}\n`);
  return invalid.length;
}

/** Reports how many tables have an unknown venue: no position can be priced with them. */
function reportUnknown({ io }: BracketsCall, count: number): number {
  if (count === 0) return 0;
  const which = count === 1 ? 'a table of unknown venue' : `${count} tables of unknown venue`;
  io.stderr.write(`liqcalc: not stored: ${which}; give the venue with --venue NAME\n`);
  return count;
}

async function store(call: BracketsCall, fresh: readonly BracketTable[]): Promise<void> {
  const before = tablesOf(() => importedTables(call.io), 'passed');
  const stored = fresh.map((table): Stored => {
    const { symbol, venue } = table;
    const old = before.find(symbol, venue);
    if (old) return { table, before: { origin: 'imported', asOf: old.asOf } };
    const builtIn = builtInTables.find(symbol, venue);
    return { table, ...(builtIn && { before: { origin: 'built-in', asOf: builtIn.asOf } }) };
  });
  const place = storeImported(call.io, fresh);
  await printGrid(call, storedGrid(stored));
  const replaced = stored.filter((each) => each.before);
  const count = `${fresh.length} ${fresh.length === 1 ? 'table' : 'tables'}`;
  remark(call, `stored ${count} in ${place}${replacedWords(replaced.length, fresh.length)}`);
  const older = replaced.filter(({ table, before: old }) => old && table.asOf < old.asOf);
  if (older[0])
    remark(
      call,
      `warning: tables older than the tables they replace: ${older.length}, for example ${older[0].table.symbol}`,
    );
  warnOfStale(call, fresh);
}

function replacedWords(replaced: number, stored: number): string {
  if (replaced === 0) return '';
  if (stored === 1) return '; it replaces the table used until now';
  return `; ${replaced} of them ${replaced === 1 ? 'replaces a table' : 'replace tables'} used until now`;
}
