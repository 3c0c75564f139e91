import { problem } from '../../core/errors.js';
import { UTF16_WORDS } from '../../stream/utf16.js';
import type { RawAccount } from '../../formats/raw-account.js';
import { ownAccount, unreadableAccount } from '../../formats/account-json.js';
import { jsonValue } from '../../formats/json.js';
import type { InputRecord } from '../run-records.js';
import type { AccountOptions } from './options.js';
import type { AccountText } from './sources.js';
import { accountTexts } from './texts.js';
import { nameOfInput, type Io } from '../io.js';
import type { Marks } from '../live/marks.js';

/** One account of the input. */
export interface AccountRecord extends InputRecord {
  readonly account: RawAccount;
}

/** How messages name the input of a call. */
export const inputName = ({ file = '-' }: AccountOptions): string => nameOfInput(file);

/** The accounts of a call, in order: the one that flags give, else those of a file or of stdin. */
export async function* accountRecords(io: Io, options: AccountOptions): AsyncGenerator<AccountRecord> {
  const { file = '-', command, from, asset, venue, positions, wallet, marks } = options;
  if (positions.length > 0) {
    const account = { positions, own: [], problems: [], ...(wallet !== undefined && { wallet }) };
    yield { account, text: '', at: '' };
    return;
  }
  // The readers are loaded when they are used.
  const read = from && (await import('../../formats/exchanges/index.js')).exchanges[from].read;
  for await (const each of accountTexts(io, file, from ? 'account' : 'accounts')) {
    const { text, at } = each;
    const fault = await faultOf(each, file);
    const accounts = fault ?? (read ? givenByFlag(read(text, { asset, venue })) : [await readOwn(text, command, file)]);
    for (const account of accounts) yield { account: marks ? marked(account, marks) : account, text, at };
  }
}

/** The account with the marks of the exchange where marks are missing. */
function marked(account: RawAccount, { lacking }: Marks): RawAccount {
  return {
    ...account,
    positions: account.positions.map((each) => ({ ...each, record: [...each.record, ...lacking(each.record)] })),
  };
}

/** An account of ours; input for another command is refused with that command. */
async function readOwn(text: string, command: string, file: string): Promise<RawAccount> {
  const account = ownAccount(text);
  if (account.problems.length === 0 && !text.includes('"positionAmt"')) return account;
  const { otherInput, otherInputWords } = await import('../../formats/other-input.js');
  const other = otherInput(jsonValue(text));
  if (!other || other.args === 'account') return account;
  if (command === 'check' && other.args === 'batch') return refused(POSITION_TO_CHECK);
  return refused(otherInputWords({ ...other, args: other.args.replace(/^account\b/, command) }, file));
}

const POSITION_TO_CHECK =
  'it is a position, not an account; run: liqcalc check long --entry ..., or put it into {"wallet": ..., "positions": [...]}';

const refused = (why: string): RawAccount => ({ positions: [], own: [], problems: [problem('REFUSED', '', { why })] });

/** Accounts in the format of an exchange, where the key `wallet` cannot be added. */
function givenByFlag(accounts: readonly RawAccount[]): readonly RawAccount[] {
  return accounts.map((each) => ({ ...each, walletGivenBy: '--wallet' }));
}

/** Why a text is not an account. The rows of a CSV file are refused with the command that reads them. */
async function faultOf({ fault, text, why }: AccountText, file: string): Promise<RawAccount[] | undefined> {
  if (fault === undefined) return undefined;
  const value = text.slice(0, 60);
  if (fault === 'notJson') return [await notJson(value, file)];
  const reasons = {
    notUtf8: 'the account is not valid UTF-8; save it as UTF-8',
    utf16: `it is ${UTF16_WORDS}`,
    brokenOff: why ?? '',
    tooLong: 'the account is longer than 64 MiB; leave out keys that liqcalc does not need',
  };
  return [refused(reasons[fault])];
}

async function notJson(text: string, file: string): Promise<RawAccount> {
  const { commandWords, looksLikeCsv } = await import('../../formats/other-input.js');
  const wanted = '{"wallet": ..., "positions": [...]}';
  if (!looksLikeCsv(text)) return unreadableAccount(text, `it is not JSON; write ${wanted}`);
  return refused(
    `it is not JSON, but an account is: ${wanted}; if it is CSV with positions, ${commandWords('batch', file)}`,
  );
}
