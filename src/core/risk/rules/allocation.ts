import { breachedLimit } from '../limits.js';
import { equityOf, positionMargin, shareAdvice } from '../margin.js';
import { reducingRisk } from '../sources.js';
import { figure, plain } from '../words.js';
import type { Datum, Judgement, Rule } from '../rule.js';

const COMPARISON = 'above';

/** How much of the equity one position takes as margin. */
export const allocation: Rule = {
  title: 'margin of the position over equity',
  reason:
    'The article allots one to three percent of the equity to one trade. Read literally, as margin, that favours ' +
    'leverage: at 1x the margin is the whole value, at 100x a hundredth of it, at the same risk. So it informs and warns, ' +
    'and never fails a run by itself; trade-risk measures what the trade can lose.',
  source: reducingRisk('sizing 1'),
  needs: ['equity', 'lev'],
  unit: '%',
  settings: { info: { default: '1' }, warn: { default: '3' } },
  comparison: COMPARISON,
  scope: 'position',
  judge: ({ input, position, settings }): Judgement => {
    const [equity, margin] = [equityOf(input), positionMargin(position.assessed)];
    const data: readonly Datum[] = [...(equity ? [] : ['equity' as const]), ...(margin ? [] : ['lev' as const])];
    if (!equity || !margin) return { kind: 'lacks', data };
    const value = equity.sign() > 0 ? margin.over(equity).percent() : undefined;
    const breach = breachedLimit(value, settings, COMPARISON);
    if (!breach) return { kind: 'ok', value };
    const size = position.assessed.position.perUnit ? 'the margin of a size of 1' : 'the margin';
    const share = value ? `${figure(value, breach.limit)} % of the equity ${plain(equity)}` : 'more than all equity';
    const message = `${size}, ${plain(margin)}, is ${share}; the limit is ${plain(breach.limit)} %`;
    return {
      kind: 'finding',
      ...breach,
      value,
      message,
      advice: shareAdvice(position, { amount: margin, equity, limit: breach.limit }),
    };
  },
};
