import { jsonScalar } from '../formats/json.js';
import { fieldOfKey } from '../formats/record.js';
import { RESULT_LIST } from '../formats/results.js';
import {
  accountMembers,
  comparedMembers,
  COMPARED_KEYS,
  eachPosition,
  positionResult,
  type AccountAnswer,
  type AccountRendering,
  type AnsweredPosition,
} from './account-rows.js';
import { bareLine } from './bare.js';
import { jsonValue } from './json.js';

/** Those that positions have, too; with `account` before them, as in CSV, they always mean the account. */
const OWN_FIELDS = ['wallet', 'equity', 'maintenanceMargin', 'marginRatio', 'effectiveLeverage', 'outcome'] as const;

const accountName = (field: string): string => `account${field.charAt(0).toUpperCase()}${field.slice(1)}`;

/** Fields that an account has and its positions do not, or that mean the account where nothing of a position is asked. */
export const ACCOUNT_FIELDS: readonly string[] = [
  ...OWN_FIELDS,
  ...OWN_FIELDS.map(accountName),
  'marketMovePercent.down',
  'marketMovePercent.up',
  'need.marginRatio',
  'need.walletChange',
];

/** Columns of CSV, where JSON nests what they have. */
export const ACCOUNT_SPELLINGS = {
  marketMoveDownPercent: 'marketMovePercent.down',
  marketMoveUpPercent: 'marketMovePercent.up',
  needMarginRatio: 'need.marginRatio',
  needWalletChange: 'need.walletChange',
} as const;

const keyNamed = (name: string): string =>
  (ACCOUNT_SPELLINGS as Readonly<Record<string, string | undefined>>)[name] ?? name;

/** Fields of an account that hold others. */
export const NESTED_FIELDS = ['marketMovePercent', 'need', 'reconcile'] as const;

/**
 * The bare values of some fields: one line for the account where all are its own, else one line for each position, the
 * account's figures repeated.
 */
export function accountOnlyLines(answer: AccountAnswer, names: readonly string[], rendering: AccountRendering): string {
  const only = names.map(keyNamed);
  const account = new Map(accountMembers(answer, rendering).map(([key, json]) => [key, bare(json)]));
  // The reason is a result of positions, too: it is theirs here.
  account.delete('reason');
  for (const nested of ['marketMovePercent', 'need']) {
    const parts = JSON.parse(accountText(answer, rendering, nested) ?? '{}') as Record<string, string | null>;
    for (const [key, value] of Object.entries(parts)) account.set(`${nested}.${key}`, value ?? '');
  }
  for (const field of OWN_FIELDS) account.set(accountName(field), account.get(field) ?? '');
  if (only.every((name) => account.has(name) || ACCOUNT_FIELDS.includes(name))) {
    return bareLine(only.map((name) => account.get(name) ?? ''));
  }
  const readers = only.map((name) => readerOf(name, rendering));
  const lines = eachPosition(answer, (each) => {
    return bareLine(readers.map((read, at) => read(each) ?? account.get(only[at] ?? '') ?? ''));
  });
  return lines.join('');
}

/** How a field of a position is read: a result is worked out alone, and its own fields are looked up. */
function readerOf(name: string, rendering: AccountRendering): (of: AnsweredPosition) => string | undefined {
  const result = RESULT_LIST.find(([key]) => key === name)?.[0];
  if (result) {
    return (of) => {
      const value = positionResult(result, of, rendering);
      if (value === undefined) return undefined;
      return typeof value === 'string' ? value : bare(jsonValue(value));
    };
  }
  return (of) => {
    const members = COMPARED_KEYS.has(name) ? comparedMembers(of, rendering) : of.facts.own();
    const json = memberNamed(members, name);
    return json === undefined ? undefined : bare(json);
  };
}

/** The member of a name; of a field also under another spelling. */
function memberNamed(members: readonly (readonly [string, string])[], name: string): string | undefined {
  const exact = members.find(([key]) => key === name);
  const field = exact ? undefined : fieldOfKey(name);
  return (exact ?? members.find(([key]) => field !== undefined && fieldOfKey(key) === field))?.[1];
}

function accountText(answer: AccountAnswer, rendering: AccountRendering, key: string): string | undefined {
  return accountMembers(answer, rendering).find(([name]) => name === key)?.[1];
}

function bare(json: string): string {
  return json === 'null' ? '' : (jsonScalar(json) ?? json);
}
