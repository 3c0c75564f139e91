import { isLiqcalcError, problemWords } from '../../core/errors.js';
import type { BracketTable } from '../../core/brackets.js';
import { tableListGrid } from '../../presenters/bracket-grids.js';
import { printGrid, warnOfStale, type BracketsAction } from '../brackets-action.js';
import { EXIT_CODES } from '../exit-codes.js';
import { flagName } from '../flags.js';
import { tableLayers } from '../tables.js';

/** `liqcalc brackets list`: the table that each symbol is priced with. */
export const list: BracketsAction = {
  meaning: 'the table of each symbol, with its date and where it comes from',
  operands: [],
  run: async (call) => {
    const { io, options, asOf } = call;
    const tables = new Map<string, readonly [BracketTable, string]>();
    const faults = new Set<string>();
    for (const { origin, symbols, find } of await tableLayers(io, options, asOf)) {
      for (const symbol of symbols.filter((each) => !tables.has(each) && !faults.has(each))) {
        try {
          const table = find(symbol);
          if (table) tables.set(symbol, [table, origin]);
        } catch (error) {
          if (!isLiqcalcError(error)) throw error;
          faults.add(symbol);
          for (const each of error.problems) io.stderr.write(`liqcalc: ${problemWords(each, flagName)}\n`);
        }
      }
    }
    const rows = [...tables.values()].sort(([a], [b]) => (a.symbol < b.symbol ? -1 : 1));
    await printGrid(call, tableListGrid(rows));
    warnOfStale(
      call,
      rows.map(([table]) => table),
    );
    return faults.size > 0 ? EXIT_CODES.invalidRecords.code : EXIT_CODES.done.code;
  },
};
