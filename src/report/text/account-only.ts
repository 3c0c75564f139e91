import {
  ACCOUNT_FIGURES,
  ASKED,
  columnsOf,
  COMPARED_FIGURES,
  groupsInJson,
  keysInJson,
} from '../../formats/account-figures.js';
import { RESULT_LIST } from '../../formats/results.js';
import {
  accountMembers,
  accountRows,
  comparedMembers,
  eachPosition,
  failedMembers,
  memberNamed,
  positionResult,
  scalarText,
  type AccountAnswer,
  type AccountRendering,
  type AnsweredPosition,
  type FailedRow,
} from './account-rows.js';
import { bareLine, bareText } from '../bare.js';
import { jsonValue } from '../json.js';

const COLUMNS = columnsOf(ACCOUNT_FIGURES, ASKED);
/** Figures that positions have, too. Their CSV column always means the account. */
const OWN_COLUMNS = COLUMNS.filter(([, key]) => !key.includes('.'));

/**
 * Fields that only an account has, or that mean the account if no field of a position is requested.
 */
const ACCOUNT_FIELDS: readonly string[] = [
  ...OWN_COLUMNS.map(([, key]) => key),
  ...OWN_COLUMNS.map(([column]) => column),
  ...COLUMNS.flatMap(([, key]) => (key.includes('.') ? [key] : [])),
];

/** The CSV columns of figures that JSON nests. */
const SPELLINGS: ReadonlyMap<string, string> = new Map(COLUMNS.filter(([, key]) => key.includes('.')));

/**
 * The names that can be requested of an account and its positions besides the fields and results of positions, and
 * their other spellings.
 */
export const ACCOUNT_DICTIONARY = {
  names: [
    ...ACCOUNT_FIELDS,
    ...groupsInJson(ACCOUNT_FIGURES),
    'reconcile',
    'ways',
    'fills',
    'ordersLeftOut',
    ...keysInJson(COMPARED_FIGURES),
    'mode',
  ],
  spellings: Object.fromEntries(SPELLINGS),
};

const COMPARED_KEYS: ReadonlySet<string> = new Set(keysInJson(COMPARED_FIGURES));

const keyNamed = (name: string): string => SPELLINGS.get(name) ?? name;

/**
 * The bare values of some fields: one line if all are fields of the account; else one line for each position, which
 * repeats the account's figures.
 */
export function accountOnlyLines(answer: AccountAnswer, names: readonly string[], rendering: AccountRendering): string {
  const only = names.map(keyNamed);
  const account = new Map(accountMembers(answer, rendering).map(([key, json]) => [key, scalarText(json)]));
  for (const [key, value] of accountRows(answer, rendering)) account.set(key, bareText(value));
  for (const [column, key] of OWN_COLUMNS) account.set(column, account.get(key) ?? '');
  // `reason` is also a result of positions. Here it means the reason of the position.
  account.delete('reason');
  if (only.every((name) => account.has(name) || ACCOUNT_FIELDS.includes(name))) {
    return bareLine(only.map((name) => account.get(name) ?? ''));
  }
  const readers = only.map((name) => readerOf(name, rendering));
  const lines = eachPosition(
    answer,
    (each) => bareLine(readers.map((read, at) => read(each) ?? account.get(only[at] ?? '') ?? '')),
    (each) => bareLine(only.map((name) => failedText(each, name) ?? account.get(name) ?? '')),
  );
  return lines.join('');
}

/** A field of a failed position. It has no results, and figures of the account do not replace them. */
function failedText(of: FailedRow, name: string): string | undefined {
  const json = memberNamed(failedMembers(of), name);
  if (json !== undefined) return scalarText(json);
  return RESULT_LIST.some(([key]) => key === name) ? '' : undefined;
}

/** How to read a field of a position: a result is computed alone, and its own fields are looked up. */
function readerOf(name: string, rendering: AccountRendering): (of: AnsweredPosition) => string | undefined {
  const result = RESULT_LIST.find(([key]) => key === name)?.[0];
  if (result) {
    return (of) => {
      const value = positionResult(result, of, rendering);
      if (value === undefined) return undefined;
      return typeof value === 'string' ? value : scalarText(jsonValue(value));
    };
  }
  return (of) => {
    const members = COMPARED_KEYS.has(name) ? comparedMembers(of, rendering) : of.facts.own();
    const json = memberNamed(members, name);
    return json === undefined ? undefined : scalarText(json);
  };
}
