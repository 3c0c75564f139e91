import { problem } from '../../core/errors.js';
import type { RawAccount } from '../../formats/account.js';
import { ownAccount } from '../../formats/account-json.js';
import { jsonValue } from '../../formats/json.js';
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
  const { file = '-', command, from, asset, venue, positions, wallet } = options;
  if (positions.length > 0) {
    const account = { positions, own: [], problems: [], ...(wallet !== undefined && { wallet }) };
    yield { account, text: '', at: '' };
    return;
  }
  // The readers are loaded when they are used.
  const read = from && (await import('../../formats/exchanges/index.js')).exchanges[from].read;
  for await (const each of accountTexts(io, file, from ? 'account' : 'accounts')) {
    const { text, at } = each;
    const accounts = faultOf(each) ?? (read ? read(text, { asset, venue }) : [await readOwn(text, command)]);
    for (const account of accounts) yield { account, text, at };
  }
}

/** An account of ours; input for another command is refused with that command. */
async function readOwn(text: string, command: string): Promise<RawAccount> {
  const account = ownAccount(text);
  if (account.problems.length === 0 && !text.includes('"positionAmt"')) return account;
  const { otherInput, otherInputWords } = await import('../../formats/other-input.js');
  const other = otherInput(jsonValue(text));
  if (!other || other.args === 'account') return account;
  const why = otherInputWords({ ...other, args: other.args.replace(/^account\b/, command) });
  return { positions: [], own: [], problems: [problem('REFUSED', '', { why })] };
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
    tooLong: problem('REFUSED', '', {
      why: 'the account is longer than 64 MiB; leave out keys that liqcalc does not need',
    }),
  };
  return [{ positions: [], own: [], problems: [problems[fault]] }];
}
