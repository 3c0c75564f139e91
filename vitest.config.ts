import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // npm run deep runs them.
    exclude: [...configDefaults.exclude, 'test/deep/**'],
    globalSetup: ['test/new-seed.ts', 'test/build.ts'],
    setupFiles: 'test/seed.ts',
    testTimeout: 120_000,
    // Tests wait on the programs that they start: a processor left free for them would be idle.
    maxWorkers: '100%',
    coverage: {
      include: ['src/**'],
      exclude: ['src/stream/lane/assembly/**'],
      reporter: ['text-summary', 'json-summary'],
    },
  },
});
