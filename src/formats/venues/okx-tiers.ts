import { tierShape } from '../public-tiers.js';

/**
 * OKX's public position tiers, `minSz` and `maxSz` in contracts.
 *
 * @see https://www.okx.com/docs-v5/en/#public-data-rest-api-get-position-tiers (Get position tiers)
 */
export const okxTiers = tierShape({
  meaning: "OKX's position-tiers",
  venue: 'okx',
  keys: ['minSz', 'maxSz', 'mmr'],
  at: ['data'],
  symbol: 'instFamily',
  // Limits count contracts, whose value is not in the answer.
  inverse: {},
  // The next tier begins at the next whole contract: its limits are those of the one before.
  row: (tier) => ({ cap: tier('maxSz'), rate: tier('mmr'), amount: undefined, maxLeverage: tier('maxLever') }),
});
