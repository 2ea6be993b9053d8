import { parseArgs } from 'node:util';
import { optionValue } from '../../../conformance/commands/options.js';
import { inWorkers } from '../changed-driver/in-workers.js';
import type { SeedJob, SeedVerdict } from './judge-seed.js';
import { steadyTable } from './table.js';

/**
 * `npm run steady [-- --seeds N --from N --runs N --stdio]`: runs the generated checks on our driver with many seeds; it
 * has to pass with each of them. By default 200 seeds in process, 20 of them with five times as many examples, and 2 over
 * stdio; with options only what they say. Worker processes, one for each core, take the seeds one after the other. Prints
 * the failures by cause; exit code 1 when there is one.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string' },
    from: { type: 'string', default: '1' },
    runs: { type: 'string' },
    stdio: { type: 'boolean', default: false },
  },
});
const from = optionValue.whole('--from', values.from);
const ourProgram = 'node --import tsx driver/cli.ts --stdio';
const isDefault = values.seeds === undefined && values.runs === undefined && !values.stdio;
const jobs = isDefault
  ? [...jobsOf(200, 1), ...jobsOf(20, 5), ...jobsOf(2, 0.2, ourProgram)]
  : jobsOf(
      optionValue.whole('--seeds', values.seeds ?? '200'),
      optionValue.positive('--runs', values.runs ?? '1'),
      values.stdio ? ourProgram : undefined,
    );
const verdicts: SeedVerdict[] = [];

await inWorkers<SeedJob, SeedVerdict>(new URL('./worker.ts', import.meta.url), jobs, (verdict) => {
  verdicts.push(verdict);
  const { seed, stories, failures } = verdict;
  const outcome = failures.length === 0 ? 'pass' : `FAIL ${failures.map(({ check }) => check).join(', ')}`;
  process.stderr.write(`${verdicts.length}/${jobs.length} seed ${seed}: ${outcome} (${stories} stories)\n`);
});
process.stdout.write(steadyTable(verdicts));
process.exitCode = verdicts.length > 0 && verdicts.every(({ failures }) => failures.length === 0) ? 0 : 1;

function jobsOf(seeds: number, runs: number, command?: string): SeedJob[] {
  return Array.from({ length: seeds }, (_, index) => ({
    seed: from + index,
    runs,
    ...(command === undefined ? {} : { command }),
  }));
}
