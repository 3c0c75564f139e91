import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLiqcalcError, type Problem } from '../../src/core/errors.js';
import { RULE_IDS } from '../../src/core/risk/rules/index.js';
import { settingNames } from '../../src/core/risk/configuration.js';
import { builtInTables } from '../../src/core/tables/index.js';
import { readAccount } from '../../src/formats/account.js';
import { accountSchema } from '../../src/formats/account-schema.js';
import { ownAccount } from '../../src/formats/account-json.js';
import { configFile } from '../../src/formats/config-file.js';
import { jsonSchemaOf } from '../../src/schema/json-schema.js';
import { readRiskData } from '../../src/formats/risk-account.js';
import { readRiskConfig } from '../../src/formats/risk-config.js';

const ajv = new Ajv2020({ strict: false });
const holdsForConfig = ajv.compile(jsonSchemaOf(configFile()));
const holdsForAccount = ajv.compile(accountSchema());

function problemsOf(read: () => unknown): readonly Problem[] {
  try {
    read();
    return [];
  } catch (error) {
    if (!isLiqcalcError(error)) throw error;
    return error.problems;
  }
}

/** What the program says of an account, read as `check` reads it. */
function accountProblems(text: string): readonly Problem[] {
  const raw = ownAccount(text);
  const { problems } = readRiskData(raw, text);
  const defaults = { betas: new Map(), fields: [], tables: builtInTables };
  return [...problems, ...problemsOf(() => readAccount(raw, defaults))];
}

const zeros = (count: number): string => '0'.repeat(count);

/** Decimals as people and machines write them, right and wrong, at the edges of what is read. */
const EDGES = [
  ...['5', '0', '-0', '-1', '+3', '1.', '.5', '+.5', '00.50', '1e3', '1E-3', '-2e2', '0e5', '0.0'],
  ...[
    '',
    '.',
    '-',
    '+',
    'e5',
    '1e',
    '1e1234',
    '0x10',
    '30,000',
    '1_000',
    'NaN',
    'Infinity',
    ' 5',
    '5 ',
    '--5',
    '1.2.3',
  ],
  ...['5%', '5 %', '5\t%', '-5%', '%', '5%%', '10x', '10X', '10 x', '0x', '8h', '101', '100'],
  ...['1'.repeat(40), '1'.repeat(41), `${zeros(50)}1`, `0.${'1'.repeat(40)}`, `0.${'1'.repeat(41)}`, `1.${zeros(39)}`],
  ...[
    `1.${zeros(40)}`,
    `1${zeros(30)}`,
    `1${zeros(30)}.0`,
    `1${zeros(31)}`,
    `1${zeros(29)}1`,
    `9${zeros(29)}`,
    `2${zeros(30)}`,
  ],
  ...[`0.${zeros(29)}1`, `0.${zeros(30)}1`, `.${zeros(30)}9`, `0.${zeros(30)}`, `0.${zeros(30)}1e5`, `-1${zeros(30)}`],
] as const;

const written = fc.oneof(
  fc.constantFrom(...EDGES),
  fc.stringMatching(/^[+-]?(\d{1,6}\.?\d{0,6}|\.\d{1,6})([eE][+-]?\d)?[%xX]?$/),
);
const numbers = fc.oneof(
  fc.constantFrom(0, -0, 5, -1, 0.5, 100, 101, 1e30, 1.1e30, 1e-30, 1e-31, -1e31),
  fc.double({ noNaN: true, min: -10, max: 150 }),
);
const anything = fc.oneof(
  written,
  numbers,
  fc.constantFrom(null, true, false, 'true', 'None', 'off', 'on', [], {}, [1], { a: 1 }),
);

describe('decimals', () => {
  const accountWith = (place: string, value: unknown): object => ({
    wallet: '5000',
    positions: [
      {
        symbol: 'X',
        side: 'long',
        qty: 1,
        entry: 100,
        mark: 100,
        mmr: 1,
        lev: 5,
        ...(place === 'wallet' ? {} : { [place]: value }),
      },
    ],
    ...(place === 'wallet' && { wallet: value }),
  });

  it.each(['wallet', 'entry', 'lev', 'cum', 'beta', 'stop', 'tick', 'liqFee', 'reported'])(
    'of %s at every edge',
    (place) => {
      for (const value of EDGES) {
        const account = accountWith(place, value);
        const problems = accountProblems(JSON.stringify(account));
        const isSayable = problems.every(({ code }) => code !== 'OUT_OF_RANGE');
        expect([place, value, holdsForAccount(account)]).toEqual([
          place,
          value,
          isSayable ? problems.length === 0 : holdsForAccount(account),
        ]);
      }
    },
  );
});

describe('the JSON Schema of configurations', () => {
  const setting = fc.oneof({ weight: 3, arbitrary: fc.constantFrom('5', '50%', 'off', '-1', 3, 0) }, anything);
  const rule = fc.constantFrom(...RULE_IDS).chain((id) => {
    const names = fc.constantFrom(...settingNames(id), 'info', 'wran');
    const settings = fc.dictionary(names, setting, { maxKeys: 3, noNullPrototype: true });
    return fc.tuple(fc.constant(id), fc.oneof(settings, fc.constantFrom('on', 'off', 'info', 'error'), anything));
  });
  const rules = fc.array(
    fc.oneof({ weight: 30, arbitrary: rule }, fc.tuple(fc.constant('alocation'), fc.constant('off'))),
    { maxLength: 3 },
  );
  const config = fc
    .tuple(
      rules,
      fc.oneof(
        { weight: 8, arbitrary: fc.constant({}) },
        fc.constantFrom({ $schema: 'x' }, { $schema: null }, { rule: {} }),
      ),
    )
    .map(([entries, beside]) => ({ ...beside, rules: Object.fromEntries(entries) }));

  it('and the program accept the same, save what no schema can say', () => {
    let [accepted, refused] = [0, 0];
    fc.assert(
      fc.property(fc.oneof({ weight: 20, arbitrary: config }, anything), (value) => {
        const problems = problemsOf(() => readRiskConfig(JSON.stringify(value)));
        const isUnsayable = ({ code, details }: Problem): boolean =>
          code === 'OUT_OF_RANGE' || (code === 'WRONG_SIDE' && JSON.stringify(details).includes('reached before'));
        if (problems.every(isUnsayable) && problems.length > 0) return;
        expect([value, holdsForConfig(value)]).toEqual([value, problems.length === 0]);
        if (problems.length === 0) accepted++;
        else refused++;
      }),
      { numRuns: 3000 },
    );
    expect(accepted).toBeGreaterThan(500);
    expect(refused).toBeGreaterThan(500);
  });
});

describe('the JSON Schema of accounts', () => {
  const FIELDS: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
    side: fc.constantFrom('long', 'SHORT', 'Long', 'both', 1),
    symbol: fc.constantFrom('ETHUSDT', 'XUSDT', 5, '', 'NOPE'),
    qty: written,
    size: written,
    notional: written,
    entry: written,
    entryPrice: written,
    mark: numbers,
    markPrice: written,
    lev: written,
    leverage: numbers,
    margin: fc.constantFrom('5', 10, 'x'),
    addMargin: fc.constantFrom('0', 'x'),
    mmr: fc.constantFrom('0.5', '0.5%', 1, -1, '50'),
    cum: fc.constantFrom('0', 1, -1),
    wallet: fc.constantFrom('5', 10),
    othersPnl: fc.constantFrom('5', 10),
    contract: fc.constantFrom('linear', 'Linear', 'square'),
    formula: fc.constantFrom('exact', 'EXACT', 'simple', 'mine'),
    callRatio: fc.oneof(written, numbers),
    mode: fc.constantFrom('isolated', 'CROSS', 'Isolated', 'both', 3),
    beta: fc.constantFrom('1', 1.5, 'x'),
    reported: written,
    stop: fc.oneof(written, fc.constantFrom('none', 'NONE', ' none')),
    autoMargin: fc.constantFrom(true, 'TRUE', 'no', 1),
    isAutoAddMargin: fc.constantFrom('false', false),
    group: fc.constantFrom('a', ' ', 5, true),
    illiquid: fc.constantFrom(true, 'False', 0),
    feeds: fc.constantFrom({}, { index: '5' }, { index: null, 'last price': 7 }, { index: '-5' }, []),
    funding: fc.array(
      fc.oneof(
        written,
        numbers,
        fc.constantFrom({ fundingRate: '0.0001', fundingTime: 5 }, { fundingTime: 5 }, { fundingRate: null }),
      ),
      { maxLength: 1 },
    ),
    fundingTimes: fc.array(fc.constantFrom(5, '7', -1, 'x', 1.5), { maxLength: 1 }),
    dailyVolume: fc.oneof(written, fc.constantFrom({ volume: '5' }, { volume: -1 }, { quoteVolume: 5 }, [])),
    book: fc.constantFrom({ bids: [['1', '2']], asks: [] }, { bids: [[1]], asks: [] }, { bids: [], asks: [[0, 1]] }, 5),
    openInterest: fc.array(
      fc.oneof(
        written,
        fc.constantFrom({ sumOpenInterest: '5' }, { openInterest: 5 }, { openInterest: 5, sumOpenInterest: 5 }, {}),
      ),
      { maxLength: 2 },
    ),
    candles: fc.array(
      fc.oneof(
        fc.constantFrom(
          [1, 2, 3, 1, 2],
          ['1', '2', '3', '1', '2', 9],
          [1, 2, 3, 1],
          { high: 3, low: '1', close: 2 },
          { high: 3, low: 1 },
          5,
        ),
      ),
      { maxLength: 2 },
    ),
    orders: fc.array(
      fc.oneof(
        fc
          .record(
            {
              type: fc.constantFrom('STOP', 'stop_market', ' LIMIT', 'HALT'),
              side: fc.constantFrom('BUY', 'sell', 'both'),
              trigger: written,
              stopPrice: written,
              workingType: fc.constantFrom('MARK_PRICE', 'mark price', null),
              reduceOnly: YES(),
              timeInForce: fc.constantFrom('GTC', 'po', 'x', null),
              activation: written,
              symbol: fc.constantFrom(null, ''),
              positionSide: fc.constantFrom('BOTH', 'long', 'x'),
            },
            { requiredKeys: [] },
          )
          .map((order) => ({ type: 'STOP', side: 'BUY', ...order })),
        fc.constantFrom({}, { type: 'STOP' }, 5),
      ),
      { maxLength: 2 },
    ),
    note: anything,
  };
  function YES(): fc.Arbitrary<unknown> {
    return fc.constantFrom(true, 'true', 'False', 1, null);
  }

  const plain = { symbol: 'BTCUSDT', side: 'long', qty: '1', entry: '100', mark: '100', mmr: '0.5', lev: '10' };
  const isolated = { symbol: 'BTCUSDT', side: 'long', qty: '1', entry: '100', mmr: '0.5', lev: '10', mode: 'isolated' };
  const keys = fc.constantFrom(...Object.keys(FIELDS));
  const change = keys.chain((key) =>
    fc.tuple(
      fc.constant(key),
      fc.oneof({ weight: 12, arbitrary: FIELDS[key] ?? anything }, anything, fc.constant(undefined)),
    ),
  );
  const position = fc
    .tuple(fc.constantFrom(plain, isolated), fc.array(change, { maxLength: 3 }))
    .map(([base, changes]) => ({ ...base, ...Object.fromEntries(changes) }));
  const MOVE = { symbol: 'A', time: 5, amount: '1' };
  const whole = fc.record(
    {
      wallet: fc.oneof({ weight: 5, arbitrary: fc.constantFrom('5000', 7) }, anything),
      positions: fc.oneof(
        { weight: 40, arbitrary: fc.array(position, { minLength: 1, maxLength: 1 }) },
        fc.constantFrom([], null, {}, [5]),
      ),
      equity: fc.oneof(written, numbers),
      event: YES(),
      usualLev: written,
      marginLog: fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom([], [MOVE], [MOVE, { symbol: 'A', time: '5', lev: 10 }], null) },
        fc.constantFrom(
          [{ symbol: 'A', time: 5, amount: null, leverage: '5x' }],
          [{ symbol: 'A', time: 5, amount: null }],
          [{ symbol: 'A', time: 5 }],
          [{ symbol: 'A', time: 1.5, amount: 1 }],
          [{ time: 5, amount: 1 }],
          [5],
          {},
        ),
      ),
    },
    { requiredKeys: [] },
  );
  const account = fc
    .tuple(fc.constantFrom({ wallet: '5000', positions: [plain] }, { positions: [isolated] }), whole)
    .map(([base, changes]) => ({ ...base, ...changes }));

  /** Rules that follow from names that resemble each other, from a table, from an exponent, or from how many of another list there are. */
  function isUnsayable({ code, details }: Problem): boolean {
    if (code === 'OUT_OF_RANGE' || code === 'ABOVE_MAXIMUM') return /e/i.test(details.value);
    if (code === 'MALFORMED_NUMBER') return /\de/.test(details.value) && Math.abs(Number(details.value)) < 1e-30;
    if (code === 'REFUSED') return details.why.includes(' times for ');
    return code === 'UNKNOWN_KEY' || code === 'UNKNOWN_SYMBOL';
  }

  it('and the program accept the same, save what no schema can say', () => {
    let [accepted, refused] = [0, 0];
    fc.assert(
      fc.property(account, (value) => {
        const text = JSON.stringify(value);
        const problems = accountProblems(text);
        const sayable = problems.filter((each) => !isUnsayable(each));
        const holds = holdsForAccount(JSON.parse(text));
        if (problems.length > 0 && sayable.length === 0) return;
        expect([text, holds, sayable]).toEqual([text, problems.length === 0, sayable]);
        if (problems.length === 0) accepted++;
        else refused++;
      }),
      { numRuns: 4000 },
    );
    expect(accepted).toBeGreaterThan(300);
    expect(refused).toBeGreaterThan(500);
  });

  const both = (value: object): readonly [schema: boolean, program: boolean] => [
    holdsForAccount(value),
    accountProblems(JSON.stringify(value)).length === 0,
  ];

  it.each(readdirSync('examples/check'))('holds for %s', (name) => {
    const text = readFileSync(join('examples/check', name), 'utf8');
    expect(both(JSON.parse(text) as object)).toEqual([true, true]);
  });

  it.each([
    [{}, { mark: undefined }],
    [{}, { side: null }],
    [{}, { symbol: undefined }],
    [{}, { qty: undefined }],
    [{}, { notional: '5' }],
    [{}, { entryPrice: '100' }],
    [{}, { cum: '5', mmr: null }],
    [{}, { margin: '5' }],
    [{}, { addMargin: 5 }],
    [{}, { wallet: '5' }],
    [{}, { othersMm: 5 }],
    [{}, { formula: 'simple' }],
    [{}, { mode: 'isolated', lev: undefined }],
    [{}, { mode: 'isolated', qty: undefined, mmr: undefined }],
    [{}, { mode: 'isolated', qty: undefined, margin: '5' }],
    [{}, { fundingTimes: [] }],
    [{}, { autoMargin: true, isAutoAddMargin: true }],
    [{}, { orders: [{ type: 'STOP', side: 'SELL', stopPrice: '5', trigger: '5' }] }],
    [{}, { orders: [{ type: 'STOP' }] }],
    [{}, { openInterest: [{ sumOpenInterest: 1, openInterest: 1 }] }],
    [{}, { candles: [{ high: 3, low: 1 }] }],
    [{ wallet: null }, {}],
    [{ wallet: undefined }, {}],
    [{ event: 'perhaps' }, {}],
    [{ usualLev: '0' }, {}],
    [{ equity: {} }, {}],
    [{ positions: undefined }, {}],
  ])('and the program refuse %j with a position of %j', (ofAccount, ofPosition) => {
    const whole = { wallet: '5000', positions: [plain] };
    expect(both(whole)).toEqual([true, true]);
    const text = JSON.stringify({ ...whole, positions: [{ ...plain, ...ofPosition }], ...ofAccount });
    expect(both(JSON.parse(text) as object)).toEqual([false, false]);
  });
});
