import { describe, expect, it } from 'vitest';
import { NO_TABLES, type BracketTable } from '../../../src/core/brackets.js';
import { initialFee } from '../../../src/core/position.js';
import { Ratio } from '../../../src/core/ratio.js';
import { sizedTable, symbolProblems } from '../../../src/core/tables/table-for.js';

const TABLE: BracketTable = {
  venue: 'gate',
  symbol: 'BTCUSD',
  contract: 'inverse',
  multiplier: Ratio.ONE,
  lacksMultiplier: true,
  asOf: '2026-11-22',
  confidence: 'C',
  source: 'a test',
  brackets: [],
};

describe('a table that does not say what a contract is', () => {
  it('needs the multiplier, with an example only where the venue has one', () => {
    expect(() => sizedTable(TABLE, {})).toThrow('what one is worth in quote; qty then counts');
    expect(() => sizedTable({ ...TABLE, venue: 'okx' }, {})).toThrow('100 USD for BTC-USD-SWAP');
    expect(sizedTable(TABLE, { multiplier: Ratio.from('10') }).multiplier.toText(0)).toBe('10');
  });
});

describe('the problem that a symbol has no table', () => {
  it('is one problem, and no other error is hidden by it', () => {
    expect(symbolProblems({ symbol: 'FOO' }, NO_TABLES).map(({ code }) => code)).toEqual(['UNKNOWN_SYMBOL']);
    const find = (): never => {
      throw new TypeError('a broken source');
    };
    expect(() => symbolProblems({ symbol: 'FOO' }, { find, symbols: [] })).toThrow('a broken source');
  });
});

describe('what the initial margin contains besides value / lev', () => {
  it('is nothing without a leverage', () => {
    const terms = { side: 'long', entry: Ratio.from('100'), venue: 'bybit', taker: Ratio.from('0.0005') } as const;
    expect(initialFee(terms).toText(8)).toBe('0');
  });
});
