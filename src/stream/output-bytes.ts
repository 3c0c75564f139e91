const ROOM = 1 << 18;

/** Bytes that wait to be written. The buffer is reused, and grows only for a long record. */
export class OutputBytes {
  #bytes = Buffer.allocUnsafeSlow(ROOM);
  #length = 0;
  /** Bytes of another buffer, in place of those here: most output is written from where it was made. */
  #borrowed: Uint8Array | undefined;

  get length(): number {
    return this.#borrowed?.length ?? this.#length;
  }

  /** Adds text of one character per byte. */
  put(text: string): void {
    this.settle();
    this.#reserve(text.length);
    this.#length += this.#bytes.write(text, this.#length, 'latin1');
  }

  /** Adds bytes that stay as they are until `settle` is called. */
  borrow(bytes: Uint8Array): void {
    this.settle();
    if (this.#length > 0) this.#copy(bytes);
    else if (bytes.length > 0) this.#borrowed = bytes;
  }

  /** Copies borrowed bytes, which may change from now on. */
  settle(): void {
    const bytes = this.#borrowed;
    this.#borrowed = undefined;
    if (bytes) this.#copy(bytes);
  }

  /** The waiting bytes; valid until more are added. */
  view(): Uint8Array {
    return this.#borrowed ?? this.#bytes.subarray(0, this.#length);
  }

  clear(): void {
    this.#length = 0;
    this.#borrowed = undefined;
  }

  #copy(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** Makes room for `count` bytes more. */
  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(2 * (this.#length + count));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}
