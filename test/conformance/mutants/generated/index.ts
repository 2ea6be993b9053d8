import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { allChecks } from '../../../../conformance/checks/all-checks.js';
import { coverageOf } from './coverage.js';
import { listedEquivalents, reasonsOf } from './equivalents.js';
import { type GeneratedMutant, instrumentedDriver } from './instrument.js';
import type { Job, Trial, Verdict } from './messages.js';
import { type GeneratedOptions, isWanted } from './options.js';
import { inPool } from './pool.js';
import { sample } from './sample.js';
import { described, type Judged, score, table } from './table.js';
import { trialOf } from './trial.js';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
/** A check is given up after so much of the processor’s time, and this many times what the correct driver takes. */
const leastMs = 60_000;
const patience = 30;

/** Judges a random sample of the mutants that the instrumenter makes of our driver. Resolves to the exit code. */
export async function judgeGenerated(options: GeneratedOptions): Promise<number> {
  const { files, mutants } = await instrumentedDriver();
  const reasons = reasonsOf(mutants, listedEquivalents());
  const build = join(root, '.mutants', String(process.pid));
  try {
    writeBuild(build, files);
    const judged = await judge(build, mutants, reasons, options);
    process.stdout.write(table(judged, options));
    return judged.verdicts.length + judged.equivalent.length > 0 && score(judged) * 100 >= options.goal ? 0 : 1;
  } finally {
    rmSync(build, { recursive: true, force: true });
  }
}

function writeBuild(build: string, files: ReadonlyMap<string, string>): void {
  mkdirSync(build, { recursive: true });
  cpSync(join(root, 'package.json'), join(build, 'package.json'));
  for (const [name, content] of files) {
    const file = join(build, 'driver', name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

async function judge(
  build: string,
  mutants: readonly GeneratedMutant[],
  reasons: ReadonlyMap<string, string>,
  options: GeneratedOptions,
): Promise<Judged> {
  const checks = (await allChecks()).map(({ id }) => id);
  let measuredSoFar = 0;
  const coverage = await coverageOf(checks, { build, workers: options.workers }, ({ check }) =>
    say(`measured ${++measuredSoFar}/${checks.length} ${check}`),
  );
  const drawn = sample(
    mutants.filter((mutant) => isWanted(mutant, options)),
    options.count,
    options.seed,
  );
  const isLeftOut = ({ id }: GeneratedMutant) => reasons.has(id) && !options.equivalents;
  const equivalent = drawn.filter(isLeftOut).map((mutant) => ({ mutant, reason: reasons.get(mutant.id) ?? '' }));
  const trials = drawn
    .filter((mutant) => !isLeftOut(mutant))
    .map((mutant) => trialOf(mutant, coverage, options.mostChecks));
  const verdicts: Verdict[] = [];
  const add = (verdict: Verdict) => {
    verdicts.push(verdict);
    const { outcome, mutant, check = '' } = verdict;
    say(`${verdicts.length}/${trials.length} ${outcome} ${described(mutant)} ${check}`);
  };
  for (const { mutant } of trials.filter(({ plays }) => plays.length === 0))
    add({ mutant, outcome: 'survived', checks: 0 });
  const jobs = trials.filter(({ plays }) => plays.length > 0).map((trial) => ({ judge: trial }));
  await inPool(jobs, {
    workers: options.workers,
    build,
    limitMs: limitOf,
    onAnswer: (message) => {
      if ('verdict' in message) add(message.verdict);
    },
    onLost: (job, check, because) => {
      if ('judge' in job) add({ mutant: job.judge.mutant, outcome: 'timed out', check, because, checks: 0 });
    },
  });
  return { verdicts, equivalent };
}

function limitOf(job: Job, check: string | undefined): number {
  const plays: Trial['plays'] = 'judge' in job ? job.judge.plays : [];
  return leastMs + patience * (plays.find((play) => play.check === check)?.milliseconds ?? 0);
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
