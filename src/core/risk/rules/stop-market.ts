import { isStop, orderWords } from '../orders.js';
import { reducingRisk, yesOrNo } from '../rule.js';
import { plain } from '../words.js';

/** Whether protective stops are stop-market orders. */
export const stopMarket = yesOrNo({
  title: 'protective stops that are stop-limit, not stop-market',
  reason:
    'A stop-limit order becomes a limit order when it is triggered. In a fast market the price can pass its limit, ' +
    'and the position stays open until it is liquidated. A stop-market order fills at the price that is available.',
  source: reducingRisk('orders 1'),
  needs: ['orders'],
  severity: 'warn',
  judge: ({ position: { assessed, data } }) => {
    if (!data.orders) return { kind: 'lacks', data: ['orders'] };
    const limits = data.orders.filter((order) => order.type === 'STOP' && isStop(order, assessed.position));
    if (limits.length === 0) return { kind: 'ok' };
    const prices = limits.flatMap(({ trigger }) => (trigger ? [plain(trigger)] : [])).join(', ');
    return {
      kind: 'finding',
      severity: 'warn',
      message: `${limits.length === 1 ? 'a protective stop is' : 'protective stops are'} stop-limit: ${orderWords(limits)}`,
      advice: `use STOP_MARKET${prices === '' ? '' : ` at ${prices}`} instead`,
    };
  },
});
