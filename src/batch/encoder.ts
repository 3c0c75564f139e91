import type { ResultKey } from '../formats/results.js';
import type { Written } from '../presenters/figures.js';
import type { CsvHeader } from './csv-record.js';
import type { Failure, OwnRecord } from './own-record.js';

/** Writes records in one format; all text is of one character a byte. */
export interface Encoder {
  /** Takes the columns of CSV input, before any record. */
  readonly begin: (header: CsvHeader) => string;
  /** The results that are wanted of a record. */
  readonly resultsOf: (record: OwnRecord) => readonly ResultKey[];
  /** Why a record does not fit the format. */
  readonly misfit: (record: OwnRecord) => Failure | undefined;
  readonly answered: (record: OwnRecord, keys: readonly ResultKey[], values: readonly Written[]) => string;
  /** A record that failed, or a text that is none. */
  readonly failed: (failed: OwnRecord | string, failure: Failure) => string;
  readonly end: () => string;
}
