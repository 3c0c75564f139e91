import { Ratio } from '../../ratio.js';
import { measured, reducingRisk, type FundingRate, type Rule } from '../rule.js';
import { figure, plain } from '../words.js';

const HOUR = Ratio.of(3_600_000n);

/** Whether the sign of the funding rate has turned of late. */
export const fundingReversal: Rule = {
  title: 'hours since the funding rate changed its sign, at the end of the history',
  reason:
    'When funding changes its sign the crowd has changed sides, and what carried a position is gone. The advice is to ' +
    'leave within a day. Hours are those between the first rate of the new sign and the last one of the history: no clock ' +
    'is asked. Rates of zero change nothing.',
  source: reducingRisk('funding 5'),
  needs: ['funding', 'fundingTimes'],
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
      message: `funding turned ${direction} ${figure(value, limit)} h before the end of its history`,
      advice: `leave within ${plain(limit)} hours of the turn: at the end of the history ${figure(limit.minus(value))} h were left`,
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
