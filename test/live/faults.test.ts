import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeBinance, KEY, SECRET } from './fake-binance.js';
import { newHome, runLive, type LiveRun } from './run-live.js';
import { Trial, VirtualBinance } from './virtual-binance.js';

const states = (trial: Trial): unknown[] => trial.all('status').map(({ state }) => state);
const rowOf = (trial: Trial, symbol: string): Record<string, unknown> | undefined => {
  const account = trial.all('account').at(-1) as { positions: Record<string, unknown>[] } | undefined;
  return account?.positions.find((each) => each['symbol'] === symbol);
};

describe('a symbol that is delisted', () => {
  it('makes what depends on its mark stale, and nothing else; its settlement is a fill and the end of it', async () => {
    const exchange = new VirtualBinance();
    exchange.marks.set('SOLUSDT', '148.20000000');
    exchange.hold('SOLUSDT', '4', '150.0', { mode: 'ISOLATED', margin: '200' });
    const trial = await new Trial(exchange).go(4000);
    exchange.marks.delete('SOLUSDT');
    await trial.go(9000);
    expect(trial.all('stale').map(({ symbol }) => symbol)).toEqual(['SOLUSDT']);
    expect(rowOf(trial, 'SOLUSDT')).toMatchObject({ stale: true });
    expect(rowOf(trial, 'BTCUSDT')).toMatchObject({ stale: false });
    expect([states(trial).at(-1), trial.all('blind')]).toEqual(['stale', []]);
    const o = {
      s: 'SOLUSDT',
      c: 'settlement_autoclose-1',
      S: 'SELL',
      o: 'MARKET',
      x: 'TRADE',
      X: 'FILLED',
      i: 9,
      l: '4',
      L: '147.5',
      q: '4',
      t: 3,
      ps: 'BOTH',
    };
    exchange.send('private', { e: 'ORDER_TRADE_UPDATE', E: exchange.now(), T: exchange.now(), o });
    exchange.trade('SOLUSDT', '0', '0', { margin: '0' });
    await trial.go(2000);
    expect(trial.all('fill')).toMatchObject([{ symbol: 'SOLUSDT', qty: '4', price: '147.5' }]);
    expect(trial.all('liquidation')).toEqual([]);
    expect(trial.all('position').at(-1)).toMatchObject({ symbol: 'SOLUSDT', after: null });
    expect([states(trial).at(-1), rowOf(trial, 'SOLUSDT')]).toEqual(['live', undefined]);
  });

  it('and is watched without a position is stale; the others go on', async () => {
    const exchange = new VirtualBinance();
    exchange.marks.set('SOLUSDT', '148.20000000');
    const trial = await new Trial(exchange, { hasAccount: false, symbols: ['BTCUSDT', 'SOLUSDT'] }).go(4000);
    exchange.marks.delete('SOLUSDT');
    await trial.go(60_000);
    const marks = trial.all('mark').slice(-2);
    expect(marks.map(({ symbol, stale }) => [symbol, stale])).toEqual([
      ['BTCUSDT', false],
      ['SOLUSDT', true],
    ]);
    expect(states(trial).at(-1)).toBe('stale');
  });
});

describe('the private stream', () => {
  it('is opened with the same listen key, which other programs share, and reads members that it does not know', async () => {
    const trial = await new Trial().go(12_000);
    trial.exchange.close('private', 1006);
    await trial.go(3000);
    expect([trial.exchange.keys, trial.exchange.count('private')]).toEqual([1, 1]);
    trial.exchange.hold('BTCUSDT', '0.600', '59900.0');
    const update = trial.exchange.update('BTCUSDT') as { readonly a: { readonly P: readonly object[] } };
    const P = update.a.P.map((each) => ({ ...each, zz: { new: [1] } }));
    trial.exchange.send('private', { ...update, zz: 'new', a: { ...update.a, P, zz: 1.5 } });
    await trial.go(1500);
    expect(rowOf(trial, 'BTCUSDT')).toMatchObject({ qty: '0.600' });
    expect(trial.all('error')).toEqual([]);
  });
});

describe('on real connections', () => {
  let exchange: FakeBinance;
  let beat: NodeJS.Timeout;
  beforeEach(async () => {
    exchange = new FakeBinance();
    await exchange.start();
    beat = setInterval(() => {
      const E = exchange.now();
      for (const [s, p] of exchange.marks)
        exchange.send('market', { e: 'markPriceUpdate', E, s, p, i: p, r: '0.0001', T: E + 1e6, st: 1 });
    }, 200);
  });
  afterEach(async () => {
    clearInterval(beat);
    await exchange.stop();
  });

  const watch = (argv: string, env = exchange.env): Promise<LiveRun> =>
    runLive(['watch', '--account', 'binance', '--format', 'ndjson', ...argv.split(' ')], { env });
  const eventsOf = ({ stdout }: LiveRun): Record<string, unknown>[] =>
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  it('an answer that comes a byte at a time is given up after --timeout, and asked for again', async () => {
    exchange.fail('/fapi/v3/account', 'trickle');
    const run = await watch('--timeout 1s --for 9s');
    const all = eventsOf(run);
    expect(all).toContainEqual(
      expect.objectContaining({
        code: 'UNAVAILABLE',
        message: expect.stringContaining('no complete answer') as string,
      }),
    );
    const known = all.findIndex(({ type }) => type === 'snapshot');
    expect(all.slice(0, known).map(({ state }) => state)).not.toContain('live');
    expect(all.slice(known).map(({ state }) => state)).toContain('live');
  });

  it('marks whose connection is dead without a word are stale within --stale, and another one is opened', async () => {
    setTimeout(() => exchange.freeze('market'), 2500);
    const run = await watch('--stale 2s --for 11s');
    const all = eventsOf(run);
    const from = all.findIndex(({ type }) => type === 'stale');
    expect(from).toBeGreaterThan(0);
    const words = all.slice(from).flatMap(({ type, state }) => (type === 'status' ? [state] : []));
    expect(words[0]).toBe('stale');
    expect(words.at(-1)).toBe('live');
    expect(exchange.handshakes.filter((path) => path.startsWith('/market'))).toHaveLength(2);
  });

  it('a handshake that is reset is tried again', async () => {
    exchange.resetHandshake(2);
    const all = eventsOf(await watch('--for 7s'));
    expect(all.flatMap(({ type, state }) => (type === 'status' ? [state] : [])).at(-1)).toBe('live');
  });

  it('a key file that others can read is refused, with the command that mends it: nothing is sent', async () => {
    const path = join(newHome(), 'key.json');
    writeFileSync(path, JSON.stringify({ apiKey: KEY, secret: SECRET }));
    chmodSync(path, 0o644);
    const { LIQCALC_BASE_BINANCE = '' } = exchange.env;
    const run = await watch(`--for 1s --key-file ${path}`, { LIQCALC_BASE_BINANCE });
    expect([run.code, run.stdout, exchange.seen]).toEqual([78, '', []]);
    expect(run.stderr).toContain(`chmod 600 ${path}`);
  });
});

describe('the time zone of the computer', () => {
  it('and its summer time change nothing', async () => {
    const runs = ['UTC', 'America/New_York', 'Europe/Berlin'].map((TZ) =>
      runLive(['watch', '--replay', 'examples/crash.ndjson', '--format', 'text'], { env: { TZ } }),
    );
    const [utc, ...others] = (await Promise.all(runs)).map(({ stdout }) => stdout);
    expect(utc).toContain('ALERT');
    expect(others).toEqual([utc, utc]);
  });
});

describe('an account whose stream is down', () => {
  /** A session that has lost its private stream for long, and whose account changed since. */
  const untold = async (): Promise<Trial> => {
    const trial = await new Trial().go(5000);
    trial.exchange.trade('BTCUSDT', '0.600', '59900.0');
    trial.exchange.refuse(503, 60_000);
    trial.exchange.close('private', 1006);
    await trial.go(1000);
    trial.exchange.wallet = '4300';
    trial.exchange.hold('BTCUSDT', '0.700', '59950.0');
    return trial;
  };

  it('is that of each reading, also in what the stream told shortly before', async () => {
    const trial = await untold();
    await trial.go(4500);
    expect(trial.all('account').at(-1)).toMatchObject({ wallet: '4300', stale: false });
    expect(trial.all('gap')).toMatchObject([
      { positions: [{ symbol: 'BTCUSDT', had: '0.6', is: '0.7' }], wallet: { had: '4400', is: '4300' } },
    ]);
    expect(Number(trial.all('gap')[0]?.['awayMs'])).toBeGreaterThan(1000);
  });

  it('waits as long as the venue says before the stream is tried again, also after a reading with news', async () => {
    const trial = await untold();
    const before = trial.exchange.opens;
    await trial.go(50_000);
    expect(trial.exchange.opens).toBe(before);
    await trial.go(15_000);
    expect(trial.exchange.opens).toBe(before + 1);
    expect(states(trial).at(-1)).toBe('live');
  });

  it('is as old as the first request of a reading that took long', async () => {
    const trial = await untold();
    // One of its requests waits, the others were answered long before.
    trial.exchange.fail('/fapi/v3/account', { status: 429, text: '{}', headers: { 'retry-after': '9' } });
    await trial.go(15_500);
    const read = trial.events.findLastIndex(({ event }) => event.type === 'snapshot' && event.ms > 9000);
    expect(read).toBeGreaterThan(0);
    const next = trial.events.slice(read).find(({ type }) => type === 'account');
    expect(JSON.parse(next?.json ?? '{}')).toMatchObject({ stale: true });
  });
});
