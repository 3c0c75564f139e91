import { describe, expect, it } from 'vitest';
import { plainSpelling } from '../../src/core/number-spelling.js';

const ADVICE = 'write digits with at most one dot, like 30000 or 0.5';

describe('what to write instead of a number that is not plain', () => {
  it.each([
    ['0,015', '0.015'],
    ['0,125', '0.125'],
    ['-0,125', '-0.125'],
    ['0,125%', '0.125'],
    ['10,5x', '10.5'],
    [',5', '0.5'],
    ['1,5', '1.5'],
    ['1234,567', '1234.567'],
    ['1.234,56', '1234.56'],
    ['1,234.56', '1234.56'],
    ['1,234,567', '1234567'],
    ['1.234.567', '1234567'],
    ['1.234.567,8', '1234567.8'],
    ['12,34,567', '1234567'],
    ['1 234', '1234'],
    ['1 234,5', '1234.5'],
    ['1\u00a0234', '1234'],
    ['1\u202f234', '1234'],
    ["1'234", '1234'],
    ['1\u2019234.5', '1234.5'],
    ['1_000', '1000'],
    ['\u22125', '-5'],
    ['\u0661\u0662\u066b\u0665', '12.5'],
    ['\uff13\uff10\uff0e\uff15', '30.5'],
  ])('%s has one reading', (text, reading) => {
    expect(plainSpelling(text)).toBe(`write ${reading}`);
  });

  it.each([
    ['1,234', '1234', '1.234'],
    ['-30,000', '-30000', '-30.000'],
    ['1,234%', '1234', '1.234'],
  ])('%s has two', (text, grouped, decimal) => {
    expect(plainSpelling(text)).toBe(`write ${grouped}, or ${decimal} if the comma is the decimal point`);
  });

  it.each(['0 015', '0_1', '0.000,5x2', '3 0000', '1,2,3', '1,,5', ',', '', '10x5', '5%%', '0x10', 'NaN', '1e', '30%'])(
    '%j has no plain spelling',
    (text) => {
      expect(plainSpelling(text)).toBe(ADVICE);
    },
  );

  it('a very long text is not taken apart', () => {
    expect(plainSpelling('1,'.repeat(1 << 19))).toBe(ADVICE);
  });
});
