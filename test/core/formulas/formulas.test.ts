import { describe, expect, it } from 'vitest';
import { assess } from '../../../src/core/assessment.js';
import { contracts, type ContractName } from '../../../src/core/contracts/index.js';
import { evaluate, parseExpression } from '../../../src/core/expression.js';
import { formulas, type FormulaName } from '../../../src/core/formulas/index.js';
import type { Side } from '../../../src/core/leg.js';
import type { Terms } from '../../../src/core/position.js';
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

describe('the article formula', () => {
  const terms: Terms = { side: 'long', entry: r('100'), lev: r('10'), mmr: r('0.01'), qty: r('1') };
  const outcome = (more: Partial<Terms>): unknown[] => {
    const { outcome: found, price } = assess({ ...terms, ...more }, undefined, 'article');
    return [found.kind, found.bound?.danger, price?.toText(6)];
  };

  it('says on which side the danger lies, and judges by equity and maintenance at the mark', () => {
    expect(outcome({})).toEqual(['at', 'below', '111']);
    expect(outcome({ side: 'short' })).toEqual(['at', 'above', '91']);
    // At 91 the equity is 1 and the maintenance 0.91, at 90.9 they are 0.9 and 0.909.
    expect(outcome({ mark: r('91') })).toEqual(['at', 'below', '111']);
    expect(outcome({ mark: r('90.9') })).toEqual(['already', 'below', '111']);
    expect(outcome({ side: 'short', mark: r('109') })).toEqual(['already', 'above', '91']);
    expect(outcome({ lev: Ratio.ONE })).toEqual(['never', undefined, undefined]);
  });

  it('says why it refuses', () => {
    const { lev, mmr, ...bare } = terms;
    expect([lev, mmr]).toEqual([r('10'), r('0.01')]);
    expect(formulas.article.refuses({ ...bare, cum: r('1') }, 'inverse')).toEqual([
      { code: 'FORMULA_REFUSES', field: 'lev', details: { formula: 'article', why: 'needs lev' } },
      { code: 'FORMULA_REFUSES', field: 'mmr', details: { formula: 'article', why: 'needs mmr' } },
      {
        code: 'FORMULA_REFUSES',
        field: 'cum',
        details: { formula: 'article', why: 'does not use this input; omit it' },
      },
      {
        code: 'FORMULA_REFUSES',
        field: 'contract',
        details: { formula: 'article', why: 'is for linear contracts only' },
      },
    ]);
  });
});
