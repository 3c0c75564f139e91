import type { AccountPosition } from './account.js';
import { countedTerms } from './cross-pool.js';
import { profitAt } from './leg.js';
import { positionFrom, quantityOf, type Position, type Terms } from './position.js';
import { Ratio } from './ratio.js';

/** A position without a part, and the result of closing it. */
export interface Reduced {
  /** The terms of the rest; absent if all of it was closed. */
  readonly left?: Terms;
  /** Amount for the wallet, margin asset: the profit, and of an isolated position its share of the margin. */
  readonly released: Ratio;
  /** The profit of the part, margin asset, without fees. */
  readonly profit: Ratio;
}

/**
 * A position with a part of it closed at a price.
 *
 * @param part - the size to close: base units, or contracts; at most the size of the position.
 */
export function reduced(
  { terms, mode }: Pick<AccountPosition, 'terms' | 'mode'>,
  position: Position,
  { part, price }: { readonly part: Ratio; readonly price: Ratio },
): Reduced {
  const held = quantityOf({ position, terms });
  const share = part.over(held);
  const profit = profitAt(position, price).times(share);
  const wallet = position.collateral.wallet;
  const released = mode === 'isolated' ? profit.plus(wallet.times(share)) : profit;
  const rest = held.minus(part);
  if (rest.sign() === 0) return { released, profit };
  const margin = mode === 'isolated' ? { margin: wallet.times(Ratio.ONE.minus(share)) } : {};
  return { left: { ...withoutSize(terms), qty: rest, ...margin }, released, profit };
}

/** Terms without the fields that give the size or change the margin: the change sets both again. */
function withoutSize(terms: Terms): Terms {
  const { notional, addMargin, ...others } = terms;
  return notional || addMargin ? others : terms;
}

/**
 * Two positions of one symbol and side as one: sizes add up; the entry is the price that keeps the total profit the
 * same.
 */
export function mergedTerms(same: AccountPosition, addition: AccountPosition): Terms {
  const counted = (each: AccountPosition): Position => positionFrom(countedTerms(each), each.table);
  const [a, b] = [counted(same), counted(addition)];
  const { contract } = a;
  const weighted = contract.coordinate(a.entry).times(a.size).plus(contract.coordinate(b.entry).times(b.size));
  const entry = contract.coordinate(weighted.over(a.size.plus(b.size)));
  const qty = quantityOf({ position: a, terms: same.terms }).plus(quantityOf({ position: b, terms: addition.terms }));
  const isIsolated = same.mode === 'isolated';
  const margin = isIsolated ? { margin: a.collateral.wallet.plus(b.collateral.wallet) } : {};
  return { ...withoutSize(same.terms), entry, qty, ...margin };
}
