import { describe, expect, it } from 'vitest';
import { assess } from '../../../src/core/assessment.js';
import { figureText, type BracketTable, type TableSource } from '../../../src/core/brackets.js';
import type { Terms } from '../../../src/core/position.js';
import { Ratio } from '../../../src/core/ratio.js';
import { tableFor, tableOfTrade } from '../../../src/core/tables/table-for.js';
import { symbolKeyOn, venues } from '../../../src/core/venues/index.js';
import { readBracketFile } from '../../../src/formats/venues/index.js';
import type { TableEntry } from '../../../src/formats/written-table.js';
import { BITGET, bybit, DYDX, GATE, KUCOIN, META, OKX } from './public-answers.js';

const UNIT = 'it is coin-margined, and whether its limits count coins, USD or contracts is unknown';
const ORIGIN = { name: '<stdin>', asOf: () => '2026-11-01', dating: 'date of reading' };

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
    ['dYdX', DYDX, { venue: 'dydx' }, ['0 - 0.03 0 -']],
  ])('are read: %s', (_, answer, head, rows) => {
    const table = first(answer);
    expect(table).toMatchObject({ contract: 'linear', asOf: '2026-11-01', confidence: 'A', ...head });
    expect(lines(table)).toEqual(rows);
  });

  it('of coin-margined contracts are read where their unit is known', () => {
    const inverse = JSON.parse(JSON.stringify(bybit(['0.005', '0.01', '0.01', '0.02'])).replaceAll('USDT', 'USD')) as {
      result: { list: { riskLimitValue: string; mmDeduction: string }[] };
    };
    inverse.result.list.forEach((tier, index) => (tier.riskLimitValue = ['150', '300'][index] as string));
    const table = first(inverse);
    expect(table).toMatchObject({ symbol: 'BTCUSD', contract: 'inverse', venue: 'bybit' });
    expect(table.multiplier.toText(2)).toBe('1');
    // 150 x (1 % - 0.5 %), the deduction that Bybit names for the second tier
    expect(lines(table)).toEqual(['0 150 0.005 0 100', '150 300 0.01 0.75 50']);
    // 1,000,000 USD at 20,000 are 50 coins, 5 of margin: 1,000,000 x 1.005 / 55.
    const long: Terms = {
      side: 'long',
      venue: 'bybit',
      symbol: 'BTCUSD',
      entry: Ratio.of(20_000n),
      lev: Ratio.of(10n),
    };
    expect(assess({ ...long, qty: Ratio.of(1_000_000n) }, table).price?.toText(4)).toBe('18272.7273');

    const contracts = first({ code: '0', data: OKX.map((tier) => ({ ...tier, instFamily: 'BTC-USD' })) });
    expect(contracts).toMatchObject({ symbol: 'BTCUSD', contract: 'inverse', venue: 'okx', lacksMultiplier: true });
    const source = { symbols: ['BTCUSD'], find: () => contracts, tables: [contracts] } as unknown as TableSource;
    const terms = { ...long, venue: 'okx', taker: Ratio.from('0.0005'), qty: Ratio.of(800n) };
    const sized = tableFor({ ...terms, multiplier: Ratio.of(100n) }, source);
    // 800 contracts of 100 USD are in the tier of 0.5 %, and worth 4 coins: 80,000 x (1 + 0.005 + 0.0005) / 4.4.
    expect(assess(terms, sized).price?.toText(4)).toBe('18281.8182');
    expect(() => tableFor({ ...terms, mmr: Ratio.from('0.01') }, source)).toThrow('does not say what one is worth');
    expect(() => tableOfTrade(terms, source)).toThrow('does not say what one is worth');
  });

  it('are requested from Bybit in the category of the symbol', () => {
    expect(venues['bybit']?.tablesFrom('BTCUSD')).toContain('category=inverse&symbol=BTCUSD');
    expect(venues['bybit']?.tablesFrom('BTCUSDT')).toContain('category=linear&symbol=BTCUSDT');
  });

  it.each([
    ['with the symbol in each tier', 'BTC/USDT:USDT', undefined],
    ['without it', undefined, 'BTCUSDT'],
  ])("are read from ccxt's fetchMarketLeverageTiers, %s", (_, symbol, given) => {
    const tiers = [
      { tier: 1, symbol, minNotional: 0, maxNotional: 2000000, maintenanceMarginRate: 0.005, maxLeverage: 100 },
      { tier: 2, symbol, minNotional: 2000000, maxNotional: 4000000, maintenanceMarginRate: 0.01, maxLeverage: 50 },
    ].map((tier) => ({ ...tier, info: { riskLimitValue: '1', maintenanceMargin: '1' } }));
    const table = first(tiers, given);
    expect(table).toMatchObject({ symbol: 'BTCUSDT', contract: 'linear', venue: 'bybit' });
    expect(lines(table)).toEqual(['0 2000000 0.005 0 100', '2000000 4000000 0.01 10000 50']);
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
    ['coin-margined, of Gate', [{ ...GATE[0], contract: 'BTC_USD' }], UNIT],
    ['coin-margined, of Bitget', { data: [{ ...BITGET[0], symbol: 'BTCUSD' }] }, UNIT],
    ['coin-margined, of KuCoin', { data: [{ ...KUCOIN[0], symbol: 'XBTUSDM' }] }, UNIT],
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
  const read = (text: string, symbol?: string): BracketTable => {
    const file = readBracketFile(text, { ...ORIGIN, symbol });
    if (file.kind === 'fault') throw new Error(file.fault);
    return (file.tables[0] as TableEntry).read();
  };
  const FIRST = '1\t0 - 5,000\t75x\t0.50%\t0\n2\t5,000 - 10,000\t50x\t1.00%\t25\n';

  it.each([
    '1 | 0 - 5,000 | 75x | 0.50% | 0\n2 | 5,000 - 10,000 | 50x | 1.00% | 25\n',
    'Tier\tBracket\tLeverage\n1\t0 - 5,000\t75x\t0.50%\t0\r\n2\t5,000 - 10,000\t50x\t1.00%\t25\r\n',
    '| 1 | 0 – 5,000 USDT | 1 - 75x | 0.50 % | 0 USDT |\n|---|---|\n| 2 | 5,000 – 10,000 USDT | 1-50X | 1.00% | 25 USDT |',
    '1   0 USDT ~ 5,000 USDT   1x-75x   0.50%   0\n2   5,000~10,000   50x   1.00%   25.00\n',
    '1 0 - 5000 75x 0.5% 0\n\n2 5000 - 10000 50x 1% 25',
    'Tier\nMaintenance Margin Rate (%)\n1\n0 - 5,000\n75x\n0.50%\n0\n2\n5,000 - 10,000\n50x\n1.00%\n25\n',
    `1000PEPEUSDT Perpetual, updated 2026-11-30 12:00\n${FIRST}\nLast update: 2026-11-30\n`,
  ])('are a table of the symbol given: %j', (text) => {
    const table = read(text, 'abc/usdt');
    expect(lines(table)).toEqual(['0 5000 0.005 0 75', '5000 10000 0.01 25 50']);
    expect(table).toMatchObject({ symbol: 'ABCUSDT', venue: 'binance', confidence: 'B' });
    expect(table.source).toBe('pasted rows of the leverage and margin page, read 2026-11-01');
    expect(() => read(text)).toThrow('symbol');
  });

  it.each([
    ['3\t10,000 - 100,000 TETHER\t25x\t2.00%\t125', '3 10,000 - 100,000 TETHER 25x 2.00% 125'],
    ['3\t10,000 and above\t25\t2.00\t125', '3 10,000 and above 25 2.00 125'],
    ['Tier 3 | 10,000 and above | 25 | 2.00', 'Tier 3 | 10,000 and above | 25 | 2.00'],
    ['3\t10.000 - 100.000\t25x\t2.00%\t125', '3 10.000 - 100.000 25x 2.00% 125'],
    ['3\t10,000 - 100K\t25x\t2.00%\t125', '3 10,000 - 100K 25x 2.00% 125'],
    ['3\t10,000 - 100,000\t25x\t2.00%', '3 10,000 - 100,000 25x 2.00%'],
    ['3\t10,000 - 100,000\t25x\t2,00%\t125', '3 10,000 - 100,000 25x 2,00% 125'],
    ['3\n10,000 +\n25x\n2.00%\n125\n', '3 10,000 + 25x 2.00% 125'],
  ])('are refused as a whole with %j, which is named', (row, shown) => {
    const words = `the row ${JSON.stringify(shown)} cannot be read; write it like 1 | 0 - 5,000 | 75x | 0.50% | 0`;
    expect(() => read(`${FIRST}${row}`, 'ABCUSDT')).toThrow(words);
    expect(() => read(`${FIRST}${row}\n4\t100,000 - 200,000\t20x\t2.50%\t625`, 'ABCUSDT')).toThrow(words);
  });

  it('are refused with an unread row before the others, or a currency that is not that of the symbol', () => {
    expect(() => read(`0\t0 - 5,000 or so\t75x\t0.50%\t0\n${FIRST}`, 'ABCUSDT')).toThrow('the row "0 0 - 5,000 or so');
    const inUsdc = FIRST.replace('5,000', '5,000 USDC');
    expect(() => read(inUsdc, 'ABCUSDT')).toThrow('its rows are in USDC, which is not its quote currency');
    expect(lines(read(inUsdc, 'ABCUSDC'))).toHaveLength(2);
    expect(() => read(FIRST, 'ABCUSD_PERP')).toThrow(
      "import the answer of Binance's API, GET /dapi/v2/leverageBracket",
    );
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
