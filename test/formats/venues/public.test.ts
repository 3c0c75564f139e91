import { describe, expect, it } from 'vitest';
import { figureText, type BracketTable } from '../../../src/core/brackets.js';
import { symbolKeyOn, venues } from '../../../src/core/venues/index.js';
import { readBracketFile } from '../../../src/formats/venues/index.js';

const ORIGIN = { name: 'stdin', asOf: () => '2026-11-01', dating: 'date of reading' };

function first(answer: unknown, symbol?: string): BracketTable {
  const file = readBracketFile(JSON.stringify(answer), { ...ORIGIN, symbol });
  if (file.kind === 'fault') throw new Error(file.fault);
  const [entry] = file.tables;
  if (!entry) throw new Error('no table');
  return entry.read();
}

const lines = ({ brackets }: BracketTable): string[] =>
  brackets.map(({ floor, cap, rate, amount, maxLeverage }) =>
    [floor, cap, rate, amount, maxLeverage].map((each) => (each ? figureText(each) : '-')).join(' '),
  );

const OKX = [
  { instFamily: 'BTC-USDT', minSz: '0', maxSz: '500', mmr: '0.004', imr: '0.01', maxLever: '100', tier: '1' },
  { instFamily: 'BTC-USDT', minSz: '501', maxSz: '1000', mmr: '0.005', imr: '0.0133', maxLever: '75', tier: '2' },
];
const bybit = (rates: readonly [string, string, string, string]): unknown => ({
  retCode: 0,
  result: {
    list: [
      {
        symbol: 'BTCUSDT',
        riskLimitValue: '2000000',
        maintenanceMargin: rates[0],
        initialMargin: rates[1],
        maxLeverage: '100.00',
        mmDeduction: '',
      },
      {
        symbol: 'BTCUSDT',
        riskLimitValue: '4000000',
        maintenanceMargin: rates[2],
        initialMargin: rates[3],
        maxLeverage: '50.00',
        mmDeduction: '10000',
      },
    ],
  },
});
const GATE = [
  {
    tier: 1,
    risk_limit: '1000000',
    maintenance_rate: '0.004',
    leverage_max: '125',
    deduction: '0',
    contract: 'BTC_USDT',
  },
  {
    tier: 2,
    risk_limit: '2000000',
    maintenance_rate: '0.005',
    leverage_max: '100',
    deduction: '1000',
    contract: 'BTC_USDT',
  },
];
const BITGET = [
  { symbol: 'BTCUSDT', level: '1', startUnit: '0', endUnit: '200000', leverage: '125', keepMarginRate: '0.004' },
  { symbol: 'BTCUSDT', level: '2', startUnit: '200000', endUnit: '1000000', leverage: '100', keepMarginRate: '0.005' },
];
const KUCOIN = [
  { symbol: 'XBTUSDTM', level: 1, maxRiskLimit: 200000, minRiskLimit: 0, maxLeverage: 125, maintainMargin: 0.004 },
  { symbol: 'XBTUSDTM', level: 2, maxRiskLimit: 500000, minRiskLimit: 200000, maxLeverage: 100, maintainMargin: 0.005 },
];
const META = {
  universe: [
    { name: 'ETH', szDecimals: 4, maxLeverage: 25, marginTableId: 55 },
    { name: 'ATOM', szDecimals: 2, maxLeverage: 5, marginTableId: 5 },
    { name: 'BAD', szDecimals: 2, maxLeverage: 5, marginTableId: 77 },
  ],
  marginTables: [
    [
      55,
      {
        description: '',
        marginTiers: [
          { lowerBound: '0.0', maxLeverage: 25 },
          { lowerBound: '100000000.0', maxLeverage: 15 },
        ],
      },
    ],
  ],
};

describe("public answers of a venue's tiers", () => {
  it.each<[string, unknown, object, readonly string[]]>([
    [
      'OKX',
      { code: '0', data: OKX },
      { venue: 'okx', symbol: 'BTCUSDT', lacksMultiplier: true },
      ['0 500 0.004 0 100', '500 1000 0.005 0 75'],
    ],
    [
      'Bybit',
      bybit(['0.005', '0.01', '0.01', '0.02']),
      { venue: 'bybit' },
      ['0 2000000 0.005 0 100', '2000000 4000000 0.01 10000 50'],
    ],
    [
      'Bybit in percent',
      bybit(['0.5', '1', '1', '2']),
      { venue: 'bybit' },
      ['0 2000000 0.005 0 100', '2000000 4000000 0.01 10000 50'],
    ],
    ['Gate', GATE, { venue: 'gate', symbol: 'BTCUSDT' }, ['0 1000000 0.004 0 125', '1000000 2000000 0.005 1000 100']],
    [
      'Gate, in reverse',
      GATE.toReversed(),
      { venue: 'gate' },
      ['0 1000000 0.004 0 125', '1000000 2000000 0.005 1000 100'],
    ],
    [
      'Bitget',
      { code: '00000', data: BITGET },
      { venue: 'bitget', notes: ['AMOUNTS_REBUILT'] },
      ['0 200000 0.004 0 125', '200000 1000000 0.005 200 100'],
    ],
    [
      'KuCoin',
      { code: '200000', data: KUCOIN },
      { venue: 'kucoin', symbol: 'BTCUSDT' },
      ['0 200000 0.004 0 125', '200000 500000 0.005 0 100'],
    ],
    [
      'Hyperliquid',
      META,
      { venue: 'hyperliquid', symbol: 'ETH' },
      ['0 100000000 0.02 0 25', '100000000 - 1/30 4000000/3 15'],
    ],
    [
      'dYdX',
      { markets: { 'BTC-USD': { ticker: 'BTC-USD', maintenanceMarginFraction: '0.03' } } },
      { venue: 'dydx' },
      ['0 - 0.03 0 -'],
    ],
  ])('are read: %s', (_, answer, head, rows) => {
    const table = first(answer);
    expect(table).toMatchObject({ contract: 'linear', asOf: '2026-11-01', confidence: 'A', ...head });
    expect(lines(table)).toEqual(rows);
  });

  it('take the symbol given where the answer names none', () => {
    const tiers = BITGET.map(({ startUnit, endUnit, keepMarginRate, leverage }) => ({
      minTierValue: startUnit,
      maxTierValue: endUnit,
      mmr: keepMarginRate,
      leverage,
    }));
    expect(() => first({ data: tiers })).toThrow('symbol');
    const table = first({ data: tiers }, 'btcusdt');
    expect([table.symbol, table.venue]).toEqual(['BTCUSDT', 'bitget']);
    expect(lines(table)[1]).toBe('200000 1000000 0.005 200 100');
  });

  it('have a single tier for small ids of Hyperliquid, and a fault for an unknown one', () => {
    const file = readBracketFile(JSON.stringify(META), ORIGIN);
    if (file.kind === 'fault') throw new Error(file.fault);
    const [, atom, bad] = file.tables;
    expect(atom && lines(atom.read())).toEqual(['0 - 0.1 0 5']);
    expect(() => bad?.read()).toThrow('margin table 77 is not in the answer');
  });

  it.each<[string, unknown, string]>([
    ['no rate', { data: [{ ...OKX[0], mmr: null }] }, 'no. 1: mmr is missing or not a number'],
    ['an object for a cap', [{ ...GATE[0], risk_limit: {} }], 'no. 1: risk_limit is missing or not a number'],
    ['words for a cap', [{ ...GATE[0], risk_limit: 'much' }], '"much" is not a plain decimal'],
    ['a deduction that jumps', [GATE[0], { ...GATE[1], deduction: '5' }], 'amount 5 makes maintenance jump'],
    ['a coin-margined contract', { data: [{ ...OKX[0], instFamily: 'BTC-USD' }] }, 'only linear tables are read'],
    ['a tier that is no object', { data: [KUCOIN[0], 7] }, 'symbol'],
  ])('have faults in words: %s', (_, answer, words) => {
    const read = (): void => {
      const file = readBracketFile(JSON.stringify(answer), ORIGIN);
      if (file.kind === 'fault') throw new Error(file.fault);
      for (const entry of file.tables) entry.read();
    };
    expect(read).toThrow(words);
  });
});

describe("rows pasted from Binance's page", () => {
  it.each([
    '1 | 0 - 5,000 | 75x | 0.50% | 0\n2 | 5,000 - 10,000 | 50x | 1.00% | 25\n',
    'Tier\tBracket\tLeverage\n1\t0 - 5,000\t75x\t0.50%\t0\r\n2\t5,000 - 10,000\t50x\t1.00%\t25\r\n',
  ])('are a table of the symbol given: %j', (text) => {
    const read = (symbol?: string): BracketTable | undefined => {
      const file = readBracketFile(text, { ...ORIGIN, symbol });
      return file.kind === 'tables' ? file.tables[0]?.read() : undefined;
    };
    const table = read('abc/usdt');
    expect(table && lines(table)).toEqual(['0 5000 0.005 0 75', '5000 10000 0.01 25 50']);
    expect(table).toMatchObject({ symbol: 'ABCUSDT', venue: 'binance' });
    expect(() => read()).toThrow('symbol');
  });
});

describe('symbols of a venue', () => {
  it.each([
    ['okx', 'BTC-USDT-SWAP'],
    ['okx', 'BTC-USDT'],
    ['okx', 'BTC/USDT:USDT'],
    ['gate', 'BTC_USDT'],
    ['kucoin', 'XBTUSDTM'],
    ['kucoin', 'BTC/USDT:USDT'],
  ])('on %s %s is BTCUSDT', (venue, written) => {
    expect(symbolKeyOn(venue, written)).toBe('BTCUSDT');
  });

  it('are spelled in the command that imports a table as the venue does', () => {
    expect(venues['okx']?.tablesFrom('BTCUSDT')).toContain("instFamily=BTC-USDT'");
    expect(venues['gate']?.tablesFrom('BTCUSDT')).toContain(
      "contract=BTC_USDT' | liqcalc brackets import - --venue gate --symbol BTCUSDT",
    );
    expect(venues['kucoin']?.tablesFrom('BTCUSDT')).toContain('risk-limit/XBTUSDTM |');
  });
});
