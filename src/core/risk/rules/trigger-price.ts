import { isConditional, orderWords } from '../orders.js';
import { reducingRisk, yesOrNo } from '../rule.js';

/** Whether conditional orders are triggered by the mark price. */
export const triggerPrice = yesOrNo({
  title: 'conditional orders triggered by the last price',
  reason:
    'One trade far from the market price moves the last price and triggers every order that depends on it. The mark ' +
    'price follows the index, and it decides about liquidation. An order without a working type is triggered by the ' +
    'last price.',
  source: reducingRisk('orders 4 (there "mark or index"; the exchange offers the mark)'),
  needs: ['orders'],
  severity: 'warn',
  judge: ({ position: { data } }) => {
    if (!data.orders) return { kind: 'lacks', data: ['orders'] };
    const onLast = data.orders.filter((order) => isConditional(order) && order.workingType !== 'MARK_PRICE');
    if (onLast.length === 0) return { kind: 'ok' };
    return {
      kind: 'finding',
      severity: 'warn',
      message: `triggered by the last price: ${orderWords(onLast)}`,
      advice: `set workingType MARK_PRICE on ${onLast.length === 1 ? 'it' : `all ${onLast.length}`}`,
    };
  },
});
