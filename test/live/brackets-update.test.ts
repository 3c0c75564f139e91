import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BITGET, bybit, DYDX, GATE, KUCOIN, META, OKX } from '../formats/venues/public-answers.js';
import { FakeBinance } from './fake-binance.js';
import { FakeExchange } from './fake-exchange.js';
import { newHome, runLive, type LiveRun } from './run-live.js';

let exchange: FakeBinance;
beforeEach(async () => {
  exchange = new FakeBinance();
  await exchange.start();
});
afterEach(() => exchange.stop());

const home = newHome();
const update = (args: readonly string[] = [], env: Record<string, string> = {}, at = home): Promise<LiveRun> =>
  runLive(['brackets', 'update', ...args], { env: { ...exchange.env, ...env }, home: at });
const stored = (file: string): string => readFileSync(join(home, '.config', 'liqcalc', file), 'utf8');

describe('brackets update', () => {
  it('--dry-run shows what would change and stores nothing', async () => {
    const { code, stdout, stderr, home: own } = await update(['--dry-run'], {}, newHome());
    expect([code, stderr]).toEqual([
      0,
      expect.stringContaining('received 3 tables, 3 new or changed; nothing is stored'),
    ]);
    expect(stdout).toContain('BTCUSDT');
    expect(() => readFileSync(join(own, '.config', 'liqcalc', 'brackets', 'binance', 'BTCUSDT.json'))).toThrow(
      'ENOENT',
    );
  });

  it('stores every table with its source and day, and the liquidation fees', async () => {
    const { code, stdout, stderr } = await update();
    expect([code, stderr]).toEqual([0, expect.stringContaining('stored 3 tables, 3 new or changed in ')]);
    expect(stdout).toContain('changed');
    const table = stored('brackets/binance/BTCUSDT.json');
    expect(table).toContain(`"asOf":"${new Date().toISOString().slice(0, 10)}"`);
    expect(table).toContain(`leverageBracket answer 127.0.0.1:`);
    expect(JSON.parse(stored('liquidation-fees/binance.json'))).toMatchObject({
      BTCUSDT: '0.015000',
      SOLUSDT: '0.015000',
    });
    const priced = await runLive(
      ['long', 'SOLUSDT', '--entry', '150', '--qty', '1', '-l', '10', '--only', 'liquidationPrice'],
      {
        home,
      },
    );
    // Tier 1 of the fake, 0.4 %: (150 - 15) / (1 - 0.004).
    expect([priced.code, priced.stdout]).toEqual([0, '135.54216867\n']);
  });

  it('says that nothing changed, and what changed, and keeps the table before', async () => {
    const same = await update();
    expect([same.code, same.stdout, same.stderr]).toEqual([
      0,
      '',
      expect.stringContaining('3 tables, 0 new or changed'),
    ]);
    const before = stored('brackets/binance/SOLUSDT.json');
    exchange.on('GET /fapi/v1/leverageBracket', () => ({
      body: '[{"symbol":"SOLUSDT","brackets":[{"bracket":1,"initialLeverage":50,"notionalCap":5000,"notionalFloor":0,"maintMarginRatio":0.0100,"cum":0.0}]}]',
    }));
    const { code, stdout } = await update(['SOLUSDT', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual(
      expect.arrayContaining([
        { symbol: 'SOLUSDT', change: 'changed', bracket: 1, what: 'ratePercent', from: '0.4', to: '1' },
      ]),
    );
    expect(stored('brackets/binance/SOLUSDT.before')).toBe(before);
    expect(stored('brackets/binance/SOLUSDT.json')).not.toBe(before);
  });

  it('stores the valid tables only, and says so: exit 65', async () => {
    const good =
      '{"symbol":"SOLUSDT","brackets":[{"bracket":1,"initialLeverage":50,"notionalCap":5000,"notionalFloor":0,"maintMarginRatio":0.01,"cum":0}]}';
    const bad = good.replace('SOLUSDT', 'ETHUSDT').replace('0.01', '1.5');
    exchange.on('GET /fapi/v1/leverageBracket', () => ({ body: `[${good},${bad}]` }));
    const { code, stderr } = await update([], {}, newHome());
    expect([code, stderr]).toEqual([65, expect.stringContaining('not stored: brackets of ETHUSDT')]);
    expect(stderr).toContain('stored 1 table');
  });

  it('leaves everything as it is if the exchange does not answer', async () => {
    const before = stored('brackets/binance/BTCUSDT.json');
    exchange.fail('/fapi/v1/leverageBracket', { status: 403, body: '<html>' });
    expect((await update()).code).toBe(69);
    exchange.fail('/fapi/v1/exchangeInfo', { status: 403, body: '<html>' });
    expect((await update()).code).toBe(69);
    exchange.fail('/fapi/v1/leverageBracket', { body: '{"hello":1}' });
    expect((await update()).code).toBe(65);
    expect(stored('brackets/binance/BTCUSDT.json')).toBe(before);
    expect((await update([], { LIQCALC_BINANCE_KEY: 'another-key-of-some-one' })).code).toBe(77);
  });
});

describe('brackets update --venue: public tables, without a key', () => {
  const cases: readonly (readonly [string, string, string, unknown, readonly string[]])[] = [
    [
      'okx',
      'BTC-USDT-SWAP',
      'GET /api/v5/public/position-tiers',
      { code: '0', data: OKX },
      ['instType=SWAP&tdMode=isolated&instFamily=BTC-USDT'],
    ],
    [
      'bybit',
      'BTCUSDT',
      'GET /v5/market/risk-limit',
      bybit(['0.005', '0.01', '0.01', '0.02']),
      ['category=linear&symbol=BTCUSDT'],
    ],
    ['gate', 'BTC_USDT', 'GET /api/v4/futures/usdt/risk_limit_tiers', GATE, ['contract=BTC_USDT']],
    [
      'bitget',
      'BTCUSDT',
      'GET /api/v2/mix/market/query-position-lever',
      { code: '00000', data: BITGET },
      ['productType=usdt-futures&symbol=BTCUSDT'],
    ],
    ['kucoin', 'BTCUSDT', 'GET /api/v1/contracts/risk-limit/XBTUSDTM', { code: '200000', data: KUCOIN }, ['']],
    ['dydx', '', 'GET /v4/perpetualMarkets', DYDX, ['']],
    ['hyperliquid', '', 'POST /info', META, ['']],
  ];

  it.each(cases)('%s', async (venue, symbol, request, answer, searches) => {
    const other = new FakeExchange();
    await other.start();
    other.on(request, () => ({ body: answer }));
    const own = newHome();
    const env = { [`LIQCALC_BASE_${venue.toUpperCase()}`]: other.url };
    const args = ['brackets', 'update', '--venue', venue, ...(symbol === '' ? [] : [symbol])];
    const { stderr } = await runLive(args, { env, home: own });
    await other.stop();
    expect(stderr).toMatch(/stored \d+ tables?/);
    expect([other.paths, other.seen.map(({ search }) => search)]).toEqual([[request], searches]);
    const list = await runLive(['brackets', 'list', '--venue', venue, '--json'], { home: own });
    expect(list.stdout).toContain('imported');
  });

  it('names what is missing', async () => {
    const run = await runLive(['brackets', 'update', '--venue', 'bybit'], {
      env: { LIQCALC_BASE_BYBIT: 'http://127.0.0.1:9' },
    });
    expect([run.code, run.stderr]).toEqual([2, expect.stringContaining('name symbols, like BTCUSDT')]);
  });
});
