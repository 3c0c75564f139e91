import { dollarBase } from '../quotes.js';
import type { MarginRule, Venue } from './venue.js';

const sources = [
  {
    text: 'https://hyperliquid.gitbook.io/hyperliquid-docs/trading/liquidations and /margin-tiers',
    read: '2026-11-22',
  },
] as const;

const common = {
  venue: 'hyperliquid',
  contracts: ['linear'],
  // Its documents, "Funding": paid every hour.
  fundingHours: '1',
  tiers: { apply: 'marginal', by: 'value' },
  tablesFrom: (): string =>
    `curl -s https://api.hyperliquid.xyz/info -H 'Content-Type: application/json' -d '{"type":"meta"}' | liqcalc brackets import - --venue hyperliquid`,
  symbolKey: (written: string): string => written.trim().replace(/(?:[-/]USDC?(?::USDC)?|-PERP)$/i, ''),
  // A thousand of a coin is `kPEPE` here, `1000PEPE` elsewhere; names of a million differ.
  marketName: (symbol: string): string | undefined => {
    const base = dollarBase(symbol);
    return base === undefined || /^(?:1000000|1M)/.test(base) ? undefined : base.replace(/^1000(?=[A-Z])/, 'k');
  },
  sources,
} as const;

const atPrice: MarginRule = { valued: 'price', confidence: 'A' };

/** Hyperliquid: the maintenance rate is half of the initial rate at the highest leverage of a tier. */
export const hyperliquid: Venue = {
  ...common,
  name: 'hyperliquid',
  meaning:
    'Hyperliquid: maintenance margin by the liquidation price; its rate is half the initial rate of the tier; no fee',
  since: '2024',
  isolated: atPrice,
  cross: atPrice,
};

const heldAtMark: MarginRule = {
  valued: 'mark',
  confidence: 'C',
  doubt: 'derived from one recorded account of March 2023',
};

/** Hyperliquid until 2023: maintenance fixed at the present marks. */
export const hyperliquid2023: Venue = {
  ...common,
  name: 'hyperliquid-2023',
  meaning: 'Hyperliquid in 2023: maintenance margin by the present mark; it does not change with the price',
  since: '2023',
  isolated: heldAtMark,
  cross: heldAtMark,
};
