import { expect, it } from 'vitest';
import { bracketsFrom, type BracketTable } from '../../src/core/brackets.js';
import { Ratio } from '../../src/core/ratio.js';
import { tableDifferences } from '../../src/formats/table-differences.js';

/** A table from texts of `cap rate maxLeverage`. */
function table(symbol: string, rows: readonly string[], more: Partial<BracketTable> = {}): [string, BracketTable] {
  let floor = '0';
  const brackets = rows.map((row) => {
    const [cap = '', rate = '', maxLeverage] = row.split(' ');
    const bracket = { floor, cap: cap === '-' ? undefined : cap, rate, amount: undefined, maxLeverage };
    floor = cap;
    return bracket;
  });
  const head = {
    venue: 'v',
    contract: 'linear',
    multiplier: Ratio.ONE,
    asOf: '2026',
    confidence: 'B',
    source: 's',
  } as const;
  return [symbol, { ...head, symbol, brackets: bracketsFrom(brackets, symbol), ...more }];
}

const ROWS = ['1000 0.01 50', '5000 0.02 25'];

it('sees what came, what went and what is new in it', () => {
  const before = new Map([table('GONE', ROWS), table('SAME', ROWS), table('WIDE', ROWS)]);
  const after = new Map([table('NEW', ROWS), table('SAME', ROWS), table('WIDE', ['2000 0.01 50', '- 0.025'])]);
  expect(tableDifferences(before, after)).toEqual([
    { symbol: 'GONE', change: 'removed' },
    { symbol: 'NEW', change: 'added' },
    { symbol: 'WIDE', change: 'changed', bracket: 1, what: 'cap', from: '1000', to: '2000' },
    { symbol: 'WIDE', change: 'changed', bracket: 2, what: 'cap', from: '5000', to: 'none' },
    { symbol: 'WIDE', change: 'changed', bracket: 2, what: 'ratePercent', from: '2', to: '2.5' },
    { symbol: 'WIDE', change: 'changed', bracket: 2, what: 'amount', from: '10', to: '30' },
    { symbol: 'WIDE', change: 'changed', bracket: 2, what: 'maxLeverage', from: '25', to: 'unknown' },
  ]);
});

it('sees brackets that only one of them has, and another contract', () => {
  const before = new Map([table('A', ROWS)]);
  const inverse = { contract: 'inverse', multiplier: Ratio.from('10') } as const;
  const after = new Map([table('A', ['1000 0.01 50'], inverse)]);
  expect(tableDifferences(before, after)).toEqual([
    { symbol: 'A', change: 'changed', what: 'contract', from: 'linear', to: 'inverse' },
    { symbol: 'A', change: 'changed', what: 'multiplier', from: '1', to: '10' },
    { symbol: 'A', change: 'changed', bracket: 2, what: 'bracket', from: '2 % to 5000' },
  ]);
});

it('does not look at dates and sources, nor at how numbers are written', () => {
  const before = new Map([table('A', ROWS)]);
  const after = new Map([
    table('A', ['1e3 0.010 50.0', '5000 0.02 25'], { asOf: '2020', source: 'other', confidence: 'C' }),
  ]);
  expect(tableDifferences(before, after)).toEqual([]);
});
