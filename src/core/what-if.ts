import type { Account, AccountPosition } from './account.js';
import { countedTerms } from './cross-pool.js';
import { accountProblems } from './account-problems.js';
import { symbolKey } from './brackets.js';
import { fail, LiqcalcError, naming, problem, type Problem } from './errors.js';
import type { Side } from './leg.js';
import { mergedTerms, reduced, type Reduced } from './resize.js';
import { symbolsWords } from './symbol-meant.js';
import { symbolsOf } from './shock.js';
import { positionFrom, quantityOf, referencePrice, type Position, type Terms } from './position.js';
import { Ratio } from './ratio.js';

/** The part of a position to close: all of it without a quantity, both legs of a hedge without a side. */
export interface Closing {
  readonly symbol: string;
  readonly side?: Side;
  readonly quantity?: Ratio;
}

/** Changes to an account, made in this order: closing, adding, changing the wallet. */
export interface Changes {
  readonly close: readonly Closing[];
  readonly add: readonly AccountPosition[];
  /** Margin asset; negative withdraws. */
  readonly walletChange?: Ratio;
}

/** An account after changes, with the index (from 0) that each position had before, or the index of its addition. */
export interface Changed {
  readonly account: Account;
  /** The origin of each position. */
  readonly origins: readonly Origin[];
}

/** Where a position of a changed account comes from. */
export type Origin = { readonly kind: 'kept' | 'added'; readonly index: number };

type Placed = AccountPosition & { readonly origin: Origin };

/**
 * An account after changes.
 *
 * Closing is at the mark: the profit, and for isolated positions the margin too, goes to the wallet. A position added
 * on an existing symbol and side is merged with it at the averaged entry; on the other side it is the other leg of a
 * hedge.
 *
 * @throws {LiqcalcError} for changes that cannot be made or that conflict.
 */
export function changed(account: Account, { close, add, walletChange }: Changes): Changed {
  let { wallet } = account;
  let positions: readonly Placed[] = account.positions.map((each, index) => ({
    ...each,
    origin: { kind: 'kept', index },
  }));
  for (const closing of close) {
    const after = closed(positions, closing, account);
    wallet = wallet.plus(after.released);
    positions = after.positions;
  }
  add.forEach((each, index) => (positions = added(positions, { ...each, origin: { kind: 'added', index } })));
  const problems = [...walletProblems(account, positions), ...accountProblems({ ...account, positions })];
  if (problems.length > 0) throw new LiqcalcError(problems);
  return {
    account: { ...account, wallet: walletChange ? wallet.plus(walletChange) : wallet, positions },
    origins: positions.map(({ origin }) => origin),
  };
}

/** Isolated positions need no wallet, but a cross position added to them does. */
export function walletProblems({ isWalletGiven = true }: Account, positions: readonly AccountPosition[]): Problem[] {
  if (isWalletGiven || positions.every(({ mode }) => mode === 'isolated')) return [];
  return [problem('MISSING', '', { what: 'cross wallet', give: ['wallet'] })];
}

function closed(
  positions: readonly Placed[],
  closing: Closing,
  before: Account,
): { readonly positions: readonly Placed[]; readonly released: Ratio } {
  const { symbol, side, quantity } = closing;
  const isOfSymbol = ({ terms }: { readonly terms: Terms }): boolean => symbolKey(terms.symbol) === symbolKey(symbol);
  const isMeant = (each: { readonly terms: Terms }): boolean =>
    isOfSymbol(each) && (side === undefined || each.terms.side === side);
  const meant = positions.filter(isMeant);
  if (meant.length === 0) {
    const name = `${side ? `${side} ` : ''}position on ${JSON.stringify(symbol)}`;
    const known = before.positions.some(isOfSymbol) ? '' : `; ${symbolsWords([symbol], symbolsOf(before))}`;
    fail('REFUSED', '--close', {
      why: before.positions.some(isMeant)
        ? `the ${name} is already closed by the first --close of it`
        : `there is no ${name} to close${known}`,
    });
  }
  if (quantity && meant.length > 1) {
    fail('REFUSED', '--close', {
      why: `${symbol} has two legs; write long:${symbol} or short:${symbol} before the quantity`,
    });
  }
  let released = Ratio.ZERO;
  const left = positions.flatMap((each) => {
    if (!isMeant(each)) return [each];
    const position = naming(each.name, () => positionFrom(countedTerms(each), each.table));
    const after = withoutPart(each, position, quantity);
    released = released.plus(after.released);
    return after.left ? [{ ...each, terms: after.left }] : [];
  });
  return { positions: left, released };
}

function withoutPart(from: AccountPosition, position: Position, quantity: Ratio | undefined): Reduced {
  const { terms } = from;
  const held = quantityOf({ position, terms });
  const part = quantity ?? held;
  if (part.isAbove(held)) {
    fail('REFUSED', '--close', {
      why: `${part.toText(30)} is more than ${held.toText(30)}, the size of ${symbolKey(terms.symbol)}`,
    });
  }
  return reduced(from, position, { part, price: referencePrice(position) });
}

function added(positions: readonly Placed[], addition: Placed): readonly Placed[] {
  const key = symbolKey(addition.terms.symbol);
  const same = positions.find(({ terms }) => symbolKey(terms.symbol) === key && terms.side === addition.terms.side);
  if (!same) return [...positions, addition];
  if (same.mode !== addition.mode) {
    fail('REFUSED', addition.name, { why: `${same.name} is ${same.mode}, but the added position is ${addition.mode}` });
  }
  const merged = { ...same, terms: naming(addition.name, () => mergedTerms(same, addition)) };
  return positions.map((each) => (each === same ? merged : each));
}
