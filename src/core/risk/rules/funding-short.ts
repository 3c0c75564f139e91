import { lastRates, paymentWords, rateWords, type NormalRate } from '../funding.js';
import { breachedLimit } from '../limits.js';
import { reducingRisk } from '../sources.js';
import { plain } from '../words.js';
import type { Judgement, Rule } from '../rule.js';

const COMPARISON = 'below';
const COUNT = 3;

/** A short that has paid much funding for a while. */
export const fundingShort: Rule = {
  title: 'a short while the last three funding rates are all very negative',
  reason:
    'Three very negative rates in a row say that shorts crowd, and pay for it. A rise then forces them to buy, which ' +
    'lifts the price further. The figure is the highest of the three, per 8 hours: rate x 8 / interval.',
  source: reducingRisk('funding 3'),
  needs: ['funding'],
  unit: '%',
  settings: { warn: { default: '-0.07' } },
  comparison: COMPARISON,
  scope: 'position',
  judge: ({ position, settings }): Judgement => {
    if (position.assessed.position.side !== 'short') return { kind: 'idle' };
    const rates = lastRates(position.data, COUNT);
    if (!rates) return { kind: 'lacks', data: ['funding'] };
    const value = rates.map((each) => each.rate).reduce((most, each) => most.max(each));
    const breach = breachedLimit(value, settings, COMPARISON);
    if (!breach) return { kind: 'ok', value };
    const message = `short while the last funding rates are ${rateWords(rates)}, all below ${plain(breach.limit)} %`;
    const advice = `reduce or close: at the last rate it ${paymentWords(position, (rates.at(-1) as NormalRate).paid)} an interval`;
    return { kind: 'finding', ...breach, value, message, advice };
  },
};
