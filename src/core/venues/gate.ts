import { isCoin, pairWith } from '../quotes.js';
import type { Bracket } from '../brackets.js';
import type { Ratio } from '../ratio.js';
import { looksCoinMargined } from '../settlement.js';
import type { MarginRule, RuledTerms, Venue } from './venue.js';

const rule: MarginRule = {
  valued: 'price',
  fee: { of: 'taker', usual: '0.00075' },
  confidence: 'B',
  doubt: 'no API response of the venue was found for a position above the first tier, where a deduction counts',
};

/** In hedge mode both legs have the rates of the larger one. */
function largerRates(own: RuledTerms, partner: RuledTerms): RuledTerms {
  if (!own.leg.size.isBelow(partner.leg.size)) return own;
  const share = own.leg.size.over(partner.leg.size);
  return { ...own, brackets: partner.brackets.map((each) => scaledBracket(each, share)) };
}

/** The bracket of a part of a position: the same rate for a share of each value. */
function scaledBracket({ floor, cap, amount, ...kept }: Bracket, share: Ratio): Bracket {
  return { ...kept, floor: floor.times(share), amount: amount.times(share), ...(cap && { cap: cap.times(share) }) };
}

/** Gate since 2025-07-29. */
export const gate: Venue = {
  name: 'gate',
  venue: 'gate',
  meaning:
    'Gate: maintenance margin and the public taker fee by the liquidation price; each rate applies to its part of the value',
  since: '2025-07-29',
  contracts: ['linear', 'inverse'],
  tiers: { apply: 'marginal', by: 'value' },
  countsContracts: true,
  symbolKey: (written) => written.replace(/^([a-z0-9]+)_(usdt?)$/i, '$1$2'),
  isolated: rule,
  cross: rule,
  hedge: largerRates,
  contractUsd: () => '1',
  marketName: (symbol) => (isCoin(symbol) ? `${symbol}_USDT` : undefined),
  tablesFrom: (symbol) =>
    looksCoinMargined(symbol)
      ? undefined
      : `curl -s 'https://api.gateio.ws/api/v4/futures/usdt/risk_limit_tiers?contract=${pairWith('_', symbol)}' | liqcalc brackets import - --venue gate --symbol ${symbol}`,
  sources: [
    {
      text: 'Gate announcement of tiered maintenance margin, 2025-07-29; API documents, positions',
      read: '2026-11-22',
    },
  ],
};
