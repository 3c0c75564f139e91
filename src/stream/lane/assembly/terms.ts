// The terms of one record: decimals as whole numbers below 10^15 over powers of ten up to 10^15, so that both are exact as
// doubles, too. Values stay until the next record overwrites them; `fields` says which of them the record has.
import { digitsIn, numberIn } from './bytes';
import { symbolTable } from './host';
import {
  bit,
  byteAt,
  CONTRACT,
  FIELDS,
  floatPower,
  keepDefault,
  NO_TABLE,
  power,
  REFUSED_SYMBOL,
  RULES,
  setValue,
  SIDE,
  SYMBOL,
  SYMBOL_SLOTS,
  SYMBOLS,
  useDefault,
} from './memory';
import { isNew, keep, MOST_TEXT, slotOf, valueIn } from './texts';

/** A rule is 16 bytes: what values are allowed, the letter that may follow (0: none), and the highest value. */
const SUFFIX: usize = 4;
const MAXIMUM: usize = 8;
export const ANY: u32 = 0;
export const NOT_NEGATIVE: u32 = 1;
export const POSITIVE: u32 = 2;

const ZERO: u32 = 48;
const DOT: u32 = 46;
const MINUS: u32 = 45;
const PLUS: u32 = 43;
const SMALL: u32 = 32;
const SMALL_LETTERS: u32 = 0x20202020;
/** `long` and `shor` as words, the first letter in the lowest byte: the first is even, the other odd. */
const LONG: u32 = 0x676e6f6c;
const SHOR: u32 = 0x726f6873;
const SMALL_T: u32 = 116;
/** `linear` in two overlapping words. */
const LINE: u32 = 0x656e696c;
const NEAR: u32 = 0x7261656e;

/** So many digits fit a word, leading zeros included. */
const MOST_DIGITS: usize = 19;
const MOST_DECIMALS: usize = 15;
const VALUE_LIMIT: u64 = 1000000000000000;
const MOST_SYMBOLS: u32 = 3000;

/** The digits that were read, as a number; it may overflow if there are too many. */
let mantissa: u64 = 0;
/** The fields of the record, and those that its keys need. */
export let fields: u32 = 0;
export let needs: u32 = 0;
/** 1 for a long, -1 for a short. */
export let sign: i64 = 1;
/** The bracket table of the symbol, or `NO_TABLE`. */
export let table: usize = NO_TABLE;

let defaultFields: u32 = 0;
let defaultSign: i64 = 1;
let defaultTable: usize = NO_TABLE;
let symbols: u32 = 0;

/** Declares a field: what values are allowed, the letter that may follow them (0: none), and the highest value. */
export function setRule(field: u32, allowed: u32, suffix: u32, maximum: f64): void {
  const rule = ruleOf(field);
  store<u32>(rule, allowed);
  store<u32>(rule, suffix, SUFFIX);
  store<f64>(rule, maximum, MAXIMUM);
}

function ruleOf(field: u32): usize {
  return RULES + ((<usize>field) << 4);
}

export function beginTerms(): void {
  fields = 0;
  needs = 0;
}

export function addNeeds(more: u32): void {
  needs |= more;
}

/**
 * Reads the value of a field, a text without its quotes or a number of JSON.
 *
 * @returns the place after it; 0 if the lane does not take it, or if the record has the field already.
 */
export function readField(at: usize, field: u32, isText: bool): usize {
  if ((fields & bit(field)) != 0) return 0;
  fields |= bit(field);
  if (field != SIDE && field != SYMBOL && field != CONTRACT) return readNumber(at, field, isText);
  if (!isText) return 0;
  if (field == SIDE) return readSide(at);
  return field == SYMBOL ? readSymbol(at) : readLinear(at);
}

/** Digits with at most one dot, after a sign, before the letter of its unit. Text and JSON have different rules. */
function readNumber(start: usize, field: u32, isText: bool): usize {
  const first = byteAt(start);
  const isNegative = first == MINUS;
  const from = isNegative || (first == PLUS && isText) ? start + 1 : start;
  let at = readDigits(from, 0);
  const whole = at - from;
  let decimals: usize = 0;
  if (byteAt(at) == DOT) {
    const dot = at;
    at = readDigits(at + 1, mantissa);
    decimals = at - dot - 1;
    if (!isText && decimals == 0) return 0;
  }
  // JSON has no leading zeros, and no dot without a digit before it.
  if (!isText && (whole == 0 || (whole > 1 && byteAt(from) == ZERO))) return 0;
  const digits = whole + decimals;
  if (digits == 0 || digits > MOST_DIGITS || decimals > MOST_DECIMALS || mantissa >= VALUE_LIMIT) return 0;
  const rule = ruleOf(field);
  const allowed = load<u32>(rule);
  if ((isNegative && allowed != ANY) || (mantissa == 0 && allowed == POSITIVE)) return 0;
  if (<f64>mantissa > load<f64>(rule, MAXIMUM) * floatPower(<i32>decimals)) return 0;
  setValue(field, isNegative ? -(<i64>mantissa) : <i64>mantissa, <i32>decimals);
  return isText ? suffixEnd(at, load<u32>(rule, SUFFIX)) : at;
}

/**
 * Appends digits to a number, which is the mantissa then; returns the place after them, or after more than fit.
 */
function readDigits(from: usize, before: u64): usize {
  const most = from + MOST_DIGITS;
  mantissa = before;
  let at = from;
  let count: usize = 8;
  while (count == 8 && at < most) {
    const word = load<u64>(at);
    count = digitsIn(word);
    if (count != 0) mantissa = mantissa * power(<i32>count) + numberIn(word, count);
    at += count;
  }
  return at;
}

/** The place after a suffix, which need not be there; a letter may be a capital. */
function suffixEnd(at: usize, suffix: u32): usize {
  if (suffix == 0) return at;
  const byte = byteAt(at);
  return byte == suffix || (suffix > 96 && byte == suffix - SMALL) ? at + 1 : at;
}

/** `long` or `short` in any case. The side is not predictable, so the code does not branch on it. */
function readSide(at: usize): usize {
  const word = load<u32>(at) | SMALL_LETTERS;
  const isShort = word & 1;
  const differs = word ^ select<u32>(SHOR, LONG, <bool>isShort);
  const lastDiffers = ((byteAt(at + 4) | SMALL) ^ SMALL_T) * isShort;
  sign = 1 - 2 * <i64>isShort;
  return (differs | lastDiffers) == 0 ? at + 4 + <usize>isShort : 0;
}

function readLinear(at: usize): usize {
  const isLine = (load<u32>(at) | SMALL_LETTERS) == LINE;
  return isLine && (load<u32>(at + 2) | SMALL_LETTERS) == NEAR ? at + 6 : 0;
}

function readSymbol(at: usize): usize {
  let end = at;
  while (isOfSymbol(byteAt(end))) end++;
  const length = end - at;
  if (length == 0 || length > MOST_TEXT) return 0;
  const slot = slotOf(SYMBOLS, SYMBOL_SLOTS, at, length);
  if (isNew) {
    if (symbols == MOST_SYMBOLS) return 0;
    symbols++;
    keep(slot, at, length, <u32>symbolTable(at, length), 0);
  }
  table = <usize>valueIn(slot);
  return table == REFUSED_SYMBOL ? 0 : end;
}

/** Letters, digits, `-`, `.`, `/`, `:`, `_`. */
function isOfSymbol(byte: u32): bool {
  return byte - 45 <= 13 || (byte | SMALL) - 97 <= 25 || byte == 95;
}

/** Reads the text of a default; false if the lane does not take it. */
export function readDefault(at: usize, end: usize, field: u32): bool {
  beginTerms();
  if (readField(at, field, true) != end) return false;
  keepDefault(field);
  defaultFields |= bit(field);
  defaultSign = sign;
  if (field == SYMBOL) defaultTable = table;
  return true;
}

/** Fills in the values that the record lacks. */
export function fillIn(): void {
  const missing = defaultFields & ~fields;
  if (missing == 0) return;
  for (let field: u32 = 0; field < FIELDS; field++) if ((missing & bit(field)) != 0) useDefault(field);
  if ((missing & bit(SIDE)) != 0) sign = defaultSign;
  if ((missing & bit(SYMBOL)) != 0) table = defaultTable;
  fields |= missing;
}
