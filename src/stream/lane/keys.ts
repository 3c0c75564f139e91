import { FIELD_LIST, FIELDS, type FieldKey } from '../../formats/fields.js';
import { fieldOfKey, keyProblems, type KeyPolicy, type RawRecord } from '../../formats/record.js';
import { isRewritten } from '../echo-record.js';
import { isOfNaN } from '../output-bytes.js';
import { QUOTE, SPACE } from '../splitter.js';

/** The place of a field in the list of fields: the lane identifies a field by it. */
export const PLACE = Object.fromEntries(FIELD_LIST.map(([key], place) => [key, place])) as Record<FieldKey, number>;
/** The place of a key that is not a field. */
export const NO_FIELD = -1;

/** The bit of a field in a set of fields. */
export const BIT = Object.fromEntries(FIELD_LIST.map(([key], place) => [key, 1 << place])) as Record<FieldKey, number>;
/** In the set that a key requires: `qty` or `notional`. */
export const ANY_SIZE = 1 << 30;

/** A key of records, kept because it repeats from record to record. */
export interface Key extends Before {
  /** With its quotes. */
  readonly bytes: Uint8Array;
  /** The place of the field that it names. */
  readonly place: number;
  readonly bit: number;
  /** The fields that the record must have too: if one is missing, the key may be a typo for it. */
  readonly required: number;
  /** Whether records with it go to the general path. */
  readonly isRefused: boolean;
  /** The number of the last record that had it. */
  record: number;
}

/** The part before a step: a key, or the beginning of a record. */
export interface Before {
  /** The step that was found last. */
  next: Step | undefined;
  /** Some of the steps that were found. */
  readonly steps: Step[];
}

/** The bytes between two values. Once a step has been read, the same bytes need not be parsed again. */
export interface Step {
  /** The bytes four at a time, and the bits of the last four that count. */
  readonly words: Int32Array;
  readonly mask: number;
  readonly length: number;
  /** The key of the value after it; `undefined` if the record closes. */
  readonly key: Key | undefined;
  /** Whether it begins with the quote that closes a text. Such a step can only follow a text. */
  readonly closesText: boolean;
  /** Whether it ends with the quote that opens one. */
  readonly opensText: boolean;
  /** Whether a value follows that is not a text. With more blanks, or a quote, it would be another step. */
  readonly endsBare: boolean;
  readonly hasBreak: boolean;
}

/** Fields whose values the lane does not read. */
export const UNREAD: ReadonlySet<string> = new Set<FieldKey>(['multiplier', 'formula', 'tick']);
const MOST_KEYS = 2000;
/** Records with longer keys go to the general path. */
const MOST_KEY_BYTES = 100;
const BACKSLASH = 92;

/**
 * The fields that a key requires in its record. The key policy is called with every field but one or two to find them.
 */
export function requiredBy(
  name: string,
  policy: KeyPolicy,
): { readonly required: number; readonly isRefused: boolean } {
  const place = fieldOfKey(name);
  if (place !== undefined) return { required: 0, isRefused: UNREAD.has(place) };
  const isRefusedWithout = (...absent: readonly FieldKey[]): boolean => {
    const others: RawRecord = FIELD_LIST.filter(([key]) => !absent.includes(key)).map(([key]) => [key, '']);
    return keyProblems([...others, [name, '']], policy).length > 0;
  };
  if (isRewritten(name) || isRefusedWithout()) return { required: 0, isRefused: true };
  const keys = Object.keys(FIELDS) as FieldKey[];
  const required = keys.reduce((set, key) => (isRefusedWithout(key) ? set | BIT[key] : set), 0);
  return { required: isRefusedWithout('qty', 'notional') ? required | ANY_SIZE : required, isRefused: false };
}

/** The known keys, found by their bytes. */
export class LaneKeys {
  readonly #policy: KeyPolicy;
  readonly #known = new Map<number, Key>();

  constructor(policy: KeyPolicy) {
    this.#policy = policy;
  }

  /** The key that begins at a place; `undefined` if the lane cannot take it. */
  at(bytes: Buffer, start: number): Key | undefined {
    if (bytes[start] !== QUOTE) return undefined;
    const most = start + MOST_KEY_BYTES;
    for (let at = start + 1; at < most; at++) {
      const byte = bytes[at] as number;
      if (byte === QUOTE) return this.#find(bytes, start, at + 1);
      if (byte === BACKSLASH || !(byte >= SPACE) || isOfNaN(byte)) return undefined;
    }
    return undefined;
  }

  /**
   * The key from its first quote to the place after its last quote, known or new; `undefined` if there are too many
   * keys.
   */
  #find(bytes: Buffer, from: number, to: number): Key | undefined {
    let hash = to - from;
    for (let at = from; at < to; at++) hash = (Math.imul(hash, 31) + (bytes[at] as number)) | 0;
    const known = this.#known.get(hash);
    if (known) return known.bytes.every((byte, offset) => bytes[from + offset] === byte) ? known : undefined;
    if (this.#known.size >= MOST_KEYS) return undefined;
    const name = bytes.toString('latin1', from + 1, to - 1);
    const field = fieldOfKey(name);
    const key = {
      bytes: Uint8Array.from(bytes.subarray(from, to)),
      place: field === undefined ? NO_FIELD : PLACE[field],
      bit: field === undefined ? 0 : BIT[field],
      ...requiredBy(name, this.#policy),
      next: undefined,
      steps: [],
      record: 0,
    };
    this.#known.set(hash, key);
    return key;
  }
}
