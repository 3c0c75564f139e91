import { MAX_MAGNITUDE, Ratio } from '../core/ratio.js';

/**
 * How a figure is written. `price` and `amount` have the requested decimals, and a price the decimals of its tick if
 * these are more; `exact` is already rounded to its step and written in full, because rounding it again could move it
 * to the unsafe side; `percent` (a percentage) and `ratio` have four decimals.
 */
export type FigureKind = 'price' | 'amount' | 'exact' | 'percent' | 'ratio' | 'word' | 'number' | 'codes' | 'flag';

/** The value of a figure; `null` for a figure without a value, `undefined` for one that does not apply. */
export type FigureValue = Ratio | string | number | boolean | readonly string[] | null | undefined;

/** A figure without its value: how it is written, and what it means. */
export interface FigureShape {
  /** A kind, or the possible words. */
  readonly kind: FigureKind | readonly (string | null)[];
  readonly meaning: string;
  /** Whether every result has the key, with `null` for a missing value; `alone`: every result without rows. */
  readonly always?: true | 'alone';
}

/** One figure of a result, declared once: JSON, CSV columns, `--only`, schema and documents are derived from it. */
export interface Figure<A> extends FigureShape {
  /** @param today - milliseconds since 1970, for the age of bracket tables. */
  readonly of: (answer: A, today?: number) => FigureValue;
}

/** Figures by key, in the order of output. */
export type Figures<A> = Readonly<Record<string, Figure<A>>>;

/** A figure as written: text, a number, codes, `null`, or `undefined` if it does not apply. */
export type Written = string | number | boolean | readonly string[] | null | undefined;

/** How figures are rounded. */
export interface Rounding {
  /** Decimals of prices and amounts. */
  readonly decimals: number;
  /** Prices are on this tick: rounding never moves them off it. */
  readonly tick?: Ratio | undefined;
}

/** Decimals of percentages and ratios, always. */
export const RATIO_DECIMALS = 4;

/** A figure as written: rounded half-even as its kind requires. */
export function written(kind: FigureShape['kind'], value: FigureValue, rounding: Rounding): Written {
  return value instanceof Ratio ? value.toText(decimalsOf(kind, rounding)) : value;
}

function decimalsOf(kind: FigureShape['kind'], { decimals, tick }: Rounding): number {
  switch (kind) {
    case 'price':
      return tick ? Math.max(decimals, tick.decimalPlaces()) : decimals;
    case 'amount':
      return decimals;
    case 'exact':
      return MAX_MAGNITUDE;
    default:
      return RATIO_DECIMALS;
  }
}
