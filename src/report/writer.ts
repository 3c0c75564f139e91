import type { Data, Report } from './report.js';

/** Takes text as it comes. */
export type Sink = (text: string) => void;

/** Why a record has no answer. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly field?: string;
}

/** Writes reports, one after another, in one format. `T` is what it writes of them. */
export interface Writer<T = Report> {
  /** Settles the columns; without it the first report has them. */
  readonly begin: (columns: readonly string[]) => void;
  readonly record: (report: T) => void;
  /** A record that has no answer, as it came. */
  readonly failed: (inputs: Data['inputs'], failure: Failure) => void;
  readonly end: () => void;
}
