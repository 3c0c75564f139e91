import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connecting } from '../../src/live/socket.js';
import type { Socket } from '../../src/live/stream.js';
import { FakeExchange } from './fake-exchange.js';

/** Pings that no test waits for, and those that one does. */
const [SELDOM_MS, OFTEN_MS] = [60_000, 200];
const MIB = 1 << 20;
let exchange: FakeExchange;
let sockets: Socket[];

beforeEach(async () => {
  sockets = [];
  exchange = await new FakeExchange().start();
});
afterEach(async () => {
  for (const socket of sockets) socket.end();
  await exchange.stop();
});

/** Opens a socket; its reports, long frames as their length. */
function opened(path = '/market/stream', pingMs = SELDOM_MS): { readonly said: unknown[][]; readonly socket: Socket } {
  const said: unknown[][] = [];
  const note =
    (name: string) =>
    (...given: readonly unknown[]): void =>
      void said.push([name, ...given.filter((each) => each !== undefined)]);
  const socket = connecting(pingMs)('market', exchange.url.replace('http', 'ws') + path, {
    opened: note('opened'),
    frame: (text) => note('frame')(text.length > 100 ? text.length : text),
    unreadable: note('unreadable'),
    closed: note('closed'),
    refused: note('refused'),
  });
  sockets.push(socket);
  return { said, socket };
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition() && tries < 500; tries++) await new Promise((resolve) => setTimeout(resolve, 10));
}

const has = (said: readonly unknown[][], name: string): boolean => said.some(([of]) => of === name);
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('a handshake', () => {
  it('that is reset is a close', async () => {
    exchange.resetHandshake();
    const { said } = opened();
    await until(() => said.length > 0);
    expect(said).toEqual([['closed', 1006, 'ECONNRESET']]);
  });

  it.each<[string, number, Readonly<Record<string, string>>, string, unknown[]]>([
    ['429 with a time', 429, { 'Retry-After': '7' }, '', [429, 7000]],
    ['418 with a time', 418, { 'Retry-After': '120' }, '', [418, 120_000]],
    ['418 without one', 418, {}, '', [418]],
    ['403 in HTML', 403, { 'Content-Type': 'text/html' }, '<html>Forbidden</html>', [403]],
    ['a redirect, which is not followed', 302, { Location: 'ws://127.0.0.1:9/' }, '', [302]],
  ])('is refused: %s', async (_, status, headers, body, given) => {
    exchange.refuseHandshake(status, headers, 1, body);
    const { said } = opened();
    await until(() => said.length > 0);
    await pause(30);
    expect(said).toEqual([['refused', ...given]]);
    expect(exchange.handshakes).toHaveLength(1);
  });
});

describe('frames', () => {
  it('of almost 8 MiB are read, also in pieces of TCP; longer ones are reported and end the socket', async () => {
    const { said } = opened();
    await until(() => has(said, 'opened'));
    exchange.send('market', 'x'.repeat(8 * MIB));
    await until(() => has(said, 'frame'));
    exchange.send('market', 'x'.repeat(8 * MIB + 1));
    await until(() => has(said, 'closed'));
    expect(said).toEqual([
      ['opened'],
      ['frame', 8 * MIB],
      ['unreadable', 8 * MIB],
      ['closed', 1009, 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH'],
    ]);
  });

  it('that are not text are reported', async () => {
    const { said } = opened();
    exchange.onOpen = (_, socket) => socket.send(Buffer.from([1, 2, 3]));
    await until(() => said.length > 1);
    expect(said).toEqual([['opened'], ['unreadable', 3]]);
  });

  it.each([1001, 1008, 4001])('are over after close %i', async (code) => {
    const { said } = opened();
    await until(() => has(said, 'opened'));
    exchange.close('market', code);
    await until(() => has(said, 'closed'));
    expect(said).toEqual([['opened'], ['closed', code, '']]);
  });

  it('are over once the socket is ended from this side: it no longer reports', async () => {
    const { said, socket } = opened();
    await until(() => has(said, 'opened'));
    exchange.send('market', 'a last frame');
    socket.end();
    socket.send('a frame to nobody');
    await pause(50);
    expect(said).toEqual([['opened']]);
  });
});

describe('a socket that is quiet', () => {
  it('answers pings, and stays while its own are answered', async () => {
    const { said } = opened('/market/stream', OFTEN_MS);
    let pongs = 0;
    let pings = 0;
    exchange.onOpen = (_, socket) => {
      socket.on('pong', () => pongs++);
      socket.on('ping', () => pings++);
    };
    await until(() => has(said, 'opened'));
    exchange.ping('market');
    await until(() => pongs > 0 && pings > 2);
    expect(pongs).toBe(1);
    expect(said).toEqual([['opened']]);
    expect(exchange.count('market')).toBe(1);
  });

  it('is closed when the other end is gone without a word', async () => {
    const { said } = opened('/private/ws', OFTEN_MS);
    await until(() => has(said, 'opened'));
    exchange.freeze('private');
    await until(() => has(said, 'closed'));
    expect(said).toEqual([['opened'], ['closed', 1006, 'no answer to a ping']]);
  });
});
