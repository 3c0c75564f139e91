const ROOM = 1 << 18;

/** Bytes that wait to be written. The buffer is reused, and grows only for a long record. */
export class OutputBytes {
  /** Only the first `length` bytes are valid. */
  bytes = Buffer.allocUnsafeSlow(ROOM);
  length = 0;
  /** The same bytes, four at a time. */
  words = wordsOf(this.bytes);

  /** Makes room for `count` bytes more. */
  reserve(count: number): void {
    if (this.length + count > this.bytes.length) this.#grow(count);
  }

  #grow(count: number): void {
    const larger = Buffer.allocUnsafeSlow(2 * (this.length + count));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
    this.words = wordsOf(larger);
  }

  /** Adds text of one character per byte. */
  put(text: string): void {
    this.reserve(text.length);
    this.length += this.bytes.write(text, this.length, 'latin1');
  }

  /** The waiting bytes; valid until more are added. */
  view(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  clear(): void {
    this.length = 0;
  }
}

/** A view to read and write bytes four at a time, including the bytes after them in memory. */
export function wordsOf({ buffer, byteOffset }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset);
}

/**
 * Copies bytes, eight at a time: a call to native code costs more than to copy a record this way.
 *
 * Eight bytes are copied as a double, which keeps its bits unless it is NaN: none of the bytes may be `isOfNaN`.
 *
 * @returns the place after the copy.
 */
export function copyBytes(into: DataView, at: number, from: DataView, start: number, end: number): number {
  const shift = at - start;
  const last = end - 8;
  if (last < start) {
    for (let index = start; index < end; index++) into.setInt8(index + shift, from.getInt8(index));
    return end + shift;
  }
  for (let index = start; index < last; index += 8) into.setFloat64(index + shift, from.getFloat64(index, true), true);
  into.setFloat64(last + shift, from.getFloat64(last, true), true);
  return end + shift;
}

/**
 * Whether a byte may be the highest byte of a double that is NaN. No byte of printable ASCII or of UTF-8 is, except
 * DEL.
 */
export function isOfNaN(byte: number): boolean {
  return (byte & 0x7f) === 0x7f;
}
