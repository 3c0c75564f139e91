import { listed } from '../../names.js';
import { Ratio } from '../../ratio.js';
import { reducingRisk, type MarginChange, type Rule } from '../rule.js';
import { symbolKey } from '../../brackets.js';

const HOUR = 3_600_000n;

/** How many symbols needed margin, or got more leverage, at about the same time. */
export const marginLog: Rule = {
  title: 'symbols whose margin was moved or whose leverage was raised within one hour',
  reason:
    'Margin that is moved at several symbols within an hour, or leverage that is raised there, means that the account ' +
    'is short of margin everywhere at once, or that a program or a stranger uses it. Read the log and decide. Both ' +
    'directions count, because margin that is taken out of one position is often put into another one. The first ' +
    'leverage of a symbol in the log is only where it starts. The article gives no number; the limit is chosen here.',
  source: reducingRisk('monitoring (trade log)'),
  needs: ['account', 'marginLog'],
  unit: '',
  settings: { info: { default: '2' } },
  comparison: 'at or above',
  scope: 'account',
  judge: ({ input: { marginLog: log, positions } }) => {
    if (!log) return positions.length === 0 ? { kind: 'idle' } : { kind: 'lacks', data: ['marginLog'] };
    const symbols = busiestHour(alarming(log));
    const value = Ratio.of(BigInt(symbols.length));
    return {
      kind: 'measured',
      value,
      describe: () => ({
        message: `within one hour margin was moved or leverage was raised at ${symbols.length === 1 ? 'one symbol' : `${symbols.length} symbols`}: ${listed(symbols, 'and')}`,
        advice:
          'check who made these changes; if the margin is short, close a part of a position instead of moving margin',
      }),
    };
  },
};

/** The moves of margin and the rises of leverage, oldest first. */
function alarming(log: readonly MarginChange[]): readonly MarginChange[] {
  const leverages = new Map<string, Ratio>();
  return log
    .toSorted((a, b) => Number(a.time - b.time))
    .filter(({ symbol, leverage }) => {
      if (!leverage) return true;
      const before = leverages.get(symbolKey(symbol));
      leverages.set(symbolKey(symbol), leverage);
      return before !== undefined && leverage.isAbove(before);
    });
}

/** The symbols of the hour with the most of them, each once. */
function busiestHour(changes: readonly MarginChange[]): readonly string[] {
  const counts = new Map<string, number>();
  const count = ({ symbol }: MarginChange, by: 1 | -1): void => {
    const key = symbolKey(symbol);
    const left = (counts.get(key) ?? 0) + by;
    if (left > 0) counts.set(key, left);
    else counts.delete(key);
  };
  let [most, first]: [readonly string[], number] = [[], 0];
  for (const change of changes) {
    count(change, 1);
    for (let oldest = changes[first]; oldest && change.time - oldest.time > HOUR; oldest = changes[++first]) {
      count(oldest, -1);
    }
    if (counts.size > most.length) most = [...counts.keys()];
  }
  return most;
}
