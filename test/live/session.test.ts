import { describe, expect, it } from 'vitest';
import { LiveError } from '../../src/live/failure.js';
import { VirtualClock } from '../../src/live/clock.js';
import { Stream } from '../../src/live/stream.js';
import { SETTINGS, START, Trial, VirtualBinance } from './virtual-binance.js';

const states = (trial: Trial): unknown[] => trial.all('status').map(({ state }) => state);
const count = (trial: Trial, path: string): number => trial.exchange.sent.filter((each) => each === path).length;
const lastAccount = (trial: Trial): { positions: Record<string, unknown>[] } & Record<string, unknown> =>
  trial.all('account').at(-1) as never;
const positionOf = (trial: Trial, symbol: string): Record<string, unknown> | undefined =>
  lastAccount(trial).positions.find((each) => each['symbol'] === symbol);

describe('a session', () => {
  it('reads the account, opens both streams, and says the answer once a second', async () => {
    const trial = await new Trial().go(5000);
    expect(states(trial)).toEqual(['connecting', 'live']);
    expect(trial.all('snapshot').map(({ why, positions }) => [why, positions])).toEqual([['start', 2]]);
    expect(trial.all('account').length).toBeGreaterThanOrEqual(4);
    expect(positionOf(trial, 'BTCUSDT')).toMatchObject({
      mark: '59000',
      lev: '20',
      stale: false,
      bracketAsOf: '2026-11-30',
    });
    expect(trial.end).toBeUndefined();
    expect(trial.events.map(({ seq }) => seq)).toEqual(trial.events.map((_, index) => index + 1));
  });

  it('sends what is allowed only, and never deletes the listen key', async () => {
    const trial = await new Trial().go(1_900_000);
    expect([...new Set(trial.exchange.sent.map((each) => each.split(' ')[0]))].sort()).toEqual(['GET', 'POST', 'PUT']);
    expect(count(trial, 'POST /fapi/v1/listenKey')).toBe(1);
    expect(count(trial, 'PUT /fapi/v1/listenKey')).toBeGreaterThanOrEqual(1);
    // One audit a minute.
    expect(count(trial, 'GET /fapi/v3/account')).toBeLessThan(36);
  });

  it('alerts once a level as the price falls, hovers and rises', async () => {
    const trial = await new Trial().go(3000);
    // The only cross position: its price does not depend on another mark.
    const price = Number(positionOf(trial, 'BTCUSDT')?.['liquidationPrice']);
    const from = trial.events.length;
    for (const percent of [20, 14, 9.9, 10.2, 9.95, 10.7, 9.9, 4, -1, 3, 20]) {
      trial.exchange.marks.set('BTCUSDT', (price / (1 - percent / 100)).toFixed(8));
      await trial.go(1500);
    }
    const said = trial.events
      .slice(from)
      .flatMap(({ event }) =>
        event.type === 'alert' || event.type === 'clear' ? [`${event.type} ${event.level}`] : [],
      );
    expect(said).toEqual([
      'clear 15',
      'alert 15',
      'alert 10',
      'clear 10',
      'alert 10',
      'alert 5',
      'alert 0',
      'clear 0',
      'clear 5',
    ]);
  });

  it('has the marks of the account although the stream of a watched symbol is proved while it is replaced', async () => {
    const exchange = new VirtualBinance();
    exchange.marks.set('SOLUSDT', '150.00000000');
    const trial = await new Trial(exchange, { symbols: ['SOLUSDT'] }).go(3000);
    expect(states(trial)).toEqual(['connecting', 'live']);
    expect(positionOf(trial, 'BTCUSDT')).toMatchObject({ mark: '59000', stale: false });
    expect(trial.all('mark').at(-1)).toMatchObject({ symbol: 'SOLUSDT', mark: '150', stale: false });
  });

  it('alerts on a new position with a mark of the symbol that it had before', async () => {
    const trial = await new Trial(new VirtualBinance(), { symbols: ['SOLUSDT'] }).go(3000);
    trial.exchange.marks.set('SOLUSDT', '148.20000000');
    await trial.go(3000);
    trial.exchange.trade('SOLUSDT', '40', '150', { mode: 'ISOLATED', margin: '300' });
    await trial.go(400);
    const [alert] = trial.all('alert').filter(({ symbol }) => symbol === 'SOLUSDT');
    expect(alert).toMatchObject({ level: '5', stale: false });
    expect(Number(alert?.['markAgeMs'])).toBeLessThan(1500);
  });
});

describe('marks that do not come', () => {
  it('are late, stale and said once, and the socket is opened again', async () => {
    const trial = await new Trial().go(3000);
    trial.exchange.isSilent = true;
    await trial.go(5600);
    expect(states(trial)).toEqual(['connecting', 'live', 'late', 'stale']);
    expect(trial.all('stale').map(({ symbol }) => symbol)).toEqual(['BTCUSDT', 'ETHUSDT']);
    expect(lastAccount(trial).positions.map(({ stale }) => stale)).toEqual([true, true]);
    trial.exchange.isSilent = false;
    await trial.go(5000);
    expect(
      trial
        .all('fresh')
        .map(({ symbol }) => symbol)
        .sort(),
    ).toEqual(['BTCUSDT', 'ETHUSDT']);
    expect(states(trial).at(-1)).toBe('live');
    expect(trial.all('stale')).toHaveLength(2);
  });

  it('make one blind after 30 s, or 10 s while an alert holds, with the reason', async () => {
    const trial = await new Trial().go(3000);
    trial.exchange.isSilent = true;
    trial.exchange.fail('/fapi/v1/premiumIndex', ...Array.from({ length: 50 }, () => 'reset' as const));
    await trial.go(20_000);
    expect(trial.all('blind')).toHaveLength(1);
    expect(String(trial.all('blind')[0]?.['reason'])).toMatch(/marks/);
    trial.exchange.isSilent = false;
    await trial.go(60_000);
    expect(trial.all('seeing')).toHaveLength(1);
    expect(states(trial).at(-1)).toBe('live');
    const calm = await new Trial(new VirtualBinance(), {
      alerts: { ...SETTINGS.alerts, levels: { ...SETTINGS.alerts.levels, distance: [] } },
    }).go(3000);
    calm.exchange.isSilent = true;
    calm.exchange.fail('/fapi/v1/premiumIndex', ...Array.from({ length: 50 }, () => 'reset' as const));
    await calm.go(20_000);
    expect(calm.all('blind')).toHaveLength(0);
    await calm.go(20_000);
    expect(calm.all('blind')).toHaveLength(1);
  });

  it('are requested while no socket delivers them, which is said', async () => {
    const trial = await new Trial().go(3000);
    trial.exchange.isSilent = true;
    await trial.go(120_000);
    expect(count(trial, 'GET /fapi/v1/premiumIndex')).toBeGreaterThan(10);
    expect(['live', 'late']).toContain(states(trial).at(-1));
  });

  it('that come punctually but old are stale all the same', async () => {
    const trial = await new Trial().go(3000);
    trial.exchange.markAgeMs = 8000;
    await trial.go(9000);
    expect(states(trial)).toContain('stale');
  });

  it('never clear an alert, and one that they raise says so', async () => {
    const trial = await new Trial().go(3000);
    trial.exchange.marks.set('BTCUSDT', '52000.00000000');
    await trial.go(3000);
    trial.exchange.markAgeMs = 8000;
    await trial.go(12_000);
    trial.exchange.marks.set('BTCUSDT', '90000.00000000');
    await trial.go(4000);
    for (const event of trial.all('clear')) expect(event['stale']).toBe(false);
    for (const event of [...trial.all('alert'), ...trial.all('clear')]) {
      expect(event['stale']).toBe(Number(event['markAgeMs']) >= 5000);
    }
  });

  it('on a stream that is accepted but never delivers: the error names the route', async () => {
    const exchange = new VirtualBinance();
    exchange.isSilent = true;
    const trial = await new Trial(exchange).go(12_000);
    const [error] = trial.all('error');
    expect(error).toMatchObject({ code: 'SILENT_STREAM' });
    expect(String(error?.['message'])).toContain('fstream.binance.com/market/stream');
  });
});

describe('streams that break', () => {
  it.each([1001, 1006, 1008, 4001])('are opened again after close %i, without a snapshot for marks', async (code) => {
    const trial = await new Trial().go(10_000);
    const before = count(trial, 'GET /fapi/v3/account');
    trial.exchange.close('market', code);
    await trial.go(4000);
    expect(trial.exchange.count('market')).toBe(1);
    expect(count(trial, 'GET /fapi/v3/account')).toBe(before);
    expect(states(trial).at(-1)).toBe('live');
  });

  it('report what was missed while the private one was away, with one snapshot for both', async () => {
    const trial = await new Trial().go(10_000);
    const before = count(trial, 'GET /fapi/v3/account');
    trial.exchange.close('private', 1006);
    trial.exchange.close('market', 1006);
    trial.exchange.hold('ETHUSDT', '-3.500', '3010.0', { margin: '1000' });
    await trial.go(3000);
    expect(trial.all('gap')).toMatchObject([
      { positions: [{ symbol: 'ETHUSDT', had: '-2', is: '-3.5' }], wallet: null },
    ]);
    expect(count(trial, 'GET /fapi/v3/account')).toBe(before + 1);
    expect(positionOf(trial, 'ETHUSDT')).toMatchObject({ qty: '3.500', margin: '1000' });
  });

  it('are refused with 429: the wait is kept, then they are opened', async () => {
    const trial = await new Trial().go(5000);
    trial.exchange.refuse(429, 7000, 1);
    trial.exchange.close('market', 1006);
    await trial.go(2000);
    expect(trial.all('limited')).toMatchObject([{ status: 429, retryAfterMs: 7000 }]);
    await trial.go(4500);
    expect(trial.exchange.count('market')).toBe(0);
    await trial.go(4000);
    expect(trial.exchange.count('market')).toBe(1);
  });

  it.each([403, 418, 451, 503])('are refused with %i: it is said and tried again', async (status) => {
    const exchange = new VirtualBinance();
    exchange.refuse(status, undefined, 2);
    const trial = await new Trial(exchange).go(20_000);
    expect([...trial.all('limited'), ...trial.all('error')].length).toBeGreaterThanOrEqual(2);
    expect(states(trial).at(-1)).toBe('live');
  });

  it('survive broken frames, unknown events and fields that are missing', async () => {
    const trial = await new Trial().go(3000);
    trial.exchange.send('market', '{"broken');
    trial.exchange.send('private', { e: 'SOMETHING_NEW', E: START, x: 1 });
    trial.exchange.send('private', { e: 'ACCOUNT_UPDATE', E: START, T: START });
    const o = {
      s: 'BTCUSDT',
      c: 'autoclose-1',
      S: 'SELL',
      o: 'LIMIT',
      x: 'TRADE',
      X: 'FILLED',
      i: 9,
      l: '0.1',
      L: '58000',
      q: '0.1',
      t: 3,
      ps: 'BOTH',
    };
    trial.exchange.send('private', { e: 'ORDER_TRADE_UPDATE', E: START, T: START, o });
    await trial.go(1000);
    expect(trial.all('error').map(({ code }) => code)).toEqual(['UNREADABLE_FRAME', 'UNREADABLE_FRAME']);
    expect(trial.all('liquidation')).toMatchObject([{ symbol: 'BTCUSDT', price: '58000', fee: null }]);
    expect(states(trial).at(-1)).toBe('live');
  });
});

describe('the private stream', () => {
  it('is opened with a new key when the old one expired, or is gone at the keep-alive', async () => {
    const trial = await new Trial().go(3000);
    trial.exchange.send('private', { e: 'listenKeyExpired', E: START });
    trial.exchange.listenKey = undefined;
    await trial.go(3000);
    expect(trial.exchange.keys).toBe(2);
    trial.exchange.listenKey = undefined;
    await trial.go(31 * 60_000);
    expect(trial.exchange.keys).toBe(3);
    expect(states(trial).at(-1)).toBe('live');
  });

  it('that is open but dead is found by the audit, after the stream had time to explain', async () => {
    const trial = await new Trial().go(30_000);
    trial.exchange.hold('BTCUSDT', '0.700', '60100.0');
    await trial.go(62_000);
    expect(trial.all('gap')).toMatchObject([{ positions: [{ symbol: 'BTCUSDT', had: '0.5', is: '0.7' }] }]);
    expect(positionOf(trial, 'BTCUSDT')).toMatchObject({ qty: '0.700' });
    expect(states(trial).at(-1)).toBe('live');
  });

  it('takes duplicates, old events and an event between the answers of a snapshot', async () => {
    const trial = await new Trial().go(3000);
    trial.exchange.trade('BTCUSDT', '0.600', '59900.0');
    const again = trial.exchange.update('BTCUSDT');
    trial.exchange.send('private', again);
    trial.exchange.send('private', { ...trial.exchange.update('ETHUSDT', 'ORDER', START - 900_000) });
    await trial.go(1500);
    expect(trial.all('position')).toHaveLength(1);
    const slow = await new Trial().go(12_000);
    slow.exchange.close('private', 1006);
    slow.exchange.latencyMs = 300;
    await slow.go(900);
    slow.exchange.trade('BTCUSDT', '0.900', '59800.0');
    await slow.go(3000);
    expect(positionOf(slow, 'BTCUSDT')).toMatchObject({ qty: '0.900' });
  });

  it('delivers hedge legs, margin, funding and another margin mode', async () => {
    const exchange = new VirtualBinance();
    exchange.places.clear();
    exchange.hold('BTCUSDT/LONG', '0.5', '60000');
    exchange.hold('BTCUSDT/SHORT', '-0.2', '61000');
    const trial = await new Trial(exchange).go(3000);
    exchange.trade('BTCUSDT/SHORT', '-0.3', '61000');
    exchange.send('private', {
      e: 'ACCOUNT_UPDATE',
      E: exchange.now(),
      T: exchange.now(),
      a: { m: 'FUNDING_FEE', B: [{ a: 'USDT', wb: '4398.2', cw: '4398.2', bc: '-1.8' }], P: [] },
    });
    await trial.go(1500);
    expect(lastAccount(trial)['wallet']).toBe('4398.2');
    expect(lastAccount(trial).positions.map(({ side, qty }) => [side, qty])).toEqual([
      ['long', '0.5'],
      ['short', '0.3'],
    ]);
    expect(trial.all('funding')).toMatchObject([{ amount: '-1.8', symbol: null, accrued: '-1.8' }]);
    const other = await new Trial().go(3000);
    other.exchange.trade('ETHUSDT', '-2.000', '3000.0', { margin: '700' }, 'MARGIN_TRANSFER');
    await other.go(1200);
    expect(positionOf(other, 'ETHUSDT')).toMatchObject({ mode: 'isolated', margin: '700' });
    other.exchange.trade('ETHUSDT', '-2.000', '3000.0', { mode: 'CROSSED', margin: '0' }, 'MARGIN_TYPE_CHANGE');
    await other.go(1200);
    expect(positionOf(other, 'ETHUSDT')).toMatchObject({ mode: 'cross' });
  });

  it('asks for the leverage of a symbol that it never saw, and watches its mark', async () => {
    const exchange = new VirtualBinance();
    exchange.marks.set('SOLUSDT', '148.20000000');
    const trial = await new Trial(exchange).go(3000);
    exchange.trade('SOLUSDT', '4', '150.0', { lev: 7 });
    await trial.go(3000);
    expect(positionOf(trial, 'SOLUSDT')).toMatchObject({ lev: '7', mark: '148.2' });
    expect(states(trial).at(-1)).toBe('live');
  });

  it('reports margin calls beside our own maintenance margin', async () => {
    const trial = await new Trial().go(3000);
    const p = [{ s: 'BTCUSDT', ps: 'BOTH', pa: '0.500', mt: 'CROSSED', iw: '0', mp: '59000', up: '-1', mm: '118' }];
    trial.exchange.send('private', { e: 'MARGIN_CALL', E: START, cw: '1', p });
    await trial.go(300);
    expect(trial.all('marginCall')).toMatchObject([
      { symbol: 'BTCUSDT', maintenance: '118', ourMaintenance: '118', difference: '0' },
    ]);
  });

  it('reads the account again when all assets back all positions, and says that collateral is held still', async () => {
    const trial = await new Trial().go(12_000);
    trial.exchange.isMultiAssets = true;
    trial.exchange.send('private', { e: 'ACCOUNT_CONFIG_UPDATE', E: START, T: START, ai: { j: true } });
    await trial.go(2500);
    expect(JSON.stringify(lastAccount(trial))).toContain('COLLATERAL_HELD');
  });

  it('reads the brackets of a symbol again when the venue announces others', async () => {
    const trial = await new Trial().go(3000);
    const before = count(trial, 'GET /fapi/v1/leverageBracket');
    trial.exchange.send('market', { e: 'contractInfo', E: START, s: 'BTCUSDT', bks: [{}] });
    await trial.go(500);
    expect(trial.all('brackets')).toMatchObject([{ symbol: 'BTCUSDT' }]);
    expect(count(trial, 'GET /fapi/v1/leverageBracket')).toBe(before + 1);
  });

  it('ignores the frames of the other market', async () => {
    const trial = await new Trial().go(3000);
    const data = {
      e: 'markPriceUpdate',
      E: START + 9e6,
      s: 'BTCUSDT',
      p: '1',
      i: '1',
      P: '1',
      r: '0',
      T: START,
      st: 2,
    };
    trial.exchange.send('market', { stream: '!markPrice@arr', data: [data] });
    await trial.go(1200);
    expect(positionOf(trial, 'BTCUSDT')).toMatchObject({ mark: '59000' });
  });

  it('drops a position that was closed, and starts its alerts anew', async () => {
    const trial = await new Trial().go(3000);
    trial.exchange.trade('ETHUSDT', '0', '0', { margin: '0' });
    trial.exchange.clock.after(1, () => trial.exchange.trade('ETHUSDT', '-2.000', '3000.0', { margin: '450' }));
    await trial.go(2000);
    const said = trial.events.flatMap(({ event }) =>
      (event.type === 'alert' || event.type === 'clear') && event.symbol === 'ETHUSDT' ? [event] : [],
    );
    expect(said.map(({ type, level }) => `${type} ${level}`)).toEqual(['alert 5', 'clear 5', 'alert 5']);
  });
});

describe('requests that fail', () => {
  it('wait for Retry-After, and say so', async () => {
    const trial = await new Trial().go(3000);
    trial.exchange.fail('/fapi/v3/account', { status: 429, text: '{}', headers: { 'retry-after': '9' } });
    await trial.go(7000);
    expect(trial.all('limited')).toMatchObject([{ status: 429, retryAfterMs: 9000 }]);
    const during = trial.exchange.sent.length;
    await trial.go(4000);
    expect(trial.exchange.sent.length).toBe(during);
    await trial.go(20_000);
    expect(trial.exchange.sent.length).toBeGreaterThan(during);
  });

  it('five times 5xx, then work', async () => {
    const exchange = new VirtualBinance();
    exchange.fail('/fapi/v3/account', ...Array.from({ length: 5 }, () => ({ status: 503, text: '{}' })));
    const trial = await new Trial(exchange).go(60_000);
    expect(states(trial).at(-1)).toBe('live');
    expect(trial.end).toBeUndefined();
  });

  it('with a refused key end it at once', async () => {
    const exchange = new VirtualBinance();
    exchange.fail('/fapi/v1/listenKey', { status: 401, text: '{"code":-2014,"msg":"API-key format invalid."}' });
    const trial = await new Trial(exchange).go(3000);
    expect(trial.end).toMatchObject({ kind: 'failed' });
    expect(trial.end?.kind === 'failed' && trial.end.error instanceof LiveError && trial.end.error.kind).toBe('noKey');
  });

  it('with HTML in place of JSON do not end it', async () => {
    const trial = await new Trial().go(3000);
    trial.exchange.fail('/fapi/v3/account', { status: 403, text: '<html>Forbidden</html>' });
    await trial.go(15_000);
    expect(trial.all('error').length).toBeGreaterThan(0);
    expect(states(trial).at(-1)).toBe('live');
  });

  it('are fewer while the weight is above half of the limit', async () => {
    const trial = await new Trial().go(12_000);
    trial.exchange.weight = 1300;
    trial.exchange.isBusy = true;
    await trial.go(60_000);
    const before = count(trial, 'GET /fapi/v3/account');
    await trial.go(5 * 60_000);
    expect(count(trial, 'GET /fapi/v3/account')).toBeLessThanOrEqual(before + 1);
  });
});

describe('clocks', () => {
  it.each([-12_000, -4000, -500, 500, 4000, 12_000])('an exchange %i ms ahead is live', async (skewMs) => {
    const exchange = new VirtualBinance();
    exchange.skewMs = skewMs;
    const trial = await new Trial(exchange).go(6000);
    expect(states(trial)).toEqual(['connecting', 'live']);
    expect(Math.abs(Number(trial.all('status').at(-1)?.['clockOffsetMs']) - skewMs)).toBeLessThan(50);
    expect(count(trial, 'GET /fapi/v1/time')).toBeLessThanOrEqual(2);
  });

  it('a computer that slept for an hour has stale marks until new ones come', async () => {
    const trial = await new Trial().go(5000);
    trial.exchange.clock.sleep(3_600_000);
    trial.exchange.isSilent = true;
    await trial.go(400);
    expect(states(trial).at(-1)).toBe('stale');
    expect(trial.all('clock').length).toBeGreaterThan(0);
    trial.exchange.isSilent = false;
    await trial.go(6000);
    expect(states(trial).at(-1)).toBe('live');
  });

  it('a clock that is set back an hour does not make figures old', async () => {
    const trial = await new Trial().go(5000);
    trial.exchange.clock.sleep(-3_600_000);
    trial.exchange.skewMs += 3_600_000;
    await trial.go(6000);
    expect(states(trial).at(-1)).toBe('live');
    expect(trial.all('clock')[0]).toMatchObject({ message: expect.stringContaining('set back') as string });
  });
});

describe('the end', () => {
  it('comes when the time is over, or at an alert', async () => {
    const over = await new Trial(new VirtualBinance(), { forMs: 5000 }).go(9000);
    expect(over.end).toEqual({ kind: 'over' });
    expect(over.all('end')).toMatchObject([{ reason: 'over', seconds: 5, alerts: 2 }]);
    const alert = await new Trial(new VirtualBinance(), { untilAlert: true }).go(9000);
    expect(alert.end).toEqual({ kind: 'alert' });
    expect(alert.exchange.count('market') + alert.exchange.count('private')).toBe(0);
  });

  it('takes one snapshot and one answer without sockets', async () => {
    const trial = new Trial();
    const end = trial.session.once();
    await trial.exchange.clock.run(5000);
    expect(await end).toEqual({ kind: 'alert' });
    expect(trial.events.map(({ type }) => type)).toEqual([
      'start',
      'snapshot',
      'status',
      'alert',
      'alert',
      'account',
      'end',
    ]);
    expect(trial.exchange.sent).not.toContain('POST /fapi/v1/listenKey');
  });
});

describe('a stream', () => {
  it('is opened anew before 24 hours, the old socket staying until the new one works', async () => {
    const clock = new VirtualClock(START);
    const open = new Set<number>();
    let opened = 0;
    let fewest = Infinity;
    const stream = new Stream({
      origin: 'market',
      clock,
      isProvedByFrame: true,
      plan: () => Promise.resolve({ url: 'wss://x/', frames: [], framesPerSecond: 5, silenceMs: 5000 }),
      connect: (_, __, on) => {
        const own = ++opened;
        const beat = (): void => {
          if (open.has(own)) on.frame('a mark');
          if (open.has(own)) clock.after(4000, beat);
        };
        clock.after(50, () => {
          open.add(own);
          on.opened();
          // The first frame is late.
          clock.after(3000, beat);
        });
        return { send: () => undefined, end: () => open.delete(own) };
      },
      on: {
        frame: () => {
          fewest = Math.min(fewest, open.size);
          return true;
        },
        unreadable: () => undefined,
        opened: () => undefined,
        lost: (why) => expect.fail(why),
        refused: () => undefined,
        silent: () => undefined,
        failed: () => false,
      },
    });
    stream.start();
    await clock.run(24 * 3_600_000);
    expect([opened, open.size, fewest]).toEqual([2, 1, 1]);
    stream.stop();
    expect(open.size).toBe(0);
  });

  it('waits longer and longer, a random part of it, until a minute went well', async () => {
    const clock = new VirtualClock(START, 3);
    const waits: number[] = [];
    let isBroken = true;
    const stream = new Stream({
      origin: 'private',
      clock,
      isProvedByFrame: false,
      plan: () => Promise.resolve({ url: 'wss://x/', frames: [], framesPerSecond: 5 }),
      connect: (_, __, on) => {
        clock.after(10, () => (isBroken ? on.closed(1006, 'ECONNRESET') : on.opened()));
        return { send: () => undefined, end: () => undefined };
      },
      on: {
        frame: () => true,
        unreadable: () => undefined,
        opened: () => undefined,
        lost: (_, retryMs) => waits.push(retryMs),
        refused: () => undefined,
        silent: () => undefined,
        failed: () => false,
      },
    });
    stream.start();
    await clock.run(200_000);
    waits.forEach((wait, index) => {
      expect(wait).toBeLessThanOrEqual(Math.min(30_000, 500 * 2 ** index));
    });
    expect(Math.max(...waits)).toBeGreaterThan(5000);
    expect(new Set(waits).size).toBeGreaterThan(waits.length - 3);
    isBroken = false;
    await clock.run(clock.mono() + 120_000);
    expect(stream.isOpen).toBe(true);
    stream.stop();
  });
});
