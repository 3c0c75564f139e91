import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkFrom } from '../../src/check.js';
import { account, accountsFrom, assess, isLiqcalcError, type Account, type LiqcalcError } from '../../src/index.js';
import {
  fetchAccount,
  fetchBrackets,
  Secret,
  watch,
  type FetchAccountOptions,
  type LiveKey,
  type WatchEvent,
  type WatchOptions,
} from '../../src/live.js';
import { run } from '../cli/run.js';
import { FakeBinance, KEY, refused, SECRET } from '../live/fake-binance.js';
import { ticking } from '../live/ticking.js';

const CRASH = 'examples/crash.ndjson';
const key: LiveKey = { apiKey: new Secret(KEY), secret: new Secret(SECRET) };
const BOOK: Account = {
  wallet: '4400',
  positions: [{ symbol: 'BTCUSDT', side: 'long', qty: '0.5', entry: '60000', lev: '20' }],
};

let exchange: FakeBinance;
let stopTicking: () => void;

beforeEach(async () => {
  exchange = new FakeBinance();
  await exchange.start();
  stopTicking = ticking(exchange, 50);
  vi.stubEnv('HOME', mkdtempSync(join(tmpdir(), 'liqcalc-door-')));
  for (const venue of ['BINANCE', 'OKX', 'BYBIT']) vi.stubEnv(`LIQCALC_BASE_${venue}`, exchange.url);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  stopTicking();
  await exchange.stop();
});

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

async function failure(work: () => unknown): Promise<LiqcalcError> {
  try {
    await work();
  } catch (error) {
    if (isLiqcalcError(error)) return error;
    throw error;
  }
  throw new Error('no error');
}

async function eventsOf(options: WatchOptions, most = Infinity): Promise<WatchEvent[]> {
  const events: WatchEvent[] = [];
  for await (const event of watch(options)) {
    events.push(event);
    if (events.length >= most) break;
  }
  return events;
}

async function until(isTrue: () => boolean): Promise<void> {
  for (let tries = 0; !isTrue() && tries < 200; tries++) await new Promise((resolve) => setTimeout(resolve, 25));
  expect(isTrue()).toBe(true);
}

describe('fetchAccount', () => {
  it('gives what fetch account prints, for accountsFrom and checkFrom', async () => {
    const { shape, answer, fetchedAt, ageMs } = await fetchAccount({ account: 'binance', key });
    const printed = await run(['fetch', 'account'], { env: { ...exchange.env, LANG: 'C.UTF-8' } });
    const withoutTime = (text: string): string => text.trimEnd().replace(/"fetchedAt":\d+/, '');
    expect(withoutTime(answer)).toBe(withoutTime(printed.stdout));
    expect(Math.abs(fetchedAt.getTime() - Date.now())).toBeLessThan(10_000);
    expect(ageMs).toBeGreaterThanOrEqual(0);
    expect(ageMs).toBeLessThan(10_000);
    const said = await run(['account', '--from', 'binance', '--json'], { stdin: printed.stdout });
    const [priced] = accountsFrom(shape, answer, { today: new Date(Date.UTC(2026, 10, 22)) });
    expect(priced?.positions.map(({ symbol }) => symbol)).toEqual(['BTCUSDT', 'ETHUSDT']);
    expect(plain(priced)).toEqual(JSON.parse(said.stdout));
  });

  it('gives the data of the rules, too', async () => {
    const { shape, answer } = await fetchAccount({ account: 'binance', key, risk: true });
    const [judged] = checkFrom(shape, answer);
    const [alone] = checkFrom(shape, (await fetchAccount({ account: 'binance', key })).answer);
    expect(judged?.summary.skipped).toBeLessThan(alone?.summary.skipped ?? 0);
    expect(judged?.findings.some(({ rule, symbol }) => rule === 'stop-missing' && symbol === 'ETHUSDT')).toBe(true);
    expect(judged?.findings.some(({ rule, symbol }) => rule === 'stop-missing' && symbol === 'BTCUSDT')).toBe(false);
  });

  it('takes the key from the environment', async () => {
    vi.stubEnv('LIQCALC_BINANCE_KEY', KEY);
    vi.stubEnv('LIQCALC_BINANCE_SECRET', SECRET);
    expect((await fetchAccount({ account: 'binance' })).shape).toBe('binance');
  });

  it('refuses what cannot work with the codes of the exits', async () => {
    const of = async (options: Partial<FetchAccountOptions>): Promise<LiqcalcError> =>
      failure(() => fetchAccount({ account: 'binance', key, ...options }));
    const wrong = new Secret('x'.repeat(64));
    const refusedKey = await of({ key: { apiKey: wrong, secret: wrong } });
    expect([refusedKey.code, refusedKey.problems[0]?.details]).toMatchObject(['NO_KEY', { exchangeCode: '-2014' }]);
    const noKey = await of({ key: undefined });
    expect([noKey.code, noKey.message]).toEqual([
      'NO_KEY',
      expect.stringContaining('give key or keyFile, or LIQCALC_'),
    ]);
    expect((await of({ keyFile: '/nowhere/key.json', key: undefined })).code).toBe('BAD_CONFIG');
    expect((await of({ account: 'okx' })).message).toContain('accounts of okx are not read here');
    expect((await of({ account: 'binanse' as never })).message).toContain('did you mean binance?');
    expect((await of({ timeout: 'soon' as never })).message).toContain('write a time like 30s');
    expect((await of({ timeout: 5 as never })).message).toContain('timeout');
    expect((await of({ key: { apiKey: KEY, secret: SECRET } as never })).message).toContain('new Secret(text)');
    expect((await of({ demo: true, account: 'okx' })).message).toContain('has no demo');
    exchange.on('GET /fapi/v3/account', () => refused(429, -1003, 'Too many requests.', { 'retry-after': '70' }));
    const limited = await of({});
    expect([limited.code, limited.problems[0]?.details]).toMatchObject([
      'UNAVAILABLE',
      { status: 429, exchangeCode: '-1003', retryAfterMs: 70_000 },
    ]);
    vi.stubEnv('LIQCALC_OFFLINE', '1');
    expect((await of({})).code).toBe('BAD_CONFIG');
  });

  it('is ended by a signal, before and while it waits for an answer or for the next attempt', async () => {
    const reason = new Error('enough');
    await expect(fetchAccount({ account: 'binance', key, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(exchange.seen).toEqual([]);
    for (const [path, fault] of [
      ['/fapi/v3/account', 'hang'],
      ['/fapi/v3/positionRisk', { status: 503, body: 'busy' }],
    ] as const) {
      exchange.fail(path, fault, 10);
      const controller = new AbortController();
      const begun = exchange.seen.length;
      const asked = fetchAccount({ account: 'binance', key, signal: controller.signal });
      setTimeout(() => controller.abort(reason), 400);
      await expect(asked).rejects.toBe(reason);
      const sent = exchange.seen.length;
      expect(sent).toBeGreaterThan(begun);
      await new Promise((resolve) => setTimeout(resolve, 1200));
      expect(exchange.seen.length).toBe(sent);
    }
  });

  it('shows no secret', () => {
    expect([String(key.apiKey), JSON.stringify({ key }), inspect({ key }, { depth: 9 })].join()).not.toMatch(
      /fakekeyf|fakesecretf/,
    );
    expect(String(key.apiKey)).toBe('...3f9a');
  });
});

describe('fetchBrackets', () => {
  it('gives the tables of the exchange for every price', async () => {
    const brackets = await fetchBrackets({ venue: 'binance', key });
    expect(brackets.symbols).toEqual(['BTCUSDT', 'ETHUSDT', 'SOLUSDT']);
    const some = await fetchBrackets({ venue: 'binance', key, symbols: ['SOL-USDT'] });
    expect(some.symbols).toEqual(['SOLUSDT']);
    const sol = { side: 'long', symbol: 'SOLUSDT', entry: '150', lev: '10', qty: '10' } as const;
    // 0.4 % up to 50,000: (1350 / 10) / (1 - 0.004).
    expect(assess(sol, { brackets, decimals: 4 }).liquidationPrice?.toFixed()).toBe('135.5422');
  });

  it('refuses a venue without tables or symbols', async () => {
    expect((await failure(() => fetchBrackets({ venue: 'bybit' }))).message).toContain('give symbols');
    expect((await failure(() => fetchBrackets({ venue: 'nowhere' as never }))).message).toContain('nowhere');
    expect(exchange.seen).toEqual([]);
  });
});

/** A program that ends everything in the middle, and then has nothing left to do. */
const ENDING = `
  import { fetchAccount, watch } from 'liqcalc/live';
  const signal = AbortSignal.timeout(700);
  const names = await Promise.allSettled([
    fetchAccount({ account: 'binance', signal }),
    (async () => { for await (const { type } of watch({ account: 'binance', signal })) if (type === 'end') return; })(),
    (async () => { for await (const { type } of watch({ symbols: ['BTCUSDT'] })) if (type === 'mark') return; })(),
  ]);
  console.log(names.map(({ status }) => status).join());
`;

describe('a program', () => {
  it('ends after an abort and after a loop that is left: nothing is open', async () => {
    exchange.fail('/fapi/v3/account', 'hang', 10);
    const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], ...exchange.env };
    const begun = performance.now();
    const printed = await new Promise<string>((resolve) => {
      execFile(process.execPath, ['--input-type=module', '-e', ENDING], { env, timeout: 20_000 }, (error, out, err) =>
        resolve(error ? `${error.message} ${err}` : out),
      );
    });
    expect(printed).toBe('rejected,fulfilled,fulfilled\n');
    // Requests would wait 30 s for their answers.
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});

describe('watch', () => {
  it.each([
    {},
    { alert: ['10', 'margin-ratio=3,move=12', 'funding=0.005'], rules: true, remind: '10s', every: '5s' },
  ] as const)('gives the events of the command from the same recording: %j', async (options) => {
    const replay = readFileSync(CRASH, 'utf8');
    const { alert = [], rules, remind, every }: WatchOptions = options;
    const flags = [
      ...[alert].flat().flatMap((each) => ['--alert', each]),
      ...(rules ? ['--rules'] : []),
      ...(remind ? ['--remind', remind] : []),
      ...(every ? ['--every', every] : []),
    ];
    const { stdout } = await run(['watch', '--replay', CRASH, '--format', 'ndjson', ...flags]);
    const lines = stdout.trimEnd().split('\n');
    const events = await eventsOf({ replay, ...options });
    expect(events.length).toBeGreaterThan(50);
    expect(events.map(plain)).toEqual(lines.map((line) => JSON.parse(line) as unknown));
  });

  it('gives a slow reader of a recording the same events', async () => {
    const replay = readFileSync(CRASH, 'utf8');
    const types: string[] = [];
    for await (const event of watch({ replay, for: '20s' })) {
      types.push(event.type);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    const quick = await eventsOf({ replay, for: '20s' });
    expect(types).toEqual(quick.map(({ type }) => type));
  });

  it('has Decimals and types that follow from the type of the event', async () => {
    const events = await eventsOf({ replay: readFileSync(CRASH, 'utf8'), until: 'alert', alert: '5', speed: 10 });
    const alert = events.find((event) => event.type === 'alert');
    expect([alert?.value?.toFixed(2), alert?.level.toFixed(), alert?.symbol]).toEqual(['3.62', '5', 'ETHUSDT']);
    const account = events.find((event) => event.type === 'account');
    const position = account?.positions.find(({ symbol }) => symbol === 'ETHUSDT');
    expect(position?.liquidationPrice?.toFixed(2)).toBe('3212.15');
    expect([position?.stale, position?.markAgeMs, account?.bracketAsOf]).toEqual([
      false,
      expect.any(Number),
      '2026-11-30',
    ]);
    expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'alert' });
  });

  it('watches an account, and leaves nothing open when the loop is left', async () => {
    for await (const event of watch({ account: 'binance', key, alert: '99' })) {
      if (event.type !== 'alert') continue;
      expect([event.symbol, event.venue, event.initial]).toEqual(['BTCUSDT', 'binance', true]);
      expect([exchange.count('market'), exchange.count('private')]).toEqual([1, 1]);
      break;
    }
    await until(() => exchange.count('market') + exchange.count('private') === 0);
    expect(exchange.paths.filter((path) => path.startsWith('DELETE'))).toEqual([]);
  });

  it('sends nothing before the first event is requested, and nothing after it was given back', async () => {
    const events = watch({ account: 'binance', key });
    await new Promise((resolve) => setTimeout(resolve, 200));
    await events.return?.();
    expect(await events.next()).toEqual({ done: true, value: undefined });
    expect(exchange.seen).toEqual([]);
  });

  it('is ended by a signal: the last event is the end, also while a request hangs', async () => {
    exchange.fail('/fapi/v3/account', 'hang', 10);
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 500);
    const events = await eventsOf({ account: 'binance', key, signal: controller.signal });
    expect(events.map(({ type }) => type)).toEqual(['start', 'status', 'end']);
    expect(events.at(-1)).toMatchObject({ reason: 'stopped' });
    await until(() => exchange.count('private') === 0);
    expect(await eventsOf({ symbols: ['BTCUSDT'], signal: controller.signal })).toEqual([]);
  });

  it('gives an event that is waited for an end when the loop is left elsewhere', async () => {
    const events = watch({ symbols: ['XYZUSDT'] });
    const types: string[] = [];
    const loop = (async () => {
      for await (const { type } of events) types.push(type);
    })();
    await until(() => types.length >= 2);
    await events.return?.();
    await loop;
    expect(types).toEqual(['start', 'status']);
  });

  it('throws what ends it: a refused key, an account that is not there', async () => {
    const wrong = new Secret('x'.repeat(64));
    const types: string[] = [];
    const error = await failure(async () => {
      for await (const { type } of watch({ account: 'binance', key: { apiKey: wrong, secret: wrong } }))
        types.push(type);
    });
    expect([error.code, types.at(-1)]).toEqual(['NO_KEY', 'end']);
    expect((await failure(() => watch({ account: 'binance' }))).code).toBe('NO_KEY');
  });

  it('watches a book at public marks without a key, as account would price it', async () => {
    const events = await eventsOf({ book: BOOK, alert: '1', symbols: ['ETHUSDT'], once: true });
    const seen = events.find((event) => event.type === 'account');
    const { positions } = BOOK;
    const marked = { ...BOOK, positions: positions.map((each) => ({ ...each, mark: '59000' })) };
    expect(plain(seen?.positions[0]?.liquidationPrice)).toBe(plain(account(marked).positions[0]?.liquidationPrice));
    expect(events.find((event) => event.type === 'mark')).toMatchObject({ symbol: 'ETHUSDT' });
    expect(events[0]).toMatchObject({ type: 'start', account: 'book', symbols: ['ETHUSDT', 'BTCUSDT'] });
    expect(exchange.seen.every(({ headers }) => headers['x-mbx-apikey'] === undefined)).toBe(true);
  });

  it('records, and plays what it recorded', async () => {
    const lines: string[] = [];
    const live = await eventsOf({ book: BOOK, for: '2s', record: (line) => lines.push(line) });
    const replay = `${lines.join('\n')}\n`;
    const [first, second] = [await eventsOf({ replay }), await eventsOf({ replay })];
    expect(first.map(plain)).toEqual(second.map(plain));
    const mark = (events: readonly WatchEvent[]): unknown =>
      plain(events.find((event) => event.type === 'account')?.positions[0]?.liquidationPrice);
    expect(mark(first)).toBe(mark(live));
    expect(typeof mark(live)).toBe('string');
  });

  it('compares marks with the prices of a feed', async () => {
    vi.stubEnv('LIQCALC_BASE_COINGECKO', exchange.url);
    const last_updated_at = Math.floor(Date.now() / 1000) + 2;
    exchange.on('GET /api/v3/simple/price', () => ({
      body: { bitcoin: { usd: 59059, last_updated_at }, tether: { usd: 1.001, last_updated_at } },
    }));
    const prices: unknown[] = [];
    for await (const event of watch({ symbols: ['BTCUSDT'], feeds: ['coingecko'], for: '10s' })) {
      if (event.type !== 'feed') continue;
      // 59059 / 1.001 = 59000.
      prices.push([event.feed, event.symbol, event.price.toFixed()]);
      break;
    }
    expect(prices).toEqual([['coingecko', 'BTCUSDT', '59000']]);
    const refusals = async (options: WatchOptions): Promise<string> => (await failure(() => watch(options))).message;
    expect(await refusals({ symbols: ['BTCUSDT'], feeds: ['nofeed' as never] })).toContain('nofeed');
    expect(await refusals({ replay: readFileSync(CRASH, 'utf8'), feeds: ['coingecko'] })).toContain('feeds');
    vi.stubEnv('LIQCALC_BASE_CRYPTOCOMPARE', exchange.url);
    expect(await refusals({ symbols: ['BTCUSDT'], feeds: ['cryptocompare'] })).toContain('needs a key');
  });

  it('gives a slow reader the newest account, and every other event', async () => {
    let accounts = 0;
    const seqs: number[] = [];
    for await (const event of watch({ book: BOOK, every: '100ms', for: '4s' })) {
      seqs.push(event.seq);
      if (event.type === 'account' && ++accounts === 1) await new Promise((resolve) => setTimeout(resolve, 2500));
    }
    const [before = 0, after = 0] = seqs.slice(seqs.findIndex((seq, index) => (seqs[index + 1] ?? seq) > seq + 1));
    expect(after - before).toBeGreaterThan(3);
    expect(accounts).toBeGreaterThan(2);
  });

  it('reports everything that is wrong at once, and at once', async () => {
    const of = async (options: object): Promise<string> => (await failure(() => watch(options))).message;
    expect(await of({})).toBe('nothing to watch: give account, book, symbols or replay');
    const several = await of({
      account: 'binance',
      book: BOOK,
      venue: 'binance',
      alert: 'x,20',
      stale: 'soon',
      once: true,
      for: '1s',
    });
    for (const part of ['alert:', 'stale:', 'account: this input conflicts with book', 'venue:', 'for:'])
      expect(several).toContain(part);
    expect(await of({ symbols: ['BTCUSDT'], hysteresis: 0.1 + 0.2 })).toContain('hysteresis');
    expect(await of({ symbols: ['BTCUSDT'], speed: 5, replay: '' })).toContain('speed');
    expect(await of({ symbols: ['BTCUSDT'], speed: 10 })).toContain('only a recording has a speed');
    expect(await of({ replay: '{}' })).toContain('not a recording');
    expect(await of({ symbols: ['BTCUSDT'], rules: true, rule: ['nonsense'] })).toContain('nonsense');
    expect(await of({ symbols: ['BTCUSDT'], venue: 'okx' })).toContain('has no stream of marks');
    expect(await of({ symbols: 'BTCUSDT' })).toContain('symbols');
    expect(
      await of({ book: { positions: [{ symbol: 'NOPEUSDT', side: 'long', qty: '1', entry: '1' }], wallet: '1' } }),
    ).toContain('NOPEUSDT');
    expect(exchange.seen).toEqual([]);
  });
});
