import { describe, expect, it } from 'vitest';
import { assess } from '../../../src/core/assessment.js';
import { contracts, type ContractName } from '../../../src/core/contracts/index.js';
import { evaluate, parseExpression } from '../../../src/core/expression.js';
import { formulas, type FormulaName } from '../../../src/core/formulas/index.js';
import type { Side, Terms } from '../../../src/core/position.js';
import { Ratio } from '../../../src/core/ratio.js';

const r = (text: string): Ratio => Ratio.from(text);
const NAMES = Object.keys(formulas) as FormulaName[];
const CONTRACTS = Object.keys(contracts) as ContractName[];

/** What positions to try: plain ones that every formula takes, and full ones. */
const EXTRAS: readonly Partial<Terms>[] = [{}, { qty: r('3') }, { qty: r('3'), cum: r('0.0001'), mmFee: r('0.0006') }];

describe.each(NAMES)('the expression that is shown for %s', (name) => {
  it('gives the price of the formula, for every contract and side that it takes', () => {
    let met = 0;
    for (const contract of CONTRACTS) {
      for (const side of ['long', 'short'] as const satisfies readonly Side[]) {
        for (const extra of EXTRAS) {
          const terms = { side, contract, entry: r('250'), lev: r('8'), mmr: r('0.013'), ...extra };
          if (formulas[name].refuses(terms, contract).length > 0) continue;
          const { position, price, formula } = assess(terms, undefined, name);
          const value = evaluate(parseExpression(formula.expression(position)), {
            E: terms.entry,
            lev: terms.lev,
            r: terms.mmr,
            a: extra.cum ?? Ratio.ZERO,
            f: extra.mmFee ?? Ratio.ZERO,
            s: side === 'long' ? Ratio.ONE : Ratio.ONE.negated(),
            q: position.size,
            N: position.size,
            C: position.collateral.wallet,
          });
          if (!price || !value) throw new Error(`no price for ${side} ${contract}`);
          expect(value.compare(price)).toBe(0);
          met++;
        }
      }
    }
    expect(met).toBeGreaterThanOrEqual(4);
  });
});

it('formulas are listed under their own names', () => {
  expect(NAMES.map((name) => formulas[name].name)).toEqual(NAMES);
});
