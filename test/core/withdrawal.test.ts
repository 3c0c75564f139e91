import { describe, expect, it } from 'vitest';
import { run } from '../cli/run.js';

const pos = (spec: string): string[] => ['--pos', spec];
const LONG = pos('long:X:1@100,mark=100,mmr=1,lev=5');
const account = (...argv: string[]): string[] => ['account', '--wallet', '50', ...argv];
const need = async (...argv: string[]): Promise<string> =>
  (await run([...account(...argv), '--need', 'margin-ratio=50', '--only', 'need.walletChange,need.withdrawable']))
    .stdout;

describe('what the exchange allows to be taken out of a wallet', () => {
  it('is what equity has above the initial margin at the marks', async () => {
    // Initial margin 100 / 5 = 20; the ratio of 50 % needs an equity of 2.
    expect(await need(...LONG)).toBe('-48\t30\n');
    // At a mark of 80: equity 30, initial margin 16, maintenance 0.8.
    expect(await need(...pos('long:X:1@100,mark=80,mmr=1,lev=5'))).toBe('-28.4\t14\n');
    // Two positions: 50 - 20 - 10.
    expect(await need(...LONG, ...pos('short:Y:1@100,mark=100,mmr=1,lev=10'))).toBe('-46\t20\n');
  });

  it('is not unrealised profit: the wallet must cover the maintenance margin', async () => {
    // At a mark of 200: equity 150, initial margin 40, so 110 are free, but the wallet of 50 has 2 of maintenance.
    expect(await need(...pos('long:X:1@100,mark=200,mmr=1,lev=5'))).toBe('-146\t48\n');
  });

  it('is rounded down, and never negative', async () => {
    expect(await need(...pos('long:X:1@100,mark=100,mmr=1,lev=3'))).toBe('-48\t16.66666666\n');
    expect(await need(...pos('long:X:1@100,mark=100,mmr=1,lev=1'))).toBe('-48\t0\n');
  });

  it('is unknown without a leverage, without a rate, and at another venue', async () => {
    expect(await need(...LONG, ...pos('short:Y:1@100,mark=100,mmr=1'))).toBe('-46\t\n');
    expect(await need(...pos('long:X:1@100,mark=100,mmr=1,lev=5,venue=hyperliquid'))).toBe('-48\t\n');
    const { stdout } = await run([
      ...account(...LONG, ...pos('short:FOOUSDT:1@100,mark=100,lev=5')),
      '--need',
      'margin-ratio=50',
      '--only',
      'need.withdrawable',
    ]);
    expect(stdout).toBe('\n');
  });

  it('leaves isolated positions out', async () => {
    expect(await need(...LONG, ...pos('long:Z:1@100,mark=100,mmr=1,lev=2,mode=isolated'))).toBe('-48\t30\n');
  });

  it('is said in words', async () => {
    const words = async (ratio: string, ...argv: string[]): Promise<string> =>
      (await run([...account(...argv), '--need', `margin-ratio=${ratio}`])).stdout.replace(/\s+/g, ' ');
    expect(await words('50', ...LONG)).toContain(
      'with 48 less; the exchange allows 30 at most: the rest is initial margin',
    );
    expect(await words('4', ...LONG)).toContain('with 25 less; the exchange allows that, if no orders need it');
    expect(await words('50', ...pos('long:X:1@100,mark=100,mmr=1'))).toContain(
      'with 48 less; the exchange may allow less, because of the initial margin',
    );
    // Isolated: a margin of 50 of which 20 are initial margin.
    const isolated = pos('long:Z:1@100,mark=100,mmr=1,lev=5,margin=50,mode=isolated');
    expect(await words('50', ...isolated)).toContain('the exchange allows 30 at most: the rest is initial margin');
  });
});

describe('--wallet-change', () => {
  const warned = async (change: string, ...argv: string[]): Promise<string> =>
    (await run([...account(...argv), `--wallet-change=${change}`, '--only', 'equity'])).stderr;

  it('warns of more than the exchange allows', async () => {
    expect(await warned('-30', ...LONG)).toBe('');
    expect(await warned('5', ...LONG)).toBe('');
    expect(await warned('-30.00000001', ...LONG)).toBe(
      'liqcalc: warning: the exchange does not allow 30.00000001 to be taken out of the wallet, but 30 at most: the rest is initial margin of the positions\n',
    );
  });

  it('counts what other changes leave', async () => {
    expect(await warned('-50', ...LONG, '--close', 'X')).toBe('');
    expect(await warned('-41', ...LONG, '--close', 'X:0.5')).toContain('but 40 at most');
    // No margin is free even before.
    expect(await warned('-1', ...pos('long:X:1@100,mark=100,mmr=1,lev=1'))).toContain('but 0 at most');
  });

  it('says that it is unknown', async () => {
    expect(await warned('-1', ...pos('long:X:1@100,mark=100,mmr=1'))).toBe(
      'liqcalc: warning: the exchange may not allow 1 to be taken out of the wallet: the initial margin of the positions is unknown; give lev\n',
    );
  });
});
