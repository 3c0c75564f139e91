import { describe, expect, it } from 'vitest';
import {
  bracketsFrom,
  figureText,
  symbolsOn,
  venuesOf,
  type Bracket,
  type BracketTable,
  type TableSource,
} from '../../../src/core/brackets.js';
import { tableFor, tableOfTrade } from '../../../src/core/tables/table-for.js';
import { isLiqcalcError } from '../../../src/core/errors.js';
import { Ratio } from '../../../src/core/ratio.js';
import { builtInTables } from '../../../src/core/tables/index.js';
import { readVenueTable, type VenueTable } from '../../../src/core/tables/venue-table.js';
import { PUBLISHED, PUBLISHED_HYPERLIQUID, PUBLISHED_USDT } from './published.js';

const text = (ratio: Ratio | undefined): string | undefined => ratio?.toText(30);
const lineOf = ({ floor, cap, rate, amount, maxLeverage }: Bracket): string =>
  [floor, cap, rate, amount, maxLeverage].map((each) => (each ? figureText(each) : '-')).join(' ');
const rowOf = ({ floor, cap, rate, amount, maxLeverage }: Bracket) =>
  [floor, cap, rate, amount, maxLeverage].map(text) as unknown;

describe('built-in tables', () => {
  it.each(PUBLISHED)('$symbol is the published one of $asOf', ({ rows, multiplier, ...described }) => {
    const table = builtInTables.find(described.symbol);
    if (!table) throw new Error('no table');
    expect(table).toMatchObject({ ...described, venue: 'binance' });
    expect(text(table.multiplier)).toBe(multiplier);
    expect(table.brackets.map(rowOf)).toEqual(rows);
  });

  it("the most traded of Binance's contracts are those of 2026-05-01, to the last amount", () => {
    const lines = PUBLISHED_USDT.trim().split('\n');
    const published = lines.flatMap((line) => {
      const [symbols = '', rows = ''] = line.split(' = ');
      return symbols
        .trim()
        .split(' ')
        .map((symbol) => [symbol, rows.split(' | ')] as const);
    });
    expect(published.length).toBe(40);
    for (const [symbol, rows] of published) {
      const table = builtInTables.find(symbol);
      expect(table?.brackets.map(lineOf)).toEqual(rows);
      expect(table).toMatchObject({ contract: 'linear', asOf: '2026-05-01', confidence: 'B' });
    }
  });

  it("Hyperliquid's are those of its page", () => {
    expect(symbolsOn(builtInTables, 'hyperliquid').length).toBe(39);
    for (const [symbol, rows] of Object.entries(PUBLISHED_HYPERLIQUID)) {
      const table = builtInTables.find(symbol, 'hyperliquid');
      expect(table?.brackets.map(lineOf)).toEqual(rows);
      expect(table).toMatchObject({ venue: 'hyperliquid', confidence: 'A', asOf: '2026-09-03' });
    }
  });

  it.each(['BTC', 'btc', 'BTC-PERP', 'BTC/USDC:USDC', 'BTC-USD'])('%s is the same on Hyperliquid only', (symbol) => {
    expect(builtInTables.find(symbol, 'hyperliquid')?.symbol).toBe('BTC');
    expect(builtInTables.find(symbol)).toBeUndefined();
  });

  it('every table can be read', () => {
    expect(builtInTables.symbols.length).toBeGreaterThanOrEqual(PUBLISHED.length);
    for (const symbol of builtInTables.symbols) {
      const venues = venuesOf(builtInTables, symbol);
      expect(venues.length).toBeGreaterThan(0);
      for (const venue of venues) expect(builtInTables.find(symbol, venue)).toMatchObject({ symbol, venue });
    }
    expect(new Set(builtInTables.symbols).size).toBe(builtInTables.symbols.length);
  });

  it.each(['btcusdt', 'BTC/USDT', ' btc/usdt:usdt '])('%s finds BTCUSDT, the same one each time', (symbol) => {
    expect(builtInTables.find(symbol)).toBe(builtInTables.find('BTCUSDT'));
    expect(builtInTables.find(symbol)?.symbol).toBe('BTCUSDT');
  });

  it('BTC/USD:BTC finds BTCUSD_PERP', () => {
    expect(builtInTables.find('BTC/USD:BTC')?.symbol).toBe('BTCUSD_PERP');
    expect(builtInTables.find('NOSUCHUSDT')).toBeUndefined();
  });
});

describe('the table of a position', () => {
  const rate = Ratio.from('0.005');

  it('is that of its symbol, also beside a rate of its own', () => {
    expect(tableFor({ symbol: 'ethusdt' }, builtInTables)?.symbol).toBe('ETHUSDT');
    expect(tableFor({ symbol: 'ethusdt', mmr: rate }, builtInTables)?.symbol).toBe('ETHUSDT');
  });

  it('is undefined without a symbol, or with an unknown one beside a rate', () => {
    expect(tableFor({ mmr: rate }, builtInTables)).toBeUndefined();
    expect(tableFor({ symbol: 'PEPEUSDT', mmr: rate }, builtInTables)).toBeUndefined();
  });

  it.each([
    ['btcusd', 'BTCUSD_PERP'],
    ['BTCUSTD', 'BTCUSDT'],
    ['btcusd_per', 'BTCUSD_PERP'],
    ['SUSHIUSDT', undefined],
    ['BTCUS', undefined],
  ])('%s without a rate is an error that suggests %s', (symbol, suggestion) => {
    try {
      tableFor({ symbol }, builtInTables);
      expect.fail('not refused');
    } catch (error) {
      if (!isLiqcalcError(error)) throw error;
      expect(error.code).toBe('UNKNOWN_SYMBOL');
      const tables = `liqcalc brackets import - --symbol ${symbol.toUpperCase()}`;
      const how = "paste the rows of Binance's leverage and margin page into";
      const known = symbolsOn(builtInTables, 'binance');
      const details = { symbol, suggestion, known, ...(suggestion === undefined && { tables, how }) };
      expect(error.problems).toEqual([{ code: 'UNKNOWN_SYMBOL', field: 'symbol', details }]);
    }
  });
});

describe('a venue file', () => {
  const table: VenueTable = {
    venue: 'test',
    symbol: 'TESTUSDT',
    contract: 'inverse',
    multiplier: '2.5',
    asOf: '2026-11-22',
    confidence: 'C',
    source: 'made up',
    brackets: `
      0 5 0.004 0 125
      5 - 0.005 0.005
    `,
  };

  it('is read line by line; a dash means that there is no cap, the leverage may be missing', () => {
    const { brackets, multiplier } = readVenueTable(table);
    expect(text(multiplier)).toBe('2.5');
    expect(brackets.map(rowOf)).toEqual([
      ['0', '5', '0.004', '0', '125'],
      ['5', undefined, '0.005', '0.005', undefined],
    ]);
  });

  it('is checked', () => {
    expect(() => readVenueTable({ ...table, brackets: '0 5 0.004 0 125\n5 - 0.005 0.006 100' })).toThrow(
      'brackets of TESTUSDT: no. 2: amount 0.006 makes maintenance jump; 0.005 makes it continuous',
    );
  });

  it.each([
    ['', 'floor'],
    ['0', 'cap'],
    ['0 5', 'rate'],
    ['0 5 0.004', 'amount'],
  ])('with the line %j lacks its %s', (brackets, what) => {
    expect(() => readVenueTable({ ...table, brackets })).toThrow(`no. 1: ${what} "" is not a plain decimal`);
  });
});

describe('the size of a contract that a table lacks', () => {
  const linear = (venue: string): BracketTable => ({
    venue,
    symbol: 'BTCUSDT',
    contract: 'linear',
    multiplier: Ratio.ONE,
    lacksMultiplier: true,
    asOf: '2026-11-22',
    confidence: 'B',
    source: 'made up',
    brackets: bracketsFrom(
      [
        { floor: '0', cap: '500', rate: '0.004', amount: undefined },
        { floor: '500', cap: '1000', rate: '0.01', amount: undefined },
      ],
      'TEST',
      'whole',
    ),
  });
  const source = (venue: string): TableSource => ({ find: () => linear(venue), symbols: ['BTCUSDT'] });
  const multiplier = Ratio.from('0.01');

  it.each(['okx', 'gate', 'kucoin'])('comes from the position: %s', (venue) => {
    const table = tableFor({ symbol: 'BTCUSDT', venue, multiplier }, source(venue));
    expect([table?.multiplier, table?.lacksMultiplier]).toEqual([multiplier, undefined]);
    const traded = tableOfTrade({ symbol: 'BTCUSDT', venue, multiplier }, source(venue));
    expect(traded?.multiplier).toBe(multiplier);
  });

  it('is needed where tiers count contracts, unless the rate is given', () => {
    expect(() => tableFor({ symbol: 'BTCUSDT', venue: 'okx' }, source('okx'))).toThrow(
      'symbol: this input needs multiplier: the tiers of okx count contracts, and the table does not say how many base units one is; the exchange shows it as contract value (0.01 BTC for BTC-USDT-SWAP); qty then counts contracts',
    );
    expect(tableFor({ symbol: 'BTCUSDT', venue: 'okx', mmr: Ratio.from('0.01') }, source('okx'))?.symbol).toBe(
      'BTCUSDT',
    );
    expect(tableOfTrade({ symbol: 'BTCUSDT', venue: 'okx' }, source('okx'))?.multiplier.toText(2)).toBe('1');
  });

  it('is not needed where tiers count value: sizes are then in base units', () => {
    expect(tableFor({ symbol: 'BTCUSDT', venue: 'gate' }, source('gate'))?.multiplier.toText(2)).toBe('1');
  });
});
