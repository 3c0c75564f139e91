import { describe, expect, it } from 'vitest';
import type { AccountPosition } from '../../src/core/account.js';
import { accountProblems } from '../../src/core/account-problems.js';
import type { BracketTable } from '../../src/core/brackets.js';
import type { Problem } from '../../src/core/errors.js';
import { placesOfHedges } from '../../src/core/hedge.js';
import type { Side } from '../../src/core/leg.js';
import type { Terms } from '../../src/core/position.js';
import { Ratio } from '../../src/core/ratio.js';

const r = (text: string): Ratio => Ratio.from(text);

interface Given {
  readonly mark?: string;
  readonly beta?: string;
  readonly mode?: 'cross' | 'isolated';
  readonly contract?: 'linear' | 'inverse';
  readonly table?: BracketTable;
}

let count = 0;
const named = (name: string, side: Side, symbol: string | undefined, given: Given = {}): AccountPosition => {
  const { mark, contract, table, mode = 'cross', beta = '1' } = given;
  const optional = { ...(symbol !== undefined && { symbol }), ...(mark !== undefined && { mark: r(mark) }) };
  const terms: Terms = { side, entry: r('100'), ...optional, ...(contract && { contract }) };
  return { name, terms, mode, formula: 'exact', beta: r(beta), ...(table && { table }) };
};
const at = (side: Side, symbol: string | undefined, given?: Given) => named(`p${count++}`, side, symbol, given);

const problemsOf = (positions: readonly AccountPosition[], isMultiAssets = false): readonly Problem[] =>
  accountProblems({ positions, isMultiAssets });

describe('one pool', () => {
  it('is of one contract type, as given or as the table says', () => {
    const mixed = [at('long', 'A'), at('long', 'B', { contract: 'inverse' }), at('long', 'C', { contract: 'linear' })];
    const details = { what: 'contract type', values: ['linear', 'inverse'] };
    expect(problemsOf(mixed)).toEqual([{ code: 'MIXED_POOL', field: 'positions', details }]);
    const table = { contract: 'inverse' } as BracketTable;
    expect(problemsOf([at('long', 'A'), at('long', 'B', { table })])).toHaveLength(1);
    expect(problemsOf([at('long', 'A', { contract: 'inverse' }), at('long', 'B', { table })])).toEqual([]);
  });

  it('is of one settlement asset, as far as symbols show it', () => {
    const details = { what: 'settlement asset', values: ['USDT', 'USDC'] };
    expect(problemsOf([at('long', 'BTCUSDT'), at('long', 'label'), at('long', 'ETHUSDC')])).toEqual([
      { code: 'MIXED_POOL', field: 'positions', details },
    ]);
    expect(problemsOf([at('long', 'BTCUSDT'), at('long', 'ETHUSDT'), at('long', undefined)])).toEqual([]);
    expect(problemsOf([at('long', 'BTCUSDT'), at('long', 'ETHUSDC')], true)).toEqual([]);
    const inverse = { contract: 'inverse' } as const;
    expect(problemsOf([at('long', 'BTCUSD', inverse), at('long', 'BTCUSD_250328', inverse)])).toEqual([]);
    expect(problemsOf([at('long', 'BTCUSD', inverse), at('long', 'ETHUSD', inverse)])).toHaveLength(1);
  });
});

describe('the legs of a symbol', () => {
  it('are one a side, in any spelling', () => {
    const twice = [named('a', 'long', 'BTCUSDT'), at('long', 'ETHUSDT'), named('b', 'long', 'btc/usdt')];
    const details = { side: 'long', symbol: 'btc/usdt', first: 'a' };
    expect(problemsOf(twice)).toEqual([{ code: 'REPEATED_POSITION', field: 'b.symbol', details }]);
    expect(problemsOf([at('long', 'BTCUSDT'), at('short', 'BTCUSDT'), at('long', 'ETHUSDT')])).toEqual([]);
    expect(problemsOf([at('short', undefined), at('short', undefined)])).toMatchObject([
      { code: 'REPEATED_POSITION', details: { side: 'short', symbol: '' } },
    ]);
  });

  it('have one mark and one beta', () => {
    const first = named('a', 'long', 'BTCUSDT', { mark: '101' });
    const shared = { symbol: 'BTCUSDT', first: 'a' };
    expect(problemsOf([first, named('b', 'short', 'BTCUSDT', { mark: '102.5', beta: '2' })])).toEqual([
      { code: 'HEDGE_DIFFERS', field: 'b.mark', details: { ...shared, what: 'mark', value: '102.5', other: '101' } },
      { code: 'HEDGE_DIFFERS', field: 'b.beta', details: { ...shared, what: 'beta', value: '2', other: '1' } },
    ]);
    expect(problemsOf([at('short', 'BTCUSDT', { mark: '102' }), first])).toMatchObject([{ code: 'HEDGE_DIFFERS' }]);
    expect(problemsOf([first, at('short', 'BTCUSDT', { mark: '101.0' })])).toEqual([]);
    expect(problemsOf([first, at('short', 'BTCUSDT')])).toEqual([]);
    expect(problemsOf([at('short', 'BTCUSDT'), first])).toEqual([]);
  });

  it('but not where one of them is isolated', () => {
    const isolated = at('short', 'BTCUSDT', { mark: '102', mode: 'isolated' });
    expect(problemsOf([at('long', 'BTCUSDT', { mark: '101' }), isolated])).toEqual([]);
    expect(problemsOf([isolated, at('long', 'BTCUSDT', { mark: '101' })])).toEqual([]);
  });
});

it('inverse accounts have only betas of 1', () => {
  const inverse = { contract: 'inverse' } as const;
  const one = [
    named('a', 'long', 'A', { ...inverse, beta: '1.0' }),
    named('b', 'long', 'B', { ...inverse, beta: '2' }),
  ];
  expect(problemsOf(one)).toEqual([{ code: 'BETA_OF_INVERSE', field: 'b.beta', details: { value: '2' } }]);
  expect(problemsOf([at('long', 'A', { beta: '2' })])).toEqual([]);
});

it.each([
  [[], []],
  [['A', 'B'], []],
  [
    ['A', 'B', 'a'],
    [0, 2],
  ],
  [
    ['A', 'B/C', 'BC', 'A', 'D', 'A'],
    [0, 1, 2, 3, 5],
  ],
])('of %j the legs of hedges are at %j', (symbols, places) => {
  expect(placesOfHedges(symbols)).toEqual(places);
});
