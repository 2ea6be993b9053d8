import fc from 'fast-check';
import { stringify } from 'yaml';
import { causeKey } from '../scenario/cause.js';
import type { Scenario, Step } from '../scenario/format.js';
import type { Failure } from '../scenario/play.js';
import type { Path } from '../scenario/read-scenario.js';
import type { ScenarioReport } from '../scenario/run-scenario.js';
import type { CheckContext, CheckRun } from './check.js';
import { checkRunOf, failuresAfterTheStart } from './played.js';
import { fewerSteps } from './smaller.js';

/** An example that was tried: the story that it came to, and how that went. */
interface Attempt {
  readonly scenario: Scenario;
  readonly report: ScenarioReport;
}

export interface Search<Example> {
  readonly examples: fc.Arbitrary<Example>;
  /** How many are tried, before the effort multiplies it. */
  readonly runs: number;
  /**
   * Whether examples are large from the first one on; by default small ones come first. A large one that fails is not
   * tried smaller: leaving steps out of the story that it came to gets further sooner.
   */
  readonly large?: boolean;
  attempt(example: Example): Promise<Attempt>;
}

/** Smaller examples, and then shorter stories, that are tried after a failure: each of them is played. */
const mostShrinks = 150;
const mostShorter = 300;

/**
 * Tries examples until one fails, then smaller ones that fail of the same cause, and of the smallest's story what is
 * needed of it: that is what the check came to. The same seed gives the same examples. A story that can't be played is an
 * error of the suite or of the driver's process; among the smaller ones it is not an example.
 */
export async function search<Example>(
  { seed, path, effort, isOver, play }: CheckContext,
  { examples, runs, large = false, attempt }: Search<Example>,
): Promise<CheckRun> {
  let stories = 0;
  let driverCalls = 0;
  let shrinks = 0;
  let first: Attempt | undefined;
  let smallest: Attempt | undefined;
  let broken: Attempt | undefined;
  let noted: Attempt | undefined;
  let passed = 0;
  let leftOut: string | undefined;
  const property = fc.asyncProperty(examples, async (example) => {
    if (isOver() || broken !== undefined) return true;
    if (first !== undefined && ++shrinks > mostShrinks) return true;
    const tried = await attempt(example);
    stories++;
    driverCalls += tried.report.driverCalls;
    if (tried.report.verdict === 'error' && first === undefined) broken = tried;
    if (tried.report.verdict === 'pass') passed++;
    if (tried.report.verdict !== 'fail') return true;
    // The driver leaves to Cinder what the story is about: it says nothing of the driver.
    const { outcome, reason } = checkRunOf(tried.report, '');
    if (outcome === 'skipped') {
      leftOut ??= reason;
      return true;
    }
    if (failuresAfterTheStart(tried.report).length === 0) {
      noted ??= tried;
      return true;
    }
    if (smallest !== undefined && (!hasSameCause(smallest, tried) || isLonger(tried, smallest))) return true;
    first ??= tried;
    smallest = tried;
    return false;
  });
  const details = await fc.check(property, {
    seed,
    unbiased: large,
    numRuns: path === undefined ? Math.max(1, Math.round(runs * effort)) : 1,
    ...(path === undefined ? {} : { path }),
    endOnFailure: large || path !== undefined,
  });
  if (smallest !== undefined) {
    let shorter = 0;
    const failed = smallest;
    await fewerSteps(withDropped(failed), async (each) => {
      if (isOver() || ++shorter > mostShorter) return false;
      const tried = { scenario: each, report: await play(each, 'shorter', { isStrict: true }) };
      stories++;
      driverCalls += tried.report.driverCalls;
      if (tried.report.verdict !== 'fail' || !hasSameCause(failed, tried)) return false;
      smallest = tried;
      return true;
    });
  }
  const counts = { stories, driverCalls };
  const shown = broken ?? smallest ?? noted;
  // What is thrown is no story that fails, but a mistake of the suite.
  if (shown === undefined && details.failed) throw details.errorInstance;
  if (shown === undefined && passed === 0 && leftOut !== undefined)
    return { outcome: 'skipped', reason: leftOut, ...counts };
  if (shown === undefined) return { outcome: 'pass', ...counts };
  const failures = failuresOf(shown.report);
  const failure = {
    failures,
    scenario: scenarioText(withDropped(shown)),
    trace: shown.report.trace,
    seed: details.seed,
    ...(details.counterexamplePath === null ? {} : { path: details.counterexamplePath }),
  };
  const held = shown === noted ? { held: shown.report.held } : {};
  if (broken === undefined) return { outcome: 'fail', ...counts, failure, ...held };
  return { outcome: 'error', reason: failures.map(({ message }) => message).join('; '), ...counts, failure };
}

/** A story as a file that `replay` plays. */
export function scenarioText(scenario: Scenario): string {
  // A story that ends at its start has no steps, and a file has to have one.
  const steps = scenario.steps.length > 0 ? scenario.steps : [{ check: 'all' as const }];
  return `# yaml-language-server: $schema=scenario.schema.json\n${stringify({ ...scenario, steps }, { lineWidth: 120 })}`;
}

function failuresOf({ steps, end }: ScenarioReport): Failure[] {
  return [...steps.flatMap((step) => step.failures), ...end];
}

/** Whether two stories fail of the same cause. The first failure of a story tells it: those that follow may follow from it. */
function hasSameCause(one: Attempt, other: Attempt): boolean {
  const [some] = failuresAfterTheStart(one.report);
  const [another] = failuresAfterTheStart(other.report);
  return some !== undefined && another !== undefined && causeKey(some) === causeKey(another);
}

function isLonger(one: Attempt, other: Attempt): boolean {
  return one.scenario.steps.length > other.scenario.steps.length;
}

/** The story as anybody can play it: the steps that were refused and dropped may be refused. */
export function withDropped({ scenario, report: { dropped } }: Attempt): Scenario {
  if (dropped.length === 0) return scenario;
  const refused = (steps: readonly Step[], base: Path): Step[] =>
    steps.map((step, index) => {
      const path = [...base, index];
      if ('parallel' in step) return { ...step, parallel: refused(step.parallel, [...path, 'parallel']) } as Step;
      if ('repeat' in step) return { ...step, steps: refused(step.steps, [...path, 'steps']) } as Step;
      const isDropped = dropped.some((each) => each.join() === path.join());
      return 'call' in step && isDropped ? { ...step, expect: { ...step.expect, mayRaise: true } } : step;
    });
  return { ...scenario, steps: refused(scenario.steps, ['steps']) };
}
