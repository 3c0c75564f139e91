import type { Ratio } from '../../core/ratio.js';

/** A chart with curves before it is drawn: the terminal's charts and the pictures are made of it. */
export interface Plot {
  readonly kind: 'plot';
  readonly title: string;
  /** What the chart shows, in sentences: also for readers who do not see it. */
  readonly summary: string;
  readonly x: Axis;
  /** The title of the values, with their unit. */
  readonly y: string;
  /** The lowest and the highest value. */
  readonly range: Range;
  readonly curves: readonly Curve[];
  readonly levels: readonly Level[];
  readonly moments: readonly Moment[];
}

/** The horizontal axis: its title with the unit, and labels at places from 0 (left) to 1 (right). */
export interface Axis {
  readonly title: string;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
}

/** The values between which a chart is drawn. */
export interface Range {
  readonly low: Ratio;
  readonly high: Ratio;
}

interface Named {
  readonly name: string;
  /** The letter that draws it in the terminal. */
  readonly letter: string;
}

/** Values at even steps from the left end to the right end; `undefined` if there is no value. */
export interface Curve extends Named {
  readonly values: readonly (Ratio | undefined)[];
  /** Whether the terminal fills the rows between two values. */
  readonly isJoined: boolean;
  /** How a picture draws it: the second is dashed. */
  readonly look: 'first' | 'second';
  /** Places at which a picture marks it. */
  readonly dots?: readonly { readonly at: number; readonly value: Ratio }[];
}

/** A value that is drawn as a horizontal line. */
export interface Level extends Named {
  readonly value: Ratio;
  readonly text: string;
}

/** A place on the horizontal axis: a vertical line, or one spot of it. */
export interface Moment extends Named {
  readonly at: number;
  readonly spot?: Ratio;
}

/** The share of the way from the lowest to the highest value. Pixels may be inexact; no figure is computed from them. */
export function shareOf(value: Ratio, { low, high }: Range): number {
  if (high.compare(low) === 0) return 0;
  return Number(value.minus(low).over(high.minus(low)).toFixed(8));
}
