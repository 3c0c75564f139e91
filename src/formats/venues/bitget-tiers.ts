import { tierShape, UNKNOWN_UNIT } from '../public-tiers.js';

/**
 * Bitget's public position tiers of classic accounts. They have no amounts.
 *
 * @see https://www.bitget.com/api-doc/contract/position/Get-Query-Position-Lever (Get Position Tier)
 */
export const bitgetTiers = tierShape({
  meaning: "Bitget's query-position-lever",
  venue: 'bitget',
  keys: ['startUnit', 'endUnit', 'keepMarginRate'],
  at: ['data'],
  symbol: 'symbol',
  inverse: UNKNOWN_UNIT,
  row: (tier) => ({
    floor: tier('startUnit'),
    cap: tier('endUnit'),
    rate: tier('keepMarginRate'),
    amount: undefined,
    maxLeverage: tier('leverage'),
  }),
});

/** Bitget's public position tiers of unified accounts. They name no symbol. */
export const bitgetUnifiedTiers = tierShape({
  meaning: "Bitget's position-tier",
  venue: 'bitget',
  keys: ['minTierValue', 'maxTierValue', 'mmr'],
  at: ['data'],
  symbol: 'symbol',
  inverse: UNKNOWN_UNIT,
  row: (tier) => ({
    floor: tier('minTierValue'),
    cap: tier('maxTierValue'),
    rate: tier('mmr'),
    amount: undefined,
    maxLeverage: tier('leverage'),
  }),
});
