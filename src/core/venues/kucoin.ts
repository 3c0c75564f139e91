import { initialMargin, valueAt } from '../leg.js';
import { isCoin } from '../quotes.js';
import type { Ratio } from '../ratio.js';
import { looksCoinMargined } from '../settlement.js';
import type { Venue, VenueLeg } from './venue.js';

const common = {
  venue: 'kucoin',
  contracts: ['linear', 'inverse'],
  tiers: { apply: 'whole', by: 'value' },
  countsContracts: true,
  symbolKey: (written: string): string =>
    written.replace(/^([a-z0-9]+USD[TC]?)M$/i, '$1').replace(/^XBT(?=USD)/i, 'BTC'),
  contractUsd: (): string => '1',
  marketName: (symbol: string): string | undefined =>
    isCoin(symbol) ? `${symbol.replace(/^BTC$/, 'XBT')}USDTM` : undefined,
  tablesFrom: (symbol: string): string | undefined =>
    looksCoinMargined(symbol)
      ? undefined
      : `curl -s https://api-futures.kucoin.com/api/v1/contracts/risk-limit/${symbol.replace(/^BTC(?=USD)/, 'XBT')}M | liqcalc brackets import - --venue kucoin`,
} as const;

const USUAL = '0.0006';

/** KuCoin since 2025-05-22. */
export const kucoin: Venue = {
  ...common,
  name: 'kucoin',
  meaning: 'KuCoin: maintenance margin and liquidation fee by the liquidation price; the value decides the one rate',
  since: '2025-05-22',
  isolated: {
    valued: 'price',
    fee: { of: 'liqFee', usual: USUAL },
    confidence: 'B',
    doubt: 'no API response of the venue since 2025-05-22 was found',
  },
  cross: {
    valued: 'price',
    fee: { of: 'taker', usual: USUAL },
    alone:
      'KuCoin splits the margin of several cross positions by their value, and calls its own price a reference; only one cross position alone has a price',
    confidence: 'A',
  },
  sources: [
    { text: 'KuCoin announcement of 2025-05-20 (in force 2025-05-22); help 4408061803033', read: '2026-11-22' },
  ],
};

/** The fee to open and to close at the bankruptcy price, frozen at the entry: `t n E (1 + 1 / lev)`. */
function frozenFee({ leg, lev, feeRate }: VenueLeg): Ratio | undefined {
  return lev && valueAt(leg, leg.entry).plus(initialMargin(leg, lev)).times(feeRate);
}

/** KuCoin until 2025-05-22. */
export const kucoin2024: Venue = {
  ...common,
  name: 'kucoin-2024',
  meaning:
    'KuCoin until 2025-05-22: maintenance margin by the entry price, with a frozen fee; one funding payment is not counted',
  since: '2019',
  isolated: {
    valued: 'entry',
    fee: { of: 'taker', usual: USUAL },
    feeIn: 'own terms',
    fixed: frozenFee,
    confidence: 'A',
    doubt: 'the venue added one funding payment, which no input gives',
  },
  cross: { refused: 'how KuCoin priced cross positions until 2025-05-22 is unknown; use kucoin' },
  sources: [
    { text: 'KuCoin help 4408061803033 until 2025-05; answers of its API from 2021 to 2022', read: '2026-11-22' },
  ],
};
