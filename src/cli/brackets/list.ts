import { isLiqcalcError, problemWords } from '../../core/errors.js';
import { venuesOf, type BracketTable } from '../../core/brackets.js';
import { tableListGrid } from '../../report/text/bracket-grids.js';
import { printGrid, warnOfStale, type BracketsAction } from '../brackets-action.js';
import { exitCode } from '../ending.js';
import { flagName } from '../../formats/flag-name.js';
import { tableLayers } from '../table-layers.js';

/** `liqcalc brackets list`: the table that each symbol is priced with. */
export const list: BracketsAction = {
  meaning: 'the table of each symbol, with its date and source',
  operands: [],
  run: async (call) => {
    const { io, options, asOf } = call;
    const tables = new Map<string, readonly [BracketTable, string]>();
    const faults = new Set<string>();
    for (const layer of await tableLayers(io, options, asOf)) {
      const keys = layer.symbols.flatMap((symbol) => venuesOf(layer, symbol).map((venue) => ({ symbol, venue })));
      for (const { symbol, venue } of keys) {
        if (call.venue !== undefined && venue !== call.venue) continue;
        const key = `${symbol} ${venue}`;
        if (tables.has(key) || faults.has(key)) continue;
        try {
          const table = layer.find(symbol, venue);
          if (table) tables.set(key, [table, layer.origin]);
        } catch (error) {
          if (!isLiqcalcError(error)) throw error;
          faults.add(key);
          for (const each of error.problems) io.stderr.write(`liqcalc: ${problemWords(each, flagName)}\n`);
        }
      }
    }
    const rows = [...tables].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
    await printGrid(call, tableListGrid(rows));
    warnOfStale(
      call,
      rows.map(([table]) => table),
    );
    return exitCode({ kind: 'answered', isPartial: faults.size > 0 });
  },
};
