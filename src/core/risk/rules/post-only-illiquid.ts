import { orderWords } from '../orders.js';
import { lacks, reducingRisk, yesOrNo } from '../rule.js';

const POST_ONLY = 'GTX';

/** Whether a post-only order waits on an illiquid pair. */
export const postOnlyIlliquid = yesOrNo({
  title: 'post-only orders on an illiquid pair',
  reason:
    'A post-only order never fills at once: it waits in the order book or is cancelled. On a pair with little ' +
    'trading it may not fill before the price has moved away.',
  source: reducingRisk('orders 3'),
  needs: ['orders', 'illiquid'],
  severity: 'warn',
  judge: ({ position: { data } }) => {
    const { orders, illiquid } = data;
    if (illiquid === false) return { kind: 'idle' };
    if (!orders) return lacks({ orders, illiquid });
    const waiting = orders.filter(({ timeInForce }) => timeInForce === POST_ONLY);
    if (waiting.length === 0) return { kind: 'ok' };
    if (!illiquid) return lacks({ illiquid });
    return {
      kind: 'finding',
      severity: 'warn',
      message: `post-only on an illiquid pair: ${orderWords(waiting)}`,
      advice: `without post-only (GTC) ${waiting.length === 1 ? 'the order' : `the ${waiting.length} orders`} can fill at once`,
    };
  },
});
