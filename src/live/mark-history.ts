import type { MarkRange, Minute } from './feed.js';
import type { Mark } from './state.js';

/** Marks are kept as the highest and the lowest of so long, ms. */
const PART_MS = 5_000;

/** The marks of the last minutes by the venue's key of their symbol. */
export class MarkHistory {
  readonly #parts = new Map<string, Minute[]>();
  readonly #last = new Map<string, number>();

  /** @param mostMs - for how long marks are kept. */
  constructor(private readonly mostMs: number) {}

  note(marks: ReadonlyMap<string, Mark>): void {
    for (const [key, mark] of marks) {
      if (this.#last.get(key) === mark.time) continue;
      this.#last.set(key, mark.time);
      this.#add(key, mark);
    }
  }

  #add(key: string, { price, time }: Mark): void {
    const parts = this.#parts.get(key) ?? [];
    this.#parts.set(key, parts);
    const start = time - (time % PART_MS);
    const last = parts.at(-1);
    if (last?.start === start)
      parts[parts.length - 1] = { start, low: last.low.min(price), high: last.high.max(price) };
    else parts.push({ start, low: price, high: price });
    while (parts[0] && parts[0].start < start - this.mostMs) parts.shift();
  }

  /** The marks around a time, on the venue's clock; `undefined` if none came then. */
  around(key: string, time: number): MarkRange | undefined {
    const part = this.#parts.get(key)?.findLast(({ start }) => start <= time);
    return part && time - part.start < 2 * PART_MS ? part : undefined;
  }
}
