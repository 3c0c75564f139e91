// What was written since the last call of the host.
import { OUTPUT, OUTPUT_END } from './memory';

/** The most bytes that an answer takes, and what is overwritten after it. */
const MOST_ANSWER: usize = 512;

/** The place after what was written last. */
export let written: usize = OUTPUT;
/** How many records were answered, and the line ends in what was taken. */
export let count: i32 = 0;
export let lines: i32 = 0;
/** Whether it stopped because the output was full. */
export let isFull: bool = false;

export function beginOutput(): void {
  written = OUTPUT;
  count = 0;
  lines = 0;
  isFull = false;
}

/** Whether there is room for a record of so many bytes with its answer. */
export function hasRoom(length: usize): bool {
  isFull = written + length + MOST_ANSWER > OUTPUT_END;
  return !isFull;
}

export function addLines(more: i32): void {
  lines += more;
}

/** Notes that a record was written up to a place. */
export function endRecord(at: usize): void {
  written = at;
  count++;
}
