import type { Problem } from '../../core/errors.js';
import type { Order } from '../../formats/order.js';
import type { AccountInput } from '../../formats/raw-account.js';
import { ACCOUNT_DICTIONARY } from '../../report/text/account-only.js';
import { dictionaryOf, POSITION_NAMES, unknownNames, type Dictionary } from '../../report/dictionary.js';
import { slipsAmong } from '../only.js';

/** The names of an account and its positions. */
const ACCOUNT_NAMES: Dictionary = new Map([
  ...POSITION_NAMES,
  ...dictionaryOf([], ACCOUNT_DICTIONARY.names, ACCOUNT_DICTIONARY.spellings),
]);

/** Whether every name in `--only` is a known field of accounts or positions. Their other keys do not count. */
export function areKnownOfAccounts(only: readonly string[]): boolean {
  return only.every((name) => ACCOUNT_NAMES.has(name));
}

/**
 * Names in `--only` that neither an account nor any of its positions has. In a stream of accounts, only names that look
 * like a typo: any other name may be a key of a later account.
 */
export function accountOnlyProblems(
  only: readonly string[],
  { own, facts }: Pick<AccountInput, 'own' | 'facts'>,
  count: 'one' | 'several',
): Problem[] {
  const unknown = only.filter((name) => !ACCOUNT_NAMES.has(name) && !own.some(([key]) => key === name));
  return lackingProblems(unknown, facts, { count, dictionary: ACCOUNT_NAMES, flag: 'only' });
}

/** The same for `--sort`, which orders positions: figures of the account do not count. */
export function accountSortProblems(
  { fields }: Order,
  { facts }: Pick<AccountInput, 'facts'>,
  count: 'one' | 'several',
): Problem[] {
  const unknown = fields.map(({ name }) => name).filter((name) => !POSITION_NAMES.has(name));
  return lackingProblems(unknown, facts, { count, dictionary: POSITION_NAMES, flag: 'sort' });
}

function lackingProblems(
  unknown: readonly string[],
  facts: AccountInput['facts'],
  { count, dictionary, flag }: { count: 'one' | 'several'; dictionary: Dictionary; flag: string },
): Problem[] {
  if (unknown.length === 0) return [];
  const keys = new Set(facts.flatMap((each) => each.own().map(([key]) => key)));
  const lacking = unknown.filter((name) => !keys.has(name));
  return (count === 'one' ? unknownNames : slipsAmong)(lacking, dictionary, flag);
}
