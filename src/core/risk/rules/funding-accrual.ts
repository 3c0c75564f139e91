import { fundingPayment } from '../../plan/funding.js';
import { Ratio } from '../../ratio.js';
import { paymentWords } from '../funding.js';
import { positionMargin } from '../margin.js';
import { lacks, measured, reducingRisk, type FundingRate, type Rule } from '../rule.js';
import { figure, plain } from '../words.js';

/** Funding paid over the history, against the margin. */
export const fundingAccrual: Rule = {
  title: 'funding paid over the history, as a share of the margin',
  reason:
    'Each funding payment reduces the margin, so liquidation comes nearer even if the price does not change. The ' +
    'rule computes the payments of the whole history at the present mark. The figure is for information only: the ' +
    'isolated wallet that an exchange reports already includes these payments.',
  source: reducingRisk('funding 4'),
  needs: ['funding', 'lev'],
  unit: '%',
  settings: { info: { default: '0' }, warn: { default: '10' } },
  comparison: 'above',
  scope: 'position',
  judge: ({ position }) => {
    const {
      assessed,
      data: { funding },
    } = position;
    const margin = positionMargin(assessed);
    if (!funding || !margin) return lacks({ funding, lev: margin });
    const rate = Ratio.sum(funding.map((each) => each.rate));
    const paid = fundingPayment(assessed.position, assessed.reference, rate);
    const value = paid.over(margin).percent();
    const intervals = funding.length === 1 ? 'one interval' : `${funding.length} intervals`;
    return measured(value, ({ limit }) => {
      // A history without rates pays nothing, which breaches no limit.
      const last = (funding.at(-1) as FundingRate).rate.percent();
      return {
        message: `funding of ${plain(paid)} over ${intervals} is ${figure(value, limit)} % of the margin ${plain(margin)}`,
        advice: `at the last rate it ${paymentWords(position, last)} in the next interval: close the position before it, or include this amount in your plan`,
      };
    });
  },
};
