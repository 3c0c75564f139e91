/** An exact number of the oracle: a numerator over a positive denominator. It shares nothing with the program. */
export interface Rational {
  readonly n: bigint;
  readonly d: bigint;
}

export const rational = (n: bigint, d = 1n): Rational => {
  if (d === 0n) throw new RangeError('division by zero in the oracle');
  return d < 0n ? { n: -n, d: -d } : { n, d };
};

export const ZERO = rational(0n);
export const ONE = rational(1n);
export const HUNDRED = rational(100n);

export const add = (a: Rational, b: Rational): Rational => rational(a.n * b.d + b.n * a.d, a.d * b.d);
export const subtract = (a: Rational, b: Rational): Rational => rational(a.n * b.d - b.n * a.d, a.d * b.d);
export const multiply = (a: Rational, b: Rational): Rational => rational(a.n * b.n, a.d * b.d);
export const divide = (a: Rational, b: Rational): Rational => rational(a.n * b.d, a.d * b.n);
export const sum = (...terms: readonly Rational[]): Rational => terms.reduce(add, ZERO);

/** Negative, zero or positive as `a` is below, equal to or above `b`. */
export const order = (a: Rational, b: Rational): number => {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};
export const signOf = (a: Rational): number => order(a, ZERO);
export const smaller = (a: Rational, b: Rational): Rational => (order(a, b) < 0 ? a : b);

/** Decimal text, sign and exponent allowed, digit by digit. */
export function decimal(text: string): Rational {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.replace(/^[+-]/, '').split('.');
  const digits = BigInt(`${whole}${fraction}`) * (mantissa.startsWith('-') ? -1n : 1n);
  const shift = Number(exponent) - fraction.length;
  return shift < 0 ? rational(digits, 10n ** BigInt(-shift)) : rational(digits * 10n ** BigInt(shift));
}

const floorOf = (n: bigint, d: bigint): bigint => (n % d < 0n ? n / d - 1n : n / d);

/** The largest multiple of a step that is not above `a`. */
export const stepBelow = (a: Rational, step: Rational): Rational =>
  multiply(step, rational(floorOf(a.n * step.d, a.d * step.n)));

/** The smallest multiple of a step that is not below `a`. */
export const stepAbove = (a: Rational, step: Rational): Rational => {
  const below = stepBelow(a, step);
  return order(below, a) === 0 ? below : add(below, step);
};

/** Whether `a` lies exactly between two neighbours with that many decimals. */
export const isTie = (a: Rational, decimals: number): boolean => {
  const doubled = 2n * a.n * 10n ** BigInt(decimals);
  return doubled % a.d === 0n && (doubled / a.d) % 2n !== 0n;
};

/**
 * Text rounded half-even, without trailing zeros: the floor of `a + 1/2` in units of the last place, one less where a
 * tie would land on an odd digit.
 */
export function rounded(a: Rational, decimals: number): string {
  const scaled = a.n * 10n ** BigInt(decimals);
  let units = floorOf(2n * scaled + a.d, 2n * a.d);
  if (isTie(a, decimals) && units % 2n !== 0n) units -= 1n;
  const magnitude = (units < 0n ? -units : units).toString().padStart(decimals + 1, '0');
  const cut = magnitude.length - decimals;
  const fraction = magnitude.slice(cut).replace(/0+$/, '');
  return `${units < 0n ? '-' : ''}${magnitude.slice(0, cut)}${fraction === '' ? '' : `.${fraction}`}`;
}
