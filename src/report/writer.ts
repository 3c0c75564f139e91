import type { Data, Report } from './report.js';

/** Accepts text piece by piece. */
export type Sink = (text: string) => void;

/** Why a record has no answer. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly field?: string;
}

/** Writes reports, one after another, in one format. `T` is the part of them that it writes. */
export interface Writer<T = Report> {
  /** Sets the columns; without this call they come from the first report. */
  readonly begin: (columns: readonly string[]) => void;
  readonly record: (report: T) => void;
  /** Writes a record that has no answer, as in the input. */
  readonly failed: (inputs: Data['inputs'], failure: Failure) => void;
  readonly end: () => void;
}
