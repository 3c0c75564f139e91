import { axisSign, initialMargin, valueAt } from '../leg.js';
import { isCoin } from '../quotes.js';
import { Ratio } from '../ratio.js';
import { looksCoinMargined } from '../settlement.js';
import type { MarginRule, RuledTerms, Venue, VenueLeg } from './venue.js';

const fee = { of: 'taker', usual: '0.00055' } as const;

/**
 * The fee to close at the bankruptcy price of the leverage, independent of added margin: `t n E (1 - s / lev)`, with the
 * value at entry `n E`.
 */
function closingFee({ leg, lev, feeRate }: VenueLeg): Ratio | undefined {
  if (!lev) return undefined;
  const initial = initialMargin(leg, lev);
  const value = valueAt(leg, leg.entry);
  return (axisSign(leg) === 1 ? value.minus(initial) : value.plus(initial)).times(feeRate);
}

/** Added margin pays the fee at the bankruptcy price that it moves: `extra / (1 - s t)`. */
function addedMargin(added: Ratio, { leg, feeRate }: VenueLeg): Ratio {
  return added.over(axisSign(leg) === 1 ? Ratio.ONE.minus(feeRate) : Ratio.ONE.plus(feeRate));
}

/** Of two legs the locked size needs no maintenance; both closing fees stay. */
function locked(own: RuledTerms, partner: RuledTerms): RuledTerms {
  const { leg } = own;
  return { ...own, leg: { ...leg, charged: leg.size.minus(partner.leg.size).max(Ratio.ZERO) } };
}

const isolated = (valued: MarginRule['valued']): MarginRule => ({
  valued,
  fee,
  feeIn: 'own terms',
  addedMargin,
  initialFee: closingFee,
  confidence: valued === 'price' ? 'B' : 'A',
  ...(valued === 'price' && {
    doubt: 'no API response of the venue since 2025-09-02 was found; added margin is derived',
  }),
});

const cross = (valued: MarginRule['valued']): MarginRule => ({
  valued,
  fee,
  feeIn: 'own terms',
  fixed: closingFee,
  confidence: valued === 'price' ? 'B' : 'A',
});

const common = {
  venue: 'bybit',
  contracts: ['linear', 'inverse'],
  tiers: { apply: 'marginal', by: 'value' },
  hedge: locked,
  contractUsd: (): string => '1',
  marketName: (symbol: string): string | undefined => (isCoin(symbol) ? `${symbol}USDT` : undefined),
  tablesFrom: (symbol: string): string =>
    `curl -s 'https://api.bybit.com/v5/market/risk-limit?category=${looksCoinMargined(symbol) ? 'inverse' : 'linear'}&symbol=${symbol}' | liqcalc brackets import - --venue bybit`,
} as const;

/** Bybit since 2025-09-02. */
export const bybit: Venue = {
  ...common,
  name: 'bybit',
  meaning: 'Bybit: maintenance margin by the liquidation price; in cross margin also the fee to close',
  since: '2025-09-02',
  isolated: isolated('price'),
  cross: cross('price'),
  sources: [
    { text: 'Bybit help, "Liquidation Price Calculation under Isolated Mode (UTA)", 2026-05-27', read: '2026-11-22' },
    { text: 'Bybit help, "The New Margin Calculation", 2025-09-18', read: '2026-11-22' },
  ],
};

/** Bybit until 2025-09-02. */
export const bybit2024: Venue = {
  ...common,
  name: 'bybit-2024',
  meaning: 'Bybit until 2025-09-02: maintenance margin by the entry price',
  since: '2020',
  isolated: isolated('entry'),
  cross: cross('entry'),
  sources: [{ text: 'Bybit help, "Liquidation Price (USDT Contract)"; API documents until 2025', read: '2026-11-22' }],
};
