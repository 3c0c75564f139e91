import type { Problem } from '../../core/errors.js';
import { readFillTexts, type ReadFills } from '../../formats/fill-texts.js';
import type { Inputs } from '../../schema/input.js';
import type { QuestionInputs } from './question.js';

/** The inputs that give fills. */
export const FILLS = {
  fill: {
    kind: 'text',
    repeats: true,
    placeholder: 'QTY@PRICE',
    meaning: 'a fill (a minus sells); may be given several times; fills determine entry and size',
    read: (texts: readonly string[], problems: Problem[]): ReadFills => readFillTexts(texts, problems, 'fill'),
  },
  fills: {
    kind: 'text',
    placeholder: 'FILE',
    meaning: "a file of fills: the exchange's userTrades",
  },
  open: {
    kind: 'text',
    placeholder: 'QTY@PRICE',
    meaning: 'the position before the fills: size (negative for a short) and average entry',
    read: (texts: readonly string[], problems: Problem[]): ReadFills => readFillTexts(texts, problems, 'open'),
  },
  positionSide: {
    kind: 'choice',
    choices: ['both', 'long', 'short'],
    placeholder: 'SIDE',
    meaning: 'the position to read from the file, in hedge mode',
  },
} as const satisfies Inputs;

const gives = 'the fills already give this input';

/** The rules of every question about fills: fills give entry and size. */
export const FILL_RULES = {
  heading: 'Fills',
  inputs: FILLS,
  choice: { what: 'a fill', of: ['fill', 'fills'], why: 'both give the fills' },
  excludes: [
    ['entry', 'fill', gives],
    ['entry', 'fills', gives],
    ['qty', 'fill', gives],
    ['qty', 'fills', gives],
    ['notional', 'fill', gives],
    ['notional', 'fills', gives],
  ],
  requires: [
    ['positionSide', ['fills'], 'the side chooses a position of the file'],
    ['open', ['fill', 'fills'], 'the fills change the position that --open gives'],
  ],
} as const satisfies Pick<QuestionInputs, 'heading' | 'inputs' | 'choice' | 'excludes' | 'requires'>;
