import type { JsonField } from '../formats/raw-account.js';
import { ACCOUNT_FIGURES, COMPARED_FIGURES } from '../formats/account-figures.js';
import { RESULTS } from '../formats/results.js';
import {
  accountMembers,
  eachPosition,
  failedMembers,
  positionMembers,
  type AccountAnswer,
} from '../report/text/account-rows.js';
import type { FigureShape } from '../schema/figure.js';
import { valueOf } from './answer.js';
import { numberText } from './given.js';
import { decimalsOf, todayOf, type Options } from './options.js';

/** How each figure of an account and of its positions is written, by its key. */
const SHAPES: Readonly<Record<string, FigureShape>> = { ...RESULTS, ...COMPARED_FIGURES, ...ACCOUNT_FIGURES };

/** An account's answer as the library gives it: as the command's JSON, with Decimals. */
export function accountObject(answer: AccountAnswer, options: Options): object {
  const rendering = { decimals: decimalsOf(options), today: todayOf(options) };
  return {
    ...objectOf(accountMembers(answer, rendering)),
    positions: eachPosition(
      answer,
      (each) => objectOf(positionMembers(each, rendering)),
      (each) => objectOf(failedMembers(each)),
    ),
  };
}

/** JSON members as an object: figures with Decimals, everything else as it was. */
export function objectOf(members: readonly JsonField[]): object {
  return Object.fromEntries(members.map(([key, json]) => [key, memberOf(key, parsed(json))]));
}

/** A value of JSON; a number that a JavaScript number cannot hold stays text. */
function parsed(json: string): unknown {
  const value: unknown = JSON.parse(json);
  return typeof value === 'number' && numberText(value) === undefined ? json.trim() : value;
}

function memberOf(key: string, value: unknown): unknown {
  if (LISTS.has(key)) return withDecimals(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return valueOf(SHAPES[key]?.kind, value);
  return Object.fromEntries(
    Object.entries(value).map(([inner, each]) => [inner, valueOf(SHAPES[`${key}.${inner}`]?.kind, each)]),
  );
}

/** Members of an account that are not figures, but lists or objects of them. */
const LISTS: ReadonlySet<string> = new Set(['reconcile', 'ways', 'fills', 'ordersLeftOut']);

const NESTED_NUMBERS: ReadonlySet<string> = new Set([
  'liquidationPrice',
  'reported',
  'difference',
  'tick',
  'ours',
  'close',
  'value',
  'fee',
  'marginRatio',
  'price',
  'quantity',
  'realizedPnl',
  'qty',
  'entry',
  'distancePercent',
  'trigger',
]);

function withDecimals(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withDecimals);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      NESTED_NUMBERS.has(key) ? valueOf('exact', each) : withDecimals(each),
    ]),
  );
}
