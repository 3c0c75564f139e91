import { describe, expect, it } from 'vitest';
import { requirementProblems } from '../../src/core/position.js';

const problems = (...given: readonly string[]): string[] =>
  requirementProblems(new Set(given)).map(({ code, field, details }) => {
    if (code === 'MISSING') return `MISSING ${details.give.join(' ')}${details.because === undefined ? '' : ' with'}`;
    if (code === 'CONFLICT') return `CONFLICT ${field} ${details.with}`;
    return code === 'NEEDS' ? `NEEDS ${field} ${details.other}` : code;
  });

describe('what a position needs', () => {
  it.each([
    [['side', 'entry', 'lev', 'mmr'], []],
    [['side', 'entry', 'lev', 'mmr', 'symbol'], []],
    [['side', 'entry', 'lev', 'mmr', 'mmFee', 'mark'], []],
    [['side', 'entry', 'lev', 'symbol', 'notional'], []],
    [['side', 'entry', 'margin', 'mmr', 'cum', 'qty', 'addMargin'], []],
    [['side', 'entry', 'wallet', 'othersMm', 'othersPnl', 'mmr', 'qty'], []],
    [[], ['MISSING side', 'MISSING entry', 'MISSING lev margin wallet', 'MISSING mmr symbol']],
    [['side', 'entry', 'lev', 'symbol'], ['MISSING qty notional with']],
    [['side', 'entry', 'lev', 'mmr', 'cum'], ['MISSING qty notional with']],
    [['side', 'entry', 'lev', 'mmr', 'addMargin'], ['MISSING qty notional with']],
    [['side', 'entry', 'margin', 'mmr'], ['MISSING qty notional with']],
    [['side', 'entry', 'wallet', 'mmr', 'symbol'], ['MISSING qty notional with']],
    [['side', 'entry', 'lev', 'mmr', 'qty', 'notional'], ['CONFLICT notional qty']],
    [['side', 'entry', 'margin', 'wallet', 'mmr', 'qty'], ['CONFLICT margin wallet']],
    [['side', 'entry', 'wallet', 'addMargin', 'mmr', 'qty'], ['CONFLICT addMargin wallet']],
    [['side', 'entry', 'lev', 'mmr', 'othersMm'], ['NEEDS othersMm wallet']],
    [['side', 'entry', 'lev', 'mmr', 'othersPnl'], ['NEEDS othersPnl wallet']],
    [['side', 'entry', 'lev', 'symbol', 'qty', 'cum'], ['NEEDS cum mmr']],
    [
      ['margin', 'wallet', 'cum', 'othersPnl'],
      [
        'MISSING side',
        'MISSING entry',
        'MISSING mmr symbol',
        'MISSING qty notional with',
        'CONFLICT margin wallet',
        'NEEDS cum mmr',
      ],
    ],
  ] as const)('%j: %j', (given, expected) => {
    expect(problems(...given)).toEqual(expected);
  });

  it('names the field that the size is needed for', () => {
    const [problem] = requirementProblems(new Set(['side', 'entry', 'lev', 'mmr', 'symbol', 'cum']));
    expect(problem?.details).toMatchObject({ because: 'the answer depends on it with cum' });
  });
});
