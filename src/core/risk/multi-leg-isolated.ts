import { otherLegs } from '../risk-legs.js';
import { positionMargin } from '../risk-margin.js';
import { reducingRisk } from '../risk-sources.js';
import { plain, roundedUp } from '../risk-words.js';
import type { Judgement, Rule } from './rule.js';
import type { RiskPosition } from './subject.js';

/** So many other legs are named. */
const NAMED = 5;

/** Whether legs of one trade share the cross pool. */
export const multiLegIsolated: Rule = {
  title: 'legs of one trade in the cross pool',
  reason:
    'Legs of one trade that share the wallet can take each other along, and every other position with them. Isolated, a ' +
    'leg loses at most its own margin. Legs are positions of one symbol, or of one group label.',
  source: reducingRisk('leverage 3'),
  needs: ['mode', 'account'],
  unit: '',
  settings: {},
  severity: 'error',
  fires: 'where it is so',
  scope: 'position',
  judge: ({ subject, position }): Judgement => {
    if (position.assessed.mode === 'isolated') return { kind: 'idle' };
    if (!subject.account) return { kind: 'lacks', data: ['account'] };
    const others = otherLegs(subject, position).filter(({ assessed }) => assessed.mode === 'cross');
    if (others.length === 0) return { kind: 'ok' };
    const margin = positionMargin(position.assessed);
    const own = margin ? `${plain(roundedUp(margin))} margin` : 'margin of its own';
    return {
      kind: 'finding',
      severity: 'error',
      message: `it shares the cross wallet with another leg of its trade: ${namesOf(others)}`,
      advice: `make each leg isolated, this one with ${own}`,
    };
  },
};

function namesOf(others: readonly RiskPosition[]): string {
  const names = others.slice(0, NAMED).map(({ assessed: { terms } }) => [terms.side, terms.symbol].join(' '));
  const left = others.length - names.length;
  return left > 0 ? `${names.join(', ')} and ${left} more` : names.join(', ');
}
