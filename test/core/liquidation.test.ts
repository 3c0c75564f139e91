import { describe, expect, it } from 'vitest';
import { contracts } from '../../src/core/contracts/index.js';
import {
  outcomeAt,
  priceRange,
  roomTo,
  safeRange,
  solventRange,
  shownPrice,
  tickedPrice,
  type Bound,
  type Outcome,
  type SafeRange,
} from '../../src/core/liquidation.js';
import { Ratio } from '../../src/core/ratio.js';

const r = (text: string): Ratio => Ratio.from(text);

/** `10..20`, `10..`, `..20`, `..` or `nowhere`. */
function range(text: string): SafeRange {
  if (text === 'nowhere') return { kind: 'nowhere' };
  const [below = '', above = ''] = text.split('..');
  return { kind: 'between', ...(below !== '' && { below: r(below) }), ...(above !== '' && { above: r(above) }) };
}

function shown(outcome: Outcome): string {
  if (outcome.kind === 'never' || !outcome.bound) return outcome.kind;
  return `${outcome.kind} ${outcome.bound.danger} ${outcome.bound.price.toText(4)}`;
}

describe('the outcome at a price', () => {
  it.each([
    ['10..', '11', 'at below 10'],
    ['10..', '10', 'already below 10'],
    ['10..', '9', 'already below 10'],
    ['..10', '9', 'at above 10'],
    ['..10', '10', 'already above 10'],
    ['..10', '11', 'already above 10'],
    ['10..20', '12', 'at below 10'],
    ['10..20', '17', 'at above 20'],
    ['10..20', '15', 'at below 10'],
    ['10..20', '5', 'already below 10'],
    ['10..20', '25', 'already above 20'],
    ['..', '5', 'never'],
    ['nowhere', '5', 'already'],
  ])('%s at %s: %s', (safe, reference, expected) => {
    expect(shown(outcomeAt(range(safe), r(reference)))).toBe(expected);
  });

  it('room is what is left to the bound, on its own side', () => {
    expect(roomTo({ price: r('10'), danger: 'below' }, r('12')).toText(4)).toBe('2');
    expect(roomTo({ price: r('10'), danger: 'above' }, r('12')).toText(4)).toBe('-2');
  });
});

describe('a price on its tick', () => {
  const shownAt = (
    outcome: 'at' | 'already',
    danger: Bound['danger'],
    [price, reference, tick]: readonly [string, string, string],
  ): string | undefined =>
    shownPrice({ kind: outcome, bound: { price: r(price), danger } }, r(reference), r(tick))?.toText(4);

  it.each([
    ['at', 'below', '10.3', '12', '0.5', '10.5'],
    ['at', 'above', '10.3', '9', '0.5', '10'],
    ['at', 'below', '10.5', '12', '0.5', '10.5'],
    ['at', 'above', '10.5', '9', '0.5', '10.5'],
    ['at', 'below', '2.5', '3.1', '3', '3'],
    ['at', 'above', '3', '2.9', '3', '3'],
    ['already', 'below', '10.3', '10', '0.5', '10.5'],
    ['already', 'above', '10.3', '11', '0.5', '10'],
    ['at', 'below', '12', '10', '0.5', '12'],
    ['at', 'above', '9.8', '10', '0.5', '9.5'],
  ] as const)('%s, danger %s %s, now %s, tick %s: %s', (outcome, danger, price, reference, tick, expected) => {
    expect(shownAt(outcome, danger, [price, reference, tick])).toBe(expected);
  });

  it.each([
    ['at', 'below', '2.5', '2.9', '3'],
    ['at', 'below', '2.5', '3', '3'],
    ['at', 'above', '3.5', '3.1', '3'],
    ['at', 'above', '3.5', '3', '3'],
    ['at', 'above', '2.5', '2', '3'],
    ['already', 'below', '2.5', '2', '3'],
    ['already', 'above', '2.5', '2.9', '3'],
  ] as const)('%s, danger %s %s, now %s: the tick %s is too coarse', (outcome, danger, price, reference, tick) => {
    const prices = `the liquidation price ${price} at the present price ${reference}`;
    const text = `tick: the tick ${tick} is too coarse for ${prices}; give a smaller tick`;
    expect(() => shownAt(outcome, danger, [price, reference, tick])).toThrow(text);
  });

  it('without a price there is nothing to move', () => {
    expect(tickedPrice({ kind: 'never' }, r('100'), r('5'))).toBeUndefined();
    expect(shownPrice({ kind: 'never' }, r('3'), r('5'))).toBeUndefined();
    expect(shownPrice({ kind: 'already' }, r('3'), r('5'))).toBeUndefined();
  });
});

describe('a set on the axis as prices', () => {
  const set = { kind: 'between', lower: r('2'), upper: r('5') } as const;

  it('linear: as it is; inverse: one over it, the ends exchanged', () => {
    expect(priceRange(set, contracts.linear)).toEqual({ kind: 'between', below: r('2'), above: r('5') });
    const inverse = priceRange(set, contracts.inverse);
    if (inverse.kind === 'nowhere') throw new Error('nowhere');
    expect([inverse.below?.toText(4), inverse.above?.toText(4)]).toEqual(['0.2', '0.5']);
  });

  it('an end that is not there stays away', () => {
    const { lower, upper } = set;
    expect(priceRange({ kind: 'between', lower }, contracts.linear)).toEqual({ kind: 'between', below: r('2') });
    expect(priceRange({ kind: 'between', upper }, contracts.inverse)).toMatchObject({ kind: 'between', below: {} });
    expect(priceRange({ kind: 'between' }, contracts.inverse)).toEqual({ kind: 'between' });
    expect(priceRange({ kind: 'nowhere' }, contracts.inverse)).toEqual({ kind: 'nowhere' });
  });
});

it('a pool without legs is safe at every price', () => {
  const pool = { legs: [], equity: r('-5'), maintenance: r('1') };
  expect(safeRange(pool)).toEqual({ kind: 'between' });
  expect(solventRange(pool)).toEqual({ kind: 'between' });
});
