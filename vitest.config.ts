import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** Tests that start the compiled command lines. Only they wait for the compiler. */
const compiled = ['test/driver/outside.test.ts', 'test/simulator/cli.test.ts', 'test/simulator/store/crash*.test.ts'];

const shared = { setupFiles: ['test/end-children.ts'], testTimeout: 120_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    // Vitest leaves one processor idle, which is half of a machine with two.
    maxWorkers: availableParallelism(),
    projects: [
      { test: { ...shared, name: 'sources', include: ['test/**/*.test.ts'], exclude: compiled } },
      { test: { ...shared, name: 'compiled', include: compiled, globalSetup: ['test/build.ts'] } },
    ],
  },
});
