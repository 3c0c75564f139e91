import { orderWords } from '../orders.js';
import { reducingRisk } from '../sources.js';
import type { Datum, Judgement, Rule } from '../rule.js';

const POST_ONLY = 'GTX';

/** Whether a post-only order waits on an illiquid pair. */
export const postOnlyIlliquid: Rule = {
  title: 'post-only orders on an illiquid pair',
  reason:
    'A post-only order never takes what is there: it waits, or is withdrawn. On a pair that hardly trades it may not fill ' +
    'before the price is gone.',
  source: reducingRisk('orders 3'),
  needs: ['orders', 'illiquid'],
  unit: '',
  settings: {},
  severity: 'warn',
  comparison: 'where it is so',
  scope: 'position',
  judge: ({ position: { data } }): Judgement => {
    const { orders, illiquid } = data;
    if (illiquid === false) return { kind: 'idle' };
    const lacking: readonly Datum[] = [
      ...(orders ? [] : ['orders' as const]),
      ...(illiquid ? [] : ['illiquid' as const]),
    ];
    if (!orders) return { kind: 'lacks', data: lacking };
    const waiting = orders.filter(({ timeInForce }) => timeInForce === POST_ONLY);
    if (waiting.length === 0) return { kind: 'ok' };
    if (!illiquid) return { kind: 'lacks', data: lacking };
    return {
      kind: 'finding',
      severity: 'warn',
      message: `post-only on an illiquid pair: ${orderWords(waiting)}`,
      advice: `without post-only (GTC) ${waiting.length === 1 ? 'the order' : `the ${waiting.length} orders`} may take what is there`,
    };
  },
};
