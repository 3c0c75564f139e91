import { symbolKey } from '../core/brackets.js';
import { fieldOfPart, problem, type Problem } from '../core/errors.js';
import type { Order } from '../core/risk/input.js';
import type { RawPosition } from './raw-account.js';
import { objectOf, ownerOf } from './risk-account.js';
import { jsonOf } from './risk-datum.js';
import { joined, orders as ORDERS, ordersIn } from './risk-data/orders.js';

/** An open order of an account. */
export type AccountOrder = Order & { readonly symbol: string };

/**
 * The open orders of an account, of every symbol.
 *
 * @param texts - the contents of files: the exchange's openOrders and openAlgoOrders.
 * @param only - the symbol of orders that do not name theirs, if the account has only one.
 */
export function accountOrders(
  texts: readonly string[],
  only: string | undefined,
  problems: Problem[],
): readonly AccountOrder[] {
  const found = ordersIn(joined(texts.map(jsonOf)), '--orders', problems);
  return found.flatMap((order, index) => {
    const symbol = order.symbol ?? only;
    if (symbol !== undefined) return [{ ...order, symbol: symbolKey(symbol) }];
    problems.push(problem('MISSING', fieldOfPart(`--orders[${index}]`, 'symbol'), { what: 'symbol', give: [] }));
    return [];
  });
}

/** The open orders of the positions of an account; `undefined` if no position says what its orders are. */
export function ordersOfPositions(
  positions: readonly RawPosition[],
  problems: Problem[],
): readonly AccountOrder[] | undefined {
  const lists = positions.flatMap((position) => {
    const value = objectOf(position).value('orders');
    if (value === undefined || value === null) return [];
    const owner = ownerOf(position);
    const read = ORDERS.read(value, { name: fieldOfPart(position.name, 'orders'), owner, problems });
    return [(read?.orders ?? []).map((order): AccountOrder => ({ ...order, symbol: symbolKey(owner.symbol) }))];
  });
  return lists.length > 0 ? lists.flat() : undefined;
}
