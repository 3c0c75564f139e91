import { isOfNaN } from '../output-bytes.js';
import { CR, LF, QUOTE, SPACE, TAB } from '../splitter.js';

const BACKSLASH = 92;
const COMMA = 44;
const COLON = 58;
const [OPEN_BRACKET, CLOSE_BRACKET, OPEN_BRACE, CLOSE_BRACE] = [91, 93, 123, 125] as const;
const [ZERO, NINE, DOT, MINUS, PLUS] = [48, 57, 46, 45, 43] as const;
const [SMALL_U, SMALL_E, BIG_E] = [117, 101, 69] as const;

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
const WORDS = [bytesOf('true'), bytesOf('false'), bytesOf('null')] as const;
const NULL = WORDS[2];
/** What may follow a backslash, besides `u`. */
const ESCAPES = bytesOf('"\\/bfnrt');
/** The maximum depth of nested values. */
const MOST_DEPTH = 50;

/**
 * The place after the JSON value at a place, or 0 if it is not a JSON value: as strict as `JSON.parse`.
 *
 * Every function here ends at a zero byte, which no JSON text contains. Bytes that are `isOfNaN` cannot be copied as
 * words, so the lane does not take a value with one.
 *
 * @param lineEnd - a byte that does not count as a blank: LF if records end with their line, else 0.
 */
export function valueEnd(bytes: Uint8Array, at: number, lineEnd: number, depth = 0): number {
  const byte = bytes[at] as number;
  if (byte === QUOTE) return quotedEnd(bytes, at);
  if (byte === MINUS || isDigit(byte)) return numberEnd(bytes, at);
  if (byte === OPEN_BRACE || byte === OPEN_BRACKET)
    return depth < MOST_DEPTH ? nestedEnd(bytes, at, lineEnd, depth) : 0;
  for (const word of WORDS) if (byte === word[0]) return wordEnd(bytes, at, word);
  return 0;
}

/** The place after `null`, or 0. */
export function nullEnd(bytes: Uint8Array, at: number): number {
  return wordEnd(bytes, at, NULL);
}

/** The place of the next byte that is not a blank. */
export function blanksEnd(bytes: Uint8Array, from: number, lineEnd: number): number {
  let at = from;
  for (;;) {
    const byte = bytes[at] as number;
    if (byte > SPACE || byte === lineEnd) return at;
    if (byte !== SPACE && byte !== TAB && byte !== CR && byte !== LF) return at;
    at++;
  }
}

/** The place of the quote that closes a string, from a place within it; 0 if there is none. */
export function stringEnd(bytes: Uint8Array, start: number): number {
  let at = start;
  for (;;) {
    const byte = bytes[at] as number;
    if (byte === QUOTE) return at;
    if (byte === BACKSLASH) {
      at = escapeEnd(bytes, at + 1);
      if (at === 0) return 0;
    } else if (byte >= SPACE && !isOfNaN(byte)) at++;
    else return 0;
  }
}

/** The place after a string with its quotes, or 0. */
function quotedEnd(bytes: Uint8Array, start: number): number {
  const end = stringEnd(bytes, start + 1);
  return end === 0 ? 0 : end + 1;
}

function escapeEnd(bytes: Uint8Array, at: number): number {
  const byte = bytes[at] as number;
  if (byte !== SMALL_U) return ESCAPES.includes(byte) ? at + 1 : 0;
  for (let digit = 1; digit <= 4; digit++) if (!isHex(bytes[at + digit] as number)) return 0;
  return at + 5;
}

function nestedEnd(bytes: Uint8Array, start: number, lineEnd: number, depth: number): number {
  const isObject = bytes[start] === OPEN_BRACE;
  const close = isObject ? CLOSE_BRACE : CLOSE_BRACKET;
  let at = blanksEnd(bytes, start + 1, lineEnd);
  if (bytes[at] === close) return at + 1;
  for (;;) {
    if (isObject) {
      if (bytes[at] !== QUOTE) return 0;
      at = quotedEnd(bytes, at);
      if (at === 0) return 0;
      at = blanksEnd(bytes, at, lineEnd);
      if (bytes[at] !== COLON) return 0;
      at = blanksEnd(bytes, at + 1, lineEnd);
    }
    at = valueEnd(bytes, at, lineEnd, depth + 1);
    if (at === 0) return 0;
    at = blanksEnd(bytes, at, lineEnd);
    if (bytes[at] === close) return at + 1;
    if (bytes[at] !== COMMA) return 0;
    at = blanksEnd(bytes, at + 1, lineEnd);
  }
}

function wordEnd(bytes: Uint8Array, at: number, word: Uint8Array): number {
  for (let offset = 0; offset < word.length; offset++) if (bytes[at + offset] !== word[offset]) return 0;
  return at + word.length;
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
  while (isDigit(bytes[at] as number)) at++;
  return at;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}

function isHex(byte: number): boolean {
  return isDigit(byte) || (byte >= 65 && byte <= 70) || (byte >= 97 && byte <= 102);
}
