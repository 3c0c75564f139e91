import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run, type Run } from '../cli/run.js';

const folder = mkdtempSync(join(tmpdir(), 'liqcalc-shapes-'));
const IN = 'test/cases/in';

function fileOf(value: unknown): string {
  const path = join(folder, 'input.json');
  writeFileSync(path, JSON.stringify(value));
  return path;
}
const cli = (line: string): Promise<Run> => run(line.split(' '));

describe('a unified position of ccxt', () => {
  const [position] = JSON.parse(readFileSync(`${IN}/ccxt-near-2022-01.json`, 'utf8')) as object[];

  it('alone, as fetchPosition returns it, is an account', async () => {
    const line = (path: string): string => `account --from ccxt ${path} --only side,mode,liquidationPrice`;
    const alone = await cli(line(fileOf(position)));
    expect(alone.stdout).toBe('long\tisolated\t17.43201084\n');
    expect(await cli(line(fileOf([position])))).toEqual(alone);
  });

  it('any other object is refused', async () => {
    const { stderr, code } = await cli(`account --from ccxt ${fileOf({ symbol: 'X' })}`);
    expect(code).toBe(65);
    expect(stderr).toContain('give the array that fetchPositions returns, or one position');
  });
});

describe('tiers of one market, as fetchMarketLeverageTiers returns them', () => {
  const tier = (more: object): object => ({
    minNotional: 0,
    maxNotional: 50000,
    maintenanceMarginRate: 0.004,
    maxLeverage: 100,
    info: {},
    ...more,
  });

  it('have the symbol of their own, else that of the call', async () => {
    const named = fileOf([tier({ symbol: 'NEW/USDT:USDT' })]);
    const shown = await cli(`brackets validate ${named} --venue gate --only symbol,verdict`);
    expect(shown.stdout).toBe('NEWUSDT\tvalid\n');
    const silent = fileOf([tier({})]);
    const given = await cli(`brackets validate ${silent} --venue gate --symbol NEW_USDT --only symbol,verdict`);
    expect(given.stdout).toBe('NEWUSDT\tvalid\n');
    const neither = await cli(`brackets validate ${silent} --venue gate`);
    expect(neither.stdout).toContain('its symbol is missing; give --symbol');
  });

  it('price a position', async () => {
    const file = fileOf([tier({ symbol: 'NEW/USDT:USDT', info: { maintMarginRatio: '0.004', cum: '0' } })]);
    const line = `long NEWUSDT -e 100 -l 10 --qty 1 --brackets ${file} --only liquidationPrice -q`;
    // (100 - 10) / (1 - 0.004)
    expect((await cli(line)).stdout).toBe('90.36144578\n');
  });
});

describe('trades', () => {
  it('of ccxt have amounts, and the leg of a hedge in info', async () => {
    const trade = (side: string, price: number, positionSide: string): object => ({
      symbol: 'BTC/USDT:USDT',
      side,
      price,
      amount: 0.5,
      timestamp: price,
      info: { positionSide, realizedPnl: '0' },
    });
    const file = fileOf([trade('buy', 100, 'LONG'), trade('buy', 200, 'LONG'), trade('sell', 300, 'SHORT')]);
    const line = `average --fills ${file} --symbol BTCUSDT --position-side long --only side,entry,qty`;
    expect((await cli(line)).stdout).toBe('long\t150\t1\n');
    const mixed = await cli(`average --fills ${file}`);
    expect(mixed.stderr).toContain('choose one with --symbol');
  });

  it('of Hyperliquid: B bought, A sold', async () => {
    const fill = (more: object): object => ({ coin: 'SUI', px: '2', sz: '3', side: 'B', time: 1, tid: 1, ...more });
    const file = fileOf([
      fill({ startPosition: '0.0' }),
      fill({ side: 'A', px: '4', sz: '1', time: 2, startPosition: '3' }),
    ]);
    expect((await cli(`average --fills ${file} --only side,entry,qty,realizedPnl`)).stdout).toBe('long\t2\t2\t2\n');
    expect((await cli(`average --fills ${file} --symbol sui --only qty`)).stdout).toBe('2\n');
  });

  it('of Hyperliquid that begin inside a position are refused without it', async () => {
    const path = `${IN}/hyperliquid-fills-2023-05.json`;
    const { stderr, code } = await cli(`average --fills ${path}`);
    expect(code).toBe(2);
    expect(stderr).toContain('the position was 4623.5 before trade number 1; give all trades');
    // 142.7 x (1.3189 - 1.3207) + 3749.1 x (1.3167 - 1.3207) + 731.7 x (1.3093 - 1.3207)
    const opened = await cli(`average --fills ${path} --open 4623.5@1.3207 --only qty,realizedPnl`);
    expect(opened.stdout).toBe('0\t-23.59464\n');
  });
});

describe('funding', () => {
  const QUESTION = 'funding long --entry 10000 --lev 10 --qty 1 --mmr 0.5 -q';
  const paid = async (value: unknown, more = ''): Promise<string> =>
    (await cli(`${QUESTION} --rates ${fileOf(value)}${more} --only payment,ratePercent`)).stdout;
  const index = { symbol: 'BTCUSDT', markPrice: '12000', lastFundingRate: '0.0005', nextFundingTime: 1597392000000 };

  it('of premiumIndex is the next payment', async () => {
    expect(await paid(index)).toBe('6\t0.05\n');
    const dated = { symbol: 'BTCUSDT_260327', markPrice: '9', lastFundingRate: '', nextFundingTime: 0 };
    expect(await paid([dated, index, { ...index, symbol: 'ETHUSDT' }], ' --symbol BTC/USDT:USDT')).toBe('6\t0.05\n');
  });

  it('of ccxt names the symbol as it does', async () => {
    const rate = { symbol: 'BTC/USDT:USDT', fundingRate: 0.0005, timestamp: 1, info: {} };
    expect(await paid([rate], ' --symbol BTCUSDT')).toBe('5\t0.05\n');
  });

  it('of income are the amounts that were paid and received', async () => {
    const fee = { symbol: 'BTCUSDT', incomeType: 'FUNDING_FEE', income: '-0.375', asset: 'USDT', time: 2 };
    const others = { ...fee, incomeType: 'COMMISSION', income: '-9' };
    expect(await paid([fee, others, { ...fee, income: '0.2', time: 1 }])).toBe('-0.2\t\n0.375\t\n');
    const wallet = await cli(`${QUESTION} --rates ${fileOf([fee])} --only walletMargin,liquidationPrice`);
    // (10000 - 999.625) / (1 - 0.005)
    expect(wallet.stdout).toBe('999.625\t9045.60301508\n');
    const { stderr } = await cli(`${QUESTION} --rates ${fileOf([{ ...fee, income: 'x' }])}`);
    expect(stderr).toContain('income of payment 1 must be a plain decimal');
  });
});

describe("Binance's own maintenance margin", () => {
  const position = {
    ...{ symbol: 'NEWUSDT', positionSide: 'BOTH', positionAmt: '5', entryPrice: '2', markPrice: '2.4' },
    ...{ unRealizedProfit: '2', isolatedMargin: '0', isolatedWallet: '0', notional: '12', maintMargin: '0.12' },
  };
  const price = async (of: object, more = ''): Promise<string> =>
    (await cli(`account --from binance --wallet 8 ${fileOf([of])}${more} --only mmr,liquidationPrice,warnings -q`))
      .stdout;

  it('gives the rate of a symbol without a table, and a warning', async () => {
    // 8 + 5 (p - 2) = 0.01 x 5 p
    expect(await price(position)).toBe('1\t0.4040404\t["OWN_RATES"]\n');
    expect(await price({ ...position, notional: undefined })).toBe('1\t0.4040404\t["OWN_RATES"]\n');
  });

  it('gives way to a rate of the call, and to a table', async () => {
    // 8 + 5 (p - 2) = 0.02 x 5 p
    expect(await price(position, ' --mmr 2')).toBe('2\t0.40816327\t["MAINTENANCE_DIFFERS"]\n');
    expect(await price({ ...position, symbol: 'BTCUSDT', maintMargin: '0.048' })).toBe(
      '\t0.40160643\t["STALE_BRACKETS"]\n',
    );
  });

  it('of 0 does not give a rate', async () => {
    const { stderr, code } = await cli(
      `account --from binance --wallet 8 ${fileOf([{ ...position, maintMargin: '0' }])} --only mmr`,
    );
    expect(code).toBe(65);
    expect(stderr).toContain('no bracket table for "NEWUSDT"');
  });

  it('of a coin-margined contract is of its value in coin', async () => {
    const inverse = {
      ...{ symbol: 'ETHUSD_PERP', positionSide: 'BOTH', positionAmt: '10', entryPrice: '2000', markPrice: '2500' },
      ...{ maintMargin: '0.0004', marginType: 'cross' },
    };
    // 0.0004 of 10 x 10 / 2500 = 0.04 ETH: 1 %; 8 + 100 (1 / 2000 - 1 / p) = 0.01 x 100 / p
    expect(await price(inverse)).toMatch(/^1\t12\.54658385\t/);
  });
});
