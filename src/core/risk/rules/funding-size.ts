import type { Ratio } from '../../ratio.js';
import { lastRates, paymentWords, rateWords } from '../funding.js';
import { quantityOf } from '../../position.js';
import { measured, reducingRisk, type Rule } from '../rule.js';
import { plain, roundedDown } from '../words.js';

/** The last funding rate, whether longs or shorts pay it. */
export const fundingSize: Rule = {
  title: 'last funding rate, without its sign',
  reason:
    'A funding rate far from zero says that most of the market is on one side. Whoever pays it loses margin at every ' +
    'interval, and the crowded side falls fast when it turns: a smaller size costs less and bears more. The rate is taken ' +
    'per 8 hours, rate x 8 / interval: the interval is fundingInterval (or the fundingInfo of the exchange), else that of ' +
    'the times, else 8 hours, which is then said.',
  source: reducingRisk('sizing 4'),
  needs: ['funding'],
  unit: '%',
  settings: { warn: { default: '0.1' } },
  comparison: 'above',
  scope: 'position',
  judge: ({ position }) => {
    const [last] = lastRates(position.data, 1) ?? [];
    if (!last) return { kind: 'lacks', data: ['funding'] };
    const value = last.rate.abs();
    const sizeAt = (limit: Ratio): Ratio => roundedDown(quantityOf(position.assessed).times(limit).over(value));
    return measured(value, ({ limit }) => ({
      message: `the last funding rate is ${rateWords([last])}, the limit is ${plain(limit)} % either way: the position ${paymentWords(position, last.paid)} an interval`,
      advice:
        limit.sign() > 0
          ? `reduce size: ${plain(sizeAt(limit))} or less pays no more than at ${plain(limit)} %`
          : 'reduce size',
    }));
  },
};
