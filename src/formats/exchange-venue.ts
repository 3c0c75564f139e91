import { UNKNOWN_VENUE } from '../core/brackets.js';
import type { VenueName } from '../core/venue-names.js';
import { JsonArray, JsonObject, type JsonValue } from '../schema/json-value.js';
import { EXCHANGES, type ExchangeName } from './exchange-names.js';
import { innerObject } from './exchange-record.js';
import { ENVELOPES, recordsAt } from './venue-answer.js';

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
  { venue: 'bitmex', has: ['posMaint', 'homeNotional'] },
  { venue: 'hyperliquid', has: ['position.szi'] },
  { venue: 'bybit', has: ['positionIM'] },
  { venue: 'bybit', has: ['positionIdx', 'riskId'], lacks: ['positionIM'] },
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
  const record = recordsAt(answer, ENVELOPES)?.items[0] ?? answer;
  if (!(record instanceof JsonObject)) return undefined;
  if (record.has('contracts') && record.has('info')) return 'ccxt';
  return EXCHANGES.find((each) => each === venueOfRecord(record));
}
