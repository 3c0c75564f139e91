/** Records longer than this many bytes are rejected. */
export const MAX_RECORD_BYTES = 1 << 20;
/** The message for a record that is too long. */
export const TOO_LONG = 'the record is longer than 1 MiB';
/** The most bytes that are shown of a text that is rejected as a whole. */
export const SHOWN_BYTES = 200;

/** A part of the input that holds one record, or a fault. */
export interface RecordSlice {
  /** Valid until more is pushed. */
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  /** The line where it begins, from 1. */
  readonly line: number;
  /** Why it is not a record, in words. */
  readonly fault?: string;
}

/** Splits bytes into records; chunks may have any size. */
export interface Splitter {
  /** The records that are complete with these bytes. */
  readonly push: (chunk: Uint8Array) => Iterable<RecordSlice>;
  /** The remaining records when the input ends. */
  readonly end: () => Iterable<RecordSlice>;
  /** Whether nothing can follow, because the input has a syntax error. */
  readonly isBroken: () => boolean;
}

/** Processes records directly from the bytes of a splitter, up to the first one that it cannot process. */
export interface FastPath {
  /**
   * @param from - where a record begins (for line records: its line).
   * @param to - where the bytes end; for lines and rows, where the last complete one ends.
   * @returns the place after what it took: lines and rows with their line ends, else without the bytes after the last
   * record.
   */
  readonly take: (bytes: Buffer, from: number, to: number) => number;
  /** The number of line ends in what it took last. */
  readonly lines: number;
}

export const LF = 10;
export const CR = 13;
export const TAB = 9;
export const SPACE = 32;
export const QUOTE = 34;

/** Whether a byte is JSON white space. */
export function isBlank(byte: number | undefined): boolean {
  return byte === SPACE || byte === LF || byte === CR || byte === TAB;
}

/** The end of the bytes without a UTF-8 character that is cut off there. */
export function wholeEnd(bytes: Uint8Array, start: number, end: number): number {
  for (let at = end - 1; at >= Math.max(start, end - 3); at--) {
    const byte = bytes[at] as number;
    if (byte < 0x80) return end;
    if (byte < 0xc0) continue;
    const length = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    return at + length > end ? at : end;
  }
  return end;
}

/**
 * The end of the shown part of a record that is longer than `most` bytes. Only those bytes are certain to be available:
 * how many follow depends on the chunks of the input.
 */
export function shownEnd(bytes: Uint8Array, start: number, most: number): number {
  return wholeEnd(bytes, start, start + Math.min(SHOWN_BYTES, most));
}

/** The bytes that some editors put before a text. */
export const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const;

/** Whether there is a byte order mark at a place. */
export function isMarked(bytes: Uint8Array, at: number): boolean {
  return BYTE_ORDER_MARK.every((byte, index) => bytes[at + index] === byte);
}

/** Whether the input may still begin with a byte order mark. */
export function mayBeMarked(head: Uint8Array): boolean {
  return head.length < BYTE_ORDER_MARK.length && head.every((byte, index) => byte === BYTE_ORDER_MARK[index]);
}
