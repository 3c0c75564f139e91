import { describe, expect, it } from 'vitest';
import { bracketsFrom, type BracketTable } from '../../src/core/brackets.js';
import { isLiqcalcError, type Problem } from '../../src/core/errors.js';
import { positionFrom, type Terms } from '../../src/core/position.js';
import { requirementProblems } from '../../src/core/requirements.js';
import { Ratio } from '../../src/core/ratio.js';

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
    expect(problem?.details).toMatchObject({ because: 'with cum, the result depends on the size' });
  });
});

describe('the words of what a position needs', () => {
  const whole = (...given: readonly string[]) => requirementProblems(new Set(given));

  it('what is missing says what to give, and only the size why', () => {
    expect(whole('side', 'lev', 'symbol')).toStrictEqual([
      { code: 'MISSING', field: '', details: { what: 'entry price', give: ['entry'] } },
      {
        code: 'MISSING',
        field: '',
        details: { what: 'size', give: ['qty', 'notional'], because: 'with symbol, the result depends on the size' },
      },
    ]);
    expect(whole().map(({ details }) => 'what' in details && details.what)).toEqual([
      'side (long or short)',
      'entry price',
      'margin',
      'maintenance rate',
    ]);
  });

  it('conflicts and needs say why', () => {
    const given = ['side', 'entry', 'margin', 'wallet', 'addMargin', 'symbol', 'qty', 'notional', 'cum'];
    expect(whole(...given)).toEqual([
      { code: 'CONFLICT', field: 'notional', details: { with: 'qty', why: 'both give the size' } },
      {
        code: 'CONFLICT',
        field: 'margin',
        details: { with: 'wallet', why: 'margin is for isolated positions, wallet for cross ones' },
      },
      {
        code: 'CONFLICT',
        field: 'addMargin',
        details: { with: 'wallet', why: 'margin can be added to isolated positions only' },
      },
      { code: 'NEEDS', field: 'cum', details: { other: 'mmr', why: 'the maintenance amount belongs to that rate' } },
    ]);
    const others = { other: 'wallet', why: 'other positions count in cross margin only' };
    expect(whole('side', 'entry', 'lev', 'mmr', 'othersMm', 'othersPnl')).toEqual([
      { code: 'NEEDS', field: 'othersMm', details: others },
      { code: 'NEEDS', field: 'othersPnl', details: others },
    ]);
  });
});

describe('the details of what cannot be a position', () => {
  const r = (text: string): Ratio => Ratio.from(text);
  const LONG: Terms = { side: 'long', entry: r('100'), lev: r('10'), qty: r('1'), mmr: r('0.005') };
  const TABLE: BracketTable = {
    venue: 'test',
    symbol: 'TEST',
    contract: 'linear',
    multiplier: Ratio.ONE,
    asOf: '2026-11-22',
    confidence: 'B',
    source: 'test',
    brackets: bracketsFrom([{ floor: '0', cap: '2000', rate: '0.01', amount: '0' }], 'TEST'),
  };

  function refused(terms: Terms, table?: BracketTable): readonly Problem[] {
    try {
      positionFrom(terms, table);
    } catch (error) {
      if (isLiqcalcError(error)) return error.problems;
      throw error;
    }
    return [];
  }

  it('a rate that only a table could tell', () => {
    const { mmr, ...unrated } = LONG;
    expect(mmr).toBeDefined();
    const unknown = (symbol: string) => [{ code: 'UNKNOWN_SYMBOL', field: 'symbol', details: { symbol, known: [] } }];
    expect(refused({ ...unrated, symbol: 'NONE' })).toEqual(unknown('NONE'));
    expect(refused(unrated)).toEqual(unknown(''));
  });

  it('the size of a linear position with a multiplier is that of its contracts: 15 of 0.01 base units', () => {
    const position = positionFrom({ ...LONG, qty: r('15'), multiplier: r('0.01') });
    expect(position.size.toText(8)).toBe('0.15');
  });

  it('a value at entry above the last bracket', () => {
    const { mmr, ...unrated } = LONG;
    expect(mmr).toBeDefined();
    const details = { symbol: 'TEST', notional: '2050', cap: '2000' };
    expect(refused({ ...unrated, symbol: 'test', qty: r('20.5') }, TABLE)).toEqual([
      { code: 'NOTIONAL_OUTSIDE_BRACKETS', field: 'qty', details },
    ]);
  });

  it('a wallet that is not positive, given or left after taking away', () => {
    expect(refused({ ...LONG, margin: r('-5') })).toEqual([
      { code: 'WALLET_NOT_POSITIVE', field: 'margin', details: { wallet: '-5' } },
    ]);
    // Without maintenance and with the profit at the mark all of the initial margin of 10 may be removed.
    expect(refused({ ...LONG, mmr: Ratio.ZERO, mark: r('200'), addMargin: r('-10') })).toEqual([
      { code: 'WALLET_NOT_POSITIVE', field: 'addMargin', details: { wallet: '0' } },
    ]);
  });
});
