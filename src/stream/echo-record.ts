import type { RawRecord } from '../formats/record.js';
import { RESULTS, type ResultKey } from '../formats/results.js';

/** Why a record has no answer; its words are text of one character a byte. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly field?: string;
}

/** A record as it came, whatever its format; all its text is of one character a byte. */
export interface EchoRecord {
  /** Its keys in order, without those that batch writes anew: results and `error`. */
  readonly names: readonly string[];
  /** The results that it brought, in the order of results. */
  readonly results: readonly ResultKey[];
  /** What is priced. */
  readonly raw: RawRecord;
  /** The same with its text decoded, for messages. */
  readonly decoded: () => RawRecord;
  /** It as a JSON object on one line, with members added at the end (`"outcome":"at","roi":null`, or nothing). */
  readonly json: (added: string) => string;
  /** Its cells as CSV. */
  readonly csv: (columns: readonly string[], delimiter: string) => string;
  /** One value without quotes; an empty text where there is none. */
  readonly bare: (name: string) => string;
}

/** The key that errors are written under. */
export const ERROR_KEY = 'error';

const RESULT_KEYS = Object.keys(RESULTS) as ResultKey[];
const REWRITTEN: ReadonlySet<string> = new Set([...RESULT_KEYS, ERROR_KEY]);

/** Whether a key is written by batch itself, so that what a record brings under it gives way. */
export function isRewritten(key: string): boolean {
  return REWRITTEN.has(key);
}

/** The results among keys, in the order of results. */
export function resultsAmong(keys: readonly string[]): readonly ResultKey[] {
  return RESULT_KEYS.filter((key) => keys.includes(key));
}
