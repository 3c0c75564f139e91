/** Decimals as digits in bytes. Each function that writes them returns the place after the last written byte. */
import type { OutputBytes } from '../output-bytes.js';
import { POWERS } from './powers.js';

const [ZERO, DOT, MINUS] = [48, 46, 45] as const;
/** Four zeros as one word. */
const ZEROS = 0x30303030;
const MAX_INT32 = 2 ** 31 - 1;
const MAX_EXACT = 9_007_199_254_740_992n;
/** Places of decimals that are written from doubles. */
const MOST_PLACES = 14;
const TENTHS = Float64Array.from(POWERS, (power) => 1 / power);

/** Writes `units / 10^places` without trailing zeros; at most 14 places. Up to seven bytes after it are overwritten. */
export function putDecimal({ bytes, words }: OutputBytes, start: number, units: number, places: number): number {
  const magnitude = Math.abs(units);
  let at = start;
  if (units < 0) bytes[at++] = MINUS;
  const unit = POWERS[places] as number;
  let whole = Math.floor(magnitude * (TENTHS[places] as number));
  let fraction = magnitude - whole * unit;
  // The product is not exact: its floor may be off by one.
  if (fraction < 0) {
    whole--;
    fraction += unit;
  } else if (fraction >= unit) {
    whole++;
    fraction -= unit;
  }
  at = putWhole(bytes, at, whole);
  if (fraction === 0) return at;
  bytes[at++] = DOT;
  if (places <= 8) return at + putEight(words, at, fraction * (POWERS[8 - places] as number));
  const lowUnit = POWERS[places - 8] as number;
  const high = Math.floor(fraction / lowUnit);
  const low = (fraction - high * lowUnit) * (POWERS[16 - places] as number);
  const count = putEight(words, at, high);
  return low === 0 ? at + count : at + 8 + putEight(words, at + 8, low);
}

/** The same for any units and places. */
export function putBigDecimal(output: OutputBytes, start: number, units: bigint, places: number): number {
  const isNegative = units < 0n;
  const magnitude = isNegative ? -units : units;
  if (places <= MOST_PLACES && magnitude < MAX_EXACT) return putDecimal(output, start, Number(units), places);
  const digits = magnitude.toString().padStart(places + 1, '0');
  const cut = digits.length - places;
  const fraction = digits.slice(cut).replace(/0+$/, '');
  const text = `${isNegative ? '-' : ''}${digits.slice(0, cut)}${fraction === '' ? '' : `.${fraction}`}`;
  return start + output.bytes.write(text, start, 'latin1');
}

function putWhole(into: Uint8Array, start: number, whole: number): number {
  const end = start + digitsOf(whole);
  let at = end - 1;
  let rest = whole;
  for (; rest > MAX_INT32; at--) {
    const tenth = Math.floor(rest / 10);
    into[at] = ZERO + (rest - tenth * 10);
    rest = tenth;
  }
  for (let small = rest | 0; at >= start; at--) {
    const tenth = (small / 10) | 0;
    into[at] = ZERO + (small - tenth * 10);
    small = tenth;
  }
  return end;
}

function digitsOf(whole: number): number {
  let count = 1;
  for (let limit = 10; whole >= limit; limit *= 10) count++;
  return count;
}

/**
 * Writes a whole number below 10^8 as eight digits.
 *
 * @returns how many of them count without trailing zeros.
 */
function putEight(words: DataView, at: number, value: number): number {
  const whole = value | 0;
  const high = (whole / 10_000) | 0;
  const first = fourDigits(high);
  const last = fourDigits((whole - Math.imul(high, 10_000)) | 0);
  words.setInt32(at, first, true);
  words.setInt32(at + 4, last, true);
  return last === ZEROS ? 4 - zerosAtEnd(first) : 8 - zerosAtEnd(last);
}

/** The four digits of a whole number below 10^4 as one word, the first digit in its lowest byte. */
function fourDigits(value: number): number {
  // 5243 / 2^19 is a hundredth and 103 / 2^10 a tenth, near enough for four and for two digits.
  const hundreds = Math.imul(value, 5243) >> 19;
  const pairs = hundreds | ((value - Math.imul(hundreds, 100)) << 16);
  const tens = (Math.imul(pairs, 103) >> 10) & 0x000f000f;
  return ZEROS | tens | ((pairs - Math.imul(tens, 10)) << 8);
}

/** The number of trailing zeros of four digits. */
function zerosAtEnd(digits: number): number {
  return Math.clz32(digits ^ ZEROS) >> 3;
}
