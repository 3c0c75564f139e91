import type { Ratio } from '../../ratio.js';
import { lastRates, paymentWords, rateWords } from '../funding.js';
import { quantityOf } from '../../position.js';
import { measured, reducingRisk, type Rule } from '../rule.js';
import { plain, roundedDown } from '../words.js';

/** The last funding rate, whether longs or shorts pay it. */
export const fundingSize: Rule = {
  title: 'size of the last funding rate, positive or negative',
  reason:
    'A funding rate far from zero means that most traders are on one side. The side that pays loses margin at every ' +
    'interval, and the price moves fast against it when the market turns. A smaller size pays less and survives a ' +
    'larger move. The rate is converted to 8 hours: rate x 8 / interval. The interval is fundingInterval (or the ' +
    'fundingInfo of the exchange), else the interval between the times of the rates, else the usual one of the venue: ' +
    '8 hours, at Hyperliquid and dYdX one; the message says when it is assumed.',
  source: reducingRisk('sizing 4'),
  needs: ['funding'],
  unit: '%',
  settings: { warn: { default: '0.1' } },
  comparison: 'above',
  scope: 'position',
  judge: ({ position }) => {
    const [last] = lastRates(position, 1) ?? [];
    if (!last) return { kind: 'lacks', data: ['funding'] };
    const value = last.rate.abs();
    const sizeAt = (limit: Ratio): Ratio => roundedDown(quantityOf(position.assessed).times(limit).over(value));
    return measured(value, ({ limit }) => ({
      message: `the last funding rate is ${rateWords([last])}; the limit is ${plain(limit)} %, positive or negative: the position ${paymentWords(position, last.paid)} per interval`,
      advice:
        limit.sign() > 0
          ? `reduce the size to ${plain(sizeAt(limit))} or less: it then pays no more than the present size at ${plain(limit)} %`
          : 'reduce the size',
    }));
  },
};
