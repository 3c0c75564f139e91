import { readFileSync } from 'node:fs';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { brackets, bracketTables, symbols } from '../../src/brackets.js';
import { check, checkFrom, rules, type Finding } from '../../src/check.js';
import { explain } from '../../src/explain.js';
import {
  account,
  assess,
  Decimal,
  liquidationPrice,
  whatIf,
  type PositionResults,
  type VenueName,
  type WarningCode,
} from '../../src/index.js';
import type { Side } from '../../src/core/leg.js';
import { atr, solve } from '../../src/plan.js';
import { run } from '../cli/run.js';
import { said } from './said.js';

const LONG = { side: 'long', entry: '30000', lev: '10', mmr: '0.5' } as const;

describe('the outcome', () => {
  it('decides the types', () => {
    const result: PositionResults = assess(LONG);
    if (result.outcome === 'at') expectTypeOf(result.liquidationPrice).toEqualTypeOf<Decimal>();
    if (result.outcome === 'never') {
      expectTypeOf(result.liquidationPrice).toEqualTypeOf<null>();
      expectTypeOf(result.reason).toEqualTypeOf<string>();
    }
    expect(result.outcome).toBe('at');
    expectTypeOf(assess(LONG, { only: ['distancePercent'] })).toHaveProperty('distancePercent');
    expectTypeOf(assess(LONG, { only: ['distancePercent'] })).not.toHaveProperty('liquidationPrice');
    expectTypeOf(solve({ ...LONG, target: '27000', for: 'lev' })).not.toHaveProperty('answers');
    expectTypeOf<Finding['value']>().toEqualTypeOf<Decimal | null>();
  });

  it('is never with a reason, without a price', () => {
    const never = assess({ side: 'long', entry: '1000', margin: '1000', qty: '1', mmr: '0.4' });
    expect(never).toMatchObject({ outcome: 'never', liquidationPrice: null });
    expect(never.reason).toBe('the margin covers the position at every positive price');
  });
});

it('only gives what is wanted, and the same figures', () => {
  const all = assess(LONG);
  const some = assess(LONG, { only: ['distancePercent', 'initialMargin', 'reason'] });
  expect(Object.keys(some)).toEqual(['distancePercent', 'initialMargin']);
  expect(JSON.stringify(some)).toBe(
    JSON.stringify({ distancePercent: all.distancePercent, initialMargin: all.initialMargin }),
  );
  expect(assess(LONG, { only: [] })).toEqual({});
});

describe('explain', () => {
  it.each([
    ['long --entry 30000 --lev 10 --mmr 0.5', LONG],
    [
      'long BTCUSDT --entry 100000 --qty 10 --margin 300000',
      { side: 'long', symbol: 'BTCUSDT', entry: '100000', qty: '10', margin: '300000' } as const,
    ],
  ])('gives the steps of liqcalc %s --explain', async (words, position) => {
    const { stdout } = await run([...words.split(' '), '--explain', '-q']);
    const { text, steps } = explain(position);
    expect(stdout).toContain(text.trimEnd());
    expect(steps.length).toBeGreaterThan(3);
    for (const { label, lines } of steps) for (const word of [label, ...lines]) expect(text).toContain(word.trim());
  });
});

describe('bracket tables', () => {
  it('of every symbol are what brackets show prints', async () => {
    const known = symbols();
    expect(known.length).toBeGreaterThan(80);
    for (const { symbol, venue } of known) {
      const { stdout } = await run(['brackets', 'show', symbol, '--venue', venue, '--json']);
      const table = brackets(symbol, { venue: venue as 'binance' });
      expect(JSON.parse(JSON.stringify(table))).toEqual((JSON.parse(stdout) as { tables: [unknown] }).tables[0]);
      expect(table.brackets.every(({ rate }) => Decimal.isDecimal(rate) && rate.lt(1))).toBe(true);
    }
  });

  it('whose rates are ratios have Decimals, and are read again without loss', () => {
    const text = JSON.stringify(brackets('ETH', { venue: 'hyperliquid' }));
    expect(text).toContain('"1/30"');
    const again = bracketTables(JSON.parse(text) as object, { asOf: '2026-11-22' });
    const table = brackets('ETH', { venue: 'hyperliquid', brackets: again });
    expect(JSON.stringify(table)).toBe(text);
    expect(JSON.stringify(bracketTables(table, { asOf: '2026-11-22' }))).toBe('{"symbols":["ETH"]}');
  });
});

describe('an account', () => {
  const text = readFileSync('examples/account.json', 'utf8');

  it('after changes is the account with them', () => {
    const changes = { close: [{ symbol: 'BTCUSDT' }], walletChange: '-1000' } as const;
    const { before, after } = whatIf(text, changes);
    expect(JSON.stringify(before)).toBe(JSON.stringify(account(text)));
    expect(after.positions.map(({ symbol }) => symbol)).toEqual(['ETHUSDT']);
    // 1535443.01 + 109.488 (31967.27 - 32481.98) - 1000
    expect(after.wallet.toFixed()).toBe('1478088.44152');
  });

  it('is checked like the same account in our own form', () => {
    const own = JSON.parse(text) as { wallet: string; positions: Record<string, string>[] };
    expect(check(own as never)).toEqual(check(text));
    const records = [
      {
        symbol: 'X/USDT:USDT',
        side: 'long',
        contracts: 2,
        contractSize: 1,
        entryPrice: 100,
        markPrice: 100,
        maintenanceMarginPercentage: 0.01,
        marginMode: 'cross',
        leverage: 5,
      },
    ];
    const [found] = checkFrom('ccxt', records, { wallet: '50', venue: 'binance', mmr: '1' });
    expect(found?.findings.every(({ rule }) => rule in rules)).toBe(true);
    expect(found?.summary.ok).toBe(found?.ok.length);
  });
});

it('check takes the data of an account from options, as the account itself has it', () => {
  const position = { symbol: 'BTCUSDT', side: 'long', qty: '0.5', entry: '60000', lev: '20', mark: '59000' } as const;
  const bare = { wallet: '1500', positions: [position] };
  const data = { equity: '1200', event: true, usualLev: '10' } as const;
  expect(check(bare, data)).toEqual({ ...check({ ...bare, ...data }) });
  expect(check(bare, data).findings.map(({ rule }) => rule)).toContain('event-leverage');
  expect(check(bare).findings.map(({ rule }) => rule)).not.toContain('event-leverage');
  const wrong = said(() => check(bare, { equity: '0', event: 'yes' as never, usualLev: 'x' }));
  for (const key of ['equity: ', 'event: ', 'usualLev: ']) expect(wrong).toContain(key);
});

it('an answer repeats choices as their words, and says mode and asset', () => {
  const isolated = {
    symbol: 'X',
    side: 'long',
    qty: 1,
    entry: 100,
    mark: 100,
    lev: 5,
    mmr: 1,
    mode: 'isolated',
  } as const;
  const { positions, asset } = account({ wallet: 50, positions: [isolated] });
  expect([positions[0]?.mode, positions[0]?.side, asset]).toEqual(['isolated', 'long', undefined]);
  expectTypeOf(positions[0]?.mode).toEqualTypeOf<'cross' | 'isolated' | undefined>();
  const { side, venue, contract, formula, entry, warnings } = assess(LONG);
  expectTypeOf(side).toEqualTypeOf<Side>();
  expectTypeOf(venue).toEqualTypeOf<VenueName | undefined>();
  expectTypeOf(contract).toEqualTypeOf<'linear' | 'inverse' | undefined>();
  expectTypeOf(formula).not.toEqualTypeOf<string | undefined>();
  expectTypeOf(entry).toEqualTypeOf<string | undefined>();
  expectTypeOf(warnings).toEqualTypeOf<readonly WarningCode[] | undefined>();
  expect(side).toBe('long');
  const close = [{ symbol: 'X', side: undefined, qty: undefined }];
  expect(whatIf({ wallet: 50, positions: [isolated] }, { close }).after.positions).toEqual([]);
});

it('rules are those of the page, with limits as they are written', () => {
  const page = readFileSync('docs/rules.md', 'utf8');
  for (const [id, { title, needs, settings }] of Object.entries(rules)) {
    expect(page).toContain(`\`${id}\``);
    expect([title !== '', needs.length > 0]).toEqual([true, true]);
    expect(Object.values(settings).every((value) => typeof value === 'string')).toBe(true);
  }
  expect(rules.allocation.settings).toMatchObject({ warn: '3' });
});

describe('the average true range', () => {
  const candles = [
    { high: '12', low: '10', close: '11' },
    { high: '13', low: '11', close: '12' },
    { high: '15', low: '12', close: '14' },
  ];

  it('has the decimals of its candles and four more, or those of the option', () => {
    // True ranges 2, 2, 3; of two: (2 + 2) / 2, then (2 + 3) / 2.
    expect(atr(candles, { period: 2 }).toFixed()).toBe('2.5');
    expect(atr(candles, { period: 3 }).toFixed()).toBe('2.33333333');
    expect(atr(candles, { period: 3 }, { decimals: 2 }).toFixed()).toBe('2.33');
  });

  it('refuses a period that is not a whole number from 1 to 1000', () => {
    for (const period of [0, 1.5, 1001, Number.NaN]) {
      expect(said(() => atr(candles, { period }))).toContain('a whole number from 1 to 1000');
    }
    expect(said(() => atr(candles, { period: 9 }))).toContain('needs 9 candles');
  });
});

it('the price alone is null if no price liquidates, and an unknown symbol without a rate is named', () => {
  expect(said(() => liquidationPrice({ side: 'long', entry: '5', lev: '2', symbol: 'FOOUSDT' }))).toContain('FOOUSDT');
  expect(liquidationPrice({ side: 'long', entry: '1000', margin: '1000', qty: '1', mmr: '0.4' })).toBeNull();
});
