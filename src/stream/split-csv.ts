import { UNCLOSED } from '../formats/csv.js';
import {
  CR,
  isBlank,
  LF,
  MAX_RECORD_BYTES,
  QUOTE,
  SHOWN_BYTES,
  SPACE,
  TAB,
  TOO_LONG,
  wholeEnd,
  type RecordSlice,
  type Splitter,
  type FastPath,
} from './splitter.js';
import { Window } from './window.js';

/**
 * Rows of CSV; a quoted cell may span lines.
 *
 * A quote counts only at the start of a cell, after any blanks. A quote that is never closed affects only its own line.
 */
export class CsvSplitter implements Splitter {
  readonly #window = new Window();
  readonly #delimiter: number;
  #scanned = 0;
  #line = 1;
  /** Line ends within quotes of the row. */
  #innerLines = 0;
  #place: 'cell' | 'plain' | 'quoted' | 'afterQuote' = 'cell';
  /** Whether the current position is within a line that was rejected for its length. */
  #skips = false;

  readonly #fastPath: FastPath | undefined;

  /**
   * @param delimiter - one ASCII character.
   * @param fastPath - gets every row before it becomes a slice.
   */
  constructor(delimiter: string, fastPath?: FastPath) {
    this.#delimiter = delimiter.charCodeAt(0);
    this.#fastPath = fastPath;
  }

  *push(chunk: Uint8Array): Generator<RecordSlice> {
    this.#window.append(chunk);
    yield* this.#rows('more');
  }

  *end(): Generator<RecordSlice> {
    yield* this.#rows('end');
  }

  isBroken(): boolean {
    return false;
  }

  *#rows(follows: 'more' | 'end'): Generator<RecordSlice> {
    const bytes = this.#window.view();
    const whole = this.#fastPath ? bytes.lastIndexOf(LF) + 1 : 0;
    let start = 0;
    let at = this.#scanned;
    for (;;) {
      if (this.#fastPath && at === start && start < whole && !this.#skips) {
        start = at = this.#fastPath.take(bytes, start, whole);
        this.#line += this.#fastPath.lines;
      }
      at = this.#skips
        ? endOfLine(bytes, at)
        : this.#rowEnd(bytes, at, Math.min(bytes.length, start + MAX_RECORD_BYTES + 1));
      const isTooLong = at - start > MAX_RECORD_BYTES && !this.#skips;
      const isLast = at === bytes.length && follows === 'end';
      if (at === bytes.length && !isTooLong && !isLast) break;
      if (start === bytes.length) break;
      const isUnclosed = this.#place === 'quoted' && !this.#skips;
      if (isUnclosed) at = endOfLine(bytes, start);
      const row = isUnclosed
        ? this.#refused(bytes, start, Math.min(at, start + MAX_RECORD_BYTES), UNCLOSED)
        : isTooLong
          ? this.#refused(bytes, start, at, TOO_LONG)
          : this.#row(bytes, start, at);
      if (row && !this.#skips) yield row;
      if (!isUnclosed) this.#line += this.#innerLines;
      this.#innerLines = 0;
      this.#place = 'cell';
      this.#skips = bytes[at] !== LF;
      if (!this.#skips) {
        this.#line++;
        at++;
      }
      start = at;
    }
    if (this.#skips) start = at;
    this.#scanned = at - start;
    this.#window.drop(start);
  }

  /** The place of the line end of the row, or where the search ended. */
  #rowEnd(bytes: Buffer, from: number, to: number): number {
    const delimiter = this.#delimiter;
    let place = this.#place;
    let at = from;
    for (; at < to; at++) {
      const byte = bytes[at];
      if (place === 'quoted') {
        if (byte === QUOTE) place = 'afterQuote';
        else if (byte === LF) this.#innerLines++;
      } else if (byte === LF) break;
      else if (byte === delimiter) place = 'cell';
      else if (byte === QUOTE && place !== 'plain') place = 'quoted';
      else if (place === 'cell' && byte !== SPACE && byte !== TAB) place = 'plain';
      else if (place === 'afterQuote' && byte !== SPACE && byte !== TAB && byte !== CR) place = 'plain';
    }
    this.#place = place;
    return at;
  }

  #row(bytes: Buffer, start: number, lineEnd: number): RecordSlice | undefined {
    const end = lineEnd > start && bytes[lineEnd - 1] === CR ? lineEnd - 1 : lineEnd;
    for (let at = start; at < end; at++) if (!isBlank(bytes[at])) return { bytes, start, end, line: this.#line };
    return undefined;
  }

  #refused(bytes: Buffer, start: number, end: number, fault: string): RecordSlice {
    const shownEnd = end > start + SHOWN_BYTES ? wholeEnd(bytes, start, start + SHOWN_BYTES) : end;
    return { bytes, start, end: shownEnd, line: this.#line, fault };
  }
}

function endOfLine(bytes: Buffer, from: number): number {
  const end = bytes.indexOf(LF, from);
  return end < 0 ? bytes.length : end;
}
