import { describe, expect, it } from 'vitest';
import { hostsOf } from '../../src/live/hosts.js';
import { liveVenues } from '../../src/live/venues/index.js';
import { FakeBinance } from './fake-binance.js';
import { runWithin } from './run-live.js';

const { binance, 'binance-coinm': coinM, hyperliquid, okx } = liveVenues;

describe('--demo', () => {
  it('has the hosts of the testnets, and not one of the others', () => {
    expect(hostsOf(binance, {}, true)).toEqual({
      rest: 'https://demo-fapi.binance.com',
      market: 'wss://demo-fstream.binance.com/market',
      user: 'wss://demo-fstream.binance.com/private',
    });
    expect(hostsOf(coinM, {}, true)).toEqual({
      rest: 'https://testnet.binancefuture.com',
      market: 'wss://dstream.binancefuture.com',
      user: 'wss://dstream.binancefuture.com',
    });
    expect(hostsOf(hyperliquid, {}, true).rest).toBe('https://api.hyperliquid-testnet.xyz');
    for (const venue of [binance, coinM, hyperliquid]) {
      const demo = Object.values<unknown>({ ...hostsOf(venue, {}, true) });
      expect(demo.filter((host) => Object.values<unknown>({ ...hostsOf(venue, {}) }).includes(host))).toEqual([]);
    }
    expect(() => hostsOf(okx, {}, true)).toThrow('OKX has no demo');
  });

  it('requests the same things there, except what the key may do', async () => {
    const exchange = await new FakeBinance().start();
    const call = (line: string): ReturnType<typeof runWithin> => runWithin(line.split(' '), { env: exchange.env });
    const account = await call('fetch account --demo');
    expect([account.code, account.stderr]).toEqual([0, '']);
    expect(exchange.paths).toContain('GET /fapi/v3/account');
    expect(exchange.paths).not.toContain('GET /sapi/v1/account/apiRestrictions');
    expect((await call('check --live --account binance --demo')).stdout).toContain('LONG BTCUSDT');
    const none = await runWithin('brackets update BTCUSDT --venue bybit --demo'.split(' '), {
      env: { LIQCALC_BASE_BYBIT: exchange.url },
    });
    expect([none.code, none.stdout, none.stderr]).toEqual([2, '', 'liqcalc: Bybit has no demo\n']);
    await exchange.stop();
  });
});
