import { FIELD_LIST, type Field } from '../../formats/fields.js';
import { fieldOfKey, type RawRecord } from '../../formats/record.js';
import { BIT, PLACE, UNREAD } from './keys.js';
import { POWERS } from './powers.js';
import { LaneSymbols, type LaneSymbol } from './symbols.js';

const [ZERO, DOT, MINUS, PLUS, SMALL] = [48, 46, 45, 43, 32] as const;
/** The limit of mantissas: below it, every step of reading one is exact. */
const MOST_MANTISSA = 1e15;
/** The most decimals that a value may be written with. */
export const MOST_DECIMALS = 20;

const codesOf = (text: string): readonly number[] => Array.from(text, (character) => character.charCodeAt(0));
const LINEAR = codesOf('linear');
/** `long` and `shor` as words, the first letter in the lowest byte: the first is even, the other odd. */
const SIDES = [0x676e6f6c, 0x726f6873] as const;
const SMALL_LETTERS = 0x20202020;
const SMALL_T = 116;

/** The source of a value: in JSON a number has JSON's syntax, in text it has liqcalc's. */
export type Source = 'json' | 'text';

const perField = (of: (field: Field) => number): Int32Array => Int32Array.from(FIELD_LIST, ([, field]) => of(field));
const SUFFIX = perField(({ suffix }) => suffix?.charCodeAt(0) ?? 0);
const IS_SIGNED = perField(({ range }) => (range === 'any' ? 1 : 0));
const MAXIMUM = Float64Array.from(FIELD_LIST, ([, { maximum }]: readonly [string, Field]) =>
  maximum === undefined ? Number.POSITIVE_INFINITY : Number(maximum),
);
/** Marks the fields that the lane reads as words, not as numbers. */
const IS_TEXT = Int32Array.from(FIELD_LIST, ([key]) =>
  key === 'side' || key === 'contract' || key === 'symbol' ? 1 : 0,
);
const IS_POSITIVE = perField(({ range }) => (range === 'positive' ? 1 : 0));

/**
 * The values of one record: decimals as a whole number below 10^15 (exact in a double) over a power of ten.
 *
 * Values stay until the next record overwrites them; the reader keeps track of which fields the record has.
 */
export class LaneTerms {
  readonly mantissas = new Float64Array(FIELD_LIST.length);
  readonly decimals = new Int32Array(FIELD_LIST.length);
  /** 1 for a long, -1 for a short. */
  sign: 1 | -1 = 1;
  symbol: LaneSymbol | undefined;
  readonly #symbols: LaneSymbols;

  constructor(symbols: LaneSymbols) {
    this.#symbols = symbols;
  }

  /**
   * Reads the value of a field: a text (without its quotes), or a number of JSON.
   *
   * @returns the place after it, or 0 if the lane cannot take it.
   */
  read(bytes: Buffer, at: number, place: number, source: Source): number {
    if (source === 'json') return IS_TEXT[place] === 1 ? 0 : this.#number(bytes, at, place, source);
    if (IS_TEXT[place] === 0) return this.#number(bytes, at, place, source);
    if (place === PLACE.side) return this.#side(bytes, at);
    return place === PLACE.symbol ? this.#symbol(bytes, at) : wordEnd(bytes, at, LINEAR);
  }

  /**
   * Digits with at most one dot, after a sign, before a suffix. Up to nine digits make a small integer, which is
   * faster.
   */
  #number(bytes: Buffer, start: number, place: number, source: Source): number {
    const sign = bytes[start];
    const from = sign === MINUS || (sign === PLUS && source === 'text') ? start + 1 : start;
    let mantissa = 0;
    let at = from;
    let digit = (bytes[at] as number) - ZERO;
    for (; digit >= 0 && digit <= 9; digit = (bytes[++at] as number) - ZERO) {
      mantissa = (Math.imul(mantissa, 10) + digit) | 0;
    }
    const whole = at - from;
    let decimals = 0;
    if (digit === DOT - ZERO) {
      const dot = at;
      digit = (bytes[++at] as number) - ZERO;
      for (; digit >= 0 && digit <= 9; digit = (bytes[++at] as number) - ZERO) {
        mantissa = (Math.imul(mantissa, 10) + digit) | 0;
      }
      decimals = at - dot - 1;
      if (decimals > MOST_DECIMALS || (source === 'json' && decimals === 0)) return 0;
    }
    // JSON has no leading zeros, and no dot without a digit before it.
    if (source === 'json' && (whole === 0 || (whole > 1 && bytes[from] === ZERO))) return 0;
    const count = whole + decimals;
    if (count === 0) return 0;
    const magnitude = count <= 9 ? mantissa : longMantissa(bytes, from, at);
    if (magnitude >= MOST_MANTISSA || !this.#put(place, sign === MINUS ? -magnitude : magnitude, decimals)) return 0;
    const suffix = source === 'json' ? 0 : (SUFFIX[place] as number);
    if (suffix === 0) return at;
    return bytes[at] === suffix || (bytes[at] === suffix - SMALL && suffix > 96) ? at + 1 : at;
  }

  /** Stores a value if it is in the range of its field. */
  #put(place: number, value: number, decimals: number): boolean {
    if (value <= 0 && (IS_POSITIVE[place] === 1 || (IS_SIGNED[place] === 0 && isNegative(value)))) return false;
    if (value > (MAXIMUM[place] as number) * (POWERS[decimals] as number)) return false;
    this.mantissas[place] = value;
    this.decimals[place] = decimals;
    return true;
  }

  /** The side is not predictable, so the code does not branch on it. */
  #side(bytes: Buffer, start: number): number {
    const isShort = (bytes[start] as number) & 1;
    const letters =
      (bytes[start] as number) |
      ((bytes[start + 1] as number) << 8) |
      ((bytes[start + 2] as number) << 16) |
      ((bytes[start + 3] as number) << 24);
    const differs = (letters | SMALL_LETTERS) ^ (SIDES[isShort] as number);
    const lastDiffers = Math.imul(((bytes[start + 4] as number) | SMALL) ^ SMALL_T, isShort);
    this.sign = (1 - 2 * isShort) as 1 | -1;
    return (differs | lastDiffers) === 0 ? start + 4 + isShort : 0;
  }

  #symbol(bytes: Buffer, start: number): number {
    const end = LaneSymbols.endOf(bytes, start);
    if (end === start) return 0;
    this.symbol = this.#symbols.find(bytes, start, end);
    return this.symbol ? end : 0;
  }
}

/** Values for fields that a record lacks. */
export class LaneDefaults {
  /** The set of their fields; `undefined` if one of them cannot be read. */
  readonly fields: number | undefined = 0;
  readonly #places: readonly number[];
  readonly #terms: LaneTerms;

  constructor(defaults: RawRecord, symbols: LaneSymbols) {
    this.#terms = new LaneTerms(symbols);
    const places: number[] = [];
    for (const [name, text] of defaults) {
      const key = fieldOfKey(name);
      if (key === undefined) continue;
      const bytes = Buffer.from(typeof text === 'string' ? `${text}\0` : '\0', 'latin1');
      const end = UNREAD.has(key) ? 0 : this.#terms.read(bytes, 0, PLACE[key], 'text');
      this.fields = end === bytes.length - 1 && this.fields !== undefined ? this.fields | BIT[key] : undefined;
      places.push(PLACE[key]);
    }
    this.#places = places;
  }

  /** Fills in the values that a record lacks. */
  fill(terms: LaneTerms, has: number): void {
    for (const place of this.#places) {
      if ((has & (1 << place)) !== 0) continue;
      if (place === PLACE.side) terms.sign = this.#terms.sign;
      else if (place === PLACE.symbol) terms.symbol = this.#terms.symbol;
      terms.mantissas[place] = this.#terms.mantissas[place] as number;
      terms.decimals[place] = this.#terms.decimals[place] as number;
    }
  }
}

/** The place after a word in any case; 0 if the bytes are not that word. */
function wordEnd(bytes: Buffer, start: number, word: readonly number[]): number {
  let at = start;
  for (const code of word) if (((bytes[at++] as number) | SMALL) !== code) return 0;
  return at;
}

function longMantissa(bytes: Buffer, start: number, end: number): number {
  let mantissa = 0;
  for (let at = start; at < end; at++) if (bytes[at] !== DOT) mantissa = mantissa * 10 + ((bytes[at] as number) - ZERO);
  return mantissa;
}

/** Whether there is a minus sign, also before zero. */
function isNegative(value: number): boolean {
  return value < 0 || Object.is(value, -0);
}
