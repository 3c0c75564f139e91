import { isCoin } from '../quotes.js';
import { looksCoinMargined } from '../settlement.js';
import type { MarginRule, Venue } from './venue.js';

const fee = { of: 'taker', usual: '0.0006' } as const;

/** Classic cross margin keeps the maintenance margin of the present mark. */
const cross: MarginRule = {
  valued: 'mark',
  fee,
  confidence: 'C',
  doubt: 'last seen in API responses of 2025-03; newer texts do not mention it',
};

const isolated: MarginRule = {
  valued: 'price',
  fee,
  confidence: 'B',
  doubt: 'no API response of the venue since 2025-11-10 was found',
};

const common = {
  venue: 'bitget',
  contracts: ['linear', 'inverse'],
  cross,
  marketName: (symbol: string): string | undefined => (isCoin(symbol) ? `${symbol}USDT` : undefined),
  tablesFrom: (symbol: string): string | undefined =>
    looksCoinMargined(symbol)
      ? undefined
      : `curl -s 'https://api.bitget.com/api/v2/mix/market/query-position-lever?productType=usdt-futures&symbol=${symbol}' | liqcalc brackets import - --venue bitget --symbol ${symbol}`,
} as const;

/** Bitget, positions opened since 2025-11-10 08:00 UTC. */
export const bitget: Venue = {
  ...common,
  name: 'bitget',
  meaning:
    'Bitget: maintenance margin and taker fee by the liquidation price, in cross margin by the present mark; each rate applies to its part of the value',
  since: '2025-11-10',
  tiers: { apply: 'marginal', by: 'value' },
  isolated,
  sources: [
    { text: 'Bitget support 12560603841952 and 12560603841843, 2025-11-07 and 2025-11-10', read: '2026-11-22' },
  ],
};

/** Bitget, positions opened until 2025-11-10 08:00 UTC. */
export const bitget2024: Venue = {
  ...common,
  name: 'bitget-2024',
  meaning: 'Bitget, positions opened until 2025-11-10: one rate for the whole position',
  since: '2020',
  tiers: { apply: 'whole', by: 'value' },
  isolated: { valued: 'price', fee, confidence: 'A' },
  sources: [{ text: 'Bitget support 12560603841952, 2025-11-07: the rule until then', read: '2026-11-22' }],
};
