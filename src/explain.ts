import { command as positionCommand } from './commands/position.js';
import type { Assessment } from './core/assessment.js';
import { explainedSteps, explanation } from './report/text/explain.js';
import { cardDecimals } from './report/text/card.js';
import { reportFor } from './library/ask.js';
import { copyOf } from './library/given.js';
import type { Options } from './library/options.js';
import { codeFor } from './library/position-code.js';
import type { FilledPosition } from './index.js';

export { isLiqcalcError, LiqcalcError, type ErrorCode, type Problem } from './core/errors.js';

/** A step of an explanation: its label and its lines. */
export interface Step {
  /** `Rule`, `With`, `Price`, `Check`, `Brackets` (only of tables with several), `Reconcile`. */
  readonly label: string;
  /** Formulas, numbers and results, as printed. */
  readonly lines: readonly string[];
}

/** How a liquidation price was found: the steps, and the same as text of at most 80 columns. */
export interface Explanation {
  /** In the order of the calculation. */
  readonly steps: readonly Step[];
  /** The steps for reading. */
  readonly text: string;
}

/** The minimum decimals of the steps. */
const LEAST_DECIMALS = 4;

/**
 * How a liquidation price was found, step by step: the rule, the numbers put in, the price, the check that equity equals
 * maintenance there, the brackets that were tried, and the prices of other formulas.
 *
 * @param position - as for `assess`.
 * @throws {LiqcalcError} as `assess`.
 * @example
 * explain({ side: 'long', entry: '30000', lev: '10', mmr: '0.5' }).steps[2]?.lines[0] // 'p = (q x E - C - a) / (q x (1 - r - f))'
 */
export function explain(position: FilledPosition, options: Options = {}): Explanation {
  const given = copyOf(position);
  const report = reportFor(positionCommand, given, options, { code: codeFor(given) });
  const [assessment] = report.positions as readonly [Assessment];
  const style = { entryDecimals: assessment.terms.entry.decimals, decimals: options.decimals };
  const decimals = Math.max(LEAST_DECIMALS, cardDecimals(style));
  return { steps: explainedSteps(assessment, decimals), text: explanation(assessment, decimals) };
}
