import type { Contract } from '../contracts/index.js';
import { axisSign, type Side } from '../position.js';
import { Ratio } from '../ratio.js';

/** A trade that was filled: bought where the quantity is positive, sold where it is negative. */
export interface Fill {
  /** Base units (linear) or contracts (inverse), signed. */
  readonly qty: Ratio;
  /** Quote per base. */
  readonly price: Ratio;
}

/** What a fill does to a position. */
export type FillEffect = 'opens' | 'adds' | 'reduces' | 'closes' | 'flips';

/** What is held: nothing, or a side with size and average entry. */
export type Holding =
  | { readonly kind: 'flat' }
  | { readonly kind: 'open'; readonly side: Side; readonly qty: Ratio; readonly entry: Ratio };

/** A position after fills. */
export interface Averaged {
  readonly holding: Holding;
  /** Profit that reductions and flips took, margin asset, fees not counted. */
  readonly realizedPnl: Ratio;
  readonly effects: readonly FillEffect[];
}

/** A book of one position: signed quantity, and the sum of quantity times coordinate of what is open. */
interface Book {
  readonly qty: Ratio;
  readonly cost: Ratio;
  readonly realized: Ratio;
}

/**
 * The position that fills leave, as exchanges keep it.
 *
 * Adding averages the entry: `sum(q p) / sum(q)`, inverse `sum(N) / sum(N / p)`, the same mean on the contract's axis.
 * Reducing keeps the entry and takes profit on what is closed; a fill beyond zero closes all and opens the rest at its
 * price. Margin at a leverage follows the value at entry, so a reduction frees its share of it.
 *
 * @param fills - in the order of their times.
 * @param multiplier - quote value of one contract; 1 for linear.
 * @example 1 at 100, 1 at 200, -1 at 180: long 1 from 150, 30 realized
 */
export function average(fills: readonly Fill[], contract: Contract, multiplier: Ratio = Ratio.ONE): Averaged {
  let book: Book = { qty: Ratio.ZERO, cost: Ratio.ZERO, realized: Ratio.ZERO };
  const effects: FillEffect[] = [];
  for (const fill of fills) {
    effects.push(effectOf(book.qty, fill.qty));
    book = filled(book, fill, contract);
  }
  const realizedPnl = contract.sizeOf(book.realized, multiplier);
  const side = book.qty.sign() > 0 ? 'long' : 'short';
  if (book.qty.sign() === 0) return { holding: { kind: 'flat' }, realizedPnl, effects };
  const entry = contract.coordinate(book.cost.over(book.qty));
  return { holding: { kind: 'open', side, qty: absolute(book.qty), entry }, realizedPnl, effects };
}

const absolute = (value: Ratio): Ratio => (value.sign() < 0 ? value.negated() : value);

function effectOf(held: Ratio, qty: Ratio): FillEffect {
  if (held.sign() === 0) return 'opens';
  if (held.sign() === qty.sign()) return 'adds';
  const left = held.plus(qty).sign();
  return left === 0 ? 'closes' : left === held.sign() ? 'reduces' : 'flips';
}

function filled({ qty, cost, realized }: Book, fill: Fill, contract: Contract): Book {
  const at = contract.coordinate(fill.price);
  const after = qty.plus(fill.qty);
  const effect = effectOf(qty, fill.qty);
  if (effect === 'opens' || effect === 'adds') return { qty: after, cost: cost.plus(fill.qty.times(at)), realized };
  const side = qty.sign() > 0 ? 'long' : 'short';
  const closed = effect === 'reduces' ? fill.qty.negated() : qty;
  const entry = cost.over(qty);
  const gain = absolute(closed).times(axisSign({ side, contract }) === 1 ? at.minus(entry) : entry.minus(at));
  const rest = effect === 'reduces' ? entry.times(after) : after.times(at);
  return { qty: after, cost: rest, realized: realized.plus(gain) };
}
