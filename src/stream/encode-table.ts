import { bareText } from '../report/bare.js';
import type { TableStyle } from '../report/format.js';
import type { ResultKey } from '../formats/result-keys.js';
import { ERROR_KEY, type Failure } from '../report/failure.js';
import { shownBinary, toBinary } from './binary-text.js';
import type { Encoder, Numbered, Write } from './encoder.js';
import { columnsOf, type Columns, type EchoRecord } from './echo-record.js';
import type { Answer } from './price-record.js';

/** The most texts that may come before the first record, which defines the columns. */
const MOST_HELD = 1000;

/** Writes records as the rows of a table: the columns of the input, results, `error`. */
export class TableEncoder implements Encoder {
  readonly #fields: readonly ResultKey[];
  readonly #style: TableStyle;
  #columns: readonly string[] | undefined;
  #columnSet: ReadonlySet<string> = new Set();
  #results: readonly ResultKey[];
  /** Texts that are not records and came before the columns were known. */
  #held: (readonly [text: string, failure: Failure])[] = [];

  constructor(fields: readonly ResultKey[], style: TableStyle) {
    this.#fields = this.#results = fields;
    this.#style = style;
  }

  begin({ keptNames, results, written }: Columns): string {
    if (this.#columns) return '';
    this.#columns = keptNames;
    this.#columnSet = new Set(keptNames);
    this.#results = [...this.#fields, ...results.filter((key) => !this.#fields.includes(key))];
    const held = this.#held.map(([text, failure]) => this.failed(text, failure));
    this.#held = [];
    return this.#style.header(keptNames, [...this.#results, ERROR_KEY], written) + held.join('');
  }

  resultsOf(record: EchoRecord): readonly ResultKey[] {
    if (this.#columns) return this.#results;
    return [...this.#fields, ...record.results.filter((key) => !this.#fields.includes(key))];
  }

  rejects(record: EchoRecord): Failure | undefined {
    if (!this.#columns) return undefined;
    const other = record.names.find((name) => !this.#columnSet.has(name));
    if (other === undefined) return undefined;
    const message = `${shownBinary(other)}: the first record, which sets the columns, has no such key; use --format ndjson`;
    return { code: 'INVALID_INPUT', message, field: other };
  }

  answered({ record }: Numbered, _: readonly ResultKey[], { values }: Answer): Write {
    const header = this.#headerOf(record);
    const results = values.map((value) => toBinary(bareText(value)));
    const row = header + this.#style.row(record, this.#columns ?? [], [...results, '']);
    return () => row;
  }

  failed(failed: EchoRecord | string, failure: Failure): string {
    const header = typeof failed === 'string' ? this.#headerOfText() : this.#headerOf(failed);
    if (!this.#columns) {
      this.#held.push([failed as string, failure]);
      return '';
    }
    const added = [...this.#results.map(() => ''), failure.message];
    if (typeof failed !== 'string') return header + this.#style.row(failed, this.#columns, added);
    const own = this.#columns.map((name) => (name === 'input' ? failed : ''));
    return header + this.#style.bareRow([...own, ...added]);
  }

  end(): string {
    return this.#held.length > 0 ? this.begin({ keptNames: ['input'], results: [] }) : '';
  }

  #headerOf(record: EchoRecord): string {
    return this.#columns ? '' : this.begin(columnsOf(record));
  }

  #headerOfText(): string {
    return this.#columns || this.#held.length < MOST_HELD ? '' : this.begin({ keptNames: ['input'], results: [] });
  }
}
