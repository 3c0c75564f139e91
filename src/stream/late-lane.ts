import type { CsvHeader } from './csv-record.js';
import type * as Code from './lane/index.js';
import type { FastPath } from './splitter.js';

/**
 * The lane of an input that may be long. Until its code is loaded it does not take records and costs no time.
 */
export class LateLane implements FastPath {
  #lane: Code.Lane | undefined;

  /** @param make - makes the lane; returns `undefined` if the lane cannot take this input. */
  constructor(private readonly make: (code: typeof Code) => Promise<Code.Lane | undefined>) {}

  async load(): Promise<void> {
    this.#lane ??= await this.make(await import('./lane/index.js'));
  }

  take(bytes: Buffer, from: number, to: number): number {
    return this.#lane?.take(bytes, from, to) ?? from;
  }

  get lines(): number {
    return this.#lane?.lines ?? 0;
  }

  /** Notes that the general path answered a record. */
  answered(header: CsvHeader | undefined): void {
    this.#lane?.answered(header);
  }

  close(): void {
    this.#lane?.close();
  }

  /** @param percent - records whose distance, as printed, is below this go to the general path. */
  watch(percent: number | undefined): void {
    this.#lane?.watch(percent);
  }

  /** The number of records that it answered since the last call. */
  counted(): number {
    return this.#lane?.counted() ?? 0;
  }
}
