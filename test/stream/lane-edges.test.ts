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
