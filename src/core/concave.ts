import type { Ratio } from './ratio.js';

/** A straight line `intercept + slope x`. */
export interface Line {
  readonly intercept: Ratio;
  readonly slope: Ratio;
}

/** A point where a concave function bends: from `at` on, `change` is added to its line. `change` is 0 at `at`. */
export interface Kink {
  readonly at: Ratio;
  readonly change: Line;
}

/** A concave piecewise-linear function on `x > 0`: a first line, and kinks in rising order that lower the slope. */
export interface Concave {
  readonly first: Line;
  readonly kinks: Iterable<Kink>;
  /** Whether the slope after the last kink is not negative, if that is known without the kinks: it then falls nowhere. */
  readonly neverFalls?: () => boolean;
}

/**
 * Where a concave function is positive: an open interval. Without a bound, the interval extends to the end of `x > 0` on
 * that side.
 */
export type PositiveSet =
  { readonly kind: 'nowhere' } | { readonly kind: 'between'; readonly lower?: Ratio; readonly upper?: Ratio };

/** The value of a line at `x`. */
export function lineAt(line: Line, x: Ratio): Ratio {
  return line.intercept.plus(line.slope.times(x));
}

/** The value of a concave function at `x`. */
export function concaveAt({ first, kinks }: Concave, x: Ratio): Ratio {
  let value = lineAt(first, x);
  for (const { at, change } of kinks) {
    if (!x.isAbove(at)) break;
    value = value.plus(lineAt(change, x));
  }
  return value;
}

/** The sum of two lines. */
export function lineSum(a: Line, b: Line): Line {
  return { intercept: a.intercept.plus(b.intercept), slope: a.slope.plus(b.slope) };
}

/**
 * Where a concave piecewise-linear function is above zero.
 *
 * Walks the pieces from `x = 0` upwards: the first rise through zero is the lower bound, the fall through zero after it
 * the upper one. Because the function is concave there are no others. Every liquidation, margin-call and bankruptcy
 * price and every market move is a bound of such a set, so this is the only solver.
 *
 * @param f - its line and kinks; a kink's change must be zero at the kink (the function is continuous).
 * @returns the open interval of positive values; bounds are exact.
 */
export function positiveSet(f: Concave): PositiveSet {
  let line = f.first;
  let lower: Ratio | undefined;
  let inside = line.intercept.sign() > 0 || (line.intercept.sign() === 0 && line.slope.sign() > 0);
  let neverFalls: boolean | undefined;
  const kinks = f.kinks[Symbol.iterator]();
  for (;;) {
    const end = kinks.next().value as Kink | undefined;
    const slope = line.slope.sign();
    const endSign = end ? lineAt(line, end.at).sign() : slope;
    if (!inside) {
      if (slope <= 0) return { kind: 'nowhere' };
      if (endSign > 0) {
        lower = root(line);
        inside = true;
      }
    }
    if (inside && slope < 0 && endSign <= 0) {
      return lower ? { kind: 'between', lower, upper: root(line) } : { kind: 'between', upper: root(line) };
    }
    // Asked once, and only if there is a piece to leave out.
    if (end && inside) neverFalls ??= f.neverFalls?.() ?? false;
    if (!end || neverFalls) return lower ? { kind: 'between', lower } : { kind: 'between' };
    line = lineSum(line, end.change);
  }
}

function root(line: Line): Ratio {
  return line.intercept.negated().over(line.slope);
}
