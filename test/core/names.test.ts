import { describe, expect, it } from 'vitest';
import { closest, editDistance, meant, resembles } from '../../src/core/names.js';

describe('edits between words', () => {
  it.each([
    ['entry', 'entry', 0],
    ['entyr', 'entry', 1],
    ['netry', 'entry', 1],
    ['entr', 'entry', 1],
    ['entrry', 'entry', 1],
    ['antry', 'entry', 1],
    ['xentry', 'entry', 1],
    ['ab', 'ba', 1],
    ['abc', 'cba', 2],
    ['ca', 'abc', 3],
    ['', 'abc', 3],
    ['abc', '', 3],
    ['', '', 0],
    ['kitten', 'sitting', 3],
    ['levearge', 'leverage', 1],
    ['lveearge', 'leverage', 2],
  ])('%j to %j: %i', (from, to, edits) => {
    expect(editDistance(from, to)).toBe(edits);
    expect(editDistance(to, from)).toBe(edits);
  });
});

describe('slips', () => {
  it.each([
    ['entyr', 'entry', true],
    ['entxx', 'entry', false],
    ['en', 'entry', false],
    ['lve', 'lev', true],
    ['mod', 'mmr', false],
    ['walelt', 'wallet', true],
    ['wallxx', 'wallet', true],
    ['walexx', 'wallet', false],
    ['waxxxt', 'wallet', false],
    ['wall', 'wallet', true],
    ['wal', 'wallet', false],
    ['wallets99', 'wallet', false],
    ['ENTRY', 'entry', false],
  ])('%j for %j: %s', (word, known, expected) => {
    expect(resembles(word, known)).toBe(expected);
  });

  it('the closest known word is meant, the first of equals', () => {
    expect(closest('margn', ['entry', 'mark', 'margin'])).toBe('margin');
    expect(closest('addMargni', ['margin', 'addMarginX', 'addMargin'])).toBe('addMargin');
    expect(closest('leb', ['lev', 'let'])).toBe('lev');
    expect(closest('side', ['sido', 'side'])).toBe('side');
    expect(closest('unlike', ['entry', 'lev'])).toBeUndefined();
    expect(closest('x', [])).toBeUndefined();
  });
});

describe('the word that is meant', () => {
  const known = ['outcome', 'liquidationPrice', 'liquidationFee', 'mark', 'entry', 'lev', 'marginCallPrice'];

  it.each([
    ['entyr', 'entry'],
    ['liqPrice', 'liquidationPrice'],
    ['liq', 'liquidationPrice'],
    ['liqFee', 'liquidationFee'],
    ['market', 'mark'],
    ['LIQUIDATIONPRICE', 'liquidationPrice'],
    ['callPrice', undefined],
    ['price', undefined],
    // `lev` is too short to be the beginning that was meant.
    ['levitate', undefined],
    ['li', undefined],
    ['x'.repeat(41), undefined],
  ])('%s: %s', (word, expected) => {
    expect(meant(word, known)).toBe(expected);
  });
});
