import { symbolKey } from './brackets.js';
import { contracts, type ContractName } from './contracts/index.js';
import { quoteOf, STABLE_QUOTES } from './quotes.js';

/** A pair quoted in plain USD, with the affixes of venues: `BTCUSD_PERP`, `BTC-USD-SWAP`, `XBTUSDM`, `PI_XBTUSD`. */
const QUOTED_IN_USD =
  /^(?:[PF]I_)?[A-Z0-9]+?[-_]?USD(?:M|(?:[-_.]?(?:PERP|SWAP|P|CM|DMCBL|\d{6}|[FGHJKMNQUVXZ]\d{2}))+)?$/;
/** Stable currencies whose names end in USD and cannot be the end of a coin's letters. */
const STABLE = /(?:FD|BF)USD$/;
const MOST_LETTERS = 64;

/**
 * Whether a symbol looks coin-margined by its spelling: quoted in USD, or settled in its own base.
 *
 * `BTCUSD`, `BTCUSD_PERP`, `BTCUSD_250926`, `ETH/USD:ETH`, `BTC-USD-SWAP` do, in any case; `BTCUSDT`, `BTC/USD:USDC` do
 * not. Letters alone cannot distinguish `BNB` in `USD` from `BN` in `BUSD`: such a symbol does, because asking is safe.
 */
export function looksCoinMargined(symbol: string): boolean {
  const name = symbol.trim().toUpperCase();
  if (name.length > MOST_LETTERS) return false;
  if (!name.includes('/')) return QUOTED_IN_USD.test(name) && !STABLE.test(name);
  const [pair = '', settled] = name.split(':', 2);
  const [base, quote = ''] = pair.split('/', 2);
  return settled === undefined ? quote.split(/[-_.]/, 1)[0] === 'USD' : settled.split('-', 1)[0] === base;
}

/** The usual value of a coin-margined contract that is worth more than a dollar: 100 USD of bitcoin, 10 of other coins. */
export function usualContractUsd(symbol: string): string {
  return /^(?:[PF]I_)?(?:BTC|XBT)/i.test(symbol.trim()) ? '100' : '10';
}

/**
 * The asset that a symbol settles in, from its spelling: `BTCUSDT` USDT, `BTC/USDC:USDC` USDC, `BTCUSD_PERP` BTC.
 *
 * @returns `undefined` for a symbol that is only a label.
 */
export function settlementAsset(symbol: string, contract: ContractName): string | undefined {
  const name = symbol.trim().toUpperCase();
  const settled = /^[^/]*\/[^:]*:([^-]+)/.exec(name);
  if (settled) return settled[1];
  const [pair] = symbolKey(name).split('_', 1) as [string];
  if (contracts[contract].marginAsset === 'base')
    return pair.length > 3 && pair.endsWith('USD') ? pair.slice(0, -3) : undefined;
  return quoteOf(pair, STABLE_QUOTES);
}
