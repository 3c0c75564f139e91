import { symbolKey } from '../core/brackets.js';
import type { ReportedFill } from '../core/plan/fill-check.js';
import type { Side } from '../core/leg.js';
import type { Ratio } from '../core/ratio.js';
import { userTrade, type UserTrade } from '../schema/fills.js';
import { JsonObject, type JsonEntry, type JsonValue } from '../schema/json-value.js';
import type { ReadFills } from './fill-texts.js';
import { readRows, requireOneOf, rowsOfArray, wholeOrder } from './rows.js';

/** A trade of a file. */
export interface Trade extends ReportedFill {
  /** Its id, or its place in the file. */
  readonly name: string;
  readonly symbol: string;
  readonly positionSide: string;
  readonly time: bigint;
  readonly id: bigint;
  readonly decimals: number;
  /** The signed size before it, where the exchange reports it. */
  readonly startPosition: Ratio | undefined;
}

/** Selects one of several positions in a file. */
export interface FillFilter {
  readonly symbol?: string | undefined;
  readonly positionSide?: string | undefined;
}

const ADVICE =
  "the file must be the exchange's userTrades, ccxt's trades or Hyperliquid's fills: a JSON array of objects with side, qty and price";

/**
 * Reads the exchange's userTrades response, ccxt's unified trades or Hyperliquid's userFills, ordered by time and then
 * id.
 *
 * @throws {LiqcalcError} for anything that is not such a response, and if it contains several positions and the
 * filter does not choose one.
 * @see https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api/Account-Trade-List (Account Trade List)
 */
export function readUserTrades(text: string, filter: FillFilter): ReadFills & { readonly fills: readonly Trade[] } {
  const trades = readRows(userTrade, rowsOfArray(text, 'fills', ADVICE).map(asUserTrade), {
    field: 'fills',
    keys: TRADE_WORDS,
    fault: (row, key, what) => `trade ${row} needs ${key}: ${what}`,
    ofRow: (row, fault) => `trade ${row}: ${fault}`,
  }).map(tradeOf);
  const wanted = (value: string, filtered: string | undefined): boolean =>
    filtered === undefined || value.toUpperCase() === filtered.toUpperCase();
  const chosen = trades.filter(
    ({ symbol, positionSide }) =>
      wanted(symbolKey(symbol), filter.symbol && symbolKey(filter.symbol)) && wanted(positionSide, filter.positionSide),
  );
  const positions = chosen.map(({ symbol, positionSide }) => `${symbol} ${positionSide.toLowerCase()}`.trim());
  requireOneOf(new Set(positions), {
    field: 'fills',
    rows: 'trades',
    choose: 'choose one with --symbol and, in hedge mode, --position-side',
    wanted: [filter.symbol, filter.positionSide].filter((each) => each !== undefined),
  });
  chosen.sort((a, b) => wholeOrder(a.time, b.time) || wholeOrder(a.id, b.id));
  return { fills: chosen, priceDecimals: chosen.reduce((most, { decimals }) => Math.max(most, decimals), 0) };
}

/** The names of a trade's keys in other answers, by a key that only such an answer has. */
const SPELLINGS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // ccxt's fetchMyTrades
  amount: { amount: 'qty', timestamp: 'time' },
  // Hyperliquid's userFills; its profit follows the venue's own rounding of the entry, so it is not compared
  px: { px: 'price', sz: 'qty', coin: 'symbol', tid: 'id' },
};

/** The sides of Hyperliquid: it was bid or asked. */
const SIDES = new Map<JsonValue, string>([
  ['B', 'BUY'],
  ['A', 'SELL'],
]);

/** A trade of another answer with the keys of userTrades. */
function asUserTrade(row: JsonValue): JsonValue {
  if (!(row instanceof JsonObject) || row.has('qty')) return row;
  const names = Object.entries(SPELLINGS).find(([key]) => row.has(key))?.[1];
  if (!names) return row;
  return new JsonObject(row.source, () => [
    ...row.members.map(
      ([key, value]) => [names[key] ?? key, key === 'side' ? (SIDES.get(value) ?? value) : value] as const,
    ),
    ...(row.has('positionSide') ? [] : ownMembers(row)),
  ]);
}

/** What the exchange's own record in a unified trade says besides: the leg of a hedge, and the profit. */
function ownMembers(row: JsonObject): readonly JsonEntry[] {
  const info = row.value('info');
  if (!(info instanceof JsonObject)) return [];
  return info.members.filter(([key]) => key === 'positionSide' || key === 'realizedPnl');
}

const LEGS: Readonly<Record<string, Side | undefined>> = { LONG: 'long', SHORT: 'short' };

const TRADE_WORDS = {
  side: 'BUY or SELL',
  qty: 'a positive decimal',
  price: 'a positive decimal',
  realizedPnl: 'a decimal',
  time: 'milliseconds',
};

function tradeOf(read: UserTrade, index: number): Trade {
  const { side, qty, price, realizedPnl, startPosition, time = 0n, symbol = '', positionSide = '', id = '0' } = read;
  return {
    qty: side === 'BUY' ? qty : qty.negated(),
    price,
    decimals: price.decimals,
    symbol,
    positionSide,
    leg: LEGS[positionSide.toUpperCase()],
    realizedPnl,
    startPosition,
    name: id === '0' ? `number ${index + 1}` : id,
    time,
    id: /^\d{1,30}$/.test(id) ? BigInt(id) : 0n,
  };
}
