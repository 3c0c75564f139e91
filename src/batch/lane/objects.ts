import type { KeyPolicy } from '../../formats/record.js';
import { wordsOf, type OutputBytes } from '../output-bytes.js';
import { CR, LF, MAX_RECORD_BYTES, QUOTE, SPACE, TAB, type Taker } from '../splitter.js';
import { MOST_ANSWER, type LaneAnswer } from './answer.js';
import { nullEnd, valueEnd } from './json.js';
import { isKeyAt, LaneKeys, NO_FIELD, type Key } from './keys.js';

const [COMMA, COLON, OPEN, CLOSE, BACKSLASH, SMALL_N, OPEN_BRACKET] = [44, 58, 123, 125, 92, 110, 91] as const;
/** Keys longer than this are for the general path. */
const MOST_KEY_BYTES = 100;

/** How objects lie in the input, and how answers are parted in the output. */
export interface ObjectStyle {
  readonly input: 'lines' | 'array' | 'objects';
  readonly output: 'lines' | 'array';
}

/** The lane for JSON objects. */
export class ObjectLane implements Taker {
  lines = 0;
  readonly #answer: LaneAnswer;
  readonly #output: OutputBytes;
  readonly #keys: LaneKeys;
  readonly #style: ObjectStyle;
  /** LF where records end with their line, else no byte. */
  readonly #lineEnd: number;
  #bytes: Buffer = Buffer.alloc(0);
  #words = wordsOf(this.#bytes);
  #record = 0;
  /** What the last record has and asks for, and where its brace closes. */
  #has = 0;
  #asks = 0;
  #close = 0;
  /** Whether line ends, or values that may hold some, were met, and whether they are in that record. */
  #metBreak = false;
  #isBroken = false;

  constructor(answer: LaneAnswer, output: OutputBytes, policy: KeyPolicy, style: ObjectStyle) {
    this.#answer = answer;
    this.#output = output;
    this.#keys = new LaneKeys(policy);
    this.#style = style;
    this.#lineEnd = style.input === 'lines' ? LF : 0;
  }

  take(bytes: Buffer, from: number, to: number): number {
    if (this.#bytes !== bytes) this.#words = wordsOf(bytes);
    this.#bytes = bytes;
    this.lines = 0;
    return this.#style.input === 'lines' ? this.#takeLines(from, to) : this.#takeValues(from, to);
  }

  /** Whole lines, blank ones too. */
  #takeLines(from: number, to: number): number {
    const bytes = this.#bytes;
    let line = from;
    while (line < to) {
      const start = this.#blanks(line);
      let end = start;
      if (bytes[start] !== LF) {
        if (bytes[start] !== OPEN) return line;
        const last = this.#members(start + 1);
        if (last === 0) return line;
        end = this.#close;
        if (bytes[end] !== LF) end = this.#blanks(end);
        if (bytes[end] !== LF || end - line > MAX_RECORD_BYTES) return line;
        if (!this.#answer.solve(this.#has, this.#asks)) return line;
        this.#write(start, last);
      }
      line = end + 1;
      this.lines++;
    }
    return line;
  }

  /** Objects with what parts them, from the brace of one to the place after the brace of the last. */
  #takeValues(from: number, to: number): number {
    const bytes = this.#bytes;
    const isArray = this.#style.input === 'array';
    let taken = from;
    for (let start = from; start < to;) {
      if (bytes[start] !== OPEN) return taken;
      const last = this.#members(start + 1);
      if (last === 0 || this.#close - start > MAX_RECORD_BYTES) return taken;
      if (!this.#answer.solve(this.#has, this.#asks)) return taken;
      this.lines += lineEnds(bytes, taken, start);
      if (this.#isBroken) this.lines += lineEnds(bytes, start, this.#close);
      this.#write(start, last);
      taken = this.#close;
      start = this.#blanks(taken);
      if (!isArray) continue;
      if (bytes[start] !== COMMA) return taken;
      start = this.#blanks(start + 1);
    }
    return taken;
  }

  /** Reads the members from the first one's place; gives the place after the last value, or 0. */
  #members(start: number): number {
    const bytes = this.#bytes;
    const words = this.#words;
    const lineEnd = this.#lineEnd;
    const { terms } = this.#answer;
    const record = ++this.#record;
    let previous: Pick<Key, 'next'> = this.#keys.start;
    let at = start;
    let has = 0;
    let asks = 0;
    this.#metBreak = false;
    for (;;) {
      if (bytes[at] === SPACE) at++;
      if ((bytes[at] as number) <= SPACE) at = this.#blanks(at);
      let key = previous.next;
      if (key === undefined || at + key.bytes.length > bytes.length || !isKeyAt(key, bytes, words, at)) {
        key = this.#find(at);
        if (key === undefined) return 0;
        previous.next = key;
      }
      if (key.isRefused || key.record === record) return 0;
      key.record = record;
      previous = key;
      at += key.bytes.length;
      if (bytes[at] === SPACE) at++;
      if ((bytes[at] as number) <= SPACE) at = this.#blanks(at);
      if (bytes[at] !== COLON) return 0;
      at++;
      if (bytes[at] === SPACE) at++;
      if ((bytes[at] as number) <= SPACE) at = this.#blanks(at);
      const first = bytes[at] as number;
      if (key.place === NO_FIELD) {
        if (first !== SMALL_N) asks |= key.asks;
        const value = at;
        at = valueEnd(bytes, at, lineEnd);
        if (first === OPEN || first === OPEN_BRACKET) this.#metBreak ||= hasBreak(bytes, value, at);
      } else if (first === SMALL_N) at = nullEnd(bytes, at);
      else {
        if ((has & key.bit) !== 0) return 0;
        has |= key.bit;
        at = terms.read(bytes, at, key.place, 'json');
      }
      if (at === 0) return 0;
      const last = at;
      if ((bytes[at] as number) <= SPACE) at = this.#blanks(at);
      const next = bytes[at++];
      if (next === COMMA) continue;
      if (next !== CLOSE) return 0;
      this.#isBroken = this.#metBreak;
      this.#has = has;
      this.#asks = asks;
      this.#close = at;
      return last;
    }
  }

  /** The key at a place, be it new or not. */
  #find(start: number): Key | undefined {
    const bytes = this.#bytes;
    if (bytes[start] !== QUOTE) return undefined;
    const most = start + MOST_KEY_BYTES;
    for (let at = start + 1; at < most; at++) {
      const byte = bytes[at] as number;
      if (byte === QUOTE) return this.#keys.find(bytes, start, at + 1);
      if (byte === BACKSLASH || !(byte >= SPACE)) return undefined;
    }
    return undefined;
  }

  #blanks(from: number): number {
    const bytes = this.#bytes;
    const lineEnd = this.#lineEnd;
    let at = from;
    for (;;) {
      const byte = bytes[at] as number;
      if (byte !== SPACE && byte !== TAB) {
        if (byte === lineEnd || (byte !== CR && byte !== LF)) return at;
        this.#metBreak = true;
      }
      at++;
    }
  }

  /** Writes the record with its answer after its last value. */
  #write(start: number, last: number): void {
    const output = this.#output;
    const isArray = this.#style.output === 'array';
    output.reserve(this.#close - start + MOST_ANSWER);
    if (isArray) {
      output.bytes[output.length++] = COMMA;
      output.bytes[output.length++] = LF;
    }
    this.#copy(start, last);
    this.#answer.write();
    if (this.#close - last === 1) output.bytes[output.length++] = CLOSE;
    else this.#copy(last, this.#close);
    if (!isArray) output.bytes[output.length++] = LF;
  }

  #copy(from: number, to: number): void {
    const output = this.#output;
    if (this.#isBroken) output.length = copyOnOneLine(this.#bytes, from, to, output);
    else output.copy(this.#words, from, to);
  }
}

/** Copies a record without its line ends and the blanks around them; gives the place after it. */
function copyOnOneLine(bytes: Buffer, from: number, to: number, output: OutputBytes): number {
  const { bytes: into, length: start } = output;
  let at = start;
  for (let index = from; index < to; index++) {
    const byte = bytes[index] as number;
    if (byte === LF || byte === CR) {
      while (at > start && isIndent(into[at - 1] as number)) at--;
      while (index + 1 < to && isBlank(bytes[index + 1] as number)) index++;
    } else into[at++] = byte;
  }
  return at;
}

function isIndent(byte: number): boolean {
  return byte === SPACE || byte === TAB;
}

function isBlank(byte: number): boolean {
  return byte === SPACE || byte === TAB || byte === LF || byte === CR;
}

function hasBreak(bytes: Buffer, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (bytes[at] === LF || bytes[at] === CR) return true;
  return false;
}

function lineEnds(bytes: Buffer, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at++) if (bytes[at] === LF) count++;
  return count;
}
