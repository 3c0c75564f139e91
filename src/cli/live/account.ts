import { problem, LiqcalcError } from '../../core/errors.js';
import { keyWarning, type Connection } from '../../live/connection.js';
import { ageWords } from '../../live/duration.js';
import { wholeAccount } from '../../live/whole-account.js';
import type { Invocation } from '../command.js';
import { asking, connectionFor, refuseKeys, textOf, warn } from './connect.js';
import { bracketFile, feedsOf, tell } from './fill.js';
import { withFiles } from './virtual-files.js';

/**
 * A call about the account of `--account`: the same as if its answer was in a file.
 *
 * @param needs - whether the data of the rules are requested, too.
 */
export async function withLiveAccount(invocation: Invocation, needs: 'account' | 'risk data'): Promise<Invocation> {
  const { io, options, operands, unknown } = invocation;
  refuseKeys(unknown);
  const other = operands[0] ?? ['pos', 'from', 'wallet'].find((key) => options[key] !== undefined);
  if (other !== undefined) {
    const why = 'the exchange gives the whole account';
    throw new LiqcalcError([problem('CONFLICT', '--account', { with: other, why })]);
  }
  return asking(async () => {
    const connection = connectionFor(io, options, textOf(options, 'account') ?? '');
    const feeds = await feedsOf(invocation);
    const [{ from, text, at, symbols, notes }, warning] = await Promise.all([
      wholeAccount(connection, needs, feeds),
      keyWarning(connection),
    ]);
    warn(io, options, warning);
    const brackets = await bracketFile(connection, options, symbols);
    const path = `the account of ${connection.name}`;
    tell(io, options, `${path}, ${ageWords(connection.link.now(), at)}`);
    if (brackets.files.size > 0)
      tell(io, options, `brackets of ${symbols.join(', ')} from ${connection.venue.meaning}`);
    for (const note of notes) tell(io, options, note);
    const files = new Map([[path, text], ...brackets.files]);
    const orders = options['fillOrders'] === true && options['orders'] === undefined;
    if (orders) files.set(OPEN_ORDERS, await openOrders(connection));
    return {
      ...invocation,
      io: withFiles(io, files, at),
      operands: [path],
      options: { ...options, ...brackets.options, from, ...(orders && { orders: [OPEN_ORDERS] }) },
    };
  });
}

const OPEN_ORDERS = 'the open orders';

/** All open orders of an account, of every symbol. */
async function openOrders({ venue: { fetches, from }, link, name }: Connection): Promise<string> {
  // Orders are read in the shape of Binance.
  if (fetches.orders && from === 'binance') return fetches.orders.answer(link, { symbols: [] });
  const why = `the open orders of ${name} are not read here; give --orders FILE`;
  throw new LiqcalcError([problem('REFUSED', '--fill-orders', { why })]);
}
