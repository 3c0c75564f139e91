import type { Assessment } from '../core/assessment.js';
import { Ratio } from '../core/ratio.js';
import type { ResultKey } from '../formats/result-keys.js';
import { RESULTS, type Result } from '../formats/results.js';
import { written, type Written } from '../schema/figure.js';
import type { Paint } from './style.js';

export { priceDecimals, priceText, type PriceStyle } from '../core/price-text.js';

/** The default number of decimals of prices and amounts. */
export const DEFAULT_DECIMALS = 8;

/** How results are rounded and dated. */
export interface Rendering {
  /** Decimals of prices and amounts. */
  readonly decimals: number;
  /** Milliseconds since 1970, for the age of bracket tables. */
  readonly today?: number | undefined;
}

/** The decimals of prices and amounts: as requested, else eight, or four more than `entry` was written with. */
export function decimalsFor(entryDecimals: number, requested: number | undefined): number {
  return requested ?? Math.max(DEFAULT_DECIMALS, entryDecimals + 4);
}

/** One result of an assessment as written; rounding never moves a price off its tick. */
export function writtenResult(key: ResultKey, assessment: Assessment, { decimals, today }: Rendering): Written {
  const { kind, of }: Result = RESULTS[key];
  return written(kind, of(assessment, today), { decimals, tick: assessment.terms.tick });
}

/** The text of a value, marked if it is rounded. */
export const shownRounded = (value: Ratio, text: string): string =>
  Ratio.from(text).compare(value) === 0 ? text : `≈ ${text}`;

/** A fraction as a percentage for reading. */
export const percentText = (fraction: Ratio): string => fraction.percent().toFixed(2);

/** Rooms below 5 % are shown as bad, below 10 % as a warning: the limits of the `distance` rule. */
const NEAR = Ratio.from('0.05');
const NEARISH = Ratio.from('0.1');

/** How a room to liquidation is painted, a fraction of the present price. */
export function roomTone(room: Ratio, paint: Paint, far: Paint['strong']): Paint['strong'] {
  return room.isBelow(NEAR) ? paint.bad : room.isBelow(NEARISH) ? paint.warn : far;
}
