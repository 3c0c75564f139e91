import { tiersVenue } from '../tiers-venue.js';

/**
 * The bracket tables of KuCoin.
 *
 * @see https://www.kucoin.com/docs-new/rest/futures-trading/positions/get-isolated-margin-risk-limit
 */
export const kucoin = tiersVenue('kucoin', {
  meaning: 'KuCoin',
  host: 'https://api-futures.kucoin.com',
  tiers: {
    path: '/api/v1/contracts/risk-limit/{symbol}',
    of: (symbol) => ({ symbol: `${symbol.replace(/^BTC(?=USD)/, 'XBT')}M` }),
  },
});
