import type { Check } from '../../../conformance/checks/check.js';
import { runChecks } from '../../../conformance/checks/run-checks.js';
import { causeOf } from '../../../conformance/scenario/cause.js';
import type { Subject, SubjectFactory } from '../../../conformance/subjects/subject.js';

/** One seed with which the generated checks are run. */
export interface SeedJob {
  readonly seed: number;
  /** Multiplies how many examples are tried. */
  readonly runs: number;
  /** The command line of the driver; undefined runs our driver in process. */
  readonly command?: string;
}

interface SeedFailure {
  /** The id of the check. */
  readonly check: string;
  /** What its first failure has in common with others of the same defect. */
  readonly cause: string;
  readonly message: string;
  /** The command line that shows it again. */
  readonly replay: string;
}

export interface SeedVerdict extends SeedJob {
  readonly stories: number;
  readonly failures: readonly SeedFailure[];
}

/** Runs checks with one seed, and says what they found. What can't be run is a failure of that check, and the next one is run. */
export async function judgeSeed(
  job: SeedJob,
  checks: readonly Check[],
  subject: SubjectFactory,
  { methods, constants = {} }: Pick<Subject, 'methods' | 'constants'>,
): Promise<SeedVerdict> {
  const { seed, runs, command } = job;
  const results = await runChecks(checks, { subject, methods, constants, seed, effort: runs });
  const failures = results.flatMap(({ id, outcome, reason, failure }): SeedFailure[] => {
    if (outcome === 'pass' || outcome === 'skipped') return [];
    const [first] = failure?.failures ?? [];
    const message = first?.message ?? reason ?? '';
    const path = failure?.path === undefined ? '' : ` --path ${failure.path}`;
    const effort = path === '' && runs !== 1 ? ` --runs ${runs}` : '';
    const by = command === undefined ? '' : ` --subject ${JSON.stringify(command)}`;
    return [
      {
        check: id,
        cause: outcome === 'error' ? `error: ${message}` : JSON.stringify(first === undefined ? {} : causeOf(first)),
        message,
        replay: `npx tsx conformance/cli.ts run --only ${id} --seed ${seed}${path}${effort}${by}`,
      },
    ];
  });
  return { ...job, stories: results.reduce((sum, { stories }) => sum + stories, 0), failures };
}
