import { defineConfig } from 'vitest/config';

// Tests that take long: browsers, servers of other programs, millions of records. npm test leaves them out.
export default defineConfig({
  test: {
    include: ['test/deep/**/*.test.ts'],
    globalSetup: ['test/new-seed.ts', 'test/build.ts'],
    setupFiles: 'test/seed.ts',
    testTimeout: 600_000,
  },
});
