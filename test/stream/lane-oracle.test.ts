import { expect, it } from 'vitest';
import { run } from '../cli/run.js';
import { SEED } from '../seed.js';
import { Dice } from '../oracle/cases.js';
import { refusal, state, type Given } from '../oracle/position.js';
import { add, decimal, divide, isTie, multiply, ONE, rational, rounded, subtract } from '../oracle/rational.js';

/** A million of them with `LIQCALC_CASES=1000000`. */
const CASES = Math.max(20_000, Number(process.env['LIQCALC_CASES'] ?? 0));
const TIMEOUT = 120_000 + 2 * CASES;
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

it(
  `${CASES} random and near-tie records at 0 to 18 decimals have no wrong digit`,
  async () => {
    const dice = new Dice(SEED);
    const met = { ties: 0, priced: 0, refused: 0 };
    for (let done = 0, block = 0; done < CASES; done += BLOCK, block++) {
      const decimals = block % (MOST_DECIMALS + 1);
      const cases = Array.from({ length: Math.min(BLOCK, CASES - done) }, () =>
        (dice.chance(70) ? plainCase : sizedCase)(dice, decimals),
      );
      const stdin = cases.map((given) => `${JSON.stringify(given)}\n`).join('');
      const { stdout } = await run(['batch', '-q', '--dp', String(decimals)], { stdin });
      const lines = stdout.split('\n');
      cases.forEach((given, index) => {
        const line = lines[index] ?? '';
        if (refusal(given) !== undefined) {
          met.refused++;
          if (!line.includes('"error":{')) expect.fail(`${line} is not refused`);
          return;
        }
        const { answers, price } = state(given, undefined, decimals);
        const { outcome, liquidationPrice, distancePercent } = answers;
        met.priced++;
        if (price && isTie(price, decimals)) met.ties++;
        const expected = JSON.stringify({ ...given, outcome, liquidationPrice, distancePercent });
        if (line !== expected) expect.fail(`${line}, the oracle says ${expected}`);
      });
    }
    expect(met.priced).toBeGreaterThan(CASES / 2);
    expect(met.ties).toBeGreaterThan(CASES / 500);
  },
  TIMEOUT,
);
