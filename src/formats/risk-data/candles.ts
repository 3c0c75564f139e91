import * as z from 'zod/mini';
import { isLiqcalcError, type Problem } from '../../core/errors.js';
import type { Candle } from '../../core/plan/atr.js';
import { readJson } from '../../schema/issues.js';
import { JsonArray } from '../../schema/json-value.js';
import { decimal } from '../../schema/leaves.js';
import { listOf, needed, objectOf } from '../../schema/object.js';
import { readCandles } from '../candles.js';
import type { Datum } from '../risk-datum.js';

const PRICE = decimal({ range: 'positive' });

/** The exchange's kline: open time, open, high, low, close. */
const KLINE = z.tuple([z.unknown(), z.unknown(), PRICE, PRICE, PRICE], z.unknown());

const LIST = listOf(
  z.union([objectOf({ high: needed(PRICE), low: needed(PRICE), close: needed(PRICE) }), KLINE]),
  'write an array of {"high", "low", "close"} or of klines',
);

/** Candles, oldest first. */
export const candles: Datum<readonly Candle[]> = {
  of: 'position',
  schema: LIST,
  meaning: 'high, low and close, or klines, oldest first',
  read: (value, { name, problems }) => {
    if (!(value instanceof JsonArray)) {
      readJson(LIST, value, name, problems);
      return undefined;
    }
    try {
      return readCandles(value.source).candles;
    } catch (error) {
      if (!isLiqcalcError(error)) throw error;
      problems.push(...error.problems.map((each): Problem => ({ ...each, field: name })));
      return undefined;
    }
  },
};
