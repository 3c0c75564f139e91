/**
 * The grammar of JSON (RFC 8259), checked in place without building values.
 *
 * Accepts what `JSON.parse` accepts, in a fraction of its time, because it creates no objects.
 */

export const QUOTE = 34;
export const COMMA = 44;
const PLUS = 43;
const MINUS = 45;
const DOT = 46;
const ZERO = 48;
const NINE = 57;
export const COLON = 58;
export const OPEN_BRACKET = 91;
export const BACKSLASH = 92;
export const CLOSE_BRACKET = 93;
export const OPEN_BRACE = 123;
export const CLOSE_BRACE = 125;
/** Strings may contain characters below this only as escapes. */
const FIRST_PRINTABLE = 32;

const LITERALS = ['true', 'false', 'null'] as const;
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;

/** The result of a failed check. */
const WRONG = -1;

/** The index of the first character at or after `from` that is not JSON white space. */
export function skipBlanks(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return at;
    at++;
  }
}

/** The index after the string that begins here; the string is not validated. */
export function stringEnd(text: string, from: number): number {
  let at = from + 1;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) break;
    if (code === BACKSLASH) at++;
  }
  return at + 1;
}

/** Whether a text is one JSON value. */
export function isJsonText(text: string): boolean {
  /** The closing brackets of the open ones. */
  const closers: number[] = [];
  let at = skipBlanks(text, 0);
  while (at !== WRONG) {
    const opener = text.charCodeAt(at);
    if (opener === OPEN_BRACE || opener === OPEN_BRACKET) {
      const closer = opener === OPEN_BRACE ? CLOSE_BRACE : CLOSE_BRACKET;
      at = skipBlanks(text, at + 1);
      if (text.charCodeAt(at) !== closer) {
        closers.push(closer);
        if (closer === CLOSE_BRACE) at = afterKey(text, at);
        continue;
      }
      at++;
    } else at = scalarEnd(text, at);
    if (at === WRONG) return false;
    at = skipBlanks(text, at);
    while (closers.length > 0 && text.charCodeAt(at) === closers.at(-1)) {
      closers.pop();
      at = skipBlanks(text, at + 1);
    }
    if (closers.length === 0) return at === text.length;
    if (text.charCodeAt(at) !== COMMA) return false;
    at = skipBlanks(text, at + 1);
    if (closers.at(-1) === CLOSE_BRACE) at = afterKey(text, at);
  }
  return false;
}

/** The index of the value after a key. */
function afterKey(text: string, from: number): number {
  if (text.charCodeAt(from) !== QUOTE) return WRONG;
  const end = checkedStringEnd(text, from);
  if (end === WRONG) return WRONG;
  const colon = skipBlanks(text, end);
  return text.charCodeAt(colon) === COLON ? skipBlanks(text, colon + 1) : WRONG;
}

/** The index after a string, a number or a word. */
function scalarEnd(text: string, from: number): number {
  const code = text.charCodeAt(from);
  if (code === QUOTE) return checkedStringEnd(text, from);
  if (code === MINUS || isDigit(code)) return numberEnd(text, from);
  const word = LITERALS.find((each) => text.startsWith(each, from));
  return word === undefined ? WRONG : from + word.length;
}

function checkedStringEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code < FIRST_PRINTABLE) return WRONG;
    if (code !== BACKSLASH) continue;
    ESCAPE.lastIndex = at;
    if (!ESCAPE.test(text)) return WRONG;
    at = ESCAPE.lastIndex - 1;
  }
  return WRONG;
}

/** `-?(0|[1-9][0-9]*)(.[0-9]+)?([eE][+-]?[0-9]+)?` */
function numberEnd(text: string, from: number): number {
  const start = text.charCodeAt(from) === MINUS ? from + 1 : from;
  let at = digitsEnd(text, start);
  if (at === start || (at > start + 1 && text.charCodeAt(start) === ZERO)) return WRONG;
  if (text.charCodeAt(at) === DOT) {
    const decimals = at + 1;
    at = digitsEnd(text, decimals);
    if (at === decimals) return WRONG;
  }
  const letter = text.charCodeAt(at);
  if (letter !== 69 && letter !== 101) return at;
  const sign = text.charCodeAt(at + 1);
  const exponent = sign === PLUS || sign === MINUS ? at + 2 : at + 1;
  at = digitsEnd(text, exponent);
  return at === exponent ? WRONG : at;
}

function digitsEnd(text: string, from: number): number {
  let at = from;
  while (isDigit(text.charCodeAt(at))) at++;
  return at;
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= NINE;
}
