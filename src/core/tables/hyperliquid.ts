import { tablesInLines } from './tier-lines.js';

/**
 * Hyperliquid's margin tiers, as the page prints them: maximum leverage by the value of a position in USD. "The
 * maintenance margin is half of the initial margin at max leverage."
 *
 * @see https://hyperliquid.gitbook.io/hyperliquid-docs/trading/margin-tiers (Margin tiers), read 2026-11-22
 */
const TIERS = `
  BTC: 40x to 150M, 20x
  ETH: 25x to 100M, 15x
  SOL: 20x to 70M, 10x
  XRP: 20x to 40M, 10x
  DOGE KPEPE SUI WLD TRUMP LTC ENA POPCAT WIF AAVE KBONK LINK CRV AVAX ADA UNI NEAR TIA APT BCH HYPE FARTCOIN: 10x to 20M, 5x
  OP ARB LDO TON MKR ONDO JUP INJ KSHIB SEI TRX BNB DOT: 10x to 3M, 5x
`;

export const hyperliquid = tablesInLines(
  {
    venue: 'hyperliquid',
    contract: 'linear',
    multiplier: '1',
    asOf: '2026-09-03',
    confidence: 'A',
    source: 'margin tiers of the documents; BTC and ETH confirmed by an answer of 2026-09-03',
  },
  TIERS,
  (maxLeverage) => `1/${2 * Number(maxLeverage)}`,
);
