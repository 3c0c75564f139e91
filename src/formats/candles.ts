import { fail } from '../core/errors.js';
import { candle, type TimedCandle } from '../schema/candles.js';
import { JsonObject, type JsonValue } from '../schema/json-value.js';
import { cellsOf, delimiterOf, quoteFault, rowsOf } from './csv.js';
import { readRows, respelt, rowsOfArray, wholeOrder } from './rows.js';

/** Candles, oldest first, and the largest number of decimals of a close as written. */
export interface ReadCandles {
  readonly candles: readonly TimedCandle[];
  readonly decimals: number;
}

const ADVICE = "the file must be CSV with a header of high, low and close, or the exchange's kline arrays";

/** The names that a column of a CSV file may have, in any case. */
const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  time: ['time', 'opentime', 'open_time', 'timestamp', 'date'],
  high: ['high', 'h'],
  low: ['low', 'l'],
  close: ['close', 'c'],
};
const PRICES = ['high', 'low', 'close'] as const;
const PRICE = 'a positive decimal';

/**
 * Reads candles: CSV with a header (any case, `,` `;` or tab), the exchange's kline arrays, or objects with `high`,
 * `low` and `close` (or `h`, `l` and `c`, as Hyperliquid writes them). Sorted by time if all times are whole numbers, else in input order.
 *
 * @throws {LiqcalcError} for anything that is not candles, with every invalid one (the first ten).
 */
export function readCandles(text: string): ReadCandles {
  return candlesOf(/^\s*\[/.test(text) ? rowsOfArray(text, 'candles', ADVICE) : csvRows(text));
}

/**
 * The candles of parsed rows.
 *
 * @throws {LiqcalcError} with every invalid candle (the first ten).
 */
export function candlesOf(rows: readonly JsonValue[]): ReadCandles {
  const candles = readRows(candle(), rows.map(asCandle), {
    field: 'candles',
    keys: { high: PRICE, low: PRICE, close: PRICE },
    fault: (row, key, what) => `candle ${row}: ${key} must be ${what}`,
    ofRow: (row, fault) => `candle ${row}: ${fault}`,
  });
  if (candles.every(({ time }) => /^\d{1,20}$/.test(time))) {
    candles.sort((a, b) => wholeOrder(BigInt(a.time), BigInt(b.time)));
  }
  return { candles, decimals: candles.reduce((most, { close }) => Math.max(most, close.decimals), 0) };
}

/** The names of the keys in Hyperliquid's candleSnapshot. */
const SPELLINGS: Readonly<Record<string, string>> = { t: 'openTime', h: 'high', l: 'low', c: 'close' };

const asCandle = (row: JsonValue): JsonValue => (row instanceof JsonObject ? respelt(row, SPELLINGS) : row);

function refuse(value: string, advice = ADVICE): never {
  return fail('NOT_A_VALUE', 'candles', { value: value.trim().slice(0, 40), advice });
}

function csvRows(text: string): readonly JsonObject[] {
  const lines = text.replace(/\r\n?/g, '\n').trimStart();
  const delimiter = delimiterOf(lines.slice(0, lines.indexOf('\n')));
  const [header = '', ...rows] = rowsOf(lines, delimiter);
  const names = cellsOf(header, delimiter).map((cell) => cell.text.trim().toLowerCase());
  const places = Object.entries(COLUMNS).flatMap(([key, known]) => {
    const place = names.findIndex((name) => known.includes(name));
    return place < 0 ? [] : [[key, place] as const];
  });
  if (PRICES.some((price) => !places.some(([key]) => key === price))) refuse(header);
  return rows.map((row) => csvRow(row, delimiter, places));
}

function csvRow(row: string, delimiter: string, places: readonly (readonly [string, number])[]): JsonObject {
  const cells = cellsOf(row, delimiter);
  const fault = cells.map(({ written }) => quoteFault(written)).find((each) => each !== undefined);
  if (fault !== undefined) refuse(row, fault);
  return new JsonObject(row, () => places.map(([key, place]) => [key, cells[place]?.text.trim() ?? '']));
}
