import { isLiqcalcError, type Problem } from '../../core/errors.js';
import type { Candle } from '../../core/plan/atr.js';
import { candle } from '../../schema/candles.js';
import { readJson } from '../../schema/issues.js';
import { JsonArray } from '../../schema/json-value.js';
import { listOf } from '../../schema/object.js';
import { SHARED } from '../../schema/shared-inputs.js';
import { candlesOf, readCandles } from '../candles.js';
import type { Datum } from '../risk-datum.js';
import { lazily } from '../../schema/lazily.js';

const LIST = lazily(() => listOf(candle(), 'write an array of {"high", "low", "close"} or of klines'));

/** Candles, oldest first. */
export const candles: Datum<readonly Candle[]> = {
  of: 'position',
  schema: LIST,
  inputs: { candles: SHARED.candles, atrSeed: SHARED.atrSeed },
  files: { candles: ([text = '']) => readCandles(text).candles },
  meaning: 'high, low and close, or klines, oldest first',
  read: (value, { name, problems }) => {
    if (!(value instanceof JsonArray)) {
      readJson(LIST(), value, name, problems);
      return undefined;
    }
    try {
      return candlesOf(value.items).candles;
    } catch (error) {
      if (!isLiqcalcError(error)) throw error;
      problems.push(...error.problems.map((each): Problem => ({ ...each, field: name })));
      return undefined;
    }
  },
};
