/** The text around the records of a list. */
export interface Frame {
  readonly beforeFirst: string;
  readonly beforeOthers: string;
  readonly after: string;
  readonly end: string;
  /** The whole list if it has no record. */
  readonly empty: string;
}

/** Records with their own line ends. */
export const NO_FRAME: Frame = { beforeFirst: '', beforeOthers: '', after: '', end: '', empty: '' };

/** Texts with a blank line between them. */
export const BLOCKS: Frame = { ...NO_FRAME, beforeOthers: '\n' };

/** One object per line. */
export const LINES: Frame = { ...NO_FRAME, after: '\n' };

/** The elements of an array, one per line. */
export const ARRAY: Frame = { beforeFirst: '[\n', beforeOthers: ',\n', after: '', end: '\n]\n', empty: '[]\n' };

/** The elements of an array on one line. */
export const ONE_LINE: Frame = { beforeFirst: '[', beforeOthers: ',', after: '', end: ']\n', empty: '[]\n' };

/** The parts of a frame, for one record after another. */
export interface Framing {
  /** The text before the next record. */
  readonly before: () => string;
  readonly after: string;
  /** The text after the last record. */
  readonly end: () => string;
}

/** Begins a list in a frame. */
export function framing({ beforeFirst, beforeOthers, after, end, empty }: Frame): Framing {
  let isFirst = true;
  const before = (): string => {
    const text = isFirst ? beforeFirst : beforeOthers;
    isFirst = false;
    return text;
  };
  return { before, after, end: () => (isFirst ? empty : end) };
}
