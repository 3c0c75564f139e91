import { affineAt, composed, weighted } from '../affine.js';
import { fail } from '../errors.js';
import { Ratio } from '../ratio.js';
import type { AtrSeed } from './atr-seeds.js';

/** A candle: the highest, lowest and last price of its interval. */
export interface Candle {
  readonly high: Ratio;
  readonly low: Ratio;
  readonly close: Ratio;
}

function trueRange({ high, low }: Candle, before: Candle | undefined): Ratio {
  return before ? high.max(before.close).minus(low.min(before.close)) : high.minus(low);
}

/** The least number of candles for an average true range. */
export function candlesNeeded(period: number, seed: AtrSeed): number {
  return seed === 'first-bar' ? period : period + 1;
}

/** Refuses candles that are too few for an average true range. */
export function fewCandles(candles: readonly Candle[], period: number, seed: AtrSeed): never {
  const advice = `an ATR of ${period} with ${seed} needs ${candlesNeeded(period, seed)} candles`;
  return fail('NOT_A_VALUE', 'candles', { value: `${candles.length} candles`, advice });
}

/**
 * Wilder's average true range at the last candle, exact.
 *
 * It begins with the mean of the first `period` true ranges; then each is `(before (period - 1) + true range) /
 * period`. The steps after the mean are composed as one map; no intermediate value is rounded.
 *
 * @param candles - oldest first, at least as many as `candlesNeeded`.
 * @see J. Welles Wilder, New Concepts in Technical Trading Systems, 1978
 */
export function averageTrueRange(candles: readonly Candle[], period: number, seed: AtrSeed): Ratio | undefined {
  if (candles.length < candlesNeeded(period, seed)) return undefined;
  const all = candles.map((candle, index) => trueRange(candle, candles[index - 1]));
  const ranges = seed === 'first-bar' ? all : all.slice(1);
  const [whole, kept] = [Ratio.of(BigInt(period)), Ratio.of(BigInt(period - 1))];
  const first = Ratio.sum(ranges.slice(0, period)).over(whole);
  const steps = ranges.slice(period).map((value) => weighted(kept, { added: Ratio.ONE, value, whole }));
  return affineAt(composed(steps), first);
}
