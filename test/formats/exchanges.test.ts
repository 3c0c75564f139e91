import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { accountsFrom } from '../../src/index.js';
import { run, type Run } from '../cli/run.js';

const ask = (data: unknown, ...argv: string[]): Promise<Run> =>
  run(['account', '--from', ...argv], { stdin: typeof data === 'string' ? data : JSON.stringify(data) });

async function answers(data: unknown, ...argv: string[]): Promise<Answer[]> {
  const { stdout, stderr, code } = await ask(data, ...argv, '--format', 'ndjson');
  expect([stderr, code]).toEqual(['', 0]);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Answer);
}

interface Answer {
  readonly [key: string]: unknown;
  readonly positions: readonly Readonly<Record<string, unknown>>[];
}

/** The sample of hedge mode in the documents of `GET /fapi/v2/positionRisk`, its long leg open. */
const V2_SAMPLE = [
  {
    symbol: 'BTCUSDT',
    positionAmt: '0.000',
    entryPrice: '0.00000',
    markPrice: '6679.50671178',
    unRealizedProfit: '0.00000000',
    liquidationPrice: '0',
    leverage: '20',
    maxNotionalValue: '5000000',
    marginType: 'cross',
    isolatedMargin: '0.00000000',
    isAutoAddMargin: 'false',
    positionSide: 'SHORT',
    notional: '0',
    isolatedWallet: '0',
    updateTime: 1627026881327,
  },
  {
    symbol: 'BTCUSDT',
    positionAmt: '20.000',
    entryPrice: '6563.66500',
    markPrice: '6679.50671178',
    unRealizedProfit: '2316.83423560',
    liquidationPrice: '5930.78',
    leverage: '10',
    maxNotionalValue: '20000000',
    marginType: 'isolated',
    isolatedMargin: '15517.54150468',
    isAutoAddMargin: 'false',
    positionSide: 'LONG',
    notional: '133590.1342356',
    updateTime: 1625474304765,
  },
];

/** `GET /fapi/v3/positionRisk` for the worked example of the exchange, with a short in one-way mode and a zero position. */
const V3 = [
  {
    symbol: 'BTCUSDT',
    positionSide: 'BOTH',
    positionAmt: '0.5',
    entryPrice: '60000.0',
    breakEvenPrice: '60030.0',
    markPrice: '59000.00000000',
    unRealizedProfit: '-500.00000000',
    liquidationPrice: '0',
    isolatedMargin: '0',
    notional: '29500.00000000',
    marginAsset: 'USDT',
    isolatedWallet: '0',
    initialMargin: '1475',
    maintMargin: '118.00000000',
    positionInitialMargin: '1475',
    openOrderInitialMargin: '0',
    adl: 2,
    bidNotional: '0',
    askNotional: '0',
    updateTime: 1720736417660,
  },
  {
    symbol: 'ETHUSDT',
    positionSide: 'BOTH',
    positionAmt: '-4',
    markPrice: '3100.00000000',
    unRealizedProfit: '-400.00000000',
    liquidationPrice: '4321.5',
    isolatedMargin: '0',
    notional: '-12400.00000000',
    marginAsset: 'USDT',
    isolatedWallet: '0',
    maintMargin: '49.60000000',
    updateTime: 0,
  },
  { symbol: 'SOLUSDT', positionSide: 'BOTH', positionAmt: '0', entryPrice: '0.0', markPrice: '0', marginAsset: 'USDT' },
];

describe('--from binance: positionRisk', () => {
  it('v2: isolatedMargin includes the profit, the wallet does not; zero positions are left out', async () => {
    const [found] = await answers(V2_SAMPLE, 'binance', '--wallet', '100');
    expect(found?.positions).toHaveLength(1);
    expect(found?.positions[0]).toMatchObject({
      symbol: 'BTCUSDT',
      side: 'long',
      qty: '20.000',
      entry: '6563.66500',
      mark: '6679.50671178',
      lev: '10',
      mode: 'isolated',
      margin: '13200.70726908',
      reported: '5930.78',
    });
    expect(found).toMatchObject({ asset: 'USDT', equity: '100', outcome: null });
  });

  it('v3: shorts are negative, an entry that is missing is mark - profit / amount', async () => {
    const [found] = await answers(V3, 'binance', '--wallet', '5000');
    expect(
      found?.positions.map(({ symbol, side, qty, entry, mark, mode }) => ({ symbol, side, qty, entry, mark, mode })),
    ).toEqual([
      { symbol: 'BTCUSDT', side: 'long', qty: '0.5', entry: '60000.0', mark: '59000.00000000', mode: 'cross' },
      { symbol: 'ETHUSDT', side: 'short', qty: '4', entry: '3000', mark: '3100.00000000', mode: 'cross' },
    ]);
    expect(found).toMatchObject({ wallet: '5000', equity: '4100', maintenanceMargin: '167.6' });
    // (0.5 x 60000 - 5000 + 400 + 49.6) / (0.5 x 0.996), and (4 x 3000 + 5000 - 500 - 118) / (4 x 1.004).
    expect(found?.positions[0]).toMatchObject({ liquidationPrice: '51103.61445783', reported: null, difference: null });
    expect(found?.positions[1]).toMatchObject({
      liquidationPrice: '4079.18326693',
      reported: '4321.5',
      difference: '-242.31673307',
    });
  });

  it('v3: an isolated wallet says isolated', async () => {
    const isolated = { ...V3[0], isolatedWallet: '1500.5', isolatedMargin: '1000.5' };
    const [found] = await answers([isolated], 'binance', '--wallet', '5000');
    expect(found?.positions[0]).toMatchObject({ mode: 'isolated', margin: '1500.5' });
    expect(found).toMatchObject({ equity: '5000', maintenanceMargin: '0' });
  });

  it('an empty array is an account without positions', async () => {
    expect(await answers('[]', 'binance', '--wallet', '5')).toMatchObject([{ equity: '5', positions: [] }]);
  });

  it('dapi: contracts, coin, and the multiplier of the coin', async () => {
    const data = [
      {
        symbol: 'BTCUSD_PERP',
        positionAmt: '-50',
        entryPrice: '40000.0',
        markPrice: '50000.00000000',
        unRealizedProfit: '-0.02500000',
        liquidationPrice: '0',
        leverage: '20',
        maxQty: '50',
        marginType: 'cross',
        isolatedMargin: '0.00000000',
        isAutoAddMargin: 'false',
        positionSide: 'BOTH',
        notionalValue: '-0.1',
        isolatedWallet: '0',
        updateTime: 0,
      },
    ];
    const [found] = await answers(data, 'binance', '--wallet', '0.1');
    expect(found).toMatchObject({ asset: 'BTC', equity: '0.075', maintenanceMargin: '0.0004' });
    // 5000 x (1 - 0.004) / (5000 / 40000 - 0.1).
    expect(found?.positions[0]).toMatchObject({
      side: 'short',
      contract: 'inverse',
      multiplier: '100',
      liquidationPrice: '199200',
    });
  });

  it('positions of several assets need --asset, which takes its own', async () => {
    const both = [V3[0], { ...V3[1], symbol: 'ETHUSDC', marginAsset: 'USDC', positionAmt: '-4' }];
    const { stderr, code } = await ask(both, 'binance', '--wallet', '5');
    expect(stderr).toContain(
      'the positions settle in USDT, USDC, but --wallet is in one asset; choose it with --asset',
    );
    expect(code).toBe(65);
    const [found] = await answers(both, 'binance', '--wallet', '5000', '--asset', 'usdt');
    expect(found?.positions).toHaveLength(1);
  });

  it('marks that notional and amount put out of range are refused in words', async () => {
    const one = { ...V3[0], markPrice: undefined, unRealizedProfit: undefined };
    for (const [positionAmt, notional, words] of [
      ['0.5', '1e30', 'outside 1e-30 to 1e30'],
      ['1e-30', '1e30', 'more than 40 significant digits'],
    ] as const) {
      const { stderr, code } = await ask([{ ...one, positionAmt, notional }], 'binance', '--wallet', '5000');
      expect(code).toBe(65);
      expect(stderr).toContain(words);
    }
  });

  it.each([
    [
      [{ ...V3[0], markPrice: undefined, notional: undefined, unRealizedProfit: undefined }],
      '[0]: mark price is missing; give markPrice',
    ],
    [[{ ...V3[0], positionAmt: undefined }], '[0]: size is missing; give positionAmt'],
    [[{ ...V3[0], positionAmt: 'x' }], '[0].positionAmt: "x" is not a plain decimal'],
    [[{ ...V3[0], entryPrice: '1,5' }], '[0].entryPrice: "1,5" is not a plain decimal'],
    [[V3[0], { ...V3[1], symbol: 'NOPEUSDT', maintMargin: undefined }], '[1].symbol: no bracket table for "NOPEUSDT"'],
    [[{ ...V3[0], positionSide: 'LONG', positionAmt: '-1' }], '[0].positionSide: "LONG" contradicts the amount -1'],
    [[V3[0], 5], '[1]: "5" is not a position'],
    [
      '{"code":-2015,"msg":"Invalid API-key, IP, or permissions for action."}',
      'the exchange answered with an error: Invalid API-key',
    ],
    ['{"uniMMR":"5.1","accountEquity":"1"}', 'portfolio margin is not supported'],
    ['{"a":1}', 'is not an account; give the array of positionRisk'],
    ['"text"', 'is not an account; give the array of positionRisk'],
  ])('refuses %j in words', async (data, words) => {
    const { stderr, code } = await ask(data, 'binance', '--wallet', '5000');
    expect(stderr).toContain(words);
    expect(code).toBe(65);
  });

  // The samples of `GET /papi/v1/um/positionRisk`, `/papi/v1/cm/positionRisk` and `/papi/v1/um/account` in the
  // exchange's documents (Portfolio Margin, Query UM Position Information and its neighbours).
  it.each([
    [
      'um/positionRisk',
      'binance',
      '[{"symbol":"BTCUSDT","positionAmt":"0.001","entryPrice":"22185.2","markPrice":"21123.05052574","unRealizedProfit":"-1.06214947","liquidationPrice":"6170.20509059","leverage":"4","maxNotionalValue":"100000000","positionSide":"LONG","notional":"21.12305052","updateTime":1655217461579}]',
    ],
    [
      'cm/positionRisk',
      'binance',
      '[{"symbol":"BTCUSD_PERP","positionAmt":"1","entryPrice":"11707.70000003","markPrice":"11788.66626667","unRealizedProfit":"0.00005866","liquidationPrice":"6170.20509059","leverage":"20","positionSide":"LONG","updateTime":1627026881327,"maxQty":"50","notionalValue":"0.00084827"}]',
    ],
    [
      'um/account',
      'binance',
      '{"assets":[{"asset":"USDT","crossWalletBalance":"23.72469206","crossUnPnl":"0"}],"positions":[{"symbol":"BTCUSDT","initialMargin":"0","maintMargin":"0","unrealizedProfit":"0.5","positionInitialMargin":"0","openOrderInitialMargin":"0","leverage":"100","entryPrice":"60000","maxNotional":"250000","bidNotional":"0","askNotional":"0","positionSide":"BOTH","positionAmt":"0.1","updateTime":0}]}',
    ],
    [
      'um/positionRisk through ccxt',
      'ccxt',
      '[{"info":{"symbol":"BTCUSDT","positionAmt":"0.001","entryPrice":"22185.2","markPrice":"21123.05","leverage":"4","positionSide":"LONG","notional":"21.12305052"},"symbol":"BTC/USDT:USDT","contracts":0.001,"contractSize":1,"side":"long","entryPrice":22185.2,"markPrice":21123.05,"marginMode":"cross"}]',
    ],
  ])('refuses portfolio margin, whose answers do not say how a position is backed: %s', async (_, shape, data) => {
    const { stdout, stderr, code } = await ask(data, shape, '--wallet', '100', '--format', 'ndjson');
    expect(stderr).toContain('portfolio margin is not supported');
    expect(stdout).not.toContain('liquidationPrice"');
    expect(code).toBe(65);
  });

  it('asks for the wallet that the array lacks', async () => {
    expect((await ask(V3, 'binance')).stderr).toContain('cross wallet is missing; give --wallet');
  });
});

/** `GET /fapi/v2/account`: no marks; the mark is |notional / amount|. */
const ACCOUNT = {
  feeTier: 0,
  canTrade: true,
  multiAssetsMargin: false,
  totalWalletBalance: '5000.00000000',
  totalCrossWalletBalance: '5000.00000000',
  assets: [
    { asset: 'USDT', walletBalance: '5000.00000000', crossWalletBalance: '5000.00000000' },
    { asset: 'USDC', walletBalance: '200.00000000', crossWalletBalance: '200.00000000' },
    { asset: 'BNB', walletBalance: '0.00000000', crossWalletBalance: '0.00000000' },
  ],
  positions: [
    {
      symbol: 'BTCUSDT',
      initialMargin: '1475',
      maintMargin: '118',
      unrealizedProfit: '-500.00000000',
      leverage: '20',
      isolated: false,
      entryPrice: '60000.0',
      maxNotional: '5000000',
      positionSide: 'BOTH',
      positionAmt: '0.500',
      notional: '29500.00000000',
      isolatedWallet: '0',
      updateTime: 0,
    },
    {
      symbol: 'ETHUSDT',
      unrealizedProfit: '-400.00000000',
      leverage: '5',
      isolated: false,
      entryPrice: '3000',
      positionSide: 'BOTH',
      positionAmt: '-4',
      notional: '-12400',
    },
    {
      symbol: 'SOLUSDT',
      unrealizedProfit: '0',
      leverage: '5',
      isolated: true,
      entryPrice: '0.0',
      positionSide: 'BOTH',
      positionAmt: '0',
      notional: '0',
    },
  ],
};

describe('--from binance: account objects', () => {
  it('one answer for each asset that is used, with its cross wallet', async () => {
    const [usdt, usdc, ...others] = await answers(ACCOUNT, 'binance');
    expect(others).toEqual([]);
    expect(usdt).toMatchObject({ asset: 'USDT', wallet: '5000', equity: '4100' });
    expect(usdt?.positions.map(({ mark, liquidationPrice }) => [mark, liquidationPrice])).toEqual([
      ['59000', '51103.61445783'],
      ['3100', '4079.18326693'],
    ]);
    expect(usdc).toMatchObject({ asset: 'USDC', equity: '200', positions: [] });
  });

  it('--asset takes one, and is refused for an asset without positions', async () => {
    expect(await answers(ACCOUNT, 'binance', '--asset', 'USDC')).toHaveLength(1);
    expect((await ask(ACCOUNT, 'binance', '--asset', 'EUR')).stderr).toContain(
      'the account has no EUR; it has USDT, USDC, BNB',
    );
  });

  it('multi-assets mode is one pool over all settlement assets, with the wallet in USD', async () => {
    const [btc, eth] = ACCOUNT.positions;
    const mixed = { ...ACCOUNT, multiAssetsMargin: true, positions: [btc, { ...eth, symbol: 'ETHUSDC' }] };
    const table = { symbol: 'ETHUSDC', contract: 'linear', venue: 'binance', asOf: '2026-11-01', source: 'for a test' };
    const file = join(mkdtempSync(join(tmpdir(), 'liqcalc-')), 'ethusdc.json');
    const bracket = { floor: '0', cap: '9000000', rate: '0.004', amount: '0' };
    writeFileSync(file, JSON.stringify({ ...table, brackets: [bracket] }));
    const pool = await answers(mixed, 'binance', '--brackets', file);
    expect(pool).toMatchObject([{ wallet: '5000', multiAssetsMargin: true, equity: '4100' }]);
    // 5000 - 400 - 0.004 x 12400 + 0.5 (p - 60000) = 0.004 x 0.5 p.
    expect(pool[0]?.positions[0]).toMatchObject({ liquidationPrice: '51103.61445783' });
    expect(pool[0]?.positions[0]?.['warnings']).toContain('COLLATERAL_HELD');
    // The answer is an account again, with the same prices.
    const again = await run(['account', '--json', '--brackets', file], { stdin: JSON.stringify(pool[0]) });
    expect((JSON.parse(again.stdout) as (typeof pool)[0]).positions[1]).toMatchObject({
      liquidationPrice: pool[0]?.positions[1]?.['liquidationPrice'],
    });
  });

  it('credits mode is such a pool, too', async () => {
    const credits = { asset: 'BNFCR', walletBalance: '70', crossWalletBalance: '70' };
    const [pool, ...others] = await answers({ ...ACCOUNT, assets: [...ACCOUNT.assets, credits] }, 'binance');
    expect(pool).toMatchObject({ wallet: '5000', multiAssetsMargin: true });
    expect(others).toEqual([]);
  });

  it('empty lists are an answer', async () => {
    const empty = { ...ACCOUNT, positions: [] };
    expect(await answers(empty, 'binance')).toHaveLength(2);
    expect(await answers({ ...empty, assets: [] }, 'binance')).toMatchObject([{ wallet: '5000', positions: [] }]);
  });
});

const CCXT = [
  {
    info: { symbol: 'BTCUSDT', positionAmt: '0.5', marginAsset: 'USDT' },
    symbol: 'BTC/USDT:USDT',
    contracts: 500,
    contractSize: 0.001,
    side: 'long',
    entryPrice: 60000,
    markPrice: 59000,
    notional: 29500,
    leverage: 20,
    collateral: 4500,
    unrealizedPnl: -500,
    maintenanceMargin: 118,
    maintenanceMarginPercentage: 0.004,
    liquidationPrice: null,
    marginMode: 'cross',
    hedged: false,
  },
  {
    info: {},
    symbol: 'NEW/USDT:USDT',
    contracts: 100,
    contractSize: 1,
    side: 'short',
    entryPrice: 10,
    markPrice: 12,
    notional: 1200,
    leverage: 5,
    collateral: 300,
    unrealizedPnl: -200,
    maintenanceMargin: 10,
    maintenanceMarginPercentage: 0.01,
    liquidationPrice: 13.5,
    marginMode: 'isolated',
  },
  {
    info: {},
    symbol: 'ETH/USDT:USDT',
    contracts: 0,
    side: null,
    entryPrice: null,
    markPrice: null,
    marginMode: 'cross',
  },
];

describe('--from ccxt', () => {
  it('reads unified positions: contract sizes, fractions, collateral with its profit', async () => {
    const [found] = await answers(CCXT, 'ccxt', '--wallet', '5000');
    expect(found?.positions[0]).toMatchObject({
      symbol: 'BTC/USDT:USDT',
      side: 'long',
      qty: '0.5',
      entry: '60000',
      mark: '59000',
      mode: 'cross',
      bracket: 1,
      reported: null,
    });
    // No table: 1 %; the maintenance of 10 is that of the entry, so no amount follows; margin 300 + 200.
    expect(found?.positions[1]).toMatchObject({
      mode: 'isolated',
      margin: '500',
      mmr: '1',
      maintenanceMargin: '12',
      reported: '13.5',
    });
    expect(found?.positions[1]).not.toHaveProperty('cum');
    // (100 x 10 + 500) / (100 x 1.01).
    expect(found?.positions[1]?.['liquidationPrice']).toBe('14.85148515');
    expect(found?.positions).toHaveLength(2);
  });

  it('coin-margined: contracts stay, the contract size is the multiplier', async () => {
    const inverse = [
      {
        ...CCXT[0],
        symbol: 'BTC/USD:BTC',
        contracts: 50,
        contractSize: 100,
        side: 'short',
        entryPrice: 40000,
        markPrice: 50000,
      },
    ];
    const [found] = await answers(inverse, 'ccxt', '--wallet', '0.1');
    expect(found).toMatchObject({ asset: 'BTC' });
    expect(found?.positions[0]).toMatchObject({
      qty: '50',
      contract: 'inverse',
      multiplier: '100',
      liquidationPrice: '199200',
    });
  });

  it('a delivery is a symbol of its own', async () => {
    const dated = [CCXT[0], { ...CCXT[0], symbol: 'BTC/USDT:USDT-270326', side: 'short', markPrice: 61000 }];
    const [found] = await answers(dated, 'ccxt', '--wallet', '5000');
    expect(found?.positions[0]?.['liquidationPrice']).not.toBe(found?.positions[1]?.['liquidationPrice']);
  });

  it.each([
    [
      [{ ...CCXT[0], markPrice: null, notional: null, unrealizedPnl: null }],
      '[0]: mark price is missing; give markPrice',
    ],
    [[{ ...CCXT[0], contracts: null }], '[0]: size is missing; give contracts'],
    [
      [{ ...CCXT[0], symbol: 'NOPE/USDT:USDT', maintenanceMargin: null, maintenanceMarginPercentage: null }],
      '[0].symbol: no bracket table for "NOPE/USDT:USDT"',
    ],
    [{}, 'is not an account; give the array that fetchPositions returns'],
  ])('refuses %j in words', async (data, words) => {
    const { stderr, code } = await ask(data, 'ccxt', '--wallet', '5000');
    expect(stderr).toContain(words);
    expect(code).toBe(65);
  });

  it('is also a function of the library', () => {
    const [found] = accountsFrom('ccxt', JSON.stringify(CCXT), { wallet: '5000' });
    expect(found?.positions[1]?.liquidationPrice?.toFixed()).toBe('14.85148515');
  });
});

describe('--reconcile', () => {
  const rows = (btc: string, eth: string, maintenance = '118'): unknown => [
    { ...V3[0], liquidationPrice: btc, maintMargin: maintenance },
    { ...V3[1], entryPrice: '3000', liquidationPrice: eth },
  ];
  const reconcile = async (data: unknown): Promise<unknown> =>
    (await answers(data, 'binance', '--wallet', '5000', '--reconcile'))[0]?.['reconcile'];

  it('lists nothing if prices agree within a tick', async () => {
    expect(await reconcile(rows('51103.61', '4079.18'))).toEqual([]);
    expect((await ask(rows('51103.61', '4079.18'), 'binance', '--wallet', '5000', '--reconcile')).stdout).toContain(
      'Reconcile: all 2 reported prices agree within a tick, maintenance and PnL too.',
    );
  });

  it('one wallet that explains all prices is named', async () => {
    // With a wallet of 6000: (30000 - 6000 + 449.6) / 0.498 and (12000 + 6000 - 618) / 4.016.
    const found = await reconcile(rows('49095.58', '4328.19'));
    expect(found).toMatchObject([
      { symbol: 'BTCUSDT', likely: 'wallet' },
      { symbol: 'ETHUSDT', likely: 'wallet' },
    ]);
    expect(JSON.stringify(found)).toMatch(/fit a wallet of (6000|5999\.9\d|6000\.0\d)/);
  });

  it('another maintenance at the mark says another bracket table', async () => {
    expect(await reconcile(rows('51200.0', '4079.18', '147.5'))).toMatchObject([
      { symbol: 'BTCUSDT', likely: 'brackets', tick: '0.1' },
    ]);
  });

  it('maintenance that differs is listed though neither has a price', async () => {
    const short = { ...V3[0], positionAmt: '0.001', notional: '59', unRealizedProfit: '-1', liquidationPrice: '0' };
    // Ours is 0.4 % of 59.
    expect(await reconcile([{ ...short, maintMargin: '0.236' }])).toEqual([]);
    expect(await reconcile([{ ...short, maintMargin: '0.354' }])).toMatchObject([
      { liquidationPrice: null, reported: null, likely: 'brackets' },
    ]);
    expect(await reconcile([{ ...short, maintMargin: '0.26' }])).toMatchObject([{ likely: 'brackets' }]);
  });

  it('a price that only one of both has is listed', async () => {
    expect(await reconcile(rows('0', '4079.18'))).toMatchObject([
      { symbol: 'BTCUSDT', reported: null, likely: 'existence' },
    ]);
  });

  it('of a public answer names the table: neither side has a price', async () => {
    // The table of May 2026 begins with 1 %, that of the answer's day with 0.6 %.
    const tables = join(mkdtempSync(join(tmpdir(), 'liqcalc-')), 'wld.json');
    const brackets = [{ floor: '0', cap: '5000', rate: '0.01', amount: '0' }];
    const [asOf, source, contract] = ['2026-05-01', 'a copy', 'linear'];
    writeFileSync(tables, JSON.stringify({ symbol: 'WLDUSDT', contract, asOf, source, confidence: 'B', brackets }));
    const flags = ['--wallet', '500', '--brackets', tables, '--reconcile'];
    const file = 'test/cases/in/position-risk-v3-wld-2024-07.json';
    const { stdout, stderr } = await run(['account', '--from', 'binance', file, ...flags]);
    expect(stderr).toBe('');
    expect(stdout).not.toContain('agree');
    expect(stdout.slice(stdout.indexOf('Reconcile'))).toBe(
      "Reconcile: 1 of 1 positions differ from the exchange's figures\n" +
        'WLDUSDT long: maintenance 0.11978, exchange 0.071868\n' +
        '  another bracket table: the exchange counts 0.071868 maintenance at the mark,\n' +
        '  the table here gives 0.11978\n',
    );
  });

  it('a different PnL points to a leg, or to another size, entry or mark', async () => {
    const [btc, eth] = [{ ...V3[0], liquidationPrice: '51103.61', unRealizedProfit: '-510' }, rows('', '4079.18')];
    expect(await reconcile([btc, (eth as unknown[])[1]])).toMatchObject([
      {
        symbol: 'BTCUSDT',
        side: 'long',
        likely: 'leg',
        figures: [{ figure: 'unrealizedPnl', ours: '-500', reported: '-510' }],
        hypotheses: [{ kind: 'leg' }],
      },
    ]);
    const table = await ask([btc], 'binance', '--wallet', '5000', '--reconcile');
    expect(table.stdout).toContain('BTCUSDT long: PnL -500, exchange -510\n  a leg is missing here, or a size,');
  });

  describe('of an account object', () => {
    const [, ...others] = ACCOUNT.assets;
    const of = (figures: object, ...positions: object[]): unknown => {
      const usdt = {
        ...ACCOUNT.assets[0],
        maintMargin: '167.6',
        crossUnPnl: '-900',
        marginBalance: '4100',
        ...figures,
      };
      return { ...ACCOUNT, assets: [usdt, ...others], positions: [...ACCOUNT.positions, ...positions] };
    };
    const found = async (...given: Parameters<typeof of>): Promise<unknown> =>
      (await answers(of(...given), 'binance', '--asset', 'USDT', '--reconcile'))[0]?.['reconcile'];

    it('agrees with its maintenance margin, profit and margin balance', async () => {
      expect(await found({})).toEqual([]);
      const { stdout } = await ask(of({}), 'binance', '--asset', 'USDT', '--reconcile');
      expect(stdout).toContain("Reconcile: maintenance, margin ratio and PnL agree with the exchange's.");
    });

    it('a balance without the profit is a ratio with the profit elsewhere', async () => {
      const account = {
        symbol: null,
        side: null,
        liquidationPrice: null,
        reported: null,
        difference: null,
        tick: null,
      };
      expect(await found({ marginBalance: '5000' })).toMatchObject([
        {
          ...account,
          likely: 'pnlInCollateral',
          figures: [{ figure: 'marginRatio', ours: '4.0878', reported: '3.352' }],
          hypotheses: [{ kind: 'pnlInCollateral' }, { kind: 'wallet' }],
        },
      ]);
      const { stdout } = await ask(of({ marginBalance: '5000' }), 'binance', '--asset', 'USDT', '--reconcile');
      expect(stdout).toContain(
        "Reconcile: the account differs from the exchange's figures\naccount: margin ratio 4.0878 %, exchange 3.352 %\n",
      );
    });

    it('isolated positions are taken off', async () => {
      const isolated = { ...ACCOUNT.positions[0], symbol: 'SOLUSDT', positionAmt: '10', entryPrice: '100' };
      const sol = { ...isolated, isolated: true, isolatedWallet: '100', notional: '1000', unrealizedProfit: '0' };
      const with5 = { maintMargin: '172.6', marginBalance: '4200', crossWalletBalance: '5000' };
      expect(await found(with5, { ...sol, maintMargin: '5' })).toEqual([]);
      expect(await found({ ...with5, maintMargin: '182.6' }, { ...sol, maintMargin: '5' })).toMatchObject([
        { symbol: null, likely: 'brackets', figures: [{ reported: '177.6' }, { figure: 'marginRatio' }] },
      ]);
      // Without that of the isolated one nothing is known of the others.
      expect(await found({ ...with5, maintMargin: '182.6' }, { ...sol, maintMargin: '0' })).toEqual([]);
    });
  });

  it('of ccxt takes the margin ratio that venues write, of cross positions for the account', async () => {
    const okx = (ratio: string, marginMode: string): unknown[] => [
      {
        ...CCXT[0],
        info: { instId: 'BTC-USDT-SWAP', mgnMode: marginMode, mgnRatio: ratio, margin: '3000' },
        marginMode,
        maintenanceMargin: 118,
        liquidationPrice: undefined,
      },
    ];
    const likely = async (ratio: string, mode: string): Promise<unknown> =>
      (await answers(okx(ratio, mode), 'ccxt', '--wallet', '5000', '--reconcile'))[0]?.['reconcile'];
    // 118 and 0.05 % of 29500 are 132.75; the equity is 4500, isolated 2500.
    expect(await likely('33.898305', 'cross')).toEqual([]);
    expect(await likely('37.664783', 'cross')).toMatchObject([{ symbol: null, likely: 'pnlInCollateral' }]);
    expect(await likely('18.832392', 'isolated')).toEqual([]);
  });
});
