import type { Failure } from './failure.js';
import type { Report } from './report.js';

/** Accepts text piece by piece. */
export type Sink = (text: string) => void;

/** Writes reports, one after another, in one format. `T` is the part of them that it writes. */
export interface Writer<T = Report> {
  readonly record: (report: T) => void;
  readonly end: () => void;
}

/** Writes the records of a stream, one after another, in one format. */
export interface RecordWriter<A> {
  /** A record whose answer fails before its first piece leaves nothing behind: `failed` may write it instead. */
  readonly record: (answer: A) => Promise<void>;
  /**
   * Writes a record that has no answer.
   *
   * @param text - the record as in the input.
   */
  readonly failed: (failure: Failure, text: string) => void;
  readonly end: () => void;
}
