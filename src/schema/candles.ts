import * as z from 'zod/mini';
import { problem, type Problem } from '../core/errors.js';
import type { Candle } from '../core/plan/atr.js';
import { anyText, decimal } from './leaves.js';
import { needed, objectOf, optional, tupleOf } from './object.js';
import { lazily } from './lazily.js';

/** A candle with its time as written. */
export interface TimedCandle extends Candle {
  readonly time: string;
}

/** A candle: an object of its prices, or the exchange's kline (open time, open, high, low, close). */
export const candle: () => z.ZodMiniType<TimedCandle> = lazily(() => {
  const price = needed(decimal({ range: 'positive' }));
  const prices = { high: price, low: price, close: price };
  const time = optional(anyText());
  const kline = tupleOf({ time, ...prices }, { time: 0, high: 2, low: 3, close: 4 });
  const candleObject = z.pipe(
    objectOf({ openTime: time, time, ...prices }),
    z.transform(({ openTime, ...candle }) => ({ ...candle, time: openTime ?? candle.time })),
  );
  return z.pipe(
    z.union([candleObject, kline], 'write {"high", "low", "close"} or a kline'),
    z.transform(checkedCandle),
  );
});

function checkedCandle(
  { time: at = '', high, low, close }: Candle & { readonly time: string | undefined },
  context: { readonly issues: unknown[] },
): TimedCandle {
  const fault = faultOf({ high, low, close });
  if (fault) context.issues.push({ code: 'custom', input: undefined, params: { problem: fault } });
  return { time: at, high, low, close };
}

function faultOf({ high, low, close }: Candle): Problem | undefined {
  const [highText, lowText] = [high.toText(30), low.toText(30)];
  if (high.isBelow(low)) {
    return problem('NOT_A_VALUE', '', { value: highText, advice: `the high is below the low ${lowText}` });
  }
  if (!close.isAbove(high) && !close.isBelow(low)) return undefined;
  const advice = `the close is not between low ${lowText} and high ${highText}`;
  return problem('NOT_A_VALUE', '', { value: close.toText(30), advice });
}
