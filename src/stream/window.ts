/** So many bytes after those of a window can be read, whatever they are. */
const SLACK = 8;

/** Bytes that were read and are not used up yet: grows for one long record, never with the input. */
export class Window {
  #bytes = Buffer.alloc(0);
  #start = 0;
  #end = 0;

  /** Adds bytes at the end; views given out before are no longer valid. */
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

  /** The bytes that are there; a few more may be read after them. */
  view(): Buffer {
    return this.#bytes.subarray(this.#start, this.#end);
  }

  /** Takes bytes away from the beginning. */
  drop(count: number): void {
    this.#start += count;
    if (this.#start === this.#end) this.#start = this.#end = 0;
  }
}
