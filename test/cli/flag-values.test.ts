import { describe, expect, it } from 'vitest';
import { run } from './run.js';

const POSITION = ['--wallet', '5', '--pos', 'long:X:1@100,mark=100,mmr=1'];
const plain = (flag: string, value: string): string =>
  `liqcalc: --${flag}: "${value}" is not a plain decimal; write digits with at most one dot, like 30000 or 0.5\n`;
const outside = (flag: string, value: string): string =>
  `liqcalc: --${flag}: "${value}" is outside 1e-30 to 1e30; write a number in this range\n`;

describe('values of flags are read by one reader: exit 2, nothing on stdout, the flag is named', () => {
  it.each([
    ['tick', '0', 'liqcalc: --tick: "0" must be greater than 0\n'],
    ['tick', 'x', plain('tick', 'x')],
    ['alert', '1e40', outside('alert', '1e40')],
    ['alert', '5x', plain('alert', '5x')],
    ['within', '1e-40', outside('within', '1e-40')],
    ['need', 'margin-ratio=1e40', outside('need', '1e40')],
    ['need', 'margin-ratio=0', 'liqcalc: --need: "0" must be greater than 0\n'],
    ['wallet-change', '1e99', outside('wallet-change', '1e99')],
    ['beta', 'X=q', plain('beta', 'q')],
    ['close', 'X:0', 'liqcalc: --close: "0" must be greater than 0\n'],
    ['dp', '31', 'liqcalc: --dp: "31" must not be above 30\n'],
    ['dp', '2.5', 'liqcalc: --dp: "2.5" is invalid; write a whole number\n'],
    ['dp', '-1', 'liqcalc: --dp: "-1" must not be negative; write it without a sign\n'],
  ])('account --%s %s', async (flag, value, stderr) => {
    expect(await run(['account', ...POSITION, `--${flag}=${value}`])).toEqual({ stdout: '', stderr, code: 2 });
  });

  it('before a file is blamed', async () => {
    const { stderr, code } = await run(['account', 'examples/account.json', '--tick', '0', '--wallet', '1,5']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^liqcalc: 2 problems\n {2}--wallet: "1,5".*\n {2}--tick: "0" must be greater than 0\n$/);
  });

  it('percentages may say so', async () => {
    const ask = (...flags: string[]): Promise<{ code: number }> =>
      run(['long', '--entry', '100', '--lev', '10', '--mmr', '1', ...flags]);
    // liquidation at 90.909..., 9.0909 % away
    expect((await ask('--alert', '9.1%')).code).toBe(1);
    expect((await ask('--alert', '9')).code).toBe(0);
  });
});

describe('keys of --pos and --add', () => {
  it.each([
    ['pos', 'long:X:1@100,mark=100,rate=2,markk=3', ['rate: unknown name', 'markk: unknown name; did you mean mark?']],
    ['add', 'long:Y:1@100,mark=100,mmr=1,liquidationPrice=5', ['liquidationPrice: unknown name']],
  ])('--%s %s: unknown ones are refused', async (flag, spec, words) => {
    const { stdout, stderr, code } = await run(['account', ...POSITION, `--${flag}`, spec]);
    expect([stdout, code]).toEqual(['', 2]);
    for (const each of words) expect(stderr).toContain(`--${flag} no. ${flag === 'pos' ? 2 : 1}: ${each}`);
  });

  it('those of a position, also in other spellings, and of what rules judge are taken', async () => {
    const spec = 'short:Y:1@100,markPrice=100,mmr=1,mode=isolated,leverage=10,stop=105,stopOn=last,group=g';
    expect((await run(['account', ...POSITION, '--pos', spec, '--json'])).code).toBe(0);
  });
});
