import type { Outcome } from '../core/liquidation.js';
import type { ResultKey } from '../formats/result-keys.js';
import type { Failure } from '../report/failure.js';
import type { Columns, EchoRecord } from './echo-record.js';
import type { Answer } from './price-record.js';

/** The number of processed records: the answered ones by outcome, and the failed ones. */
export type Counts = Record<Outcome['kind'] | 'failed', number>;

/** A record and its number in the input, from 1. */
export interface Numbered {
  readonly record: EchoRecord;
  readonly number: number;
}

/** The text of a record when it is its turn. It needs nothing of the answer, so that it can be kept for long. */
export type Write = () => string;

/** Writes records in one format. All text has one character per byte. */
export interface Encoder {
  /** Takes the columns: those of CSV input before any record, or those of the first record. */
  readonly begin: (columns: Columns) => string;
  /** The results that are wanted of a record. */
  readonly resultsOf: (record: EchoRecord) => readonly ResultKey[];
  /** Why a record does not fit the format. */
  readonly rejects: (record: EchoRecord) => Failure | undefined;
  readonly answered: (of: Numbered, keys: readonly ResultKey[], answer: Answer) => Write;
  /**
   * A record that failed, or a text that is not a record.
   *
   * @param number - its number in the input, from 1.
   */
  readonly failed: (failed: EchoRecord | string, failure: Failure, number: number) => string;
  /** @param counts - of all records, also of those that are not written. */
  readonly end: (counts: Counts) => string;
}
