import { fundingPayment } from '../../plan/funding.js';
import { Ratio } from '../../ratio.js';
import { lastRates, paymentWords } from '../funding.js';
import { breachedLimit } from '../limits.js';
import { positionMargin } from '../margin.js';
import { reducingRisk } from '../sources.js';
import { figure, plain } from '../words.js';
import type { Datum, Judgement, Rule } from '../rule.js';

const COMPARISON = 'above';

/** Funding paid over the history, against the margin. */
export const fundingAccrual: Rule = {
  title: 'funding paid over the history, over the margin',
  reason:
    'Funding leaves the margin interval by interval, and liquidation comes nearer though the price stands still. It is ' +
    'reckoned here at the mark for the whole history, and for display only: an isolated wallet from the exchange has it ' +
    'taken out already.',
  source: reducingRisk('funding 4'),
  needs: ['funding', 'lev'],
  unit: '%',
  settings: { info: { default: '0' }, warn: { default: '10' } },
  comparison: COMPARISON,
  scope: 'position',
  judge: ({ position, settings }): Judgement => {
    const { assessed, data } = position;
    const margin = positionMargin(assessed);
    const lacking: readonly Datum[] = [
      ...(data.funding ? [] : ['funding' as const]),
      ...(margin ? [] : ['lev' as const]),
    ];
    if (!data.funding || !margin) return { kind: 'lacks', data: lacking };
    const rate = Ratio.sum(data.funding.map((each) => each.rate));
    const paid = fundingPayment(assessed.position, assessed.reference, rate);
    const value = paid.over(margin).percent();
    const breach = breachedLimit(value, settings, COMPARISON);
    const [last] = lastRates(data, 1) ?? [];
    if (!breach || !last) return { kind: 'ok', value };
    const intervals = data.funding.length === 1 ? 'one interval' : `${data.funding.length} intervals`;
    const share = `${figure(value, breach.limit)} % of the margin ${plain(margin)}`;
    const message = `funding of ${plain(paid)} over ${intervals} is ${share}`;
    const advice = `at the last rate it ${paymentWords(position, last.paid)} with the next interval: close before it, or count it in`;
    return { kind: 'finding', ...breach, value, message, advice };
  },
};
