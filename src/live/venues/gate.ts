import { pairWith } from '../../core/quotes.js';
import { tiersVenue } from '../tiers-venue.js';

/**
 * The bracket tables of Gate.
 *
 * @see https://www.gate.com/docs/developers/apiv4/#query-risk-limit-tiers
 */
export const gate = tiersVenue('gate', {
  meaning: 'Gate',
  host: 'https://api.gateio.ws',
  tiers: {
    path: '/api/v4/futures/usdt/risk_limit_tiers',
    of: (symbol) => ({ contract: pairWith('_', symbol) }),
    isNameless: true,
  },
});
