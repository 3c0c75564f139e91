import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareOrAccept, isInstalled, lackingTool, replay, serverOf, sessionsOf } from '../session.js';

const sessions = sessionsOf('docs/recipes.md').flatMap((session) => {
  const server = serverOf(session);
  return server === undefined ? [] : [{ line: session.line, session, server }];
});

/** What to call when the tests are over. */
const ends: (() => void)[] = [];
afterAll(() => {
  for (const end of ends.reverse()) end();
});

const scratch = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'liqcalc-recipe-'));
  ends.push(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
};

const portOf = (server: Pick<Server, 'address'>): number => (server.address() as AddressInfo).port;

/** Where PostgreSQL has its programs. */
function postgresFolder(): string | undefined {
  const root = '/usr/lib/postgresql';
  const versions = spawnSync('ls', [root]).status === 0 ? readdirSync(root) : [];
  return versions.map((version) => join(root, version, 'bin')).at(-1);
}

/** A user without rights, because PostgreSQL does not run as root. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/** A temporary cluster that only a socket in its folder reaches. */
function startPostgres(programs: string): Readonly<Record<string, string>> {
  const folder = scratch();
  if (NOBODY.uid !== undefined) chownSync(folder, NOBODY.uid, NOBODY.gid);
  const data = join(folder, 'data');
  const run = (program: string, ...args: readonly string[]): void => {
    const { status, stderr } = spawnSync(join(programs, program), args, { ...NOBODY, cwd: folder, encoding: 'utf8' });
    expect(status, stderr).toBe(0);
  };
  run('initdb', '-D', data, '-U', 'trader', '-A', 'trust', '-E', 'UTF8', '--no-sync');
  const options = `-c listen_addresses= -c unix_socket_directories=${folder} -c fsync=off`;
  run('pg_ctl', 'start', '-w', '-D', data, '-l', join(folder, 'log'), '-o', options);
  ends.push(() => {
    run('pg_ctl', 'stop', '-w', '-m', 'immediate', '-D', data);
  });
  return { PGHOST: folder, PGUSER: 'trader', PGDATABASE: 'postgres' };
}

/** A broker inside kcat, which lives while its input stays open. */
function startKafka(): Promise<Readonly<Record<string, string>>> {
  const broker: ChildProcess = spawn('kcat', [
    '-P',
    '-b',
    'x',
    '-X',
    'test.mock.num.brokers=1',
    '-X',
    'debug=mock',
    '-t',
    'any',
  ]);
  ends.push(() => void broker.kill());
  // What it prints is read to the end: a broker that cannot print ends.
  return new Promise((found, failed) => {
    let printed = '';
    broker.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      printed += chunk;
      const [, address] = /bootstrap\.servers=(\S+)\s/.exec(printed) ?? [];
      if (address !== undefined) found({ KAFKA: address });
    });
    broker.once('exit', () => failed(new Error(`kcat names no broker: ${printed}`)));
  });
}

/** A bot interface that answers with the text that it got, as Telegram does, and a webhook that prints its text. */
async function startHttp(): Promise<Readonly<Record<string, string>>> {
  const server = createHttpServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const isHook = request.headers['content-type'] === 'application/json';
      const text = isHook
        ? (JSON.parse(body) as { readonly text: string }).text
        : (new URLSearchParams(body).get('text') ?? '');
      const isKnown = isHook ? request.url === '/hook' : request.url === '/bot123:abc/sendMessage';
      response.writeHead(isKnown ? 200 : 404);
      response.end(isHook ? `the channel shows:\n${text}\n` : JSON.stringify({ ok: true, result: { text } }));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  ends.push(() => void server.close());
  const base = `http://127.0.0.1:${portOf(server)}`;
  return { TELEGRAM: base, TOKEN: '123:abc', CHAT: '42', HOOK: `${base}/hook` };
}

/** The messages that the mail server got. */
const mails: string[] = [];

/** As much of a mail server as one message needs. */
async function startMail(): Promise<Readonly<Record<string, string>>> {
  const server = createTcpServer((socket) => {
    let text = '';
    let isData = false;
    socket.write('220 mail\r\n');
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      for (let end = text.indexOf('\r\n'); end >= 0; end = text.indexOf('\r\n')) {
        const line = text.slice(0, end);
        text = text.slice(end + 2);
        if (isData && line !== '.') mails.push(line);
        else if (isData) {
          isData = false;
          socket.write('250 kept\r\n');
        } else {
          isData = line === 'DATA';
          socket.write(isData ? '354 go on\r\n' : line === 'QUIT' ? '221 bye\r\n' : '250 ok\r\n');
        }
      }
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  ends.push(() => void server.close());
  return { SMTP: `smtp://127.0.0.1:${portOf(server)}` };
}

describe('the recipes that need a server', () => {
  const programs = postgresFolder();
  let env: Readonly<Record<string, string>> = {};

  beforeAll(async () => {
    env = {
      DATA: scratch(),
      ...(programs !== undefined && isInstalled('psql') && startPostgres(programs)),
      ...(isInstalled('kcat') && (await startKafka())),
      ...(await startHttp()),
      ...(await startMail()),
    };
  });

  it('are those of Postgres, Parquet, Kafka and of messages', () => {
    expect(sessions.map(({ server }) => server)).toEqual(['curl', 'curl', 'curl', 'curl', 'psql', 'parquet', 'kcat']);
  });

  it.for(sessions)('$server, line $line', async ({ session, server }, { skip }) => {
    const lacking = lackingTool(session) ?? (server === 'psql' && programs === undefined ? 'postgresql' : undefined);
    skip(lacking !== undefined, `${lacking ?? ''} is not installed`);
    compareOrAccept(session, await replay(session, env), (found, shown) => expect(found).toEqual(shown));
  });

  it('the mail has its subject and says who', ({ skip }) => {
    skip(!isInstalled('curl'), 'curl is not installed');
    const [subject, empty, ...lines] = mails.join('\n').split('\n');
    expect([subject, empty]).toEqual(['Subject: close to liquidation', '']);
    expect(lines).toContain('liqcalc: alert: BTCUSDT long: 3.0018 % to liquidation (<stdin>:3, id 3)');
    expect(lines).toContain('liqcalc: alert: short: 4.4776 % to liquidation (<stdin>:2, id 2)');
  });

  it('the report is attached to its mail, in lines that every server takes', ({ skip }) => {
    skip(!isInstalled('curl'), 'curl is not installed');
    const report = mails.slice(mails.indexOf('Subject: risk report'));
    expect(report).toContain('Content-Disposition: attachment; name="file"; filename="report.html"');
    expect(report.join('')).toContain('<h1>Risk report of an account</h1>');
    expect(Math.max(...report.map((line) => line.length))).toBeLessThan(998);
  });
});
