import { parseArgs } from 'node:util';
import { CommandError } from '../../../conformance/commands/command.js';
import { optionValue } from '../../../conformance/commands/options.js';
import { inWorkers } from '../changed-driver/in-workers.js';
import type { SeedJob, SeedVerdict } from './judge-seed.js';
import { steadyTable } from './table.js';

/**
 * `npm run steady [-- --seeds N --from N --runs N --stdio]`: runs the generated checks on our driver with many seeds; it
 * has to pass with each of them. By default 200 seeds in process, 20 of them with five times as many examples, and 2 over
 * stdio; with options only what they say. Worker processes, one for each core, take the seeds one after the other. Prints
 * the failures by cause. Exit code 0: all passed, 1: a failure, 2: options that are not possible.
 */
const ourProgram = 'node bin/eseries-driver.js --stdio';

try {
  process.exitCode = await steady(jobsOf(process.argv.slice(2)));
} catch (error) {
  const isUsage =
    error instanceof CommandError || String((error as { code?: unknown }).code).startsWith('ERR_PARSE_ARGS');
  if (!isUsage) throw error;
  process.stderr.write(`steady: ${(error as Error).message}\n`);
  process.exitCode = 2;
}

function jobsOf(args: string[]): SeedJob[] {
  const options = {
    seeds: { type: 'string' },
    from: { type: 'string', default: '1' },
    runs: { type: 'string' },
    stdio: { type: 'boolean', default: false },
  } as const;
  const { seeds, from, runs, stdio } = parseArgs({ args, options }).values;
  const first = optionValue.whole('--from', from);
  if (seeds === undefined && runs === undefined && !stdio)
    return [...jobs(first, 200, 1), ...jobs(first, 20, 5), ...jobs(first, 2, 0.2, ourProgram)];
  const count = optionValue.whole('--seeds', seeds ?? '200');
  const effort = optionValue.positive('--runs', runs ?? '1');
  return jobs(first, count, effort, stdio ? ourProgram : undefined);
}

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
