import type { AssessedPosition } from '../../core/account.js';
import { symbolKey } from '../../core/brackets.js';
import { averageTrueRange, fewCandles } from '../../core/plan/atr.js';
import { ATR_PERIOD, roomInAtrs, type TimedCandle } from '../../core/plan/room-in-atrs.js';
import { problem, LiqcalcError, type Problem } from '../../core/errors.js';
import type { RoomOf } from '../../formats/account-figures.js';
import { readCandles } from '../../formats/candles.js';
import { fileText } from '../files.js';
import type { Io } from '../io.js';
import { byName } from './named-values.js';

const SEED = 'first-bar';
const FORM = 'SYMBOL=FILE; write BTCUSDT=candles.csv';

/**
 * The room of positions in average true ranges.
 *
 * @param values - those of `--candles`: a symbol and the file of its candles.
 * @throws {LiqcalcError} for files that are not candles, and for too few candles.
 */
export function roomsOf(io: Io, values: readonly string[]): RoomOf {
  const problems: Problem[] = [];
  const paths = byName(
    'candles',
    values.map((value) => namedFile(value)),
    problems,
  );
  if (problems.length > 0) throw new LiqcalcError(problems);
  const bySymbol = new Map([...paths].map(([symbol, path]) => [symbol, candlesOf(io, path)] as const));
  return (position: AssessedPosition) => {
    const candles = bySymbol.get(symbolKey(position.terms.symbol));
    return candles && roomInAtrs(position, candles, SEED);
  };
}

function namedFile(value: string): readonly [symbol: string, path: string] {
  const [, symbol, path] = /^([^=]+)=(.+)$/.exec(value) ?? [];
  if (symbol === undefined || path === undefined)
    throw new LiqcalcError([problem('REFUSED', 'candles', { why: `${JSON.stringify(value)} is not ${FORM}` })]);
  return [symbolKey(symbol), path];
}

function candlesOf(io: Io, path: string): readonly TimedCandle[] {
  const { candles } = readCandles(fileText(io, path));
  if (!averageTrueRange(candles, ATR_PERIOD, SEED)) fewCandles(candles, ATR_PERIOD, SEED);
  return candles;
}
