import { outcomeAt, poolOf, safeRange } from '../liquidation.js';
import { referencePrice } from '../position.js';
import type { Position } from '../position.js';
import type { Formula } from './formula.js';

/**
 * The exchange's own rule: liquidated where equity equals maintenance margin, with the bracket of the value at that price.
 *
 * @see https://www.binance.com/en/support/faq/b3c689c1f50a44cabb3a84e663b81d93 (How to calculate the liquidation price of USDⓈ-M futures)
 */
export const exact: Formula = {
  name: 'exact',
  meaning: 'the exchange’s rule: the price where equity equals maintenance margin, with the bracket at that price',
  scope: 'every position',
  refuses: () => [],
  outcome: (position) => outcomeAt(safeRange(poolOf(position)), referencePrice(position)),
  expression: (position) => ruledExpression(position),
  neverBecause: 'the margin covers the position at every positive price',
};

/**
 * The price of one leg under the rule of its venue: `F` is maintenance that no price changes. Where the rule values
 * maintenance at the entry or holds it, `F` is all of it.
 */
function ruledExpression({ contract, side, rule, fixed }: Position): string {
  if (rule.valued === 'price' && fixed.sign() === 0) return contract.formulas[side];
  return rule.valued === 'price' ? contract.formulas[side].replace('C', '(C - F)') : contract.formulas.fixed[side];
}
