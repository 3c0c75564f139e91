import { othersOnSymbol } from '../risk-legs.js';
import { isClosing, orderWords } from '../risk-orders.js';
import { reducingRisk } from '../risk-sources.js';
import type { Judgement, Rule } from './rule.js';
import type { RiskPosition, Subject } from './subject.js';

/** Whether closing orders can only reduce. */
export const reduceOnly: Rule = {
  title: 'closing orders without reduce-only',
  reason:
    'A closing order that may do more than reduce opens a position on the other side when it fills after the first one is ' +
    'gone, by a stop or by liquidation. In hedge mode, and with closePosition, reduce-only cannot be sent and is not needed.',
  source: reducingRisk('orders 5'),
  needs: ['orders'],
  unit: '',
  settings: {},
  severity: 'error',
  fires: 'where it is so',
  scope: 'position',
  judge: ({ subject, position }): Judgement => {
    const { orders } = position.data;
    if (isHedged(subject, position)) return { kind: 'idle' };
    if (!orders) return { kind: 'lacks', data: ['orders'] };
    const open = orders.filter(
      (order) =>
        isClosing(order, position.assessed.position) && order.reduceOnly !== true && order.closePosition !== true,
    );
    if (open.length === 0) return { kind: 'ok' };
    return {
      kind: 'finding',
      severity: 'error',
      message: `without reduce-only: ${orderWords(open)}`,
      advice: `set reduceOnly on ${open.length === 1 ? 'it' : `all ${open.length}`}`,
    };
  },
};

function isHedged(subject: Subject, position: RiskPosition): boolean {
  return position.data.hedgeMode ?? othersOnSymbol(subject, position).length > 0;
}
