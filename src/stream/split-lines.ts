import {
  BYTE_ORDER_MARK,
  isBlank,
  isMarked,
  LF,
  MAX_RECORD_BYTES,
  shownEnd,
  TOO_LONG,
  type RecordSlice,
  type Splitter,
  type FastPath,
} from './splitter.js';
import { Window } from './window.js';

/**
 * One record per line; blank lines are skipped. Blanks around a record are not part of it. Neither is a byte order mark
 * before it: in joined files, any line may be the first line of a part.
 */
export class LineSplitter implements Splitter {
  readonly #window = new Window();
  /** Bytes of the window that were searched already. */
  #searched = 0;
  #line = 1;
  /** Whether the current position is within a line that was rejected for its length. */
  #skips = false;

  /**
   * @param most - the maximum size of a line, in bytes.
   * @param fastPath - gets every line before it becomes a slice.
   */
  constructor(
    private readonly most = MAX_RECORD_BYTES,
    private readonly fastPath?: FastPath,
  ) {}

  *push(chunk: Uint8Array): Generator<RecordSlice> {
    this.#window.append(chunk);
    const bytes = this.#window.view();
    const whole = bytes.lastIndexOf(LF) + 1;
    let start = 0;
    for (;;) {
      if (this.fastPath && start < whole && !this.#skips) {
        start = this.fastPath.take(bytes, start, whole);
        this.#line += this.fastPath.lines;
      }
      const end = bytes.indexOf(LF, Math.max(start, this.#searched));
      if (end < 0) break;
      const slice = this.#slice(bytes, start, end);
      if (slice) yield slice;
      this.#line++;
      this.#skips = false;
      start = end + 1;
    }
    if (bytes.length - start > this.most) {
      const slice = this.#slice(bytes, start, bytes.length);
      if (slice) yield slice;
      this.#skips = true;
      start = bytes.length;
    }
    this.#searched = bytes.length - start;
    this.#window.drop(start);
  }

  *end(): Generator<RecordSlice> {
    const bytes = this.#window.view();
    const slice = this.#slice(bytes, 0, bytes.length);
    if (slice) yield slice;
  }

  isBroken(): boolean {
    return false;
  }

  #slice(bytes: Buffer, from: number, to: number): RecordSlice | undefined {
    if (this.#skips) return undefined;
    if (to - from > this.most) {
      return { bytes, start: from, end: shownEnd(bytes, from, this.most), line: this.#line, fault: TOO_LONG };
    }
    let [start, end] = [from, to];
    while (start < end && isBlank(bytes[start])) start++;
    if (bytes[start] === BYTE_ORDER_MARK[0] && isMarked(bytes, start)) start += BYTE_ORDER_MARK.length;
    while (start < end && isBlank(bytes[start])) start++;
    while (end > start && isBlank(bytes[end - 1])) end--;
    return start < end ? { bytes, start, end, line: this.#line } : undefined;
  }
}
