import { MAX_MAGNITUDE, Ratio } from '../core/ratio.js';

/**
 * How a figure is written. `price` and `amount` have the decimals asked for, and a price the decimals of its tick where
 * they are more; `exact` is rounded to its step already and written whole, because rounding it again could lead to the
 * unsafe side; `percent` (a percentage) and `ratio` have four decimals.
 */
export type FigureKind = 'price' | 'amount' | 'exact' | 'percent' | 'ratio' | 'word' | 'number' | 'codes' | 'flag';

/** What a figure can be; `null` where there is none, `undefined` where it does not apply. */
export type FigureValue = Ratio | string | number | boolean | readonly string[] | null | undefined;

/** What is known of a figure without an answer: how it is written, and what it means. */
export interface FigureShape {
  /** A kind, or the words that it can be. */
  readonly kind: FigureKind | readonly (string | null)[];
  readonly meaning: string;
  /** Whether every answer has it, `null` where there is none; `alone`: every answer that has no rows. */
  readonly always?: true | 'alone';
}

/** One figure of an answer, declared once: JSON, CSV columns, `--only`, schema and documents follow from it. */
export interface Figure<A> extends FigureShape {
  /** @param today - milliseconds since 1970, for the age of bracket tables. */
  readonly of: (answer: A, today?: number) => FigureValue;
}

/** Figures by key, in the order of output. */
export type Figures<A> = Readonly<Record<string, Figure<A>>>;

/** A figure as it is written: text, a number, codes, `null`, or nothing where it does not apply. */
export type Written = string | number | boolean | readonly string[] | null | undefined;

/** How figures are rounded. */
export interface Rounding {
  /** Decimals of prices and amounts. */
  readonly decimals: number;
  /** Prices are on this tick: rounding never takes them off it. */
  readonly tick?: Ratio | undefined;
}

/** Decimals of percentages and ratios, always. */
export const RATIO_DECIMALS = 4;

/** A figure as it is written: rounded half-even to what its kind says. */
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
