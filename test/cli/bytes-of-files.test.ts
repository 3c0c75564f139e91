import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from './run.js';

/** Characters of two, three and four bytes, more than one reading of a file gives: borders of chunks fall into them. */
const NOTE = 'é币😀'.repeat(15_000);

const RATES = (note: string): string =>
  `[{"symbol":"BTCUSDT","note":"${note}","fundingRate":"0.0001","fundingTime":1570636800000}]`;
const FILLS = (note: string): string =>
  `[{"symbol":"BTCUSDT","note":"${note}","id":1,"side":"BUY","price":"30000","qty":"2","realizedPnl":"0","positionSide":"BOTH","time":1}]`;
const TABLE = (note: string): string =>
  `[{"symbol":"ABCUSDT","note":"${note}","brackets":[{"bracket":1,"initialLeverage":50,"notionalCap":100000,"notionalFloor":0,"maintMarginRatio":0.01,"cum":0}]}]`;

/** Files that are read: their text with a note in it, the call, and a part of its answer. */
const FILES = {
  brackets: [TABLE, 'long ABCUSDT --entry 100 --lev 10 --qty 1 --only liquidationPrice --brackets', '90.90909091'],
  candles: [
    (note: string) => `high,low,close,${note}\n3,1,2,\n4,2,3,\n5,3,4,\n`,
    'stop long --atr 2 --multiple 1.5 --json --candles',
    '"stopPrice":"1"',
  ],
  'candles in JSON': [
    (note: string) =>
      `[{"high":3,"low":1,"close":2,"n":"${note}"},{"high":4,"low":2,"close":3},{"high":5,"low":3,"close":4}]`,
    'stop long --atr 2 --multiple 1.5 --json --candles',
    '"stopPrice":"1"',
  ],
  fills: [FILLS, 'long --lev 10 --mmr 0.5 --only liquidationPrice --fills', '27135.67839196'],
  rates: [
    RATES,
    'funding long --entry 30000 --lev 10 --qty 1 --mmr 0.5 --symbol BTCUSDT --json --rates',
    '"entry":"30000"',
  ],
} as const;

const folder = mkdtempSync(join(tmpdir(), 'liqcalc-bytes-'));
const file = join(folder, 'input');
const answerTo = (call: string, bytes: Buffer): ReturnType<typeof run> => {
  writeFileSync(file, bytes);
  return run([...call.split(' '), file]);
};

describe.each(Object.entries(FILES))('a file of %s', (_, [textWith, call, part]) => {
  it('may begin with a byte order mark', async () => {
    const plain = await answerTo(call, Buffer.from(textWith('n')));
    const marked = await answerTo(call, Buffer.from(`\ufeff${textWith('n')}`));
    expect(plain.stdout).toContain(part);
    expect(marked).toEqual(plain);
  });

  it.each([0, 1, 2, 3])('may have characters of several bytes at any border of chunks, moved by %i', async (moved) => {
    const { stdout, code } = await answerTo(call, Buffer.from(textWith('n'.repeat(moved) + NOTE)));
    expect(stdout).toContain(part);
    expect(code).toBe(0);
  });

  it.each([
    ['a byte that begins nothing', [0xff]],
    ['a character that is cut off', [0xe5, 0xb8]],
    ['an overlong form', [0xc0, 0xaf]],
    ['half of a surrogate pair', [0xed, 0xa0, 0x80]],
    ['a letter of Latin-1', [0xe9]],
  ])('is refused in words for %s', async (_what, bytes) => {
    const [before = '', after = ''] = textWith('|').split('|');
    const { stdout, stderr, code } = await answerTo(
      call,
      Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(after)]),
    );
    expect(stderr).toContain(`${file} cannot be read: it is not valid UTF-8; save it as UTF-8`);
    expect([stdout, code]).toEqual(['', 66]);
  });
});

describe('an account through a pipe', () => {
  const account = (label: string): Buffer => Buffer.from(`\ufeff{"wallet":"5","positions":[],"label":"${label}"}`);

  it.each([1, 2, 3, 5])('in chunks of %i bytes, with a byte order mark', async (size) => {
    const bytes = account('é币😀');
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
      bytes.subarray(at * size, (at + 1) * size),
    );
    const { stdout, code } = await run(['account', '--json'], { stdin: chunks });
    expect([JSON.parse(stdout), code]).toMatchObject([{ wallet: '5', label: 'é币😀' }, 0]);
  });
});
