import { describe, expect, it } from 'vitest';
import { Ratio } from '../../../src/core/ratio.js';
import { breaches, limitsOf, breachedLimit } from '../../../src/core/risk/limits.js';

const r = (text: string): Ratio => Ratio.from(text);

describe('a figure of 1, 2 or 3 at a limit of 2', () => {
  it.each([
    ['above', [false, false, true]],
    ['at or above', [false, true, true]],
    ['below', [true, false, false]],
    ['at or below', [true, true, false]],
    ['where it is so', [false, false, false]],
  ] as const)('that fires %s it', (comparison, expected) => {
    expect(['1', '2', '3'].map((value) => breaches(r(value), r('2'), comparison))).toEqual(expected);
  });
});

describe('limits', () => {
  const settings = { info: r('1'), warn: 'off', error: r('3'), buffer: r('9') } as const;

  it('are those that are on, the gravest first', () => {
    expect(limitsOf(settings)).toEqual([
      { severity: 'error', limit: r('3') },
      { severity: 'info', limit: r('1') },
    ]);
  });

  it('are passed by what has no bound, the gravest of all', () => {
    expect(breachedLimit(undefined, settings, 'above')?.severity).toBe('error');
    expect(breachedLimit(r('2'), settings, 'above')?.severity).toBe('info');
    expect(breachedLimit(r('1'), settings, 'above')).toBe(undefined);
    expect(breachedLimit(undefined, { warn: 'off' }, 'above')).toBe(undefined);
  });
});
