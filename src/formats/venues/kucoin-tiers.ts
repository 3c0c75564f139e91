import { tierShape, UNKNOWN_UNIT } from '../public-tiers.js';

/**
 * KuCoin's public risk limit levels: one rate for the whole position.
 *
 * @see https://www.kucoin.com/docs-new/rest/futures-trading/risk-limit/get-isolated-margin-risk-limit (Get Isolated Margin Risk Limit)
 */
export const kucoinTiers = tierShape({
  meaning: "KuCoin's risk-limit",
  venue: 'kucoin',
  keys: ['maxRiskLimit', 'minRiskLimit', 'maintainMargin'],
  at: ['data'],
  symbol: 'symbol',
  inverse: UNKNOWN_UNIT,
  row: (tier) => ({
    floor: tier('minRiskLimit'),
    cap: tier('maxRiskLimit'),
    rate: tier('maintainMargin'),
    amount: undefined,
    maxLeverage: tier('maxLeverage'),
  }),
});
