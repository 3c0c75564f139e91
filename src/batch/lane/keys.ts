import { FIELD_LIST, FIELDS, type FieldKey } from '../../formats/fields.js';
import { fieldOfKey, keyProblems, type KeyPolicy, type RawRecord } from '../../formats/record.js';
import { isRewritten } from '../own-record.js';

/** The place of a field in the list of fields: what the lane knows it by. */
export const PLACE = Object.fromEntries(FIELD_LIST.map(([key], place) => [key, place])) as Record<FieldKey, number>;
/** The place of what is no field. */
export const NO_FIELD = -1;

/** The bit of a field in a set of fields. */
export const BIT = Object.fromEntries(FIELD_LIST.map(([key], place) => [key, 1 << place])) as Record<FieldKey, number>;
/** In sets that a key asks for: `qty` or `notional`. */
export const ANY_SIZE = 1 << 30;

/** A key of a record, as the lane meets it again and again. */
export interface Key {
  /** With its quotes; its first and last four bytes as words are compared first. */
  readonly bytes: Uint8Array;
  readonly head: number;
  readonly tail: number;
  /** The bits of a word that count: not all where the key is shorter. */
  readonly mask: number;
  /** The place of the field it stands for. */
  readonly place: number;
  readonly bit: number;
  /** The fields that must be there too: it may be a slip for one that is not. */
  readonly asks: number;
  /** Whether records with it are none for the lane. */
  readonly isRefused: boolean;
  /** The key that came after it the last time. */
  next: Key | undefined;
  /** The number of the last record that had it. */
  record: number;
}

/** Fields whose values the lane does not read. */
export const UNREAD: ReadonlySet<string> = new Set<FieldKey>(['multiplier', 'formula', 'tick']);
const MOST_KEYS = 2000;

/** What a key asks of the rest of its record: the general path itself is asked, with every field but one or two. */
export function askedBy(name: string, policy: KeyPolicy): { readonly asks: number; readonly isRefused: boolean } {
  const place = fieldOfKey(name);
  if (place !== undefined) return { asks: 0, isRefused: UNREAD.has(place) };
  const isRefusedWithout = (...absent: readonly FieldKey[]): boolean => {
    const others: RawRecord = FIELD_LIST.filter(([key]) => !absent.includes(key)).map(([key]) => [key, '']);
    return keyProblems([...others, [name, '']], policy).length > 0;
  };
  if (isRewritten(name) || isRefusedWithout()) return { asks: 0, isRefused: true };
  const keys = Object.keys(FIELDS) as FieldKey[];
  const asks = keys.reduce((set, key) => (isRefusedWithout(key) ? set | BIT[key] : set), 0);
  return { asks: isRefusedWithout('qty', 'notional') ? asks | ANY_SIZE : asks, isRefused: false };
}

/** The keys that were met, found by their bytes. */
export class LaneKeys {
  readonly #policy: KeyPolicy;
  readonly #known = new Map<number, Key>();
  /** Stands before the first key of every record. */
  readonly start: Pick<Key, 'next'> = { next: undefined };

  constructor(policy: KeyPolicy) {
    this.#policy = policy;
  }

  /** The key from a quote to the place after its last quote; nothing where there are too many. */
  find(bytes: Buffer, from: number, to: number): Key | undefined {
    let hash = to - from;
    for (let at = from; at < to; at++) hash = (Math.imul(hash, 31) + (bytes[at] as number)) | 0;
    const known = this.#known.get(hash);
    if (known) return known.bytes.every((byte, offset) => bytes[from + offset] === byte) ? known : undefined;
    if (this.#known.size >= MOST_KEYS) return undefined;
    const name = bytes.toString('latin1', from + 1, to - 1);
    const field = fieldOfKey(name);
    const own = Uint8Array.from(bytes.subarray(from, to));
    const words = new DataView(new ArrayBuffer(own.length + 4));
    own.forEach((byte, offset) => words.setUint8(offset, byte));
    const mask = own.length < 4 ? (1 << (8 * own.length)) - 1 : -1;
    const key = {
      bytes: own,
      head: words.getInt32(0, true),
      tail: words.getInt32(Math.max(0, own.length - 4), true),
      mask,
      place: field === undefined ? NO_FIELD : PLACE[field],
      bit: field === undefined ? 0 : BIT[field],
      ...askedBy(name, this.#policy),
      next: undefined,
      record: 0,
    };
    this.#known.set(hash, key);
    return key;
  }
}

/**
 * Whether a key stands at a place.
 *
 * @param words - the bytes four at a time; four may be read at the place, wherever the bytes end.
 */
export function isKeyAt(key: Key, bytes: Uint8Array, words: DataView, at: number): boolean {
  const { bytes: own, mask } = key;
  const last = own.length - 4;
  if ((words.getInt32(at, true) & mask) !== key.head) return false;
  if (last <= 0) return true;
  if (words.getInt32(at + last, true) !== key.tail) return false;
  for (let offset = 4; offset < last; offset++) if (bytes[at + offset] !== own[offset]) return false;
  return true;
}
