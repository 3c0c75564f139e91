// JSON objects: one a line, or values one after another, or the elements of an array.
import { priceRecord, putAnswer } from './answer';
import {
  blanksEnd,
  copy,
  copyOnOneLine,
  equalTo,
  forgetBreaks,
  lineEnds,
  nullEnd,
  sawBreak,
  setSpansLines,
  stringEnd,
  valueEnd,
} from './bytes';
import { keyCode, keyNeeds } from './host';
import {
  BEFORE_KEYS,
  byteAt,
  CLOSE_BRACE,
  COLON,
  COMMA,
  KEY_SLOTS,
  KEYS,
  LF,
  OPEN_BRACE,
  OTHER_KEY,
  QUOTE,
  REFUSED_KEY,
} from './memory';
import { addLines, beginOutput, endRecord, hasRoom, written } from './output';
import { addNeeds, beginTerms, readField } from './terms';
import { isAt, isFirstIn, isNew, keep, lengthIn, MOST_TEXT, needsIn, nextIn, setNext, slotOf, valueIn } from './texts';

const SMALL_N: u32 = 110;
const MOST_KEYS: u32 = 192;

let isArray: bool = false;
let keys: u32 = 0;
let record: u32 = 0;
/** The end of the last value of the record, the place after its brace, and whether there are line ends in it. */
let last: usize = 0;
let close: usize = 0;
let isBroken: bool = false;

/** @param input - whether records may have line ends. @param output - whether answers are elements of an array. */
export function setLayout(input: bool, output: bool): void {
  setSpansLines(input);
  isArray = output;
}

/** Takes whole lines, blank ones among them; returns the place of the first that is left. */
export function takeLines(from: usize, to: usize): usize {
  beginOutput();
  let line = from;
  while (line < to) {
    const start = blanksEnd(line);
    let end = start;
    if (byteAt(start) != LF) {
      if (byteAt(start) != OPEN_BRACE || !readMembers(start + 1)) return line;
      end = blanksEnd(close);
      if (byteAt(end) != LF || !hasRoom(close - start) || !priceRecord()) return line;
      writeRecord(start);
    }
    addLines(1);
    line = end + 1;
  }
  return line;
}

/** Takes objects and what is between them, from the brace of the first to the place after the brace of the last. */
export function takeValues(from: usize, to: usize, hasCommas: bool): usize {
  beginOutput();
  let taken = from;
  let start = from;
  while (start < to) {
    if (byteAt(start) != OPEN_BRACE || !readMembers(start + 1)) return taken;
    if (!hasRoom(close - start) || !priceRecord()) return taken;
    addLines(lineEnds(taken, start));
    if (isBroken) addLines(lineEnds(start, close));
    writeRecord(start);
    taken = close;
    start = blanksEnd(taken);
    if (!hasCommas) continue;
    if (byteAt(start) != COMMA) return taken;
    start = blanksEnd(start + 1);
  }
  return taken;
}

/** Reads the members of an object, from the place after its brace. */
function readMembers(from: usize): bool {
  beginTerms();
  forgetBreaks();
  record++;
  let at = blanksEnd(from);
  let slot: usize = BEFORE_KEYS;
  for (;;) {
    if (byteAt(at) != QUOTE) return false;
    slot = keyAfter(slot, at + 1);
    if (slot == 0 || !isFirstIn(slot, record)) return false;
    at = blanksEnd(at + lengthIn(slot) + 2);
    if (byteAt(at) != COLON) return false;
    last = memberEnd(blanksEnd(at + 1), slot);
    if (last == 0) return false;
    at = blanksEnd(last);
    if (byteAt(at) != COMMA) break;
    at = blanksEnd(at + 1);
  }
  close = at + 1;
  isBroken = sawBreak;
  return byteAt(at) == CLOSE_BRACE;
}

/** The slot of a key, most often the one that followed another one last; 0 if the lane does not take it. */
function keyAfter(before: usize, from: usize): usize {
  const expected = nextIn(before);
  if (expected != 0 && isAt(expected, from) && byteAt(from + lengthIn(expected)) == QUOTE) return expected;
  const length = keyLength(from);
  if (length == 0) return 0;
  const slot = slotOf(KEYS, KEY_SLOTS, from, length);
  if (isNew && !learnKey(slot, from, length)) return 0;
  setNext(before, slot);
  return slot;
}

/** The length of a key from the place after its quote; 0 for an empty or a long one. */
function keyLength(from: usize): usize {
  for (let length: usize = 0; length < MOST_TEXT; length += 8) {
    const quotes = equalTo(load<u64>(from + length), QUOTE);
    if (quotes != 0) return length + <usize>(ctz(quotes) >> 3);
  }
  return 0;
}

function learnKey(slot: usize, from: usize, length: usize): bool {
  if (keys == MOST_KEYS) return false;
  keys++;
  keep(slot, from, length, keyCode(from, length), keyNeeds(from, length));
  return true;
}

/** Reads a value by its key; the place after it, or 0. */
function memberEnd(at: usize, slot: usize): usize {
  const code = valueIn(slot);
  const isText = byteAt(at) == QUOTE;
  if (code == REFUSED_KEY) return 0;
  if (byteAt(at) == SMALL_N) return nullEnd(at);
  if (code == OTHER_KEY) {
    addNeeds(needsIn(slot));
    return valueEnd(at);
  }
  if (!isText) return readField(at, code, false);
  const end = readField(at + 1, code, true);
  return end != 0 && byteAt(end) == QUOTE ? end + 1 : 0;
}

/** Writes the record with its answer after its last value. */
function writeRecord(start: usize): void {
  let at = written;
  if (isArray) at = putSeparator(at);
  at = copyPart(at, start, last);
  at = putAnswer(at);
  at = copyPart(at, last, close);
  if (!isArray) store<u8>(at++, LF);
  endRecord(at);
}

function putSeparator(at: usize): usize {
  store<u8>(at, COMMA);
  store<u8>(at + 1, LF);
  return at + 2;
}

function copyPart(to: usize, from: usize, end: usize): usize {
  return isBroken ? copyOnOneLine(to, from, end) : copy(to, from, end);
}
