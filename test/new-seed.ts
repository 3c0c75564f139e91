import { randomInt } from 'node:crypto';

/** Gives this run of the tests a seed, unless `LIQCALC_SEED` already has one, and says which it is. */
export function setup(): void {
  const seed = (process.env['LIQCALC_SEED'] ||= String(randomInt(2 ** 31)));
  process.stdout.write(`random tests start from seed ${seed}; LIQCALC_SEED=${seed} npm test repeats this run\n`);
}
