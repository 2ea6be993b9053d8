import { optionValue } from '../../../conformance/commands/options.js';
import { npmScript } from '../../npm-script.js';
import { inWorkers } from '../changed-driver/in-workers.js';
import type { SeedJob, SeedVerdict } from './judge-seed.js';
import { steadyTable } from './table.js';

const usage = `npm run steady -- [--seeds N] [--from N] [--runs N] [--stdio]

Runs the generated checks on our driver with many seeds; it has to pass with each of them. By default 200 seeds in process,
20 of them with five times as many examples, and 2 over stdio; with options only what they say. Prints the failures by
cause. Exit code 0: all passed, 1: a failure, 2: options that are not possible.

  --seeds N  how many seeds (200)
  --from N   the first of them (1)
  --runs N   how many times as many examples (1)
  --stdio    our driver as a program of its own
`;
const ourProgram = 'node bin/eseries-driver.js --stdio';

await npmScript({
  name: 'steady',
  usage,
  options: {
    seeds: { type: 'string' },
    from: { type: 'string', default: '1' },
    runs: { type: 'string' },
    stdio: { type: 'boolean', default: false },
  },
  run({ seeds, from, runs, stdio }) {
    const first = optionValue.whole('--from', from);
    if (seeds === undefined && runs === undefined && !stdio)
      return steady([...jobs(first, 200, 1), ...jobs(first, 20, 5), ...jobs(first, 2, 0.2, ourProgram)]);
    const count = optionValue.whole('--seeds', seeds ?? '200');
    const effort = optionValue.positive('--runs', runs ?? '1');
    return steady(jobs(first, count, effort, stdio ? ourProgram : undefined));
  },
});

function jobs(first: number, count: number, runs: number, command?: string): SeedJob[] {
  const how = { runs, ...(command === undefined ? {} : { command }) };
  return Array.from({ length: count }, (_, index) => ({ seed: first + index, ...how }));
}

async function steady(all: readonly SeedJob[]): Promise<number> {
  const verdicts: SeedVerdict[] = [];
  await inWorkers<SeedJob, SeedVerdict>(new URL('./worker.ts', import.meta.url), all, (verdict) => {
    verdicts.push(verdict);
    const { seed, stories, failures } = verdict;
    const outcome = failures.length === 0 ? 'pass' : `FAIL ${failures.map(({ check }) => check).join(', ')}`;
    process.stderr.write(`${verdicts.length}/${all.length} seed ${seed}: ${outcome} (${stories} stories)\n`);
  });
  process.stdout.write(steadyTable(verdicts));
  return verdicts.length > 0 && verdicts.every(({ failures }) => failures.length === 0) ? 0 : 1;
}
