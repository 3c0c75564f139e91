import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Run } from '../cli/run.js';
import { newHome, runLive, runWithin } from './run-live.js';

/**
 * A package in the place of ccxt, with unified answers as its manual documents them. It counts in the type that
 * `number` says, and writes what it is called with to stderr.
 */
const CCXT = `
class kraken {
  constructor(config) { this.config = config; this.number = Number; }
  note(method, args) { globalThis.ccxtCalls.push([method, JSON.stringify(args), JSON.stringify(this.config)]); }
  async fetchPositions(...args) {
    this.note('fetchPositions', args);
    const n = this.number;
    return [{ id: null, symbol: 'BTC/USDT:USDT', side: 'long', contracts: n('0.50000000000000001'), contractSize: n('1'),
      entryPrice: n('60000'), markPrice: n('59000'), leverage: n('20'), marginMode: 'cross', hedged: false,
      maintenanceMarginPercentage: n('0.004'), info: {} }];
  }
  async fetchLeverageTiers(...args) {
    this.note('fetchLeverageTiers', args);
    const n = this.number;
    const tier = (tier, min, max, rate, lev) => ({ tier: n(tier), symbol: 'BTC/USDT:USDT', currency: 'USDT', minNotional: n(min),
      maxNotional: n(max), maintenanceMarginRate: n(rate), maxLeverage: n(lev), info: {} });
    return { 'BTC/USDT:USDT': [tier('1', '0', '50000', '0.004', '125'), tier('2', '50000', '600000', '0.005', '100')] };
  }
  async fetchOHLCV(...args) {
    this.note('fetchOHLCV', args);
    const n = this.number;
    return Array.from({ length: 20 }, (_, i) => [1700000000000 + i * 3600000, n('100'), n('105'), n('95'), n('101'), n('7')]);
  }
  async fetchOpenOrders() { throw new AuthenticationError('the key abc'); }
  async fetchMyTrades() { throw new Error('the network and the key abc'); }
  async fetchFundingRateHistory(...args) { this.note('fetchFundingRateHistory', args); throw 'nothing'; }
}
class AuthenticationError extends Error {}
module.exports = { kraken, version: '4.5.84' };
`;

const calls: [string, string, string][] = [];
const program = process.argv[1] ?? '';
beforeAll(() => {
  const place = mkdtempSync(join(tmpdir(), 'liqcalc-ccxt-'));
  mkdirSync(join(place, 'node_modules', 'ccxt'), { recursive: true });
  writeFileSync(join(place, 'node_modules', 'ccxt', 'index.js'), CCXT);
  // The package is looked for beside the program.
  process.argv[1] = join(place, 'liqcalc.js');
  writeFileSync(process.argv[1], '');
  Object.assign(globalThis, { ccxtCalls: calls });
});
afterAll(() => {
  process.argv[1] = program;
});

const via = (line: string, env: Record<string, string> = {}): Promise<Run> =>
  runWithin([...`fetch ${line}`.split(' '), '--via', 'ccxt'], { env });
const offline = (line: string, stdin: string): Promise<Run> =>
  runWithin(line.split(' '), { stdin, env: { LIQCALC_OFFLINE: '1', HOME: newHome() } });

describe('--via ccxt', () => {
  it('without the package: how to install it', async () => {
    const placed = process.argv[1] ?? '';
    process.argv[1] = program;
    const run = await runLive(['fetch', 'positions', '--via', 'ccxt', '--venue', 'kraken']).finally(() => {
      process.argv[1] = placed;
    });
    expect([run.code, run.stdout, run.stderr]).toEqual([2, '', expect.stringContaining('npm install -g ccxt')]);
  });

  it('positions: every digit, and account prices them', async () => {
    const env = { LIQCALC_KRAKEN_KEY: 'key-of-kraken', LIQCALC_KRAKEN_SECRET: 'secret-of-kraken' };
    const { stdout, code } = await via('positions --venue kraken', env);
    expect([code, stdout]).toEqual([0, expect.stringContaining('"contracts": "0.50000000000000001"')]);
    expect(calls.at(-1)).toEqual([
      'fetchPositions',
      '[null]',
      '{"apiKey":"key-of-kraken","secret":"secret-of-kraken","enableRateLimit":true,"options":{"defaultType":"swap"}}',
    ]);
    const priced = await offline('account --from ccxt --wallet 5000 --only liquidationPrice', stdout);
    // (60000 x 0.5 - 5000) / (0.5 x (1 - 0.004)), with the rate that the position has.
    expect([priced.code, priced.stdout]).toEqual([0, '50200.80321285\n']);
  });

  it('brackets, which brackets import takes', async () => {
    const { stdout } = await via('brackets BTC/USDT:USDT --account kraken');
    expect(calls.at(-1)?.slice(0, 2)).toEqual(['fetchLeverageTiers', '[["BTC/USDT:USDT"]]']);
    const imported = await offline('brackets import - --venue kraken', stdout);
    expect([imported.code, imported.stderr]).toEqual([0, expect.stringContaining('stored 1 table')]);
  });

  it('candles, which stop takes', async () => {
    const { stdout } = await via('candles BTC/USDT:USDT --venue kraken --limit 20 --to-time 1700072000000');
    expect(calls.at(-1)?.slice(0, 2)).toEqual(['fetchOHLCV', '["BTC/USDT:USDT","1h",null,20,{"until":1700072000000}]']);
    expect((await offline('stop long --candles - --only atrValue,candleCount', stdout)).stdout).toBe('10\t20\n');
  });

  it('an error by its kind only: its words may have a key', async () => {
    expect(await via('orders BTC/USDT:USDT --venue kraken')).toMatchObject({
      code: 77,
      stderr: 'liqcalc: ccxt kraken fetchOpenOrders: AuthenticationError\n',
    });
    expect(await via('trades BTC/USDT:USDT --venue kraken')).toMatchObject({
      code: 69,
      stderr: 'liqcalc: ccxt kraken fetchMyTrades: Error\n',
    });
    const odd = await via('funding BTC/USDT:USDT --venue kraken --limit 3');
    expect([odd.code, odd.stderr]).toEqual([69, 'liqcalc: ccxt kraken fetchFundingRateHistory: unknown reason\n']);
    expect(calls.at(-1)?.[1]).toBe('["BTC/USDT:USDT",null,3,{}]');
  });

  it.each([
    ['time --venue kraken', {}, 2, '--via ccxt has no time; it has positions'],
    ['positions', {}, 2, '--via ccxt needs an exchange'],
    ['positions --venue version', {}, 2, 'ccxt has no exchange version'],
    ['positions --venue kraken', { LIQCALC_BASE_BINANCE: 'http://127.0.0.1:9' }, 78, 'no other host gets a request'],
    ['positions --venue kraken', { LIQCALC_OFFLINE: '1' }, 78, 'live commands are switched off'],
  ])('%s %j', async (line, env, code, words) => {
    const run = await via(line, env);
    expect([run.code, run.stdout, run.stderr]).toEqual([code, '', expect.stringContaining(words)]);
  });
});
