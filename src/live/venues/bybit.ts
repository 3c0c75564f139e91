import { looksCoinMargined } from '../../core/settlement.js';
import { tiersVenue } from '../tiers-venue.js';

/**
 * The bracket tables of Bybit.
 *
 * @see https://bybit-exchange.github.io/docs/v5/market/risk-limit
 */
export const bybit = tiersVenue('bybit', {
  meaning: 'Bybit',
  host: 'https://api.bybit.com',
  tiers: {
    path: '/v5/market/risk-limit',
    of: (symbol) => ({ category: looksCoinMargined(symbol) ? 'inverse' : 'linear', symbol }),
  },
});
