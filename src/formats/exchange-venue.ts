import { UNKNOWN_VENUE } from '../core/brackets.js';
import type { VenueName } from '../core/venue-names.js';
import { JsonArray, JsonObject, type JsonValue } from '../schema/json-value.js';
import { EXCHANGES, type ExchangeName } from './exchange-names.js';

/** Keys that identify a venue's own record of a position; `a.b` is `b` within `a`. */
interface Signature {
  readonly venue: VenueName;
  readonly has: readonly string[];
  /** Keys of other venues with similar records; the record must not have them. */
  readonly lacks?: readonly string[];
}

/**
 * The records of each venue, identified by keys that no other venue has. The keys are from public records of each
 * venue, for some from names alone.
 */
const SIGNATURES: readonly Signature[] = [
  { venue: 'binance', has: ['positionAmt'], lacks: ['positionId', 'availableAmt'] },
  { venue: 'okx', has: ['instId', 'mgnMode'] },
  { venue: 'gate', has: ['entry_price', 'liq_price'] },
  { venue: 'kucoin', has: ['posMaint'], lacks: ['homeNotional'] },
  { venue: 'kucoin', has: ['currentQty', 'settleCurrency'], lacks: ['posMaint'] },
  { venue: 'bitmex', has: ['posMaint', 'homeNotional'] },
  { venue: 'hyperliquid', has: ['position.szi'] },
  { venue: 'bybit', has: ['positionIM'] },
  { venue: 'bybit', has: ['positionIdx', 'riskId'], lacks: ['positionIM'] },
  { venue: 'bybit', has: ['positionIdx', 'liqPrice'], lacks: ['positionIM', 'riskId'] },
  { venue: 'bitget', has: ['keepMarginRate'] },
  { venue: 'coinex', has: ['bkr_price', 'market_type'] },
  { venue: 'deribit', has: ['instrument_name', 'average_price'] },
  { venue: 'delta', has: ['product_symbol', 'bankruptcy_price'] },
  { venue: 'htx', has: ['contract_code', 'cost_hold'] },
  { venue: 'blofin', has: ['instId', 'positionId', 'averagePrice'], lacks: ['mgnMode'] },
  { venue: 'dydx', has: ['sumOpen', 'netFunding'] },
  { venue: 'mexc', has: ['holdVol', 'holdAvgPrice'] },
];

/** The venue of a record, by its keys; `UNKNOWN_VENUE` if no venue or several fit. */
export function venueOfRecord(info: JsonObject): VenueName | typeof UNKNOWN_VENUE {
  const fitting = SIGNATURES.filter(
    ({ has, lacks = [] }) => has.every((key) => hasKey(info, key)) && !lacks.some((key) => hasKey(info, key)),
  );
  const [found, ...others] = fitting;
  return found && others.length === 0 ? found.venue : UNKNOWN_VENUE;
}

function hasKey(info: JsonObject, path: string): boolean {
  const [key = '', inner] = path.split('.');
  return inner === undefined ? info.has(key) : innerObject(info, key).has(inner);
}

/** Keys of answers whose positions are not in an array. */
const ANSWER_KEYS: readonly (readonly [name: ExchangeName, key: string])[] = [
  ['hyperliquid', 'assetPositions'],
  ['hyperliquid', 'clearinghouseState'],
  ['dydx', 'subaccount'],
  ['dydx', 'openPerpetualPositions'],
];

/** The `--from` that reads a value: an exchange's answer, or one position of it; `undefined` if no reader fits. */
export function exchangeOfAnswer(answer: JsonValue): ExchangeName | undefined {
  if (!(answer instanceof JsonObject || answer instanceof JsonArray)) return undefined;
  const named = answer instanceof JsonObject ? ANSWER_KEYS.find(([, key]) => answer.has(key)) : undefined;
  if (named) return named[0];
  const ofAccount = recordsAt(answer, [['positions']])?.items[0];
  if (ofAccount instanceof JsonObject) return venueOfRecord(ofAccount) === 'binance' ? 'binance' : undefined;
  const record = recordsAt(answer, ENVELOPES)?.items[0] ?? oneIn(answer);
  if (!(record instanceof JsonObject)) return undefined;
  if (record.has('contracts') && record.has('info')) return 'ccxt';
  return EXCHANGES.find((each) => each === venueOfRecord(record));
}

/** The records of an answer, and the object that has them. */
export interface VenueRecords {
  readonly items: readonly JsonValue[];
  /** How messages name them: `data`. */
  readonly at: string;
  readonly owner?: JsonObject;
}

/** The envelopes in which venues return positions; the empty one is a bare array. */
export const ENVELOPES: readonly (readonly string[])[] = [[], ['data'], ['data', 'list'], ['result', 'list'], ['list']];

/** The records at the first of some paths that leads to an array, or to one record. */
export function recordsAt(answer: JsonValue, paths: readonly (readonly string[])[]): VenueRecords | undefined {
  for (const path of paths) {
    const owners: JsonObject[] = [];
    let value: JsonValue | undefined = answer;
    for (const key of path) {
      if (!(value instanceof JsonObject)) break;
      owners.push(value);
      value = value.value(key);
    }
    const [owner, at] = [owners.at(-1), path.join('.')];
    if (value instanceof JsonArray && owners.length === path.length)
      return { items: value.items, at, ...(owner && { owner }) };
  }
  return undefined;
}

/** The object under a key of another object; empty if the key is missing or has another value. */
export function innerObject(object: JsonObject, key: string): JsonObject {
  const found = object.value(key);
  return found instanceof JsonObject ? found : EMPTY;
}

/** The object that an answer is, or has as its data. */
function oneIn(answer: JsonObject | JsonArray): JsonValue {
  const data = answer instanceof JsonObject ? answer.value('data') : undefined;
  return data instanceof JsonObject ? data : answer;
}

const EMPTY = new JsonObject('{}', () => []);
