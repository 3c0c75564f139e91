import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Ratio } from '../../src/core/ratio.js';
import { transportClock } from '../../src/live/clock.js';
import { LiveError } from '../../src/live/failure.js';
import type { FeedConnection } from '../../src/live/feed-prices.js';
import { FeedWatcher } from '../../src/live/feed-watcher.js';
import type { Feed, FeedPrice } from '../../src/live/feed.js';
import { feeds } from '../../src/live/feeds/index.js';
import { RuleWatcher } from '../../src/live/rules.js';
import { Transport } from '../../src/live/transport.js';
import { liveVenues } from '../../src/live/venues/index.js';
import { run } from '../cli/run.js';
import { FakeBinance } from './fake-binance.js';
import { runLive } from './run-live.js';
import { Trial, VirtualBinance } from './virtual-binance.js';

type Answer = (symbols: readonly string[]) => readonly FeedPrice[];

/** A session with a feed that answers as a test wants, and the rules of check. */
function trialWith(answer: Answer): { readonly trial: Trial; readonly watcher: FeedWatcher; readonly asked: string[] } {
  const exchange = new VirtualBinance();
  const asked: string[] = [];
  const feed: Feed = {
    ...feeds.coingecko,
    prices: (_, pairs) => {
      asked.push(new Date(exchange.now()).toISOString().slice(14, 19));
      return Promise.resolve().then(() => answer(pairs.map(({ symbol }) => symbol)));
    },
  };
  const { clock } = exchange;
  const link = new Transport(feed, { hosts: feed.hosts.live, timeoutMs: 1000, clock: transportClock(clock) });
  const connection: FeedConnection = { name: 'coingecko', feed, link };
  const watcher = new FeedWatcher([connection], { clock, venue: 'binance' });
  const rules = new RuleWatcher({}, { venue: liveVenues.binance, link, clock, feeds: watcher });
  return { trial: new Trial(exchange, { watchers: [watcher, rules] }), watcher, asked };
}

const price = (symbol: string, text: string, time: number): FeedPrice => ({ symbol, price: Ratio.from(text), time });
const rulesOf = (trial: Trial, type: string): unknown[] =>
  trial
    .all(type)
    .filter(({ rule }) => rule === 'mark-vs-index')
    .map(({ symbol }) => symbol);

describe('a feed beside the marks', () => {
  it('is requested each minute, and compared with the mark of its own time: a move since then makes no difference', async () => {
    let time = 0;
    const { trial, watcher, asked } = trialWith((symbols) =>
      symbols.includes('BTCUSDT') ? [price('BTCUSDT', '59118', time)] : [],
    );
    await trial.go(40_000);
    time = trial.exchange.now() - 10_000;
    trial.exchange.marks.set('BTCUSDT', '60000.00000000');
    await trial.go(30_000);
    expect(asked).toEqual(['00:01', '01:01']);
    // 59000 is 118 below 59118: 0.1996 %.
    expect(trial.all('feed').at(-1)).toMatchObject({
      feed: 'coingecko',
      symbol: 'BTCUSDT',
      price: '59118',
      mark: '59000',
      differencePercent: '-0.1996',
      ageMs: 31_000,
    });
    expect(watcher.facts()).toEqual([
      {
        label: 'Feeds',
        text: 'BTCUSDT mark +0.00 % index, -0.20 % coingecko (40 s old)   ETHUSDT mark +0.00 % index',
      },
    ]);
    expect(rulesOf(trial, 'finding')).toEqual([]);
  });

  it('that differs is a finding of --rules, and no longer one when it agrees again', async () => {
    let text = '60000';
    const { trial } = trialWith(() => [price('BTCUSDT', text, trial.exchange.now() - 8000)]);
    await trial.go(70_000);
    expect(rulesOf(trial, 'finding')).toEqual(['BTCUSDT']);
    text = '59010';
    await trial.go(70_000);
    expect(rulesOf(trial, 'resolved')).toEqual(['BTCUSDT']);
  });

  it('is not compared without a mark of its time, nor once it is older than five minutes, nor said twice', async () => {
    const from = new VirtualBinance().now();
    const { trial, watcher } = trialWith(() => [price('BTCUSDT', '59500', from - 60_000)]);
    await trial.go(130_000);
    expect(trial.all('feed')).toMatchObject([{ mark: null, differencePercent: null, ageMs: 61_000 }]);
    expect(watcher.facts()[0]?.text).not.toContain('coingecko');
    const once = trialWith(() =>
      once.trial.exchange.now() < from + 30_000 ? [] : [price('BTCUSDT', '60000', from + 20_000)],
    );
    await once.trial.go(190_000);
    const mark = { price: Ratio.from('59000') };
    const { wall } = once.trial.session.view();
    expect(once.watcher.pricesAt('BTCUSDT', mark, wall).map(([name, value]) => [name, value.toText(2)])).toEqual([
      ['coingecko', '60000'],
    ]);
    expect(once.watcher.pricesAt('BTCUSDT', mark, from + 20_000 + 300_001)).toEqual([]);
  });

  it('that fails is said once, and asked again', async () => {
    let isBroken = true;
    const { trial, asked } = trialWith(() => {
      if (isBroken) throw new LiveError('unavailable', 'api.coingecko.com cannot be reached');
      return [price('BTCUSDT', '59000', trial.exchange.now() - 5000)];
    });
    await trial.go(130_000);
    expect(trial.all('error')).toMatchObject([
      { code: 'FEED_FAILED', message: 'feed coingecko: api.coingecko.com cannot be reached' },
    ]);
    isBroken = false;
    await trial.go(60_000);
    expect(trial.all('feed')).toHaveLength(1);
    trial.session.stop();
    const before = asked.length;
    await trial.exchange.clock.run(trial.exchange.clock.mono() + 200_000);
    expect(asked.length).toBe(before);
  });

  it('waits for symbols to ask for', async () => {
    const { trial, asked } = trialWith(() => []);
    trial.exchange.places.clear();
    await trial.go(20_000);
    expect(asked).toEqual([]);
    trial.exchange.trade('BTCUSDT', '0.5', '60000');
    await trial.go(5000);
    expect(asked).toHaveLength(1);
  });
});

describe('watch --feeds', () => {
  it('asks the feed for the symbols of the positions, converts from USD, and replays with the same bytes', async () => {
    const exchange = new FakeBinance();
    await exchange.start();
    const beat = setInterval(() => {
      const E = exchange.now();
      for (const [s, p] of exchange.marks)
        exchange.send('market', { e: 'markPriceUpdate', E, s, p, i: p, r: '0.0001', T: E + 1e6, st: 1 });
    }, 200);
    const last_updated_at = Math.floor(Date.now() / 1000) + 2;
    exchange.on('GET /api/v3/simple/price', () => ({
      body: { bitcoin: { usd: 59059, last_updated_at }, tether: { usd: 1.001, last_updated_at } },
    }));
    const record = join(mkdtempSync(join(tmpdir(), 'liqcalc-feed-')), 'record.ndjson');
    const argv = ['watch', 'BTCUSDT', '--feeds', 'coingecko', '--for', '5s', '--record', record];
    const env = { LIQCALC_BASE_BINANCE: exchange.url, LIQCALC_BASE_COINGECKO: exchange.url };
    const live = await runLive(argv, { env });
    clearInterval(beat);
    await exchange.stop();
    expect([live.code, live.stderr]).toEqual([0, '']);
    const [, text = ''] = /^(.*"type":"feed".*)$/m.exec(live.stdout) ?? [];
    // 59059 / 1.001 = 59000, the mark of then.
    expect(JSON.parse(text)).toMatchObject({ feed: 'coingecko', symbol: 'BTCUSDT', price: '59000' });
    expect(exchange.seen.find(({ path }) => path === '/api/v3/simple/price')?.query.get('ids')).toBe('bitcoin,tether');
    expect(JSON.parse(readFileSync(record, 'utf8').split('\n')[0] ?? '')).toMatchObject({ feeds: ['coingecko'] });
    const replays = await Promise.all([1, 2].map(() => run(['watch', '--replay', record], { now: Date.now })));
    expect(replays[0]?.stdout).toContain('"type":"feed"');
    expect(replays[0]?.stdout).toBe(replays[1]?.stdout);
  });

  it.each([
    ['--feeds nofeed', 'nofeed'],
    ['--feeds coingecko --once', '--once'],
    ['--feeds coingecko --replay examples/crash.ndjson', '--replay'],
    ['--feeds cryptocompare', 'CryptoCompare needs a key'],
  ])('%s is refused', async (more, words) => {
    const done = await run(['watch', ...(more.includes('--replay') ? [] : ['BTCUSDT']), ...more.split(' ')], {
      env: { LIQCALC_BASE_BINANCE: 'http://127.0.0.1:9', LIQCALC_BASE_CRYPTOCOMPARE: 'http://127.0.0.1:9' },
    });
    expect([done.code === 0, done.stdout]).toEqual([false, '']);
    expect(done.stderr).toContain(words);
  });
});
