import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LiveEvent, LiveVenue } from '../../src/live/venue.js';
import { liveVenues } from '../../src/live/venues/index.js';
import { FakeExchange } from './fake-exchange.js';
import { KEY, SECRET } from './fake-binance.js';
import type { Run } from '../cli/run.js';
import { runLive, runWithin } from './run-live.js';

const { binance, 'binance-coinm': coinM, hyperliquid } = liveVenues;
const read = (venue: LiveVenue, frame: unknown): readonly LiveEvent[] =>
  venue.read?.(typeof frame === 'string' ? frame : JSON.stringify(frame), 1_700_000_000_000) ?? [];

describe('frames of Binance, as documented', () => {
  const MARK = {
    e: 'markPriceUpdate',
    E: 1562305380000,
    s: 'BTCUSDT',
    p: '11794.15000000',
    i: '11784.62659091',
    P: '11784.25641265',
    r: '0.00038167',
    ap: '11794.15000000',
    T: 1562306400000,
    st: 1,
  };
  const mark: LiveEvent = {
    kind: 'mark',
    symbol: 'BTCUSDT',
    price: '11794.15000000',
    index: '11784.62659091',
    funding: '0.00038167',
    nextFunding: 1562306400000,
    time: 1562305380000,
  };

  it.each<[string, unknown]>([
    ['alone', MARK],
    ['in an envelope', { stream: 'btcusdt@markPrice@1s', data: MARK }],
    ['in an array', [MARK]],
  ])('a mark, %s', (_, frame) => {
    expect(read(binance, frame)).toEqual([mark]);
  });

  it('marks of the other market do not touch a symbol of this one', () => {
    const both = [MARK, { ...MARK, s: 'BTCUSD_PERP', st: 2 }];
    expect(read(binance, both)).toEqual([mark, { kind: 'ignored', name: 'markPriceUpdate of another market' }]);
    expect(read(coinM, both).map(({ kind }) => kind)).toEqual(['ignored', 'mark']);
  });

  it('an account in hedge mode: legs, modes and isolated wallets', () => {
    const position = { bep: '0', cr: '0', up: '0' };
    const frame = {
      e: 'ACCOUNT_UPDATE',
      T: 1564745798939,
      E: 1564745798939,
      a: {
        m: 'ORDER',
        B: [{ a: 'USDT', wb: '122624.12345678', cw: '100.12345678', bc: '50.12345678' }],
        P: [
          { s: 'BTCUSDT', pa: '20', ep: '6563.6', ...position, mt: 'isolated', iw: '13200.70726908', ps: 'LONG' },
          { s: 'BTCUSDT', pa: '-10', ep: '6563.8', ...position, mt: 'cross', iw: '0', ps: 'SHORT' },
        ],
      },
    };
    expect(read(binance, frame)).toEqual([
      { kind: 'wallet', asset: 'USDT', cross: '100.12345678', time: 1564745798939 },
      expect.objectContaining({
        leg: 'long',
        amount: '20',
        mode: 'isolated',
        margin: '13200.70726908',
        reason: 'ORDER',
      }),
      expect.objectContaining({ leg: 'short', amount: '-10', mode: 'cross' }),
    ]);
  });

  it('funding: in cross without a symbol', () => {
    const frame = {
      e: 'ACCOUNT_UPDATE',
      T: 1764288000000,
      E: 1764288000010,
      a: { m: 'FUNDING_FEE', B: [{ a: 'USDT', wb: '4998.2', cw: '4998.2', bc: '-1.80000000' }], P: [] },
    };
    expect(read(binance, frame).at(-1)).toEqual({
      kind: 'funding',
      asset: 'USDT',
      amount: '-1.80000000',
      time: 1764288000000,
    });
  });

  const ORDER = {
    s: 'BTCUSDT',
    S: 'SELL',
    o: 'LIMIT',
    q: '0.014',
    x: 'CALCULATED',
    X: 'FILLED',
    i: 1,
    l: '0.014',
    L: '9910.12',
  };
  it.each([
    ['autoclose-1000000000', 'liquidation'],
    ['adl_autoclose_10000', 'adl'],
  ])('an order whose client id begins %s is a %s, also without a fee', (c, kind) => {
    const frame = `{"e":"ORDER_TRADE_UPDATE","T":5,"E":5,"o":${JSON.stringify({ ...ORDER, c })}}`;
    expect(read(binance, frame).map((event) => event.kind)).toEqual(['order', kind]);
  });

  it('the id of an order keeps all of its digits', () => {
    const o = JSON.stringify({ ...ORDER, c: 'x', x: 'NEW' }).replace('"i":1', '"i":8389765612345678901');
    expect(read(binance, `{"e":"ORDER_TRADE_UPDATE","T":5,"E":5,"o":${o}}`)).toEqual([
      expect.objectContaining({ kind: 'order', id: '8389765612345678901' }),
    ]);
  });

  it.each<[unknown, LiveEvent['kind']]>([
    [{ e: 'ACCOUNT_CONFIG_UPDATE', E: 1, T: 1, ac: { s: 'BTCUSDT', l: 25 } }, 'leverage'],
    [{ e: 'ACCOUNT_CONFIG_UPDATE', E: 1, T: 1, ai: { j: true } }, 'multiAssets'],
    [
      {
        e: 'MARGIN_CALL',
        E: 1,
        cw: '3',
        p: [{ s: 'ETHUSDT', ps: 'LONG', pa: '1', mt: 'CROSSED', mp: '187.1', mm: '1.6' }],
      },
      'marginCall',
    ],
    [{ e: 'contractInfo', E: 1, s: 'IOTAUSDT', bks: [{ bs: 1 }], st: 1 }, 'brackets'],
    [{ e: 'listenKeyExpired', E: 1, listenKey: 'x' }, 'userStreamGone'],
    [{ result: null, id: 1 }, 'ignored'],
    [{ e: 'TRADE_LITE', E: 1, T: 1, s: 'BTCUSDT' }, 'ignored'],
    [{ e: 'something-new' }, 'ignored'],
    [{ e: 'markPriceUpdate', s: 'BTCUSDT' }, 'unreadable'],
    ['{"e":"markPrice', 'unreadable'],
    ['', 'unreadable'],
    ['[]x', 'unreadable'],
  ])('%j is %s', (frame, kind) => {
    expect(read(binance, frame).map((event) => event.kind)).toEqual([kind]);
  });
});

describe('what is subscribed', () => {
  it('single symbols on the route for marks, up to 50 in a frame; the array beyond 150', () => {
    const hosts = binance.hosts.live;
    const plan = binance.market?.(hosts, ['BTCUSDT']);
    expect([plan?.url, plan?.frames]).toEqual([
      'wss://fstream.binance.com/market/stream',
      ['{"method":"SUBSCRIBE","params":["btcusdt@markPrice@1s","!contractInfo"],"id":1}'],
    ]);
    const names = Array.from({ length: 151 }, (_, place) => `S${place}USDT`);
    expect(binance.market?.(hosts, names.slice(0, 150)).frames).toHaveLength(4);
    expect(binance.market?.(hosts, names).frames.join('')).toContain('!markPrice@arr@1s');
  });
});

describe('Hyperliquid: an address, no key', () => {
  const ADDRESS = `0x${'ab'.repeat(20)}`;
  const STATE =
    '{"assetPositions":[{"position":{"coin":"ETH","cumFunding":{},"entryPx":"2986.3","leverage":{"rawUsd":"-95.059824","type":"isolated","value":20},"liquidationPx":"2866.26936529","marginUsed":"4.967826","maxLeverage":50,"positionValue":"100.02765","returnOnEquity":"-0.0026789","szi":"0.0335","unrealizedPnl":"-0.0134"},"type":"oneWay"}],"crossMaintenanceMarginUsed":"0.0","crossMarginSummary":{"accountValue":"13104.514502","totalMarginUsed":"0.0","totalNtlPos":"0.0","totalRawUsd":"13104.514502"},"time":1708622398623,"withdrawable":"13104.514502"}';
  const CANDLES = Array.from({ length: 20 }, (_, hour) => ({
    t: 1_700_000_000_000 + hour * 3_600_000,
    T: 1_700_003_599_999 + hour * 3_600_000,
    s: 'ETH',
    i: '1h',
    o: '2985.0',
    c: '2985.9',
    h: '2990.0',
    l: '2980.0',
    v: '12.5',
    n: 7,
  }));
  const FUNDINGS = [2, 1].map((hour) => ({
    time: 1_700_000_000_000 + hour * 3_600_000,
    hash: `0x${hour}`,
    delta: { coin: 'ETH', fundingRate: '0.0000125', szi: '1.0', type: 'funding', usdc: '-0.5', nSamples: null },
  }));
  let exchange: FakeExchange;
  beforeEach(async () => {
    exchange = new FakeExchange();
    await exchange.start();
    exchange.on('POST /info', ({ body }) => {
      const { type, startTime } = JSON.parse(body) as { type: string; startTime?: number };
      if (type === 'candleSnapshot') return { body: CANDLES };
      if (type === 'userFunding') return { body: FUNDINGS };
      if (type === 'clearinghouseState') return { body: STATE };
      if (type === 'metaAndAssetCtxs')
        return {
          body: [{ universe: [{ name: 'ETH' }] }, [{ markPx: '2985.9', oraclePx: '2986.1', funding: '0.0000125' }]],
        };
      const rates = [1, 2, 3].map((hour) => ({
        coin: 'ETH',
        fundingRate: '0.0000125',
        premium: '0',
        time: (startTime ?? 0) + hour,
      }));
      return { body: type === 'fundingHistory' ? rates : [] };
    });
  });
  afterEach(() => exchange.stop());
  const env = (): Record<string, string> => ({ LIQCALC_BASE_HYPERLIQUID: exchange.url });

  it('the bytes of the account, which account reads', async () => {
    const run = await runLive(['fetch', 'account', '--account', `hyperliquid:${ADDRESS}`], { env: env() });
    expect([run.code, run.stdout]).toEqual([0, `${STATE}\n`]);
    expect(exchange.seen.map(({ body }) => body)).toEqual([`{"type":"clearinghouseState","user":"${ADDRESS}"}`]);
    const priced = await runLive(['account', '--from', 'hyperliquid', '--json'], { stdin: run.stdout });
    expect([priced.code, priced.stdout]).toEqual([0, expect.stringContaining('2866.26936529')]);
    const live = await runLive(['account', '--live', '--account', `hyperliquid:${ADDRESS}`, '--json'], { env: env() });
    expect(live.stdout).toBe(priced.stdout);
    const filled = ['account', '--live', '--account', `hyperliquid:${ADDRESS}`, '--fill-orders'];
    const refused = await runLive(filled, { env: env() });
    expect([refused.code, refused.stdout]).toEqual([2, '']);
    expect(refused.stderr).toContain('--fill-orders: the open orders of hyperliquid');
  });

  it('an address that is invalid or missing is a usage error', async () => {
    for (const account of ['hyperliquid', 'hyperliquid:0x12']) {
      const run = await runLive(['fetch', 'account', '--account', account], { env: env() });
      expect([run.code, run.stdout]).toEqual([2, '']);
    }
    expect(exchange.seen).toEqual([]);
  });

  it('funding from a start that it computes, and marks by the place of the coin', async () => {
    const funding = await runLive(['fetch', 'funding', 'ETH', '--venue', 'hyperliquid'], { env: env() });
    expect(JSON.parse(funding.stdout)).toHaveLength(3);
    const line = 'long ETH --venue hyperliquid -l 10 --mmr 2 --live --only mark';
    expect((await runLive(line.split(' '), { env: env() })).stdout).toBe('2985.9\n');
  });

  it('check of an account compares its marks with the oracle; other data of rules are not requested here', async () => {
    const line = `check --live --account hyperliquid:${ADDRESS} --json --fail-on never`;
    const { code, stdout } = await runWithin(line.split(' '), { env: env() });
    const { skipped } = JSON.parse(stdout) as { skipped: { rule: string }[] };
    const rules = skipped.map(({ rule }) => rule);
    expect([code, rules.includes('mark-vs-index'), rules.includes('funding-size')]).toEqual([0, false, true]);
    expect(exchange.seen.map(({ body }) => (JSON.parse(body) as { type: string }).type)).toEqual([
      'clearinghouseState',
      'metaAndAssetCtxs',
    ]);
  });

  it('its rates, payments and candles are read by funding, stop and check, live and from fetch', async () => {
    const run = (line: string, stdin?: string): Promise<Run> =>
      runWithin(line.split(' '), { env: env(), ...(stdin !== undefined && { stdin }) });
    const position = 'long ETH --venue hyperliquid -e 3000 -l 10 --qty 2 --mmr 2';
    const live = await run(`funding ${position} --live --json`);
    const { schedule } = JSON.parse(live.stdout) as { schedule: { payment: string; time: string }[] };
    // 2 x 2985.9 x 0.0000125
    expect(schedule.map(({ payment }) => payment)).toEqual(['0.0746475', '0.0746475', '0.0746475']);
    expect(Number(schedule[1]?.time) - Number(schedule[0]?.time)).toBe(1);
    const rates = await run('fetch funding ETH --venue hyperliquid');
    const piped = await run(`funding ${position} --mark 2985.9 --rates - --json`, rates.stdout);
    expect((JSON.parse(piped.stdout) as { schedule: unknown[] }).schedule).toHaveLength(3);
    const income = await run(`fetch income --account hyperliquid:${ADDRESS}`);
    const paid = await run(`funding ${position} --rates - --json`, income.stdout);
    expect((JSON.parse(paid.stdout) as { schedule: unknown[] }).schedule).toEqual(
      [1, 2].map(
        (hour) =>
          expect.objectContaining({ payment: '0.5', time: String(1_700_000_000_000 + hour * 3_600_000) }) as unknown,
      ),
    );
    // The true range of each candle is 10, so the average is.
    const atr = '--only atrValue,candleCount';
    expect((await run(`stop ${position} --live ${atr}`)).stdout).toBe('10\t20\n');
    const candles = await run('fetch candles ETH --venue hyperliquid');
    expect((await run(`stop ${position} --mark 2985.9 --candles - ${atr}`, candles.stdout)).stdout).toBe('10\t20\n');
    const checked = await run(`check ${position} --live --json`);
    const { skipped } = JSON.parse(checked.stdout) as { skipped: { rule: string }[] };
    const rules = skipped.map(({ rule }) => rule);
    for (const rule of ['funding-size', 'funding-cost', 'funding-accrual', 'mark-vs-index'])
      expect(rules).not.toContain(rule);
  });

  it('frames: marks at the time when they came, own fills and funding, and not again those of before', () => {
    const ctx = {
      channel: 'activeAssetCtx',
      data: { coin: 'ETH', ctx: { markPx: '2985.9', oraclePx: '2986', funding: '0' } },
    };
    expect(read(hyperliquid, ctx)).toEqual([
      { kind: 'mark', symbol: 'ETH', price: '2985.9', index: '2986', funding: '0', time: 1_700_000_000_000 },
    ]);
    const fill = { coin: 'ETH', px: '1', sz: '2', side: 'A', time: 5, tid: 7 };
    const fills = { channel: 'userFills', data: { user: ADDRESS, fills: [fill] } };
    expect(read(hyperliquid, fills)).toEqual([expect.objectContaining({ kind: 'fill', side: 'sell', qty: '2' })]);
    const kindOf = (liquidatedUser: string): unknown => {
      const liquidation = { liquidatedUser, markPx: '1', method: 'market' };
      return read(hyperliquid, { ...fills, data: { user: ADDRESS, fills: [{ ...fill, liquidation }] } })[0]?.kind;
    };
    expect(kindOf(ADDRESS.toUpperCase().replace('X', 'x'))).toBe('liquidation');
    expect(kindOf(`0x${'cd'.repeat(20)}`)).toBe('fill');
    expect(read(hyperliquid, { ...fills, data: { ...fills.data, isSnapshot: true } })).toEqual([
      { kind: 'ignored', name: 'userFills' },
    ]);
    const funding = { time: 6, coin: 'ETH', usdc: '-3.625312', szi: '49.1477', fundingRate: '0.0000417' };
    const fundings = {
      channel: 'userFundings',
      data: { user: ADDRESS, fundings: [funding, { ...funding, usdc: null }] },
    };
    expect(read(hyperliquid, fundings)).toEqual([
      { kind: 'funding', asset: 'USDC', amount: '-3.625312', symbol: 'ETH', time: 6 },
      expect.objectContaining({ kind: 'unreadable' }),
    ]);
    expect(read(hyperliquid, { ...fundings, data: { ...fundings.data, isSnapshot: true } })).toEqual([
      { kind: 'ignored', name: 'userFundings' },
    ]);
    expect(read(hyperliquid, 'pong').map(({ kind }) => kind)).toEqual(['unreadable']);
  });
});

describe('Binance COIN-M', () => {
  it('is one account: positionRisk has mode and leverage there', async () => {
    const exchange = new FakeExchange();
    await exchange.start();
    const row = {
      symbol: 'BTCUSD_PERP',
      positionAmt: '10',
      entryPrice: '60000',
      markPrice: '59000',
      unRealizedProfit: '0',
      liquidationPrice: '0',
      leverage: '20',
      marginType: 'cross',
      isolatedMargin: '0',
      positionSide: 'BOTH',
      updateTime: 5,
    };
    const wallet = { asset: 'BTC', walletBalance: '0.01', crossWalletBalance: '0.01' };
    exchange.on('GET /dapi/v1/time', () => ({ body: { serverTime: exchange.now() } }));
    exchange.on('GET /dapi/v1/account', () => ({ body: { assets: [wallet], positions: [] } }));
    exchange.on('GET /dapi/v1/positionRisk', () => ({
      body: [row, { ...row, symbol: 'ETHUSD_PERP', positionAmt: '0' }],
    }));
    const env = { LIQCALC_BASE_BINANCE_COINM: exchange.url, LIQCALC_BINANCE_KEY: KEY, LIQCALC_BINANCE_SECRET: SECRET };
    const run = await runLive(['fetch', 'account', '--account', 'binance-coinm'], { env });
    await exchange.stop();
    expect(run.code).toBe(0);
    expect((JSON.parse(run.stdout) as { positions: unknown[] }).positions).toEqual([row]);
    const priced = await runLive(['account', '--from', 'binance', '--mmr', '0.4', '--json'], { stdin: run.stdout });
    expect([priced.code, priced.stdout]).toEqual([0, expect.stringContaining('"inverse"')]);
  });
});
