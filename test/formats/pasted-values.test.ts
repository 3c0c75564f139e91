import { describe, expect, it } from 'vitest';
import { run } from '../cli/run.js';

const BLANKS = ['', ' ', '\t', '\u00a0', '\u2009', '\u202f', '\u3000', '\ufeff'] as const;
const PRICE = '57286.4321608';
const only = async (argv: string[], stdin?: string): Promise<string> => {
  const { stdout } = await run(
    argv,
    stdin === undefined ? {} : { stdin, env: { LANG: 'C.UTF-8', LIQCALC_LANE: 'on' } },
  );
  return stdout;
};

describe.each(BLANKS)('blanks around a value: %j', (blank) => {
  const around = (text: string): string => blank + text + blank;

  it('are left out on flags', async () => {
    const flags = ['-e', around('60000'), '-l', around('20x'), '--mmr', around('0.5%'), '--formula', around('exact')];
    expect(await only(['long', ...flags, '--only', 'liquidationPrice'])).toBe(`${PRICE}\n`);
  });

  it('are left out in JSON, with and without the fast path', async () => {
    const record = { side: around('long'), entry: around('60000'), lev: around('20'), mmr: around('0.5') };
    const stdin = `${JSON.stringify(record)}\n`;
    const fast = await run(['batch'], { stdin, env: { LIQCALC_LANE: 'on' } });
    const general = await run(['batch'], { stdin, env: { LIQCALC_LANE: 'off' } });
    expect(fast).toEqual(general);
    const { error, liquidationPrice } = JSON.parse(fast.stdout) as Record<string, unknown>;
    expect({ error, liquidationPrice }).toEqual({ error: undefined, liquidationPrice: PRICE });
  });

  it('are left out in CSV', async () => {
    const cells = ['LONG', '60000', '20', '0.5'].map((cell) => `"${around(cell)}"`).join(',');
    expect(await only(['batch', '--only', 'liquidationPrice'], `Side,Entry Price,Leverage,MMR\n${cells}\n`)).toBe(
      `${PRICE}\n`,
    );
  });
});

describe.each([' ', '\t', '\u00a0', '\u202f'])('a blank before a unit: %j', (blank) => {
  const [rate, lev] = [`0.5${blank}%`, `20${blank}x`];

  it('is left out on flags', async () => {
    const flags = ['-e', '60000', '-l', lev, '--mmr', rate, '--alert', `1${blank}%`, '--only', 'liquidationPrice'];
    expect(await run(['long', ...flags])).toEqual({ stdout: `${PRICE}\n`, stderr: '', code: 0 });
    const account = ['account', '--wallet', '50', '--pos', 'long:X:1@100,mark=100'];
    const asked = ['--mmr', `X=1${blank}%`, '--shock', `X=-10${blank}%`, '--need', `margin-ratio=30${blank}%`];
    // 50 - 10 is left of the equity, and maintenance is 1 % of 90: 0.9 / 0.3 - 40.
    const { stdout } = await run([...account, ...asked, '--only', 'mark,need.walletChange']);
    expect(stdout).toBe('90\t-37\n');
    const check = ['check', 'long', '-e', '60000', '--mark', '60000', '-l', lev, '--mmr', rate, '--only', 'rule,limit'];
    expect(await only([...check, '--rule', `distance.error=7${blank}%`])).toContain('distance\t7\n');
  });

  it('is left out in JSON, with and without the fast path, and in CSV', async () => {
    const stdin = `${JSON.stringify({ side: 'long', entry: '60000', lev, mmr: rate })}\n`;
    const fast = await run(['batch'], { stdin, env: { LIQCALC_LANE: 'on' } });
    expect(fast).toEqual(await run(['batch'], { stdin, env: { LIQCALC_LANE: 'off' } }));
    expect(JSON.parse(fast.stdout)).toMatchObject({ mmr: rate, liquidationPrice: PRICE });
    const csv = `side,entry,lev,mmr\nlong,60000,"${lev}","${rate}"\n`;
    expect(await only(['batch', '--only', 'liquidationPrice'], csv)).toBe(`${PRICE}\n`);
  });
});

describe('a side as exchanges write it', () => {
  it.each(['BUY', 'buy', 'Buy '])('%j is a long', async (side) => {
    const stdin = `side,entry,lev,mmr\n${side},60000,20,0.5\n`;
    expect(await only(['batch', '--only', 'liquidationPrice'], stdin)).toBe(`${PRICE}\n`);
  });

  it.each(['SELL', 'sell'])('%j is a short', async (side) => {
    const stdin = `${JSON.stringify({ side, entry: '60000', lev: '20', mmr: '0.5' })}\n`;
    expect(await only(['batch', '--only', 'liquidationPrice'], stdin)).toBe('62686.56716418\n');
  });

  it.each([
    ['0.5', PRICE],
    ['+0.5', PRICE],
    [' -0.5\u00a0', '62686.56716418'],
  ])('a signed amount of %j gives side and size', async (amount, price) => {
    const csv = `Position Amt,Entry Price,Leverage,MMR\n${amount},60000,20,0.5\n`;
    expect(await only(['batch', '--only', 'liquidationPrice'], csv)).toBe(`${price}\n`);
    const json = JSON.stringify({ positionAmt: amount, entry: '60000', lev: '20', mmr: '0.5' });
    expect(await only(['batch', '--only', 'liquidationPrice'], json)).toBe(`${price}\n`);
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ['an amount of 0', { positionAmt: '0' }],
    ['an amount that is no number', { positionAmt: 'x' }],
    ['a response of the exchange, whose margin mode decides', { positionAmt: '0.5', marginType: 'cross' }],
  ])('is not taken from %s', async (_, more) => {
    const record = { entryPrice: '60000', leverage: '20', mmr: '0.5', ...more };
    const { stdout, code } = await run(['batch'], { stdin: JSON.stringify(record) });
    expect(code).toBe(65);
    expect(stdout).not.toContain('liquidationPrice');
  });

  it('does not replace a side or a size of the record', async () => {
    const record = { positionAmt: '-0.5', side: 'long', qty: '1', entry: '60000', lev: '20', mmr: '0.5' };
    const { stdout } = await run(['batch'], { stdin: JSON.stringify(record) });
    expect(JSON.parse(stdout)).toMatchObject({ liquidationPrice: PRICE });
  });
});

it.each([
  ['$60000', '60000'],
  ['60000 USDT', '60000'],
  ['60k', '60000'],
])('%j is refused with its reading', async (written, reading) => {
  const { stderr, code } = await run(['long', '-e', written, '-l', '20', '--mmr', '0.5']);
  expect(code).toBe(2);
  expect(stderr).toContain(`write ${reading}`);
});
