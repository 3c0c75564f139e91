import { verdictGrid } from '../../report/text/bracket-grids.js';
import { openBracketFile } from '../bracket-files.js';
import { printGrid, remark, reportAssumedDay, verdictOn, type BracketsAction } from '../brackets-action.js';
import { exitCode } from '../ending.js';

/** `liqcalc brackets validate FILE`: whether each of its tables is valid for pricing. */
export const validate: BracketsAction = {
  meaning: 'check the tables of a file',
  operands: [['FILE', 'a file']],
  run: async (call) => {
    const [path = ''] = call.operands;
    const file = openBracketFile(call.io, path, call.asOf, call.venue, call.symbol);
    const verdicts = file.tables.map(verdictOn);
    await printGrid(call, verdictGrid(verdicts));
    const invalid = verdicts.filter(({ kind }) => kind === 'invalid').length;
    const count = `${verdicts.length} ${verdicts.length === 1 ? 'table' : 'tables'}`;
    remark(call, `${count}, ${invalid === 0 ? 'all valid' : `${invalid} invalid`}`);
    reportAssumedDay(call, file);
    return exitCode({ kind: 'answered', isPartial: invalid > 0 });
  },
};
