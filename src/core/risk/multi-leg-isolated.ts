import { symbolKey } from '../brackets.js';
import { positionMargin } from '../risk-margin.js';
import { reducingRisk } from '../risk-sources.js';
import { plain, roundedUp } from '../risk-words.js';
import type { Judgement, Rule } from './rule.js';
import type { RiskPosition } from './subject.js';

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
    const others = subject.positions.filter((other) => other !== position && areLegs(position, other));
    if (others.length === 0) return { kind: 'ok' };
    const names = others.map(({ assessed: { terms } }) => `${terms.side} ${terms.symbol ?? ''}`).join(', ');
    const margin = positionMargin(position.assessed);
    const own = margin ? `${plain(roundedUp(margin))} margin` : 'margin of its own';
    return {
      kind: 'finding',
      severity: 'error',
      message: `it shares the cross wallet with another leg of its trade: ${names}`,
      advice: `make each leg isolated, this one with ${own}`,
    };
  },
};

function areLegs(one: RiskPosition, other: RiskPosition): boolean {
  if (other.assessed.mode === 'isolated') return false;
  const key = ({ assessed }: RiskPosition): string => symbolKey(assessed.terms.symbol ?? '');
  const { group } = one.data;
  return key(one) === key(other) || (group !== undefined && group === other.data.group);
}
