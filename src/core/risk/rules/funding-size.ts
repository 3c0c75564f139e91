import { lastRates, paymentWords, rateWords } from '../funding.js';
import { breachedLimit } from '../limits.js';
import { quantityOf } from '../margin.js';
import { reducingRisk } from '../sources.js';
import { plain, roundedDown } from '../words.js';
import type { Judgement, Rule } from '../rule.js';

const COMPARISON = 'above';

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
  comparison: COMPARISON,
  scope: 'position',
  judge: ({ position, settings }): Judgement => {
    const [last] = lastRates(position.data, 1) ?? [];
    if (!last) return { kind: 'lacks', data: ['funding'] };
    const value = last.rate.abs();
    const breach = breachedLimit(value, settings, COMPARISON);
    if (!breach) return { kind: 'ok', value };
    const { limit } = breach;
    const message = `the last funding rate is ${rateWords([last])}, the limit is ${plain(limit)} % either way: the position ${paymentWords(position, last.paid)} an interval`;
    const size = quantityOf(position.assessed).times(limit).over(value);
    const advice =
      limit.sign() > 0
        ? `reduce size: ${plain(roundedDown(size))} or less pays no more than at ${plain(limit)} %`
        : 'reduce size';
    return { kind: 'finding', ...breach, value, message, advice };
  },
};
