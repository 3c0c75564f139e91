import type { KeyPolicy } from '../../formats/record.js';
import { CR, LF, QUOTE, SPACE } from '../splitter.js';
import { blanksEnd } from './json.js';
import { LaneKeys, type Before, type Step } from './keys.js';

const [COMMA, COLON, CLOSE] = [44, 58, 125] as const;
/** The most steps that are kept for each preceding key. */
const MOST_STEPS = 8;
/** Records with longer steps go to the general path. */
const MOST_STEP_BYTES = 200;

/** The known steps. A step that is not the expected one is looked up here, or parsed. */
export class LaneSteps {
  /** The start of every record, before its first key. */
  readonly start: Before = { next: undefined, steps: [] };
  readonly #keys: LaneKeys;
  /** LF if records end with their line, else no byte. */
  readonly #lineEnd: number;

  constructor(policy: KeyPolicy, lineEnd: number) {
    this.#keys = new LaneKeys(policy);
    this.#lineEnd = lineEnd;
  }

  /**
   * The step at a place, which becomes the expected one; `undefined` if the lane cannot take it.
   *
   * @param inText - whether the value before it is a text, whose closing quote is there.
   */
  find(before: Before, bytes: Buffer, words: DataView, at: number, inText: boolean): Step | undefined {
    const { steps } = before;
    const known = steps.find((each) => each.closesText === inText && isStepAt(each, bytes, words, at));
    const step = known ?? this.#read(before, bytes, at, inText);
    if (step === undefined) return undefined;
    before.next = step;
    if (!known && steps.length < MOST_STEPS) steps.push(step);
    return step;
  }

  #read(before: Before, bytes: Buffer, from: number, inText: boolean): Step | undefined {
    if (inText && bytes[from] !== QUOTE) return undefined;
    let at = this.#blanks(bytes, inText ? from + 1 : from);
    if (before !== this.start) {
      if (bytes[at] === CLOSE) return stepOf(bytes, from, at + 1, { closesText: inText, key: undefined });
      if (bytes[at] !== COMMA) return undefined;
      at = this.#blanks(bytes, at + 1);
    }
    const key = this.#keys.at(bytes, at);
    if (!key || key.isRefused) return undefined;
    at = this.#blanks(bytes, at + key.bytes.length);
    if (bytes[at] !== COLON) return undefined;
    at = this.#blanks(bytes, at + 1);
    return stepOf(bytes, from, bytes[at] === QUOTE ? at + 1 : at, { closesText: inText, key });
  }

  #blanks(bytes: Buffer, from: number): number {
    return blanksEnd(bytes, from, this.#lineEnd);
  }
}

/** The step from a place to another, unless it is too long. */
function stepOf(
  bytes: Buffer,
  from: number,
  to: number,
  { closesText, key }: Pick<Step, 'closesText' | 'key'>,
): Step | undefined {
  if (to - from > MOST_STEP_BYTES) return undefined;
  const own = bytes.subarray(from, to);
  const words = new Int32Array(Math.ceil(own.length / 4));
  own.forEach((byte, offset) => {
    words[offset >> 2] = (words[offset >> 2] as number) | (byte << (8 * (offset & 3)));
  });
  const opensText = key !== undefined && bytes[to - 1] === QUOTE;
  return {
    words,
    mask: own.length % 4 === 0 ? -1 : (1 << (8 * (own.length % 4))) - 1,
    length: own.length,
    key,
    closesText,
    opensText,
    endsBare: key !== undefined && !opensText,
    hasBreak: own.includes(LF) || own.includes(CR),
  };
}

/**
 * Whether the bytes at a place are a step, followed by its value.
 *
 * @param words - the bytes four at a time; up to three more than those of the step are read.
 */
export function isStepAt(
  { words: own, mask, length, endsBare }: Step,
  bytes: Buffer,
  words: DataView,
  at: number,
): boolean {
  if (at + length > bytes.length) return false;
  const last = own.length - 1;
  for (let index = 0; index < last; index++) {
    if (words.getInt32(at + 4 * index, true) !== own[index]) return false;
  }
  if (((words.getInt32(at + 4 * last, true) ^ (own[last] as number)) & mask) !== 0) return false;
  if (!endsBare) return true;
  const next = bytes[at + length] as number;
  return next > SPACE && next !== QUOTE;
}
