/** The number of bytes after a window that may be read; their values are undefined. */
const SLACK = 8;

/** Bytes that were read but not consumed yet. It grows for one long record, never with the input. */
export class Window {
  #bytes = Buffer.alloc(0);
  #start = 0;
  #end = 0;

  /** Adds bytes at the end; earlier views are then invalid. */
  append(chunk: Uint8Array): void {
    const kept = this.#end - this.#start;
    if (this.#end + chunk.length + SLACK > this.#bytes.length) {
      const needed = kept + chunk.length + SLACK;
      const room = needed <= this.#bytes.length / 2 ? this.#bytes : Buffer.allocUnsafeSlow(2 * needed);
      this.#bytes.copy(room, 0, this.#start, this.#end);
      [this.#bytes, this.#start, this.#end] = [room, 0, kept];
    }
    this.#bytes.set(chunk, this.#end);
    this.#end += chunk.length;
  }

  /** The available bytes; a few bytes after them may be read, too. */
  view(): Buffer {
    return this.#bytes.subarray(this.#start, this.#end);
  }

  /** Removes bytes from the beginning. */
  drop(count: number): void {
    this.#start += count;
    if (this.#start === this.#end) this.#start = this.#end = 0;
  }
}
