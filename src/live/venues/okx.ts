import { pairWith } from '../../core/quotes.js';
import { tiersVenue } from '../tiers-venue.js';

/**
 * The bracket tables of OKX.
 *
 * @see https://www.okx.com/docs-v5/en/#public-data-rest-api-get-position-tiers
 */
export const okx = tiersVenue('okx', {
  meaning: 'OKX',
  host: 'https://www.okx.com',
  tiers: {
    path: '/api/v5/public/position-tiers',
    of: (symbol) => ({ instType: 'SWAP', tdMode: 'isolated', instFamily: pairWith('-', symbol) }),
  },
});
