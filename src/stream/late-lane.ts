import type { CsvHeader } from './csv-record.js';
import type * as Code from './lane/index.js';
import type { FastPath } from './splitter.js';

/**
 * The lane of an input that may turn out to be long: until it is loaded it takes nothing, and its code costs nothing.
 */
export class LateLane implements FastPath {
  #lane: Code.Lane | undefined;

  /** @param make - makes the lane; nothing where it can do nothing for this input. */
  constructor(private readonly make: (code: typeof Code) => Code.Lane | undefined) {}

  async load(): Promise<void> {
    this.#lane ??= this.make(await import('./lane/index.js'));
  }

  take(bytes: Buffer, from: number, to: number): number {
    return this.#lane?.take(bytes, from, to) ?? from;
  }

  get lines(): number {
    return this.#lane?.lines ?? 0;
  }

  /** Takes note that the general path answered a record. */
  answered(header: CsvHeader | undefined): void {
    this.#lane?.answered(header);
  }

  close(): void {
    this.#lane?.close();
  }

  /** @param percent - records whose distance, as it is printed, is below this are for the general path. */
  watch(percent: number | undefined): void {
    this.#lane?.watch(percent);
  }

  /** How many records it answered since it was last asked. */
  counted(): number {
    return this.#lane?.counted() ?? 0;
  }
}
