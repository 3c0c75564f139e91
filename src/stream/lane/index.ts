/**
 * The fast lane. Its terms:
 *
 * - **lane**: prices records straight from their bytes, without building text or objects. Its output must equal that of
 *   the general path, byte for byte.
 * - **general path**: reads any record with zod, prices it with `Ratio`. Every record that the lane cannot price
 *   exactly goes there.
 * - **key policy**: what a key means (a field, a result to replace, or a value to pass through), decided once by
 *   `formats`.
 * - **step**: the bytes between two values of a record (`,"lev":`). Streams repeat their steps, so they are compared,
 *   not read.
 * - **terms**: the values of one record as scaled integers.
 * - **doubt**: how near two brackets' prices may be before floats cannot show which one is in force.
 *
 * @module
 */
import { isUtf8 } from 'node:buffer';
import type { KeyPolicy } from '../../formats/record.js';
import type { CsvHeader } from '../csv-record.js';
import type { LaneFormat } from '../lane-format.js';
import type { OutputBytes } from '../output-bytes.js';
import type { Pricing } from '../price-record.js';
import type { Layout } from '../recognise.js';
import { wholeEnd, type FastPath } from '../splitter.js';
import { LaneAnswer, type AnswerStyle } from './answer.js';
import { PERCENT_DECIMALS } from './price.js';
import { ObjectLane } from './objects.js';
import { RowLane } from './rows.js';

const JSON_STYLE: AnswerStyle = {
  priced: [',"outcome":"', '","liquidationPrice":"', '","distancePercent":"', '"'],
  unpriced: [',"outcome":"', '","liquidationPrice":null,"distancePercent":null'],
};

/**
 * The fast lane prices plain records from their bytes and echoes them unchanged, without building strings or objects.
 *
 * It takes every record that it can price exactly: linear positions with values of at most 15 digits, with keys in any
 * order and among any other keys. Every other record goes to the general path, so both give the same bytes;
 * `LIQCALC_LANE=off` turns the lane off. The lane is closed until the first record of an input is answered: the general
 * path handles everything before that (headers, brackets, the names of columns). Only the stream depends on it.
 */
export class Lane implements FastPath {
  readonly #answer: LaneAnswer;
  readonly #reader: ObjectLane | RowLane;
  #isOpen = false;
  /** The bytes that were checked last, and whether they are all UTF-8. */
  #checked: Buffer | undefined;
  #isText = false;
  /** Whether the last bytes were read at all. */
  #hasRead = false;

  private constructor(answer: LaneAnswer, reader: ObjectLane | RowLane) {
    this.#answer = answer;
    this.#reader = reader;
  }

  /** The lane from a layout to a format; `undefined` if there is none. */
  static between(
    layout: Layout,
    format: LaneFormat,
    { pricing, output }: { readonly pricing: Pricing; readonly output: OutputBytes },
  ): Lane | undefined {
    const { kind } = layout;
    if ((kind === 'csv') !== (format === 'csv')) return undefined;
    const answer = new LaneAnswer(pricing, kind === 'csv' ? csvStyle(layout.delimiter) : JSON_STYLE, output);
    if (!answer.isUseful) return undefined;
    const policy: KeyPolicy = pricing.policy;
    if (kind === 'csv') return new Lane(answer, new RowLane(answer, output, policy));
    const style = { input: kind, output: format === 'json' ? 'array' : 'lines' } as const;
    return new Lane(answer, new ObjectLane(answer, output, policy, style));
  }

  get lines(): number {
    return this.#hasRead ? this.#reader.lines : 0;
  }

  take(bytes: Buffer, from: number, to: number): number {
    this.#hasRead = this.#isOpen && this.#areText(bytes, from, to);
    return this.#hasRead ? this.#reader.take(bytes, from, to) : from;
  }

  /**
   * Whether bytes are UTF-8, except for a last character that is cut off. They are checked once for all records in
   * them.
   */
  #areText(bytes: Buffer, from: number, to: number): boolean {
    if (bytes === this.#checked) return this.#isText;
    this.#checked = bytes;
    this.#isText = isUtf8(bytes.subarray(from, wholeEnd(bytes, from, to)));
    return this.#isText;
  }

  /** Notes that the general path answered a record, which opens the lane; `header` has the columns of CSV. */
  answered(header: CsvHeader | undefined): void {
    this.#answer.noteReported();
    if (this.#isOpen) return;
    this.#isOpen = true;
    if (header && this.#reader instanceof RowLane) this.#reader.begin(header);
  }

  close(): void {
    this.#isOpen = false;
  }

  /** @param percent - records whose distance, as printed, is below this go to the general path. */
  watch(percent: number | undefined): void {
    this.#answer.alertBelow = percent === undefined ? undefined : Math.round(percent * 10 ** PERCENT_DECIMALS);
  }

  /** The number of records that it answered since the last call. */
  counted(): number {
    const { count } = this.#answer;
    this.#answer.count = 0;
    return count;
  }
}

function csvStyle(delimiter: string): AnswerStyle {
  return {
    priced: [delimiter, delimiter, delimiter, `${delimiter}\n`],
    unpriced: [delimiter, delimiter.repeat(3) + '\n'],
  };
}
