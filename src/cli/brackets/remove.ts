import { DEFAULT_VENUE } from '../../core/brackets.js';
import { fail } from '../../core/errors.js';
import { builtInTables } from '../../core/tables/index.js';
import { remark, type BracketsAction } from '../brackets-action.js';
import { exitCode } from '../ending.js';
import { removeImported } from '../imported-tables.js';

/** `liqcalc brackets remove SYMBOL`: the imported table of a symbol is no longer used. */
export const remove: BracketsAction = {
  meaning: 'remove the imported table of a symbol',
  operands: [['SYMBOL', 'a symbol']],
  run: (call) => {
    const [symbol = ''] = call.operands;
    const { venue = DEFAULT_VENUE } = call;
    const path = removeImported(call.io, symbol, venue);
    const builtIn = builtInTables.find(symbol, venue);
    if (path === undefined) {
      const why = builtIn
        ? `the table of ${builtIn.symbol} on ${venue} is built in and cannot be removed; brackets import FILE puts another in its place`
        : `there is no imported table of ${symbol} on ${venue}; brackets list shows the tables`;
      return fail('REFUSED', '', { why });
    }
    remark(call, `removed ${path}${builtIn ? `; the built-in table of ${builtIn.asOf} is used again` : ''}`);
    return exitCode({ kind: 'answered' });
  },
};
