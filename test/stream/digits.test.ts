import { expect, it } from 'vitest';
import { run } from '../cli/run.js';
import { SEED } from '../seed.js';
import { Dice } from '../oracle/cases.js';

/** The price of a long at 2x without maintenance is half its entry: twice a decimal gives that decimal. */
async function halved(units: readonly bigint[], places: number): Promise<readonly string[]> {
  const records = units.map((each) => `{"side":"long","entry":"${textOf(2n * each, places)}","lev":2,"mmr":0}\n`);
  const first = '{"side":"long","entry":"1","lev":2,"mmr":0}\n';
  const { stdout } = await run(['batch', '-q', '--dp', String(places)], { stdin: first + records.join('') });
  return stdout
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => (JSON.parse(line) as { liquidationPrice: string }).liquidationPrice);
}

/** A decimal from its digits as text. */
function textOf(units: bigint, places: number): string {
  const digits = units.toString().padStart(places + 1, '0');
  const fraction = digits.slice(digits.length - places).replace(/0+$/, '');
  const whole = digits.slice(0, digits.length - places);
  return whole + (places === 0 || fraction === '' ? '' : `.${fraction}`);
}

it.for([
  [1n, 8, '0.00000001'],
  [100_000_000n, 8, '1'],
  [2_713_567_839_196n, 8, '27135.67839196'],
  [1_234_500n, 4, '123.45'],
  [10_000_001n, 14, '0.00000010000001'],
  [100_000_000_000_100n, 14, '1.000000000001'],
  [499_999_999_999_999n, 0, '499999999999999'],
  [499_999_999_999_999n, 15, '0.499999999999999'],
  [123_456_789n, 0, '123456789'],
  [100_000_000n, 0, '100000000'],
] as const)('%d of 10^-%d are written as %s', async ([units, places, text]) => {
  expect(await halved([units], places)).toEqual([text]);
});

it('every four digits are written', async () => {
  const units = Array.from({ length: 10_000 }, (_, index) => BigInt(index + 1));
  expect(await halved(units, 4)).toEqual(units.map((each) => textOf(each, 4)));
});

it('any digits are written at any number of places', async () => {
  const dice = new Dice(SEED);
  for (let places = 0; places <= 15; places++) {
    const near = Array.from({ length: 100 }, () => BigInt(dice.roll(1, 49)) * 10n ** BigInt(dice.roll(0, 13)));
    const units = [...near, ...near.map((each) => each + 1n), ...near.map((each) => each * 10n - 1n)];
    expect(await halved(units, places)).toEqual(units.map((each) => textOf(each, places)));
  }
});
