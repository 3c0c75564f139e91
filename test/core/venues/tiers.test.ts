import { describe, expect, it } from 'vitest';
import { assess, warningsOf, warningWords } from '../../../src/core/assessment.js';
import { bracketsFrom, type BracketRow, type BracketTable } from '../../../src/core/brackets.js';
import { formulas } from '../../../src/core/formulas/index.js';
import { maxOpen } from '../../../src/core/plan/max-open.js';
import { size } from '../../../src/core/plan/size.js';
import { solve, type Solution } from '../../../src/core/plan/solve.js';
import { positionFrom, type Terms } from '../../../src/core/position.js';
import { pairWith } from '../../../src/core/quotes.js';
import { Ratio } from '../../../src/core/ratio.js';
import { builtInTables } from '../../../src/core/tables/index.js';

const r = (text: string): Ratio => Ratio.from(text);

const row = (floor: string, cap: string | undefined, rate: string, maxLeverage?: string): BracketRow => ({
  floor,
  cap,
  rate,
  amount: undefined,
  maxLeverage,
});

const tableOf = (venue: string, multiplier: string, rows: readonly BracketRow[]): BracketTable => ({
  venue,
  symbol: 'BTCUSDT',
  contract: 'linear',
  multiplier: r(multiplier),
  asOf: '2026-11-01',
  confidence: 'A',
  source: 'test',
  brackets: bracketsFrom(rows, 'the test', 'whole'),
});

/** 1 % up to 100 contracts of 0.1 base units, then 2 %. */
const okxTable = tableOf('okx', '0.1', [row('0', '100', '0.01', '20'), row('100', undefined, '0.02', '5')]);
/** The same with an end. */
const endingTable = tableOf('okx', '0.1', [row('0', '100', '0.01'), row('100', '900', '0.02')]);
/** 1 % up to a value of 1,000, then 2 %. */
const kucoinTable = tableOf('kucoin', '1', [row('0', '1000', '0.01'), row('1000', '9000', '0.02')]);

const OKX: Terms = { side: 'long', venue: 'okx', symbol: 'BTCUSDT', entry: r('100'), taker: Ratio.ZERO };
const OLD_KUCOIN: Terms = { side: 'long', venue: 'kucoin-2024', entry: r('100'), qty: r('1'), mmr: r('0.01') };

describe('the size that is liquidated at 80, with one rate for the whole position', () => {
  const sizeFor = (margin: string, table: BracketTable): string | undefined => {
    const target = { kind: 'price', price: r('80') } as const;
    const found: Solution = solve({ ...OKX, margin: r(margin) }, table, { for: 'qty', target });
    return found.kind === 'found' ? found.value.toText(8) : found.reason;
  };

  it.each([
    // A base unit loses 20 and needs 0.8 of maintenance in the first tier, 1.6 in the second.
    ['200', '96.15384615', 'in the first tier: 200 / 20.8 is 9.615 base units'],
    ['210', '100', 'the end of the first tier: 210 / 20.8 is above it, 210 / 21.6 below the second'],
    ['300', '138.88888888', 'in the second tier: 300 / 21.6'],
  ])('margin %s: %s contracts, %s', (margin, expected) => {
    expect(sizeFor(margin, okxTable)).toBe(expected);
    expect(sizeFor(margin, endingTable)).toBe(expected);
  });
});

it('the largest position at 10x is the limit of a tier in contracts: 100 of 0.1 at 100', () => {
  const found = maxOpen({ ...OKX, lev: r('10') }, okxTable, { balance: r('1000') });
  expect([found.qty.toText(8), found.notional.toText(8), found.limitedBy]).toEqual(['100', '1000', 'bracket']);
});

it('a table with one rate for the whole position has no amounts', () => {
  const rows = [row('0', '100', '0.01'), { ...row('100', undefined, '0.02'), amount: '1' }];
  expect(() => bracketsFrom(rows, 'X', 'whole')).toThrow(
    'brackets of X: no. 2: amount 1 is not 0; the venue applies one rate to the whole position',
  );
});

describe('a leverage that the maintenance of the rule depends on', () => {
  const target = { kind: 'price', price: r('90') } as const;
  const reason = 'kucoin-2024 counts the leverage in its maintenance, so the leverage must be given';

  it('is not solved for, unless the fee is a share of the value', () => {
    expect(solve(OLD_KUCOIN, undefined, { for: 'lev', target })).toMatchObject({ kind: 'unreachable', reason });
    // 100 - 100 / lev + 1 = 90
    const found = solve({ ...OLD_KUCOIN, mmFee: Ratio.ZERO }, undefined, { for: 'lev', target, step: r('0.0001') });
    expect(found.kind === 'found' && found.value.toText(4)).toBe('9.0909');
  });

  it('is not found for a stop', () => {
    const sizing = { kind: 'risk', risk: r('0.01'), stop: r('95') } as const;
    expect(size(OLD_KUCOIN, undefined, { equity: r('1000'), sizing }).reason).toBe(reason);
  });

  it('is needed', () => {
    const cross: Terms = {
      side: 'long',
      venue: 'bybit',
      entry: r('100'),
      qty: r('1'),
      mmr: r('0.01'),
      wallet: r('50'),
    };
    expect(() => positionFrom(cross)).toThrow(
      'this input needs lev: the fee in the maintenance of bybit depends on it',
    );
  });
});

describe('warnings', () => {
  const KUCOIN: Terms = { side: 'long', venue: 'kucoin', symbol: 'BTCUSDT', entry: r('100') };
  const codes = (terms: Terms): readonly string[] => warningsOf(assess(terms, kucoinTable)).map(({ code }) => code);

  it('name the flag of an assumed liquidation fee', () => {
    const words = warningsOf(assess({ ...KUCOIN, qty: r('1'), lev: r('10') }, kucoinTable)).map(warningWords);
    expect(words).toContain(
      'the fee in the maintenance margin is assumed to be 0.06 %, the usual liquidation fee of kucoin; give --liq-fee',
    );
  });

  it('say that the price lies in another tier than the mark', () => {
    // 1050 at the entry, 964.86 at 91.89.
    expect(codes({ ...KUCOIN, qty: r('10.5'), lev: r('10') })).toContain('TIER_AT_MARK');
    expect(codes({ ...KUCOIN, qty: r('5'), lev: r('10') })).not.toContain('TIER_AT_MARK');
    expect(codes({ ...KUCOIN, qty: r('5'), margin: r('600') })).not.toContain('TIER_AT_MARK');
  });
});

describe('the formula of a price', () => {
  const expression = (terms: Partial<Terms>): string =>
    formulas.exact.expression(positionFrom({ side: 'long', entry: r('100'), qty: r('1'), mmr: r('0.01'), ...terms }));

  it.each([
    ['binance', '(q x E - C - a) / (q x (1 - r - f))'],
    ['bybit', '(q x E - (C - F) - a) / (q x (1 - r - f))'],
    ['bitget', '(q x E - C + F) / q'],
  ])('%s in cross margin: %s', (venue, expected) => {
    expect(expression({ venue, wallet: r('50'), lev: r('10') })).toBe(expected);
  });
});

it('a pair of an unknown quote is left as it is', () => {
  expect([pairWith('-', 'BTCUSDT'), pairWith('-', 'ABC')]).toEqual(['BTC-USDT', 'ABC']);
});

it('no venue has a built-in table of an unknown symbol', () => {
  expect([builtInTables.venuesOf?.('BTC'), builtInTables.venuesOf?.('NOSUCH')]).toEqual([['hyperliquid'], []]);
});
