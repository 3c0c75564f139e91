import { describe, expect, it } from 'vitest';
import { contracts } from '../../src/core/contracts/index.js';
import {
  outcomeAt,
  priceRange,
  roomTo,
  safeRange,
  solventRange,
  toTick,
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

  it('a lower bound moves up to the tick, an upper one down', () => {
    expect(toTick({ price: r('10.3'), danger: 'below' }, r('0.5')).toText(4)).toBe('10.5');
    expect(toTick({ price: r('10.3'), danger: 'above' }, r('0.5')).toText(4)).toBe('10');
    expect(toTick({ price: r('10.5'), danger: 'below' }, r('0.5')).toText(4)).toBe('10.5');
    expect(toTick({ price: r('10.5'), danger: 'above' }, r('0.5')).toText(4)).toBe('10.5');
  });
});

describe('a tick that is too coarse', () => {
  it('leaves an upper bound no price to move to, a lower one has the first tick', () => {
    const text = 'tick: the tick 3 is too coarse for the price 2.5; give a smaller one';
    expect(() => toTick({ price: r('2.5'), danger: 'above' }, r('3'))).toThrow(text);
    expect(toTick({ price: r('2.5'), danger: 'below' }, r('3')).toText(4)).toBe('3');
    expect(toTick({ price: r('3'), danger: 'above' }, r('3')).toText(4)).toBe('3');
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
