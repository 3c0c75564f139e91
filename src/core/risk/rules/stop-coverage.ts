import { Ratio } from '../../ratio.js';
import { coverageOf, type Coverage } from '../coverage.js';
import { orderWords } from '../orders.js';
import { liquidationArticle, type Judgement, type RiskPosition, type Rule } from '../rule.js';
import { stopAdvice } from '../stops.js';
import { figure, plain, roundedUp } from '../words.js';

/** How much of a position its stops close before it is liquidated. */
export const stopCoverage: Rule = {
  title: 'share of the size that is closed by stops before liquidation',
  reason:
    'If a stop closes only a part of the size, the rest can be liquidated. The rule counts the quantity that is not ' +
    'filled yet, and compares stops with the present liquidation price. A stop with closePosition closes the whole ' +
    'position. A stop exactly at the liquidation price does not count. With priceProtect the exchange does not ' +
    'trigger a stop while the last price and the mark are too far apart; this gives an info. The exchange lists ' +
    'stops in openAlgoOrders and other orders in openOrders: give both.',
  source: liquidationArticle('managing 1'),
  needs: ['orders', 'quantity', 'stop'],
  unit: '%',
  settings: { least: { default: '100', meaning: '% of the size: error in cross, warn in isolated' } },
  comparison: 'below',
  scope: 'position',
  judge: ({ position, settings }) => {
    if (!position.data.orders) return { kind: 'lacks', data: ['orders'] };
    const coverage = coverageOf(position);
    if (coverage.kind === 'unknown') return { kind: 'lacks', data: coverage.lacks };
    const { size, uncovered } = coverage;
    const covered = size.minus(uncovered);
    const value = covered.over(size).percent();
    const limit = settings['least'];
    if (!(limit instanceof Ratio) || !value.isBelow(limit)) return protectedStops(coverage, value);
    return {
      kind: 'finding',
      severity: position.assessed.mode === 'cross' ? 'error' : 'warn',
      value,
      limit,
      message: `stops before liquidation close ${plain(covered)} of ${plain(size)} (${figure(value, limit)} %): ${plain(uncovered)} is not covered`,
      advice: adviceFor(position, uncovered),
    };
  },
};

function adviceFor({ assessed }: RiskPosition, uncovered: Ratio): string {
  const advice = stopAdvice(assessed);
  return advice.startsWith('set') ? `${advice}, for ${plain(roundedUp(uncovered))} more or with closePosition` : advice;
}

/** The only finding for a covered size: a stop that the exchange may refuse to trigger. */
function protectedStops({ stops }: Extract<Coverage, { kind: 'known' }>, value: Ratio): Judgement {
  const orders = stops.flatMap(({ order }) => (order?.priceProtect === true ? [order] : []));
  if (orders.length === 0) return { kind: 'ok', value };
  return {
    kind: 'finding',
    severity: 'info',
    value,
    message: `with priceProtect: ${orderWords(orders)}; the exchange does not trigger it while the last price and the mark are too far apart`,
    advice: `turn priceProtect off for a stop that must trigger`,
  };
}
