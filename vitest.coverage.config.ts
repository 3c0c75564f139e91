import { configDefaults, defineConfig } from 'vitest/config';

// How many branches are taken by tests that run the sources in this process; what they make the built program do is not
// counted. Those that take long and reach nothing that others do not are left out.
export default defineConfig({
  test: {
    include: ['test/{stream,cli,core,formats,report,schema,library,live}/**/*.test.ts', 'test/index.test.ts'],
    exclude: [
      ...configDefaults.exclude,
      'test/core/{random,account-oracle}.test.ts',
      'test/cli/{batch-oracle,batch-program,batch-properties,start,transcripts}.test.ts',
    ],
    globalSetup: 'test/build.ts',
    setupFiles: 'test/seed.ts',
    // What is measured is measured again.
    env: { LIQCALC_SHARE: '0.05', LIQCALC_SEED: '20261122', LIQCALC_HERE: '1' },
    testTimeout: 120_000,
    coverage: {
      enabled: true,
      include: ['src/**/*.ts'],
      // WebAssembly runs in place of these: its branches cannot be counted here.
      exclude: ['src/stream/lane/assembly/**', '**/*.d.ts'],
      reporter: ['json', ['text', { skipFull: true, maxCols: 120 }]],
      thresholds: {
        'src/core/**': { branches: 99 },
        'src/formats/**': { branches: 89 },
        'src/report/**': { branches: 89 },
        'src/commands/**': { branches: 89 },
        'src/schema/**': { branches: 89 },
        'src/stream/**': { branches: 89 },
        'src/cli/**': { branches: 89 },
        'src/library/**': { branches: 89 },
        'src/live/**': { branches: 80 },
        'src/*.ts': { branches: 89 },
      },
    },
  },
});
