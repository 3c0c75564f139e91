import { FIELD_LIST, type Field } from '../../formats/fields.js';
import { fieldOfKey, type RawRecord } from '../../formats/record.js';
import { BIT, PLACE, UNREAD } from './keys.js';
import { LaneSymbols, type LaneSymbol } from './symbols.js';
import { QUOTE } from '../splitter.js';

const [ZERO, DOT, MINUS, PLUS, SMALL] = [48, 46, 45, 43, 32] as const;
/** Mantissas stay below this, so that every step of reading one is exact. */
const MOST_MANTISSA = 1e15;
/** Decimals that a value may be written with. */
export const MOST_DECIMALS = 20;

const codesOf = (text: string): readonly number[] => Array.from(text, (character) => character.charCodeAt(0));
const [LONG, SHORT, LINEAR] = [codesOf('long'), codesOf('short'), codesOf('linear')];

/** Where a value comes from: in JSON a number has the form that JSON demands, in text that of liqcalc. */
export type Source = 'json' | 'text';

const perField = (of: (field: Field) => number): Int32Array => Int32Array.from(FIELD_LIST, ([, field]) => of(field));
const SUFFIX = perField(({ suffix }) => suffix?.charCodeAt(0) ?? 0);
const IS_SIGNED = perField(({ range }) => (range === 'any' ? 1 : 0));
const MAXIMUM = Float64Array.from(FIELD_LIST, ([, { maximum }]: readonly [string, Field]) =>
  maximum === undefined ? Number.POSITIVE_INFINITY : Number(maximum),
);
const IS_POSITIVE = perField(({ range }) => (range === 'positive' ? 1 : 0));

/**
 * The values of one record: decimals as a whole number below 10^15 (exact in a double) over a power of ten.
 *
 * What is read stays until the next record overwrites it; who reads keeps account of what the record has.
 */
export class LaneTerms {
  readonly mantissas = new Float64Array(FIELD_LIST.length);
  readonly decimals = new Int32Array(FIELD_LIST.length);
  isLong = true;
  symbol: LaneSymbol | undefined;
  readonly #symbols: LaneSymbols;

  constructor(symbols: LaneSymbols) {
    this.#symbols = symbols;
  }

  /**
   * Reads the value of a field.
   *
   * @returns the place after it, or 0 where it is none for the lane.
   */
  read(bytes: Buffer, at: number, place: number, source: Source): number {
    if (place === PLACE.side) return this.#side(bytes, at, source);
    if (place === PLACE.contract) return wordEnd(bytes, at, LINEAR, source);
    if (place === PLACE.symbol) return this.#symbol(bytes, at, source);
    if (source === 'text') return this.#textNumber(bytes, at, place);
    if (bytes[at] !== QUOTE) return this.#jsonNumber(bytes, at, place);
    const end = this.#textNumber(bytes, at + 1, place);
    return end !== 0 && bytes[end] === QUOTE ? end + 1 : 0;
  }

  #jsonNumber(bytes: Buffer, start: number, place: number): number {
    const at = bytes[start] === MINUS ? start + 1 : start;
    const second = bytes[at + 1] as number;
    // JSON knows no leading zeros, and no dot without a digit on each side.
    if (!isDigit(bytes[at] as number) || (bytes[at] === ZERO && isDigit(second))) return 0;
    const end = this.#digits(bytes, at, place);
    if (end === 0 || bytes[end - 1] === DOT) return 0;
    return this.#isInRange(at > start, place) ? end : 0;
  }

  #textNumber(bytes: Buffer, start: number, place: number): number {
    const sign = bytes[start];
    const at = sign === MINUS || sign === PLUS ? start + 1 : start;
    let end = this.#digits(bytes, at, place);
    if (end === 0 || !this.#isInRange(sign === MINUS, place)) return 0;
    const suffix = SUFFIX[place] as number;
    if (suffix !== 0 && (bytes[end] === suffix || (bytes[end] === suffix - SMALL && suffix > 96))) end++;
    return end;
  }

  /** Digits with at most one dot; at least one digit. Up to nine of them make a small integer, which is quicker. */
  #digits(bytes: Buffer, start: number, place: number): number {
    let mantissa = 0;
    let dot = -1;
    let at = start;
    for (; ; at++) {
      const digit = (bytes[at] as number) - ZERO;
      if (digit >= 0 && digit <= 9) mantissa = (Math.imul(mantissa, 10) + digit) | 0;
      else if (digit === DOT - ZERO && dot < 0) dot = at;
      else break;
    }
    const count = dot < 0 ? at - start : at - start - 1;
    const decimals = dot < 0 ? 0 : at - dot - 1;
    if (count === 0 || decimals > MOST_DECIMALS) return 0;
    this.decimals[place] = decimals;
    if (count <= 9) this.mantissas[place] = mantissa;
    else if (!this.#longMantissa(bytes, start, at, place)) return 0;
    return at;
  }

  #longMantissa(bytes: Buffer, start: number, end: number, place: number): boolean {
    let mantissa = 0;
    for (let at = start; at < end; at++) {
      if (bytes[at] !== DOT) mantissa = mantissa * 10 + ((bytes[at] as number) - ZERO);
    }
    this.mantissas[place] = mantissa;
    return mantissa < MOST_MANTISSA;
  }

  #isInRange(isNegative: boolean, place: number): boolean {
    if (isNegative) {
      if (IS_SIGNED[place] === 0) return false;
      this.mantissas[place] = -(this.mantissas[place] as number);
    }
    const value = this.mantissas[place] as number;
    if (IS_POSITIVE[place] === 1 && value <= 0) return false;
    const maximum = MAXIMUM[place] as number;
    return maximum === Number.POSITIVE_INFINITY || value <= maximum * 10 ** (this.decimals[place] as number);
  }

  #side(bytes: Buffer, start: number, source: Source): number {
    const first = (bytes[source === 'json' ? start + 1 : start] as number) | SMALL;
    this.isLong = first === LONG[0];
    return wordEnd(bytes, start, this.isLong ? LONG : SHORT, source);
  }

  #symbol(bytes: Buffer, start: number, source: Source): number {
    const from = source === 'json' ? start + 1 : start;
    const end = LaneSymbols.endOf(bytes, from);
    if (end === from) return 0;
    this.symbol = this.#symbols.find(bytes, from, end);
    if (!this.symbol) return 0;
    if (source === 'text') return end;
    return bytes[start] === QUOTE && bytes[end] === QUOTE ? end + 1 : 0;
  }
}

/** Values for fields that a record lacks. */
export class LaneDefaults {
  /** The set of their fields; nothing where one of them cannot be read. */
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

  /** Gives a record what it lacks. */
  fill(terms: LaneTerms, has: number): void {
    for (const place of this.#places) {
      if ((has & (1 << place)) !== 0) continue;
      if (place === PLACE.side) terms.isLong = this.#terms.isLong;
      else if (place === PLACE.symbol) terms.symbol = this.#terms.symbol;
      terms.mantissas[place] = this.#terms.mantissas[place] as number;
      terms.decimals[place] = this.#terms.decimals[place] as number;
    }
  }
}

/** The place after a word in any case, in JSON with its quotes; 0 where another stands there. */
function wordEnd(bytes: Buffer, start: number, word: readonly number[], source: Source): number {
  let at = source === 'json' ? start + 1 : start;
  for (const code of word) if (((bytes[at++] as number) | SMALL) !== code) return 0;
  if (source === 'text') return at;
  return bytes[start] === QUOTE && bytes[at] === QUOTE ? at + 1 : 0;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= 57;
}
