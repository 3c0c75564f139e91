import { describe, expect, it } from 'vitest';
import { Ratio } from '../../src/core/ratio.js';
import { fires, limitsOf, passedLimit } from '../../src/core/risk-limits.js';

const r = (text: string): Ratio => Ratio.from(text);

describe('a figure of 1, 2 or 3 at a limit of 2', () => {
  it.each([
    ['above', [false, false, true]],
    ['at or above', [false, true, true]],
    ['below', [true, false, false]],
    ['at or below', [true, true, false]],
    ['where it is so', [false, false, false]],
  ] as const)('that fires %s it', (firing, expected) => {
    expect(['1', '2', '3'].map((value) => fires(r(value), r('2'), firing))).toEqual(expected);
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
    expect(passedLimit(undefined, settings, 'above')?.severity).toBe('error');
    expect(passedLimit(r('2'), settings, 'above')?.severity).toBe('info');
    expect(passedLimit(r('1'), settings, 'above')).toBe(undefined);
    expect(passedLimit(undefined, { warn: 'off' }, 'above')).toBe(undefined);
  });
});
