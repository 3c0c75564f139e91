import { tiersVenue } from '../tiers-venue.js';

/**
 * The bracket tables of Bitget.
 *
 * @see https://www.bitget.com/api-doc/contract/position/Get-Query-Position-Lever
 */
export const bitget = tiersVenue('bitget', {
  meaning: 'Bitget',
  host: 'https://api.bitget.com',
  tiers: {
    path: '/api/v2/mix/market/query-position-lever',
    of: (symbol) => ({ productType: symbol.endsWith('USDC') ? 'usdc-futures' : 'usdt-futures', symbol }),
    isNameless: true,
  },
});
