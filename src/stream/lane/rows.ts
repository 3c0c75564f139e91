import { fieldOfKey, type KeyPolicy } from '../../formats/record.js';
import type { CsvHeader } from '../csv-record.js';
import { copyBytes, isOfNaN, wordsOf, type OutputBytes } from '../output-bytes.js';
import { CR, LF, MAX_RECORD_BYTES, QUOTE, SPACE, TAB, type FastPath } from '../splitter.js';
import { MOST_ANSWER, type LaneAnswer } from './answer.js';
import { BIT, NO_FIELD, PLACE, requiredBy } from './keys.js';

/** The facts about a column that the lane needs. */
interface Column {
  readonly place: number;
  readonly bit: number;
  readonly required: number;
}

/** The lane for CSV rows. */
export class RowLane implements FastPath {
  lines = 0;
  readonly #answer: LaneAnswer;
  readonly #output: OutputBytes;
  readonly #policy: KeyPolicy;
  /** The columns; `undefined` if rows go to the general path. */
  #columns: readonly Column[] | undefined;
  #delimiter = 0;
  #bytes: Buffer = Buffer.alloc(0);
  #words = wordsOf(this.#bytes);
  #has = 0;
  #required = 0;

  constructor(answer: LaneAnswer, output: OutputBytes, policy: KeyPolicy) {
    this.#answer = answer;
    this.#output = output;
    this.#policy = policy;
  }

  /** Sets the columns of the input. */
  begin({ names, keys, kept, failure, delimiter }: CsvHeader): void {
    this.#columns = undefined;
    this.#delimiter = delimiter.charCodeAt(0);
    if (failure || kept.length < names.length) return;
    const columns = keys.map((name) => {
      const field = fieldOfKey(name);
      const { required, isRefused } = requiredBy(name, this.#policy);
      const [place, bit] = field === undefined ? [NO_FIELD, 0] : [PLACE[field], BIT[field]];
      return { place, bit, required, isRefused };
    });
    if (!columns.some(({ isRefused }) => isRefused)) this.#columns = columns;
  }

  take(bytes: Buffer, from: number, to: number): number {
    if (this.#bytes !== bytes) this.#words = wordsOf(bytes);
    this.#bytes = bytes;
    this.lines = 0;
    const columns = this.#columns;
    let row = from;
    if (!columns) return row;
    while (row < to) {
      const start = (bytes[row] as number) <= SPACE ? blanksEnd(bytes, row, LF) : row;
      if (bytes[start] === LF) {
        this.lines++;
        row = start + 1;
        continue;
      }
      const lineEnd = this.#cells(columns, row);
      if (lineEnd === 0 || lineEnd - row > MAX_RECORD_BYTES) return row;
      if (!this.#answer.solve(this.#has, this.#required)) return row;
      this.#write(row, bytes[lineEnd - 1] === CR ? lineEnd - 1 : lineEnd);
      this.lines++;
      row = lineEnd + 1;
    }
    return row;
  }

  /** Reads the cells of a row; returns the place of its line end, or 0. */
  #cells(columns: readonly Column[], start: number): number {
    const bytes = this.#bytes;
    const delimiter = this.#delimiter;
    const { terms } = this.#answer;
    const most = columns.length - 1;
    let at = start;
    let has = 0;
    let required = 0;
    for (let index = 0; index <= most; index++) {
      const { place, bit, required: ofColumn } = columns[index] as Column;
      const cell = at;
      if ((bytes[at] as number) <= SPACE) at = blanksEnd(bytes, at, delimiter);
      const isQuoted = bytes[at] === QUOTE;
      if (isQuoted) {
        // After a CR a quote is an ordinary character.
        if (at > cell && bytes.subarray(cell, at).includes(CR)) return 0;
        at = blanksEnd(bytes, at + 1, delimiter);
        if (bytes[at] === delimiter) return 0;
      }
      const first = bytes[at];
      const isEmpty = first === delimiter || first === LF || (isQuoted && first === QUOTE);
      if (!isEmpty) {
        if (place === NO_FIELD) {
          required |= ofColumn;
          at = isQuoted ? quotedEnd(bytes, at) : cellEnd(bytes, at, delimiter);
        } else {
          if ((has & bit) !== 0) return 0;
          has |= bit;
          at = terms.read(bytes, at, place, 'text');
        }
        if (at === 0) return 0;
      }
      if (isQuoted) {
        if ((bytes[at] as number) <= SPACE) at = blanksEnd(bytes, at, 0);
        if (bytes[at++] !== QUOTE) return 0;
      }
      if ((bytes[at] as number) <= SPACE) at = blanksEnd(bytes, at, delimiter);
      const next = bytes[at];
      if (index === most ? next !== LF : next !== delimiter) return 0;
      at++;
    }
    this.#has = has;
    this.#required = required;
    return at - 1;
  }

  #write(start: number, end: number): void {
    const output = this.#output;
    output.reserve(end - start + MOST_ANSWER);
    const at = copyBytes(output.words, output.length, this.#words, start, end);
    output.length = this.#answer.write(at);
  }
}

/** The place of the next byte that is not a blank, or that is the delimiter. */
function blanksEnd(bytes: Uint8Array, from: number, delimiter: number): number {
  let at = from;
  for (;;) {
    const byte = bytes[at] as number;
    if (byte === delimiter || (byte !== SPACE && byte !== TAB && byte !== CR)) return at;
    at++;
  }
}

/** The place of the delimiter or line end after a cell without quotes at its beginning, or 0. */
function cellEnd(bytes: Uint8Array, from: number, delimiter: number): number {
  let at = from;
  for (;;) {
    const byte = bytes[at] as number;
    if (byte === delimiter || byte === LF) return at;
    if (isOfNaN(byte)) return 0;
    at++;
  }
}

/** The place of the quote that closes a cell; 0 if another quote follows, or a line end comes first. */
function quotedEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  for (; bytes[at] !== QUOTE; at++) if (bytes[at] === LF || isOfNaN(bytes[at] as number)) return 0;
  return bytes[at + 1] === QUOTE ? 0 : at;
}
