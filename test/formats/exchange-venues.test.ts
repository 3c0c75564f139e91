import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { jsonValue } from '../../src/formats/json.js';
import type { JsonObject } from '../../src/schema/json-value.js';
import { venueOfRecord } from '../../src/formats/exchange-venue.js';
import { run, type Run } from '../cli/run.js';

type Figures = Readonly<Record<string, unknown>>;

const ask = (data: unknown, ...argv: string[]): Promise<Run> =>
  run(['account', '--from', 'ccxt', ...argv], { stdin: JSON.stringify(data) });

async function positionOf(data: Figures, ...argv: string[]): Promise<Figures> {
  const { stdout, stderr, code } = await ask([data], ...argv, '--format', 'ndjson');
  expect([stderr, code]).toEqual(['', 0]);
  return (JSON.parse(stdout) as { positions: Figures[] }).positions[0] as Figures;
}

/** One bitcoin at 60,000 with a margin of 6,000, a thousand lost at the mark. */
const LONG = {
  symbol: 'BTC/USDT:USDT',
  contracts: 100,
  contractSize: 0.01,
  side: 'long',
  entryPrice: 60000,
  markPrice: 59000,
  notional: 59000,
  leverage: 10,
  unrealizedPnl: -1000,
  marginMode: 'isolated',
};
const OKX = { instId: 'BTC-USDT-SWAP', mgnMode: 'isolated', margin: '6000', mmr: '236', upl: '-1000' };

it('refuses figures that are absurdly far apart in words', async () => {
  const absurd = {
    ...LONG,
    info: { ...OKX, mmr: '1e30' },
    maintenanceMargin: '1e30',
    notional: '1e-30',
    contracts: '1e-30',
  };
  const { stdout, stderr, code } = await ask([absurd]);
  expect([stdout === '' || code === 65, stderr.includes('a bug in liqcalc')]).toEqual([true, false]);
  expect(code).toBe(65);
});

describe('the venue of a record', () => {
  // Keys of one position that identify each venue.
  it.each([
    ['binance', { symbol: 'BTCUSDT', positionAmt: '1', positionSide: 'BOTH', isolatedWallet: '0' }],
    ['okx', { instId: 'BTC-USDT-SWAP', mgnMode: 'cross', posId: '1', mgnRatio: '10' }],
    ['gate', { contract: 'BTC_USDT', entry_price: '1', liq_price: '0', mark_price: '1' }],
    ['kucoin', { posMaint: 1, posMargin: 2, currentQty: 1, crossMode: true, maintMarginReq: 0.005 }],
    ['bitmex', { posMaint: 1, posMargin: 2, currentQty: 1, crossMargin: true, homeNotional: 1, maintMarginReq: 0.005 }],
    ['hyperliquid', { type: 'oneWay', position: { coin: 'BTC', szi: '1', marginUsed: '5' } }],
    ['bybit', { positionIdx: 0, positionIM: '1', positionMM: '1', riskId: 1 }],
    ['bybit', { positionIdx: '0', riskId: '11', positionBalance: '28.5' }],
    ['bitget', { marginCoin: 'USDT', keepMarginRate: '0.004', marginSize: '1' }],
    ['unknown', { positionId: '1', symbol: 'BTC-USDT', positionAmt: '1', availableAmt: '1', avgPrice: '1' }],
    ['unknown', {}],
    ['unknown', { keepMarginRate: '0.004', positionAmt: '1' }],
  ])('%s: %j', (venue, info) => {
    expect(venueOfRecord(jsonValue(JSON.stringify(info)) as JsonObject)).toBe(venue);
  });
});

describe('rates and margin of other venues', () => {
  it("OKX: the margin is without profit, the fee follows from its margin ratio, Binance's table is not taken", async () => {
    // 5000 / (236 + 29.5); (60000 - 6000) / (1 - 0.004 - 0.0005).
    const info = { ...OKX, mgnRatio: '18.832391713747645951035781544256' };
    const position = await positionOf({ ...LONG, info, collateral: 6000, maintenanceMargin: 236 });
    expect(position).toMatchObject({
      venue: 'okx',
      margin: '6000',
      mmr: '0.4',
      mmFee: '0.05',
      liquidationPrice: '54244.09844299',
      maintenanceMargin: '265.5',
      warnings: ['OWN_RATES'],
    });
  });

  it('OKX: without a margin ratio its usual fee is assumed, and said', async () => {
    const info = { ...OKX, margin: '' };
    const position = await positionOf({ ...LONG, info, collateral: 6000, maintenanceMargin: 236 });
    expect(position).toMatchObject({ liquidationPrice: '54244.09844299', warnings: ['OWN_RATES', 'FEE_ASSUMED'] });
  });

  it('KuCoin: posMargin is the wallet, and maintenance above rate x value is the fee', async () => {
    // posMaint is 0.46 % of 59500; (60000 - 3000) / (1 - 0.004 - 0.0006).
    const info = { posMaint: 273.7, posMargin: 3000, maintMargin: 2500, maintMarginReq: 0.004 };
    const figures = { markPrice: 59500, notional: 59500, unrealizedPnl: -500, maintenanceMargin: 273.7 };
    const position = await positionOf({ ...LONG, ...figures, info, collateral: 2500 });
    expect(position).toMatchObject({
      venue: 'kucoin',
      margin: '3000',
      mmFee: '0.06',
      liquidationPrice: '57263.41169379',
      warnings: ['VENUE_UNPROVEN', 'OWN_RATES'],
    });
  });

  it('Bitget: marginSize is the wallet, the fee follows from its margin ratio', async () => {
    // 0.46 % of 59000 over 6000 - 1000; (60000 - 6000) / (1 - 0.0046).
    const info = { keepMarginRate: '0.004', marginSize: '6000', marginRatio: '0.05428' };
    const position = await positionOf({ ...LONG, info, collateral: 5000, maintenanceMargin: 236 });
    expect(position).toMatchObject({ venue: 'bitget', mmFee: '0.06', liquidationPrice: '54249.54792043' });
    expect(position['warnings']).toEqual(['VENUE_UNPROVEN', 'OWN_RATES']);
  });

  it('an unknown venue is priced by the rate of its record, never by a table of Binance', async () => {
    // (60000 - 6000) / (1 - 0.005).
    const position = await positionOf({ ...LONG, info: {}, collateral: 5000, maintenanceMarginPercentage: 0.005 });
    expect(position).toMatchObject({
      venue: 'unknown',
      margin: '6000',
      mmr: '0.5',
      liquidationPrice: '54271.35678392',
      warnings: ['VENUE_UNKNOWN'],
    });
  });

  describe('Bybit', () => {
    // 0.1 at 1198.45 and 4.2x: 28.534523... of margin, and 0.0006 x 0.1 x 913.15 to close it.
    const info = {
      positionIdx: '0',
      riskId: '11',
      tradeMode: '1',
      positionBalance: '28.58931118',
      bustPrice: '913.15',
      updatedTime: '1669413126190',
    };
    const record = {
      info,
      symbol: 'ETH/USDT:USDT',
      side: 'long',
      contracts: 0.1,
      contractSize: 1,
      entryPrice: 1198.45,
      notional: 119.845,
      leverage: 4.2,
      unrealizedPnl: 0.083,
      collateral: 28.58931118,
      maintenanceMargin: 0.599225,
      maintenanceMarginPercentage: 0.005,
      marginRatio: 0.0208,
      liquidationPrice: 919.1,
    };

    it('isolated by its trade mode: the margin is without the closing fee, maintenance of the entry until 2025-09-02', async () => {
      // 1198.45 - 285.345238... + 0.005 x 1198.45, which Bybit printed on its tick of 0.05.
      const position = await positionOf(record);
      expect(position).toMatchObject({
        venue: 'bybit-2024',
        mode: 'isolated',
        margin: '28.534523809523809523809524',
        rule: 'bybit-2024',
        mmr: '0.5',
        liquidationPrice: '919.0970119',
        warnings: ['OWN_RATES'],
      });
    });

    it('since then the maintenance of the price', async () => {
      // (119.845 - 28.534523...) / (0.1 x 0.995).
      const later = await positionOf({ ...record, info: { ...info, updatedTime: '1756771200000' } });
      expect(later).toMatchObject({ venue: 'bybit', rule: 'bybit' });
      expect(later['liquidationPrice']).toBe('917.69322804');
    });

    it('margin that was added shows in the bankruptcy price', async () => {
      // 0.1 x (1198.45 - 813.15).
      const added = { ...info, positionBalance: '38.58', bustPrice: '813.15' };
      expect(await positionOf({ ...record, info: added })).toMatchObject({ margin: '38.53' });
      const short = { ...record, side: 'short', info: { ...added, bustPrice: '1598.45' } };
      expect(await positionOf(short)).toMatchObject({ margin: '40' });
      // Without either there is the collateral, less profit.
      const bare = { ...record, info: { ...added, bustPrice: '0.00' } };
      expect(await positionOf(bare)).toMatchObject({ margin: '28.50631118' });
    });

    it('cross: a fee to close that the record shows is counted once', async () => {
      // 0.5 % of 6,000, and 0.055 % of 6,000 x (1 - 1/10): 32.97; (6,000 - 1,000 + 2.97) / (0.1 x 0.995).
      const closing = {
        ...record,
        ...{ contracts: 0.1, entryPrice: 60000, markPrice: 60000, notional: 6000, leverage: 10 },
        ...{ maintenanceMargin: 32.97, maintenanceMarginPercentage: 0.005, unrealizedPnl: 0 },
        info: { positionIM: '602.97', positionMM: '32.97', updatedTime: '1766771200000' },
      };
      expect(await positionOf(closing, '--wallet', '1000')).toMatchObject({
        rule: 'bybit',
        maintenanceMargin: '32.97',
        liquidationPrice: '50281.10552764',
      });
    });

    it('cross by its trade mode; a record without one is taken as cross, and a warning says so', async () => {
      // 0.5 % of 119.845, and 0.055 % of 119.845 x (1 - 1/4.2) to close it.
      const cross = { ...record, maintenanceMargin: 0.64944545, info: { ...info, tradeMode: '0' } };
      expect(await positionOf(cross, '--wallet', '50')).toMatchObject({
        mode: 'cross',
        warnings: ['VENUE_FEE_ASSUMED', 'OWN_RATES'],
      });
      const today = { ...cross, info: { positionIdx: 0, positionIM: '28.5', positionMM: '0.64944545' } };
      const position = await positionOf(today, '--wallet', '50');
      expect(position['warnings']).toEqual(['VENUE_FEE_ASSUMED', 'OWN_RATES', 'MODE_ASSUMED']);
      expect(position).not.toHaveProperty('mode');
      const { stdout } = await ask([today], '--wallet', '50');
      expect(stdout.replace(/\s+/g, ' ')).toContain('has no margin mode, so cross is assumed');
    });
  });

  describe('Delta', () => {
    const info = {
      product_symbol: 'BTCUSDT',
      bankruptcy_price: '88618.22667',
      margin: '6.32987333',
      margin_mode: 'isolated',
      mark_price: '94942.90888022',
      unrealized_pnl: '-0.00519112',
    };
    const record = {
      info,
      symbol: 'BTC/USDT:USDT',
      liquidationPrice: 89092.96717,
      entryPrice: 94948.1,
      contracts: 1,
      contractSize: 0.001,
      side: 'buy',
    };

    it('mode, mark and margin are those of its own record; maintenance is of the entry', async () => {
      expect(await positionOf(record)).toMatchObject({
        venue: 'delta',
        side: 'long',
        mode: 'isolated',
        mark: '94942.90888022',
        margin: '6.32987333',
        formula: 'simple',
        mmr: '0.5',
        liquidationPrice: '89092.96717',
        warnings: ['OWN_RATES'],
      });
      const { stdout } = await ask([record]);
      expect(stdout.replace(/\s+/g, ' ')).toContain(
        'is derived from the liquidation price and the bankruptcy price in its record',
      );
    });

    it('a rate of the record goes before that of its prices', async () => {
      const rated = { ...record, maintenanceMarginPercentage: 0.01 };
      // 88618.22667 + 0.01 x 94948.1.
      expect(await positionOf(rated)).toMatchObject({ mmr: '1', liquidationPrice: '89567.70767' });
    });

    it('what is missing is named in words that can be followed', async () => {
      const lacking = async (without: object): Promise<string> =>
        (await ask([{ ...record, ...without }], '--venue', 'delta')).stderr;
      const own = (key: string): object => ({ info: { ...info, [key]: undefined } });
      expect(await lacking(own('bankruptcy_price'))).toContain(
        'no bracket table for "BTC/USDT:USDT"; give --mmr BTC/USDT:USDT=R or maintenanceMarginPercentage',
      );
      expect(await lacking(own('margin'))).toContain(
        '[0]: margin is missing (the position is isolated); give leverage or collateral',
      );
      expect(await lacking({ ...own('mark_price'), ...own('margin_mode') })).toContain('give --wallet');
      expect(await lacking({ entryPrice: undefined })).toContain('[0]: entry price is missing; give entryPrice');
    });
  });

  it('buy and sell are sides, marginType is the mode of older versions of ccxt', async () => {
    const old = { ...LONG, marginMode: undefined, marginType: 'ISOLATED', collateral: 5000 };
    const figures = { info: {}, maintenanceMarginPercentage: 0.005 };
    expect(await positionOf({ ...old, ...figures, side: 'buy' })).toMatchObject({ side: 'long', margin: '6000' });
    expect(await positionOf({ ...old, ...figures, side: 'SELL' })).toMatchObject({ side: 'short', mode: 'isolated' });
  });

  it('without a rate it is maintenance over value at the mark, and that is said', async () => {
    const position = await positionOf({ ...LONG, collateral: 5000, maintenanceMargin: 295 }, '--venue', 'coinex');
    expect(position).toMatchObject({ mmr: '0.5', liquidationPrice: '54271.35678392', warnings: ['OWN_RATES'] });
    const { stdout } = await ask([{ ...LONG, collateral: 5000, maintenanceMargin: 295 }], '--venue', 'coinex');
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'the rate of BTC/USDT:USDT (coinex) is the maintenance in its record divided by the value at the mark',
    );
  });

  it('a record with neither rate nor maintenance is refused, and another venue has no table for it', async () => {
    const { stderr, code } = await ask([{ ...LONG, info: {}, collateral: 5000 }]);
    expect(stderr).toContain(
      'no bracket table for "BTC/USDT:USDT"; give --mmr BTC/USDT:USDT=R or maintenanceMarginPercentage',
    );
    expect(code).toBe(65);
  });

  it('a percentage that is a hundred times maintenance over notional is in percent', async () => {
    const figures = { maintenanceMargin: 590, maintenanceMarginPercentage: 1, collateral: 5000 };
    expect(await positionOf({ ...LONG, ...figures })).toMatchObject({ mmr: '1', maintenanceMargin: '590' });
  });

  it('no amount follows from a maintenance margin of the entry, or from a notional of the entry', async () => {
    const ofEntry = { maintenanceMargin: 300, maintenanceMarginPercentage: 0.005, collateral: 5000 };
    const short = { ...LONG, side: 'short', markPrice: 61000, notional: 61000, ...ofEntry };
    expect(await positionOf(short)).not.toHaveProperty('cum');
    const notional = { ...LONG, ...ofEntry, maintenanceMargin: 250, notional: 60000 };
    expect(await positionOf(notional)).not.toHaveProperty('cum');
    // Both at the mark: 0.5 % of 59000 is 295.
    const amount = await positionOf({ ...LONG, ...ofEntry, maintenanceMargin: 250 });
    expect(amount).toMatchObject({ cum: '45', maintenanceMargin: '250' });
  });

  it("a table of the venue that contradicts the record gives way to the record's own rate", async () => {
    const data = [{ ...LONG, info: OKX, collateral: 6000, maintenanceMargin: 236 }];
    const file = join(mkdtempSync(join(tmpdir(), 'liqcalc-')), 'okx.json');
    const found = async (mmr: string): Promise<Figures> => {
      const table = {
        symbol: 'BTCUSDT',
        contract: 'linear',
        venue: 'okx',
        asOf: '2026-11-01',
        source: 'made for a test',
      };
      const rate = (Number(mmr) / 100).toString();
      writeFileSync(file, JSON.stringify({ ...table, brackets: [{ floor: '0', cap: '9000000', rate, amount: '0' }] }));
      const { stdout, stderr } = await ask(data, '--brackets', file, '--format', 'ndjson');
      expect(stderr).toBe('');
      return (JSON.parse(stdout) as { positions: Figures[] }).positions[0] as Figures;
    };
    expect(await found('1')).toMatchObject({
      mmr: '0.4',
      liquidationPrice: '54244.09844299',
      warnings: ['OWN_RATES', 'FEE_ASSUMED', 'MAINTENANCE_DIFFERS'],
    });
    expect((await found('0.4'))['warnings']).toEqual(['UNVERIFIED_BRACKETS', 'FEE_ASSUMED']);
  });

  it('a table that counts contracts, and does not say how large one is, gives way too', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'liqcalc-')), 'okx.json');
    const brackets = [
      { floor: '0', cap: '500', rate: '0.01' },
      { floor: '500', cap: '1000', rate: '0.02' },
    ];
    writeFileSync(file, JSON.stringify({ symbol: 'BTCUSDT', contract: 'linear', venue: 'okx', brackets }));
    const data = [{ ...LONG, info: OKX, collateral: 6000, maintenanceMargin: 236 }];
    const { stdout } = await ask(data, '--brackets', file, '--format', 'ndjson');
    const [position] = (JSON.parse(stdout) as { positions: Figures[] }).positions;
    expect(position).toMatchObject({ mmr: '0.4', liquidationPrice: '54244.09844299' });
  });

  it("Binance keeps its table, and says where the record's maintenance is another", async () => {
    const info = { symbol: 'BTCUSDT', positionAmt: '1', isolatedWallet: '6000' };
    const position = await positionOf({ ...LONG, info, maintenanceMargin: 295, maintenanceMarginPercentage: 0.005 });
    expect(position).toMatchObject({
      liquidationPrice: '54216.86746988',
      warnings: ['STALE_BRACKETS', 'MAINTENANCE_DIFFERS'],
    });
    expect(position).not.toHaveProperty('mmr');
  });

  it('Deribit counts contracts in quote units: the notional says so', async () => {
    const inverse = { symbol: 'BTC/USD:BTC', contracts: 50, contractSize: 10, side: 'long', entryPrice: 7440.18 };
    const figures = { markPrice: 7476.65, notional: 0.006687487, unrealizedPnl: 0 };
    const position = await positionOf(
      { ...inverse, ...figures, info: {}, maintenanceMargin: 0.000143783, maintenanceMarginPercentage: 2.15 },
      '--wallet',
      '0.01',
    );
    // 50 x 1.0215 / (0.01 + 50 / 7440.18).
    expect(position).toMatchObject({ qty: '50', multiplier: '1', mmr: '2.15', liquidationPrice: '3054.67600549' });
  });

  it('the output is an input with the same price', async () => {
    const info = { ...OKX, mgnRatio: '18.832391713747645951035781544256' };
    const { stdout } = await ask([{ ...LONG, info, collateral: 6000, maintenanceMargin: 236 }], '--format', 'ndjson');
    const again = await run(['account', '--only', 'liquidationPrice', '-q'], { stdin: stdout });
    expect(again.stdout).toBe('54244.09844299\n');
  });

  it('--add takes venue, rate and fee of its symbol', async () => {
    const info = { ...OKX, mgnMode: 'cross' };
    const cross = { ...LONG, marginMode: 'cross', info, maintenanceMargin: 236 };
    const added = await ask([cross], '--wallet', '20000', '--add', 'long:BTCUSDT:1@60000', '--format', 'ndjson');
    const { after } = JSON.parse(added.stdout) as { after: { positions: Figures[] } };
    // (120000 - 20000) / (2 x 0.9955).
    expect(after.positions[0]).toMatchObject({ venue: 'okx', mmFee: '0.05', liquidationPrice: '50226.01707685' });
    const hedged = await ask([cross], '--wallet', '20000', '--add', 'short:BTCUSDT:1@60000', '--format', 'ndjson');
    const hedge = (JSON.parse(hedged.stdout) as { after: { positions: Figures[] } }).after.positions;
    expect(hedge[1]).toMatchObject({ side: 'short', maintenanceRate: '0.4', maintenanceMargin: '265.5' });
    const other = await ask([cross], '--wallet', '20000', '--add', 'short:ETHUSDT:1@2000,mark=2000');
    expect(other.stderr).toContain('no bracket table for "ETHUSDT"');
  });
});
