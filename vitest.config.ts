import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/longest-first.js';

/** Tests of whole programs: they start compiled command lines, kill processes, or need tools of others. */
const wholePrograms = [
  'test/e2e/**/*.test.ts',
  'test/simulator/cli.test.ts',
  'test/simulator/store/crash*.test.ts',
  'test/driver/outside.test.ts',
  // The whole driver against a real simulator, by sockets: thousands of requests.
  'test/driver/contract.test.ts',
  'test/driver/sweep.test.ts',
  'test/driver/fixes.test.ts',
  'test/driver/defects.test.ts',
];
const conformance = ['test/conformance/**/*.test.ts'];

const shared = { setupFiles: ['test/end-children.ts'], testTimeout: 120_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    // One more than there are processors: some tests wait for other programs most of the time.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          ...shared,
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...wholePrograms, ...conformance],
          // Loading the sources takes longer than most of these tests: once in a worker is enough, as they share no state.
          isolate: false,
        },
      },
      { test: { ...shared, name: 'conformance', include: conformance, isolate: false } },
      { test: { ...shared, name: 'e2e', include: wholePrograms, globalSetup: ['test/build.ts'] } },
    ],
  },
});
