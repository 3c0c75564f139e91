import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concaveAt, lineAt, lineSum, positiveSet, type Concave, type Kink, type Line } from '../../src/core/concave.js';
import { Ratio } from '../../src/core/ratio.js';

const line = (intercept: number, slope: number): Line => ({
  intercept: Ratio.of(BigInt(intercept)),
  slope: Ratio.of(BigInt(slope)),
});

/** From `at` on the slope is lower by `drop`. */
const kink = (at: number, drop: number): Kink => ({ at: Ratio.of(BigInt(at)), change: line(at * drop, -drop) });

const f = (first: Line, ...kinks: readonly Kink[]): Concave => ({ first, kinks });

function shown(of: Concave): string {
  const set = positiveSet(of);
  if (set.kind === 'nowhere') return 'nowhere';
  return `${set.lower?.toText(4) ?? ''}..${set.upper?.toText(4) ?? ''}`;
}

describe('where a concave function is positive', () => {
  it.each([
    ['a constant above zero', f(line(5, 0)), '..'],
    ['a constant zero', f(line(0, 0)), 'nowhere'],
    ['a constant below zero', f(line(-5, 0)), 'nowhere'],
    ['rising from below', f(line(-6, 2)), '3..'],
    ['rising from zero', f(line(0, 2)), '..'],
    ['rising from above', f(line(1, 2)), '..'],
    ['falling from above', f(line(6, -2)), '..3'],
    ['falling from zero', f(line(0, -2)), 'nowhere'],
    ['falling from below', f(line(-1, -2)), 'nowhere'],
    ['rising, then falling', f(line(-6, 2), kink(5, 4)), '3..7'],
    ['rising, then flat', f(line(-6, 2), kink(5, 2)), '3..'],
    ['from above, then falling', f(line(1, 1), kink(4, 2)), '..9'],
    ['flat above, then falling', f(line(5, 0), kink(4, 1)), '..9'],
    ['flat on zero, then falling', f(line(0, 0), kink(4, 1)), 'nowhere'],
    ['falling to zero at a kink, then faster', f(line(4, -1), kink(4, 1)), '..4'],
    ['falling through zero at the second of two kinks', f(line(9, 0), kink(1, 1), kink(10, 2)), '..10'],
    ['touching zero from below at a kink', f(line(-4, 1), kink(4, 2)), 'nowhere'],
    ['touching zero at a kink, then flat', f(line(-4, 1), kink(4, 1)), 'nowhere'],
    ['rising through zero at a kink', f(line(-8, 2), kink(4, 1)), '4..'],
    ['rising through zero at a kink, then falling', f(line(-8, 2), kink(4, 1), kink(6, 3)), '4..7'],
    ['rising, staying below, then falling', f(line(-9, 2), kink(4, 3)), 'nowhere'],
    ['rising slower, and through zero after the kink', f(line(-9, 2), kink(4, 1)), '5..'],
    ['two kinks at one place', f(line(-6, 2), kink(5, 1), kink(5, 3)), '3..7'],
    ['up within one piece and down within the next', f(line(-1, 1), kink(2, 2)), '1..3'],
  ])('%s', (_name, of, expected) => {
    expect(shown(of)).toBe(expected);
  });

  it('is exact', () => {
    const set = positiveSet(f(line(-1, 3)));
    expect(set.kind === 'between' && set.lower?.compare(Ratio.of(1n, 3n))).toBe(0);
  });

  it('says the sign of the function at every place, on random ones', () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 4 })), { maxLength: 5 });
    const firsts = fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -6, max: 9 }));
    let bounded = 0;
    const law = fc.property(firsts, steps, ([intercept, slope], widths) => {
      let at = 0;
      const drops = widths.map(([width, drop]) => [(at += width), drop] as const);
      const whole = f(line(intercept, slope), ...drops.map(([place, drop]) => kink(place, drop)));
      const set = positiveSet(whole);
      const last = drops.reduce((sum, [, drop]) => sum - drop, slope);
      expect(positiveSet({ ...whole, neverFalls: () => last >= 0 })).toEqual(set);
      if (set.kind === 'between' && (set.lower ?? set.upper)) bounded++;
      for (let quarter = 1; quarter <= 400; quarter++) {
        const x = quarter / 4;
        const value = drops.reduce((sum, [place, drop]) => sum - Math.max(0, x - place) * drop, intercept + slope * x);
        const place = Ratio.of(BigInt(quarter), 4n);
        const inside =
          set.kind === 'between' &&
          !(set.lower && !place.isAbove(set.lower)) &&
          !(set.upper && !place.isBelow(set.upper));
        if (inside !== value > 0) expect.fail(`at ${x} the value is ${value}`);
      }
    });
    fc.assert(law, { numRuns: 1000 });
    expect(bounded).toBeGreaterThan(300);
  });
});

it('lines add up', () => {
  const sum = lineSum(line(1, 2), line(10, -5));
  expect([sum.intercept.toText(0), sum.slope.toText(0)]).toEqual(['11', '-3']);
  expect(lineAt(sum, Ratio.of(2n)).toText(0)).toBe('5');
});

it.each([
  [2, '5'],
  [3, '7'],
  [4, '4'],
  [6, '-2'],
  [7, '-7'],
])('1 + 2 x, bent at 3 by 5 and at 6 by 2, is at %i %s', (x, value) => {
  expect(concaveAt(f(line(1, 2), kink(3, 5), kink(6, 2)), Ratio.of(BigInt(x))).toText(4)).toBe(value);
});
