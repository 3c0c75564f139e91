import { othersOnSymbol } from '../legs.js';
import { isClosing, orderWords } from '../orders.js';
import { reducingRisk, yesOrNo, type RiskInput, type RiskPosition } from '../rule.js';

/** Whether closing orders can only reduce. */
export const reduceOnly = yesOrNo({
  title: 'closing orders without reduce-only',
  reason:
    'A closing order without reduce-only can open a position on the other side if it fills after the position is ' +
    'already closed by a stop or by liquidation. In hedge mode, and with closePosition, reduce-only cannot be set ' +
    'and is not needed.',
  source: reducingRisk('orders 5'),
  needs: ['orders'],
  severity: 'error',
  judge: ({ input, position }) => {
    const { orders } = position.data;
    if (isHedged(input, position)) return { kind: 'idle' };
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
});

function isHedged(input: RiskInput, position: RiskPosition): boolean {
  return position.data.hedgeMode ?? othersOnSymbol(input, position).length > 0;
}
