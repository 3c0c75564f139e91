import type { RawAccount } from '../../formats/account.js';
import { rawAccounts, type AccountRecord } from '../account/records.js';
import { readAccountOptions, ACCOUNT_USAGE } from '../account/options.js';
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
  const options = readAccountOptions(invocation, await tablesFor(invocation.io, invocation.options));
  const { wallet, positions } = options;
  if (positions.length === 0) return answerAccounts(invocation.io, options, rawAccounts(invocation.io, options));
  const account: RawAccount = { positions, own: [], problems: [], ...(wallet !== undefined && { wallet }) };
  return answerAccounts(invocation.io, options, flagged({ account, text: '', at: '' }));
}

async function* flagged(record: AccountRecord): AsyncGenerator<AccountRecord> {
  yield await Promise.resolve(record);
}
