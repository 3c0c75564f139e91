import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from './run.js';

const folder = mkdtempSync(join(tmpdir(), 'liqcalc-'));
function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const CANDLES = file(
  'candles.csv',
  `high,low,close\r\n${Array.from({ length: 20 }, (_, index) => `${30100 + index},${29900 + index},${30000 + index}`).join('\r\n')}\r\n`,
);
const RATES = file(
  'rates.json',
  '[{"symbol":"BTCUSDT","fundingRate":"0.0001","fundingTime":2,"markPrice":"31000"},{"symbol":"BTCUSDT","fundingRate":"-0.0002","fundingTime":1,"markPrice":"30000"}]',
);
const TRADES = file(
  'trades.json',
  '[{"symbol":"BTCUSDT","side":"SELL","qty":"0.5","price":"30600","time":2,"id":2,"positionSide":"BOTH"},{"symbol":"BTCUSDT","side":"BUY","qty":"1","price":"30000","time":1,"id":1,"positionSide":"BOTH"}]',
);

const split = (line: string): string[] => line.split(' ');
const JSON_OF: readonly (readonly [line: string, json: object])[] = [
  [
    'sweep long --entry 30000 --mmr 0.5 --levs 1,10x',
    {
      side: 'long',
      entry: '30000',
      mmr: '0.5',
      levs: '1,10x',
      rows: [
        {
          side: 'long',
          lev: '1',
          outcome: 'never',
          liquidationPrice: null,
          reason: 'the margin covers the position at every positive price',
          distance: null,
          distancePercent: null,
          walletMargin: '30000',
          lossAtLiquidation: null,
          lossIfLiquidated: null,
          bracket: null,
        },
        {
          side: 'long',
          lev: '10',
          outcome: 'at',
          liquidationPrice: '27135.67839196',
          distance: '2864.32160804',
          distancePercent: '9.5477',
          walletMargin: '3000',
          lossAtLiquidation: '2864.32160804',
          lossIfLiquidated: null,
          bracket: null,
        },
      ],
    },
  ],
  [
    'solve long --entry 30000 --mmr 0.5 --target 27000 --for lev',
    {
      side: 'long',
      entry: '30000',
      mmr: '0.5',
      target: '27000',
      for: 'lev',
      value: '9',
      liquidationPrice: '26800.67001675',
      targetPrice: '27000',
      outcome: 'at',
      distance: '3199.32998325',
      distancePercent: '10.6644',
      walletMargin: '3333.33333333',
    },
  ],
  [
    'size long --equity 10000 --risk 1 --entry 30000 --stop 29400 --mmr 0.5',
    {
      side: 'long',
      entry: '30000',
      mmr: '0.5',
      equity: '10000',
      risk: '1',
      stop: '29400',
      qty: '0.16666666',
      notional: '4999.9998',
      riskAmount: '100',
      // 0.0005 x 59400 x 0.16666666
      feesLeftOut: '4.9499998',
      maxLev: '30',
      // 29000 / 0.995
      liquidationPriceAtMaxLev: '29145.72864322',
      margin: '166.66666',
      allocationPercent: '1.6667',
      warnings: ['FEES_NOT_COUNTED'],
    },
  ],
  [
    'pnl long --entry 30000 --exit 33000 --qty 0.5 --lev 10 --taker 0.05',
    {
      side: 'long',
      entry: '30000',
      lev: '10',
      qty: '0.5',
      taker: '0.05',
      exit: '33000',
      pnl: '1500',
      roi: '100',
      fees: '15.75',
      netPnl: '1484.25',
      netRoi: '98.95',
      initialMargin: '1500',
    },
  ],
  [
    'target short --entry 30000 --lev 10 --roi 50%',
    { side: 'short', entry: '30000', lev: '10', roi: '50%', exitPrice: '28500', movePercent: '-5' },
  ],
  [
    'max-open long --entry 30000 --lev 10 --balance 600 --mmr 0.5',
    {
      side: 'long',
      entry: '30000',
      lev: '10',
      mmr: '0.5',
      balance: '600',
      qty: '0.2',
      notional: '6000',
      margin: '600',
      assumedPrice: '30000',
      openLoss: '0',
      cost: '600',
      fee: '0',
      limitedBy: 'balance',
      liquidationPrice: '27135.67839196',
    },
  ],
  [
    'average --fill 1@100 --fill 1@200 --fill -1@180',
    { fill: '1@100 1@200 -1@180', side: 'long', entry: '150', qty: '1', realizedPnl: '30', fillCount: 3 },
  ],
  [
    `average --fills ${TRADES}`,
    { fills: TRADES, side: 'long', entry: '30000', qty: '0.5', realizedPnl: '300', fillCount: 2 },
  ],
  [
    'funding long --entry 30000 --lev 10 --qty 1 --mmr 0.5 --rate 0.01 --intervals 1',
    {
      side: 'long',
      entry: '30000',
      lev: '10',
      qty: '1',
      mmr: '0.5',
      rate: '0.01',
      intervals: '1',
      payment: '3',
      intervalsToLiquidation: '950',
      hoursToLiquidation: '7600',
      schedule: [
        {
          step: 1,
          mark: '30000',
          ratePercent: '0.01',
          payment: '3',
          fundingPaid: '3',
          walletMargin: '2997',
          outcome: 'at',
          liquidationPrice: '27138.69346734',
          distancePercent: '9.5377',
        },
      ],
    },
  ],
  [
    `stop long --candles ${CANDLES} --entry 30000 --lev 100 --mmr 0.5`,
    // every true range is 200: the highs and lows reach past the close before
    {
      side: 'long',
      entry: '30000',
      lev: '100',
      mmr: '0.5',
      candles: CANDLES,
      candleCount: 20,
      reference: '30019',
      atrValue: '200',
      trailingDistance: '300',
      stopPrice: '29719',
      activationPrice: '30319',
      callbackRate: '1',
      liquidationPrice: '29849.24623116',
      stopBeforeLiquidation: false,
      stopToLiquidation: '-130.24623116',
      stopToLiquidationPercent: '-0.4383',
      warnings: ['STOP_BEYOND_LIQUIDATION'],
    },
  ],
  [
    'compare short --entry 30000 --lev 10 --mmr 0.5',
    {
      side: 'short',
      entry: '30000',
      lev: '10',
      mmr: '0.5',
      formulas: [
        { formula: 'exact', price: '32835.82089552', error: '0', errorPercent: '0', judgement: 'right' },
        { formula: 'entry-bracket', price: '32835.82089552', error: '0', errorPercent: '0', judgement: 'right' },
        {
          formula: 'simple',
          price: '32850',
          error: '14.17910448',
          errorPercent: '0.0432',
          judgement: 'too optimistic',
        },
        {
          formula: 'article',
          price: '27286.36363636',
          error: '-5549.45725916',
          errorPercent: '-16.9006',
          judgement: 'past already',
        },
        {
          formula: 'bankruptcy',
          price: '33000',
          error: '164.17910448',
          errorPercent: '0.5',
          judgement: 'too optimistic',
        },
      ],
    },
  ],
];

const MORE = [
  'sweep long BTCUSDT --entry 60000 --qty 100 --both',
  'sweep long BTCUSDT --entry 60000 --qty 100 --both --chart',
  'sweep short --entry 60000 --mmr 1 --chart',
  'sweep short --entry 60000 --mmr 1 --levs 7 --chart',
  'sweep long --entry 60000 --mmr 1 --levs 1,2 --chart',
  'sweep long --entries 100,200,300 --lev 10 --mmr 1 --chart',
  'sweep long --entry 100 --qty 1 --margins 5,10,200 --mmr 1 --mark 99',
  'sweep short BTCUSD_PERP --entry 60000 --qty 1000',
  'solve long BTCUSDT --entry 60000 --lev 20 --qty 5 --target-distance 10',
  'solve short BTCUSD_PERP --entry 60000 --lev 20 --qty 5000 --target 66000',
  'size short BTCUSD_PERP --equity 1 --risk 2 --entry 60000 --stop 61000 --take 50000 --step 1',
  'size long --equity 1000 --allocate 9 --lev 20 --entry 100 --mmr 0.5 --stop 99',
  'pnl short BTCUSD_PERP --entry 60000 --exit 50000 --qty 10 --lev 3',
  'target long --entry 100 --qty 3 --lev 5 --pnl 7 --taker 0.1',
  'max-open long BTCUSDT --entry 60000 --lev 75 --balance 99999999',
  'average BTCUSDT --fill 1@60000 --fill -3@61000 --lev 10',
  'average --fill 1@60000 --fill -1@61000',
  `funding short BTCUSDT --entry 30000 --lev 10 --qty 1 --rates ${RATES}`,
  'funding long --entry 30000 --lev 100 --mmr 0.5 --rate 0.001 --until liquidated',
  `stop short --candles ${CANDLES} --atr 3 --atr-seed second-bar --multiple 2x --mark 30000.5`,
  'compare long BTCUSDT --entry 60000 --qty 100 --wallet 2000000',
  'long --fill 1@30000 --fill 2@31000 --lev 10 --mmr 0.5',
  `long BTCUSDT --fills ${TRADES} --lev 10`,
  'short --fill -1@30000 --lev 10 --mmr 0.5 --explain',
];
const ALL = [...JSON_OF.map(([line]) => line), ...MORE];

describe('planning commands', () => {
  it.each(JSON_OF)('%s --json', async (line, json) => {
    const { stdout, stderr, code } = await run([...split(line), '--json']);
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    expect(stdout.trimEnd()).not.toContain('\n');
    expect(JSON.parse(stdout)).toEqual(json);
    // also the order: inputs, then results
    expect(Object.keys(JSON.parse(stdout) as object)).toEqual(Object.keys(json));
  });

  it.each(ALL)('%s: text of 80 columns, whole without colour, ASCII in the C locale', async (line) => {
    const plain = await run(split(line), { env: { LC_ALL: 'C', NO_COLOR: '1' }, terminal: true });
    expect({ code: plain.code, stderr: plain.stderr }).toEqual({ code: 0, stderr: '' });
    expect(plain.stdout).toMatch(/^[\n\x20-\x7e]+$/);
    expect(plain.stdout).not.toMatch(/\?|undefined|NaN|\[object| \n/);
    for (const row of plain.stdout.split('\n')) expect(row.length).toBeLessThanOrEqual(80);
    const painted = await run([...split(line), '--color', 'always'], { env: { LC_ALL: 'C' } });
    // eslint would rather not see the escape itself
    expect(painted.stdout.replace(new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g'), '')).toBe(plain.stdout);
  });

  it.each(ALL)('%s: NDJSON, CSV and markdown say the same as JSON', async (line) => {
    const of = async (format: string): Promise<string> => (await run([...split(line), '--format', format])).stdout;
    const json = JSON.parse(await of('json')) as Record<string, unknown>;
    const list = Object.values(json).find((value) => Array.isArray(value) && typeof value[0] === 'object') as
      Record<string, unknown>[] | undefined;
    const shared = Object.fromEntries(Object.entries(json).filter(([, value]) => value !== list));
    const records = (list ?? [{}]).map((row) => ({ ...shared, ...row }));
    const lines = (await of('ndjson')).trimEnd().split('\n');
    expect(lines.map((each) => JSON.parse(each) as unknown)).toEqual(records);
    const csv = (await of('csv')).trimEnd().split('\n');
    expect(csv.length).toBe(records.length + 1);
    for (const key of Object.keys(records[0] ?? {})) expect(csv[0]?.split(',')).toContain(key);
    const price = records
      .map((record) => (record as Record<string, unknown>)['liquidationPrice'])
      .find((value) => typeof value === 'string');
    const markdown = await of('markdown');
    expect(markdown).toMatch(/^\| field/);
    if (typeof price === 'string') for (const text of [csv.join('\n'), markdown]) expect(text).toContain(price);
  });

  it.each([
    [
      'sweep long --entry 30000 --mmr 0.5 --levs 2,10,200',
      `LONG  30000  amounts per unit

LEVERAGE  LIQUIDATION    ROOM  MARGIN      LOSS  ROOM ON ONE SCALE
      2x     15075.38  49.75%   15000  14924.62  ===============================
     10x     27135.68   9.55%    3000   2864.32  ======
    200x     30000.00   0.00%     150         0  x

Note          room is measured from the entry; loss is at liquidation, before
              the liquidation fee; future funding is not included; x means
              liquidated at once
`,
    ],
    [
      'sweep long --entry 30000 --mmr 0.5 --levs 2,10 --both',
      `LONG and SHORT  30000  amounts per unit

LEVERAGE      LONG    ROOM                 E                   ROOM     SHORT
      2x  15075.38  49.75%  ===============|===============  49.25%  44776.12
     10x  27135.68   9.55%              ===|===               9.45%  32835.82

Note          room is measured from the entry; loss is at liquidation, before
              the liquidation fee; future funding is not included
`,
    ],
    [
      'solve long --entry 30000 --mmr 0.5 --target 27000 --lev 10 --qty 1',
      `LONG  1 @ 30000  10x  solve for a liquidation price

Target        27000.00      liquidation at this price or below it
As given      27135.68      at 10x, margin 3000, 9.55 % away
Leverage      9x            liquidated at 26800.67, 10.66 % below the entry
Add margin    135           liquidated at 27000.00, 10.00 % below the entry
Size          0.95693779    liquidated at 27000.00, 10.00 % below the entry

Note          rounded to the safe side: leverage and size down, added margin up;
              future funding is not included
`,
    ],
    [
      'size long --equity 10000 --risk 1 --entry 30000 --stop 29400 --mmr 0.5',
      `LONG  30000  equity 10000

Size          0.16666666    worth 5000 at entry
Risk          100           lost at the stop, fees not counted: a taker fee of
                            0.05 % (assumed; give --taker) at entry and exit
                            adds 4.95
Max leverage  30x           liquidated at 29145.73, 2.85 % below the entry, at
                            least 0.8 % beyond the stop (--buffer)
Margin        166.67        1.67 % of equity (recommended: 1 to 3 % for one
                            trade)
`,
    ],
    [
      'funding long --entry 30000 --lev 10 --qty 1 --mmr 0.5 --rate 0.01 --intervals 2',
      `LONG  1 @ 30000  10x  funding

Payment       3             paid every 8 hours
Liquidated    950 payments  316.67 days, if only funding changes

STEP   RATE  PAYMENT  WALLET  LIQUIDATION   ROOM
   1  0.01%        3    2997     27138.69  9.54%
   2  0.01%        3    2994     27141.71  9.53%

Note          payments and room are computed at one mark price
`,
    ],
  ])('%s reads so', async (line, text) => {
    expect((await run(split(line), { env: { LC_ALL: 'C' } })).stdout).toBe(text);
  });

  it('a sweep as NDJSON has positions that can be read again', async () => {
    const { stdout } = await run(split('sweep long --entry 30000 --mmr 0.5 --levs 10 --format ndjson'));
    expect(stdout).toContain('"entry":"30000","mmr":"0.5"');
    expect(stdout).toContain('"side":"long","lev":"10"');
  });

  it('a value that a position cannot have is a row that says why; only where all are such the sweep fails', async () => {
    const taken = 'sweep long --entry 30000 --mmr 0.5 --qty 1 --add-margin=-200 --margins';
    const why = '--add-margin';
    const text = await run(split(`${taken} 300,5000`));
    expect(text.stdout).toMatch(/^ +300 +refused$/m);
    expect(text.stdout).toMatch(/^Refused +long 300: .*removes too much margin; at most 150/m);
    expect(text.code).toBe(0);
    const { stdout, code } = await run(split(`${taken} 300,5000 --format ndjson`));
    const [refused, priced] = stdout
      .trimEnd()
      .split('\n')
      .map((each) => JSON.parse(each) as Record<string, unknown>);
    expect(refused).toMatchObject({ side: 'long', margin: '300', outcome: null, liquidationPrice: null });
    expect(refused?.['reason']).toContain('removes too much margin; at most 150');
    expect([priced?.['liquidationPrice'], code]).toEqual(['25326.63316583', 0]);
    for (const flags of ['--both', '--chart', '--format vega-lite', '--format csv', '--alert 1'])
      expect([flags, (await run(split(`${taken} 300,5000 ${flags}`))).code]).toEqual([flags, 0]);
    const all = await run(split(`${taken} 300,100`));
    expect([all.stdout, all.code]).toEqual(['', 2]);
    expect(all.stderr).toContain(why);
  });

  it('a sweep has a Vega-Lite specification', async () => {
    const { stdout } = await run(split('sweep long --entry 30000 --mmr 0.5 --levs 1,10 --format vega-lite'));
    const spec = JSON.parse(stdout) as { data: { values: object[] }; encoding: { x: { field: string } } };
    expect(spec.data.values).toEqual([
      { side: 'long', lev: 1, liquidationPrice: null },
      { side: 'long', lev: 10, liquidationPrice: 27135.67839196 },
    ]);
    expect(spec.encoding.x.field).toBe('lev');
  });

  it.each([
    [
      'sweep long --entry 30000 --mmr 0.5 --levs 5,10 --only lev,liquidationPrice',
      '5\t24120.60301508\n10\t27135.67839196\n',
      0,
    ],
    ['solve long --entry 30000 --mmr 0.5 --lev 10 --qty 1 --target 31000 --for lev --only value', '\n', 1],
    ['size long --equity 10 --risk 1 --entry 30000 --stop 29000 --mmr 1 --step 1 --only qty', '\n', 1],
    ['target short --entry 30000 --lev 1 --roi 150 --only exitPrice', '\n', 1],
    ['sweep long --entry 30000 --mmr 0.5 --levs 5,50 --alert 2 --only lev', '5\n50\n', 1],
    ['sweep long --entry 30000 --mmr 0.5 --levs 5,50 --alert 1 --only lev', '5\n50\n', 0],
    ['pnl long --entry 3 --exit 4 --qty 1 --lev 3 --only roi --dp 0', '100\n', 0],
    // what a step rounded to the safe side is not rounded again: 100 / 600, and 3000 / 3135
    [
      'size long --equity 10000 --risk 1 --entry 30000 --stop 29400 --mmr 0.5 --only qty,riskAmount --dp 1',
      '0.16666666\t100\n',
      0,
    ],
    [
      'solve long --entry 30000 --mmr 0.5 --lev 10 --qty 1 --target 27000 --for qty --step 1e-12 --only value',
      '0.956937799043\n',
      0,
    ],
    ['max-open long --entry 30000 --lev 1 --balance 20000 --only qty --dp 2', '0.66666666\n', 0],
    // a price stays on its tick with any --dp
    [
      'solve long --entry 30000 --mmr 0.5 --lev 10 --qty 1 --target 29000 --for lev --tick 0.001 --dp 0 --only liquidationPriceToday',
      '27135.679\n',
      0,
    ],
    // every spelling of an input, and what is known but does not apply
    ['target long --entry 100 --lev 10 --roi 50 --only entryPrice,leverage,reason,grossPnl', '100\t10\t\t\n', 0],
  ])('%s', async (line, stdout, code) => {
    expect(await run(split(line))).toMatchObject({ stdout, code });
  });

  it.each([
    [
      'sweep',
      2,
      [
        'the side is missing; write liqcalc sweep long, or short',
        'entry price is missing; give --entry or --entries',
        'maintenance rate is missing',
      ],
    ],
    ['sweep sideways --entry 1 --mmr 1', 2, ['the side is missing; write liqcalc sweep long sideways, or short']],
    [
      'sweep long --entry 1 --mmr 1 --levs 1,x,0',
      2,
      ['--levs: "x" is not a plain decimal', '--levs: "0" must be greater than 0'],
    ],
    [
      'sweep long --entry 1 --mmr 1 --levs 1 --entries 2',
      2,
      [
        '--levs: this input conflicts with --entries',
        '--entries: this input conflicts with --entry',
        '--entries: this input needs --lev',
      ],
    ],
    [
      'sweep long --entry 1 --mmr 1 --qty 1 --wallet 3',
      2,
      ['--wallet: this input conflicts with --levs: with a cross wallet the leverage does not change the price'],
    ],
    ['sweep long --entry 1 --mmr 1 --levss 3', 2, ['--levss: unknown name; did you mean --levs?']],
    [
      'pnl long --entry 1 --exit 2 --qty 1 --alert 5',
      2,
      ['--alert: this command does not accept this flag; long, short, batch and 11 more do'],
    ],
    [
      'pnl long --entry 1 --exit 2 --qty 1 --mmr 5',
      2,
      ['--mmr: this command does not accept this flag; long, short, batch and 11 more do'],
    ],
    [
      'sweep long --entry 1 --mmr 1 --format png',
      2,
      ['--format: unknown value "png": write text, json, ndjson, csv, markdown, vega-lite, svg or html'],
    ],
    [
      'sweep long --entry 1 --mmr 1 --only liquidationPrise',
      2,
      [
        '--only: "liquidationPrise" is not a field; did you mean liquidationPrice? (the fields are warnings, side, lev,',
      ],
    ],
    ['solve long --entry 1 --mmr 1 --for qty --target 0.5', 2, ['give --margin, --wallet or --lev with --qty']],
    [
      'solve long --entry 1 --mmr 1 --step 1',
      2,
      ['--step: this input needs --for', 'the wanted liquidation price is missing; give --target or --target-distance'],
    ],
    [
      'solve long --entry 1 --mmr 1 --target 1 --target-distance 5 --for levv',
      2,
      [
        '--for: unknown value "levv": write lev, add-margin or qty; did you mean lev?',
        '--target: this input conflicts with --target-distance',
      ],
    ],
    [
      'size long',
      2,
      ['entry price', '--mmr', 'equity of the account is missing; give --equity', '--risk with --stop or --allocate'],
    ],
    ['size long --equity 1 --risk 200 --stop 3 --entry 2 --mmr 1', 2, ['--risk: "200" must not be above 100']],
    [
      'size long --equity 1 --risk 2 --stop 3 --entry 2 --mmr 1',
      2,
      ['--stop: "3" must be below the entry (2) of a long'],
    ],
    [
      'size long --equity 1 --allocate 2 --take 3 --entry 2 --mmr 1',
      2,
      ['--allocate: this input needs --lev', '--take: this input needs --stop'],
    ],
    [
      'pnl long --entry 2 --exit 0x3',
      2,
      ['--exit: "0x3" is not a plain decimal', 'size is missing; give --qty or --notional'],
    ],
    [
      'target long --entry 2 --roi 3 --pnl 4',
      2,
      ['--roi: this input conflicts with --pnl', '--roi: this input needs --lev', '--pnl: this input needs --qty'],
    ],
    ['max-open long --entry 2', 2, ['leverage is missing; give --lev', 'balance is missing; give --balance']],
    ['average --fill 1 --fill 2@', 2, ['--fill: "1" is invalid; write QTY@PRICE', '--fill: "2@" is invalid']],
    ['average', 2, ['a fill is missing; give --fill or --fills']],
    ['average --fill 1@2 --lev 3', 2, ['--lev: this input needs --mmr']],
    ['average --fill 1@2 --mmr 3', 2, ['--mmr: this input needs --lev']],
    ['average --fill 1@2 --position-side long', 2, ['--position-side: this input needs --fills']],
    ['average --fills /nowhere/at/all', 66, ['/nowhere/at/all cannot be read: there is no such file']],
    [
      'long --fill 1@30000 --entry 3 --lev 10 --mmr 1',
      2,
      ['--entry: this input conflicts with --fill: the fills already give this input'],
    ],
    [
      'short --fill 1@30000 --lev 10 --mmr 1',
      2,
      ['--fill: the fills of a short must add up to less than 0; they add up to 1'],
    ],
    [
      'funding long --entry 1 --lev 2 --mmr 1 --rate 1 --intervals 1.5',
      2,
      ['--intervals: "1.5" is invalid; write a whole number'],
    ],
    [
      'funding long --entry 1 --lev 2 --mmr 1 --rate 1 --intervals 10001',
      2,
      ['--intervals: "10001" must not be above 10000'],
    ],
    [
      'funding long --entry 1 --lev 2 --mmr 1 --interval 8m',
      2,
      ['--interval: "8m" is not a plain decimal', 'funding rate is missing; give --rate or --rates'],
    ],
    [`funding long --entry 1 --lev 2 --mmr 1 --rates ${CANDLES}`, 2, ['--rates: "high,low,close']],
    [`stop long --candles ${TRADES}`, 2, ['--candles: candle 1: high is missing']],
    [
      `stop long --candles ${CANDLES} --atr 40`,
      2,
      ['--candles: "20 candles" is invalid; an ATR of 40 with first-bar needs 40 candles'],
    ],
    [`stop long --candles ${CANDLES} --entry 3`, 2, ['margin is missing', 'maintenance rate is missing']],
    ['compare long --entry 3', 2, ['margin is missing', 'maintenance rate is missing']],
    ['compare long extra more --entry 3 --lev 3 --mmr 1 --qty 1', 2, ['"more" is an unexpected argument; remove it']],
  ])('%s: exit %i', async (line, code, words) => {
    const { stdout, stderr, code: got } = await run(split(line));
    expect({ stdout, got }).toEqual({ stdout: '', got: code });
    for (const each of words) expect(stderr).toContain(each);
  });

  it.each(['sweep', 'solve', 'size', 'pnl', 'target', 'max-open', 'average', 'funding', 'stop', 'compare'])(
    '%s has help of 80 columns',
    async (name) => {
      const { stdout, code } = await run([name, '--help']);
      expect(code).toBe(0);
      expect(stdout).toContain(`Usage: liqcalc ${name}`);
      for (const row of stdout.split('\n')) expect(row.length).toBeLessThanOrEqual(80);
    },
  );
});

it('solve --for qty says at first what it needs, and the card names flags', async () => {
  const words = 'margin is missing (the size for a margin is solved for); give --margin, --wallet or --lev with --qty';
  const long = 'solve long --entry 30000 --mmr 0.5 --target 27000';
  for (const more of ['', ' --lev 10', ' --qty 1']) {
    expect((await run(`${long} --for qty${more}`.split(' '))).stderr).toBe(`liqcalc: ${words}\n`);
  }
  const card = (await run(`${long} --lev 10`.split(' '))).stdout.replace(/\s+/g, ' ');
  expect(card).toContain(`Size none ${words}`);
  expect((await run(`${long} --for qty --lev 10 --qty 1 --only value`.split(' '))).stdout).toBe('0.95693779\n');
});

it('a choice names what each of its inputs needs', async () => {
  const { stderr } = await run('size long BTCUSDT --entry 60000 --equity 100'.split(' '));
  expect(stderr).toBe(
    'liqcalc: the share to risk or to allocate is missing; give --risk with --stop or --allocate with --lev\n',
  );
  const stopped = await run('size long BTCUSDT --entry 60000 --equity 100 --stop 59000'.split(' '));
  expect(stopped.stderr).toContain('give --risk or --allocate with --lev');
});

describe('average', () => {
  const fills = 'average --fill 0.1@60000 --fill 0.2@57500 --lev 10 --mmr 0.5';

  it('has the results of the whole position beside the path in JSON, and only there', async () => {
    const alone = JSON.parse((await run(split(`${fills} --json`))).stdout) as Readonly<Record<string, unknown>>;
    const { stdout } = await run(split(`${fills} --path --json`));
    const { path, ...whole } = JSON.parse(stdout) as Readonly<Record<string, unknown>>;
    expect(whole).toEqual(alone);
    expect(whole).toMatchObject({ liquidationPrice: '52763.81909548', bankruptcyPrice: '52500' });
    expect(path).toMatchObject([{ liquidationPrice: '54271.35678392' }, { liquidationPrice: '52763.81909548' }]);
    // In a row of the first fill, the bankruptcy price of the last one would mislead.
    for (const format of ['csv', 'ndjson']) {
      expect((await run(split(`${fills} --path --format ${format}`))).stdout).not.toContain('bankruptcyPrice');
    }
    expect((await run(split(`${fills} --path --only bankruptcyPrice`))).stdout).toBe('\n\n');
  });

  it('marks an average that is rounded', async () => {
    const { stdout } = await run(split(fills));
    expect(stdout).toContain('average entry ≈ 58333.33\n');
    expect(stdout).toContain('LONG  0.3 @ ≈ 58333.33333333  10x isolated');
    const ascii = await run(split(fills), { env: { LANG: 'C' } });
    expect(ascii.stdout).toContain('LONG  0.3 @ ~ 58333.33333333  10x isolated');
    expect((await run(split('average --fill 1@60000 --fill 1@57500'))).stdout).toContain('average entry 58750.00\n');
  });
});
