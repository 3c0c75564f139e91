import { describe, expect, it } from 'vitest';
import { Ratio } from '../../src/core/ratio.js';
import { EXCHANGES } from '../../src/formats/exchange-names.js';
import { run, type Run } from '../cli/run.js';
import { POSITION_ANSWERS, type PositionAnswer } from './venue-answers.js';

type Figures = Readonly<Record<string, unknown>>;

const ask = (answer: unknown, ...argv: string[]): Promise<Run> =>
  run(['account', ...argv], { stdin: JSON.stringify(answer) });

async function accountOf(answer: unknown, ...argv: string[]): Promise<Figures & { positions: Figures[] }> {
  const { stdout, code } = await ask(answer, ...argv, '--json');
  expect(code).toBe(0);
  return JSON.parse(stdout) as Figures & { positions: Figures[] };
}

const given = (id: string): PositionAnswer =>
  POSITION_ANSWERS.find((each) => each.id.startsWith(id)) ?? expect.fail(`no answer ${id}`);

/** The records of an answer, for a change of one key. */
const changed = ({ answer }: PositionAnswer, from: string, to: string): unknown => {
  const text = JSON.stringify(answer);
  expect(text).toContain(from);
  return JSON.parse(text.replaceAll(from, to)) as unknown;
};

const isNear = (text: string, other: string, within: string): boolean =>
  !Ratio.from(text).minus(Ratio.from(other)).abs().isAbove(Ratio.from(within));

describe("answers of the venues' own APIs", () => {
  it('of every venue that is read', () => {
    const tried = new Set(POSITION_ANSWERS.map(({ from }) => from));
    expect(EXCHANGES.filter((each) => each !== 'binance' && each !== 'ccxt' && !tried.has(each))).toEqual([]);
  });

  it.each(POSITION_ANSWERS)('$id', async ({ from, answer, argv = [], prices, within, position = {}, wallet }) => {
    const { stdout, stderr, code } = await ask(answer, '--from', from, ...argv, '--json', '--dp', '20');
    expect(code).toBe(0);
    const read = JSON.parse(stdout) as Figures & { positions: Figures[] };
    const found = read.positions.map(({ liquidationPrice }) => liquidationPrice as string | null);
    expect(found.map((each) => each === null)).toEqual(prices.map((each) => each === null));
    found.forEach((each, index) => {
      const printed = prices[index] ?? null;
      if (each !== null && printed !== null) expect([each, isNear(each, printed, within)]).toEqual([each, true]);
    });
    expect(read.positions[0]).toMatchObject(position);
    expect(stderr.includes('the response does not contain the cross wallet')).toBe(wallet !== undefined);
    if (wallet !== undefined) expect(isNear(String(read['wallet']), wallet, '0.000000001')).toBe(true);
    // None of the answers contradicts itself.
    expect(stdout).not.toContain('MAINTENANCE_DIFFERS');
  });

  it.each(POSITION_ANSWERS)('$id: the output, read again, has the same price', async ({ from, answer, argv = [] }) => {
    const first = await ask(answer, '--from', from, ...argv, '--json', '--dp', '20');
    const again = await run(
      ['account', ...argv.slice(0, 2).filter(() => argv[0] === '--tick'), '--json', '--dp', '20'],
      {
        stdin: first.stdout,
      },
    );
    const prices = ({ stdout }: Run): unknown[] =>
      (JSON.parse(stdout) as { positions: Figures[] }).positions.map(({ liquidationPrice }) => liquidationPrice);
    expect(again.stderr).toBe('');
    expect(prices(again)).toEqual(prices(first));
  });
});

describe('the wallet that follows from an answer', () => {
  const okx = given('okx: cross');

  it('gives way to the one given, and contradicts it', async () => {
    const { stdout, stderr } = await ask(okx.answer, '--from', 'okx', '--wallet', '30', '--only', 'symbol,equity');
    // 30 - 2.0115.
    expect(stdout).toContain('27.9885');
    expect(stderr).toBe(
      'liqcalc: warning: the wallet 30 differs from 25.68468559, which is calculated from the margin ratio and the maintenance margin of the response\n',
    );
    const near = await ask(okx.answer, '--from', 'okx', '--wallet', '25.69', '--only', 'equity');
    expect(near.stderr).toBe('');
  });

  it('does not follow where records disagree or lack the figure', async () => {
    const [record] = (okx.answer as { data: Figures[] }).data;
    const two = [record, { ...record, instId: 'BTC-USDT-SWAP', mgnRatio: '9' }];
    expect((await ask(two, '--from', 'okx')).stderr).toContain('cross wallet is missing; give --wallet');
    const lacking = await ask([{ ...record, mgnRatio: '' }], '--from', 'okx');
    expect(lacking.stderr).toContain('cross wallet is missing; give --wallet');
  });

  it('is said by check too', async () => {
    const { stderr } = await run(['check', '--from', 'okx'], { stdin: JSON.stringify(okx.answer) });
    expect(stderr).toContain('warning: the response does not contain the cross wallet: 25.68468559 is calculated');
  });
});

describe('what a record does not hold', () => {
  it('bybit: the mode; the record can be given it, and then the leverage is the margin', async () => {
    const ada = given('bybit: cross, rate');
    const isolated = changed(ada, '"positionIdx":0', '"positionIdx":0,"marginMode":"ISOLATED_MARGIN"');
    const [position] = (await accountOf(isolated, '--from', 'bybit')).positions;
    // 0.37293023 x (1 - 1/75) / (1 - 0.0075), without the fee.
    expect(position).toMatchObject({ mode: 'isolated', mmr: '0.75', liquidationPrice: '0.370738364668' });
    expect((await ask(ada.answer, '--from', 'bybit')).stderr).toContain('cross wallet is missing');
  });

  it('bybit: a rate, where two legs of a symbol lock each other', async () => {
    const { answer } = given('bybit: cross, rate');
    const [leg] = (answer as { result: { list: Figures[] } }).result.list;
    const { stderr, code } = await ask(
      [leg, { ...leg, positionIdx: 2, side: 'Sell' }],
      '--from',
      'bybit',
      '--wallet=9',
    );
    expect(code).toBe(65);
    expect(stderr).toContain('no bracket table for "ADAUSDT"');
  });

  it('okx: the value of a contract, if neither value nor profit is there', async () => {
    const okx = given('okx: cross');
    const bare = changed(okx, '"notionalUsd":"237.75168928499997",', '');
    // -2.0115 / (1584.33 - 1597.74) / 15 = 0.01.
    expect((await accountOf(bare, '--from', 'okx')).positions[0]).toMatchObject({ multiplier: '0.01' });
    const [record] = (bare as { data: Figures[] }).data;
    const { stderr } = await ask([{ ...record, upl: '' }], '--from', 'okx');
    expect(stderr).toContain('[0]: value of one contract is missing; give ctVal');
    const [counted] = (await accountOf([{ ...record, ctVal: '0.1' }], '--from', 'okx', '--wallet', '900')).positions;
    expect(counted).toMatchObject({ multiplier: '0.1' });
  });

  it.each(['', '0', '-5', '99999999', '1e15', null])('%j is not a price', async (price) => {
    const [record] = given('gate: isolated, the').answer as Figures[];
    const { positions } = await accountOf([{ ...record, liq_price: price }], '--from', 'gate');
    expect(positions[0]).toMatchObject({ reported: null });
  });

  it.each([
    ['okx', [{ instId: 'BTC-USDT-SWAP', pos: 'x' }], '[0].pos: "x" is not a plain decimal'],
    ['okx', [{ pos: '1' }], '[0]: symbol is missing; give instId'],
    ['gate', [{ contract: 'BTC_USDT' }], '[0]: size is missing; give size'],
    ['okx', [{ instId: 'BTC-USDT', instType: 'MARGIN', pos: '1' }], '[0]: instType MARGIN is not a future'],
    ['bitget', [{ symbol: 'BTCUSD', total: '1' }], '[0]: the unit of the size of coin-margined positions is unknown'],
    ['bybit', { retCode: 10003, retMsg: 'API key is invalid.' }, 'answered with an error: API key is invalid. (10003)'],
    ['gate', { label: 'INVALID_KEY', message: 'Invalid key' }, 'answered with an error: Invalid key (INVALID_KEY)'],
    ['kucoin', { code: '400100', msg: 'no' }, 'answered with an error: no (400100)'],
    ['hyperliquid', { a: 1 }, 'give the answer of POST /info {"type":"clearinghouseState"}'],
    ['dydx', 5, 'give the answer of GET /v4/addresses/ADDRESS/subaccountNumber/0 of the indexer'],
  ])('%s: %j is refused in words', async (from, answer, words) => {
    const { stderr, code } = await ask(answer, '--from', from);
    expect(code).toBe(65);
    expect(stderr).toContain(words);
  });
});

describe('more shapes of answers', () => {
  it('gate: cross has leverage 0, maintenance above the rate is the fee, coin-margined contracts are worth 1 USD', async () => {
    const cross = {
      contract: 'BTC_USD',
      size: '-100',
      entry_price: '50000',
      mark_price: '50000',
      value: '0.002',
      leverage: '0',
      cross_leverage_limit: '10',
      maintenance_rate: '0.004',
      // 0.002 x (0.004 + 0.0005).
      maintenance_margin: '0.000009',
      liq_price: '0',
    };
    const { asset, positions } = await accountOf([cross], '--from', 'gate', '--wallet', '0.0004');
    expect(asset).toBe('BTC');
    expect(positions[0]).toMatchObject({
      side: 'short',
      mode: 'cross',
      lev: '10',
      multiplier: '1',
      mmr: '0.4',
      mmFee: '0.05',
    });
  });

  it('bitget: unified accounts name side, entry and rate otherwise', async () => {
    const record = {
      symbol: 'BTCUSDT',
      marginCoin: 'USDT',
      posSide: 'long',
      total: '1',
      avgPrice: '60000',
      markPrice: '60000',
      leverage: '10',
      marginMode: 'isolated',
      mmr: '0.004',
      unrealisedPnl: '0',
      liquidationPrice: '',
    };
    const { positions } = await accountOf({ code: '00000', data: { list: [record] } }, '--from', 'bitget');
    // (60000 - 6000) / (1 - 0.004 - 0.0006).
    expect(positions[0]).toMatchObject({ mmr: '0.4', mmFee: '0.06', liquidationPrice: '54249.54792043' });
  });

  it('hyperliquid: the maintenance of the account is compared', async () => {
    const { answer } = given('hyperliquid: a cross');
    const { stdout } = await ask(
      { ...(answer as object), crossMaintenanceMarginUsed: '40' },
      '--from',
      'hyperliquid',
      '--reconcile',
    );
    expect(stdout).toContain('account: maintenance 34.34815334, exchange 40\n');
  });

  it('okx: digits of texts and numbers are kept', async () => {
    const okx = given('okx: cross');
    const numbers = changed(okx, '"1.9011959999999997"', '1.9011959999999997');
    expect(await accountOf(numbers, '--from', 'okx')).toEqual(await accountOf(okx.answer, '--from', 'okx'));
  });
});

describe("an exchange's answer without --from", () => {
  it('names the flag that reads it', async () => {
    const stderr = async (answer: unknown): Promise<string> => (await ask(answer)).stderr;
    expect(await stderr(given('okx: cross').answer)).toContain('pipe it into: liqcalc account --from okx');
    expect(await stderr(given('hyperliquid').answer)).toContain('pipe it into: liqcalc account --from hyperliquid');
    expect(await stderr(given('dydx').answer)).toContain('pipe it into: liqcalc account --from dydx');
    expect(await stderr([{ symbol: 'BTC/USDT:USDT', contracts: 1, info: {} }])).toContain(
      'pipe it into: liqcalc account --from ccxt',
    );
    expect(await stderr([{ symbol: 'BTCUSDT', positionAmt: '1' }])).toContain(
      'pipe it into: liqcalc account --from binance',
    );
  });
});
