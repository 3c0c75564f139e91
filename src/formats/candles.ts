import { fail, LiqcalcError, problem, type Problem } from '../core/errors.js';
import type { Candle } from '../core/plan/atr.js';
import { Ratio, type ParsedDecimal } from '../core/ratio.js';
import { isJson, jsonItems, jsonKind, jsonMembers, jsonScalar } from './json.js';

/** Candles oldest first, and the most decimals that a close was written with. */
export interface ReadCandles {
  readonly candles: readonly Candle[];
  readonly decimals: number;
}

type Cells = Readonly<Record<'time' | 'high' | 'low' | 'close', string>>;

const ADVICE = "the file must be CSV with a header of high, low and close, or the exchange's kline arrays";
/** Places in a kline: open time, open, high, low, close. */
const KLINE = { time: 0, high: 2, low: 3, close: 4 } as const;
const TIME_COLUMNS = ['time', 'opentime', 'open_time', 'timestamp', 'date'];

/**
 * Reads candles: CSV with a header (any case, `,` `;` or tab), the exchange's kline arrays, or objects with `high`,
 * `low` and `close`. Sorted by time where all times are whole numbers, else in their order.
 *
 * @throws {LiqcalcError} for what are no candles, with every bad one (the first ten).
 */
export function readCandles(text: string): ReadCandles {
  const problems: Problem[] = [];
  const rows = /^\s*\[/.test(text) ? jsonRows(text) : csvRows(text);
  let decimals = 0;
  const candles = rows.flatMap((cells, index) => {
    const read = readCandle(cells, index + 1, problems);
    if (read) decimals = Math.max(decimals, read.decimals);
    return read ? [{ ...read, time: cells.time }] : [];
  });
  if (problems.length > 0) throw new LiqcalcError(problems.slice(0, 10));
  if (candles.every(({ time }) => /^\d{1,20}$/.test(time))) {
    candles.sort((a, b) => (BigInt(a.time) < BigInt(b.time) ? -1 : BigInt(a.time) > BigInt(b.time) ? 1 : 0));
  }
  return { candles, decimals };
}

function readCandle(cells: Cells, number: number, problems: Problem[]): (Candle & { decimals: number }) | undefined {
  const [high, low, close] = [Ratio.parse(cells.high), Ratio.parse(cells.low), Ratio.parse(cells.close)];
  const wrong = (value: string, what: string): void => {
    problems.push(problem('NOT_A_VALUE', 'candles', { value, advice: `candle ${number}: ${what}` }));
  };
  const unread = (['high', 'low', 'close'] as const).find((key) => !isPrice({ high, low, close }[key]));
  if (unread) wrong(cells[unread], `${unread} must be a positive decimal`);
  if (high.kind !== 'decimal' || low.kind !== 'decimal' || close.kind !== 'decimal' || unread) return undefined;
  if (high.value.isBelow(low.value)) wrong(cells.high, `the high is below the low ${cells.low}`);
  else if (close.value.isAbove(high.value) || close.value.isBelow(low.value)) {
    wrong(cells.close, `the close is not between low ${cells.low} and high ${cells.high}`);
  }
  return { high: high.value, low: low.value, close: close.value, decimals: close.decimals };
}

function isPrice(parsed: ParsedDecimal): boolean {
  return parsed.kind === 'decimal' && parsed.value.sign() > 0;
}

function jsonRows(text: string): Cells[] {
  if (!isJson(text)) return fail('NOT_A_VALUE', 'candles', { value: text.trim().slice(0, 40), advice: ADVICE });
  return jsonItems(text).map((item) => {
    if (jsonKind(item) === 'array') {
      const cells = jsonItems(item).map((each) => jsonScalar(each) ?? '');
      const at = (key: keyof Cells): string => cells[KLINE[key]] ?? '';
      return { time: at('time'), high: at('high'), low: at('low'), close: at('close') };
    }
    const values = new Map(
      jsonKind(item) === 'object'
        ? jsonMembers(item).map(({ key, json }) => [key, jsonScalar(json) ?? ''] as const)
        : [],
    );
    const at = (key: string): string => values.get(key) ?? '';
    return { time: values.get('openTime') ?? at('time'), high: at('high'), low: at('low'), close: at('close') };
  });
}

function csvRows(text: string): Cells[] {
  const lines = text.split(/\r\n|\n|\r/).filter((line) => line.trim() !== '');
  const [header = '', ...body] = lines;
  const delimiter = [',', ';', '\t'].find((each) => header.includes(each)) ?? ',';
  const cellsOf = (line: string): string[] =>
    line.split(delimiter).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
  const names = cellsOf(header).map((name) => name.toLowerCase());
  const column = (...known: readonly string[]): number => names.findIndex((name) => known.includes(name));
  const places = {
    time: column(...TIME_COLUMNS),
    high: column('high', 'h'),
    low: column('low', 'l'),
    close: column('close', 'c'),
  };
  if (places.high < 0 || places.low < 0 || places.close < 0) {
    return fail('NOT_A_VALUE', 'candles', { value: header.slice(0, 40), advice: ADVICE });
  }
  return body.map((line) => {
    const cells = cellsOf(line);
    const at = (place: number): string => cells[place] ?? '';
    return { time: at(places.time), high: at(places.high), low: at(places.low), close: at(places.close) };
  });
}
