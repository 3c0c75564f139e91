import { lastRates, paymentWords, rateWords, type NormalRate } from '../funding.js';
import { breachedLimit } from '../limits.js';
import { reducingRisk } from '../sources.js';
import { plain } from '../words.js';
import type { Judgement, Rule } from '../rule.js';

const COMPARISON = 'above';
const COUNT = 3;

/** A long that has paid much funding for a while. */
export const fundingLong: Rule = {
  title: 'a long while the last three funding rates are all high',
  reason:
    'Three high rates in a row are no accident: longs crowd, and pay for it. What they pay leaves their margin and brings ' +
    'liquidation nearer. The figure is the lowest of the three, per 8 hours: rate x 8 / interval.',
  source: reducingRisk('funding 2'),
  needs: ['funding'],
  unit: '%',
  settings: { warn: { default: '0.05' } },
  comparison: COMPARISON,
  scope: 'position',
  judge: ({ position, settings }): Judgement => {
    if (position.assessed.position.side !== 'long') return { kind: 'idle' };
    const rates = lastRates(position.data, COUNT);
    if (!rates) return { kind: 'lacks', data: ['funding'] };
    const value = rates.map((each) => each.rate).reduce((least, each) => least.min(each));
    const breach = breachedLimit(value, settings, COMPARISON);
    if (!breach) return { kind: 'ok', value };
    const message = `long while the last funding rates are ${rateWords(rates)}, all above ${plain(breach.limit)} %`;
    const advice = `reduce or close: at the last rate it ${paymentWords(position, (rates.at(-1) as NormalRate).paid)} an interval`;
    return { kind: 'finding', ...breach, value, message, advice };
  },
};
