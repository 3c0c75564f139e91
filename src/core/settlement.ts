import { symbolKey } from './brackets.js';
import type { ContractName } from './contracts/index.js';
import { quoteOf, STABLE_QUOTES } from './quotes.js';

/**
 * The asset that a symbol settles in, as far as its spelling tells: `BTCUSDT` USDT, `BTC/USDC:USDC` USDC, `BTCUSD_PERP`
 * BTC.
 *
 * @returns nothing for a symbol that is just a label.
 */
export function settlementAsset(symbol: string, contract: ContractName): string | undefined {
  const name = symbol.trim().toUpperCase();
  const settled = /^[^/]*\/[^:]*:([^-]+)/.exec(name);
  if (settled) return settled[1];
  const [pair] = symbolKey(name).split('_', 1) as [string];
  if (contract === 'inverse') return pair.length > 3 && pair.endsWith('USD') ? pair.slice(0, -3) : undefined;
  return quoteOf(pair, STABLE_QUOTES);
}
