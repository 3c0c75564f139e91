import { DEFAULT_VENUE } from '../brackets.js';
import { problem, type Problem } from '../errors.js';
import type { Outcome } from '../liquidation.js';
import type { Position, Terms } from '../position.js';

/** A rule that gives a liquidation price. */
export interface Formula {
  readonly name: string;
  /** One line for help and tables. */
  readonly meaning: string;
  /** What is wrong with the formula, if anything; shown with each of its results. */
  readonly flaw?: string;
  /** Which positions it is for, in words. */
  readonly scope: string;
  /** The problems of terms that the formula cannot use. */
  readonly refuses: (terms: Terms, contract: string) => Problem[];
  /**
   * Where the position is liquidated, seen from the mark (or the entry, if no mark is given). Uses the formula's own
   * maintenance if it has one.
   */
  readonly outcome: (position: Position) => Outcome;
  /** The price of one leg as an expression (`E`, `lev`, `q` ...), which `--explain` shows and evaluates. */
  readonly expression: (position: Position) => string;
  /** Why there is no price, for `never`. */
  readonly neverBecause: string;
}

/** The problem of a formula that replaces the rule of a venue: it is for the default venue. */
export function refusedBy(formula: string, venue: string = DEFAULT_VENUE): Problem[] {
  if (venue === DEFAULT_VENUE) return [];
  return [
    problem('FORMULA_REFUSES', 'formula', { formula, why: `is for ${DEFAULT_VENUE}; ${venue} has its own rule` }),
  ];
}
