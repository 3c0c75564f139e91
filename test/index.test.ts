import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  account,
  accountsFrom,
  assess,
  bracketTables,
  Decimal,
  isLiqcalcError,
  liquidationPrice,
  type Position,
  type PositionResults,
} from '../src/index.js';
import { TODAY } from './cli/run.js';

const LONG = { side: 'long', entry: '30000', lev: '10', mmr: '0.5' } as const;

function codeOf(position: unknown): string {
  try {
    liquidationPrice(position as Position);
  } catch (error) {
    if (isLiqcalcError(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'no error';
}

describe('the library', () => {
  it('prices as it is built, too', () => {
    const code = `import { liquidationPrice } from './dist/index.js';
      console.log(liquidationPrice({ side: 'long', entry: '30000', lev: '10', mmr: '0.5' }).toFixed());`;
    const done = spawnSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8' });
    expect(done).toMatchObject({ stdout: '27135.67839196\n', stderr: '', status: 0 });
  });

  it('takes strings and Decimals and gives Decimals', () => {
    expect(liquidationPrice(LONG)?.toFixed()).toBe('27135.67839196');
    const short = { side: 'short', entry: new Decimal(30000), lev: new Decimal('10'), mmr: '0.5%' } as const;
    expect(liquidationPrice(short)?.toFixed()).toBe('32835.82089552');
    expect(liquidationPrice(LONG)).toBeInstanceOf(Decimal);
    expect(liquidationPrice(LONG, { decimals: 30 })?.toFixed()).toBe('27135.678391959798994974874371859296');
    expect(liquidationPrice({ ...LONG, entry: new Decimal('1e-7') }, { decimals: 30 })?.toFixed()).toBe(
      '0.000000090452261306532663316583',
    );
  });

  it('gives every result under the names of the command line', () => {
    const results = assess({ ...LONG, qty: '2', mark: '29000', liqFee: '1' });
    expect(results.outcome).toBe('at');
    expect(results.lossIfLiquidated?.toFixed()).toBe('6000');
    expect(results.marginRatio?.toFixed()).toBe('7.25');
    expect(results.unrealizedPnl?.toFixed()).toBe('-2000');
    expect(results.bracketVenue).toBeUndefined();
    expect('warnings' in results).toBe(false);
  });

  it('warns of outdated and unverified tables when it knows the day', () => {
    const position = { side: 'long', symbol: 'BTCUSD_PERP', entry: '50000', lev: '10', qty: '10' } as const;
    expect(assess(position).warnings).toEqual(['UNVERIFIED_BRACKETS']);
    expect(assess(position, { today: new Date(TODAY) }).warnings).toEqual(['UNVERIFIED_BRACKETS', 'STALE_BRACKETS']);
  });

  it('gives null and a reason where there is no price', () => {
    const results = assess({ side: 'long', entry: '1000', margin: '1000', qty: '1', mmr: '0.4' });
    expect(results).toMatchObject({ outcome: 'never', liquidationPrice: null });
    expect(results.reason).toBe('the margin covers the position at every positive price');
  });

  it('throws one error with everything that is wrong', () => {
    expect(codeOf({ side: 'long', entry: 0.1 + 0.2, lev: '10' })).toBe(
      'INVALID_INPUT: entry: "0.30000000000000004" is invalid; write it as a string: a number with more than 15 digits has been rounded already; maintenance rate is missing; give mmr or symbol',
    );
    expect(codeOf({ ...LONG, mmr: undefined, symbol: 'NOPE', qty: '1' })).toMatch(/^UNKNOWN_SYMBOL: /);
    expect(codeOf({ side: 'long', entry: '30000', lev: '10', symbol: 'BTCUSDT', qty: '1e9' })).toMatch(
      /^NOTIONAL_OUTSIDE_BRACKETS: /,
    );
    expect(codeOf({ ...LONG, entry: [1] })).toBe(
      'INVALID_INPUT: entry: "object" is invalid; give a string, a number or a Decimal',
    );
    expect(() => liquidationPrice(LONG, { decimals: 31 })).toThrow(
      'unknown value "31": write a whole number from 0 to 30',
    );
    expect(() => liquidationPrice(LONG, { decimals: 1.5 })).toThrow('unknown value "1.5": write');
    expect(isLiqcalcError(new Error('x'))).toBe(false);
  });

  it('is typed', () => {
    expectTypeOf(liquidationPrice).returns.toEqualTypeOf<Decimal | null>();
    expectTypeOf<PositionResults['outcome']>().toEqualTypeOf<'at' | 'never' | 'already'>();
    expectTypeOf<PositionResults['bracket']>().toEqualTypeOf<number | null>();
    // @ts-expect-error an object cannot be a number
    expect(() => liquidationPrice({ ...LONG, entry: {} })).toThrow();
    // @ts-expect-error an entry is needed
    expect(() => liquidationPrice({ side: 'long', lev: '10', mmr: '1' })).toThrow();
  });
});

describe('bracket tables of the caller', () => {
  const json = readFileSync('examples/tables.json', 'utf8');
  const brackets = bracketTables(json, { asOf: '2026-11-22' });
  const position = { side: 'long', symbol: 'ABC/USDT:USDT', entry: '1000', lev: '20' } as const;

  it('price its symbols, each with the bracket at the price', () => {
    expect(brackets.symbols).toEqual(['ABCUSDT']);
    // (10000 - 500) / (10 x 0.995), and (100000 - 5000 - 250) / (100 x 0.99)
    expect(liquidationPrice({ ...position, qty: '10' }, { brackets })?.toFixed()).toBe('954.77386935');
    expect(assess({ ...position, qty: '100' }, { brackets })).toMatchObject({ bracket: 2, bracketAsOf: '2024-01-01' });
    expect(liquidationPrice({ ...position, qty: '100' }, { brackets })?.toFixed()).toBe('957.07070707');
    const positions = [{ symbol: 'ABCUSDT', side: 'long', qty: '10', entry: '1000', mark: '1000' }] as const;
    expect(account({ wallet: '500', positions }, { brackets }).positions[0]?.liquidationPrice?.toFixed()).toBe(
      '954.77386935',
    );
  });

  it('go before the built-in ones, which stay', () => {
    const own = json.replace('ABCUSDT', 'BTCUSDT');
    const bitcoin = { side: 'long', symbol: 'BTCUSDT', entry: '1000', lev: '20', qty: '10' } as const;
    const options = { brackets: bracketTables(own, { asOf: '2026-11-22' }) };
    expect(assess(bitcoin, options)).toMatchObject({ bracketAsOf: '2024-01-01' });
    expect(assess(bitcoin, { brackets })).toMatchObject({ bracketAsOf: '2026-05-01' });
  });

  it('are refused if the value is not such a file or was not read by it', () => {
    const refused = (work: () => unknown): string => {
      try {
        work();
      } catch (error) {
        if (isLiqcalcError(error)) return `${error.code}: ${error.message}`;
        throw error;
      }
      return 'no error';
    };
    const asOf = '2026-11-22';
    expect(refused(() => bracketTables('hello', { asOf, name: 'mine.json' }))).toBe(
      `INVALID_BRACKETS: brackets of mine.json: it is neither JSON nor rows of Binance's leverage and margin page (a row looks like 1 | 0 - 5,000 | 75x | 0.50% | 0); it begins with "hello"`,
    );
    expect(refused(() => bracketTables(json, { asOf: 'today' }))).toBe(
      'INVALID_INPUT: asOf: "today" is invalid; write 2026-11-22',
    );
    expect(refused(() => liquidationPrice(LONG, { brackets: { symbols: [] } }))).toBe(
      'INVALID_INPUT: brackets: "object" is invalid; give the result of bracketTables()',
    );
    const jumping = bracketTables(json.replace('"250"', '"300"'), { asOf });
    expect(refused(() => liquidationPrice({ ...position, qty: '10' }, { brackets: jumping }))).toMatch(
      /^INVALID_BRACKETS: brackets of ABCUSDT: no\. 2: amount 300/,
    );
  });
});

describe('accounts', () => {
  const long = { symbol: 'X', side: 'long', qty: '2', entry: '100', mark: '100' } as const;
  const short = { symbol: 'X', side: 'short', qty: '1', entry: '110', mark: '100' } as const;

  it('have two prices where both sides of a hedge end them', () => {
    // equity is p - 40: 3 % of p below, 1.5 p - 980 above, where both legs are in the second bracket
    const brackets = bracketTables(readFileSync('test/cli/files/two-brackets.json', 'utf8'), { asOf: '2026-11-22' });
    const [leg] = account({ wallet: '50', positions: [long, short] }, { brackets, decimals: 2 }).positions;
    expect(leg?.liquidationPrices?.below.toFixed()).toBe('41.24');
    expect(leg?.liquidationPrices?.above.toFixed()).toBe('1880');
  });

  it('stand beside what the exchange says, on a day', () => {
    const given = { wallet: '50', positions: [{ ...long, mmr: '1', reported: '75' }] };
    const [position] = account(given, { today: new Date(TODAY) }).positions;
    // (200 - 50) / (2 x 0.99)
    expect(position?.liquidationPrice?.toFixed()).toBe('75.75757576');
    expect(position?.reported?.toFixed()).toBe('75');
    expect(position?.difference?.toFixed()).toBe('0.75757576');
  });

  it('are read from the response of an exchange, with the wallet if the response has no wallet', () => {
    const json = readFileSync('test/cli/files/reported.json', 'utf8');
    const [both, ...others] = accountsFrom('binance', json, { wallet: '5000', asset: 'usdt' });
    expect(others).toEqual([]);
    // 5000 + 0.5 (p - 60000) = 0.002 p + 12
    expect(both?.positions.map(({ liquidationPrice }) => liquidationPrice?.toFixed(2))).toEqual([
      '50224.90',
      '7352.59',
    ]);
    expect(() => accountsFrom('binance', json)).toThrow('cross wallet is missing; give wallet');
    expect(() => accountsFrom('binance', 'hello')).toThrow('it is not JSON');
  });

  it('have an error in the place of a position on an unknown symbol, unless all are', () => {
    const unknown = { symbol: 'FOOUSDT', side: 'short', qty: '10', entry: '100', mark: '110' } as const;
    const found = account({ wallet: '250', positions: [unknown, { ...long, mmr: '1' }] });
    const [failed, priced] = found.positions;
    expect(failed).toMatchObject({ error: { code: 'UNKNOWN_SYMBOL' } });
    expect([failed?.liquidationPrice, priced?.error]).toEqual([undefined, undefined]);
    // 250 - 100 + 2 (p - 100) = 0.02 p
    expect([priced?.liquidationPrice?.toFixed(), priced?.warnings]).toEqual(['25.25252525', ['POOL_INCOMPLETE']]);
    expect([found.equity.toFixed(), found.maintenanceMargin, found.marginRatio, found.outcome]).toEqual([
      '150',
      null,
      null,
      null,
    ]);
    expect(found.reason).toBe('the maintenance margin of FOOUSDT is unknown');
    expect(() => account({ wallet: '250', positions: [unknown] })).toThrow('no bracket table for "FOOUSDT"');
  });

  it('take objects alone', () => {
    expect(() => account({ wallet: '50', positions: [null as never] })).toThrow('write an object');
  });
});

describe('a maintenance rate as a fraction', () => {
  const base = { side: 'long', entry: '30000', lev: '10' } as const;

  it('is taken under its own name, as text and as a Decimal', () => {
    for (const maintenanceMarginRate of ['0.005', '5e-3', new Decimal('0.005')]) {
      expect(liquidationPrice({ ...base, maintenanceMarginRate })?.toFixed()).toBe('27135.67839196');
      expect(assess({ ...base, maintenanceMarginRate }).liquidationPrice?.toFixed()).toBe('27135.67839196');
    }
    // A fraction is never taken for a slip: (30000 - 3000) / (1 - 0.0005)
    expect(liquidationPrice({ ...base, maintenanceMarginRate: '0.0005' })?.toFixed()).toBe('27013.50675338');
  });

  it('must agree with mmr', () => {
    expect(liquidationPrice({ ...base, mmr: '0.5%', maintenanceMarginRate: '0.005' })?.toFixed()).toBe(
      '27135.67839196',
    );
    expect(() => assess({ ...base, mmr: '0.4', maintenanceMarginRate: '0.005' })).toThrow(
      'maintenanceMarginRate: this input conflicts with mmr: it is 0.5 %, the other 0.4 %; give only one of them',
    );
    expect(() => assess({ ...base, maintenanceMarginRate: 'x' })).toThrow('maintenanceMarginRate: "x" is invalid');
  });

  it.each(['0.005', '0.0999', '.05'])('an mmr of %s is refused by what cannot warn', (mmr) => {
    expect(() => liquidationPrice({ ...base, mmr })).toThrow(expect.objectContaining({ code: 'LOW_RATE' }) as Error);
    expect(assess({ ...base, mmr }).warnings).toContain('LOW_RATE');
  });

  it('is taken as it is where it is written with its sign, or not low', () => {
    expect(liquidationPrice({ ...base, mmr: '0.005%' })?.toFixed()).toBe('27001.3500675');
    expect(liquidationPrice({ ...base, mmr: '0.1' })?.toFixed()).toBe('27027.02702703');
  });
});
