import type { Assessment, Warning } from '../assessment.js';
import { DEFAULT_VENUE } from '../brackets.js';
import type { Side } from '../leg.js';
import { Ratio } from '../ratio.js';
import { averageTrueRange, fewCandles, type Candle } from './atr.js';
import type { AtrSeed } from './atr-seeds.js';

/** A stop that trails the price at a multiple of the average true range. */
export interface TrailingStop {
  /** Average true range times the multiple, quote. */
  readonly distance: Ratio;
  /** The present price of a stop that trails from the reference; absent if no positive price is so far away. */
  readonly stopPrice?: Ratio;
  /** The activation price whose first stop is the reference: a profit as large as the distance. */
  readonly activationPrice?: Ratio;
  /** The distance over the reference in percent, in tenths, rounded up; at Binance within its limits. */
  readonly callbackPercent: Ratio;
  readonly warnings: readonly Warning[];
}

/** A stop compared with the liquidation of its position. */
export interface StopRoom {
  /** Whether the stop is reached first. */
  readonly isBefore: boolean;
  /** How far liquidation lies beyond the stop, quote; negative if it comes first. Absent without a price. */
  readonly room?: Ratio;
}

const TENTH = Ratio.from('0.1');
/** Callback rates that Binance accepts, percent; those of other venues are unknown. @see https://developers.binance.com/docs/derivatives/usds-margined-futures/trade/rest-api (New Order, callbackRate) */
export const CALLBACK = { least: TENTH, most: Ratio.of(10n) } as const;

/**
 * A trailing stop from an average true range.
 *
 * @param of - `reference` is the mark, else the last close, quote per base; `venue` is where the callback rate is used.
 */
export function trailingStop(of: {
  side: Side;
  atr: Ratio;
  multiple: Ratio;
  reference: Ratio;
  venue?: string | undefined;
}): TrailingStop {
  const { side, reference, venue = DEFAULT_VENUE } = of;
  const distance = of.atr.times(of.multiple);
  const [stop, activation] =
    side === 'long'
      ? [reference.minus(distance), reference.plus(distance)]
      : [reference.plus(distance), reference.minus(distance)];
  const exact = distance.percent().over(reference);
  const rounded = exact.ceilTo(TENTH);
  const isLimited = venue === DEFAULT_VENUE;
  const callbackPercent = isLimited ? rounded.max(CALLBACK.least).min(CALLBACK.most) : rounded;
  const isOutside = isLimited && (exact.isBelow(CALLBACK.least) || exact.isAbove(CALLBACK.most));
  const details = { percent: exact.toText(4), sent: callbackPercent.toText(1) };
  return {
    distance,
    callbackPercent,
    ...(stop.sign() > 0 && { stopPrice: stop }),
    ...(activation.sign() > 0 && { activationPrice: activation }),
    warnings: isOutside ? [{ code: 'CALLBACK_OUT_OF_RANGE', details }] : [],
  };
}

/** Whether a stop comes before the liquidation of a position, and by how much. */
export function stopRoom(stop: Ratio, { position, price, outcome }: Assessment): StopRoom {
  if (!price) return { isBefore: outcome.kind === 'never' };
  const room = position.side === 'long' ? stop.minus(price) : price.minus(stop);
  return { isBefore: room.sign() > 0, room };
}

/** A trailing stop and its inputs. */
export interface MarketStop extends TrailingStop {
  readonly atr: Ratio;
  readonly reference: Ratio;
  readonly origin: 'mark' | 'last close';
  readonly candleCount: number;
}

/** The inputs of a trailing stop. */
export interface StopQuestion {
  readonly side: Side;
  /** Present mark price; the last close by default. */
  readonly mark?: Ratio | undefined;
  /** Candles of the average true range, default 14. */
  readonly period?: Ratio | undefined;
  /** Distance in average true ranges, default 1.5. */
  readonly multiple?: Ratio | undefined;
  readonly seed?: AtrSeed | undefined;
  /** Where the stop is set; Binance by default. */
  readonly venue?: string | undefined;
}

/**
 * The trailing stop from a market's candles.
 *
 * @param candles - oldest first.
 * @throws {LiqcalcError} if there are fewer candles than the average true range needs.
 */
export function marketStop(candles: readonly Candle[], question: StopQuestion): MarketStop {
  const { side, mark, seed = 'first-bar', multiple = DEFAULT_MULTIPLE, venue } = question;
  const period = Number((question.period ?? DEFAULT_PERIOD).toText(0));
  const atr = averageTrueRange(candles, period, seed);
  const reference = mark ?? candles.at(-1)?.close;
  if (!atr || !reference) return fewCandles(candles, period, seed);
  const origin = mark ? 'mark' : 'last close';
  return {
    ...trailingStop({ side, atr, multiple, reference, venue }),
    atr,
    reference,
    origin,
    candleCount: candles.length,
  };
}

const DEFAULT_PERIOD = Ratio.of(14n);
const DEFAULT_MULTIPLE = Ratio.from('1.5');

/** A warning if a position is liquidated before its stop is reached. */
export function stopWarnings(stop: Ratio, assessment: Assessment): Warning[] {
  const { price } = assessment;
  if (!price || stopRoom(stop, assessment).isBefore) return [];
  return [{ code: 'STOP_BEYOND_LIQUIDATION', details: { stop: stop.toText(8), liquidation: price.toText(8) } }];
}
