// JSON as bytes: where a value, a string or a run of blanks ends. Every function stops at a byte that JSON does not allow
// there; the host puts zeros after the input, which JSON never allows.
import { byteAt, CLOSE_BRACE, COLON, COMMA, CR, LF, OPEN_BRACE, QUOTE, SPACE, TAB } from './memory';

const EACH: u64 = 0x0101010101010101;
const HIGH_BITS: u64 = 0x8080808080808080;
const DIGIT_ZEROS: u64 = 0x3030303030303030;
/** Added to a byte above nine, it sets its high bit. */
const ABOVE_NINE: u64 = 0x7676767676767676;
const BACKSLASH: u32 = 92;
const OPEN_BRACKET: u32 = 91;
const CLOSE_BRACKET: u32 = 93;
const MINUS: u32 = 45;
const PLUS: u32 = 43;
const DOT: u32 = 46;
const ZERO: u32 = 48;
const SMALL: u32 = 32;
const SMALL_A: u32 = 97;
const SMALL_B: u32 = 98;
const SMALL_E: u32 = 101;
const SMALL_F: u32 = 102;
const SMALL_N: u32 = 110;
const SMALL_R: u32 = 114;
const SMALL_T: u32 = 116;
const SMALL_U: u32 = 117;
const SLASH: u32 = 47;
/** `null`, `true`, `fals` as words, the first letter in the lowest byte. */
const NULL: u32 = 0x6c6c756e;
const TRUE: u32 = 0x65757274;
const FALS: u32 = 0x736c6166;
const MOST_DEPTH: i32 = 50;

/** Whether a record may have line ends: not if it ends with its line. */
let spansLines: bool = false;
/** Whether blanks with a line end were skipped since this was last set to false. */
export let sawBreak: bool = false;

export function setSpansLines(value: bool): void {
  spansLines = value;
}

export function forgetBreaks(): void {
  sawBreak = false;
}

export function isDigit(byte: u32): bool {
  return byte - ZERO <= 9;
}

/** The place of the next byte that is not a blank. */
export function blanksEnd(from: usize): usize {
  return byteAt(from) > SPACE ? from : runOfBlanksEnd(from);
}

function runOfBlanksEnd(from: usize): usize {
  let at = from;
  while (isBlank(byteAt(at))) at++;
  return at;
}

function isBlank(byte: u32): bool {
  if (byte == SPACE || byte == TAB) return true;
  if (byte != CR && (byte != LF || !spansLines)) return false;
  sawBreak = true;
  return true;
}

/** The bytes of a word that equal one, as their high bits: exact for the lowest of them. */
export function equalTo(word: u64, byte: u32): u64 {
  const differs = word ^ (<u64>byte * EACH);
  return (differs - EACH) & ~differs & HIGH_BITS;
}

/** The place of the quote that closes a string; 0 if a byte or an escape before it is not allowed. */
export function stringEnd(from: usize): usize {
  let at = stopFrom(from);
  while (byteAt(at) == BACKSLASH) {
    const end = escapeEnd(at + 1);
    if (end == 0) return 0;
    at = stopFrom(end);
  }
  return byteAt(at) == QUOTE ? at : 0;
}

/** The place of the next quote, backslash or control character. */
function stopFrom(from: usize): usize {
  let at = from;
  let stops = stopsIn(load<u64>(at));
  while (stops == 0) {
    at += 8;
    stops = stopsIn(load<u64>(at));
  }
  return at + <usize>(ctz(stops) >> 3);
}

function stopsIn(word: u64): u64 {
  const belowSpace = (word - SPACE * EACH) & ~word & HIGH_BITS;
  return equalTo(word, QUOTE) | equalTo(word, BACKSLASH) | belowSpace;
}

function escapeEnd(at: usize): usize {
  const byte = byteAt(at);
  if (byte == SMALL_U) {
    for (let index: usize = 1; index <= 4; index++) if (!isHex(byteAt(at + index))) return 0;
    return at + 5;
  }
  const isLetter = byte == SMALL_B || byte == SMALL_F || byte == SMALL_N || byte == SMALL_R || byte == SMALL_T;
  return isLetter || byte == QUOTE || byte == BACKSLASH || byte == SLASH ? at + 1 : 0;
}

function isHex(byte: u32): bool {
  return isDigit(byte) || (byte | SMALL) - SMALL_A <= 5;
}

/** The place after `null`, or 0. */
export function nullEnd(at: usize): usize {
  return load<u32>(at) == NULL ? at + 4 : 0;
}

/** The place after any JSON value, or 0: as strict as `JSON.parse`. */
export function valueEnd(at: usize, depth: i32 = 0): usize {
  const byte = byteAt(at);
  if (byte == QUOTE) return quotedEnd(at);
  if (byte == MINUS || isDigit(byte)) return numberEnd(at);
  if (byte == OPEN_BRACE || byte == OPEN_BRACKET) return depth < MOST_DEPTH ? nestedEnd(at, depth) : 0;
  const word = load<u32>(at);
  if (word == TRUE || word == NULL) return at + 4;
  return word == FALS && byteAt(at + 4) == SMALL_E ? at + 5 : 0;
}

function quotedEnd(at: usize): usize {
  const end = stringEnd(at + 1);
  return end == 0 ? 0 : end + 1;
}

function nestedEnd(from: usize, depth: i32): usize {
  const isObject = byteAt(from) == OPEN_BRACE;
  const close = isObject ? CLOSE_BRACE : CLOSE_BRACKET;
  let at = blanksEnd(from + 1);
  if (byteAt(at) == close) return at + 1;
  while (at != 0) {
    if (isObject) at = nestedKeyEnd(at);
    at = at == 0 ? 0 : valueEnd(at, depth + 1);
    if (at == 0) return 0;
    at = blanksEnd(at);
    if (byteAt(at) == close) return at + 1;
    at = byteAt(at) == COMMA ? blanksEnd(at + 1) : 0;
  }
  return 0;
}

/** The place of the value after a key and its colon, or 0. */
function nestedKeyEnd(from: usize): usize {
  const end = byteAt(from) == QUOTE ? quotedEnd(from) : 0;
  if (end == 0) return 0;
  const at = blanksEnd(end);
  return byteAt(at) == COLON ? blanksEnd(at + 1) : 0;
}

function numberEnd(from: usize): usize {
  let at = byteAt(from) == MINUS ? from + 1 : from;
  const whole = digitsEnd(at);
  if (whole == at || (byteAt(at) == ZERO && whole > at + 1)) return 0;
  at = whole;
  if (byteAt(at) == DOT) {
    const fraction = digitsEnd(at + 1);
    if (fraction == at + 1) return 0;
    at = fraction;
  }
  if ((byteAt(at) | SMALL) != SMALL_E) return at;
  const sign = byteAt(at + 1);
  const first = sign == PLUS || sign == MINUS ? at + 2 : at + 1;
  const exponent = digitsEnd(first);
  return exponent == first ? 0 : exponent;
}

function digitsEnd(from: usize): usize {
  let at = from;
  let count = digitsIn(load<u64>(at));
  while (count == 8) {
    at += 8;
    count = digitsIn(load<u64>(at));
  }
  return at + count;
}

/** How many bytes of a word are digits, from its lowest on. */
export function digitsIn(word: u64): usize {
  const values = word ^ DIGIT_ZEROS;
  const others = (((values & ~HIGH_BITS) + ABOVE_NINE) | values) & HIGH_BITS;
  return <usize>(ctz(others) >> 3);
}

/** The number of the lowest digits of a word, one to eight: pairs of digits, then of pairs, then of fours. */
export function numberIn(word: u64, digits: usize): u64 {
  const ones = (word ^ DIGIT_ZEROS) << (64 - ((<u64>digits) << 3));
  const twos = ((ones * 2561) >> 8) & 0x00ff00ff00ff00ff;
  const fours = ((twos * 6553601) >> 16) & 0x0000ffff0000ffff;
  return (fours * 42949672960001) >> 32;
}

/** Copies bytes, sixteen at a time: up to fifteen after them are overwritten. */
export function copy(to: usize, from: usize, end: usize): usize {
  const length = end - from;
  for (let offset: usize = 0; offset < length; offset += 16) v128.store(to + offset, v128.load(from + offset));
  return to + length;
}

/** Copies a record without its line ends and the blanks around them. */
export function copyOnOneLine(to: usize, from: usize, end: usize): usize {
  let into = to;
  for (let at = from; at < end; at++) {
    const byte = byteAt(at);
    if (byte == LF || byte == CR) {
      while (into > to && isIndent(byteAt(into - 1))) into--;
      while (at + 1 < end && (isIndent(byteAt(at + 1)) || byteAt(at + 1) == LF || byteAt(at + 1) == CR)) at++;
    } else store<u8>(into++, byte);
  }
  return into;
}

function isIndent(byte: u32): bool {
  return byte == SPACE || byte == TAB;
}

export function lineEnds(from: usize, to: usize): i32 {
  let count = 0;
  for (let at = from; at < to; at++) if (byteAt(at) == LF) count++;
  return count;
}
