import type { CheckResult } from '../checks/check.js';
import type { JudgedRequirement } from '../checks/verdict.js';
import { type Cause, causeKey, causeOf } from '../scenario/cause.js';
import type { Failure } from '../scenario/play.js';

/** One cause of failures: what a driver does wrong, in however many checks it shows. */
export interface CauseReport extends Cause {
  /** waived: its requirement may fail for now. */
  readonly outcome: 'fail' | 'error' | 'waived';
  /** Ids of the checks in which it shows: the one of the shortest story, which is shown, comes first. */
  readonly checks: readonly string[];
  /** Requirements that say the same, and are broken with it. */
  readonly also?: readonly string[];
  /** What was said of it, each wording once. */
  readonly messages: readonly string[];
}

const mostMessages = 5;
const rank = { fail: 0, error: 1, waived: 2 } as const;

interface Sighting {
  readonly check: CheckResult;
  readonly failure: Failure;
}

/** The causes of all failures, those in most checks first. */
export function causesOf(checks: readonly CheckResult[], requirements: readonly JudgedRequirement[]): CauseReport[] {
  const groups = new Map<string, Sighting[]>();
  for (const check of checks.filter(({ outcome }) => outcome === 'fail' || outcome === 'error'))
    for (const failure of failuresOf(check)) {
      const key = causeKey(failure);
      groups.set(key, [...(groups.get(key) ?? []), { check, failure }]);
    }
  const outcomes = new Map(requirements.map(({ id, outcome }) => [id, outcome]));
  return [...groups.values()]
    .map((sightings) => causeReport(sightings, outcomes))
    .sort((one, other) => rank[one.outcome] - rank[other.outcome] || other.checks.length - one.checks.length);
}

/** The failures of a check's story; where none was played, its reason is one. */
export function failuresOf({ failure, reason, id, verifies, outcome }: CheckResult): readonly Failure[] {
  const [only, ...others] = outcome === 'fail' ? verifies : [];
  const implied = only === undefined || others.length > 0 ? {} : { requirement: only };
  if (failure !== undefined && failure.failures.length > 0)
    return failure.failures.map((each) => ({ ...implied, ...each }));
  return [{ message: reason ?? `${id} could not be run`, isError: true }];
}

function causeReport(sightings: readonly Sighting[], outcomes: ReadonlyMap<string, string>): CauseReport {
  const [first, ...others] = [...sightings].sort((one, other) => lengthOf(one.check) - lengthOf(other.check));
  const shortest = first as Sighting;
  const all = [shortest, ...others];
  const cause = causeOf(shortest.failure);
  const isWaived = outcomes.get(cause.requirement ?? '') === 'waived';
  const fails = all.some(({ check, failure }) => check.outcome === 'fail' && failure.isError !== true);
  const also = [...new Set(all.flatMap(({ failure }) => failure.also ?? []))];
  return {
    ...cause,
    ...(also.length === 0 ? {} : { also }),
    outcome: isWaived ? 'waived' : fails ? 'fail' : 'error',
    checks: [...new Set(all.map(({ check }) => check.id))],
    messages: [...new Set(all.map(({ failure }) => failure.message))].slice(0, mostMessages),
  };
}

function lengthOf({ failure }: CheckResult): number {
  return failure?.scenario.length ?? 0;
}
