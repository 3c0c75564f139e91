import fc from 'fast-check';
import { afterEach } from 'vitest';

/**
 * What every random test starts from: another number in each run, printed at its begin; `LIQCALC_SEED` takes one again.
 * It is a whole number below 2^31.
 */
export const SEED = Number(process.env['LIQCALC_SEED']);
if (!Number.isInteger(SEED) || SEED < 0 || SEED >= 2 ** 31) {
  throw new Error(`LIQCALC_SEED: ${process.env['LIQCALC_SEED'] ?? 'missing'} is not a whole number below 2^31`);
}

fc.configureGlobal({ seed: SEED });

// Any test that fails says which seed to repeat it with.
afterEach(({ task }) => {
  for (const error of task.result?.errors ?? []) {
    error.message += `\n(random tests ran from seed ${SEED}; LIQCALC_SEED=${SEED} takes it again)`;
  }
});
