import { describe, expect, it } from 'vitest';
import { contracts } from '../../src/core/contracts/index.js';
import { evaluate, parseExpression, quotientSides, substituted, type Values } from '../../src/core/expression.js';
import { Ratio } from '../../src/core/ratio.js';

const VALUES = { a: Ratio.from('7'), b: Ratio.from('-2'), lev: Ratio.from('10'), zero: Ratio.ZERO };
const value = (text: string): string | undefined => evaluate(parseExpression(text), VALUES)?.toText(9);

describe('the value of a formula', () => {
  it.each([
    ['12', '12'],
    ['a', '7'],
    ['lev', '10'],
    ['a + b', '5'],
    ['a - b', '9'],
    ['a - b - lev', '-1'],
    ['a - (b - lev)', '19'],
    ['a x b', '-14'],
    ['a / b', '-3.5'],
    ['100 / lev / 5', '2'],
    ['100 / (lev / 5)', '50'],
    ['1 + 2 x 3', '7'],
    ['2 x 3 + 1', '7'],
    ['(1 + 2) x 3', '9'],
    ['20 / 4 x 5', '25'],
    ['10 - 6 / 2', '7'],
    ['((a))', '7'],
    ['(a + b) x (a - b) / 3', '15'],
  ])('%s is %s', (text, expected) => {
    expect(value(text)).toBe(expected);
  });

  it('is undefined if any part divides by zero', () => {
    expect(value('a / zero')).toBeUndefined();
    expect(value('1 + a / zero')).toBeUndefined();
    expect(value('(a / (b + 2)) x 0')).toBeUndefined();
    expect(value('zero / a')).toBe('0');
  });

  it('does not know other names', () => {
    expect(() => value('nothing + 1')).toThrow(RangeError);
  });
});

describe('the two sides of a formula', () => {
  it('are those of the last division', () => {
    const sides = quotientSides(parseExpression('(a + b) / (lev - 5)'));
    expect(sides?.map((side) => evaluate(side, VALUES)?.toText(9))).toEqual(['5', '5']);
    expect(quotientSides(parseExpression('a / b + 1'))).toBeUndefined();
    expect(quotientSides(parseExpression('a'))).toBeUndefined();
  });

  it('every price formula of a contract has them', () => {
    const formulas = Object.values(contracts).flatMap((each) => [each.formulas.long, each.formulas.short]);
    expect(formulas.filter((text) => !quotientSides(parseExpression(text)))).toEqual([]);
    expect(formulas.length).toBeGreaterThan(3);
  });
});

it('names are replaced by their values, negative ones in parentheses', () => {
  const values: Values = VALUES;
  const show = (name: string): string | undefined => values[name]?.toText(9);
  expect(substituted('a x b / (lev - q)', show)).toBe('7 x (-2) / (10 - q)');
  expect(substituted('x', () => '5')).toBe('x');
});
