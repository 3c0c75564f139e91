import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { run } from '../cli/run.js';
import { SEED } from '../seed.js';
import { Dice } from '../oracle/cases.js';
import { refusal, state, type Given } from '../oracle/position.js';
import { add, decimal, divide, isTie, multiply, ONE, rational, rounded, subtract } from '../oracle/rational.js';

const MOST_DECIMALS = 18;
const BLOCK = 5000;

/** A position whose size cancels, so that the lane takes it; most of them right beside a tie of their price. */
function plainCase(dice: Dice, decimals: number): Given {
  const side = dice.pick('long', 'short');
  const lev = dice.pick(String(dice.roll(1, 125)), `${dice.roll(2, 64)}x`, dice.plain(2, 2), '64', '16');
  const mmr = dice.pick(
    '0.5',
    '0.4',
    '2',
    '1',
    '0.65',
    `0.${dice.digits(dice.roll(1, 4))}`,
    '0',
    `${dice.roll(1, 99)}`,
  );
  const free = { side, lev, mmr, entry: dice.plain(dice.roll(1, 8), dice.roll(0, 6)) } as const;
  if (lev === '1' || dice.chance(30)) return free;
  const sign = rational(side === 'long' ? 1n : -1n);
  const leverage = decimal(lev.replace('x', ''));
  const keep = subtract(ONE, divide(sign, leverage));
  if (keep.n <= 0n) return free;
  // The entry whose price lies half way between two neighbours, written with as many digits as the lane reads.
  const tie = decimal(`${dice.digits(dice.roll(1, 9))}5e-${decimals + 1}`);
  const charged = subtract(ONE, multiply(sign, divide(decimal(mmr), rational(100n))));
  const entry = divide(multiply(tie, charged), keep);
  const whole = rounded(entry, 0).length;
  const text = rounded(
    add(entry, decimal(dice.pick('0', '0', '1e-14', '-1e-14'))),
    Math.max(0, Math.min(18, 15 - whole)),
  );
  return decimal(text).n > 0n ? { ...free, entry: text } : free;
}

/** The same with a size that counts. */
function sizedCase(dice: Dice, decimals: number): Given {
  const plain = plainCase(dice, decimals);
  const cum = dice.pick('0.01', '3', '50.5');
  const mark = dice.pick(undefined, plain.entry, dice.plain(5, 3));
  return { ...plain, qty: dice.plain(3, 3), cum, ...(mark !== undefined && { mark }) };
}

/** The same on the table below, at a size anywhere in it. */
function tableCase(dice: Dice, decimals: number): Given {
  const { side, lev = '1', entry } = plainCase(dice, decimals);
  const collateral = dice.chance(30) ? { margin: dice.plain(5, 2) } : { lev };
  return { side, entry, ...collateral, qty: dice.plain(dice.roll(1, 4), 3) };
}

const STEPS = [
  { floor: '0', cap: '50000', rate: '0.004', amount: '0' },
  { floor: '50000', cap: '1000000', rate: '0.005', amount: '50' },
  { floor: '1000000', cap: '30000000', rate: '0.01', amount: '5050' },
  { floor: '30000000', cap: undefined, rate: '0.125', amount: '3455050' },
] as const;

/** What `--brackets` reads. */
const TABLES = JSON.stringify({
  tables: [
    {
      venue: 'test',
      symbol: 'TESTUSDT',
      contract: 'linear',
      multiplier: '1',
      asOf: '2026-11-22',
      confidence: 'A',
      source: 'made for this test',
      brackets: STEPS,
    },
  ],
});

const FREQUENT = [plainCase, plainCase, plainCase, sizedCase, tableCase] as const;

/** Prices random and near-tie records at 0 to 18 decimals, and compares each answer with exact rationals. */
export async function expectNoWrongDigit(count: number): Promise<void> {
  const dice = new Dice(SEED);
  const tables = join(mkdtempSync(join(tmpdir(), 'liqcalc-ties-')), 'tables.json');
  writeFileSync(tables, TABLES);
  const met = { ties: 0, priced: 0, refused: 0, onTable: 0 };
  for (let done = 0, block = 0; done < count; done += BLOCK, block++) {
    const decimals = block % (MOST_DECIMALS + 1);
    const cases = Array.from({ length: Math.min(BLOCK, count - done) }, () => {
      const kind = dice.pick(...FREQUENT);
      const given = kind(dice, decimals);
      return kind === tableCase
        ? { given, record: { ...given, symbol: 'TESTUSDT' }, steps: STEPS }
        : { given, record: given, steps: undefined };
    });
    const stdin = cases.map(({ record }) => `${JSON.stringify(record)}\n`).join('');
    const argv = ['batch', '-q', '--brackets', tables, '--dp', String(decimals)];
    const { stdout } = await run(argv, { stdin });
    expect((await run(argv, { stdin, env: { LANG: 'C.UTF-8', LIQCALC_LANE: 'off' } })).stdout).toBe(stdout);
    const lines = stdout.split('\n');
    cases.forEach(({ given, record, steps }, index) => {
      const line = lines[index] ?? '';
      if (refusal(given, steps) !== undefined) {
        met.refused++;
        if (!line.includes('"error":{')) expect.fail(`${line} is not refused`);
        return;
      }
      const { answers, price } = state(given, steps, decimals);
      const { outcome, liquidationPrice, distancePercent } = answers;
      met.priced++;
      if (steps) met.onTable++;
      if (price && isTie(price, decimals)) met.ties++;
      const expected = JSON.stringify({ ...record, outcome, liquidationPrice, distancePercent });
      if (line !== expected) expect.fail(`${line}, the oracle says ${expected}`);
    });
  }
  expect(met.priced).toBeGreaterThan(count / 2);
  expect(met.onTable).toBeGreaterThan(count / 20);
  expect(met.ties).toBeGreaterThan(count / 500);
}
