import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { powerOfTen, Ratio } from '../../src/core/ratio.js';
import { decimal, order, rational, rounded, stepAbove, stepBelow } from '../oracle/rational.js';

const r = (text: string): Ratio => Ratio.from(text);
const FORTY = '1234567890123456789012345678901234567890';

describe('reading decimals', () => {
  it.each([
    ['0', 0n, 0],
    ['30000.50', 3000050n, 2],
    ['+5.', 5n, 0],
    ['.5', 5n, 1],
    ['-0.25', -25n, 2],
    ['007', 7n, 0],
    ['1.2e-7', 12n, 8],
    ['1.2E+3', 1200n, 0],
    ['12e2', 1200n, 0],
    ['1.25e1', 125n, 1],
    ['0e-999', 0n, 30],
    ['0.000', 0n, 3],
    ['1e30', 10n ** 30n, 0],
    ['1.000e30', 10n ** 30n, 0],
    ['1e-30', 1n, 30],
    [FORTY.slice(0, 30), BigInt(FORTY.slice(0, 30)), 0],
    [`0.${FORTY}`, BigInt(FORTY), 40],
    [`0.${'0'.repeat(20)}1e-9`, 1n, 30],
  ])('%s', (text, units, decimals) => {
    const parsed = Ratio.parse(text);
    if (parsed.kind !== 'decimal') throw new Error(parsed.kind);
    expect(parsed.decimals).toBe(decimals);
    expect(parsed.value.compare(Ratio.of(units, 10n ** BigInt(decimals)))).toBe(0);
  });

  it.each([
    ['', 'malformed'],
    ['.', 'malformed'],
    ['-', 'malformed'],
    ['1 000', 'malformed'],
    ['1_000', 'malformed'],
    ['30,000', 'malformed'],
    ['0x10', 'malformed'],
    ['NaN', 'malformed'],
    ['Infinity', 'malformed'],
    ['--1', 'malformed'],
    ['1e', 'malformed'],
    ['1e1000', 'malformed'],
    ['1.2.3', 'malformed'],
    ['1e5.5', 'malformed'],
    ['١', 'malformed'],
    ['1\n', 'malformed'],
    ['5%', 'malformed'],
    [`${FORTY}1`, 'tooManyDigits'],
    [`0.${FORTY}0`, 'tooManyDigits'],
    ['1e31', 'outOfRange'],
    ['1.1e30', 'outOfRange'],
    [`1.${'0'.repeat(38)}1e30`, 'outOfRange'],
    ['2e30', 'outOfRange'],
    ['-1e31', 'outOfRange'],
    ['9e-31', 'outOfRange'],
    ['1e-999', 'outOfRange'],
    [FORTY, 'outOfRange'],
  ] as const)('%j is %s', (text, kind) => {
    expect(Ratio.parse(text)).toEqual({ kind });
  });

  it('short text is read as it would be with a sign, which is read the long way', () => {
    const digits = fc.stringMatching(/^[0-9]{0,16}$/);
    const text = fc.oneof(
      digits,
      fc.tuple(digits, digits).map((parts) => parts.join('.')),
    );
    fc.assert(
      fc.property(text, (plain) => {
        const [short, long] = [Ratio.parse(plain), Ratio.parse(`+${plain}`)];
        expect(short.kind).toBe(long.kind);
        if (short.kind !== 'decimal' || long.kind !== 'decimal') return;
        expect(short.decimals).toBe(long.decimals);
        expect(short.value.compare(long.value)).toBe(0);
      }),
      { numRuns: 3000 },
    );
  });

  it('forty digits are kept, leading zeros do not count', () => {
    expect(r(`0.000${FORTY}`).toFixed(43)).toBe(`0.000${FORTY}`);
    expect(r(`000${FORTY}e-10`).toFixed(10)).toBe(`${FORTY.slice(0, 30)}.${FORTY.slice(30)}`);
  });

  it('text that must be good is a mistake of the program where it is not', () => {
    expect(() => r('1,5')).toThrow(RangeError);
  });
});

describe('arithmetic', () => {
  it('sums over equal, dividing and other denominators', () => {
    const pairs = [
      [1n, 4n, 2n, 4n, '0.75'],
      [1n, 4n, 1n, 2n, '0.75'],
      [1n, 2n, 1n, 4n, '0.75'],
      [1n, 2n, 1n, 5n, '0.7'],
    ] as const;
    for (const [a, b, c, d, sum] of pairs) expect(Ratio.of(a, b).plus(Ratio.of(c, d)).toText(9)).toBe(sum);
    for (const [a, b, c, d] of pairs) {
      const difference = Ratio.of(a, b).minus(Ratio.of(c, d));
      expect(difference.plus(Ratio.of(c, d)).compare(Ratio.of(a, b))).toBe(0);
    }
  });

  it('keeps denominators positive', () => {
    expect(Ratio.of(1n, -2n)).toEqual(Ratio.of(-1n, 2n));
    expect(r('3').over(r('-2')).toText(9)).toBe('-1.5');
    expect(r('-4').inverted().toText(9)).toBe('-0.25');
    expect(r('-4').inverted().denominator).toBe(4n);
  });

  it('does not divide by zero', () => {
    expect(() => Ratio.of(1n, 0n)).toThrow(RangeError);
    expect(() => r('1').over(Ratio.ZERO)).toThrow(RangeError);
    expect(() => Ratio.ZERO.inverted()).toThrow(RangeError);
  });

  it('compares by value', () => {
    const [half, same, third] = [Ratio.of(1n, 2n), Ratio.of(3n, 6n), Ratio.of(1n, 3n)];
    expect([half.compare(same), half.compare(third), third.compare(half)]).toEqual([0, 1, -1]);
    expect([half.isAbove(same), half.isAbove(third), third.isAbove(half)]).toEqual([false, true, false]);
    expect([half.isBelow(same), half.isBelow(third), third.isBelow(half)]).toEqual([false, false, true]);
    expect([half.max(third), third.max(half), half.min(third), third.min(half)]).toEqual([half, half, third, third]);
    expect([r('-1').sign(), Ratio.ZERO.sign(), r('1e-30').sign()]).toEqual([-1, 0, 1]);
  });

  it('reduces to lowest terms', () => {
    expect(Ratio.of(-6n, 4n).reduced()).toEqual(Ratio.of(-3n, 2n));
    expect(Ratio.of(0n, 7n).reduced()).toEqual(Ratio.of(0n, 1n));
    expect(Ratio.of(5n, 7n).reduced()).toEqual(Ratio.of(5n, 7n));
  });

  it('knows powers of ten in any order', () => {
    expect([powerOfTen(3), powerOfTen(0), powerOfTen(50), powerOfTen(49)]).toEqual([1000n, 1n, 10n ** 50n, 10n ** 49n]);
  });
});

describe('rounding half-even, once, from the exact value', () => {
  it.each([
    ['0.5', 0, '0'],
    ['1.5', 0, '2'],
    ['2.5', 0, '2'],
    ['-0.5', 0, '0'],
    ['-1.5', 0, '-2'],
    ['-2.5', 0, '-2'],
    ['0.125', 2, '0.12'],
    ['0.135', 2, '0.14'],
    ['0.1250000000000000000000000000001', 2, '0.13'],
    ['0.1249999999999999999999999999999', 2, '0.12'],
    ['9.995', 2, '10.00'],
    ['99.5', 0, '100'],
    ['-0.004', 2, '0.00'],
    ['0.05', 3, '0.050'],
    ['7', 2, '7.00'],
    ['-7.25', 1, '-7.2'],
    ['-7.35', 1, '-7.4'],
    ['1.004765625', 8, '1.00476562'],
  ])('%s to %i: %s', (text, decimals, expected) => {
    expect(r(text).toFixed(decimals)).toBe(expected);
  });

  it.each([
    ['27150.000', 8, '27150'],
    ['0.50', 8, '0.5'],
    ['100', 0, '100'],
    ['100', 2, '100'],
    ['-0.001', 2, '0'],
    ['1200.10', 1, '1200.1'],
    ['0', 8, '0'],
  ])('%s without trailing zeros: %s', (text, decimals, expected) => {
    expect(r(text).toText(decimals)).toBe(expected);
  });

  it('agrees with another rounding, negatives and ties included', () => {
    const halves = fc.tuple(
      fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }),
      fc.constantFrom(2n, 4n, 16n, 2000n, 7n),
    );
    const law = fc.property(halves, fc.integer({ min: 0, max: 30 }), ([n, d], decimals) => {
      expect(Ratio.of(n, d).toText(decimals)).toBe(rounded(rational(n, d), decimals));
    });
    fc.assert(law, { numRuns: 5000 });
  });

  it.each([
    ['30000.50', 1],
    ['0.0005', 4],
    ['1e-30', 30],
    ['7', 0],
    ['100', 0],
  ])('it takes %s decimals to write %s', (text, places) => {
    expect(r(text).decimalPlaces()).toBe(places);
  });
});

it('knows whether so many decimals write a value exactly', () => {
  expect([0, 1, 2, 3].map((decimals) => r('-0.25').isExactAt(decimals))).toEqual([false, false, true, true]);
  expect([0, 30].map((decimals) => Ratio.of(1n, 3n).isExactAt(decimals))).toEqual([false, false]);
  expect(Ratio.of(6n, 3n).isExactAt(0)).toBe(true);
});

describe('moving to a step', () => {
  it.each([
    ['7.3', '0.5', '7', '7.5'],
    ['7', '0.5', '7', '7'],
    ['-7.3', '0.5', '-7.5', '-7'],
    ['-7', '0.5', '-7', '-7'],
    ['0.2', '3', '0', '3'],
    ['-0.2', '3', '-3', '0'],
    ['0', '3', '0', '0'],
    ['0.0001', '0.07', '0', '0.07'],
  ])('%s in steps of %s: %s and %s', (text, step, below, above) => {
    expect(r(text).floorTo(r(step)).toText(9)).toBe(below);
    expect(r(text).ceilTo(r(step)).toText(9)).toBe(above);
  });

  it('agrees with another reckoning', () => {
    const law = fc.property(
      fc.integer(),
      fc.integer({ min: 1, max: 99999 }),
      fc.integer({ min: 1, max: 99 }),
      (n, d, s) => {
        const [value, step] = [Ratio.of(BigInt(n), BigInt(d)), Ratio.of(BigInt(s), 7n)];
        const [same, by] = [rational(BigInt(n), BigInt(d)), rational(BigInt(s), 7n)];
        const [low, high] = [value.floorTo(step), value.ceilTo(step)];
        expect(order(rational(low.numerator, low.denominator), stepBelow(same, by))).toBe(0);
        expect(order(rational(high.numerator, high.denominator), stepAbove(same, by))).toBe(0);
      },
    );
    fc.assert(law, { numRuns: 2000 });
  });
});

it('the oracle reads and rounds with its own code', () => {
  expect(rounded(decimal('-12.5e-1'), 1)).toBe('-1.2');
  expect(rounded(decimal('1.35'), 1)).toBe('1.4');
  expect(rounded(rational(2n, 3n), 3)).toBe('0.667');
  expect(rounded(rational(-1n, 3n), 0)).toBe('0');
});

describe('arithmetic over places and divisors', () => {
  it.each([
    ['0.1', '0.02', '0.12', '0.08', '0.002'],
    ['0.02', '0.1', '0.12', '-0.08', '0.002'],
    ['1.5', '2.25', '3.75', '-0.75', '3.375'],
    ['12e2', '0.5', '1200.5', '1199.5', '600'],
    ['0', '0.25', '0.25', '-0.25', '0'],
    ['0.25', '0', '0.25', '0.25', '0'],
    ['-0.125', '0.125', '0', '-0.25', '-0.015625'],
    ['1e-30', '1', '1.000000000000000000000000000001', '-0.999999999999999999999999999999', '1e-30'],
  ])('%s and %s', (a, b, sum, difference, product) => {
    const [left, right] = [r(a), r(b)];
    const shown = [left.plus(right), left.minus(right), left.times(right)].map((each) => each.toText(60));
    expect(shown).toEqual([sum, difference, product === '1e-30' ? `0.${'0'.repeat(29)}1` : product]);
  });

  it.each([
    ['1', '0.25', '4'],
    ['0.25', '1', '0.25'],
    ['0.006', '0.2', '0.03'],
    ['600', '0.002', '300000'],
    ['-1.5', '-0.5', '3'],
    ['1.5', '-0.5', '-3'],
  ])('%s over %s is %s', (a, b, quotient) => {
    expect(r(a).over(r(b)).toText(12)).toBe(quotient);
  });

  it.each([
    ['0.5', '0.25', 1],
    ['0.25', '0.5', -1],
    ['0.5', '0.50', 0],
    ['0.50', '0.5', 0],
    ['0.049', '0.05', -1],
    ['5', '4.999', 1],
    ['-5', '-4.999', -1],
    ['12e2', '1200', 0],
  ] as const)('%s compared with %s is %i', (a, b, order) => {
    expect(r(a).compare(r(b))).toBe(order);
  });

  it('keeps what numbers are over small', () => {
    const below = (value: Ratio): string => `${value.numerator}/${value.denominator}`;
    const [third, sixth, half] = [Ratio.of(1n, 3n), Ratio.of(1n, 6n), Ratio.of(1n, 2n)];
    expect([third.plus(sixth), sixth.plus(third), third.plus(half)].map(below)).toEqual(['3/6', '3/6', '5/6']);
    expect([third.plus(third), r('0.1').plus(r('0.25'))].map(below)).toEqual(['2/3', '35/100']);
    const nothing = Ratio.of(0n, 7n);
    expect([r('0.5').plus(nothing), nothing.plus(r('0.5'))].map(below)).toEqual(['5/10', '5/10']);
    expect([r('12e2'), r('12e0'), r('0.000')].map(below)).toEqual(['1200/1', '12/1', '0/1']);
    expect(below(r('-0.4').reduced())).toBe('-2/5');
    expect(below(Ratio.ZERO.reduced())).toBe('0/1');
  });

  it('is rounded half-even to decimals, at any size', () => {
    const rounded = (value: Ratio, decimals: number): string => value.rounded(decimals).toText(40);
    expect([rounded(r('0.125'), 2), rounded(r('0.135'), 2), rounded(r('-0.125'), 2)]).toEqual([
      '0.12',
      '0.14',
      '-0.12',
    ]);
    expect(rounded(Ratio.of(-2n, 3n), 4)).toBe('-0.6667');
    expect(Ratio.of(-1n, 300n).rounded(2).sign()).toBe(0);
    const huge = r('1e30').times(r('1e30')).plus(r('0.12345'));
    expect(rounded(huge, 4)).toBe(`1${'0'.repeat(60)}.1234`);
  });

  it('is a percentage of a fraction', () => {
    expect(r('0.00125').percent().toText(6)).toBe('0.125');
    expect(Ratio.of(-1n, 300n).percent().compare(Ratio.of(-1n, 3n))).toBe(0);
  });

  it('takes a hundredth', () => {
    expect(r('12.5').hundredth().toText(6)).toBe('0.125');
    expect(Ratio.of(1n, 3n).hundredth().compare(Ratio.of(1n, 300n))).toBe(0);
  });

  it('sums many, decimals and others, in any order', () => {
    const sum = (...values: readonly Ratio[]): string => Ratio.sum(values).toText(12);
    const thirds = (count: number): Ratio[] => Array.from({ length: count }, () => Ratio.of(1n, 3n));
    expect(sum()).toBe('0');
    expect(sum(r('0.1'), r('0.25'))).toBe('0.35');
    expect(sum(r('0.1'), ...thirds(3))).toBe('1.1');
    expect(sum(...thirds(6))).toBe('2');
    expect(sum(...thirds(3), r('0.1'), ...thirds(3), r('0.2'))).toBe('2.3');
    expect(sum(...thirds(9), r('-3'))).toBe('0');
    expect(sum(r('1'), r('2'), r('3'), r('4'), r('5'), r('0.5'))).toBe('15.5');
    const over = Array.from({ length: 6 }, (_, index) => Ratio.of(1n, BigInt((index + 1) * (index + 2))));
    // 1/2 + 1/6 + 1/12 + ... + 1/42 = 1 - 1/7.
    expect(Ratio.sum(over).compare(Ratio.of(6n, 7n))).toBe(0);
    // In pairs what they are over grows late: 3 x 5, 7 x 11, then all, and not one by one.
    const primes = [3n, 5n, 7n, 11n, 13n].map((prime) => Ratio.of(1n, prime));
    expect(Ratio.sum(primes).denominator).toBe(15015n);
  });

  it('says what is wrong', () => {
    expect(() => Ratio.of(1n, 0n)).toThrow('a ratio has no zero denominator');
    expect(() => Ratio.from('1,5')).toThrow('not a decimal: 1,5');
  });
});
