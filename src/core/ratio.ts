/**
 * The form of a decimal: plain digits, one dot, an exponent of up to three digits. Each text matches in only one way,
 * so a long run of digits before a wrong character is refused in one pass.
 */
export const DECIMAL_PATTERN = /^([+-]?)(\d+(?:\.\d*)?|\.\d+)(?:[eE]([+-]?\d{1,3}))?$/;
/** The most significant digits a decimal may be written with. */
export const MAX_DIGITS = 40;
/** Decimals lie between 10^-30 and 10^30, or are zero. */
export const MAX_MAGNITUDE = 30;

/** Text of at most this many characters has a value below 2^53. */
const SHORT = 15;
const DOT = 46;
const DIGIT_ZERO = 48;
const DIGIT_NINE = 57;

const POWERS: bigint[] = [1n];

/** `10^exponent` for a whole exponent that is not negative. */
export function powerOfTen(exponent: number): bigint {
  for (let next = POWERS.length; next <= exponent; next++) {
    POWERS.push((POWERS[next - 1] as bigint) * 10n);
  }
  return POWERS[exponent] as bigint;
}

/** The result of parsing a decimal: the exact value and the decimals it was written with, or what is wrong with it. */
export type ParsedDecimal =
  | { readonly kind: 'decimal'; readonly value: Ratio; readonly decimals: number }
  | { readonly kind: 'malformed' | 'tooManyDigits' | 'outOfRange' };

/** The divisor of every decimal. */
const WHOLE = 1n;

/**
 * An exact number: `numerator / (divisor x 10^scale)`, with a positive divisor.
 *
 * Never a float: arithmetic is exact, and rounding happens once, when a value is written as text. Decimals have a
 * divisor of 1, and sums, differences and products of decimals keep it: no division is needed, only a count of places.
 * A value is not kept reduced; two ratios are equal when `compare` is 0. The relational operators do not work on it (a
 * lint rule forbids them).
 */
export class Ratio {
  static readonly ZERO = new Ratio(0n, WHOLE, 0);
  static readonly ONE = new Ratio(1n, WHOLE, 0);
  static readonly HUNDRED = new Ratio(100n, WHOLE, 0);

  private constructor(
    readonly numerator: bigint,
    private readonly divisor: bigint,
    /** Decimal places, not negative. */
    private readonly scale: number,
  ) {}

  /** The ratio `numerator / denominator`; the denominator is not zero. */
  static of(numerator: bigint, denominator = WHOLE): Ratio {
    return Ratio.signed(numerator, denominator, 0);
  }

  private static signed(numerator: bigint, divisor: bigint, scale: number): Ratio {
    if (divisor === 0n) throw new RangeError('a ratio has no zero denominator');
    return divisor > 0n ? new Ratio(numerator, divisor, scale) : new Ratio(-numerator, -divisor, scale);
  }

  /** The denominator, positive. */
  get denominator(): bigint {
    return this.scale === 0 ? this.divisor : this.divisor * powerOfTen(this.scale);
  }

  /** The decimal places it is stored with: for a parsed value, those it was written with. */
  get decimals(): number {
    return this.scale;
  }

  /**
   * Reads decimal text exactly.
   *
   * @param text - matches `DECIMAL_PATTERN`, at most 40 significant digits, magnitude 1e-30 to 1e30 or zero.
   * @returns the value, and the decimals it was written with (`30000.50` has two, `1.2e-7` has eight).
   */
  static parse(text: string): ParsedDecimal {
    const short = Ratio.parseShort(text);
    if (short) return short;
    const match = DECIMAL_PATTERN.exec(text);
    if (!match) return { kind: 'malformed' };
    const mantissa = match[2] as string;
    const exponent = match[3] === undefined ? 0 : Number(match[3]);
    const dot = mantissa.indexOf('.');
    const written = dot < 0 ? 0 : mantissa.length - dot - 1;
    const digits = (dot < 0 ? mantissa : mantissa.slice(0, dot) + mantissa.slice(dot + 1)).replace(/^0+/, '');
    const decimals = Math.max(0, written - exponent);
    if (digits.length > MAX_DIGITS) return { kind: 'tooManyDigits' };
    if (digits === '') return { kind: 'decimal', value: Ratio.ZERO, decimals: Math.min(decimals, MAX_MAGNITUDE) };
    const scale = written - exponent;
    const magnitude = digits.length - 1 - scale;
    if (magnitude < -MAX_MAGNITUDE || magnitude > MAX_MAGNITUDE) return { kind: 'outOfRange' };
    if (magnitude === MAX_MAGNITUDE && !/^10*$/.test(digits)) return { kind: 'outOfRange' };
    const unsigned = BigInt(digits);
    const signed = match[1] === '-' ? -unsigned : unsigned;
    const value = scale >= 0 ? new Ratio(signed, WHOLE, scale) : new Ratio(signed * powerOfTen(-scale), WHOLE, 0);
    return { kind: 'decimal', value, decimals };
  }

  /** Parses plain digits with at most one dot, few enough for an exact number; `parse` reads all other text. */
  private static parseShort(text: string): ParsedDecimal | undefined {
    const { length } = text;
    if (length === 0 || length > SHORT) return undefined;
    let units = 0;
    let decimals = -1;
    for (let at = 0; at < length; at++) {
      const code = text.charCodeAt(at);
      if (code === DOT && decimals < 0) decimals = length - at - 1;
      else if (code >= DIGIT_ZERO && code <= DIGIT_NINE) units = units * 10 + code - DIGIT_ZERO;
      else return undefined;
    }
    if (decimals < 0) decimals = 0;
    else if (length === 1) return undefined;
    return { kind: 'decimal', value: units === 0 ? Ratio.ZERO : new Ratio(BigInt(units), WHOLE, decimals), decimals };
  }

  /**
   * The exact value of decimal text that is known to be valid (liqcalc's own tables and constants).
   *
   * @throws {RangeError} when it is not a decimal: a mistake in the program, not in its input.
   */
  static from(text: string): Ratio {
    const parsed = Ratio.parse(text);
    if (parsed.kind !== 'decimal') throw new RangeError(`not a decimal: ${text}`);
    return parsed.value;
  }

  /** The smallest of some values; `undefined` for an empty list. */
  static least(values: readonly Ratio[]): Ratio | undefined {
    return values.reduce<Ratio | undefined>((least, each) => least?.min(each) ?? each, undefined);
  }

  /** The largest of some values; `undefined` for an empty list. */
  static greatest(values: readonly Ratio[]): Ratio | undefined {
    return values.reduce<Ratio | undefined>((most, each) => most?.max(each) ?? each, undefined);
  }

  /** The sum of some values. */
  static sum(values: Iterable<Ratio>): Ratio {
    const sum = new RatioSum();
    for (const each of values) sum.add(each);
    return sum.total();
  }

  /** Whether its divisor is 1: a sum of many such values needs as much memory as one. */
  get isDecimal(): boolean {
    return this.divisor === WHOLE;
  }

  plus(other: Ratio): Ratio {
    if (other.numerator === 0n) return this;
    if (this.numerator === 0n) return other;
    const [a, b] = [this.divisor, other.divisor];
    if (a === b) return this.plusUnits(this.numerator, other.numerator, a, other.scale);
    if (a % b === 0n) return this.plusUnits(this.numerator, other.numerator * (a / b), a, other.scale);
    if (b % a === 0n) return this.plusUnits(this.numerator * (b / a), other.numerator, b, other.scale);
    return this.plusUnits(this.numerator * b, other.numerator * a, a * b, other.scale);
  }

  /** The sum of `mine` at this scale and `others` at another, over one divisor. */
  private plusUnits(mine: bigint, others: bigint, divisor: bigint, scale: number): Ratio {
    const apart = this.scale - scale;
    if (apart === 0) return new Ratio(mine + others, divisor, scale);
    if (apart > 0) return new Ratio(mine + others * powerOfTen(apart), divisor, this.scale);
    return new Ratio(mine * powerOfTen(-apart) + others, divisor, scale);
  }

  minus(other: Ratio): Ratio {
    return this.plus(other.negated());
  }

  times(other: Ratio): Ratio {
    return new Ratio(
      product(this.numerator, other.numerator),
      product(this.divisor, other.divisor),
      this.scale + other.scale,
    );
  }

  /** The quotient; the divisor is not zero. */
  over(divisor: Ratio): Ratio {
    const numerator = product(this.numerator, divisor.divisor);
    const below = product(divisor.numerator, this.divisor);
    const apart = this.scale - divisor.scale;
    if (apart >= 0) return Ratio.signed(numerator, below, apart);
    return Ratio.signed(numerator * powerOfTen(-apart), below, 0);
  }

  /** One hundredth of this: the fraction that a percentage is. */
  hundredth(): Ratio {
    return new Ratio(this.numerator, this.divisor, this.scale + 2);
  }

  /** A hundred times this: the percentage that a fraction is. */
  percent(): Ratio {
    return this.times(Ratio.HUNDRED);
  }

  negated(): Ratio {
    return new Ratio(-this.numerator, this.divisor, this.scale);
  }

  /** `1 / this`; the value is not zero. */
  inverted(): Ratio {
    return Ratio.of(this.denominator, this.numerator);
  }

  /** The same value with numerator and denominator in lowest terms. */
  reduced(): Ratio {
    let [a, b] = [this.numerator < 0n ? -this.numerator : this.numerator, this.denominator];
    while (b !== 0n) [a, b] = [b, a % b];
    return new Ratio(this.numerator / a, this.denominator / a, 0);
  }

  /** The value without its sign. */
  abs(): Ratio {
    return this.numerator < 0n ? this.negated() : this;
  }

  /** The decimals needed to show this many significant digits; 0 for zero and if all of them are before the dot. */
  decimalsFor(digits: number): number {
    const size = this.abs();
    if (size.numerator === 0n) return 0;
    const least = Ratio.of(powerOfTen(digits - 1));
    let decimals = 0;
    while (decimals < MAX_MAGNITUDE && size.times(Ratio.of(powerOfTen(decimals))).isBelow(least)) decimals++;
    return decimals;
  }

  /** -1, 0 or 1. */
  sign(): -1 | 0 | 1 {
    return this.numerator > 0n ? 1 : this.numerator < 0n ? -1 : 0;
  }

  /** -1, 0 or 1 if this is below, equal to or above the other. */
  compare(other: Ratio): -1 | 0 | 1 {
    let left = product(this.numerator, other.divisor);
    let right = product(other.numerator, this.divisor);
    const apart = this.scale - other.scale;
    if (apart < 0) left *= powerOfTen(-apart);
    else if (apart > 0) right *= powerOfTen(apart);
    return left < right ? -1 : left > right ? 1 : 0;
  }

  isAbove(other: Ratio): boolean {
    return this.compare(other) > 0;
  }

  isBelow(other: Ratio): boolean {
    return this.compare(other) < 0;
  }

  min(other: Ratio): Ratio {
    return this.isAbove(other) ? other : this;
  }

  max(other: Ratio): Ratio {
    return this.isBelow(other) ? other : this;
  }

  /** The largest multiple of a positive step that is not above this. */
  floorTo(step: Ratio): Ratio {
    const { numerator, denominator } = this.over(step);
    const whole = numerator / denominator;
    const below = numerator < 0n && numerator % denominator !== 0n ? whole - 1n : whole;
    return step.times(Ratio.of(below));
  }

  /** The smallest multiple of a positive step that is not below this. */
  ceilTo(step: Ratio): Ratio {
    return this.negated().floorTo(step).negated();
  }

  /**
   * Decimal text with exactly `decimals` places, correctly rounded half-even from the exact value; never `-0`.
   */
  toFixed(decimals: number): string {
    const negative = this.numerator < 0n;
    const quotient = this.unitsAt(decimals);
    const digits = quotient.toString().padStart(decimals + 1, '0');
    const whole = digits.slice(0, digits.length - decimals);
    const text = decimals === 0 ? whole : `${whole}.${digits.slice(digits.length - decimals)}`;
    return negative && quotient !== 0n ? `-${text}` : text;
  }

  /** The value that `toFixed` writes: rounded half-even to this many decimals. */
  rounded(decimals: number): Ratio {
    const units = this.unitsAt(decimals);
    return new Ratio(this.numerator < 0n ? -units : units, WHOLE, decimals);
  }

  /** The absolute value in units of the last of this many decimals, rounded half-even. */
  private unitsAt(decimals: number): bigint {
    const units = this.numerator < 0n ? -this.numerator : this.numerator;
    const more = decimals - this.scale;
    const scaled = more > 0 ? units * powerOfTen(more) : units;
    const denominator = more < 0 ? this.divisor * powerOfTen(-more) : this.divisor;
    return denominator === WHOLE ? scaled : halfEven(scaled, denominator);
  }

  /** Whether this many decimals show it exactly. */
  isExactAt(decimals: number): boolean {
    return (this.numerator * powerOfTen(decimals)) % this.denominator === 0n;
  }

  /** How many decimals are needed to write this exactly; the value is a decimal of at most 30 places. */
  decimalPlaces(): number {
    const text = this.toText(MAX_MAGNITUDE);
    const dot = text.indexOf('.');
    return dot < 0 ? 0 : text.length - dot - 1;
  }

  /** Like `toFixed`, without trailing zeros: `27150`, `0.5`. */
  toText(decimals: number): string {
    const text = this.toFixed(decimals);
    if (decimals === 0) return text;
    let end = text.length;
    while (text.charCodeAt(end - 1) === 48) end--;
    return text.slice(0, text.charCodeAt(end - 1) === 46 ? end - 1 : end);
  }
}

/**
 * A sum of many values that are not kept: decimals are added one by one, the others in pairs, and pairs of pairs, so
 * that denominators without common factors grow late.
 */
export class RatioSum {
  #decimals = Ratio.ZERO;
  /** The sum of one, two, four ... of the other values, each at the place of its bit in their number. */
  readonly #others: (Ratio | undefined)[] = [];

  add(value: Ratio): void {
    if (value.isDecimal) this.#decimals = this.#decimals.plus(value);
    else this.#addOther(value);
  }

  #addOther(value: Ratio): void {
    let sum = value;
    let place = 0;
    for (let same = this.#others[place]; same; same = this.#others[place]) {
      this.#others[place++] = undefined;
      sum = same.plus(sum);
    }
    this.#others[place] = sum;
  }

  total(): Ratio {
    return this.#others.reduce<Ratio>((sum, each) => (each ? sum.plus(each) : sum), this.#decimals);
  }
}

/** The product of two integers of which one is often 1. */
function product(a: bigint, b: bigint): bigint {
  return a === WHOLE ? b : b === WHOLE ? a : a * b;
}

/** The whole number nearest to a quotient that is not negative; a tie goes to the even one. */
function halfEven(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  const twice = (numerator - quotient * denominator) * 2n;
  return twice > denominator || (twice === denominator && (quotient & 1n) === 1n) ? quotient + 1n : quotient;
}

/** The unit of the last of this many decimals. */
export function stepOf(decimals: number): Ratio {
  return Ratio.of(1n, powerOfTen(decimals));
}
