import { equityOf, positionMargin, shareAdvice, shareWords } from '../margin.js';
import { lacks, measured, reducingRisk, type Rule } from '../rule.js';
import { plain } from '../words.js';

/** How much of the equity one position takes as margin. */
export const allocation: Rule = {
  title: 'margin of the position as a share of equity',
  reason:
    'The article recommends one to three percent of the equity per trade. If this means the margin, it favours high ' +
    'leverage: for the same risk, the margin at 100x is a hundredth of the margin at 1x. Therefore this rule ' +
    'reports info or warn, never error. The rule trade-risk measures the possible loss of the trade.',
  source: reducingRisk('sizing 1'),
  needs: ['equity', 'lev'],
  unit: '%',
  settings: { info: { default: '1' }, warn: { default: '3' } },
  comparison: 'above',
  scope: 'position',
  judge: ({ input, position }) => {
    const [equity, margin] = [equityOf(input), positionMargin(position.assessed)];
    if (!equity || !margin) return lacks({ equity, lev: margin });
    const value = equity.sign() > 0 ? margin.over(equity).percent() : undefined;
    const size = position.assessed.position.perUnit ? 'the margin of a size of 1' : 'the margin';
    return measured(value, ({ limit }) => ({
      message: `${size}, ${plain(margin)}, is ${shareWords(value, equity, limit)}`,
      advice: shareAdvice(position, { amount: margin, equity, limit }),
    }));
  },
};
