import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeBinance } from './fake-binance.js';
import { refuseSecrets, runLive } from './run-live.js';

let exchange: FakeBinance;
beforeEach(async () => {
  exchange = new FakeBinance();
  await exchange.start();
});
afterEach(() => exchange.stop());

/** The promises of live data; that other commands open no socket is in `test/network.test.ts`. */
describe('live commands', () => {
  const COMMANDS = [
    'fetch account',
    'fetch orders',
    'brackets update --dry-run',
    'account --live --account binance',
    'check --live --account binance',
    'long BTCUSDT -l 10 --qty 0.1 --live',
  ];

  it('cannot trade: all that they send is reading', async () => {
    for (const command of COMMANDS) await runLive(command.split(' '), { env: exchange.env });
    expect(exchange.seen.length).toBeGreaterThan(20);
    expect(exchange.seen.filter(({ method }) => method !== 'GET')).toEqual([]);
    expect(
      exchange.paths.filter((path) => /\/(order|batchOrders|leverage|marginType|positionMargin)$/.test(path)),
    ).toEqual([]);
  });

  it('say how old a price is', async () => {
    const { stderr } = await runLive(['long', 'BTCUSDT', '-l', '10', '--mmr', '1', '--live'], {
      env: { LIQCALC_BASE_BINANCE: exchange.url },
    });
    expect(stderr).toMatch(/mark 59000, \d+\.\d s old/);
    const old = { symbol: 'BTCUSDT', markPrice: '59000', indexPrice: '59000', time: Date.now() - 90_000 };
    exchange.on('GET /fapi/v1/premiumIndex', () => ({ body: old }));
    const late = await runLive(['long', 'BTCUSDT', '-l', '10', '--mmr', '1', '--live'], {
      env: { LIQCALC_BASE_BINANCE: exchange.url },
    });
    expect(late.stderr).toMatch(/mark 59000, 9\d\.\d s old/);
  });

  it('print no secret, for any answer of the exchange, also with LIQCALC_DEBUG=1', async () => {
    exchange.on('GET /fapi/v3/account', ({ headers, search }) => ({
      status: 400,
      body: { code: -1, msg: `bad request ${search} of ${String(headers['x-mbx-apikey'])}` },
    }));
    // runLive looks for secrets in all that was printed and written.
    const { code, stderr } = await runLive(['fetch', 'account'], { env: exchange.env });
    expect([code, stderr]).toEqual([69, expect.stringContaining('signature=[hidden]')]);
    for (const text of [...Object.values(exchange.env).slice(1), 'signature=0f', '"listenKey":"0123456789abcdef"'])
      expect(() => refuseSecrets(text)).toThrow('a secret is in the output');
  });

  it('keep every digit: what fetch prints are the bytes of the exchange', async () => {
    const bytes =
      '[{"symbol":"BTCUSDT","brackets":[{"bracket":1,"notionalCap":5e4,"maintMarginRatio":0.00400000000000000001,"cum":1234567890123456789}]}]';
    exchange.on('GET /fapi/v1/leverageBracket', () => ({ body: bytes }));
    const { stdout } = await runLive(['fetch', 'brackets'], { env: exchange.env });
    expect(stdout).toBe(`${bytes}\n`);
  });
});
