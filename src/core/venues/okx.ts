import { isCoin, pairWith } from '../quotes.js';
import { usualContractUsd } from '../settlement.js';
import type { MarginRule, Venue } from './venue.js';

const rule: MarginRule = {
  valued: 'price',
  fee: { of: 'taker', usual: '0.0005' },
  confidence: 'A',
};

/** OKX, single-currency and isolated margin: the tier of the number of contracts applies to the whole position. */
export const okx: Venue = {
  name: 'okx',
  venue: 'okx',
  meaning:
    'OKX: maintenance margin and taker fee by the liquidation price; the number of contracts decides the one rate',
  since: '2020-12',
  contracts: ['linear', 'inverse'],
  tiers: { apply: 'whole', by: 'contracts' },
  countsContracts: true,
  contractUsd: usualContractUsd,
  contractExamples: { linear: '0.01 BTC for BTC-USDT-SWAP', inverse: '100 USD for BTC-USD-SWAP' },
  symbolKey: (written) => (written.includes('/') ? written : written.replace(/-SWAP$/i, '').replaceAll('-', '')),
  // A perpetual and the dated contracts of one pair.
  tierFamily: (symbol) => symbol.replace(/_?\d{6}$/, ''),
  isolated: rule,
  cross: rule,
  marketName: (symbol) => (isCoin(symbol) ? `${symbol}-USDT` : undefined),
  tablesFrom: (symbol) =>
    `curl -s 'https://www.okx.com/api/v5/public/position-tiers?instType=SWAP&tdMode=isolated&instFamily=${pairWith('-', symbol)}' | liqcalc brackets import - --venue okx`,
  sources: [
    {
      text: 'OKX help, "Isolated margin mode" and "Single-currency margin mode"; API documents, positions',
      read: '2026-11-22',
    },
  ],
};
