const ROOM = 1 << 18;

/** Bytes that wait to be written; the buffer is used again and again, and grows for a long record only. */
export class OutputBytes {
  /** The first `length` bytes count. */
  bytes = Buffer.allocUnsafeSlow(ROOM);
  length = 0;
  /** The same bytes, four at a time. */
  #words = wordsOf(this.bytes);

  /** Makes room for `count` bytes more. */
  reserve(count: number): void {
    if (this.length + count > this.bytes.length) this.#grow(count);
  }

  #grow(count: number): void {
    const larger = Buffer.allocUnsafeSlow(2 * (this.length + count));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
    this.#words = wordsOf(larger);
  }

  /** Adds text of one character a byte. */
  put(text: string): void {
    this.reserve(text.length);
    this.length += this.bytes.write(text, this.length, 'latin1');
  }

  /** Adds bytes that there is room for; a loop, because calls out of JavaScript cost more than a record's bytes. */
  copy(words: DataView, from: number, to: number): void {
    const own = this.#words;
    let at = this.length;
    let index = from;
    for (; index + 4 <= to; index += 4, at += 4) own.setInt32(at, words.getInt32(index, true), true);
    for (; index < to; index++, at++) own.setInt8(at, words.getInt8(index));
    this.length = at;
  }

  /** What waits; valid until more is added. */
  view(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  clear(): void {
    this.length = 0;
  }
}

/** Bytes to be read and written four at a time, with all that follows them in memory. */
export function wordsOf({ buffer, byteOffset }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset);
}
