import type { Problem } from '../errors.js';
import type { Outcome } from '../liquidation.js';
import type { Position, Terms } from '../position.js';

/** A rule by which a liquidation price is found. */
export interface Formula {
  readonly name: string;
  /** One line for help and tables. */
  readonly meaning: string;
  /** What is wrong with the formula, where something is: shown wherever its answer is. */
  readonly flaw?: string;
  /** What positions it is for, in words. */
  readonly scope: string;
  /** What of the terms the formula cannot take. */
  readonly refuses: (terms: Terms, contract: string) => Problem[];
  /** Where the position is liquidated, judged at the mark (entry if none). By the formula's own maintenance where it has one. */
  readonly outcome: (position: Position) => Outcome;
  /** The price of one leg as an expression (`E`, `lev`, `q` ...), which `--explain` shows and evaluates. */
  readonly expression: (position: Position) => string;
  /** Why there is no price, for `never`. */
  readonly neverBecause: string;
}
