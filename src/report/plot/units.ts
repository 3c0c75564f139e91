import { symbolKey } from '../../core/brackets.js';
import type { Contract } from '../../core/contracts/index.js';
import type { Terms } from '../../core/position.js';
import { dollarBase, quoteOf } from '../../core/quotes.js';
import { settlementAsset } from '../../core/settlement.js';

/** The unit of the prices of a position: the quote of its symbol if it is known. */
export function priceUnit({ symbol }: Pick<Terms, 'symbol'>): string {
  return (symbol === undefined ? undefined : quoteOf(symbolKey(symbol))) ?? 'quote per base';
}

/** The asset that a size of base units counts: BTC of `BTCUSDT`. `undefined` if the symbol does not contain it. */
export function baseAsset({ symbol }: Pick<Terms, 'symbol'>): string | undefined {
  return symbol === undefined ? undefined : dollarBase(symbolKey(symbol));
}

/** The asset of the amounts of a position. `undefined` if its symbol does not contain it. */
export function marginAsset(
  { symbol }: Pick<Terms, 'symbol'>,
  { marginAsset: kind }: Pick<Contract, 'marginAsset'>,
): string | undefined {
  return symbol === undefined ? undefined : settlementAsset(symbol, kind === 'base' ? 'inverse' : 'linear');
}

/** The unit of the amounts of a position: its margin asset. */
export function marginUnit(terms: Pick<Terms, 'symbol'>, contract: Pick<Contract, 'marginAsset'>): string {
  return marginAsset(terms, contract) ?? (contract.marginAsset === 'base' ? 'base coin' : 'quote');
}
