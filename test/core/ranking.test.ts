import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ranking, type Direction, type SortValue } from '../../src/core/ranking.js';
import { Ratio } from '../../src/core/ratio.js';
import { SEED } from '../seed.js';

/** A value to sort by, and its place among the kinds of values as a test sees it. */
type Plain = number | string | null;

const plainValue: fc.Arbitrary<Plain> = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom('a', 'b', 'B', ''),
  fc.constantFrom('LOWEST', 'HIGHEST', null),
);

function valueOf(plain: Plain): SortValue {
  if (plain === null) return undefined;
  if (plain === 'LOWEST') return { kind: 'lowest' };
  if (plain === 'HIGHEST') return { kind: 'highest' };
  return typeof plain === 'number'
    ? { kind: 'number', number: Ratio.of(BigInt(plain), 7n) }
    : { kind: 'text', text: plain };
}

/** One number or text per value, by which JavaScript's own operators order it: the second method. */
function weight(plain: Plain): [number, number | string] {
  if (plain === 'LOWEST') return [0, 0];
  if (plain === 'HIGHEST') return [3, 0];
  return typeof plain === 'number' ? [1, plain] : [2, plain as string];
}

function isBefore(one: readonly Plain[], other: readonly Plain[], directions: readonly Direction[]): boolean {
  for (const [index, direction] of directions.entries()) {
    const [a, b] = [one[index] ?? null, other[index] ?? null];
    if (a === b) continue;
    if (a === null || b === null) return b === null;
    const [[kind, value], [otherKind, otherValue]] = [weight(a), weight(b)];
    const isLess = kind === otherKind ? value < otherValue : kind < otherKind;
    return direction === 'rising' ? isLess : !isLess;
  }
  return false;
}

/** Selection, the slowest of sorts: the first item that no other item comes before, over and over. */
function selected(rows: readonly (readonly Plain[])[], directions: readonly Direction[]): number[] {
  const left = [...rows.keys()];
  const order: number[] = [];
  while (left.length > 0) {
    const next = left.find((index) =>
      left.every((other) => !isBefore(rows[other] as readonly Plain[], rows[index] as readonly Plain[], directions)),
    ) as number;
    order.push(next);
    left.splice(left.indexOf(next), 1);
  }
  return order;
}

const direction = fc.constantFrom<Direction>('rising', 'falling');

describe('an order', () => {
  it('is that of a selection sort: stable, absent values last in both directions', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(plainValue, plainValue), { maxLength: 14 }),
        fc.tuple(direction, direction),
        fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
        (rows, directions, top) => {
          const ranking = new Ranking<number>(directions, top);
          rows.forEach((row, index) => ranking.add(row.map(valueOf), index));
          expect(ranking.inOrder()).toEqual(selected(rows, directions).slice(0, top));
        },
      ),
      { seed: SEED, numRuns: 500 },
    );
  });

  it('keeps no more than requested', () => {
    const ranking = new Ranking<number>(['falling'], 2);
    for (let index = 0; index < 100; index++) {
      ranking.add([{ kind: 'number', number: Ratio.of(BigInt((index * 37) % 100)) }], index);
      expect(ranking.size).toBeLessThanOrEqual(2);
    }
    expect(ranking.inOrder().map((index) => (index * 37) % 100)).toEqual([99, 98]);
  });
});
