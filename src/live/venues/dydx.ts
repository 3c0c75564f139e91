import { tiersVenue } from '../tiers-venue.js';

/**
 * The bracket tables of dYdX.
 *
 * @see https://docs.dydx.xyz/indexer-client/http#list-perpetual-markets
 */
export const dydx = tiersVenue('dydx', {
  meaning: 'dYdX',
  host: 'https://indexer.dydx.trade',
  tiers: {
    path: '/v4/perpetualMarkets',
  },
});
