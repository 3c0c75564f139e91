import { symbolKey } from '../../core/brackets.js';
import type { Contract } from '../../core/contracts/index.js';
import type { Terms } from '../../core/position.js';
import { quoteOf } from '../../core/quotes.js';

const UNKNOWN = 'quote per base';

/** The unit of the prices of a position: the quote of its symbol if it is known. */
export function priceUnit({ symbol }: Pick<Terms, 'symbol'>): string {
  return (symbol === undefined ? undefined : quoteOf(symbolKey(symbol))) ?? UNKNOWN;
}

/** The unit of the amounts of a position: its margin asset. */
export function marginUnit(terms: Pick<Terms, 'symbol'>, { marginAsset }: Pick<Contract, 'marginAsset'>): string {
  if (marginAsset === 'base') return 'base coin';
  const unit = priceUnit(terms);
  return unit === UNKNOWN ? 'quote' : unit;
}
