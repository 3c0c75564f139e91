import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assess } from '../../src/index.js';
import { run, type Run } from './run.js';

/** The other spellings of BTCUSDT, in the ways of venues and charts. */
const SPELLINGS = [
  ...['btcusdt', 'BTC-USDT', 'btc-usdt', 'BTC_USDT', 'btc_usdt', 'BTCUSDT.P', 'btcusdt.p', 'BTC/USDT', 'BTC/USDT:USDT'],
  ...['BTC-USDT-SWAP', 'BTC_USDT_PERP', 'BTCUSDT-PERP', 'BTCUSDT_PERP', 'BTC-USDT-PERPETUAL'],
];

/** (60000 - 6000) / (1 - 0.004) */
const PRICE = '54216.86746988';

const cli = (line: string, stdin?: string): Promise<Run> =>
  run(line.split(' '), stdin === undefined ? undefined : { stdin });

describe.each(SPELLINGS)('%s is one with BTCUSDT', (symbol) => {
  it('for one position, and is repeated as it was given', async () => {
    const { stdout } = await cli(`long ${symbol} -e 60000 -l 10 --qty 1 -q --only symbol,liquidationPrice`);
    expect(stdout).toBe(`${symbol}\t${PRICE}\n`);
  });

  it('on the short cut of batch and on its general path, with equal bytes', async () => {
    const record = (named: string, more = ''): string =>
      `{"side":"long","symbol":"${named}","entry":"60000","lev":10,"qty":1${more}}\n`;
    // The first record never takes the short cut.
    const stdin = record('ETHUSDT') + record(symbol).repeat(3);
    const [short, long] = await Promise.all(
      ['on', 'off'].map((lane) => run(['batch'], { stdin, env: { LANG: 'C.UTF-8', LIQCALC_LANE: lane } })),
    );
    expect(short).toEqual(long);
    const answer = record(symbol, `,"outcome":"at","liquidationPrice":"${PRICE}","distancePercent":"9.6386"`);
    expect(short?.stdout.split('\n').slice(1).join('\n')).toBe(answer.repeat(3));
  });

  it('in an account: both legs of a hedge are one, flags find it, and so do changes', async () => {
    const legs = `--pos long:${symbol}:2@60000,mark=60000 --pos short:BTCUSDT:1@60000,mark=60000`;
    const { stdout } = await cli(`account --wallet 20000 ${legs} --only symbol,liquidationPrice -q`);
    // 20000 + (p - 60000) = 0.004 x 3 p
    expect(stdout).toBe(`${symbol}\t40485.82995951\nBTCUSDT\t40485.82995951\n`);
    const { stdout: closed } = await cli(
      `account --wallet 20000 ${legs} --close long:${symbol} --only symbol,liquidationPrice -q`,
    );
    expect(closed).toBe('BTCUSDT\t79681.2749004\n');
    const rated = `account --wallet 20000 ${legs} --mmr ${symbol}=1 --only liquidationPrice -q`;
    // 20000 + (p - 60000) = 0.01 x 3 p
    expect((await cli(rated)).stdout).toBe('41237.11340206\n41237.11340206\n');
  });

  it('in the library', () => {
    const { liquidationPrice } = assess({ side: 'long', symbol, entry: '60000', lev: '10', qty: '1' });
    expect(liquidationPrice?.toFixed()).toBe(PRICE);
  });
});

describe('another contract is never priced by the table of BTCUSDT', () => {
  it.each([
    ...['BTCUSDC', 'BTC-USDC', 'BTC_USDC', 'BTC/USDC:USDC', 'BTCUSDC.P', 'BTCUSD1', 'BTC_FDUSD', 'BTCUSDT_260327'],
    ...['BTC-USDT-260327', 'BTC/USDT:USDT-260327', 'BTC-USD', 'BTC-USD-SWAP', 'BTCUSD.P', 'BTC', 'BTC-PERP'],
    ...['BYBIT:BTCUSDT.P', 'XBTUSDT', '1000BTCUSDT'],
  ])('%s', async (symbol) => {
    const { stdout, stderr, code } = await cli(`long ${symbol} -e 60000 -l 10 --qty 1`);
    expect({ stdout, code }).toEqual({ stdout: '', code: 2 });
    expect(stderr).toContain(`no bracket table for "${symbol}"`);
  });
});

describe('a missing size does not hide an unknown symbol', () => {
  const SIZE = 'size is missing';
  const UNKNOWN = 'no bracket table for "NOPE"';

  it.each([
    'long NOPE -e 3 -l 3',
    'short nope --symbol NOPE -e 3 -l 3',
    'sweep long NOPE -e 3',
    'check long NOPE -e 3',
  ])('%s', async (line) => {
    const { stderr, code } = await cli(line.replace('short nope', 'short'));
    expect(code).toBe(2);
    expect(stderr).toContain(SIZE);
    expect(stderr).toContain(UNKNOWN);
  });

  it('in a trade that needs no rate, a slip is reported', async () => {
    const { stderr } = await cli('pnl long BTCUSDTT -e 3 --exit 4');
    expect(stderr).toContain(SIZE);
    expect(stderr).toContain('no bracket table for "BTCUSDTT"; did you mean BTCUSDT?');
    expect((await cli('pnl long NOPE -e 3 --exit 4')).stderr).not.toContain('NOPE');
  });

  it('in batch, in an account and in the library', async () => {
    const record = { side: 'long', symbol: 'NOPE', entry: '3', lev: '3' } as const;
    for (const [argv, stdin] of [
      ['batch', JSON.stringify(record)],
      ['account', JSON.stringify({ wallet: 3, positions: [{ ...record, mark: 3 }] })],
      ['check', JSON.stringify({ wallet: 3, positions: [{ ...record, mark: 3 }] })],
    ] as const) {
      const { stderr, code } = await cli(argv, stdin);
      expect(code).toBe(65);
      expect(stderr).toContain(SIZE);
      expect(stderr).toContain(UNKNOWN);
    }
    expect(() => assess(record)).toThrow(/size is missing.*no bracket table for "NOPE"/);
  });

  it('a symbol that is a label beside a rate is not reported, nor one of an invalid venue', async () => {
    expect((await cli('long NOPE --mmr 1 --cum 3 -e 3 -l 3')).stderr).not.toContain('NOPE');
    expect((await cli('long NOPE --venue moon -e 3 -l 3')).stderr).not.toContain('NOPE');
    const stdin = '{"side":"long","symbol":"NOPE","venue":"moon","entry":"3","lev":3}';
    expect((await cli('batch', stdin)).stderr).not.toContain('NOPE');
  });

  it('tables that cannot be read do not hide the other problems', async () => {
    const { stderr, code } = await cli('long NOPE -e 3 -l 3 --brackets /no/such/file');
    expect(code).toBe(2);
    expect(stderr).toContain(SIZE);
  });
});

describe('the message about an unknown symbol ends in the command that imports its table', () => {
  const commandFor = async (line: string): Promise<string> => {
    const { stderr, code } = await cli(line);
    expect(code).toBe(2);
    return stderr.replace(/^.*(?:import its table|page into|as FILE and run): /, '').trimEnd();
  };

  it.each([
    ['binance', 'liqcalc brackets import - --symbol NOPEUSDT'],
    [
      'bybit',
      "curl -s 'https://api.bybit.com/v5/market/risk-limit?category=linear&symbol=NOPEUSDT' | liqcalc brackets import - --venue bybit",
    ],
    [
      'okx',
      "curl -s 'https://www.okx.com/api/v5/public/position-tiers?instType=SWAP&tdMode=isolated&instFamily=NOPE-USDT' | liqcalc brackets import - --venue okx",
    ],
    [
      'gate',
      "curl -s 'https://api.gateio.ws/api/v4/futures/usdt/risk_limit_tiers?contract=NOPE_USDT' | liqcalc brackets import - --venue gate --symbol NOPEUSDT",
    ],
    [
      'bitget',
      "curl -s 'https://api.bitget.com/api/v2/mix/market/query-position-lever?productType=usdt-futures&symbol=NOPEUSDT' | liqcalc brackets import - --venue bitget --symbol NOPEUSDT",
    ],
    [
      'kucoin',
      'curl -s https://api-futures.kucoin.com/api/v1/contracts/risk-limit/NOPEUSDTM | liqcalc brackets import - --venue kucoin',
    ],
    ['dydx', 'curl -s https://indexer.dydx.trade/v4/perpetualMarkets | liqcalc brackets import - --venue dydx'],
    [
      'hyperliquid',
      `curl -s https://api.hyperliquid.xyz/info -H 'Content-Type: application/json' -d '{"type":"meta"}' | liqcalc brackets import - --venue hyperliquid`,
    ],
  ])('%s', async (venue, command) => {
    expect(await commandFor(`long nope-usdt --venue ${venue} -e 3 -l 3 --qty 1`)).toBe(command);
  });

  it('of Binance for a coin-margined contract, whose rows the page does not give', async () => {
    expect(await commandFor('long ETHUSD_PERP -e 3 -l 3 --qty 1')).toBe('liqcalc brackets import FILE');
    const rows = '1 | 0 - 5,000 | 75x | 0.50% | 0\n';
    const file = join(mkdtempSync(join(tmpdir(), 'liqcalc-')), 'rows.txt');
    writeFileSync(file, rows);
    const read = (symbol: string): Promise<Run> => cli(`brackets validate ${file} --symbol ${symbol} --only verdict`);
    expect((await read('ETHUSDT')).stdout).toBe('valid\n');
    expect((await read('ETHUSD_PERP')).stdout).toBe('invalid\n');
  });

  it('with a placeholder for a symbol that a shell would not read as one word', async () => {
    const { stderr } = await run(['long', "X'; ls; '", '-e', '3', '-l', '3', '--qty', '1', '--venue', 'bybit']);
    expect(stderr).toContain("symbol=SYMBOL' |");
  });
});

it('the warning about an old table has the command of its venue', async () => {
  const table = {
    venue: 'bybit',
    symbol: 'NOPEUSDT',
    contract: 'linear',
    asOf: '2024-01-01',
    source: 'made for this test',
    brackets: [{ floor: '0', cap: '50000', rate: '0.005', amount: '0' }],
  };
  const file = join(mkdtempSync(join(tmpdir(), 'liqcalc-')), 'tables.json');
  writeFileSync(file, JSON.stringify(table));
  const { stderr } = await cli(`long NOPEUSDT --venue bybit -e 3 -l 3 --qty 1 --brackets ${file} --only outcome`);
  expect(stderr).toMatch(
    /2024-01-01, more than 180 days old; import newer ones: curl -s 'https:.*=NOPEUSDT' \| liqcalc/,
  );
});
