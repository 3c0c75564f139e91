import { fundingPayment } from '../../plan/funding.js';
import { quantityOf } from '../../position.js';
import { Ratio } from '../../ratio.js';
import { lastRates, rateWords } from '../funding.js';
import { positionMargin } from '../margin.js';
import { lacks, measured, reducingRisk, type Rule } from '../rule.js';
import { figure, plain, roundedDown } from '../words.js';

/** A funding rate is converted to 8 hours, and a day has three times as many. */
const PERIODS_PER_DAY = Ratio.of(3n);

/** What a day of funding at the last rate costs, and the size at which it costs little. */
export const fundingCost: Rule = {
  title: 'funding of a day at the last rate, as a share of the margin',
  reason:
    'Funding is paid on the value of the position, but it is taken from the margin: at 20x, a rate of 0.1 % per 8 ' +
    'hours takes 6 % of the margin in a day. The article advises a smaller size when the rate is high. This rule says ' +
    'how small: the size at which a day of funding costs one percent of the present margin. The rate and its interval ' +
    'are those of funding-size. A position that receives funding passes.',
  source: reducingRisk('sizing 4'),
  needs: ['funding', 'lev'],
  unit: '%',
  settings: { warn: { default: '1' } },
  comparison: 'above',
  scope: 'position',
  judge: ({ position }) => {
    const { assessed } = position;
    const [last] = lastRates(position, 1) ?? [];
    const margin = positionMargin(assessed);
    if (!last || !margin) return lacks({ funding: last, lev: margin });
    const rate = last.rate.over(Ratio.HUNDRED).times(PERIODS_PER_DAY);
    const cost = fundingPayment(assessed.position, assessed.reference, rate);
    const value = cost.over(margin).percent();
    return measured(value, ({ limit }) => ({
      message: `at the last funding rate, ${rateWords([last])}, a day costs ${plain(cost)}: ${figure(value, limit)} % of the margin ${plain(margin)}; the limit is ${plain(limit)} %`,
      advice:
        limit.sign() > 0
          ? `reduce the size to ${plain(roundedDown(quantityOf(assessed).times(limit).over(value)))} or less and keep the margin of ${plain(margin)}`
          : 'close the position',
    }));
  },
};
