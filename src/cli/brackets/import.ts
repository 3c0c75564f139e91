import type { BracketTable } from '../../core/brackets.js';
import { builtInTables } from '../../core/venues/index.js';
import { storedGrid, type Stored, type Verdict } from '../../presenters/bracket-grids.js';
import { openBracketFile } from '../bracket-files.js';
import {
  printGrid,
  remark,
  tellAssumedDay,
  verdictOn,
  warnOfStale,
  type BracketsAction,
  type BracketsCall,
} from '../brackets-action.js';
import { EXIT_CODES } from '../exit-codes.js';
import { importedTables, storeImported } from '../imported-tables.js';

/** `liqcalc brackets import FILE`: keeps its valid tables for every later run. */
export const importFile: BracketsAction = {
  meaning: 'keep the tables of a file for every later run',
  operands: [['FILE', 'a file']],
  run: async (call) => {
    const { io, operands, asOf } = call;
    const [path = ''] = operands;
    const file = openBracketFile(io, path, asOf);
    const verdicts = file.tables.map(verdictOn);
    const fresh = verdicts.flatMap((verdict) => (verdict.kind === 'valid' ? [verdict.table] : []));
    const refused = tellFaults(call, verdicts);
    if (fresh.length > 0) {
      await store(call, fresh);
      tellAssumedDay(call, file);
    }
    return refused > 0 ? EXIT_CODES.invalidRecords.code : EXIT_CODES.done.code;
  },
};

function tellFaults({ io }: BracketsCall, verdicts: readonly Verdict[]): number {
  const invalid = verdicts.flatMap((verdict) => (verdict.kind === 'invalid' ? [verdict] : []));
  for (const { symbol, fault } of invalid) io.stderr.write(`liqcalc: not stored: brackets of ${symbol}: ${fault}\n`);
  return invalid.length;
}

async function store(call: BracketsCall, fresh: readonly BracketTable[]): Promise<void> {
  const before = new Map(importedTables(call.io).map(({ symbol, read }) => [symbol, read()] as const));
  const stored = fresh.map((table): Stored => {
    const old = before.get(table.symbol);
    const builtIn = old ? undefined : builtInTables.find(table.symbol);
    if (old) return { table, before: { origin: 'imported', asOf: old.asOf } };
    return { table, ...(builtIn && { before: { origin: 'built-in', asOf: builtIn.asOf } }) };
  });
  const all = new Map([...before, ...fresh.map((table) => [table.symbol, table] as const)]);
  const place = storeImported(
    call.io,
    [...all.values()].sort((a, b) => (a.symbol < b.symbol ? -1 : 1)),
  );
  await printGrid(call, storedGrid(stored));
  const replaced = stored.filter((each) => each.before);
  const count = `${fresh.length} ${fresh.length === 1 ? 'table' : 'tables'}`;
  remark(call, `stored ${count} in ${place}; ${replaced.length} in place of others`);
  const older = replaced.filter(({ table, before: old }) => old && table.asOf < old.asOf);
  if (older[0])
    remark(call, `warning: ${older.length} older than what they replace, ${older[0].table.symbol} among them`);
  warnOfStale(call, fresh);
}
