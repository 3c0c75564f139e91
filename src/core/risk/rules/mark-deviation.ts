import { valueAt } from '../../leg.js';
import { quantityOf } from '../../position.js';
import { Ratio } from '../../ratio.js';
import { measured, reducingRisk, type Rule } from '../rule.js';
import { figure, plain, roundedUp } from '../words.js';

/** How much the value of a position has changed since its entry. */
export const markDeviation: Rule = {
  title: 'increase of the value since the entry',
  reason:
    'When the mark rises, the value of a position rises too, although nothing was added, and a larger value needs ' +
    'more maintenance margin. Closing size x (1 - entry / mark) restores the value at entry. The value of an ' +
    'inverse position, in coin, rises when the mark falls.',
  source: reducingRisk('sizing 5'),
  needs: ['mark'],
  unit: '%',
  settings: { info: { default: '0' } },
  comparison: 'above',
  scope: 'position',
  judge: ({ position: { assessed } }) => {
    const { position } = assessed;
    const { mark, entry } = position;
    if (!mark) return { kind: 'lacks', data: ['mark'] };
    const [before, now] = [valueAt(position, entry), valueAt(position, mark)];
    const value = now.over(before).minus(Ratio.ONE).percent();
    const share = Ratio.ONE.minus(before.over(now));
    return measured(value, ({ limit }) => ({
      message: `at the mark ${plain(mark)} the position is worth ${plain(now)}, ${figure(value, limit)} % more than ${plain(before)} at entry`,
      advice:
        share.sign() > 0
          ? `to keep the value of ${plain(before)} at entry, and the maintenance margin with it, close ${plain(roundedUp(quantityOf(assessed).times(share)))}`
          : 'no action: the position is not worth more than at entry',
    }));
  },
};
