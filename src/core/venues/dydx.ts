import { dollarBase, isCoin } from '../quotes.js';
import type { MarginRule, Venue } from './venue.js';

const rule: MarginRule = { valued: 'price', confidence: 'A' };

/** dYdX v4: the maintenance margin fraction of a market applies to all sizes. An isolated market is a subaccount. */
export const dydx: Venue = {
  name: 'dydx',
  venue: 'dydx',
  meaning: 'dYdX v4: maintenance margin by the liquidation price; one rate per market; no fee',
  since: '2023-10',
  contracts: ['linear'],
  // Its documents, "Funding": paid every hour.
  fundingHours: '1',
  tiers: { apply: 'marginal', by: 'value' },
  isolated: rule,
  cross: rule,
  tablesFrom: () => 'curl -s https://indexer.dydx.trade/v4/perpetualMarkets | liqcalc brackets import - --venue dydx',
  // A price of `1000PEPE` is a thousand times that of a market of one coin: no name is suggested for it.
  marketName: (symbol) => {
    const base = dollarBase(symbol) ?? (isCoin(symbol) ? symbol : undefined);
    return base === undefined || /^1(?:0{3,}|M)/.test(base) ? undefined : `${base}-USD`;
  },
  sources: [{ text: 'dYdX documents, "Liquidations"; tests of its client library', read: '2026-11-22' }],
};
