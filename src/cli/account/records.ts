import { problem } from '../../core/errors.js';
import type { RawAccount } from '../../formats/account.js';
import { ownAccount } from '../../formats/account-json.js';
import { refusedAccount } from '../../formats/exchange-record.js';
import { exchangeOfAnswer } from '../../formats/exchange-venue.js';
import { jsonValue } from '../../formats/json.js';
import { exchanges } from '../../formats/exchanges/index.js';
import type { InputRecord } from '../run-records.js';
import type { AccountOptions } from './options.js';
import type { AccountText } from './sources.js';
import { accountTexts, nameOfInput } from './texts.js';
import type { Io } from '../io.js';

/** One account of the input. */
export interface AccountRecord extends InputRecord {
  readonly account: RawAccount;
}

/** How messages name the input of a call. */
export const inputName = ({ file = '-' }: AccountOptions): string => nameOfInput(file);

/** The accounts of a call, in order: the one that flags give, else those of a file or of stdin. */
export async function* accountRecords(io: Io, options: AccountOptions): AsyncGenerator<AccountRecord> {
  const { file = '-', from, asset, venue, positions, wallet } = options;
  if (positions.length > 0) {
    const account = { positions, own: [], problems: [], ...(wallet !== undefined && { wallet }) };
    yield { account, text: '', at: '' };
    return;
  }
  for await (const each of accountTexts(io, file, from ? 'account' : 'accounts')) {
    const { text, at } = each;
    const accounts = faultOf(each) ?? (from ? exchanges[from].read(text, { asset, venue }) : [readOwn(text)]);
    for (const account of accounts) yield { account, text, at };
  }
}

/** An account of ours; one that is an exchange's answer instead is refused with the flag that reads it. */
function readOwn(text: string): RawAccount {
  const account = ownAccount(text);
  const from = account.problems.length > 0 ? exchangeOfAnswer(jsonValue(text)) : undefined;
  return from ? refusedAccount(`it is the answer of an exchange: liqcalc account --from ${from} reads it`) : account;
}

function faultOf({ fault, text, why }: AccountText): RawAccount[] | undefined {
  if (fault === undefined) return undefined;
  const value = text.slice(0, 60);
  const problems = {
    notJson: problem('NOT_AN_ACCOUNT', '', {
      value,
      want: 'it is not JSON; write {"wallet": ..., "positions": [...]}',
    }),
    notUtf8: problem('REFUSED', '', { why: 'the account is not valid UTF-8; save it as UTF-8' }),
    brokenOff: problem('REFUSED', '', { why: why ?? '' }),
    tooLong: problem('REFUSED', '', { why: 'the account is longer than 64 MiB; leave out what is not needed' }),
  };
  return [{ positions: [], own: [], problems: [problems[fault]] }];
}
