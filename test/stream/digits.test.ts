import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { putBigDecimal, putDecimal } from '../../src/stream/lane/digits.js';
import { OutputBytes } from '../../src/stream/output-bytes.js';

const START = 3;

/** What is written for units and places, after bytes that must stay. */
function written(put: (output: OutputBytes) => number): string {
  const output = new OutputBytes();
  output.bytes.fill('#');
  const end = put(output);
  expect(output.bytes.toString('latin1', 0, START)).toBe('###');
  return output.bytes.toString('latin1', START, end);
}

/** A decimal from its digits as text. */
function textOf(units: bigint, places: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0');
  const fraction = digits.slice(digits.length - places).replace(/0+$/, '');
  const whole = digits.slice(0, digits.length - places);
  return (units < 0n ? '-' : '') + whole + (places === 0 || fraction === '' ? '' : `.${fraction}`);
}

describe('a decimal is written', () => {
  it.for([
    [0, 8, '0'],
    [1, 8, '0.00000001'],
    [-1, 8, '-0.00000001'],
    [100_000_000, 8, '1'],
    [2_713_567_839_196, 8, '27135.67839196'],
    [95_477, 4, '9.5477'],
    [-1_000_000, 4, '-100'],
    [1_234_500, 4, '123.45'],
    [10_000_001, 14, '0.00000010000001'],
    [100_000_000_000_100, 14, '1.000000000001'],
    [9_007_199_254_740_991, 0, '9007199254740991'],
    [9_007_199_254_740_991, 14, '90.07199254740991'],
    [123_456_789, 0, '123456789'],
    [100_000_000, 0, '100000000'],
  ] as const)('%d of 10^-%d as %s', ([units, places, text]) => {
    expect(written((output) => putDecimal(output, START, units, places))).toBe(text);
    expect(written((output) => putBigDecimal(output, START, BigInt(units), places))).toBe(text);
  });

  it('for every four digits', () => {
    for (let units = 0; units < 10_000; units++) {
      expect(written((output) => putDecimal(output, START, units, 4))).toBe(textOf(BigInt(units), 4));
    }
  });

  it('for any units and places', () => {
    const round = fc.tuple(fc.nat({ max: 9999 }), fc.nat({ max: 12 })).map(([digits, zeros]) => digits * 10 ** zeros);
    const near = round.chain((value) => fc.constantFrom(value - 1, value, value + 1));
    fc.assert(
      fc.property(fc.oneof(fc.maxSafeInteger(), near), fc.nat({ max: 14 }), (units, places) => {
        expect(written((output) => putDecimal(output, START, units, places))).toBe(textOf(BigInt(units), places));
      }),
      { numRuns: 20_000 },
    );
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 60n), max: 10n ** 60n }), fc.nat({ max: 40 }), (units, places) => {
        expect(written((output) => putBigDecimal(output, START, units, places))).toBe(textOf(units, places));
      }),
    );
  });
});
