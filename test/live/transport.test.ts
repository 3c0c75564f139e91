import { describe, expect, it } from 'vitest';
import { LiveError } from '../../src/live/failure.js';
import { hostsOf } from '../../src/live/hosts.js';
import { Secret, type Credential } from '../../src/live/secret.js';
import { binanceSigning } from '../../src/live/sign.js';
import { Transport, type TransportOptions } from '../../src/live/transport.js';
import type { LiveVenue, Request } from '../../src/live/venue.js';
import { WireError, type WireAnswer, type WireRequest } from '../../src/live/wire.js';

const TIME: Request = { method: 'GET', path: '/time', access: 'public', weight: 1 };
const MARKS: Request = { method: 'GET', path: '/marks', access: 'public', weight: 10 };
const ACCOUNT: Request = { method: 'GET', path: '/account', access: 'signed', weight: 5 };
const ASK: Request = { method: 'POST', path: '/info', access: 'public', weight: 1, type: 'meta' };

const VENUE: LiveVenue = {
  meaning: 'a venue',
  venue: 'binance',
  credential: 'key',
  variable: 'TEST',
  keys: 'TEST',
  signing: binanceSigning,
  hosts: { live: { rest: 'https://rest.example' } },
  allow: [TIME, MARKS, ACCOUNT, ASK],
  budget: { header: 'x-used', limit: 100 },
  time: async ({ get }) => (JSON.parse(await get(TIME)) as { serverTime: number }).serverTime,
  fetches: {},
};

const KEY = 'the-key-of-this-account-1234';
const SECRET = 'the-secret-of-this-account-5678';
const credential: Credential = { key: new Secret(KEY), signer: { kind: 'hmac', secret: new Secret(SECRET) } };

type Reply = Partial<Omit<WireAnswer, 'text'>> & { readonly text?: string | object };

interface Fake {
  readonly transport: Transport;
  readonly sent: WireRequest[];
  readonly waits: number[];
  readonly clock: { time: number };
}

/** A transport whose answers are given in order, with a clock that only waiting moves. */
function fake(replies: readonly (Reply | WireError)[], options: Partial<TransportOptions> = {}, skew = 0): Fake {
  const clock = { time: 1_700_000_000_000 };
  const [sent, waits, left]: [WireRequest[], number[], (Reply | WireError)[]] = [[], [], [...replies]];
  const transport = new Transport(VENUE, {
    hosts: VENUE.hosts.live,
    timeoutMs: 30_000,
    credential: () => credential,
    clock: {
      now: () => clock.time,
      sleep: (ms) => {
        waits.push(ms);
        clock.time += ms;
        return Promise.resolve();
      },
      random: () => 1,
    },
    send: (request) => {
      sent.push(request);
      if (request.url.pathname === '/time')
        return Promise.resolve(answered({ text: { serverTime: clock.time + skew } }));
      const reply = left.shift() ?? {};
      return reply instanceof WireError ? Promise.reject(reply) : Promise.resolve(answered(reply));
    },
    ...options,
  });
  return { transport, sent, waits, clock };
}

const answered = ({ status = 200, headers = {}, text = {} }: Reply): WireAnswer => ({
  status,
  headers,
  text: typeof text === 'string' ? text : JSON.stringify(text),
});

async function failure(asked: Promise<unknown>): Promise<LiveError> {
  const error: unknown = await asked.then(
    () => new Error('no failure'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof LiveError)) throw error as Error;
  return error;
}

const said = (status: number, code: number, msg: string, headers: WireAnswer['headers'] = {}): Reply => ({
  status,
  headers,
  text: { code, msg },
});

describe('what is sent', () => {
  it('is nothing that the list does not name', async () => {
    const { transport, sent } = fake([]);
    const others: Request[] = [
      { ...MARKS, path: '/order' },
      { ...MARKS, method: 'POST' },
      { ...ASK, type: 'order' },
      { ...ASK, method: 'PUT' },
    ];
    for (const each of others) await expect(transport.get(each)).rejects.toThrow('not in the list');
    expect(sent).toEqual([]);
  });

  it('has neither key nor signature if it is public', async () => {
    const { transport, sent } = fake([{ text: '[1.10]' }]);
    expect(await transport.get(MARKS, { symbol: 'BTC/USDT', limit: 5, from: undefined })).toBe('[1.10]');
    expect(sent.map(({ url }) => url.href)).toEqual(['https://rest.example/marks?symbol=BTC%2FUSDT&limit=5']);
    expect(JSON.stringify(sent[0]?.headers)).not.toContain('APIKEY');
  });

  it('is a JSON body where a question has a type', async () => {
    const { transport, sent } = fake([{}]);
    await transport.get(ASK, { user: '0x1', req: { coin: 'BTC' } });
    expect(sent[0]).toMatchObject({ method: 'POST', body: '{"type":"meta","user":"0x1","req":{"coin":"BTC"}}' });
  });

  it('is signed with the time of the venue, which is measured first and once', async () => {
    const { transport, sent } = fake([], {}, 12_000);
    await Promise.all([transport.get(ACCOUNT), transport.get(ACCOUNT), transport.get(ACCOUNT)]);
    expect(sent.map(({ url }) => url.pathname)).toEqual(['/time', '/account', '/account', '/account']);
    expect(sent[1]?.url.searchParams.get('timestamp')).toBe('1700000012000');
    expect([...(sent[1]?.url.searchParams.keys() ?? [])].at(-1)).toBe('signature');
    expect(transport.offsetMs).toBe(12_000);
  });
});

describe('a clock that was set while we ran', () => {
  it('is measured again, once for all requests, and they are repeated', async () => {
    const late = said(400, -1021, 'Timestamp for this request is outside of the recvWindow.');
    const { transport, sent } = fake([late, late, { text: '1' }, { text: '2' }]);
    expect(await Promise.all([transport.get(ACCOUNT), transport.get(ACCOUNT)])).toEqual(['1', '2']);
    expect(sent.filter(({ url }) => url.pathname === '/time')).toHaveLength(2);
  });

  it('fails if that does not help', async () => {
    const late = said(400, -1021, 'Timestamp outside');
    const { transport, sent } = fake([late, late, late]);
    expect((await failure(transport.get(ACCOUNT))).message).toContain('refuses the time of the request');
    expect(sent.filter(({ url }) => url.pathname === '/account')).toHaveLength(2);
  });
});

describe('limits', () => {
  it.each([429, 418])('waits as long as %i says, not less', async (status) => {
    const { transport, waits } = fake([said(status, -1003, 'Too many', { 'retry-after': '17' }), { text: '1' }]);
    expect(await transport.get(MARKS)).toBe('1');
    expect(waits).toEqual([17_000]);
  });

  it.each([429, 418])('fails at once if %i asks for more time than there is, and remembers it', async (status) => {
    const { transport, sent, waits } = fake([said(status, -1003, 'Too many', { 'retry-after': '120' })]);
    const error = await failure(transport.get(MARKS));
    expect([error.kind, error.details.status, error.details.retryAfterMs]).toEqual(['unavailable', status, 120_000]);
    expect(error.message).toMatch(/^rest\.example .*ask again in 120 s$/);
    expect((await failure(transport.get(MARKS))).message).toContain('ask again in 120 s');
    expect([sent.length, waits]).toEqual([1, []]);
  });

  it('tries a 429 without a time again, a bit later; a ban without one never', async () => {
    const { transport, waits } = fake([said(429, -1003, 'x'), { text: '1' }]);
    expect(await transport.get(MARKS)).toBe('1');
    expect(waits).toEqual([500]);
    const banned = fake([said(418, -1003, 'x'), { text: '1' }]);
    expect((await failure(banned.transport.get(MARKS))).message).toContain('has banned this address');
    expect(banned.sent).toHaveLength(1);
  });

  it('keeps within the budget of weight that the venue reports', async () => {
    const { transport, waits, clock } = fake([{ headers: { 'x-used': '85' } }], { timeoutMs: 61_000 });
    await transport.get(MARKS);
    expect(transport.weightUsed).toBe(85);
    await transport.get(MARKS);
    expect(waits).toEqual([60_000 - (1_700_000_000_000 % 60_000)]);
    expect(clock.time % 60_000).toBe(0);
    const short = fake([{ headers: { 'x-used': '85' } }], { timeoutMs: 1000 });
    await short.transport.get(MARKS);
    expect((await failure(short.transport.get(MARKS))).message).toContain('85 of 100 units of weight in this minute');
  });
});

describe('failures', () => {
  it('tries a server that is out of order again, later each time', async () => {
    const down = { status: 503, text: 'Service Unavailable' };
    const { transport, waits } = fake([down, down, down, down, down, { text: '1' }]);
    expect(await transport.get(MARKS)).toBe('1');
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000]);
    const { transport: other } = fake([down, down, down, down, down, down]);
    expect((await failure(other.get(MARKS))).message).toBe('rest.example is out of order: HTTP 503');
  });

  it('tries three times to reach it, and a connection that was cut', async () => {
    const refused = new WireError('unreachable', 'ECONNREFUSED');
    const { transport, waits } = fake([refused, new WireError('cut', 'cut'), { text: '1' }]);
    expect(await transport.get(MARKS)).toBe('1');
    expect(waits).toEqual([500, 1000]);
    const { transport: other } = fake([refused, refused, refused]);
    expect((await failure(other.get(MARKS))).message).toBe('rest.example cannot be reached: ECONNREFUSED');
  });

  it.each([
    [said(401, -2014, 'API-key format invalid.'), 'noKey', 'not in the form of a key'],
    [said(401, -2015, 'Invalid API-key, IP, or permissions for action.'), 'noKey', 'older than the futures account'],
    [said(400, -1022, 'Signature for this request is not valid.'), 'noKey', 'the secret does not belong to the key'],
    [{ status: 403, text: '<html>403 Forbidden</html>' }, 'unavailable', 'firewall'],
    [{ status: 451, text: '{}' }, 'unavailable', 'does not serve the place'],
    [{ status: 302, headers: { location: 'https://evil.example' } }, 'unavailable', 'a redirect (HTTP 302)'],
    [said(400, -1121, 'Invalid symbol.'), 'usage', 'Invalid symbol. (-1121)'],
    [said(400, -1100, 'Illegal characters'), 'unavailable', 'GET /account: Illegal characters (-1100)'],
    [{ status: 200, text: '<html>welcome</html>' }, 'unavailable', 'not JSON'],
    [{ status: 200, text: '{"cut": ' }, 'unavailable', 'not JSON'],
    [new WireError('slow', 'no complete answer within 30000 ms'), 'unavailable', 'no complete answer'],
    [new WireError('tooLong', 'longer'), 'unavailable', 'longer'],
  ] as const)('%j is not tried again', async (reply, kind, words) => {
    const { transport, sent } = fake([reply]);
    const error = await failure(transport.get(ACCOUNT));
    expect([error.kind, error.message]).toEqual([kind, expect.stringContaining(words)]);
    expect(sent.filter(({ url }) => url.pathname === '/account')).toHaveLength(1);
  });

  it('shows neither key nor secret nor signature, even if the venue repeats them', async () => {
    const { transport } = fake([said(400, -1, `key ${KEY} secret ${SECRET} ?signature=${'a'.repeat(64)}`)]);
    const error = await failure(transport.get(ACCOUNT));
    const all = `${error.message}${error.stack ?? ''}${JSON.stringify(error)}`;
    expect([KEY, SECRET, 'aaaa'].filter((text) => all.includes(text))).toEqual([]);
    expect(all).toContain('[hidden]');
  });
});

describe('where it is sent', () => {
  it.each(['http://127.0.0.1:8080', 'http://localhost:1', 'http://[::1]:9'])('may be %s', (base) => {
    expect(hostsOf(VENUE, { LIQCALC_BASE_TEST: base })).toEqual({ rest: base });
  });

  it.each([
    'https://127.0.0.1',
    'http://example.com',
    'http://127.0.0.1.example.com',
    'http://u@127.0.0.1',
    'x',
    'http://127.0.0.1/x',
  ])('is never %s', (base) => {
    expect(() => hostsOf(VENUE, { LIQCALC_BASE_TEST: base })).toThrow('only an address of this computer');
  });

  it('keeps the paths of sockets', () => {
    const hosts = { rest: 'https://a.example', market: 'wss://b.example/market', user: 'wss://b.example/private' };
    expect(hostsOf({ ...VENUE, hosts: { live: hosts } }, { LIQCALC_BASE_TEST: 'http://127.0.0.1:5' })).toEqual({
      rest: 'http://127.0.0.1:5',
      market: 'ws://127.0.0.1:5/market',
      user: 'ws://127.0.0.1:5/private',
    });
  });

  it('is nowhere while another venue is replaced, or live commands are switched off', () => {
    expect(() => hostsOf(VENUE, { LIQCALC_BASE_OTHER: 'http://127.0.0.1:1' })).toThrow('LIQCALC_BASE_OTHER is set');
    expect(() => hostsOf(VENUE, { LIQCALC_OFFLINE: '1' })).toThrow('switched off');
    for (const value of ['yes', 'true', '2']) {
      expect(() => hostsOf(VENUE, { LIQCALC_OFFLINE: value })).toThrow('switched off');
    }
    expect(hostsOf(VENUE, { LIQCALC_OFFLINE: '' })).toBe(VENUE.hosts.live);
    expect(hostsOf(VENUE, { LIQCALC_OFFLINE: '0' })).toBe(VENUE.hosts.live);
  });
});
