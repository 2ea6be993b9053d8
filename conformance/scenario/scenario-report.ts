import type { GivenTime } from './given-time.js';
import type { Failure } from './play.js';
import type { Path } from './read-scenario.js';

/** What became of a scenario: passed, failed, or could not be run. */
type Verdict = 'pass' | 'fail' | 'error';

export interface StepReport {
  /** Where the step stands in the file, e.g. ['steps', 3]. */
  readonly path: Path;
  readonly line: number;
  /** What the step does, in a line. */
  readonly what: string;
  /** skipped: not reached, as what it depends on failed. */
  readonly verdict: Verdict | 'skipped';
  readonly failures: readonly Failure[];
}

export interface ScenarioReport {
  readonly file: string;
  readonly name: string;
  readonly why: string;
  readonly verifies: readonly string[];
  readonly seed: number;
  readonly subject: string;
  readonly verdict: Verdict;
  /** What of `verifies` the story has shown to hold: the rest is broken, or was not reached. */
  readonly held: readonly string[];
  readonly steps: readonly StepReport[];
  /** What is wrong at the end. */
  readonly end: readonly Failure[];
  /** Where the steps stand that the volume manager refused, in a generated story: they are as if they were not there. */
  readonly dropped: readonly Path[];
  /** Methods that the driver says not to have: from there on Cinder's own code stood in. */
  readonly unsupported: readonly string[];
  /** Fault rules that waited for a request which the driver did not send. */
  readonly unreached: readonly string[];
  readonly trace: string;
  /** Calls of the driver in all. */
  readonly driverCalls: number;
  /** Time that was advanced for programs that waited without saying so. */
  readonly given: GivenTime;
}

/** error where the story could not be played, fail where a step or the end shows a failure. */
export function verdictOf(steps: readonly StepReport[], end: readonly Failure[]): Verdict {
  if (end.some(({ isError }) => isError) || steps.some(({ verdict }) => verdict === 'error')) return 'error';
  return end.length > 0 || steps.some(({ verdict }) => verdict === 'fail') ? 'fail' : 'pass';
}

/** A story that was played to its end has shown what no failure names; one that was not has shown nothing for sure. */
export function heldOf(verifies: readonly string[], failures: readonly Failure[], isWhole: boolean): string[] {
  if (!isWhole || failures.some(({ isError, requirement }) => isError === true || requirement === undefined)) return [];
  return verifies.filter((id) => !failures.some(({ requirement, also }) => requirement === id || also?.includes(id)));
}
