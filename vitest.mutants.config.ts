import { configDefaults, defineConfig } from 'vitest/config';

// What mutants are run against: the tests of core and of what reads its input, without the two that take minutes.
export default defineConfig({
  test: {
    include: ['test/core/**/*.test.ts', 'test/vectors/**/*.test.ts', 'test/formats/**/*.test.ts'],
    exclude: [...configDefaults.exclude, 'test/core/random.test.ts', 'test/core/account-oracle.test.ts'],
    setupFiles: 'test/seed.ts',
    // What is measured is measured again.
    env: { LIQCALC_SHARE: '0.05', LIQCALC_SEED: '20261122' },
    testTimeout: 60_000,
  },
});
