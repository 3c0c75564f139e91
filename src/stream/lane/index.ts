/**
 * The fast lane. Its words:
 *
 * - **lane**: prices records straight from their bytes, without building text or objects. Its output must equal that of
 *   the general path, byte for byte.
 * - **general path**: reads any record with zod, prices it with `Ratio`. Every record that the lane cannot price exactly
 *   goes there.
 * - **key policy**: what a key means (a field, a result to replace, or a value to pass through), decided once by
 *   `formats`.
 * - **step**: the bytes between two values of a record (`,"lev":`). Streams repeat their steps, so they are compared, not
 *   read.
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
 * The fast lane: plain records are priced from their bytes and echoed as they are, with no text and no object in
 * between.
 *
 * It takes what it can price exactly, record by record: linear positions with values of at most 15 digits under keys in
 * any order and company. Everything else it leaves to the general path, so both give the same bytes; `LIQCALC_LANE=off`
 * turns it off. It is closed until the first record of an input was answered: what comes before that (headers,
 * brackets, the names of columns) is the general path's. Nothing but the stream depends on it.
 */
export class Lane implements FastPath {
  readonly #answer: LaneAnswer;
  readonly #reader: ObjectLane | RowLane;
  #isOpen = false;
  /** The bytes that were looked at last, and whether they are all UTF-8. */
  #checked: Buffer | undefined;
  #isText = false;
  /** Whether the last bytes were read at all. */
  #hasRead = false;

  private constructor(answer: LaneAnswer, reader: ObjectLane | RowLane) {
    this.#answer = answer;
    this.#reader = reader;
  }

  /** The lane from a layout to a format; nothing where there is none. */
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

  /** Whether bytes are UTF-8, but for a last character that is cut off; looked at once for all records in them. */
  #areText(bytes: Buffer, from: number, to: number): boolean {
    if (bytes === this.#checked) return this.#isText;
    this.#checked = bytes;
    this.#isText = isUtf8(bytes.subarray(from, wholeEnd(bytes, from, to)));
    return this.#isText;
  }

  /** Takes note that the general path answered a record, which opens it; `header` are the columns of CSV. */
  answered(header: CsvHeader | undefined): void {
    this.#answer.told();
    if (this.#isOpen) return;
    this.#isOpen = true;
    if (header && this.#reader instanceof RowLane) this.#reader.begin(header);
  }

  close(): void {
    this.#isOpen = false;
  }

  /** @param percent - records whose distance, as it is printed, is below this are for the general path. */
  watch(percent: number | undefined): void {
    this.#answer.alertBelow = percent === undefined ? undefined : Math.round(percent * 10 ** PERCENT_DECIMALS);
  }

  /** How many records it answered since it was last asked. */
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
