import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Ratio } from '../../src/core/ratio.js';
import { marksAround, movedPrice, pairOf, type Feed } from '../../src/live/feed.js';
import { feeds } from '../../src/live/feeds/index.js';
import { feedKeyFor } from '../../src/live/secrets.js';
import type { Link, Query } from '../../src/live/venue.js';
import type { Run } from '../cli/run.js';
import { FakeBinance, KEY, SECRET } from './fake-binance.js';
import { runWithin } from './run-live.js';

const NOW = Date.now();
const SECONDS = Math.floor(NOW / 1000);

describe('the pair of a symbol', () => {
  it.each([
    ['BTCUSDT', 'BTC', 'USDT', '1'],
    ['ETHUSDC', 'ETH', 'USDC', '1'],
    ['BTCUSD_PERP', 'BTC', 'USD', '1'],
    ['BTCUSDT_261225', 'BTC', 'USDT', '1'],
    ['1000PEPEUSDT', 'PEPE', 'USDT', '1000'],
    ['1000000MOGUSDT', 'MOG', 'USDT', '1000000'],
    ['1INCHUSDT', '1INCH', 'USDT', '1'],
    ['BTC', 'BTC', 'USDT', '1'],
    ['kPEPE', 'PEPE', 'USDT', '1000'],
    ['KAS', 'KAS', 'USDT', '1'],
  ])('%s', (symbol, base, quote, multiple) => {
    const pair = pairOf(symbol);
    expect([pair.base, pair.quote, pair.multiple.toText(0)]).toEqual([base, quote, multiple]);
  });
});

describe('a price at its own time', () => {
  const at = (feed: string, low: string, high: string, now: string): string =>
    movedPrice({ price: Ratio.from(feed) }, { low: Ratio.from(low), high: Ratio.from(high) }, Ratio.from(now)).toText(
      8,
    );

  it('moves as the mark has moved since: the difference is that of the time of the feed', () => {
    // 100 while the mark was 101 to 102; the mark is now 10 % above 101: 100 x 111.1 / 101.
    expect(at('100', '101', '102', '111.1')).toBe('110');
    expect(at('103', '101', '102', '102')).toBe('103');
  });

  it('is the mark itself if the mark was at it within the minute', () => {
    expect(at('101.5', '101', '102', '90')).toBe('90');
  });

  it('has marks around it unless it is too far from now', () => {
    const minute = (start: number) => ({ start, low: Ratio.ONE, high: Ratio.ONE });
    const minutes = [minute(NOW - 120_000), minute(NOW - 60_000), minute(NOW)];
    expect(marksAround(minutes, NOW - 30_000, NOW)).toBe(minutes[1]);
    expect(marksAround(minutes, NOW + 5000, NOW)).toBe(minutes[2]);
    expect(marksAround(minutes, NOW - 121_000, NOW)).toBeUndefined();
    expect(marksAround(minutes, NOW - 300_001, NOW)).toBeUndefined();
    expect(marksAround(minutes, NOW + 300_001, NOW)).toBeUndefined();
  });
});

/** What a feed says about symbols for an answer, and what it requested. */
async function said(feed: Feed, symbols: readonly string[], body: unknown): Promise<[string[], Query | undefined]> {
  let asked: Query | undefined;
  const get: Link['get'] = (request, query) => {
    expect(feed.allow).toContain(request);
    asked = query;
    return Promise.resolve(typeof body === 'string' ? body : JSON.stringify(body));
  };
  const found = await feed.prices({ get, now: () => NOW, hosts: feed.hosts.live }, symbols.map(pairOf));
  return [found.map(({ symbol, price, time }) => `${symbol} ${price.toText(12)} ${time}`), asked];
}

describe('CoinGecko', () => {
  const BODY =
    '{"bitcoin":{"usd":91023.41928374651,"last_updated_at":1764284391},"pepe":{"usd":1.25e-05,"last_updated_at":1764284389},"tether":{"usd":0.5,"last_updated_at":1764284395},"solana":{"usd":null,"last_updated_at":1764284395}}';

  it('is converted from USD by its own price of the quote, with every digit, and multiplied', async () => {
    const [prices, query] = await said(feeds.coingecko, ['BTCUSDT', '1000PEPEUSDT', 'BTCUSD_PERP'], BODY);
    expect(prices).toEqual([
      'BTCUSDT 182046.83856749302 1764284391000',
      '1000PEPEUSDT 0.025 1764284389000',
      'BTCUSD_PERP 91023.41928374651 1764284391000',
    ]);
    expect(query).toEqual({
      ids: 'bitcoin,pepe,tether',
      vs_currencies: 'usd',
      include_last_updated_at: true,
      precision: 'full',
    });
  });

  it('has no price of an asset without an id, without a price, in an unknown quote, or beside an old quote', async () => {
    expect(await said(feeds.coingecko, ['NOSUCHUSDT'], '{}')).toEqual([[], undefined]);
    expect((await said(feeds.coingecko, ['SOLUSDT', 'ETHUSDT', 'BTCEUR', 'BTCUSDC'], BODY))[0]).toEqual([]);
    const old = BODY.replace('1764284395', '1764284000');
    expect((await said(feeds.coingecko, ['BTCUSDT'], old))[0]).toEqual([]);
  });

  it('that answers something else is an error', async () => {
    for (const body of [
      '[]',
      '{"bitcoin":{"usd":-1,"last_updated_at":1}}',
      '{"bitcoin":{"usd":"x","last_updated_at":1}}',
    ])
      await expect(said(feeds.coingecko, ['BTCUSDT'], body)).rejects.toThrow('is not as documented');
  });
});

describe('CryptoCompare', () => {
  it('has prices in the quote, with their times', async () => {
    const entry = { PRICE: 91058.4, LASTUPDATE: 1764284391 };
    const RAW = {
      BTC: { USDT: entry, USD: { ...entry, PRICE: 91022.13 } },
      PEPE: { USDT: { ...entry, PRICE: 1.2e-5 } },
    };
    const symbols = ['BTCUSDT', 'BTCUSD_PERP', '1000PEPEUSDT', 'ETHUSDT', 'PEPEUSD_PERP'];
    const [prices, query] = await said(feeds.cryptocompare, symbols, { RAW, DISPLAY: {} });
    expect(prices).toEqual([
      'BTCUSDT 91058.4 1764284391000',
      'BTCUSD_PERP 91022.13 1764284391000',
      '1000PEPEUSDT 0.012 1764284391000',
    ]);
    expect(query).toEqual({ fsyms: 'BTC,ETH,PEPE', tsyms: 'USD,USDT' });
  });

  it('gives its errors the status of an answer', async () => {
    const error = (Message?: string): Promise<unknown> =>
      said(feeds.cryptocompare, ['BTCUSDT'], { Response: 'Error', Message, Data: {} });
    await expect(error('You are over your rate limit please upgrade your account!')).rejects.toMatchObject({
      kind: 'unavailable',
      message: 'CryptoCompare refuses: You are over your rate limit please upgrade your account!',
    });
    await expect(error('You need a valid auth key or api key to access this endpoint')).rejects.toMatchObject({
      kind: 'noKey',
    });
    await expect(error()).rejects.toThrow('CryptoCompare refuses: its answer has no prices');
    expect(await error('cccagg_or_exchange market does not exist for this coin pair (X-USDT)')).toEqual([
      [],
      { fsyms: 'BTC', tsyms: 'USDT' },
    ]);
  });
});

describe('the key of a feed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'liqcalc-feeds-'));
  const file = (name: string, content: unknown): string => {
    const path = join(folder, name);
    writeFileSync(path, JSON.stringify(content), { mode: 0o600 });
    return path;
  };
  const find = (places: Partial<Parameters<typeof feedKeyFor>[1]>): string | undefined =>
    feedKeyFor('COINGECKO', { env: {}, platform: 'linux', ...places })?.key.reveal();

  it('has a name; a key without one belongs to an exchange, and feeds do not get it', () => {
    const exchange = file('exchange.json', { apiKey: KEY, secret: SECRET });
    const named = file('named.json', { binance: { apiKey: KEY, secret: SECRET }, coingecko: { apiKey: 'cg-file' } });
    const env = { LIQCALC_COINGECKO_KEY: 'cg-env', LIQCALC_BINANCE_KEY: KEY };
    expect(find({ keyFile: exchange, ownFile: exchange })).toBeUndefined();
    expect(find({ keyFile: exchange, env, ownFile: named })).toBe('cg-env');
    expect(find({ keyFile: named, env })).toBe('cg-file');
    expect(find({ ownFile: named })).toBe('cg-file');
    expect(find({ ownFile: join(folder, 'none.json') })).toBeUndefined();
    expect(find({ ownFile: file('empty.json', { coingecko: { apiKey: '' } }) })).toBeUndefined();
  });
});

describe('--feeds', () => {
  let exchange: FakeBinance;
  beforeEach(async () => {
    exchange = new FakeBinance();
    await exchange.start();
    const minute = (ago: number, low: string, high: string): unknown[] => {
      const start = Math.floor(Date.now() / 60_000 - ago) * 60_000;
      return [start, low, high, low, high, '0', start + 59_999, '0', 60, '0', '0', '0'];
    };
    // A minute ago and before, the mark was 1 % lower than the 59000 of now.
    exchange.on('GET /fapi/v1/markPriceKlines', () => ({
      body: [...[4, 3, 2, 1].map((ago) => minute(ago, '58410', '58410')), minute(0, '58410', '59000')],
    }));
  });
  afterEach(() => exchange.stop());

  const gecko = (usd: number, ageSeconds = 90): void =>
    exchange.on('GET /api/v3/simple/price', () => {
      const last_updated_at = SECONDS - ageSeconds;
      return { body: { bitcoin: { usd, last_updated_at }, tether: { usd: 1.001, last_updated_at } } };
    });
  const checked = (line: string, env: Record<string, string> = {}): Promise<Run> =>
    runWithin(line.split(' '), {
      env: { ...exchange.env, LIQCALC_BASE_COINGECKO: exchange.url, LIQCALC_BASE_CRYPTOCOMPARE: exchange.url, ...env },
    });
  const POSITION = 'check long BTCUSDT -e 60000 -l 20 --qty 0.5 --mmr 0.4 --live --feeds coingecko';
  const ONLY = ' --only rule,message';

  it('is compared with the mark of its own time: a move since then is not a difference', async () => {
    gecko(58468.41);
    const { stdout, stderr } = await checked(POSITION + ONLY);
    // 58468.41 / 1.001 = 58410, the mark of that minute; the mark of now is 1 % higher.
    expect(stdout).not.toContain('mark-vs-index');
    expect(stderr).toMatch(/live: coingecko has BTCUSDT at 58410, 9\d\.\d s old\n/);
    expect(exchange.seen.find(({ path }) => path === '/fapi/v1/markPriceKlines')?.search).toBe(
      'symbol=BTCUSDT&interval=1m&limit=7',
    );
  });

  it('shows a difference of its own time at the price of now', async () => {
    gecko(58760.75205);
    const { stdout } = await checked(POSITION + ONLY);
    // 58760.75205 / 1.001 = 58702.05, 0.5 % above the 58410 of then; now that is 59000 x 1.005 = 59295.
    expect(stdout).toContain('mark-vs-index\tthe mark 59000 is 0.5 % below coingecko, 59295; the limit is 0.3 %');
  });

  it('leaves out a price that is too old, or that the feed does not have, and says so', async () => {
    gecko(50000, 400);
    const old = await checked(POSITION + ONLY);
    expect([old.stdout.includes('mark-vs-index'), old.stderr]).toEqual([
      false,
      expect.stringMatching(/coingecko has a price of BTCUSDT that is 40\d\.\d s old; it is not compared/),
    ]);
    exchange.on('GET /api/v3/simple/price', () => ({ body: {} }));
    expect((await checked(POSITION)).stderr).toContain('coingecko has no price of BTCUSDT');
  });

  it('joins the index, given feeds, and other feeds', async () => {
    gecko(58468.41);
    const price = { PRICE: 57000, LASTUPDATE: SECONDS - 5 };
    exchange.on('GET /data/pricemultifull', () => ({ body: { RAW: { BTC: { USDT: price } } } }));
    const env = { LIQCALC_CRYPTOCOMPARE_KEY: 'cc-key-cc-key-cc-key' };
    const line = `${POSITION},cryptocompare --feed bitstamp=59001`;
    const { stdout } = await checked(line + ONLY, env);
    expect(stdout).toMatch(/mark-vs-index\tthe mark 59000 is .* above cryptocompare, /);
    expect(exchange.seen.find(({ path }) => path === '/data/pricemultifull')?.headers['authorization']).toBe(
      'Apikey cc-key-cc-key-cc-key',
    );
    expect(exchange.seen.find(({ path }) => path === '/api/v3/simple/price')?.headers['x-cg-demo-api-key']).toBe(
      undefined,
    );
    await checked(POSITION, { LIQCALC_COINGECKO_KEY: 'cg-key' });
    expect(exchange.seen.findLast(({ path }) => path === '/api/v3/simple/price')?.headers['x-cg-demo-api-key']).toBe(
      'cg-key',
    );
  });

  it('compares every position of an account', async () => {
    gecko(57000);
    const { stdout, stderr, code } = await checked('check --live --account binance --feeds coingecko --json');
    expect(code).toBe(1);
    const { findings } = JSON.parse(stdout) as { findings: { rule: string; symbol: string; message: string }[] };
    const found = findings.filter(({ rule }) => rule === 'mark-vs-index');
    expect(found.map(({ symbol }) => symbol)).toEqual(['BTCUSDT']);
    expect(found[0]?.message).toContain('above coingecko');
    expect(stderr).toContain('coingecko has no price of ETHUSDT');
  });

  it('sends nothing to a feed for an account without positions', async () => {
    exchange.positions.clear();
    expect((await checked('check --live --account binance --feeds coingecko --json')).stdout).not.toBe('');
    expect(exchange.paths).not.toContain('GET /api/v3/simple/price');
  });

  it('fails if the marks of its time are not as documented', async () => {
    gecko(57000);
    exchange.on('GET /fapi/v1/markPriceKlines', () => ({ body: [[1, '2', '0', '4']] }));
    expect(await checked(POSITION)).toMatchObject({
      code: 69,
      stderr: expect.stringContaining('a candle is not a list of prices') as string,
    });
  });

  it('fails as a whole if a feed fails, and before anything is sent if a key is missing', async () => {
    exchange.on('GET /api/v3/simple/price', () => ({ status: 403, body: '<html>' }));
    expect(await checked(POSITION)).toMatchObject({ code: 69, stdout: '' });
    exchange.seen.length = 0;
    const keyless = await checked(POSITION.replace('coingecko', 'cryptocompare'));
    expect(keyless).toMatchObject({ code: 77, stdout: '' });
    expect(keyless.stderr).toContain('CryptoCompare needs a key: give LIQCALC_CRYPTOCOMPARE_KEY, or {"cryptocompare"');
    expect(exchange.seen).toEqual([]);
  });

  it('is refused where it cannot be used', async () => {
    expect(await checked(POSITION.replace(' --live', ''))).toMatchObject({ code: 2, stdout: '' });
    expect((await checked(POSITION.replace('coingecko', 'bitfeed'))).stderr).toContain('coingecko or cryptocompare');
    exchange.on('POST /info', ({ body }) => ({
      body: body.includes('metaAndAssetCtxs') ? [{ universe: [{ name: 'BTC' }] }, [{ markPx: '59000' }]] : [],
    }));
    const markless = POSITION.replace('BTCUSDT', 'BTC --venue hyperliquid');
    expect((await checked(markless, { LIQCALC_BASE_HYPERLIQUID: exchange.url })).stderr).toContain(
      '--feeds: Hyperliquid has no candles of marks',
    );
    const elsewhere = await runWithin(POSITION.split(' '), { env: { ...exchange.env } });
    expect([elsewhere.code, elsewhere.stderr]).toEqual([
      78,
      expect.stringContaining('LIQCALC_BASE_BINANCE is set, so CoinGecko is not asked'),
    ]);
  });
});
