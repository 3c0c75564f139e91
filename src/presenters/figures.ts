import type { Assessment } from '../core/assessment.js';
import { Ratio } from '../core/ratio.js';
import { RESULTS, type Result, type ResultKey, type ResultValue } from '../formats/results.js';

export { priceDecimals, priceText, type PriceStyle } from '../core/price-text.js';

/** Decimals of percentages and ratios, always. */
export const RATIO_DECIMALS = 4;
/** Decimals of prices and amounts unless more are asked for. */
export const DEFAULT_DECIMALS = 8;

/** How results are rounded and dated. */
export interface Rendering {
  /** Decimals of prices and amounts. */
  readonly decimals: number;
  /** Milliseconds since 1970, for the age of bracket tables. */
  readonly today?: number;
}

/** The decimals of prices and amounts: as asked, else eight, or four more than `entry` was written with. */
export function decimalsFor(entryDecimals: number, asked: number | undefined): number {
  return asked ?? Math.max(DEFAULT_DECIMALS, entryDecimals + 4);
}

/** A result as it is written: text, a number, codes, `null`, or nothing where it does not apply. */
export type Written = string | number | boolean | readonly string[] | null | undefined;

/** Rounds a result to what its kind is written with. */
export function written(kind: Result['kind'], value: ResultValue, decimals: number): Written {
  if (!(value instanceof Ratio)) return value;
  return value.toText(kind === 'amount' ? decimals : RATIO_DECIMALS);
}

/** One result of an assessment as it is written; rounding never takes a price off its tick. */
export function writtenResult(key: ResultKey, assessment: Assessment, { decimals, today }: Rendering): Written {
  const result: Result = RESULTS[key];
  const { tick } = assessment.terms;
  const places = tick && result.isTicked ? Math.max(decimals, tick.decimalPlaces()) : decimals;
  return written(result.kind, result.of(assessment, today), places);
}
