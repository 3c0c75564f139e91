import { describe, expect, it } from 'vitest';
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
