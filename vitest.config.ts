import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/longest-first.js';
import { isLong } from './test/repetitions.js';

/** Tests of whole programs: they start compiled command lines, kill processes, or need tools of others. */
const wholePrograms = [
  'test/e2e/**/*.test.ts',
  'test/clients/*.test.ts',
  'test/delivery/*.test.ts',
  'test/simulator/cli.test.ts',
  'test/simulator/store/crash*.test.ts',
  'test/crash/*.test.ts',
  'test/driver/outside.test.ts',
  'test/child-process.test.ts',
  'test/fuzz/*.test.ts',
  'test/launch.test.ts',
  'test/npm-script.test.ts',
  'test/readme.test.ts',
];
/** The whole driver against a real simulator, by sockets: thousands of requests. */
const wholeDriver = ['test/driver/contract.test.ts', 'test/driver/sweep.test.ts', 'test/driver/behaviour/*.test.ts'];
const conformance = ['test/conformance/**/*.test.ts'];

/** The entries of the package by the names that its users import. */
const entries = {
  'eseries-simulator/conformance': here('conformance/index.ts'),
  'eseries-simulator/vitest': here('simulator/vitest.ts'),
};

function here(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}

/** The test files that repeat more in the long form. */
function repeating(): string[] {
  return readdirSync(here('test'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `test/${name}`)
    .filter((file) => readFileSync(here(file), 'utf8').includes("/repetitions.js'"));
}

const shared = { setupFiles: ['test/end-children.ts'], testTimeout: 120_000, hookTimeout: 120_000 };

function long() {
  const limits = { testTimeout: 600_000, hookTimeout: 600_000 };
  return { test: { ...shared, ...limits, name: 'long', include: repeating(), globalSetup: ['test/build.ts'] } };
}

export default defineConfig({
  test: {
    // One more than there are processors: some tests wait for other programs most of the time.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
    projects: isLong
      ? [long()]
      : [
          {
            test: {
              ...shared,
              name: 'unit',
              include: ['test/**/*.test.ts'],
              exclude: [...wholePrograms, ...wholeDriver, ...conformance],
              // Loading the sources takes longer than most of these tests: once in a worker is enough, as they share no state.
              isolate: false,
            },
          },
          { test: { ...shared, name: 'conformance', include: conformance, isolate: false } },
          { test: { ...shared, name: 'e2e-driver', include: wholeDriver, isolate: false } },
          { test: { ...shared, name: 'e2e', include: wholePrograms, globalSetup: ['test/build.ts'] } },
          {
            resolve: { alias: entries },
            test: {
              ...shared,
              name: 'examples',
              include: ['conformance/examples/*.test.ts'],
              // A part of the contract: the whole takes half a minute.
              env: { CONFORMANCE_ONLY: 'driver/*,stats/*' },
            },
          },
        ],
  },
});
