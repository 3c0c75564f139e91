import { afterEach, describe, expect, it, vi } from 'vitest';
import { contracts } from '../../../src/core/contracts/index.js';
import { averageTrueRange } from '../../../src/core/plan/atr.js';
import { average, type Fill } from '../../../src/core/plan/average.js';
import { Ratio } from '../../../src/core/ratio.js';

/** Fills that reduce and add in turn and never close: each makes the exact average longer. */
const turns = (count: number): Fill[] =>
  Array.from({ length: count }, (_, index) => ({
    qty: Ratio.from(index === 0 ? '1000' : index % 2 === 0 ? `0.${(index % 89) + 10}` : `-0.${(index % 83) + 10}`),
    price: Ratio.from(`${30000 + ((index * 7919) % 1009)}.${(index % 9) + 1}`),
  }));

/** Fills that only add: for inverse contracts every price has its own denominator. */
const adds = (count: number): Fill[] => turns(count).map(({ qty, price }) => ({ qty: qty.max(qty.negated()), price }));

const candles = (count: number): Parameters<typeof averageTrueRange>[0] =>
  Array.from({ length: count }, (_, index) => {
    const low = Ratio.from(`${30000 + ((index * 7919) % 1009)}.5`);
    return { low, high: low.plus(Ratio.of(20n)), close: low.plus(Ratio.of(7n)) };
  });

/** The seconds that the processor works; other programs do not count. */
function processorSeconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  return process.cpuUsage(before).user / 1e6;
}

const COUNT = 40_000;
/** In pairs they take 0.1 to 0.5 s; one after another, linear fills take 11 s and inverse ones minutes. */
const GENEROUS_SECONDS = 5;

describe(`${COUNT} fills or candles take time in proportion to their number`, () => {
  it.each([
    ['linear fills', () => average(turns(COUNT), contracts.linear)],
    ['inverse fills', () => average(turns(COUNT), contracts.inverse)],
    ['inverse fills that add', () => average(adds(COUNT), contracts.inverse)],
    ['candles', () => averageTrueRange(candles(COUNT), 14, 'first-bar')],
  ] as const)('%s', (_, work) => {
    expect(processorSeconds(() => void work())).toBeLessThan(GENEROUS_SECONDS);
  });
});

/** The digits of all numbers that sums, products and quotients of some work are made of. */
function digitsHandled(work: () => void): number {
  let digits = 0;
  const count = (value: Ratio): void => {
    digits += value.numerator.toString(16).length + value.denominator.toString(16).length;
  };
  for (const name of ['plus', 'minus', 'times', 'over'] as const) {
    const original: (this: Ratio, other: Ratio) => Ratio = Reflect.get(Ratio.prototype, name);
    vi.spyOn(Ratio.prototype, name).mockImplementation(function (this: Ratio, other: Ratio): Ratio {
      const result = original.call(this, other);
      for (const value of [this, other, result]) count(value);
      return result;
    });
  }
  work();
  return digits;
}

const FEW = 500;
/** Times as many; in proportion the digits grow so, quadratic ones as its square. */
const TIMES = 4;
/** Sums in pairs take a logarithm more. */
const MOST_GROWTH = 1.7 * TIMES;

describe(`${TIMES} times as many fills or candles handle about as many times the digits`, () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it.each([
    ['linear fills', (count: number) => average(turns(count), contracts.linear)],
    ['inverse fills', (count: number) => average(turns(count), contracts.inverse)],
    ['inverse fills that add', (count: number) => average(adds(count), contracts.inverse)],
    ['candles', (count: number) => averageTrueRange(candles(count), 14, 'first-bar')],
  ] as const)('%s', (_, work) => {
    const few = digitsHandled(() => void work(FEW));
    vi.restoreAllMocks();
    const many = digitsHandled(() => void work(TIMES * FEW));
    expect(few).toBeGreaterThan(FEW);
    expect(many / few).toBeLessThan(MOST_GROWTH);
  });
});
