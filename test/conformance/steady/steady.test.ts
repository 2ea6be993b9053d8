import { describe, expect, it } from 'vitest';
import type { Check, CheckRun } from '../../../conformance/checks/check.js';
import { ourDriver } from '../checks/broken-drivers.js';
import { judgeSeed, type SeedVerdict } from './judge-seed.js';
import { steadyTable } from './table.js';

const introduction = { methods: new Set<string>() };
const counts = { stories: 3, driverCalls: 9 };

/** A check that fails with even seeds, and cannot be run with seeds that three divides. */
const check: Check = {
  id: 'model/made-up',
  kind: 'model',
  title: 't',
  verifies: ['B8'],
  async run({ seed, effort }): Promise<CheckRun> {
    if (seed % 3 === 0) return { outcome: 'error', reason: 'no array', ...counts };
    if (seed % 2 === 1) return { outcome: 'pass', ...counts };
    const failures = [
      { message: `volume ${seed} leaked`, requirement: 'B8', object: 'volume' },
      { message: 'another', requirement: 'B9' },
    ];
    return { outcome: 'fail', ...counts, failure: { failures, scenario: '', trace: '', seed, path: `${effort}` } };
  },
};

function judged(...seeds: number[]): Promise<SeedVerdict[]> {
  return Promise.all(seeds.map((seed) => judgeSeed({ seed, runs: 5 }, [check], ourDriver, introduction)));
}

describe('many seeds', () => {
  it('are judged one by one: the first failure of a story tells the cause, and a line shows it again', async () => {
    const [one, two, three] = await judged(1, 2, 3);
    expect(one).toEqual({ seed: 1, runs: 5, stories: 3, failures: [] });
    expect(two?.failures).toEqual([
      {
        check: 'model/made-up',
        cause: '{"requirement":"B8","object":"volume"}',
        message: 'volume 2 leaked',
        replay: 'npx tsx conformance/cli.ts run --only model/made-up --seed 2 --path 5',
      },
    ]);
    expect(three?.failures).toEqual([
      {
        check: 'model/made-up',
        cause: 'error: no array',
        message: 'no array',
        replay: 'npx tsx conformance/cli.ts run --only model/made-up --seed 3 --runs 5',
      },
    ]);
  });

  it('go on after a check that breaks', async () => {
    const broken: Check = { ...check, id: 'model/broken', run: () => Promise.reject(new TypeError('no such field')) };
    const { failures, stories } = await judgeSeed({ seed: 1, runs: 1 }, [broken, check], ourDriver, introduction);
    expect(failures).toEqual([
      expect.objectContaining({ check: 'model/broken', message: 'the suite itself failed: no such field' }),
    ]);
    expect(stories).toBe(3);
  });

  it('come to a table with a block for each cause, the most frequent first', async () => {
    const overStdio: SeedVerdict = { seed: 7, runs: 1, command: 'driver', stories: 2, failures: [] };
    expect(
      steadyTable([...(await judged(1, 3, 4, 2)), overStdio]),
    ).toBe(`in process, --runs 5     4 seeds  12 stories  3 seeds fail (seeds 3, 4, 2)
over stdio, --runs 1     1 seeds  2 stories  0 seeds fail

2 x model/made-up {"requirement":"B8","object":"volume"}
  volume 4 leaked
  npx tsx conformance/cli.ts run --only model/made-up --seed 4 --path 5

1 x model/made-up error: no array
  no array
  npx tsx conformance/cli.ts run --only model/made-up --seed 3 --runs 5
`);
  });
});
