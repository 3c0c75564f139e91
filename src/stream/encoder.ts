import type { ResultKey } from '../formats/result-keys.js';
import type { Written } from '../schema/figure.js';
import type { Failure } from '../report/failure.js';
import type { CsvHeader } from './csv-record.js';
import type { EchoRecord } from './echo-record.js';

/** Writes records in one format. All text has one character per byte. */
export interface Encoder {
  /** Takes the columns of CSV input, before any record. */
  readonly begin: (header: CsvHeader) => string;
  /** The results that are wanted of a record. */
  readonly resultsOf: (record: EchoRecord) => readonly ResultKey[];
  /** Why a record does not fit the format. */
  readonly rejects: (record: EchoRecord) => Failure | undefined;
  readonly answered: (record: EchoRecord, keys: readonly ResultKey[], values: readonly Written[]) => string;
  /** A record that failed, or a text that is not a record. */
  readonly failed: (failed: EchoRecord | string, failure: Failure) => string;
  readonly end: () => string;
}
