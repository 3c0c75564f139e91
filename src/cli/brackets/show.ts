import { tableFor } from '../../core/brackets.js';
import { tableJson, tablesJson } from '../../formats/table-json.js';
import { bracketGrid, tableTitle } from '../../presenters/bracket-grids.js';
import { printGrid, warnOfStale, type BracketsAction } from '../brackets-action.js';
import { EXIT_CODES } from '../exit-codes.js';
import { tableLayers } from '../tables.js';

/** `liqcalc brackets show SYMBOL`: its brackets; as JSON, the table as `--brackets` and `import` take it. */
export const show: BracketsAction = {
  meaning: 'the brackets of a symbol',
  operands: [['SYMBOL', 'a symbol']],
  run: async (call) => {
    const { io, operands, options, common, asOf } = call;
    const [symbol = ''] = operands;
    const layers = await tableLayers(io, options, asOf);
    const layer = layers.find((each) => each.find(symbol));
    const known = [...new Set(layers.flatMap(({ symbols }) => symbols))];
    const table = tableFor({ symbol }, { find: (each) => layer?.find(each), symbols: known });
    if (!table) return EXIT_CODES.done.code;
    if (common.format === 'json' && !common.only) io.stdout.write(tablesJson([table]));
    else if (common.format === 'ndjson' && !common.only) io.stdout.write(`${tableJson(table)}\n`);
    else {
      await printGrid(call, bracketGrid(table), (style) => tableTitle(table, layer?.origin ?? '', style));
    }
    warnOfStale(call, [table]);
    return EXIT_CODES.done.code;
  },
};
