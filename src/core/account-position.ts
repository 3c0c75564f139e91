import type { Warning } from './assessment.js';
import type { BracketTable } from './brackets.js';
import type { Problem } from './errors.js';
import type { FormulaName } from './formulas/index.js';
import type { Terms } from './position.js';
import type { Ratio } from './ratio.js';

/** How a position is backed: by the wallet that all cross positions share, or by its own. */
export type MarginMode = 'cross' | 'isolated';

/** One position of an account, as the input has it. */
export interface AccountPosition {
  /** How messages name it: `positions[1]`. */
  readonly name: string;
  /** Complete by `requirementProblems`; a cross position has the account's wallet, a mark, a size and a symbol. */
  readonly terms: Terms;
  readonly mode: MarginMode;
  readonly formula: FormulaName;
  /** The table of its symbol, if there is one. */
  readonly table?: BracketTable;
  /** Its venue; `DEFAULT_VENUE` by default. */
  readonly venue?: string;
  /** Warnings about where its terms come from. */
  readonly notes?: readonly Warning[];
  /** Its share of a market move: the mark becomes `mark (1 + beta x move)`. */
  readonly beta: Ratio;
  /** Why its maintenance margin is unknown: its symbol has no table, and it has no rate. It then has no price. */
  readonly failure?: readonly Problem[];
}
