import { tierShape, UNKNOWN_UNIT } from '../public-tiers.js';

/**
 * Gate's public risk limit tiers; `risk_limit` is the cap, `deduction` the amount.
 *
 * @see https://www.gate.com/docs/developers/apiv4/#query-risk-limit-tiers (Query risk limit tiers)
 */
export const gateTiers = tierShape({
  meaning: "Gate's risk_limit_tiers",
  venue: 'gate',
  keys: ['risk_limit', 'maintenance_rate'],
  at: [],
  symbol: 'contract',
  inverse: UNKNOWN_UNIT,
  row: (tier) => ({
    cap: tier('risk_limit'),
    rate: tier('maintenance_rate'),
    amount: tier('deduction'),
    maxLeverage: tier('leverage_max'),
  }),
});
