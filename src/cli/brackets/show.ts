import { DEFAULT_VENUE } from '../../core/brackets.js';
import { tableNamed } from '../../core/tables/table-for.js';
import { tableJson, tablesJson } from '../../formats/table-json.js';
import { firstOf } from '../../formats/table-source.js';
import { bracketGrid, tableTitle } from '../../report/text/bracket-grids.js';
import { printGrid, warnOfStale, type BracketsAction } from '../brackets-action.js';
import { exitCode } from '../ending.js';
import { tableLayers } from '../table-layers.js';

/** `liqcalc brackets show SYMBOL`: its brackets. As JSON, it is a table that `--brackets` and `import` accept. */
export const show: BracketsAction = {
  meaning: 'the brackets of a symbol',
  operands: [['SYMBOL', 'a symbol']],
  run: async (call) => {
    const { io, operands, options, common, asOf } = call;
    const [symbol = ''] = operands;
    const layers = await tableLayers(io, options, asOf);
    const { venue = DEFAULT_VENUE } = call;
    const layer = layers.find((each) => each.find(symbol, venue));
    const table = layer?.find(symbol, venue) ?? tableNamed(symbol, venue, firstOf(layers));
    if (common.format === 'json' && !common.only) io.stdout.write(tablesJson([table]));
    else if (common.format === 'ndjson' && !common.only) io.stdout.write(`${tableJson(table)}\n`);
    else {
      await printGrid(call, bracketGrid(table), (style) => tableTitle(table, layer?.origin ?? '', style));
    }
    warnOfStale(call, [table]);
    return exitCode({ kind: 'answered' });
  },
};
