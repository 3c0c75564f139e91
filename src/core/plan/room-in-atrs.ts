import type { Assessment } from '../assessment.js';
import { roomTo, type Bound } from '../liquidation.js';
import { Ratio } from '../ratio.js';
import { averageTrueRange, fewCandles, type Candle } from './atr.js';
import type { AtrSeed } from './atr-seeds.js';

/** The distance to liquidation beside the usual moves of the market. */
export interface RoomInAtrs {
  /** Average true range at the last candle, quote per base. */
  readonly atr: Ratio;
  /** The distance to liquidation over the average true range; negative if the price is past it. */
  readonly atrs: Ratio;
  /** How many of the counted candles moved as much or more against the position, from the close before. */
  readonly reached: Ratio;
  readonly counted: Ratio;
  /** Whether only candles of the last `DAYS` days are counted; else their times are unknown, and all are. */
  readonly isOfDays: boolean;
}

/** A candle with the time at which it opens, as it was written. */
export interface TimedCandle extends Candle {
  readonly time?: string | undefined;
}

/** The candles of the average. */
export const ATR_PERIOD = 14;

/** The days before the last candle that are counted. */
export const DAYS = 90;
const DAY_MS = 86_400_000;

/**
 * The distance to liquidation in average true ranges, and how often the market moved that far.
 *
 * @param candles - oldest first.
 * @returns `undefined` without a liquidation price.
 * @throws {LiqcalcError} if there are fewer candles than the average true range needs.
 */
export function roomInAtrs(
  { outcome: { bound }, reference }: Pick<Assessment, 'outcome' | 'reference'>,
  candles: readonly TimedCandle[],
  seed: AtrSeed = 'first-bar',
): RoomInAtrs | undefined {
  const atr = averageTrueRange(candles, ATR_PERIOD, seed) ?? fewCandles(candles, ATR_PERIOD, seed);
  if (!bound || atr.sign() === 0) return undefined;
  const room = roomTo(bound, reference);
  const first = firstCounted(candles);
  const moves = movesAgainst(bound, candles, first ?? 0);
  const share = room.over(reference);
  return {
    atr,
    atrs: room.over(atr),
    reached: countOf(moves.filter((move) => !move.isBelow(share))),
    counted: countOf(moves),
    isOfDays: first !== undefined,
  };
}

const countOf = (all: readonly Ratio[]): Ratio => Ratio.of(BigInt(all.length));

/**
 * How far each candle from an index on moved against the position from the close before, a fraction of that close. The
 * first of all candles has no close before it.
 */
function movesAgainst({ danger }: Bound, candles: readonly TimedCandle[], from: number): readonly Ratio[] {
  return candles.flatMap(({ high, low }, index) => {
    const before = index < from ? undefined : candles[index - 1]?.close;
    if (!before) return [];
    return [(danger === 'below' ? before.minus(low) : high.minus(before)).over(before)];
  });
}

/** The index of the first candle of the last days; `undefined` if the times are unknown. */
function firstCounted(candles: readonly TimedCandle[]): number | undefined {
  const times = candles.map(({ time }) => millisecondsOf(time));
  const last = times.at(-1);
  if (last === undefined || times.includes(undefined)) return undefined;
  return times.findIndex((time) => (time as number) > last - DAYS * DAY_MS);
}

/** A time in milliseconds or seconds since 1970. */
function millisecondsOf(time: string | undefined): number | undefined {
  if (time === undefined || !/^\d{9,14}$/.test(time)) return undefined;
  return Number(time) * (time.length > 11 ? 1 : 1000);
}
