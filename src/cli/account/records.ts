import { problem } from '../../core/errors.js';
import type { RawAccount } from '../../formats/account.js';
import { ownAccount } from '../../formats/account-json.js';
import { exchanges } from '../../formats/exchanges/index.js';
import type { AccountOptions } from './options.js';
import type { AccountText } from './sources.js';
import { accountTexts, nameOfInput } from './texts.js';
import type { Io } from '../io.js';

/** One account of the input with its source text; it has no place if flags gave it. */
export interface AccountRecord {
  readonly account: RawAccount;
  readonly text: string;
  /** Its place in the input; empty for flags. */
  readonly at: string;
}

/** How messages name the input of a call. */
export const inputName = ({ file = '-' }: AccountOptions): string => nameOfInput(file);

/** The accounts of a file or of stdin, in order. */
export async function* rawAccounts(io: Io, options: AccountOptions): AsyncGenerator<AccountRecord> {
  const { file = '-', from, asset, venue } = options;
  for await (const each of accountTexts(io, file, from ? 'account' : 'accounts')) {
    const { text, at } = each;
    const accounts = faultOf(each) ?? (from ? exchanges[from].read(text, { asset, venue }) : [ownAccount(text)]);
    for (const account of accounts) yield { account, text, at };
  }
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
