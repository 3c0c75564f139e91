import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { liveVenues } from '../../src/live/venues/index.js';
import { FakeBinance, KEY, refused, SECRET } from './fake-binance.js';
import type { Fault } from './fake-exchange.js';
import { newHome, runLive, runWithin, type LiveRun } from './run-live.js';

let exchange: FakeBinance;

beforeEach(async () => {
  exchange = new FakeBinance();
  await exchange.start();
});
afterEach(() => exchange.stop());

const T0 = 1_764_288_000_000;
const DAY = 86_400_000;
const day = (ms: number): string => new Date(ms).toISOString();

const fetched = (args: readonly string[], env: Record<string, string> = {}): Promise<LiveRun> =>
  runLive(['fetch', ...args], { env: { ...exchange.env, ...env } });

/** Public requests need no key. */
const publicly = (args: readonly string[]): Promise<LiveRun> =>
  runLive(['fetch', ...args], { env: { LIQCALC_BASE_BINANCE: exchange.url } });

async function offline(args: readonly string[], stdin: string): Promise<LiveRun> {
  return runLive(args, { stdin, env: { LIQCALC_OFFLINE: '1' } });
}

describe('fetch, and the offline command that takes it', () => {
  it('account: one object that account prices, with the mode and leverage of symbolConfig', async () => {
    const { stdout, code } = await fetched(['account']);
    expect(code).toBe(0);
    const account = JSON.parse(stdout) as Record<string, unknown>;
    expect(account).toMatchObject({
      multiAssetsMargin: false,
      positions: [
        { symbol: 'BTCUSDT', leverage: '20', marginType: 'cross', isAutoAddMargin: false },
        { symbol: 'ETHUSDT', leverage: '10', marginType: 'isolated', isolatedWallet: '600.00000000' },
      ],
    });
    expect(Math.abs(Number(account['fetchedAt']) - Date.now())).toBeLessThan(60_000);
    const answer = await offline(['account', '--from', 'binance', '--json'], stdout);
    expect(answer.code).toBe(0);
    const { positions, wallet } = JSON.parse(answer.stdout) as {
      wallet: string;
      positions: { mode: string; leverage?: string }[];
    };
    expect([wallet, positions.map(({ mode }) => mode)]).toEqual(['4400', ['cross', 'isolated']]);
  });

  it('brackets: the bytes of the exchange, which brackets import takes', async () => {
    const { stdout } = await fetched(['brackets']);
    expect(stdout).toContain('"maintMarginRatio":0.0065,"cum":950.000}');
    const imported = await offline(['brackets', 'import', '-'], stdout);
    expect([imported.code, imported.stderr]).toEqual([0, expect.stringContaining('stored 3 tables')]);
    const { stdout: some } = await fetched(['brackets', 'BTCUSDT', 'SOLUSDT']);
    expect((JSON.parse(some) as { symbol: string }[]).map(({ symbol }) => symbol)).toEqual(['BTCUSDT', 'SOLUSDT']);
  });

  it('positions, which account takes with a wallet', async () => {
    const { stdout } = await fetched(['positions']);
    const { code, stdout: out } = await offline(['account', '--from', 'binance', '--wallet', '5000', '--json'], stdout);
    expect([code, out]).toEqual([0, expect.stringContaining('ETHUSDT')]);
  });

  it('orders: openOrders and then openAlgoOrders, without which a stop would be missed', async () => {
    const { stdout } = await fetched(['orders', 'BTCUSDT']);
    expect(stdout).toContain('"orderId":"8389765612345678901"');
    expect((JSON.parse(stdout) as { triggerPrice?: string }[]).map((each) => each.triggerPrice)).toEqual([
      undefined,
      '57000.000',
    ]);
    const home = newHome();
    writeFileSync(join(home, 'orders.json'), stdout);
    const check = await runLive(
      [
        'check',
        'long',
        'BTCUSDT',
        '--entry',
        '60000',
        '--qty',
        '0.5',
        '-l',
        '20',
        '--mark',
        '59500',
        '--orders',
        join(home, 'orders.json'),
        '--json',
      ],
      { home, stdin: '' },
    );
    const { findings, skipped } = JSON.parse(check.stdout) as Record<'findings' | 'skipped', { rule: string }[]>;
    const rules = [...findings, ...skipped].map(({ rule }) => rule);
    expect(rules).not.toContain('stop-missing');
  });

  it('trades of four weeks, page by page and in windows of a week, once each and in order; average takes them', async () => {
    const { stdout, code } = await fetched([
      'trades',
      'BTCUSDT',
      '--from-time',
      day(T0 - 30 * DAY),
      '--to-time',
      day(T0),
    ]);
    expect(code).toBe(0);
    const ids = (JSON.parse(stdout) as { id: number }[]).map(({ id }) => id);
    expect(ids).toEqual(Array.from({ length: 2300 }, (_, place) => 7000 + place));
    const windows = exchange.seen.filter(({ path }) => path === '/fapi/v1/userTrades').map(({ query }) => query);
    expect(windows.length).toBeGreaterThan(4);
    for (const query of windows) {
      expect(Number(query.get('endTime')) - Number(query.get('startTime'))).toBeLessThan(7 * DAY);
    }
    const average = await offline(['average', 'BTCUSDT', '--fills', '-', '--json'], stdout);
    expect([average.code, average.stdout]).toEqual([0, expect.stringContaining('60000.1')]);
  }, 60_000);

  it('income and funding, which funding takes', async () => {
    const income = await fetched(['income', 'BTCUSDT', '--from-time', day(T0 - 20 * DAY), '--to-time', day(T0)]);
    expect(JSON.parse(income.stdout)).toHaveLength(30);
    const { stdout } = await publicly(['funding', 'BTCUSDT', '--limit', '60']);
    expect(JSON.parse(stdout)).toHaveLength(60);
    const position = ['long', 'BTCUSDT', '--entry', '60000', '--qty', '0.5', '-l', '20', '--mark', '59500'];
    for (const rates of [stdout, income.stdout]) {
      const answer = await offline(['funding', ...position, '--rates', '-', '--json'], rates);
      expect([answer.code, answer.stderr]).toEqual([0, '']);
    }
  });

  it('candles, mark candles and open interest, which check takes in an account', async () => {
    const answers: string[] = [];
    for (const [what, count] of [
      ['candles', 30],
      ['mark-candles', 30],
      ['open-interest', 24],
    ] as const) {
      const { stdout } = await publicly([what, 'BTCUSDT', '--limit', String(count), '--interval', '1h']);
      expect(JSON.parse(stdout)).toHaveLength(count);
      answers.push(stdout);
    }
    const seen = exchange.seen.find(({ path }) => path === '/futures/data/openInterestHist');
    expect(seen?.search).toBe('symbol=BTCUSDT&period=1h&limit=24');
    const [candles = '', , openInterest = ''] = answers;
    const position = `"symbol":"BTCUSDT","side":"long","qty":"0.5","entry":"60000","mark":"59500","lev":"20"`;
    const account = `{"wallet":"5000","positions":[{${position},"candles":${candles},"openInterest":${openInterest}}]}`;
    const check = await offline(['check', '--json'], account);
    const { skipped } = JSON.parse(check.stdout) as { skipped: { rule: string }[] };
    expect(skipped.map(({ rule }) => rule)).not.toContain('open-interest');
  });

  it.each([
    ['marks', 'GET /fapi/v1/premiumIndex'],
    ['time', 'GET /fapi/v1/time'],
    ['info', 'GET /fapi/v1/exchangeInfo'],
    ['funding-info', 'GET /fapi/v1/fundingInfo'],
  ])('%s, without a key', async (what, request) => {
    const { code, stdout } = await publicly([what]);
    expect([code, exchange.paths]).toEqual([0, [request]]);
    expect(() => JSON.parse(stdout) as unknown).not.toThrow();
    expect(exchange.seen[0]?.headers).not.toHaveProperty('x-mbx-apikey');
  });

  it.each(['symbol-config', 'account-config'])('%s, with a key', async (what) => {
    const { code, stdout } = await fetched([what]);
    expect([code, stdout.startsWith('[') || stdout.startsWith('{')]).toEqual([0, true]);
  });

  it('can fetch everything that Binance has', async () => {
    const needs: Record<string, readonly string[]> = { one: ['BTCUSDT'], some: [], none: [] };
    for (const [what, { symbols = 'some' }] of Object.entries(liveVenues.binance.fetches)) {
      const { code, stderr } = await fetched([what, ...(needs[symbols] ?? [])]);
      expect([what, code, stderr]).toEqual([what, 0, '']);
    }
  }, 60_000);

  it('--raw prints one answer untouched', async () => {
    const { stdout } = await fetched(['account', '--raw']);
    expect(Object.keys(JSON.parse(stdout) as object)).not.toContain('fetchedAt');
    expect(exchange.paths).toEqual(['GET /fapi/v1/time', 'GET /fapi/v3/account']);
    const orders = await fetched(['orders', '--raw']);
    expect(JSON.parse(orders.stdout)).toHaveLength(1);
  });
});

describe('faults', () => {
  const after = (run: LiveRun): unknown[] => [run.code, run.stdout];

  it('clocks that are 12 s off either way are measured before the first signed request', async () => {
    for (const skew of [12_000, -12_000]) {
      exchange.skewMs = skew;
      const { code } = await fetched(['account']);
      expect(code).toBe(0);
    }
    expect(exchange.paths.filter((path) => path === 'GET /fapi/v1/time')).toHaveLength(2);
  });

  it.each([429, 418])('%i is waited for as long as it says', async (status) => {
    exchange.fail('/fapi/v1/premiumIndex', refused(status, -1003, 'Too many requests', { 'retry-after': '1' }));
    const start = performance.now();
    const { code } = await publicly(['marks', 'BTCUSDT']);
    expect([code, exchange.paths]).toEqual([0, ['GET /fapi/v1/premiumIndex', 'GET /fapi/v1/premiumIndex']]);
    expect(performance.now() - start).toBeGreaterThan(1000);
  });

  const FAULTS: readonly (readonly [string, Fault, number, string])[] = [
    [
      'a limit beyond the time there is',
      refused(429, -1003, 'Too many requests', { 'retry-after': '60' }),
      69,
      'ask again in 60 s',
    ],
    ['a ban', refused(418, -1003, 'Way too many requests', { 'retry-after': '120' }), 69, 'has banned this address'],
    ['the firewall', { status: 403, body: '<html>403 Forbidden</html>' }, 69, 'firewall'],
    ['a restricted place', { status: 451, body: '{}' }, 69, 'does not serve the place'],
    ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }, 69, 'not followed'],
    ['no answer', 'hang', 69, 'no complete answer within'],
    ['a slow answer', 'trickle', 69, 'no complete answer within'],
    ['an unknown symbol', refused(400, -1121, 'Invalid symbol.'), 2, 'Invalid symbol. (-1121)'],
    ['a page in place of JSON', { body: '<html>hello</html>' }, 69, 'not JSON'],
  ];
  it.each(FAULTS)('%s: nothing on stdout, and the reason', async (_, fault, code, words) => {
    exchange.fail('/fapi/v3/positionRisk', fault, 9);
    const run = await fetched(['account', '--timeout', '2s']);
    expect(after(run)).toEqual([code, '']);
    expect(run.stderr).toContain(words);
    expect(run.stderr).toMatch(/^liqcalc: 127\.0\.0\.1:\d+ [^\n]*\n$/);
  });

  it.each(['reset', 'cut', { status: 503, body: 'busy' }] as Fault[])('%j is tried again', async (fault) => {
    exchange.fail('/fapi/v3/positionRisk', fault);
    expect((await fetched(['account'])).code).toBe(0);
    exchange.fail('/fapi/v3/positionRisk', fault, 99);
    const run = await fetched(['account', '--timeout', '1s']);
    expect(after(run)).toEqual([69, '']);
  });

  it('an exchange that is not there', async () => {
    const env = { ...exchange.env, LIQCALC_BASE_BINANCE: 'http://127.0.0.1:9' };
    const run = await runLive(['fetch', 'marks', '--timeout', '1s'], { env });
    expect([...after(run), run.stderr]).toEqual([69, '', 'liqcalc: 127.0.0.1:9 cannot be reached: ECONNREFUSED\n']);
  });

  it('no key, half a key, a wrong key, a wrong secret: exit 77, and what to do', async () => {
    const cases: readonly (readonly [Record<string, string>, string])[] = [
      [{ LIQCALC_BINANCE_KEY: '', LIQCALC_BINANCE_SECRET: '' }, 'no key: give --key-file FILE'],
      [{ LIQCALC_BINANCE_SECRET: '' }, 'LIQCALC_BINANCE_SECRET is not'],
      [{ LIQCALC_BINANCE_KEY: 'some-other-key-of-a-user' }, 'refuses the key ...user: API-key format invalid. (-2014)'],
      [{ LIQCALC_BINANCE_SECRET: 'some-other-secret' }, 'the secret does not belong to the key'],
    ];
    for (const [env, words] of cases) {
      const run = await fetched(['account'], env);
      expect([...after(run), run.stderr]).toEqual([77, '', expect.stringContaining(words)]);
    }
  });

  it('a key file that others can read, with the command that mends it', async () => {
    const home = newHome();
    const path = join(home, 'key.json');
    const content = JSON.stringify({ apiKey: KEY, secret: SECRET });
    const env = { LIQCALC_BASE_BINANCE: exchange.url };
    writeFileSync(path, content, { mode: 0o644 });
    const run = await runLive(['fetch', 'account', '--key-file', path], { env, home });
    expect([...after(run), run.stderr]).toEqual([
      78,
      '',
      `liqcalc: ${path} can be read by others (mode 0644); run: chmod 600 ${path}\n`,
    ]);
    const own = newHome();
    mkdirSync(join(own, '.config', 'liqcalc'), { recursive: true });
    writeFileSync(
      join(own, '.config', 'liqcalc', 'keys.json'),
      JSON.stringify({ binance: { apiKey: KEY, secret: SECRET } }),
      { mode: 0o600 },
    );
    exchange.seen.length = 0;
    // The file of keys is the user's own: it is not among the files that are searched for secrets.
    expect(
      (await runLive(['fetch', 'account-config'], { env: { ...env, XDG_CONFIG_HOME: join(own, '.config') } })).code,
    ).toBe(0);
  });

  it('a missing or broken key is found before anything is sent', async () => {
    const home = newHome();
    const file = (name: string, content: string, mode = 0o600): string => {
      writeFileSync(join(home, name), content, { mode });
      return join(home, name);
    };
    const cases: readonly (readonly [string, number, string])[] = [
      [file('key-open.json', '{"apiKey":"k","secret":"s"}', 0o644), 78, 'chmod 600'],
      [file('key-text.json', 'k'), 78, 'is not a JSON object'],
      [file('key-empty.json', '{}'), 78, 'no key in it'],
      [file('key-pem.json', '{"apiKey":"k","privateKeyFile":"key-text.json"}'), 78, 'is not an Ed25519 private key'],
      [join(home, 'none.json'), 78, 'there is no such file'],
    ];
    const commands = [
      'fetch account',
      'fetch marks',
      'brackets update --dry-run',
      'account --live --account binance',
      'check --live --account binance',
      'check long BTCUSDT -e 60000 -l 20 --mmr 1 --live',
      'long BTCUSDT -l 10 --mmr 1 --live',
      'batch --live',
      'watch BTCUSDT --once',
    ];
    // Nobody answers there: what is sent would be exit code 69.
    const env = { LIQCALC_BASE_BINANCE: 'http://127.0.0.1:9', LIQCALC_DEBUG: '1' };
    for (const command of commands) {
      for (const [path, code, words] of cases) {
        const run = await runWithin([...command.split(' '), '--key-file', path], { env, stdin: '{}' });
        expect([command, path, run.code, run.stdout]).toEqual([command, path, code, '']);
        expect(run.stderr).toContain(words);
      }
    }
    for (const command of commands.filter((each) => /account|update/.test(each))) {
      const run = await runWithin(command.split(' '), { env });
      expect([command, run.code, run.stdout]).toEqual([command, 77, '']);
    }
  });

  it('a key that may do more than read: a warning, which may take 3 s at most', async () => {
    const rights = (body: object): void => exchange.on('GET /sapi/v1/account/apiRestrictions', () => ({ body }));
    const warned = async (line: string): Promise<string> =>
      (await runWithin(line.split(' '), { env: exchange.env })).stderr;
    const words = (what: string): string =>
      `liqcalc: warning: the key ...3f9a may ${what}; liqcalc only reads: use a key with Enable Reading alone\n`;
    rights({ enableReading: true, enableWithdrawals: true, enableFutures: true, enableSpotAndMarginTrading: true });
    for (const line of ['fetch account', 'account --live --account binance', 'check --live --account binance']) {
      expect(await warned(line)).toContain(words('withdraw, trade futures and trade on spot and margin'));
      expect(await warned(`${line} -q`)).toBe('');
    }
    rights({ enableReading: true, enableFutures: true });
    expect(await warned('fetch account')).toBe(words('trade futures'));
    rights({ enableReading: true, enableFutures: false, enableWithdrawals: false });
    expect(await warned('fetch account')).toBe('');
    for (const fault of ['hang', { status: 403, body: '<html>' }, { body: '[]' }] as Fault[]) {
      exchange.fail('/sapi/v1/account/apiRestrictions', fault);
      const start = performance.now();
      expect(await warned('fetch account')).toBe('');
      expect(performance.now() - start).toBeLessThan(8000);
    }
  });

  it('watch names an input without a position, and what it takes if there is no input', async () => {
    const path = join(newHome(), 'empty.json');
    writeFileSync(path, '');
    const said = async (args: readonly string[], stdin?: string): Promise<unknown[]> => {
      const env = { LIQCALC_BASE_BINANCE: exchange.url };
      const { code, stderr } = await runWithin(['watch', ...args], { env, ...(stdin !== undefined && { stdin }) });
      return [code, stderr];
    };
    expect(await said([path])).toEqual([2, `liqcalc: ${path} is empty: there is no position to watch\n`]);
    expect(await said([], '')).toEqual([2, 'liqcalc: stdin is empty: there is no position to watch\n']);
    expect(await said([])).toEqual([2, expect.stringContaining('nothing to watch: give a file of positions')]);
    expect(exchange.seen).toEqual([]);
  });

  it('--json: errors are JSON, too', async () => {
    const run = await runWithin(['fetch', 'account', '--json'], { env: { LIQCALC_BASE_BINANCE: exchange.url } });
    expect([run.code, run.stdout]).toEqual([77, '']);
    expect(JSON.parse(run.stderr)).toMatchObject({ error: { code: 'NO_KEY' } });
    const misfit = await runWithin(['fetch', 'candles', '--json'], { env: exchange.env });
    expect(JSON.parse(misfit.stderr)).toMatchObject({
      error: { code: 'INVALID_INPUT', problems: [{ code: 'REFUSED' }] },
    });
    const { stdout } = await runWithin(['fetch', 'time', '--json'], { env: exchange.env });
    expect(Object.keys(JSON.parse(stdout) as object)).toEqual(['serverTime']);
  });

  it('LIQCALC_OFFLINE=1, and a base that is another computer: nothing is sent', async () => {
    const offlineRun = await fetched(['time'], { LIQCALC_OFFLINE: '1' });
    expect([...after(offlineRun), offlineRun.stderr]).toEqual([
      78,
      '',
      'liqcalc: LIQCALC_OFFLINE=1: live commands are switched off\n',
    ]);
    const far = await fetched(['time'], { LIQCALC_BASE_BINANCE: 'http://example.com' });
    expect(after(far)).toEqual([78, '']);
    const other = await runLive(['fetch', 'time', '--venue', 'binance-coinm'], { env: exchange.env });
    expect([other.code, other.stderr]).toEqual([78, expect.stringContaining('LIQCALC_BASE_BINANCE is set')]);
    expect(exchange.seen).toEqual([]);
  });

  it('keys among the arguments are refused and not repeated', async () => {
    for (const flag of ['--key', '--secret', '--api-key']) {
      const run = await fetched(['account', flag, 'my-own-key']);
      expect([...after(run), run.stderr]).toEqual([2, '', expect.stringContaining('keys do not go on a command line')]);
      expect(run.stderr).not.toContain('my-own-key');
      const update = await runWithin(['brackets', 'update', flag, 'my-own-key'], { env: exchange.env });
      expect([update.code, update.stdout, update.stderr]).toEqual([2, '', run.stderr]);
    }
  });

  it.each([
    [['candles'], 'candles needs one symbol'],
    [['candles', 'BTCUSDT', 'ETHUSDT'], 'candles needs one symbol'],
    [['time', 'BTCUSDT'], 'time is not of one symbol'],
    [['marks', '--limit', '5'], 'what holds now'],
    [['funding', '--interval', '1h'], 'funding has no intervals'],
    [['funding', '--limit', '5000'], 'more than 1000 rows need --from-time'],
    [['funding', '--from-time', 'yesterday'], 'write a time like 2026-11-22'],
    [['funding', '--from-time', '2026-11-22', '--to-time', '2026-11-21'], 'before --from-time'],
    [['funding', '--limit', '0'], 'whole number above 0'],
    [['marks', '--venue', 'binanse'], 'did you mean binance'],
    [['everything'], 'everything'],
    [['time', '--timeout', 'soon'], 'write a time like 30s'],
  ])('%j is a usage error', async (args, words) => {
    const run = await publicly(args);
    expect([...after(run), run.stderr]).toEqual([2, '', expect.stringContaining(words)]);
    expect(exchange.seen).toEqual([]);
  });
});
