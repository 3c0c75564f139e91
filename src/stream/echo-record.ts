import { fieldOfKey, type RawRecord } from '../formats/record.js';
import { ERROR_KEY } from '../report/failure.js';
import type { JsonValue } from '../schema/json-value.js';
import { RESULT_KEYS, type ResultKey } from '../formats/result-keys.js';

/** A record as in the input, in any format. All its text has one character per byte. */
export interface EchoRecord {
  /** Its keys in order, without those that batch replaces: results and `error`. */
  readonly names: readonly string[];
  /** The results that the input record contains, in the order of results. */
  readonly results: readonly ResultKey[];
  /** The record to price. */
  readonly raw: RawRecord;
  /** The same with its text decoded, for messages. */
  readonly decoded: () => RawRecord;
  /**
   * The record as a JSON object on one line, with members added at the end (`"outcome":"at","roi":null`, or an empty
   * text).
   */
  readonly json: (added: string) => string;
  /** The record as JSON was read; absent for CSV. */
  readonly value?: () => JsonValue;
  /** Its cells as CSV. */
  readonly csv: (columns: readonly string[], delimiter: string) => string;
  /** The value under a name, without quotes; an empty text if the record lacks that name. */
  readonly bare: (name: string) => string;
}

const REWRITTEN: ReadonlySet<string> = new Set([...RESULT_KEYS, ERROR_KEY]);

/** Whether batch itself writes this key, so that it replaces the record's own value. */
export function isRewritten(key: string): boolean {
  return REWRITTEN.has(key);
}

/** The results among keys, in the order of results. */
export function resultsAmong(keys: readonly string[]): readonly ResultKey[] {
  return RESULT_KEYS.filter((key) => keys.includes(key));
}

/** The columns of a table of records: the keys that stay, and the results among the input's keys. */
export interface Columns {
  readonly keptNames: readonly string[];
  readonly results: readonly ResultKey[];
  /** The header as the input wrote it. */
  readonly written?: string;
}

/** The columns of a table whose first record this is. */
export function columnsOf({ names, results }: EchoRecord): Columns {
  return { keptNames: [...new Set(names)], results };
}

/** The key of a field in the record, which may be an alias. */
export function spelling(name: string, { names }: Pick<EchoRecord, 'names'>): string {
  const field = names.includes(name) ? undefined : fieldOfKey(name);
  return (field && names.find((own) => fieldOfKey(own) === field)) ?? name;
}
