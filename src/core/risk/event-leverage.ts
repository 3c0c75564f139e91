import { Ratio } from '../ratio.js';
import { passedLimit } from '../risk-limits.js';
import { reducingRisk } from '../risk-sources.js';
import { figure, plain, roundedDown } from '../risk-words.js';
import type { Datum, Judgement, Rule } from './rule.js';

const FIRES = 'above';

/** The leverage while a scheduled event is near, against the usual one. */
export const eventLeverage: Rule = {
  title: 'leverage around an event, against the usual leverage',
  reason:
    'Around a scheduled event prices jump, and a hedge does not help where both legs are liquidated one after the other. ' +
    'Half of the usual leverage, hedged or not, lets a position outlive the jump.',
  source: reducingRisk('leverage 2'),
  needs: ['event', 'usualLev', 'lev'],
  unit: '%',
  settings: { error: { default: '50', meaning: '% of the usual leverage' } },
  fires: FIRES,
  scope: 'position',
  judge: ({ subject: { event, usualLev }, position, settings }): Judgement => {
    if (event === false) return { kind: 'idle' };
    const { lev } = position.assessed.position;
    const data: Datum[] = event ? [] : ['event'];
    if (!usualLev) data.push('usualLev');
    if (!lev) data.push('lev');
    if (!lev || !usualLev || data.length > 0) return { kind: 'lacks', data };
    const value = lev.over(usualLev).times(Ratio.HUNDRED);
    const passed = passedLimit(value, settings, FIRES);
    if (!passed) return { kind: 'ok', value };
    const share = `${figure(value, passed.limit)} % of the usual ${plain(usualLev)}x`;
    const message = `an event is near and the leverage of ${plain(lev)}x is ${share}, the limit is ${plain(passed.limit)} %`;
    return { kind: 'finding', ...passed, value, message, advice: adviceFor(usualLev, passed.limit) };
  },
};

function adviceFor(usual: Ratio, limit: Ratio): string {
  const most = usual.times(limit).over(Ratio.HUNDRED);
  const whole = most.floorTo(Ratio.ONE);
  if (most.sign() <= 0) return 'close the position until the event is over';
  return `leverage ${plain(whole.sign() > 0 ? whole : roundedDown(most))}x or less until it is over`;
}
