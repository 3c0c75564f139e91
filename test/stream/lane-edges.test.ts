import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run } from '../cli/run.js';

/** A record that is far from everything; the record that a test is about comes after it, so that the lane may take it. */
const FAR = '{"side":"long","entry":"30000","lev":2,"mmr":0.5}';

/** Two brackets that meet at 50,000. */
const TABLE = {
  venue: 'test',
  symbol: 'EDGEUSDT',
  contract: 'linear',
  multiplier: '1',
  asOf: '2026-11-22',
  confidence: 'A',
  source: 'made for this test',
  brackets: [
    { floor: '0', cap: '50000', rate: '0.004', amount: '0' },
    { floor: '50000', cap: '1000000', rate: '0.005', amount: '50' },
  ],
};

describe('a price within a billionth of the edge of two brackets', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'liqcalc-edge-')), 'tables.json');
  writeFileSync(file, JSON.stringify({ tables: [TABLE] }));

  // (55000 - margin) / 0.996 or (54950 - margin) / 0.995, whichever is higher; shorts (45000 + margin [+ 50]) / 1.004 or
  // 1.005, whichever is lower. From exact fractions.
  it.each([
    ['long', '55000', '5199.99999999999', '50000.000000000010050251'],
    ['long', '55000', '5200.00000000001', '49999.999999999989959839'],
    ['short', '45000', '5200.00000000001', '50000.000000000009950249'],
    ['short', '45000', '5199.99999999999', '49999.999999999990039841'],
  ])('%s at %s with %s: %s', async (side, entry, margin, price) => {
    const record = { symbol: 'EDGEUSDT', side, entry, qty: '1', margin };
    const argv = ['batch', '-q', '--brackets', file, '--dp', '18'];
    const lines = [FAR, ...Array.from({ length: 3 }, () => JSON.stringify(record))];
    const { stdout } = await run(argv, { stdin: `${lines.join('\n')}\n` });
    const [, ...answers] = stdout.trimEnd().split('\n');
    const prices = answers.map((answer) => (JSON.parse(answer) as { liquidationPrice: string }).liquidationPrice);
    expect(prices).toEqual([price, price, price]);
  });
});

it('prices beside the edge of two brackets have the digits of the general path, whichever way doubles err', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'liqcalc-edge-')), 'tables.json');
  writeFileSync(file, JSON.stringify({ tables: [TABLE] }));
  // Of longs at a price of 50,000: the margin is the entry less 49,800, but for some billionths: doubles find either price first.
  const records = Array.from({ length: 300 }, (_, index) => {
    const [entry, cents] = [50_100 + 13 * index, ((index * 17) % 1200) - 600];
    const units = BigInt(entry - 49_800) * 10n ** 11n + BigInt(cents);
    const digits = String(units).padStart(12, '0');
    const margin = `${digits.slice(0, -11)}.${digits.slice(-11)}`;
    return JSON.stringify({ symbol: 'EDGEUSDT', side: 'long', entry: String(entry), qty: '1', margin });
  });
  const argv = ['batch', '-q', '--brackets', file, '--dp', '13'];
  const stdin = [FAR, ...records, ...records].map((each) => `${each}\n`).join('');
  const general = await run(argv, { stdin, env: { LANG: 'C.UTF-8', LIQCALC_LANE: 'off' } });
  expect(await run(argv, { stdin })).toEqual(general);
  expect(general.stdout).toContain('"50000.0000000');
});

describe('--alert within a stream', () => {
  const near = (fields: string): string => `${FAR}\n{"side":"long",${fields}}\n`;

  it.each([
    ['10 % of room is at an alert of 10', '"entry":"30000","lev":10,"mmr":0', '10', 1],
    ['and above one of 9.9999', '"entry":"30000","lev":10,"mmr":0', '9.9999', 0],
    // 2.847571… % of room, which four decimals round up to 2.8476.
    ['2.847571 % is below an alert of 2.84758', '"entry":"30000","lev":30,"mmr":0.5', '2.84758', 1],
    ['and above one of 2.84757', '"entry":"30000","lev":30,"mmr":0.5', '2.84757', 0],
    ['a position that is liquidated already is at any alert', '"entry":"30000","lev":300,"mmr":0.5', '0', 1],
    ['one that is never liquidated at none', '"entry":"30000","lev":1,"mmr":0.5', '40', 0],
  ])('%s', async (_, fields, alert, code) => {
    const lane = await run(['batch', '--alert', alert, '-q'], { stdin: near(fields) });
    expect(lane.code).toBe(code);
    const single = await run(['batch', '--alert', alert, '-q'], { stdin: near(fields).split('\n')[1] ?? '' });
    expect(single.code).toBe(code);
  });
});

describe('records at the bounds of what the lane takes', () => {
  /** A record with these fields on each side. */
  const both = (fields: Readonly<Record<string, string>>): string[] =>
    ['long', 'short'].map((side) => `${JSON.stringify({ side, mmr: '0.5', ...fields })}\n`);
  const [LONG, FINE] = ['123456789012345', '0.123456789012345'];
  const products = ['1', '2', '3', '4', '5', '6', '7', '8'].flatMap((digit) =>
    both({ entry: LONG, qty: digit.repeat(15), lev: `123${digit}.56789012345`, cum: '1' }),
  );
  // The price is half the entry, and the entry an odd number of millionths of the mark: half a unit of the last decimal.
  const ties = Array.from({ length: 400 }, (_, index) => {
    const [mark, odd] = [1001n + 37n * BigInt(index), 900_001n + 246n * BigInt(index)];
    const entry = String(mark * odd).padStart(10, '0');
    return both({ lev: '2', mmr: '0', entry: `${entry.slice(0, -9)}.${entry.slice(-9)}`, mark: thousandths(mark) });
  }).flat();

  it.each([
    ['products of more than 128 bits', products],
    ['sums of more than 64 bits', both({ entry: LONG, qty: '1', margin: LONG, cum: FINE })],
    ['sums of more than 64 bits, of a wallet', both({ entry: LONG, qty: '1', wallet: LONG, othersMm: FINE })],
    ['rates of more than 64 bits', both({ entry: LONG, lev: '10', mmr: FINE, mmFee: '12.3456789012345' })],
    ['a divisor of more than 50 bits', both({ entry: '30000.5', lev: LONG, mmr: FINE })],
    ['ties of the percentage', ties],
    ['more digits than a word', both({ entry: '18446744073709551617', lev: '10' })],
    ['more than a signed word', both({ entry: '9999999999999999999', lev: '10' })],
  ])('have the answer of the general path: %s', async (_, records) => {
    const stdin = [FAR, ...records, ...records].map((each) => `${each.trimEnd()}\n`).join('');
    for (const dp of ['0', '8', '18']) {
      const lane = await run(['batch', '--dp', dp], { stdin });
      expect(lane).toEqual(await run(['batch', '--dp', dp], { stdin, env: { LANG: 'C.UTF-8', LIQCALC_LANE: 'off' } }));
    }
  });
});

function thousandths(count: bigint): string {
  const digits = String(count).padStart(4, '0');
  return `${digits.slice(0, -3)}.${digits.slice(-3)}`;
}
