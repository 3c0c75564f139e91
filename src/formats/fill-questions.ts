import type { Field } from './fields.js';

/** An input of a planning command that no position has. */
export interface Asked extends Omit<Field, 'heading' | 'aliases' | 'short' | 'choicesFrom'> {
  readonly flag: string;
  /** Several values with commas between. */
  readonly list?: true;
  /** Whether it may be given several times. */
  readonly repeats?: true;
}

/** The inputs that give fills, by key; apart from the others because one position takes them too. */
export const FILL_QUESTIONS = {
  fill: {
    kind: 'text',
    repeats: true,
    flag: 'fill',
    placeholder: 'QTY@PRICE',
    meaning: 'a fill, a minus sells; may be given several times: they give entry and size',
  },
  fills: {
    kind: 'text',
    flag: 'fills',
    placeholder: 'FILE',
    meaning: "the fills from a file of the exchange's userTrades",
  },
  open: {
    kind: 'text',
    flag: 'open',
    placeholder: 'QTY@PRICE',
    meaning: 'the position before the fills: size and average entry, a short with a minus',
  },
  positionSide: {
    kind: 'choice',
    choices: ['both', 'long', 'short'],
    flag: 'position-side',
    placeholder: 'SIDE',
    meaning: 'which position of the file, in hedge mode',
  },
} as const satisfies Record<string, Asked>;
