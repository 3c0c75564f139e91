import type { KeyPolicy } from '../../formats/record.js';
import { copyBytes, wordsOf, type OutputBytes } from '../output-bytes.js';
import { CR, LF, MAX_RECORD_BYTES, SPACE, TAB, type FastPath } from '../splitter.js';
import { MOST_ANSWER, type LaneAnswer } from './answer.js';
import { blanksEnd, nullEnd, stringEnd, valueEnd } from './json.js';
import { NO_FIELD, type Before } from './keys.js';
import { isStepAt, LaneSteps } from './steps.js';

const [COMMA, OPEN, CLOSE, SMALL_N, OPEN_BRACKET] = [44, 123, 125, 110, 91] as const;

/** The layout of objects in the input, and the separator of answers in the output. */
export interface ObjectStyle {
  readonly input: 'lines' | 'array' | 'objects';
  readonly output: 'lines' | 'array';
}

/** The lane for JSON objects. */
export class ObjectLane implements FastPath {
  lines = 0;
  readonly #answer: LaneAnswer;
  readonly #output: OutputBytes;
  readonly #steps: LaneSteps;
  readonly #style: ObjectStyle;
  /** LF if records end with their line, else no byte. */
  readonly #lineEnd: number;
  #bytes: Buffer = Buffer.alloc(0);
  #words = wordsOf(this.#bytes);
  #record = 0;
  /** The fields that the last record has and requires, the end of its last value, and the place after its brace. */
  #has = 0;
  #required = 0;
  #last = 0;
  #close = 0;
  /** Whether it contains line ends. */
  #isBroken = false;

  constructor(answer: LaneAnswer, output: OutputBytes, policy: KeyPolicy, style: ObjectStyle) {
    this.#answer = answer;
    this.#output = output;
    this.#style = style;
    this.#lineEnd = style.input === 'lines' ? LF : 0;
    this.#steps = new LaneSteps(policy, this.#lineEnd);
  }

  take(bytes: Buffer, from: number, to: number): number {
    if (this.#bytes !== bytes) this.#words = wordsOf(bytes);
    this.#bytes = bytes;
    this.lines = 0;
    return this.#style.input === 'lines' ? this.#takeLines(from, to) : this.#takeValues(from, to);
  }

  /** Takes whole lines, including blank ones. */
  #takeLines(from: number, to: number): number {
    const bytes = this.#bytes;
    let line = from;
    while (line < to) {
      const start = blanksEnd(bytes, line, LF);
      let end = start;
      if (bytes[start] !== LF) {
        if (bytes[start] !== OPEN) return line;
        if (!this.#members(start + 1)) return line;
        end = this.#close;
        if (bytes[end] !== LF) end = blanksEnd(bytes, end, LF);
        if (bytes[end] !== LF || end - line > MAX_RECORD_BYTES) return line;
        if (!this.#answer.solve(this.#has, this.#required)) return line;
        this.#write(start);
      }
      line = end + 1;
      this.lines++;
    }
    return line;
  }

  /** Takes objects with their separators, from the brace of the first to the place after the brace of the last. */
  #takeValues(from: number, to: number): number {
    const bytes = this.#bytes;
    const isArray = this.#style.input === 'array';
    let taken = from;
    for (let start = from; start < to;) {
      if (bytes[start] !== OPEN) return taken;
      if (!this.#members(start + 1) || this.#close - start > MAX_RECORD_BYTES) return taken;
      if (!this.#answer.solve(this.#has, this.#required)) return taken;
      this.lines += lineEnds(bytes, taken, start);
      if (this.#isBroken) this.lines += lineEnds(bytes, start, this.#close);
      this.#write(start);
      taken = this.#close;
      start = blanksEnd(bytes, taken, 0);
      if (!isArray) continue;
      if (bytes[start] !== COMMA) return taken;
      start = blanksEnd(bytes, start + 1, 0);
    }
    return taken;
  }

  /** Reads the members from the first one's place to the brace. */
  #members(start: number): boolean {
    const bytes = this.#bytes;
    const words = this.#words;
    const { terms } = this.#answer;
    const record = ++this.#record;
    let before: Before = this.#steps.start;
    let at = start;
    let has = 0;
    let required = 0;
    let inText = false;
    let isBroken = false;
    for (;;) {
      let step = before.next;
      if (step === undefined || step.closesText !== inText || !isStepAt(step, bytes, words, at)) {
        step = this.#steps.find(before, bytes, words, at, inText);
        if (step === undefined) return false;
      }
      const { key } = step;
      if (step.hasBreak) isBroken = true;
      if (key === undefined) {
        this.#has = has;
        this.#required = required;
        this.#last = inText ? at + 1 : at;
        this.#close = at + step.length;
        this.#isBroken = isBroken;
        return true;
      }
      if (key.record === record) return false;
      key.record = record;
      before = key;
      at += step.length;
      inText = step.opensText;
      const isNull = bytes[at] === SMALL_N && !inText;
      if (key.place === NO_FIELD) {
        if (!isNull) required |= key.required;
        const value = at;
        at = inText ? stringEnd(bytes, at) : valueEnd(bytes, at, this.#lineEnd);
        if (isNested(bytes[value]) && !inText && hasBreak(bytes, value, at)) isBroken = true;
      } else if (isNull) at = nullEnd(bytes, at);
      else {
        if ((has & key.bit) !== 0) return false;
        has |= key.bit;
        at = terms.read(bytes, at, key.place, inText ? 'text' : 'json');
      }
      if (at === 0) return false;
    }
  }

  /** Writes the record with its answer after its last value. */
  #write(start: number): void {
    const output = this.#output;
    const last = this.#last;
    const close = this.#close;
    const isArray = this.#style.output === 'array';
    output.reserve(close - start + MOST_ANSWER);
    const { bytes } = output;
    let at = output.length;
    if (isArray) {
      bytes[at++] = COMMA;
      bytes[at++] = LF;
    }
    at = this.#copy(at, start, last);
    at = this.#answer.write(at);
    if (close - last === 1) bytes[at++] = CLOSE;
    else at = this.#copy(at, last, close);
    if (!isArray) bytes[at++] = LF;
    output.length = at;
  }

  #copy(at: number, from: number, to: number): number {
    if (this.#isBroken) return copyOnOneLine(this.#bytes, from, to, this.#output.bytes, at);
    return copyBytes(this.#output.words, at, this.#words, from, to);
  }
}

/** Copies a record without its line ends and the blanks around them; returns the place after the copy. */
function copyOnOneLine(bytes: Buffer, from: number, to: number, into: Buffer, start: number): number {
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

function isNested(byte: number | undefined): boolean {
  return byte === OPEN || byte === OPEN_BRACKET;
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
