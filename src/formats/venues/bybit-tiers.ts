import { figureOf } from '../../core/brackets.js';
import { Ratio } from '../../core/ratio.js';
import { tierShape, type Figures } from '../public-tiers.js';

/** Old answers and the documents have rates in percent: a first tier at 100x then has an initial margin of 1, not 0.01. */
function isPercent(tier: Figures): boolean {
  const initial = figureOf(tier('initialMargin'));
  const most = figureOf(tier('maxLeverage'));
  return initial !== undefined && most !== undefined && initial.times(most).isAbove(Ratio.from('10'));
}

/**
 * Bybit's public risk limits; `riskLimitValue` is the cap.
 *
 * @see https://bybit-exchange.github.io/docs/v5/market/risk-limit (Get Risk Limit)
 */
export const bybitTiers = tierShape({
  meaning: "Bybit's risk-limit",
  venue: 'bybit',
  keys: ['riskLimitValue', 'maintenanceMargin'],
  at: ['result', 'list'],
  symbol: 'symbol',
  // A contract is 1 USD; limits count coins.
  inverse: { multiplier: '1' },
  row: (tier) => {
    const rate = tier('maintenanceMargin');
    return {
      cap: tier('riskLimitValue'),
      rate: isPercent(tier) ? `${rate}/100` : rate,
      amount: undefined,
      maxLeverage: tier('maxLeverage'),
    };
  },
});
