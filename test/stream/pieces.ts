import type { Splitter } from '../../src/stream/splitter.js';

/** A piece as tests compare it. */
export interface Seen {
  readonly text: string;
  readonly line: number;
  readonly fault?: string;
}

/** What a splitter finds in bytes that come in chunks of some sizes, over and over. */
export function piecesOf(splitter: Splitter, bytes: Buffer, sizes: readonly number[] = [bytes.length]): Seen[] {
  const seen: Seen[] = [];
  const take = (pieces: ReturnType<Splitter['end']>): void => {
    for (const { bytes: from, start, end, line, fault } of pieces) {
      seen.push({ text: from.toString('latin1', start, end), line, ...(fault !== undefined && { fault }) });
    }
  };
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = Math.max(1, sizes[turn % sizes.length] ?? 1);
    take(splitter.push(bytes.subarray(at, at + size)));
    at += size;
  }
  take(splitter.end());
  return seen;
}
