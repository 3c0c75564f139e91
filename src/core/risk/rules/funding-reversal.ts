import { Ratio } from '../../ratio.js';
import { measured, reducingRisk, type FundingRate, type Rule } from '../rule.js';
import { figure, plain } from '../words.js';

const HOUR = Ratio.of(3_600_000n);

/** Whether the sign of the funding rate has changed recently. */
export const fundingReversal: Rule = {
  title: 'hours since the funding rate last changed its sign, counted to the last rate given',
  reason:
    'If funding changes its sign, most traders have changed sides, and the reason for the position may no longer ' +
    'exist. The article advises closing the position within a day. The hours are counted from the first rate with ' +
    'the new sign to the last rate of the history, not to the present time. Rates of zero do not count as a change.',
  source: reducingRisk('funding 5'),
  needs: ['funding', 'fundingTimes'],
  least: { funding: 2 },
  unit: 'h',
  settings: { warn: { default: '24' } },
  comparison: 'at or below',
  scope: 'position',
  judge: ({ position: { data } }) => {
    const history = data.funding ?? [];
    const end = history.at(-1);
    if (!end || history.length < 2) return { kind: 'lacks', data: ['funding'] };
    if (history.some(({ time }) => time === undefined)) return { kind: 'lacks', data: ['fundingTimes'] };
    const turn = lastTurn(history);
    if (turn?.time === undefined || end.time === undefined) return { kind: 'ok' };
    const value = Ratio.of(end.time - turn.time).over(HOUR);
    const direction = turn.rate.sign() > 0 ? 'from negative to positive' : 'from positive to negative';
    return measured(value, ({ limit }) => ({
      message: `funding changed ${direction} ${figure(value, limit)} h before the end of its history`,
      advice: `close the position within ${plain(limit)} hours after the change: at the end of the history ${figure(limit.minus(value))} h were left`,
    }));
  },
};

/** The first rate of the sign that the history ends with, if another sign came before it. */
function lastTurn(history: readonly FundingRate[]): FundingRate | undefined {
  let turn: FundingRate | undefined;
  let sign = 0;
  for (const each of history) {
    const own = each.rate.sign();
    if (own === 0) continue;
    if (sign !== 0 && own !== sign) turn = each;
    sign = own;
  }
  return turn;
}
