import { describe, expect, it } from 'vitest';
import { Ratio } from '../../../src/core/ratio.js';
import { distance } from '../../../src/core/risk/rules/distance.js';
import { measured, type Outcome, type SettingValues } from '../../../src/core/risk/rule.js';
import { breaches, limitsOf, byLimits } from '../../../src/core/risk/limits.js';

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
    const rule = { ...distance, comparison: 'above' } as const;
    const of = (value: Ratio | undefined, set: SettingValues = settings): Outcome =>
      byLimits(
        measured(value, () => ({ message: '', advice: '' })),
        rule,
        set,
      );
    expect(of(undefined)).toMatchObject({ kind: 'finding', severity: 'error', value: undefined, limit: r('3') });
    expect(of(r('2'))).toMatchObject({ kind: 'finding', severity: 'info', value: r('2'), limit: r('1') });
    expect(of(r('1'))).toEqual({ kind: 'ok', value: r('1') });
    expect(of(undefined, { warn: 'off' })).toEqual({ kind: 'ok', value: undefined });
  });
});
