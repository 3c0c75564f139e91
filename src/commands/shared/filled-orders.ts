import type { AccountPosition } from '../../core/account.js';
import { symbolKey } from '../../core/brackets.js';
import { LiqcalcError, problem, type Problem } from '../../core/errors.js';
import { fillOrders, restingOrders, type Placed, type RestingOrder } from '../../core/fill-orders.js';
import type { Changed, Origin } from '../../core/what-if.js';
import { accountOrders, ordersOfPositions, type AccountOrder } from '../../formats/account-orders.js';
import { changedFacts, withMark, withSide } from '../../formats/account-changes.js';
import type { AccountInput, PositionFacts, RawPosition } from '../../formats/raw-account.js';
import type { RawRecord } from '../../formats/record.js';
import { fillMembers } from '../../report/text/account-fills.js';
import type { AccountAnswer } from '../../report/text/account-rows.js';
import { answerFor, defaultsOf, readAdditions, type AccountQuestion } from './account-answer.js';

/** Prices an account as if its open orders had filled. */
type Filling = NonNullable<AccountQuestion['fills']>;

const HOW_TO_GIVE = ['--orders FILE', 'the orders of each position, [] without orders'];

/**
 * How accounts are priced as if their open orders had filled.
 *
 * @param texts - open orders of the account, in files; without them those of its positions.
 */
export function fillingOf(texts: readonly string[]): Filling {
  return (raw, answer, question) => {
    const problems: Problem[] = [];
    const own = ordersOfPositions(raw.positions, problems);
    const filed = texts.length > 0 ? accountOrders(texts, onlySymbol(answer.input), problems) : undefined;
    if (own && filed)
      problems.push(problem('CONFLICT', '--orders', { with: 'orders', why: 'the positions have their own orders' }));
    const orders = filed ?? own;
    if (!orders) problems.push(problem('MISSING', '', { what: 'the list of open orders', give: HOW_TO_GIVE }));
    if (!orders || problems.length > 0) throw new LiqcalcError(problems);
    return filledAnswer(orders, answer, question);
  };
}

/** The symbol of an account that has no other. */
function onlySymbol({ account }: AccountInput): string | undefined {
  const [symbol, ...others] = new Set(account.positions.map(({ terms }) => terms.symbol));
  return others.length === 0 ? symbol : undefined;
}

function filledAnswer(
  orders: readonly AccountOrder[],
  { input, isWalletComputed }: AccountAnswer,
  question: AccountQuestion,
): AccountAnswer {
  const { resting, unfilled } = restingOrders(orders);
  const additions = openingsOf(input, resting, question);
  const found = fillOrders(input.account, resting, openedBySymbol(additions.account.positions));
  const whole = { ...found, unfilled: [...unfilled, ...found.unfilled] };
  const facts = factsAfter(found, input, additions);
  const isChanged = found.account.wallet.compare(input.account.wallet) !== 0;
  return {
    ...answerFor({ account: found.account, facts, own: input.own }, question),
    isWalletComputed: isWalletComputed === true || isChanged,
    fills: { ...whole, members: (decimals) => fillMembers(whole, decimals) },
  };
}

/** The positions that orders open on symbols without one. */
function openingsOf(input: AccountInput, orders: readonly RestingOrder[], question: AccountQuestion): AccountInput {
  const known = new Set(input.account.positions.map(({ terms }) => symbolKey(terms.symbol)));
  const opening = orders.filter(({ symbol }) => known.size < known.add(symbolKey(symbol)).size);
  return readAdditions(input, opening.map(rawOpening), defaultsOf(question), '--orders');
}

/** The position of an order as a record. The size counts as that of the order, the mark is its price. */
function rawOpening({ symbol, side, quantity, price }: RestingOrder): RawPosition {
  const [size, at] = [quantity.toText(30), price.toText(30)];
  const record: RawRecord = [
    ['symbol', symbol],
    ['side', side === 'BUY' ? 'long' : 'short'],
    ['qty', size],
    ['entry', at],
    ['mark', at],
  ];
  return {
    name: `the order ${symbol} ${side} at ${at}`,
    record,
    own: () => record.map(([key, value]) => [key, JSON.stringify(value)] as const),
  };
}

const openedBySymbol = (positions: readonly AccountPosition[]): ReadonlyMap<string, Placed> =>
  new Map(
    positions.map((each, index) => [
      symbolKey(each.terms.symbol),
      { ...each, origin: { kind: 'added' as const, index } },
    ]),
  );

/** The facts of the positions after the fills, with their present sides and marks. */
function factsAfter(found: Changed, input: AccountInput, additions: AccountInput): readonly PositionFacts[] {
  const facts = changedFacts(found, input.facts, additions.facts);
  return found.account.positions.map((position, place) => {
    const { kind, index } = found.origins[place] as Origin;
    const from = (kind === 'kept' ? input : additions).account.positions[index];
    const marked = withMark(facts[place] as PositionFacts, from, position);
    return from?.terms.side === position.terms.side ? marked : withSide(marked, position.terms.side);
  });
}
