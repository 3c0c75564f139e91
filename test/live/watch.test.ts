import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readRecording } from '../../src/live/replay.js';
import { FakeBinance } from './fake-binance.js';
import { refuseSecrets, runLive } from './run-live.js';
import { ticking } from './ticking.js';

let exchange: FakeBinance;
let stopTicking: () => void;

beforeEach(async () => {
  exchange = new FakeBinance();
  await exchange.start();
  stopTicking = ticking(exchange);
});
afterEach(async () => {
  stopTicking();
  await exchange.stop();
});

const events = (stdout: string): Record<string, unknown>[] =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const folder = (): string => mkdtempSync(join(tmpdir(), 'liqcalc-watch-'));

/** Starts the program, to be ended by a signal. */
function started(
  argv: readonly string[],
  env: Readonly<Record<string, string>>,
): { child: ChildProcess; text: () => string; code: Promise<number | null> } {
  const child = spawn(process.execPath, ['bin/liqcalc.js', 'watch', ...argv], {
    env: { PATH: process.env['PATH'], LANG: 'C.UTF-8', HOME: folder(), ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (data: Buffer) => (text += data.toString()));
  return { child, text: () => text, code: new Promise((resolve) => void child.on('close', resolve)) };
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition() && tries < 200; tries++) await new Promise((resolve) => setTimeout(resolve, 50));
}

describe('watch on real sockets', () => {
  it('watches the account of a key, keeps a log and a recording without secrets, and replays it', async () => {
    const home = folder();
    const [log, record] = [join(home, 'log.ndjson'), join(home, 'record.ndjson')];
    const run = await runLive(['watch', '--account', 'binance', '--for', '4s', '--log', log, '--record', record], {
      env: exchange.env,
      home,
    });
    expect([run.code, run.stderr]).toEqual([0, '']);
    const types = events(run.stdout).map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(['start', 'status', 'snapshot', 'account', 'end']));
    expect(readFileSync(log, 'utf8')).toBe(run.stdout);
    expect([log, record].map((path) => statSync(path).mode & 0o777)).toEqual([0o600, 0o600]);
    const text = readFileSync(record, 'utf8');
    refuseSecrets(text);
    expect(text).not.toContain(exchange.listenKey);
    expect(readRecording(text).lines.length).toBeGreaterThan(10);
    const replays = await Promise.all([1, 2].map(() => runLive(['watch', '--replay', record])));
    expect(replays[0]?.stdout).toBe(replays[1]?.stdout);
    expect(events(replays[0]?.stdout ?? '').map(({ type }) => type)).toEqual(
      expect.arrayContaining(['snapshot', 'account']),
    );
    expect(exchange.paths.filter((path) => path.startsWith('DELETE'))).toEqual([]);
  });

  it('watches own positions at public marks without a key', async () => {
    const argv = ['watch', '--pos', 'long:BTCUSDT:0.5@60000', '--wallet', '4400', '--for', '3s'];
    const run = await runLive(argv, { env: { LIQCALC_BASE_BINANCE: exchange.url } });
    expect([run.code, run.stderr]).toEqual([0, '']);
    const account = events(run.stdout).find(({ type }) => type === 'account') as {
      positions: { mark: string; stale: boolean }[];
    };
    expect(account.positions).toMatchObject([{ mark: '59000', stale: false }]);
    expect(exchange.seen.every(({ headers }) => headers['x-mbx-apikey'] === undefined)).toBe(true);
  });

  it('answers once and exits with 1 if a level holds; with 69, 77 or 78 if it cannot', async () => {
    const once = (env: Readonly<Record<string, string>>, ...more: string[]): ReturnType<typeof runLive> =>
      runLive(['watch', '--account', 'binance', '--once', ...more], { env });
    const held = await once(exchange.env, '--alert', '99');
    expect(held.code).toBe(1);
    expect((await once(exchange.env, '--alert', '0.1', '--format', 'text')).stdout).toContain('LIQUIDATION');
    const { LIQCALC_BASE_BINANCE = '' } = exchange.env;
    expect((await once({ LIQCALC_BASE_BINANCE })).code).toBe(77);
    expect((await once({ ...exchange.env, LIQCALC_BINANCE_KEY: 'x'.repeat(64) })).code).toBe(77);
    expect((await once({ ...exchange.env, LIQCALC_OFFLINE: '1' })).code).toBe(78);
    expect((await once({ ...exchange.env, LIQCALC_BASE_BINANCE: 'http://127.0.0.1:9' }, '--timeout', '2s')).code).toBe(
      69,
    );
  });

  it('ends with 130 after SIGINT, with 0 after SIGTERM and when the reader goes away', async () => {
    for (const [signal, code] of [
      ['SIGINT', 130],
      ['SIGTERM', 0],
    ] as const) {
      const run = started(['BTCUSDT'], { LIQCALC_BASE_BINANCE: exchange.url });
      await until(() => run.text().includes('"mark"'));
      run.child.kill(signal);
      expect(await run.code).toBe(code);
      expect(run.text().trimEnd().split('\n').at(-1)).toContain('"type":"end"');
    }
    const closed = started(['BTCUSDT'], { LIQCALC_BASE_BINANCE: exchange.url });
    await until(() => closed.text().length > 0);
    closed.child.stdout?.destroy();
    expect(await closed.code).toBe(0);
  });

  it('reconnects after the network went away, and a refused handshake', async () => {
    const run = started(['--account', 'binance'], exchange.env);
    await until(() => run.text().includes('"state":"live"'));
    exchange.refuseHandshake(503, {}, 1);
    exchange.close('market');
    exchange.close('private', 1001);
    await until(
      () =>
        exchange.count('market') === 1 && exchange.count('private') === 1 && run.text().includes('"why":"reconnected"'),
    );
    expect([exchange.count('market'), exchange.count('private')]).toEqual([1, 1]);
    run.child.kill('SIGTERM');
    expect(await run.code).toBe(0);
  });

  it('runs a command for an alert, with the event and without the keys', async () => {
    const file = join(folder(), 'out');
    const command = `cat > ${file}; env | grep LIQCALC_ >> ${file}`;
    const run = await runLive(
      ['watch', '--account', 'binance', '--until', 'alert', '--alert', '99', '--exec', command],
      {
        env: exchange.env,
      },
    );
    expect(run.code).toBe(1);
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('"type":"alert"');
    expect(text).toMatch(/^LIQCALC_TYPE=alert$/m);
    expect(text).not.toMatch(/_KEY=|_SECRET=/);
  });

  it('goes on when a command fails, and says so', async () => {
    const run = await runLive(['watch', '--account', 'binance', '--for', '3s', '--alert', '99', '--exec', 'exit 3'], {
      env: exchange.env,
    });
    expect(run.code).toBe(0);
    expect(events(run.stdout)).toContainEqual(expect.objectContaining({ code: 'NOTICE_FAILED' }));
  });

  it('posts an alert as JSON with a sentence, again after an error', async () => {
    const bodies: string[] = [];
    const server: Server = createServer((request, response) => {
      let body = '';
      request.on('data', (data: Buffer) => (body += data.toString()));
      request.on('end', () => {
        bodies.push(body);
        response.writeHead(bodies.length === 1 ? 500 : 204).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
    const run = await runLive(
      ['watch', '--account', 'binance', '--until', 'alert', '--alert', '99', '--webhook', url],
      { env: exchange.env },
    );
    server.close();
    expect(run.code).toBe(1);
    expect(bodies.length).toBeGreaterThanOrEqual(2);
    expect(JSON.parse(bodies[0] ?? '')).toMatchObject({
      type: 'alert',
      text: expect.stringContaining('within 99 %') as string,
    });
  });

  it('refuses a log that cannot be written (73), and webhooks that are not https', async () => {
    const file = join(folder(), 'file');
    writeFileSync(file, '');
    const log = await runLive(['watch', 'BTCUSDT', '--log', join(file, 'x')], {
      env: { LIQCALC_BASE_BINANCE: exchange.url },
    });
    expect([log.code, log.stdout]).toEqual([73, '']);
    const full = await runLive(['watch', 'BTCUSDT', '--log', '/dev/full'], {
      env: { LIQCALC_BASE_BINANCE: exchange.url },
    });
    expect(full.code).toBe(73);
    const hook = await runLive(['watch', 'BTCUSDT', '--webhook', 'http://example.org/x'], {
      env: { LIQCALC_BASE_BINANCE: exchange.url },
    });
    expect(hook.code).toBe(2);
  });
});
