import { assessAccount, isFailed, type Account, type AccountPosition, type PositionAnswer } from './account.js';
import { countedTerms } from './cross-pool.js';
import { accountProblems } from './account-problems.js';
import { symbolKey } from './brackets.js';
import { fail, LiqcalcError, naming } from './errors.js';
import type { Side } from './leg.js';
import type { FillEffect } from './plan/average.js';
import { positionFrom, quantityOf, referencePrice, without } from './position.js';
import { Ratio } from './ratio.js';
import { mergedTerms, reduced } from './resize.js';
import type { Order } from './risk/input.js';
import { isConditional } from './risk/orders.js';
import { walletProblems, type Changed, type Origin } from './what-if.js';

/** An order that rests in the book of an exchange until the market reaches its price. */
export interface RestingOrder extends Order {
  readonly symbol: string;
  /** Quote per base. */
  readonly price: Ratio;
  /** Above 0: base units, or contracts. */
  readonly quantity: Ratio;
}

/** Why an order does not fill with the others. */
export type Unfilled = 'conditional' | 'unpriced' | 'unsized' | 'onlyReduces';

/** An open order that does not fill with the others. */
export interface UnfilledOrder {
  readonly order: Order;
  readonly why: Unfilled;
}

/** What an order does when it fills. */
export interface OrderFill {
  readonly order: RestingOrder;
  readonly effect: FillEffect;
  /** What fills of it: an order that only reduces fills no more than the position has. */
  readonly quantity: Ratio;
  /** Profit of the part that it closes, margin asset, without fees. */
  readonly profit: Ratio;
  /** Whether its position or the pool is liquidated before the market reaches it; `undefined` if that is unknown. */
  readonly isLiquidatedBefore: boolean | undefined;
  /** Its position afterwards, with the mark at its price; `undefined` if it closes it. */
  readonly position: PositionAnswer | undefined;
}

/** An account whose resting orders filled. */
export interface FilledAccount extends Changed {
  /** In the order in which they fill. */
  readonly fills: readonly OrderFill[];
  readonly unfilled: readonly UnfilledOrder[];
}

/** The orders that rest in the book, and the others with the reason. */
export function restingOrders(orders: readonly (Order & { readonly symbol: string })[]): {
  readonly resting: readonly RestingOrder[];
  readonly unfilled: readonly UnfilledOrder[];
} {
  const resting: RestingOrder[] = [];
  const unfilled: UnfilledOrder[] = [];
  for (const order of orders) {
    const { price, quantity } = order;
    if (isConditional(order)) unfilled.push({ order, why: 'conditional' });
    else if (!price) unfilled.push({ order, why: 'unpriced' });
    else if (!quantity || quantity.sign() === 0) unfilled.push({ order, why: 'unsized' });
    else resting.push({ ...order, price, quantity });
  }
  return { resting, unfilled };
}

/** A position with the place that it has in the account, or among the positions that orders open. */
export type Placed = AccountPosition & { readonly origin: Origin };

/** Wallet and positions while orders fill. */
interface State {
  readonly wallet: Ratio;
  readonly positions: readonly Placed[];
}

/** A state after a fill, and what the fill did. */
interface Step extends Pick<OrderFill, 'effect' | 'quantity' | 'profit'> {
  readonly state: State;
}

/**
 * An account whose resting orders filled one after another, each at its price, without fees.
 *
 * The order nearest to the mark of its symbol fills first. The market goes as far as the orders need: the mark of a
 * symbol is then the price of its last fill. If orders on both sides of the mark fill, the mark is again the present one.
 *
 * A fill on the side of a position averages its entry, on the other side it closes it and opens the rest; with a
 * position side it changes that leg. The initial margin of a fill of an isolated position comes from the wallet.
 *
 * @param openings - the position that the first order on a symbol without a position opens, by `symbolKey`, with their
 * places in `Origin`.
 * @throws {LiqcalcError} for an order whose effect is unknown, and for positions that cannot be in one account.
 */
export function fillOrders(
  account: Account,
  orders: readonly RestingOrder[],
  openings: ReadonlyMap<string, Placed>,
): FilledAccount {
  const fills: OrderFill[] = [];
  const unfilled: UnfilledOrder[] = [];
  const first = account.positions.map((each, index): Placed => ({ ...each, origin: { kind: 'kept', index } }));
  let state: State = { wallet: account.wallet, positions: first };
  const isWalletGiven = account.isWalletGiven !== false;
  for (const order of inOrder(orders, account)) {
    const reached = withMark(state, order.symbol, order.price);
    const from = first.find(isOn(order.symbol)) ?? openings.get(symbolKey(order.symbol));
    const step = naming(orderName(order), () => filled(reached, order, from as Placed));
    if (!step) {
      unfilled.push({ order, why: 'onlyReduces' });
      continue;
    }
    state = isWalletGiven ? step.state : { ...step.state, wallet: account.wallet };
    const { effect, quantity, profit } = step;
    const isLiquidatedBefore = isLiquidated({ ...account, ...reached }, order.symbol);
    fills.push({ order, effect, quantity, profit, isLiquidatedBefore, position: positionOf(account, state, order) });
  }
  const { positions, wallet } = returned(state, fills, account);
  const problems = [...walletProblems(account, positions), ...accountProblems({ ...account, positions })];
  if (problems.length > 0) throw new LiqcalcError(problems);
  return {
    account: { ...account, wallet, positions },
    origins: positions.map(({ origin }) => origin),
    fills,
    unfilled,
  };
}

const orderName = ({ symbol, side, price }: RestingOrder): string =>
  `the order ${symbol} ${side} at ${price.toText(30)}`;

const isOn =
  (symbol: string) =>
  ({ terms }: Pick<AccountPosition, 'terms'>): boolean =>
    symbolKey(terms.symbol) === symbolKey(symbol);

/** The present prices by symbol. */
function marksOf({ positions }: Pick<Account, 'positions'>): ReadonlyMap<string, Ratio> {
  return new Map(positions.map(({ terms }) => [symbolKey(terms.symbol), referencePrice(terms)]));
}

/**
 * Orders in the order in which they fill: by the share that the mark must move. An order that the mark has passed, or
 * whose mark is unknown, fills at once. Of orders that are equally near, those that buy fill first, the best price first.
 */
function inOrder(orders: readonly RestingOrder[], account: Account): readonly RestingOrder[] {
  const marks = marksOf(account);
  const wayTo = ({ symbol, side, price }: RestingOrder): Ratio => {
    const mark = marks.get(symbolKey(symbol));
    if (!mark) return Ratio.ZERO;
    const way = side === 'BUY' ? mark.minus(price) : price.minus(mark);
    return way.over(mark).max(Ratio.ZERO);
  };
  const priceOrder = (one: RestingOrder, other: RestingOrder): number => {
    if (one.side !== other.side) return one.side === 'BUY' ? -1 : 1;
    return one.side === 'BUY' ? other.price.compare(one.price) : one.price.compare(other.price);
  };
  return orders.toSorted((one, other) => wayTo(one).compare(wayTo(other)) || priceOrder(one, other));
}

/** The state with the mark of a symbol at a price. */
function withMark({ wallet, positions }: State, symbol: string, mark: Ratio | undefined): State {
  const moved = (each: Placed): Placed => {
    const terms = without(each.terms, 'mark');
    return { ...each, terms: mark ? { ...terms, mark } : terms };
  };
  return { wallet, positions: positions.map((each) => (isOn(symbol)(each) ? moved(each) : each)) };
}

/** The state after all fills: the mark of a symbol whose orders were on both sides of it comes back. */
function returned(state: State, fills: readonly OrderFill[], account: Account): State {
  const marks = marksOf(account);
  let last = state;
  for (const symbol of new Set(fills.map(({ order }) => order.symbol))) {
    const mark = marks.get(symbolKey(symbol));
    const prices = fills.filter(({ order }) => order.symbol === symbol).map(({ order }) => order.price);
    const isBothSided =
      mark !== undefined && prices.some((price) => price.isBelow(mark)) && prices.some((price) => price.isAbove(mark));
    const present = account.positions.find(isOn(symbol))?.terms.mark;
    if (isBothSided) last = withMark(last, symbol, present);
  }
  return last;
}

/** Whether an account is liquidated at its marks: the pool, or an isolated position on a symbol. */
function isLiquidated(account: Account, symbol: string): boolean | undefined {
  const { outcome, lacking, positionAt } = assessAccount(account);
  const isOwnLost = account.positions.some((each, index) => {
    const answer = each.mode === 'isolated' && isOn(symbol)(each) ? positionAt(index) : undefined;
    return answer !== undefined && !isFailed(answer) && answer.outcome.kind === 'already';
  });
  if (isOwnLost || outcome === 'already') return true;
  return lacking.length > 0 ? undefined : false;
}

function positionOf(account: Account, { wallet, positions }: State, order: RestingOrder): PositionAnswer | undefined {
  const leg = legOf(order);
  const index = positions.findIndex((each) => isOn(order.symbol)(each) && (!leg || each.terms.side === leg));
  return index < 0 ? undefined : assessAccount({ ...account, wallet, positions }).positionAt(index);
}

/** The leg that an order belongs to in hedge mode. */
function legOf({ positionSide }: Order): Side | undefined {
  return positionSide === 'LONG' ? 'long' : positionSide === 'SHORT' ? 'short' : undefined;
}

/** A state after a fill; `undefined` for an order that only reduces and has nothing to reduce. */
function filled(state: State, order: RestingOrder, template: Placed): Step | undefined {
  const { symbol, quantity } = order;
  const direction = order.side === 'BUY' ? 'long' : 'short';
  const legs = state.positions.filter(isOn(symbol));
  const leg = legOf(order);
  if (!leg && legs.length > 1)
    fail('REFUSED', '', {
      why: `${symbolKey(symbol)} has two legs, and the order does not name one: give positionSide`,
    });
  const held = leg ? legs.find(({ terms }) => terms.side === leg) : legs[0];
  const isAdding = leg ? leg === direction : held === undefined || held.terms.side === direction;
  if (isAdding) {
    if (order.reduceOnly === true) return undefined;
    const grown = opened(state, { from: held ?? template, held, side: direction, order, quantity });
    return { state: grown, effect: held ? 'adds' : 'opens', quantity, profit: Ratio.ZERO };
  }
  return held && closedPart(state, held, order);
}

/** A state in which a position was reduced, closed, or turned into one of the other side. */
function closedPart({ wallet, positions }: State, held: Placed, order: RestingOrder): Step {
  const { quantity, price } = order;
  const position = positionFrom(countedTerms(held), held.table);
  const size = quantityOf({ position, terms: held.terms });
  const part = quantity.min(size);
  const { left, released, profit } = reduced(held, position, { part, price });
  const rest = quantity.minus(part);
  const state: State = {
    wallet: wallet.plus(released),
    positions: positions.flatMap((each) => (each !== held ? [each] : left ? [{ ...held, terms: left }] : [])),
  };
  if (rest.sign() === 0 || order.reduceOnly === true || legOf(order))
    return { state, effect: left ? 'reduces' : 'closes', quantity: part, profit };
  const side = held.terms.side === 'long' ? 'short' : 'long';
  const turned = opened(state, { from: held, held: undefined, side, order, quantity: rest });
  return { state: turned, effect: 'flips', quantity, profit };
}

interface Opening {
  /** The position on the same symbol that it takes its fields from. */
  readonly from: Placed;
  /** The position that it adds to. */
  readonly held: Placed | undefined;
  readonly side: Side;
  readonly order: RestingOrder;
  readonly quantity: Ratio;
}

/** A state in which an order opened a position or added to one. */
function opened({ wallet, positions }: State, { from, held, side, order, quantity }: Opening): State {
  const isIsolated = from.mode === 'isolated';
  if (isIsolated && !from.terms.lev)
    fail('REFUSED', '', {
      why: 'the position is isolated, and the margin of the order depends on its leverage: give its lev',
    });
  const terms = {
    ...without(from.terms, 'notional', 'margin', 'addMargin'),
    side,
    entry: order.price,
    qty: quantity,
    mark: order.price,
  };
  const addition: Placed = { ...from, terms };
  const margin = isIsolated ? positionFrom(countedTerms(addition), from.table).collateral.wallet : Ratio.ZERO;
  const grown = held
    ? positions.map((each) => (each === held ? { ...held, terms: mergedTerms(held, addition) } : each))
    : [...positions, addition];
  return { wallet: wallet.minus(margin), positions: grown };
}
