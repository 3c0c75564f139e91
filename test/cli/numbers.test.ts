import { describe, expect, it } from 'vitest';
import { commands } from '../../src/cli/commands/index.js';
import { looksCoinMargined } from '../../src/core/settlement.js';
import { run } from './run.js';

const split = (line: string): string[] => line.split(' ');
const only = async (line: string): Promise<string> => (await run(split(line))).stdout.trim();

describe('the name of a command in any case', () => {
  const mixed = (name: string): string =>
    name.replace(/(.)(.?)/g, (_, upper: string, lower: string) => upper.toUpperCase() + lower);

  it.each(Object.keys(commands))('%s is the same command in capitals and in mixed case', async (name) => {
    const help = await run([name, '--help']);
    expect(help.code).toBe(0);
    for (const written of [name.toUpperCase(), mixed(name)]) {
      expect(await run([written, '--help'])).toEqual(help);
      expect(await run(['help', written])).toEqual(help);
    }
  });

  it.each([
    ['LONG', '57286.4321608'],
    ['Long', '57286.4321608'],
    ['SHORT', '62686.56716418'],
    ['sHORT', '62686.56716418'],
  ])('%s decides the side', async (name, price) => {
    expect(await only(`${name} -e 60000 -l 20 --mmr 0.5 --only liquidationPrice`)).toBe(price);
  });

  it.each(['sweep', 'solve --target 50000', 'pnl --exit 61000 --qty 1', 'compare', 'funding --rate 0.01 --qty 1'])(
    'the side of %s is taken in any case',
    async (question) => {
      const [command = '', ...rest] = split(question);
      const asked = (side: string): Promise<unknown> =>
        run([
          command,
          side,
          '-e',
          '60000',
          ...(command === 'pnl' ? [] : ['--mmr', '0.5']),
          ...backing(command),
          ...rest,
        ]);
      expect(await asked('SHORT')).toEqual(await asked('short'));
      expect(await asked('SHORT')).not.toEqual(await asked('LONG'));
    },
  );

  const backing = (command: string): string[] => (command === 'compare' || command === 'funding' ? ['-l', '20'] : []);
});

describe('a symbol that looks coin-margined', () => {
  it.each([
    ...['BTCUSD', 'btcusd', 'BTCUSD_PERP', 'ethusd_perp', 'BTCUSD_250926', 'BTC-USD', 'BTC_USD', 'BTCUSD.P'],
    ...['ETH/USD:ETH', 'eth/usd:eth', 'BTC/USD:BTC-250926', 'BTC/USD', 'BTC-USD-SWAP', 'BTC-USD-250926', 'XBTUSDM'],
    ...['XBTUSD', 'PI_XBTUSD', 'FI_XBTUSD_250926', 'BTCUSDM25', 'BTC/USDT:BTC', 'DOTUSD', 'BNBUSD', ' BTCUSD '],
  ])('%s does', (symbol) => {
    expect(looksCoinMargined(symbol)).toBe(true);
  });

  it.each([
    ...['BTCUSDT', 'BTCUSDC', 'BTC/USDT:USDT', 'BTC/USD:USDC', 'BTC-USDT-SWAP', 'BTC_USDT', 'BTCUSDT.P', 'XBTUSDTM'],
    ...['BTC-BUSD', 'BTC/FDUSD', 'BTCFDUSD', 'BTC', 'USD', '', 'MY-LABEL', 'book 1', 'BTCUSDT_250926', 'USDUSDT'],
  ])('%s does not', (symbol) => {
    expect(looksCoinMargined(symbol)).toBe(false);
  });

  const refused = /"ETHUSD_PERP" looks coin-margined; give --contract inverse --multiplier 10, or --contract linear/;
  it.each([
    'long ETHUSD_PERP -e 3000 -l 10 --qty 100 --mmr 1',
    'short ETHUSD_PERP -e 3000 --wallet 10 --qty 100 --mmr 1',
    'pnl long ETHUSD_PERP -e 3000 --exit 3100 --qty 100',
    'target long ETHUSD_PERP -e 3000 -l 10 --roi 50',
    'max-open long ETHUSD_PERP -e 3000 -l 10 --balance 100',
    'solve long ETHUSD_PERP -e 3000 --mmr 1 --target 2500 --qty 1',
    'sweep long ETHUSD_PERP -e 3000 --mmr 1 --qty 1',
    'size long ETHUSD_PERP -e 3000 --mmr 1 --equity 1000 --risk 1 --stop 2900',
    'compare long ETHUSD_PERP -e 3000 -l 10 --qty 100 --mmr 1',
    'check long ETHUSD_PERP -e 3000 -l 10 --qty 100 --mmr 1',
    'average ETHUSD_PERP --fill 1@3000',
  ])('is refused without a table and a contract: %s', async (line) => {
    const { stdout, stderr, code } = await run(split(line));
    expect({ stdout, code }).toEqual({ stdout: '', code: 2 });
    expect(stderr).toMatch(refused);
  });

  it('is refused in an account and in a stream, whichever way the record takes', async () => {
    const account = await run(split('account --wallet 10 --pos long:ETHUSD_PERP:100@3000,mark=3000,mmr=1'));
    expect(account.code).toBe(2);
    expect(account.stderr).toMatch(/looks coin-margined; give contract=inverse,multiplier=10, or contract=linear/);
    const record = '{"symbol":"ETHUSD_PERP","side":"long","entry":"3000","lev":"10","qty":"100","mmr":"1"}\n';
    for (const env of ['on', 'off'].map((lane) => ({ LANG: 'C.UTF-8', LIQCALC_LANE: lane }))) {
      const { stdout, code } = await run(['batch'], { stdin: record.repeat(3), env });
      expect(code).toBe(65);
      expect(
        stdout.match(/looks coin-margined; give contract inverse multiplier 10, or contract linear/g),
      ).toHaveLength(3);
    }
  });

  it('is priced with a contract, and as a table says', async () => {
    const line = 'long ETHUSD_PERP -e 3000 -l 10 --qty 100 --mmr 1 --only liquidationPrice';
    expect(await only(`${line} --contract linear`)).toBe('2727.27272727');
    // N (1 + r) / (N/E + N/(10 E)) = 1.01 x 3000 / 1.1
    expect(await only(`${line} --contract inverse --multiplier 10`)).toBe('2754.54545455');
  });
});

describe('a trade whose symbol has no table', () => {
  it.each([
    ['pnl long BTCUSDTT -e 60000 --exit 61000 --qty 1', 'BTCUSDT'],
    ['max-open long BTCUSDTT -e 60000 -l 10 --balance 1000', 'BTCUSDT'],
    ['target long BTCUSD_PREP -e 60000 -l 10 --roi 5', 'BTCUSD_PERP'],
  ])('is refused where the symbol is a slip: %s', async (line, meant) => {
    const { stdout, stderr, code } = await run(split(line));
    expect({ stdout, code }).toEqual({ stdout: '', code: 2 });
    expect(stderr).toContain(`did you mean ${meant}?`);
  });

  it.each([
    ['pnl long FOOUSDT -e 60 --exit 61 --qty 1', 'a linear contract was assumed'],
    ['target long FOOUSDT -e 60 -l 10 --roi 5', 'a linear contract was assumed'],
    ['max-open long FOOUSDT -e 60 -l 10 --balance 1000', 'the exchange may allow less at this leverage'],
  ])('says so else: %s', async (line, words) => {
    const { stdout, code } = await run(split(line));
    expect(code).toBe(0);
    expect(stdout.replace(/\s+/g, ' ')).toContain(`there is no bracket table for FOOUSDT: ${words}`);
    expect(JSON.parse((await run(split(`${line} --json`))).stdout)).toMatchObject({ warnings: ['NO_BRACKETS'] });
  });
});

describe('prices for reading', () => {
  it('have five significant digits at least: a table', async () => {
    const { stdout } = await run(split('account --wallet 20 --pos short:DOGEUSDT:1000@0.25,mark=0.24,mmr=0.65'));
    expect(stdout).toContain(' 0.26826 ');
  });

  it.each([
    ['long -e 0.012 -l 10 --mmr 0.5', '0.010854'],
    ['long -e 7 -l 10 --mmr 0.5', '6.3317'],
    ['long -e 30000.5 -l 10 --mmr 0.5', '27136.131'],
    ['solve long -e 0.012 --mmr 0.5 --qty 1 --target 0.0111', '0.011100'],
    ['sweep long -e 0.012 --mmr 0.5 --levs 10', '0.010854'],
    ['compare long -e 0.012 -l 10 --mmr 0.5', '0.010854'],
    ['target long -e 0.012 -l 10 --roi 50', '0.012600'],
  ])('have five significant digits at least: %s', async (line, price) => {
    expect((await run(split(line))).stdout).toContain(price);
  });

  it('are as asked with --dp', async () => {
    expect((await run(split('long -e 0.012 -l 10 --mmr 0.5 --dp 3'))).stdout).toMatch(/^Liquidation +0\.011 /m);
  });
});

describe('the margin call of a hedge', () => {
  const hedge = (long: string, short: string, rest = ''): string =>
    `account --wallet 50000 --pos long:BTCUSDT:${long}@60000,mark=60000${rest} --pos short:BTCUSDT:${short}@60000,mark=60000${rest} --only side,marginCallPrice`;

  // The heavier leg decides: (60000 x 1 - 50000 - amounts) over one coin net and the rates of both legs, over 0.8.
  it('is one for both legs, with the heavier on either side', async () => {
    expect(await only(hedge('11', '10'))).toBe('long\t11173.18435754\nshort\t11173.18435754');
    const [long, short] = (await only(hedge('10', '11'))).split('\n').map((line) => line.split('\t')[1]);
    expect(long).toBe(short);
    expect(Number(long)).toBeGreaterThan(60000);
    expect(Number(long)).toBeLessThan(110000);
  });

  it('is one for both legs of coin-margined contracts', async () => {
    const line =
      'account --wallet 1 --pos long:BTCUSD_PERP:3000@60000,mark=60000 --pos short:BTCUSD_PERP:2000@60000,mark=60000 --only marginCallPrice';
    const [long, short] = (await only(line)).split('\n');
    expect(long).toBe(short);
    expect(Number(long)).toBeLessThan(60000);
  });
});

describe('what may be taken away and lost', () => {
  it('refuses to take away what keeps a position alive, with and without a leverage', async () => {
    const line = 'long --entry 30000 --margin 3000 --qty 1 --mmr 0.5 --mark 28000 --only outcome';
    const { code, stderr } = await run(split(`${line} --add-margin=-2800`));
    expect(code).toBe(2);
    // 3000 - 2000 - 140
    expect(stderr).toContain('removes too much margin; at most 860 can be removed');
    expect(await only(`${line} --add-margin=-859`)).toBe('at');
  });

  it('a cross position loses at most wallet and the profit of the others', async () => {
    const line = 'long --entry 60000 --wallet 5000 --qty 1 --mmr 0.4 --liq-fee 1.25 --only lossIfLiquidated';
    expect(await only(line)).toBe('5000');
    expect(await only(`${line} --others-pnl 100`)).toBe('5100');
  });
});

describe('prices that no market reaches', () => {
  const flat = 'account --wallet 50 --pos long:X:1@100,mark=100,mmr=0.01 --pos short:X:1@100,mark=100,mmr=0.01';

  it('are not drawn in headers and tables, and stay in JSON', async () => {
    const { stdout } = await run(split(flat));
    expect(stdout).toContain('no fall liquidates; no rise up to 10');
    expect(stdout).not.toMatch(/\d{5,}/);
    expect(JSON.parse(await only(`${flat} --json`))).toMatchObject({ positions: [{ liquidationPrice: '250000' }, {}] });
  });
});
