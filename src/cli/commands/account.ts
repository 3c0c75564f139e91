import { readAccountOptions, ACCOUNT_USAGE } from '../account/options.js';
import { liveCall } from '../account/live-call.js';
import { answerAccounts } from '../account/run.js';
import type { Invocation } from '../command.js';
import type { Usage } from '../flags.js';
import { tablesFor } from '../tables.js';

export const usage: Usage = ACCOUNT_USAGE;

/**
 * `liqcalc account`: every position of an account with the effect of the others, and the market move that liquidates
 * it.
 */
export async function run(invocation: Invocation): Promise<number> {
  const { invocation: call, marks } = await liveCall(invocation, 'account');
  const tables = await tablesFor(call.io, call.options);
  const options = readAccountOptions(call, tables);
  const isFilled = call.options['fillOrders'] === true;
  const fills = isFilled ? (await import('../account/fill-orders.js')).fillsOf(call.io, options.orderFiles) : undefined;
  const { candles } = options;
  const rooms = candles.length > 0 ? (await import('../account/candles.js')).roomsOf(call.io, candles) : undefined;
  return answerAccounts(call.io, { ...options, marks, fills, rooms });
}
