import { Ratio } from './ratio.js';

/** The map `x -> (factor x + shift) / divisor`, of whole numbers; the divisor is not zero. */
export interface Affine {
  readonly factor: bigint;
  readonly shift: bigint;
  readonly divisor: bigint;
}

const IDENTITY: Affine = { factor: 1n, shift: 0n, divisor: 1n };

/** The map `x -> (kept x + added value) / whole`, where `whole` is over a common denominator of `kept` and `added`. */
export function weighted(kept: Ratio, { added, value, whole }: Record<'added' | 'value' | 'whole', Ratio>): Affine {
  const unit = whole.denominator;
  const units = (weight: Ratio): bigint => weight.numerator * (unit / weight.denominator);
  return {
    factor: units(kept) * value.denominator,
    shift: units(added) * value.numerator,
    divisor: whole.numerator * value.denominator,
  };
}

/** The map of everything to one value. */
export function constant({ numerator, denominator }: Ratio): Affine {
  return { factor: 0n, shift: numerator, divisor: denominator };
}

/** The value of a map. */
export function affineAt({ factor, shift, divisor }: Affine, { numerator, denominator }: Ratio): Ratio {
  return Ratio.of(factor * numerator + shift * denominator, divisor * denominator);
}

/**
 * Many maps as one, the first of them applied first.
 *
 * They are composed in pairs. Exact denominators grow with every map, and in pairs most products are of short numbers:
 * one after another, the work would grow with the square of the count.
 */
export function composed(maps: readonly Affine[]): Affine {
  let left = maps;
  while (left.length > 1) {
    const pairs: Affine[] = [];
    for (let index = 0; index < left.length; index += 2) {
      const [first, second] = [left[index] as Affine, left[index + 1]];
      pairs.push(second ? afterEachOther(first, second) : first);
    }
    left = pairs;
  }
  return left[0] ?? IDENTITY;
}

function afterEachOther(first: Affine, second: Affine): Affine {
  return {
    factor: second.factor * first.factor,
    shift: second.factor * first.shift + second.shift * first.divisor,
    divisor: second.divisor * first.divisor,
  };
}
