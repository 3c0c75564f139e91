import { describe, expect, it } from 'vitest';
import { tableNamed } from '../../src/core/tables/table-for.js';
import { builtInTables } from '../../src/core/tables/index.js';
import { LiqcalcError } from '../../src/core/errors.js';
import { assess } from '../../src/index.js';
import { run, type Run } from './run.js';

const cli = (line: string, stdin?: string): Promise<Run> =>
  run(line.split(' '), stdin === undefined ? undefined : { stdin });
const POSITION = '-e 3000 -l 10 --qty 100';

describe("a symbol that is not the venue's own name of a market", () => {
  it.each([
    ['BTCUSDT --venue hyperliquid', 'hyperliquid calls this market BTC: write that name, or give --mmr\n'],
    ['BTC/USDT:USDT --venue hyperliquid', 'hyperliquid calls this market BTC: write that name'],
    ['1000PEPEUSDT --venue hyperliquid', 'hyperliquid calls this market kPEPE: write that name'],
    [
      'BTCUSDT --venue dydx',
      'dydx calls this market BTC-USD: write that name; then give --mmr, or import its table: curl',
    ],
    ['BTC --venue dydx', 'dydx calls this market BTC-USD: write that name; then'],
    ['BTC --venue gate', "contract=BTC_USDT' | liqcalc brackets import - --venue gate --symbol BTCUSDT\n"],
    ['BTC --venue bybit', 'bybit calls this market BTCUSDT: write that name; then'],
    ['BTC --venue bitget', 'symbol=BTCUSDT'],
    ['BTC --venue kucoin', '/XBTUSDTM | liqcalc brackets import - --venue kucoin\n'],
    ['BTC --venue okx', "instFamily=BTC-USDT' | liqcalc brackets import - --venue okx\n"],
    ['BTC', 'did you mean BTCUSDT or BTC of hyperliquid (--venue hyperliquid)? If not, give --mmr\n'],
    ['kPEPE', 'did you mean kPEPE of hyperliquid (--venue hyperliquid)? If not, give --mmr, or paste'],
  ])('%s', async (words, advice) => {
    const { stderr, code } = await cli(`long ${words} ${POSITION}`);
    expect(code).toBe(2);
    expect(stderr).toContain(advice);
  });

  it.each([
    ['1000PEPEUSDT --venue dydx'],
    ['1000000MOGUSDT --venue hyperliquid'],
    ['BTCPERP --venue bybit'],
    ['FOO-USD --venue dydx'],
    ['FOOUSDT --venue okx'],
  ])('has no other name where it is one already, or counts another number of coins: %s', async (words) => {
    const { stderr } = await cli(`long ${words} ${POSITION}`);
    expect(stderr).toContain('; give --mmr, or import its table: curl');
  });

  it('is in the message if no rate can replace the table', () => {
    expect(() => tableNamed('BTC', 'binance', builtInTables)).toThrow(/hyperliquid \(venue hyperliquid\)\?$/);
    expect(() => tableNamed('FOO', 'phemex', builtInTables)).toThrow('import one with liqcalc brackets import');
  });
});

describe('a coin-margined symbol without a table needs the value of a contract', () => {
  const NEEDED = 'no bracket table says what one contract of "ETHUSD_PERP" is worth; give ';

  it.each([
    `long ETHUSD_PERP ${POSITION} --mmr 0.5 --contract inverse`,
    `sweep long ETHUSD_PERP -e 3000 --qty 100 --mmr 0.5 --contract inverse --levs 5,10`,
    `pnl long ETHUSD_PERP ${POSITION} --exit 3100 --contract inverse`,
    `max-open long ETHUSD_PERP -e 3000 -l 10 --balance 5 --contract inverse`,
    `size long ETHUSD_PERP -e 3000 --stop 2900 --equity 5 --risk 1 --mmr 0.5 --contract inverse`,
    `average --symbol ETHUSD_PERP --contract inverse --fill 1@100 --fill 1@200`,
    `check long ETHUSD_PERP ${POSITION} --mmr 0.5 --contract inverse`,
  ])('%s', async (line) => {
    const { stderr, code } = await cli(line);
    expect({ code, stderr }).toMatchObject({ code: 2 });
    expect(stderr).toContain(`${NEEDED}--contract inverse --multiplier 10, the usual value at binance\n`);
  });

  it.each([
    ['BTCUSD_260327', '', '100, the usual'],
    ['ETHUSD', ' --venue bybit', '1, the usual value at bybit'],
    ['BTC-USD-SWAP', ' --venue okx', '100, the usual'],
    ['BTC_USD', ' --venue gate', '1, the usual'],
    ['XBTUSDM', ' --venue kucoin', '1, the usual'],
    ['BTCUSD', ' --venue bitget', 'USD, the value at bitget'],
  ])('names the usual one: %s%s', async (symbol, venue, words) => {
    const { stderr } = await cli(`long ${symbol} ${POSITION} --mmr 0.5 --contract inverse${venue}`);
    expect(stderr).toContain(`--multiplier ${words}`);
  });

  it('on both paths of batch, in accounts, and in the library', async () => {
    const record = {
      side: 'long',
      symbol: 'ETHUSD_PERP',
      contract: 'inverse',
      entry: '3000',
      lev: '10',
      mmr: '0.5',
    } as const;
    const sized = { ...record, qty: '100' };
    const linear = `{"side":"long","entry":"3000","lev":10,"mmr":0.5,"qty":1}\n`;
    for (const [argv, stdin] of [
      ['batch', `${linear.repeat(3)}${JSON.stringify(sized)}\n`],
      ['batch --contract inverse', `${linear.repeat(3)}${JSON.stringify({ ...sized, contract: undefined })}\n`],
      ['account', JSON.stringify({ wallet: 3, positions: [{ ...sized, lev: undefined, mark: 3000 }] })],
      ['check', JSON.stringify({ wallet: 3, positions: [{ ...sized, lev: undefined, mark: 3000 }] })],
    ] as const) {
      const { stderr, stdout, code } = await cli(argv, stdin);
      expect(code).toBe(65);
      expect(stderr + stdout.replaceAll('\\"', '"')).toContain(`${NEEDED}contract inverse multiplier 10`);
    }
    expect(() => assess(sized)).toThrow(LiqcalcError);
    // 100 x 10 USD: N (1 + r) / (N / E + C) with C = N / (10 E)
    expect(assess({ ...sized, multiplier: '10' }).liquidationPrice?.toFixed()).toBe('2740.90909091');
  });

  it('in the form of --pos and --add', async () => {
    const other = 'long:ETHUSD_260327:1@3000,mmr=1,contract=inverse,multiplier=10';
    for (const flag of ['--pos', `--pos ${other} --add`]) {
      const line = `account --wallet 3 ${flag} long:ETHUSD_PERP:1@3000,mmr=1`;
      expect((await cli(line)).stderr).toContain('give contract=inverse,multiplier=10, or contract=linear\n');
      expect((await cli(`${line},contract=inverse`)).stderr).toContain(`${NEEDED}contract=inverse,multiplier=10, the`);
      expect((await cli(`${line},contract=inverse,multiplier=10`)).code).toBe(0);
    }
    const unknown = await cli('account --wallet 3 --pos long:BTC:1@3000');
    expect(unknown.stderr).toContain('(venue=hyperliquid)? If not, give --mmr BTC=R or mmr=R\n');
  });

  it('without a symbol it is 1', async () => {
    const { stdout } = await cli(
      'long -e 3000 --wallet 1 --qty 3000 --mmr 0 --cum 0 --contract inverse --only outcome -q',
    );
    expect(stdout).not.toBe('');
  });
});

it.each([
  ['BTCUSDT:long:0.1@60000', 'long:BTCUSDT:0.1@60000'],
  ['BTC/USDT:USDT:SHORT:0.1@60000,mmr=1', 'SHORT:BTC/USDT:USDT:0.1@60000,mmr=1'],
])('--pos %s: the side comes first', async (spec, right) => {
  const { stderr, code } = await cli(`account --wallet 100 --pos ${spec}`);
  expect(code).toBe(2);
  expect(stderr).toBe(`liqcalc: --pos: "${spec}" has the side after the symbol; write SIDE first: ${right}\n`);
});

it('a linear size with a multiplier is shown in contracts', async () => {
  const head = async (more: string): Promise<string | undefined> =>
    (await cli(`long -e 60000 -l 10 --mmr 0.5 ${more}`)).stdout.split('\n')[0];
  expect(await head('--qty 1 --multiplier 0.01')).toBe('LONG  1 contract of 0.01 @ 60000  10x isolated');
  expect(await head('--qty 5 --multiplier 0.01')).toBe('LONG  5 contracts of 0.01 @ 60000  10x isolated');
  expect(await head('--multiplier 0.01')).toBe('LONG  60000  10x isolated  amounts per contract of 0.01');
  expect(await head('--qty 1 --multiplier 1')).toBe('LONG  1 @ 60000  10x isolated');
});
