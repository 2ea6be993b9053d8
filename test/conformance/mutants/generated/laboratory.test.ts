import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Check, CheckRun } from '../../../../conformance/checks/check.js';
import { Laboratory } from './laboratory.js';

interface Board {
  activeMutant: string | undefined;
  hitCount?: number;
  currentTestId: string | undefined;
  readonly mutantCoverage: { perTest: Record<string, Record<string, number>> };
}

const board = () => (globalThis as unknown as { __stryker__: Board }).__stryker__;
const passed: CheckRun = { outcome: 'pass', stories: 1, driverCalls: 1 };
const failed: CheckRun = {
  ...passed,
  outcome: 'fail',
  failure: { failures: [{ message: 'it leaked', requirement: 'R8' }], scenario: '', trace: '', seed: 1 },
};

/** What comes of a check while a mutant is on. */
function check(id: string, outcomes: Readonly<Record<string, () => CheckRun>>): Check {
  return {
    id,
    kind: 'direct',
    title: id,
    verifies: ['R8'],
    run: async () => (outcomes[board().activeMutant ?? ''] ?? (() => passed))(),
  };
}

const checks = [
  check('first', {
    broken: () => ({ ...passed, outcome: 'error', reason: 'the driver gave no answer' }),
    'suite-breaks': () => {
      throw new TypeError('the suite is broken');
    },
    endless: () => {
      board().hitCount = 1_000_000;
      return passed;
    },
  }),
  check('second', { wrong: () => failed, 'suite-breaks': () => failed }),
  {
    ...check('counting', {}),
    async run() {
      const { currentTestId = '', mutantCoverage } = board();
      mutantCoverage.perTest[currentTestId] = { 7: 3 };
      return passed;
    },
  },
];

describe('the laboratory', () => {
  let build: string;
  let laboratory: Laboratory;

  beforeAll(() => {
    build = mkdtempSync(join(tmpdir(), 'laboratory-'));
    mkdirSync(join(build, 'driver'));
    writeFileSync(
      join(build, 'driver', 'subject.ts'),
      `export const createSubject = async () => {
        if (globalThis.__stryker__.activeMutant === 'no-driver') throw new Error('nothing works');
        return { name: 'made up', methods: new Set(['do_setup']), call: async () => ({ returned: null }), close: async () => {} };
      };`,
    );
    laboratory = new Laboratory(build, checks, 1);
  });

  afterAll(() => rmSync(build, { recursive: true, force: true }));

  function judged(id: string) {
    const mutant = { id, file: 'a.ts', line: 1, context: 'x', mutator: 'Regex', original: 'a', replacement: 'b' };
    const plays = ['first', 'second'].map((name) => ({ check: name, hits: 1, most: 1, milliseconds: 1 }));
    return laboratory.judge({ mutant, isLoading: false, plays }, () => undefined);
  }

  it.each([
    ['wrong', { outcome: 'killed', check: 'second', requirements: ['R8'], because: 'it leaked', checks: 2 }],
    ['harmless', { outcome: 'survived', checks: 2 }],
    ['broken', { outcome: 'unusable', because: 'the driver gave no answer', checks: 2 }],
    ['endless', { outcome: 'timed out', check: 'first', checks: 1 }],
    ['no-driver', { outcome: 'unusable', because: expect.stringContaining('nothing works'), checks: 0 }],
    ['suite-breaks', { outcome: 'killed', check: 'second' }],
  ])('judges the mutant %s', async (id, verdict) => {
    expect(await judged(id)).toMatchObject(verdict);
  });

  it('measures which places a check passes', async () => {
    expect(await laboratory.measure('counting')).toMatchObject({ outcome: 'pass', hits: { 7: 3 } });
  });
});
