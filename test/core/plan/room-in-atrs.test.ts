import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { assess } from '../../../src/index.js';
import { run } from '../../cli/run.js';

const folder = mkdtempSync(join(tmpdir(), 'liqcalc-atr-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const DAY = 86_400_000;
const FIRST = 1_700_000_000_000;

/** Candles that close at 100, with a range of 2, except for the given lows and highs by index. */
function file(
  count: number,
  more: Readonly<Record<number, string>> = {},
  timeOf = (day: number) => String(FIRST + day * DAY),
): string {
  const rows = Array.from({ length: count }, (_, day) => `${timeOf(day)},${more[day] ?? '101,99'},100`);
  const path = join(folder, `${count}-${Object.keys(more).join('-')}-${timeOf(0).length}.csv`);
  writeFileSync(path, ['time,high,low,close', ...rows, ''].join('\n'));
  return path;
}

/** 10x of a long or short from 100: liquidated 9.0452 or 8.9109 away. */
const LINE = ['--entry', '100', '--lev', '10', '--mmr', '1'];
const FIGURES = ['--only', 'distanceAtrs,atrValue,candlesBeyond,candlesCounted'];

async function figures(side: string, path: string, ...more: readonly string[]): Promise<string> {
  const { stdout, stderr, code } = await run([side, ...LINE, '--candles', path, ...more, ...FIGURES]);
  expect([stderr, code]).toEqual(['', 0]);
  return stdout.trimEnd();
}

describe('the room in average true ranges', () => {
  it('is the distance over the average', async () => {
    // Each true range is 2; (100 - 90 / 0.99) / 2 = 4.54545
    expect(await figures('long', file(20))).toBe('4.5455\t2\t0\t19');
  });

  it('counts the candles that moved as far from the close before, on the losing side only', async () => {
    const moves = { 3: '101,90', 5: '101,91', 7: '120,99', 9: '110,99' };
    // A long is liquidated at 90.909..., a short at 108.91...
    expect((await figures('long', file(30, moves))).split('\t').slice(2)).toEqual(['1', '29']);
    expect((await figures('short', file(30, moves))).split('\t').slice(2)).toEqual(['2', '29']);
  });

  it('counts a move that reaches liquidation exactly', async () => {
    // (100 - 90) / (1 - 0): liquidated at 90 without maintenance.
    const { stdout } = await run([
      'long',
      '--entry',
      '100',
      '--lev',
      '10',
      '--mmr',
      '0',
      '--candles',
      file(15, { 4: '101,90' }),
      '--only',
      'liquidationPrice,candlesBeyond',
    ]);
    expect(stdout).toBe('90\t1\n');
  });

  it('counts the last 90 days, if the times are known in milliseconds or seconds', async () => {
    const early = { 2: '101,50', 99: '101,50' };
    expect((await figures('long', file(100, early))).split('\t').slice(2)).toEqual(['1', '90']);
    const seconds = (day: number): string => String((FIRST + day * DAY) / 1000);
    expect((await figures('long', file(100, early, seconds))).split('\t').slice(2)).toEqual(['1', '90']);
    const dates = (day: number): string => new Date(FIRST + day * DAY).toISOString().slice(0, 10);
    expect((await figures('long', file(100, early, dates))).split('\t').slice(2)).toEqual(['2', '99']);
  });

  it('is negative past liquidation, and null without a price', async () => {
    expect(await figures('long', file(20), '--mark', '80')).toMatch(/^-5\.4545\t/);
    const never = ['long', '--entry=100', '--qty=1', '--margin=200', '--mmr=1', '--candles', file(20)];
    expect((await run([...never, ...FIGURES])).stdout).toBe('\t\t\t\n');
    expect((await run(never)).stdout).not.toContain('ATR');
  });

  it('is null for candles that do not move', async () => {
    const path = join(folder, 'still.csv');
    writeFileSync(path, `high,low,close\n${'100,100,100\n'.repeat(14)}`);
    expect(await figures('long', path)).toBe('');
  });

  it('is a row of the card, and a figure of the library', async () => {
    const text = await run(['long', ...LINE, '--candles', file(100), '-q']);
    expect(text.stdout).toMatch(
      /^Room +4\.55 ATRs +ATR 2 of 14 candles; 0 of the 90 candles of the last\n +90 days moved as far$/m,
    );
    const undated = await run(['long', ...LINE, '--candles', file(20, {}, () => 'x'), '-q']);
    expect(undated.stdout).toContain('0 of the 19 candles moved as\n');
    const candles = Array.from({ length: 14 }, () => ({ high: '101', low: '99', close: '100' }));
    const answer = assess({ side: 'long', entry: '100', lev: '10', mmr: '1', candles });
    expect(String(Reflect.get(answer, 'distanceAtrs'))).toBe('4.5455');
  });

  it('needs enough candles', async () => {
    const { stderr, code } = await run(['long', ...LINE, '--candles', file(13)]);
    expect([stderr, code]).toEqual([
      'liqcalc: --candles: "13 candles" is invalid; an ATR of 14 with first-bar needs 14 candles\n',
      2,
    ]);
  });
});

describe('candles of an account and of a check', () => {
  const BOOK = ['--wallet', '50', '--pos', 'long:X:4@100,mark=100,mmr=1', '--pos', 'short:Y:1@100,mark=100,mmr=1'];

  it('add the distance of the positions on their symbol', async () => {
    const candles = ['--candles', `X=${file(30)}`];
    // 4 (p - 100) + 50 = 0.04 p + 1, so p = 351 / 3.96 = 88.6363...; half of 11.3636 is 5.6818
    const bare = await run([
      'account',
      ...BOOK,
      ...candles,
      '--only',
      'symbol,distanceAtrs,candlesBeyond,candlesCounted',
    ]);
    expect(bare.stdout).toBe('X\t5.6818\t0\t29\nY\t\t\t\n');
    const json = await run(['account', ...BOOK, ...candles, '--json', '--close', 'Y']);
    const { before, after } = JSON.parse(json.stdout) as Record<string, { positions: Record<string, unknown>[] }>;
    expect([before, after].map((each) => each?.positions[0]?.['candlesBeyond'])).toEqual(['0', '0']);
    const csv = await run(['account', ...BOOK, ...candles, '--format', 'csv']);
    expect(csv.stdout.split('\n')[0]).toContain(',distanceAtrs,candlesBeyond,candlesCounted,');
    const text = await run(['account', ...BOOK, ...candles, '-q']);
    expect(text.stdout).toMatch(/ROOM +ATRS/);
    expect(text.stdout).toMatch(/^X .* 11\.36% +5\.68 /m);
    const failed = await run(['account', ...BOOK, '--pos', 'long:NOTABLE:1@1,mark=1', ...candles, '-q']);
    expect(failed.stdout).toMatch(/^NOTABLE .*failed/m);
    expect((await run(['account', ...BOOK, '--format', 'csv'])).stdout).not.toContain('distanceAtrs');
  });

  it.each([
    ['X', '--candles: "X" is not SYMBOL=FILE; write BTCUSDT=candles.csv'],
    [`X=${join(folder, 'none.csv')}`, 'none.csv'],
    [`X=${file(13)}`, '--candles: "13 candles" is invalid; an ATR of 14 with first-bar needs 14 candles'],
  ])('are refused: %s', async (value, words) => {
    const { code, stdout, stderr } = await run(['account', ...BOOK, '--candles', value]);
    expect([code === 0, stdout]).toEqual([false, '']);
    expect(stderr).toContain(words);
  });

  it('are in the title of a checked position, if there are enough', async () => {
    const line = ['check', 'long', ...LINE, '--qty', '1', '--mark', '100'];
    const { stdout } = await run([...line, '--candles', file(20)]);
    expect(stdout.replace(/\s+/g, ' ')).toContain('liquidation 90.909 (4.55 ATRs away)');
    expect((await run([...line, '--candles', file(13)])).stdout).not.toContain('ATRs away');
  });
});
