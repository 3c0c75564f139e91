/** Records longer than this many bytes are refused. */
export const MAX_RECORD_BYTES = 1 << 20;
/** What is said of a record that is too long. */
export const TOO_LONG = 'the record is longer than 1 MiB';
/** How much of a text that is refused as a whole is shown. */
export const SHOWN_BYTES = 200;

/** A place in the input that holds one record, or what is wrong there. */
export interface RecordSlice {
  /** Valid until more is pushed. */
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  /** The line it begins in, from 1. */
  readonly line: number;
  /** Why it is no record, in words. */
  readonly fault?: string;
}

/** Cuts bytes into records, whatever the sizes they come in. */
export interface Splitter {
  /** The records that are whole with these bytes. */
  readonly push: (chunk: Uint8Array) => Iterable<RecordSlice>;
  /** What is left when the input ends. */
  readonly end: () => Iterable<RecordSlice>;
  /** Whether nothing can follow: the input broke off its grammar. */
  readonly isBroken: () => boolean;
}

/** Works off records straight from the bytes that a splitter has, as far as it can. */
export interface FastPath {
  /**
   * @param from - where a record (of a line: the line) begins.
   * @param to - where the bytes end; of lines and rows, where the last whole one ends.
   * @returns the place after what it took: lines and rows with their ends, else without what follows the last record.
   */
  readonly take: (bytes: Buffer, from: number, to: number) => number;
  /** The line ends in what it took last. */
  readonly lines: number;
}

export const LF = 10;
export const CR = 13;
export const TAB = 9;
export const SPACE = 32;
export const QUOTE = 34;

/** Whether a byte is white space of JSON. */
export function isBlank(byte: number | undefined): boolean {
  return byte === SPACE || byte === LF || byte === CR || byte === TAB;
}

/** The end of bytes without a character of UTF-8 that is cut off there. */
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
 * The end of what is shown of a record that is longer than `most` bytes. Only those bytes are sure to be there: how
 * many follow depends on the chunks that the input came in.
 */
export function shownEnd(bytes: Uint8Array, start: number, most: number): number {
  return wholeEnd(bytes, start, start + Math.min(SHOWN_BYTES, most));
}

/** The bytes that some editors put before a text. */
export const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const;

/** Whether a byte order mark stands at a place. */
export function isMarked(bytes: Uint8Array, at: number): boolean {
  return BYTE_ORDER_MARK.every((byte, index) => bytes[at + index] === byte);
}

/** Whether a byte order mark may still come to stand at the beginning. */
export function mayBeMarked(head: Uint8Array): boolean {
  return head.length < BYTE_ORDER_MARK.length && head.every((byte, index) => byte === BYTE_ORDER_MARK[index]);
}
