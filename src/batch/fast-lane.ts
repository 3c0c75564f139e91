/**
 * The fast lane: plain records priced from their bytes.
 *
 * It takes a position that is linear, isolated by its leverage alone, with a rate of its own: then the size cancels,
 *
 *     price   = E (L -+ 1) / (L (1 -+ m))        long: upper signs, short: lower
 *     percent = 100 (1 - L m) / (L (1 -+ m))
 *
 * and with `E = e / 10^a`, `L = l / 10^b`, `m = r / 10^(c + 2)` both are quotients of whole numbers:
 *
 *     price   10^k = e (l -+ 10^b) 10^(c + 2 + k - a) / (l (10^(c + 2) -+ r))
 *     percent 10^4 = (10^(b + c + 2) - l r) 10^6      / (l (10^(c + 2) -+ r))
 *
 * Why every digit is right: all factors are whole doubles below 2^53, so they are exact. Their product need not be, but it
 * is only used to estimate the quotient `q`: three roundings of 2^-53 each, so below 2^51 the estimate is off by less than
 * two. The remainder `numerator - q divisor` is then small (below 4 divisors, each below 2^29), so it is known from its
 * last 32 bits alone, and 32-bit multiplication gives those exactly. It corrects `q`, and decides the rounding: up if
 * `2 remainder > divisor`, or if they are equal and `q` is odd. Where a bound does not hold the lane leaves the record to
 * the general path, as it does everything else that it does not know.
 *
 * Nothing depends on this module but the stream, and `LIQCALC_LANE=off` turns it off: the bytes are the same.
 */

/** What the lane knows of the keys of a record; records of a stream share few shapes. */
export interface Shape {
  /** The keys in order with their quotes, as bytes. */
  readonly keys: readonly Uint8Array[];
  /** What the lane reads under each key. */
  readonly roles: readonly Role[];
  /** Values for what no key of the shape gives. */
  readonly defaults: Readonly<Partial<Record<Quantity, Decimal>>>;
  readonly defaultSide?: Side | undefined;
}

/** A value that the price depends on. */
export type Quantity = 'entry' | 'lev' | 'mmr';
/** `other` is passed over: it is valid JSON, and that is all that matters. */
export type Role = Quantity | 'side' | 'other';
type Side = 'long' | 'short';

/** A plain decimal: `mantissa / 10^decimals`, the mantissa a whole double. */
export interface Decimal {
  readonly mantissa: number;
  readonly decimals: number;
}

/** Digits that a mantissa may have: below 2^53. */
const MAX_MANTISSA_DIGITS = 15;
const MAX_DIVISOR = 2 ** 29;
const MAX_QUOTIENT = 2 ** 51;
const MAX_EXACT = 2 ** 53;
/** Powers of ten that are exact doubles. */
const POWERS = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
const POWERS_LOW = Int32Array.from(POWERS, (power) => Number(BigInt.asIntN(32, BigInt(power))));

const [QUOTE, BACKSLASH, COMMA, COLON, OPEN, CLOSE] = [34, 92, 44, 58, 123, 125] as const;
const [ZERO, NINE, DOT, MINUS, PLUS, PERCENT, NEWLINE] = [48, 57, 46, 45, 43, 37, 10] as const;
const [SMALL_X, BIG_X, SMALL_U, SMALL_E, BIG_E] = [120, 88, 117, 101, 69] as const;

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const AT = bytesOf('"outcome":"at","liquidationPrice":"');
const ALREADY = bytesOf('"outcome":"already","liquidationPrice":"');
const DISTANCE = bytesOf('","distancePercent":"');
const [LONG, SHORT] = [bytesOf('"long"'), bytesOf('"short"')];
const [TRUE, FALSE, NULL] = [bytesOf('true'), bytesOf('false'), bytesOf('null')];
/** What may follow a backslash, besides `u`. */
const ESCAPES = bytesOf('"\\/bfnrt');
/** The most that an answer adds to its record. */
const ROOM = 160;

/** Prices one record after another into a buffer of its own. */
export class FastLane {
  /** The answers so far; the first `length` bytes count. */
  out = new Uint8Array(1 << 20);
  length = 0;

  readonly #asked: number | undefined;
  #shapes: Shape[] = [];
  /** Mantissas and decimals of entry, leverage and rate. */
  #e = 0;
  #eDecimals = 0;
  #l = 0;
  #lDecimals = 0;
  #r = 0;
  #rDecimals = 0;
  #isLong = true;
  #mantissa = 0;
  #decimals = 0;
  readonly #digits = new Uint8Array(16);

  /** @param asked - decimals of prices, where they were asked for. */
  constructor(asked: number | undefined) {
    this.#asked = asked;
  }

  /** Adds a shape that the lane may meet; the latest few are remembered. */
  learn(shape: Shape): void {
    this.#shapes = [shape, ...this.#shapes.slice(0, 3)];
  }

  /**
   * Prices the record in `bytes` from `start` to `end` (no blanks around it) and writes it with its answer and a newline.
   *
   * @returns whether it did; if not, nothing was written.
   */
  price(bytes: Uint8Array, start: number, end: number): boolean {
    for (const shape of this.#shapes) {
      const last = this.#read(shape, bytes, start, end);
      if (last < 0) continue;
      if (last === 0) return false;
      return this.#answer(bytes, start, last, end);
    }
    return false;
  }

  /** Makes room for `bytes` more. */
  reserve(bytes: number): void {
    if (this.length + bytes <= this.out.length) return;
    const larger = new Uint8Array(Math.max(2 * this.out.length, this.length + bytes));
    larger.set(this.out.subarray(0, this.length));
    this.out = larger;
  }

  /** The end of the last value; 0 where the record is none for the lane; -1 where its keys are not those of the shape. */
  #read({ keys, roles, defaults, defaultSide }: Shape, bytes: Uint8Array, start: number, end: number): number {
    this.#take(defaults, defaultSide);
    if (bytes[start] !== OPEN) return 0;
    let at = start + 1;
    const count = keys.length;
    for (let index = 0; index < count; index++) {
      at = blanks(bytes, at);
      const key = keys[index] as Uint8Array;
      for (let offset = 0; offset < key.length; offset++) if (bytes[at++] !== key[offset]) return -1;
      at = blanks(bytes, at);
      if (bytes[at] !== COLON) return 0;
      at = this.#value(bytes, blanks(bytes, at + 1), roles[index] as Role);
      if (at === 0) return 0;
      const last = at;
      at = blanks(bytes, at);
      const next = bytes[at++];
      if (next === COMMA) continue;
      if (next !== CLOSE) return 0;
      return index === count - 1 ? (at === end ? last : 0) : -1;
    }
    return -1;
  }

  #take({ entry, lev, mmr }: Shape['defaults'], side: Side | undefined): void {
    if (entry) [this.#e, this.#eDecimals] = [entry.mantissa, entry.decimals];
    if (lev) [this.#l, this.#lDecimals] = [lev.mantissa, lev.decimals];
    if (mmr) [this.#r, this.#rDecimals] = [mmr.mantissa, mmr.decimals];
    if (side) this.#isLong = side === 'long';
  }

  /** Reads the value at a place for its role: the place after it, or 0 where the lane cannot take it. */
  #value(bytes: Uint8Array, at: number, role: Role): number {
    switch (role) {
      case 'other':
        return otherEnd(bytes, at);
      case 'side':
        return this.#side(bytes, at);
      case 'entry': {
        const end = this.#number(bytes, at, 0);
        this.#e = this.#mantissa;
        this.#eDecimals = this.#decimals;
        return this.#mantissa > 0 ? end : 0;
      }
      case 'lev': {
        const end = this.#number(bytes, at, SMALL_X);
        this.#l = this.#mantissa;
        this.#lDecimals = this.#decimals;
        return this.#mantissa > 0 ? end : 0;
      }
      case 'mmr': {
        const end = this.#number(bytes, at, PERCENT);
        this.#r = this.#mantissa;
        this.#rDecimals = this.#decimals;
        return end;
      }
    }
  }

  #side(bytes: Uint8Array, at: number): number {
    this.#isLong = bytes[at + 1] === LONG[1];
    return wordEnd(bytes, at, this.#isLong ? LONG : SHORT);
  }

  /** A plain decimal, bare or in quotes: `30000`, `"0.5"`, `"10x"`; no sign, no exponent, at most 15 digits. */
  #number(bytes: Uint8Array, start: number, suffix: number): number {
    const isText = bytes[start] === QUOTE;
    let at = isText ? start + 1 : start;
    const first = at;
    let mantissa = 0;
    let dot = -1;
    for (; ; at++) {
      const byte = bytes[at] as number;
      if (byte >= ZERO && byte <= NINE) mantissa = mantissa * 10 + (byte - ZERO);
      else if (byte === DOT && dot < 0 && at > first) dot = at;
      else break;
    }
    const digits = at - first - (dot < 0 ? 0 : 1);
    if (digits < 1 || digits > MAX_MANTISSA_DIGITS || dot === at - 1) return 0;
    this.#mantissa = mantissa;
    this.#decimals = dot < 0 ? 0 : at - dot - 1;
    if (!isText) return bytes[first] === ZERO && digits > 1 && dot !== first + 1 ? 0 : at;
    const byte = bytes[at];
    if (suffix !== 0 && (byte === suffix || (suffix === SMALL_X && byte === BIG_X))) at++;
    return bytes[at] === QUOTE ? at + 1 : 0;
  }

  /** Computes and writes; the bounds are those of the argument above. */
  #answer(bytes: Uint8Array, start: number, last: number, end: number): boolean {
    const [e, l, r] = [this.#e, this.#l, this.#r];
    const sign = this.#isLong ? -1 : 1;
    const places = this.#asked ?? Math.max(8, this.#eDecimals + 4);
    const rateUnit = this.#rDecimals + 2;
    const shift = rateUnit + places - this.#eDecimals;
    const unitDecimals = this.#lDecimals + rateUnit;
    if (shift < 0 || shift > 22 || unitDecimals > 15 || places > 14) return false;
    const factor = l + sign * (POWERS[this.#lDecimals] as number);
    const divisor = l * ((POWERS[rateUnit] as number) + sign * r);
    const product = l * r;
    if (factor <= 0 || r >= (POWERS[rateUnit] as number)) return false;
    if (divisor >= MAX_DIVISOR || product >= MAX_EXACT || factor >= MAX_EXACT) return false;
    const price = rounded(e, factor, shift, divisor);
    if (price < 0) return false;
    const room = (POWERS[unitDecimals] as number) - product;
    const percent = rounded(room < 0 ? -room : room, 1, 6, divisor);
    if (percent < 0) return false;
    this.reserve(end - start + ROOM);
    this.#copy(bytes, start, last);
    this.#put(COMMA);
    this.#copy(room > 0 ? AT : ALREADY, 0, (room > 0 ? AT : ALREADY).length);
    this.#decimal(price, places);
    this.#copy(DISTANCE, 0, DISTANCE.length);
    if (room < 0 && percent > 0) this.#put(MINUS);
    this.#decimal(percent, 4);
    this.#put(QUOTE);
    this.#copy(bytes, last, end);
    this.#put(NEWLINE);
    return true;
  }

  #put(byte: number): void {
    this.out[this.length++] = byte;
  }

  #copy(bytes: Uint8Array, from: number, to: number): void {
    const { out } = this;
    let at = this.length;
    for (let index = from; index < to; index++) out[at++] = bytes[index] as number;
    this.length = at;
  }

  /** Writes `scaled / 10^places` without trailing zeros. */
  #decimal(scaled: number, places: number): void {
    const digits = this.#digits;
    const high = Math.floor(scaled / 1e8);
    eightDigits(digits, 8, scaled - high * 1e8);
    eightDigits(digits, 0, high);
    const point = 16 - places;
    let first = 0;
    while (first < point - 1 && digits[first] === 0) first++;
    let stop = 16;
    while (stop > point && digits[stop - 1] === 0) stop--;
    for (let index = first; index < stop; index++) {
      if (index === point) this.#put(DOT);
      this.#put(ZERO + (digits[index] as number));
    }
  }
}

/**
 * `a b 10^shift / divisor`, rounded half-even: exact for whole `a`, `b` below 2^53 and a whole divisor below 2^29.
 *
 * @returns -1 where the quotient is too large for the argument above.
 */
export function rounded(a: number, b: number, shift: number, divisor: number): number {
  const estimate = (a * b * (POWERS[shift] as number)) / divisor;
  if (!(estimate < MAX_QUOTIENT)) return -1;
  let quotient = Math.floor(estimate);
  const numeratorLow = Math.imul(Math.imul(a | 0, b | 0), POWERS_LOW[shift] as number);
  let remainder = (numeratorLow - Math.imul(quotient | 0, divisor)) | 0;
  for (; remainder < 0; remainder += divisor) quotient--;
  for (; remainder >= divisor; remainder -= divisor) quotient++;
  const twice = 2 * remainder;
  return twice > divisor || (twice === divisor && quotient % 2 === 1) ? quotient + 1 : quotient;
}

function eightDigits(digits: Uint8Array, from: number, value: number): void {
  let rest = value | 0;
  for (let index = from + 7; index >= from; index--) {
    const tenth = (rest / 10) | 0;
    digits[index] = rest - tenth * 10;
    rest = tenth;
  }
}

function blanks(bytes: Uint8Array, from: number): number {
  let at = from;
  for (;;) {
    const byte = bytes[at] as number;
    if (byte > 32 || (byte !== 32 && byte !== 9 && byte !== 13 && byte !== 10)) return at;
    at++;
  }
}

/** The place after a word that stands here, or 0. */
function wordEnd(bytes: Uint8Array, at: number, word: Uint8Array): number {
  for (let offset = 0; offset < word.length; offset++) if (bytes[at + offset] !== word[offset]) return 0;
  return at + word.length;
}

/** The place after a value that is no object and no array, or 0 where it is one or is not JSON. */
function otherEnd(bytes: Uint8Array, at: number): number {
  const byte = bytes[at] as number;
  if (byte === QUOTE) return stringEnd(bytes, at);
  if (byte === MINUS || isDigit(byte)) return numberEnd(bytes, at);
  return wordEnd(bytes, at, TRUE) || wordEnd(bytes, at, FALSE) || wordEnd(bytes, at, NULL);
}

function stringEnd(bytes: Uint8Array, start: number): number {
  for (let at = start + 1; ; at++) {
    const byte = bytes[at] as number;
    if (byte === QUOTE) return at + 1;
    if (byte === BACKSLASH) {
      at++;
      if (bytes[at] === SMALL_U) {
        for (const last = at + 4; at < last; at++) if (!isHex(bytes[at + 1])) return 0;
      } else if (!ESCAPES.includes(bytes[at] as number)) return 0;
    } else if (!(byte >= 32)) return 0;
  }
}

function numberEnd(bytes: Uint8Array, start: number): number {
  let at = bytes[start] === MINUS ? start + 1 : start;
  const whole = digitsEnd(bytes, at);
  if (whole === at || (bytes[at] === ZERO && whole > at + 1)) return 0;
  at = whole;
  if (bytes[at] === DOT) {
    const fraction = digitsEnd(bytes, at + 1);
    if (fraction === at + 1) return 0;
    at = fraction;
  }
  if (bytes[at] !== SMALL_E && bytes[at] !== BIG_E) return at;
  const sign = bytes[at + 1];
  const from = sign === PLUS || sign === MINUS ? at + 2 : at + 1;
  const exponent = digitsEnd(bytes, from);
  return exponent === from ? 0 : exponent;
}

function digitsEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  while (isDigit(bytes[at])) at++;
  return at;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= NINE;
}

function isHex(byte: number | undefined): boolean {
  return byte !== undefined && (isDigit(byte) || (byte >= 65 && byte <= 70) || (byte >= 97 && byte <= 102));
}
