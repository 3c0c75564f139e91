import { configDefaults, defineConfig } from 'vitest/config';

// How many branches tests take that run the sources themselves; what they see of the built program is not counted.
export default defineConfig({
  test: {
    include: ['test/{batch,cli,core,formats,vectors}/**/*.test.ts', 'test/{index,fuzz/fuzz}.test.ts'],
    exclude: [
      ...configDefaults.exclude,
      'test/core/{random,account-oracle}.test.ts',
      'test/cli/{batch-program,start,transcripts}.test.ts',
    ],
    globalSetup: 'test/build.ts',
    env: { LIQCALC_SHARE: '0.05' },
    testTimeout: 120_000,
    coverage: {
      enabled: true,
      include: ['src/**/*.ts'],
      reporter: ['json', ['text', { skipFull: true, maxCols: 120 }]],
    },
  },
});
