import { Decimal as Other } from 'decimal.js';
import { describe, expect, it } from 'vitest';
import { account, assess, Decimal, liquidationPrice, type Numeric } from '../../src/index.js';
import { bracketTables } from '../../src/brackets.js';
import { pnl } from '../../src/plan.js';
import { said } from './said.js';

const LONG = { side: 'long', entry: '30000', lev: '10', mmr: '0.5' } as const;
const priceAt = (entry: Numeric): string | undefined => liquidationPrice({ ...LONG, entry })?.toFixed();

describe('a number', () => {
  const Copy = Other.clone({ precision: 5, toExpNeg: -2, toExpPos: 2, defaults: true });
  const written: readonly Numeric[] = ['30000', 30000, 30000n, new Decimal(30000), new Other('3e4'), new Copy('30000')];

  it.each(written.map((entry) => [typeof entry, entry] as const))('may be a %s', (_, entry) => {
    expect(priceAt(entry)).toBe('27135.67839196');
  });

  it('of 15 significant digits is what was typed', () => {
    expect(assess({ ...LONG, entry: 12345.6789012345 })).toMatchObject({ entry: '12345.6789012345' });
    expect(assess({ ...LONG, entry: 1e-7 })).toMatchObject({ entry: '0.0000001' });
    expect(pnl({ side: 'long', entry: 0.1, exit: 0.3, qty: 1 }).pnl.toFixed()).toBe('0.2');
  });

  it.each([1234567890123456, 0.1 + 0.2, 1 / 3])('of more digits is refused: %s', (entry) => {
    expect(said(() => priceAt(entry))).toBe(
      `INVALID_INPUT entry: "${String(entry)}" is invalid; write it as a string: a number with more than 15 digits has been rounded already`,
    );
  });

  it.each([NaN, Infinity, -Infinity, new Decimal(NaN), new Decimal(Infinity)])('%s is refused', (entry) => {
    expect(said(() => priceAt(entry))).toBe(`INVALID_INPUT entry: "${String(entry)}" is invalid; give a finite number`);
    const position = { symbol: 'X', side: 'long', qty: 1, entry, mark: 100, mmr: 1 } as const;
    if (typeof entry === 'number')
      expect(said(() => account({ wallet: 50, positions: [position] }))).toContain('give a finite number');
  });

  it('has been rounded in parsed objects too', () => {
    const position = { symbol: 'X', side: 'long', qty: 0.1 + 0.2, entry: 100, mark: 100, mmr: 1 } as const;
    expect(said(() => account({ wallet: 50, positions: [position] }))).toContain('"0.30000000000000004" is invalid');
    const tiers = {
      'X/USDT:USDT': [{ minNotional: 0, maxNotional: 1 / 3, maintenanceMarginRate: 0.01, maxLeverage: 5 }],
    };
    expect(said(() => bracketTables(tiers, { asOf: '2026-11-22' }))).toContain('"0.3333333333333333" is invalid');
  });

  it('in JSON is plain digits', () => {
    const tiny = assess({ ...LONG, entry: '0.0000001234' }, { only: ['initialMargin', 'liquidationPrice'] });
    expect(JSON.stringify(tiny)).toBe('{"initialMargin":"0.00000001234","liquidationPrice":"0.00000011161809"}');
    expect(String(new Decimal('1e-7'))).toBe('0.0000001');
    expect(String(new Other('1e-7'))).toBe('1e-7');
  });
});

describe('a rate', () => {
  const rateless = { side: 'long', entry: '30000', lev: '10' } as const;

  it('may be a fraction under its own name', () => {
    for (const fraction of ['0.005', 0.005, new Other('0.005')]) {
      expect(liquidationPrice({ ...rateless, maintenanceMarginRate: fraction })?.toFixed()).toBe('27135.67839196');
    }
    expect(liquidationPrice({ ...LONG, maintenanceMarginRate: '0.005' })?.toFixed()).toBe('27135.67839196');
  });

  it('must be the same if both are given, in every function', () => {
    const both = { ...LONG, maintenanceMarginRate: '0.004' };
    const words =
      'maintenanceMarginRate: this input conflicts with mmr: it is 0.4 %, the other 0.5 %; give only one of them';
    for (const ask of [liquidationPrice, assess]) expect(said(() => ask(both))).toBe(`INVALID_INPUT ${words}`);
    const position = { symbol: 'X', side: 'long', qty: '1', entry: '100', mark: '100' } as const;
    const positions = [{ ...position, mmr: '0.5', maintenanceMarginRate: '0.004' }];
    expect(said(() => account({ wallet: '50', positions }))).toContain('it is 0.4 %, the other 0.5 %');
  });

  it('that is a fraction under mmr is refused where no warning can be given', () => {
    expect(said(() => liquidationPrice({ ...LONG, mmr: 0.005 }))).toMatch(/^LOW_RATE mmr: "0.005" is very low/);
    expect(assess({ ...LONG, mmr: 0.005 }).warnings).toEqual(['LOW_RATE']);
    // (30000 x 0.1 - 30000) / (0.00005 - 1)
    expect(liquidationPrice({ ...LONG, mmr: '0.005%' })?.toFixed(2)).toBe('27001.35');
  });
});
