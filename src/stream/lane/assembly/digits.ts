// Decimals as digits. Each function returns the place after the last written byte; up to seven bytes after it are overwritten.
import { power } from './memory';

const DOT: u8 = 46;
const ZERO: u32 = 48;
/** Eight zeros as a word. */
const ZEROS: u64 = 0x3030303030303030;
const EIGHT_DIGITS: u64 = 100000000;

/** Writes a whole number, and a fraction of so many places without its trailing zeros. */
export function putDecimal(to: usize, whole: u64, fraction: u64, places: i32): usize {
  const at = putWhole(to, whole);
  if (fraction == 0) return at;
  store<u8>(at, DOT);
  return putFraction(at + 1, fraction, places);
}

function putFraction(to: usize, fraction: u64, places: i32): usize {
  let at = to;
  let rest = fraction;
  let left = places;
  for (; left > 8; left -= 8) {
    const head = rest / power(left - 8);
    store<u64>(at, eightDigits(<u32>head));
    at += 8;
    rest -= head * power(left - 8);
  }
  store<u64>(at, eightDigits(<u32>(rest * power(8 - left))));
  at += 8;
  while (load<u8>(at - 1) == ZERO) at--;
  return at;
}

function putWhole(to: usize, value: u64): usize {
  if (value >= EIGHT_DIGITS) {
    const high = value / EIGHT_DIGITS;
    const at = putWhole(to, high);
    store<u64>(at, eightDigits(<u32>(value - high * EIGHT_DIGITS)));
    return at + 8;
  }
  const digits = eightDigits(<u32>value);
  // Leading zeros are the lowest bytes; one digit stays.
  const zeros = min<u64>(ctz(digits ^ ZEROS) >> 3, 7);
  store<u64>(to, digits >> (zeros << 3));
  return to + 8 - <usize>zeros;
}

/** The eight digits of a number below 10^8 as a word, the first in its lowest byte: halved three times, side by side. */
function eightDigits(value: u32): u64 {
  const high = value / 10000;
  const fours = (<u64>high) | ((<u64>(value - high * 10000)) << 32);
  // 5243 / 2^19 is a hundredth and 103 / 2^10 a tenth, near enough for four and for two digits.
  const hundreds = ((fours * 5243) >> 19) & 0x0000007f0000007f;
  const twos = hundreds | ((fours - hundreds * 100) << 16);
  const tens = ((twos * 103) >> 10) & 0x000f000f000f000f;
  return ZEROS | tens | ((twos - tens * 10) << 8);
}
