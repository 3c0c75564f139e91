const ROOM = 1 << 18;

/** Bytes that wait to be written; the buffer is used again and again, and grows for a long record only. */
export class OutputBytes {
  /** The first `length` bytes count. */
  bytes = Buffer.allocUnsafeSlow(ROOM);
  length = 0;

  /** Makes room for `count` bytes more. */
  reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(2 * (this.length + count));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }

  /** Adds text of one character a byte. */
  put(text: string): void {
    this.reserve(text.length);
    this.length += this.bytes.write(text, this.length, 'latin1');
  }

  /** What waits; valid until more is added. */
  view(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  clear(): void {
    this.length = 0;
  }
}
