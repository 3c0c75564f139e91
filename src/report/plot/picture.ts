import type { Rung } from './ladder.js';
import type { Plot } from './plot.js';

/** A picture before it is drawn. */
export type Picture = Plot | LadderPicture | Words;

/** The prices of a position, from the highest to the lowest. */
export interface LadderPicture {
  readonly kind: 'ladder';
  readonly title: string;
  readonly summary: string;
  /** The unit of the prices. */
  readonly unit: string;
  readonly rungs: readonly LabelledRung[];
  /** The letter of the present price. */
  readonly present: string;
  /** How near liquidation is; `lost` if the present price is past it. */
  readonly tone: 'good' | 'warn' | 'bad' | 'lost';
}

/** A price with its text, and its distance from the present price. */
export interface LabelledRung extends Rung {
  readonly text: string;
  readonly note: string;
}

/** Words in place of a picture: there is nothing to draw. */
export interface Words {
  readonly kind: 'words';
  readonly title: string;
  readonly summary: string;
}
