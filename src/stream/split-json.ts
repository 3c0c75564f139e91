import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  OPEN_BRACE,
  OPEN_BRACKET,
} from '../formats/json-grammar.js';
import {
  isBlank,
  LF,
  MAX_RECORD_BYTES,
  QUOTE,
  SHOWN_BYTES,
  shownEnd,
  TOO_LONG,
  wholeEnd,
  type RecordSlice,
  type Splitter,
  type FastPath,
} from './splitter.js';
import { Window } from './window.js';

/** What may come next outside of a value. */
type Place = 'array' | 'first' | 'element' | 'comma' | 'closed' | 'value';

const EXPECTED: Record<Place, string> = {
  array: 'an array should begin here',
  first: 'an element or ] should be here',
  element: 'an element should be here',
  comma: 'a comma or ] should be here',
  closed: 'nothing should follow the array',
  value: 'an object should begin here',
};

/**
 * The layout of values: the elements of an array, one after another, or both, where an array is replaced by its elements.
 */
type JsonLayout = 'array' | 'objects' | 'mixed';

/**
 * The elements of a JSON array, or JSON values one after another.
 *
 * Values are found by their brackets and quotes alone. The reader of a value checks whether it is valid JSON.
 */
export class JsonSplitter implements Splitter {
  readonly #window = new Window();
  #place: Place;
  /** Bytes of the window that were scanned already. */
  #scanned = 0;
  #line = 1;
  /** The line in which the value began; the window begins with the value. */
  #startLine = 0;
  /** The kind of the value that the scan is in. */
  #inside: 'nothing' | 'brackets' | 'string' | 'word' = 'nothing';
  #depth = 0;
  #isQuoted = false;
  #isEscaped = false;
  /** Whether the current position is within a value that was rejected for its length. */
  #skips = false;
  #broken = false;
  /** The syntax error; the window begins with it. */
  #fault: string | undefined;

  #values = 0;
  #elements = 0;

  /**
   * @param most - the maximum size of a value, in bytes.
   * @param fastPath - gets every value before it becomes a slice.
   */
  constructor(
    private readonly layout: JsonLayout,
    private readonly most = MAX_RECORD_BYTES,
    private readonly fastPath?: FastPath,
  ) {
    this.#place = layout === 'array' ? 'array' : 'value';
  }

  /**
   * The position of the last value: its number (from 1) in the sequence of values, and its index (from 0) in its array.
   */
  get last(): { readonly value: number; readonly element: number | undefined } {
    const isElement = this.#place === 'comma' || this.#place === 'element';
    return { value: this.#values, element: isElement ? this.#elements - 1 : undefined };
  }

  *push(chunk: Uint8Array): Generator<RecordSlice> {
    if (this.#broken) return;
    this.#window.append(chunk);
    if (this.#fault !== undefined) {
      yield* this.#faulty('more');
      return;
    }
    const bytes = this.#window.view();
    let start = 0;
    let at = this.#scanned;
    while (at < bytes.length) {
      if (this.#isBetween()) {
        this.#fault = this.#outside(bytes[at] as number);
        if (this.#fault !== undefined) {
          this.#window.drop(at);
          yield* this.#faulty('more');
          return;
        }
        start = at;
        if (this.#isBetween()) {
          at++;
          continue;
        }
        const taken = this.fastPath?.take(bytes, at, bytes.length) ?? at;
        if (taken > at) {
          this.#line += this.fastPath?.lines ?? 0;
          this.#inside = 'nothing';
          start = at = taken;
          continue;
        }
      }
      at = this.#scan(bytes, at);
      if (this.#isBetween()) {
        if (!this.#skips) yield this.#value(bytes, start, at);
        this.#skips = false;
        start = at;
      }
    }
    if (this.#isBetween()) start = at;
    else if (at - start > this.most) {
      if (!this.#skips) yield this.#value(bytes, start, at);
      this.#skips = true;
      start = at;
    }
    this.#scanned = at - start;
    this.#window.drop(start);
  }

  *end(): Generator<RecordSlice> {
    if (this.#broken) return;
    const bytes = this.#window.view();
    const isWithin = this.#inside === 'brackets' || this.#inside === 'string';
    if (this.#inside === 'word' && !this.#skips) yield this.#value(bytes, 0, bytes.length);
    if (isWithin && !this.#skips) {
      yield { bytes, start: 0, end: bytes.length, line: this.#startLine, fault: 'the input ends within a record' };
      this.#broken = true;
      return;
    }
    if (this.#place === 'first' || this.#place === 'element' || this.#place === 'comma') {
      this.#fault ??= 'the input ends before the ] of its array';
      this.#window.drop(this.#inside === 'nothing' ? 0 : bytes.length);
    }
    if (this.#fault !== undefined) yield* this.#faulty('end');
  }

  isBroken(): boolean {
    return this.#broken;
  }

  #isBetween(): boolean {
    return this.#inside === 'nothing';
  }

  /** The text to show for a syntax error: the line, as soon as it (or enough of it) is available. */
  *#faulty(follows: 'more' | 'end'): Generator<RecordSlice> {
    const bytes = this.#window.view();
    const lineEnd = bytes.subarray(0, SHOWN_BYTES).indexOf(LF);
    if (lineEnd < 0 && bytes.length < SHOWN_BYTES && follows === 'more') return;
    this.#broken = true;
    const end = lineEnd < 0 ? wholeEnd(bytes, 0, Math.min(bytes.length, SHOWN_BYTES)) : lineEnd;
    yield { bytes, start: 0, end, line: this.#line, fault: `not valid JSON: ${this.#fault ?? ''}` };
  }

  #value(bytes: Buffer, start: number, end: number): RecordSlice {
    const line = this.#startLine;
    if (end - start <= this.most) return { bytes, start, end, line };
    return { bytes, start, end: shownEnd(bytes, start, this.most), line, fault: TOO_LONG };
  }

  /** Consumes one byte between values; the byte that begins a value is left for the scan. */
  #outside(byte: number): string | undefined {
    if (byte === LF) this.#line++;
    if (isBlank(byte)) return undefined;
    const place = this.#place;
    const inArray = place === 'first' || place === 'element';
    const mayOpen = place === 'array' || place === 'closed' || (place === 'value' && this.layout === 'mixed');
    if (byte === OPEN_BRACKET && mayOpen) {
      this.#place = 'first';
      this.#values++;
      this.#elements = 0;
    } else if (byte === CLOSE_BRACKET && (place === 'first' || place === 'comma'))
      this.#place = this.layout === 'mixed' ? 'value' : 'closed';
    else if (byte === COMMA && place === 'comma') this.#place = 'element';
    else if ((inArray || place === 'value') && beginsValue(byte)) {
      if (inArray) this.#place = 'comma';
      if (inArray) this.#elements++;
      else this.#values++;
      this.#startLine = this.#line;
      this.#inside = byte === QUOTE ? 'string' : byte === OPEN_BRACE || byte === OPEN_BRACKET ? 'brackets' : 'word';
    } else return EXPECTED[place];
    return undefined;
  }

  /** Continues within a value; returns the place after its end, or after the bytes. */
  #scan(bytes: Buffer, from: number): number {
    if (this.#inside === 'word') return this.#scanWord(bytes, from);
    let [depth, isQuoted] = [this.#depth, this.#isQuoted];
    let at = from;
    if (this.#isEscaped) at++;
    this.#isEscaped = false;
    for (; at < bytes.length; at++) {
      const byte = bytes[at];
      if (byte === LF) this.#line++;
      if (isQuoted) {
        if (byte === BACKSLASH) at++;
        if (byte !== QUOTE) continue;
        isQuoted = false;
      } else if (byte === QUOTE) isQuoted = true;
      else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth++;
      else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth--;
      else continue;
      if (depth > 0 || isQuoted) continue;
      this.#inside = 'nothing';
      at++;
      break;
    }
    this.#isEscaped = at > bytes.length;
    [this.#depth, this.#isQuoted] = [depth, isQuoted];
    return Math.min(at, bytes.length);
  }

  #scanWord(bytes: Buffer, from: number): number {
    let at = from;
    while (at < bytes.length && !isBlank(bytes[at]) && !endsWord(bytes[at])) at++;
    if (at < bytes.length) this.#inside = 'nothing';
    return at;
  }
}

function endsWord(byte: number | undefined): boolean {
  return byte === QUOTE || byte === OPEN_BRACE || byte === OPEN_BRACKET || !beginsValue(byte);
}

function beginsValue(byte: number | undefined): boolean {
  return byte !== COMMA && byte !== COLON && byte !== CLOSE_BRACKET && byte !== CLOSE_BRACE;
}
