import type { Bracket } from '../brackets.js';
import { problem } from '../errors.js';
import { equityAt, referencePrice, totalMaintenanceAt, type Position, type Terms } from '../position.js';
import { Ratio } from '../ratio.js';
import { refusedBy, type Formula } from './formula.js';

const PLAIN_ONLY = ['margin', 'wallet', 'othersMm', 'othersPnl', 'addMargin', 'cum', 'mmFee'] as const;

/**
 * The formula of a popular article, kept for comparison: with `MM = E r`, `(E lev - MM) / (lev - 1)` for a long and `(E
 * lev + MM) / (lev + 1)` for a short. It is clearly wrong: a long's price is above its entry.
 *
 * @see "How to calculate the forced liquidation price of Binance futures? What happens if the margin is not enough?",
 * 2025-05-17
 */
export const article: Formula = {
  name: 'article',
  meaning: 'the popular article’s formula, which is wrong',
  flaw: 'this formula is not the exchange’s rule: it puts a long’s liquidation above its entry and a short’s below; do not trade with it',
  scope: 'it is only for isolated linear positions with lev and mmr, without added margin',
  refuses: (terms, contract) => [
    ...refusedBy('article', terms.venue),
    ...(['lev', 'mmr'] as const)
      .filter((field) => !terms[field])
      .map((field) => problem('FORMULA_REFUSES', field, { formula: 'article', why: `needs ${field}` })),
    ...PLAIN_ONLY.filter((field) => isSet(terms, field)).map((field) =>
      problem('FORMULA_REFUSES', field, { formula: 'article', why: 'does not use this input; omit it' }),
    ),
    ...(contract === 'linear'
      ? []
      : [problem('FORMULA_REFUSES', 'contract', { formula: 'article', why: 'is for linear contracts only' })]),
  ],
  outcome: (position) => {
    const price = articlePrice(position);
    if (!price) return { kind: 'never' };
    const reference = referencePrice(position);
    const solvent = equityAt(position, reference).isAbove(totalMaintenanceAt(position, reference));
    const danger = position.side === 'long' ? 'below' : 'above';
    return { kind: solvent ? 'at' : 'already', bound: { price, danger } };
  },
  expression: ({ side }) => (side === 'long' ? '(E x lev - E x r) / (lev - 1)' : '(E x lev + E x r) / (lev + 1)'),
  neverBecause: 'the formula has no price for a long at leverage 1 or less',
};

/** Whether a field is set. Of `margin` and `wallet` zero counts as set; other amounts of zero change nothing. */
function isSet(terms: Terms, field: (typeof PLAIN_ONLY)[number]): boolean {
  const value = terms[field];
  return value !== undefined && (value.sign() !== 0 || field === 'margin' || field === 'wallet');
}

/** Leverage and one rate of its own are present: `refuses` requires them. */
function articlePrice({ side, entry, lev, brackets }: Position): Ratio | undefined {
  const [leverage, { rate }] = [lev as Ratio, brackets[0] as Bracket];
  const maintenance = entry.times(rate);
  if (side === 'short') return entry.times(leverage).plus(maintenance).over(leverage.plus(Ratio.ONE));
  const divisor = leverage.minus(Ratio.ONE);
  return divisor.sign() > 0 ? entry.times(leverage).minus(maintenance).over(divisor) : undefined;
}
