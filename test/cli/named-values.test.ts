import { describe, expect, it } from 'vitest';
import { run } from './run.js';

const ACCOUNT = ['--wallet', '50', '--pos', 'long:X:2@100,mark=100,mmr=1', '--pos', 'short:X:1@100'];
const POSITION = 'check long -e 100 -l 10 --mmr 1 --qty 1'.split(' ');

describe('a name that is given twice by a flag of named values', () => {
  it.each([
    ['--shock X=-10 --shock x=-20', '--shock X'],
    ['--shock X=-10,X/USDT=-20,X=-10', '--shock X'],
    ['--shock all=-10,ALL=-20', '--shock all'],
    ['--candles X=a.csv --candles x=b.csv', '--candles X'],
    ['--beta X=1 --beta x=2', '--beta X'],
    ['--mmr X=1 --mmr x=1', '--mmr X'],
    ['--cum X=1 --mmr 1 --cum X=2', '--cum X'],
    ['--mm-fee X=0.1 --mm-fee X=0.2', '--mm-fee X'],
    ['--mmr 1 --mmr 2', '--mmr'],
    ['--close long:X:1 --close long:x:0.5', '--close x'],
    ['--close X --close short:X', '--close X'],
  ])('%s is refused', async (flags, named) => {
    const { stdout, stderr, code } = await run(['account', ...ACCOUNT, ...flags.split(' ')]);
    expect([stdout, code]).toEqual(['', 2]);
    expect(stderr).toBe(`liqcalc: ${named}: this key is given twice; give it once\n`);
  });

  it.each([[['--feed', 'index=1', '--feed', 'index=2'], '--feed.index']])('%j is refused', async (flags, named) => {
    const { stdout, stderr, code } = await run([...POSITION, ...flags]);
    expect([stdout, code]).toEqual(['', 2]);
    expect(stderr).toContain(`${named}: this key is given twice; give it once`);
  });

  it('is fine for the two legs of a hedge, and for another setting of a rule', async () => {
    const legs = ['--close', 'long:X:1', '--close', 'short:X:1'];
    expect((await run(['account', ...ACCOUNT, ...legs, '--only', 'qty'])).stdout).toBe('1\n');
    const rules = ['--rule', 'distance.error=3', '--rule', 'distance.warn=4', '--only', 'rule'];
    expect((await run([...POSITION, ...rules])).stderr).toBe('');
  });
});

describe('a flag of another command', () => {
  it.each([
    ['long -e 1 -l 3 --mmr 1 --shock X=1', '--shock', 'account does'],
    ['long -e 1 -l 3 --mmr 1 --speed=10', '--speed', 'watch does'],
    ['account --pos long:X:1@1 --rates f', '--rates', 'funding and check do'],
    ['pnl long -e 1 --exit 2 --qty 1 --within 3', '--within', 'batch and account do'],
    ['schema input --sort id', '--sort', 'batch and account do'],
  ])('%s is refused with the commands that have it', async (line, flag, who) => {
    const { stderr, code } = await run(line.split(' '));
    expect(code).toBe(2);
    expect(stderr).toBe(`liqcalc: ${flag}: this command does not accept this flag; ${who}\n`);
  });

  it('of many commands names three', async () => {
    const { stderr } = await run('schema input --lev 3 --frobnicate --versoin'.split(' '));
    expect(stderr).toMatch(/--lev: this command does not accept this flag; long, short, batch and \d+ more do\n/);
    expect(stderr).toMatch(/--frobnicate: unknown name\n.*--versoin: unknown name; did you mean --version\?\n/);
  });
});
