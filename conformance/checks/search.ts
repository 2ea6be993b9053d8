import fc from 'fast-check';
import { stringify } from 'yaml';
import { causeKey } from '../scenario/cause.js';
import type { Scenario, Step } from '../scenario/format.js';
import type { Failure } from '../scenario/play.js';
import type { Path } from '../scenario/read-scenario.js';
import type { ScenarioReport } from '../scenario/scenario-report.js';
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
export async function search<Example>(context: CheckContext, options: Search<Example>): Promise<CheckRun> {
  const { seed, path, effort } = context;
  const { examples, runs, large = false } = options;
  const attempts = new Attempts(context, options);
  const property = fc.asyncProperty(examples, (example) => attempts.holds(example));
  const details = await fc.check(property, {
    seed,
    unbiased: large,
    numRuns: path === undefined ? Math.max(1, Math.round(runs * effort)) : 1,
    ...(path === undefined ? {} : { path }),
    endOnFailure: large || path !== undefined,
  });
  await attempts.shorten();
  return attempts.result(details);
}

/** What the examples that were tried came to, and the smallest one that failed. */
class Attempts<Example> {
  private stories = 0;
  private driverCalls = 0;
  private shrinks = 0;
  private passed = 0;
  private first: Attempt | undefined;
  private smallest: Attempt | undefined;
  /** The first story that could not be played. */
  private broken: Attempt | undefined;
  /** The first that failed at its start only, in ways that lose nothing. */
  private noted: Attempt | undefined;
  /** Why stories were left out, where any was. */
  private leftOut: string | undefined;

  constructor(
    private readonly context: CheckContext,
    private readonly options: Pick<Search<Example>, 'attempt'>,
  ) {}

  /** Plays an example; false when it fails, and of the same cause as those before it. */
  async holds(example: Example): Promise<boolean> {
    if (this.context.isOver() || this.broken !== undefined) return true;
    if (this.first !== undefined && ++this.shrinks > mostShrinks) return true;
    const tried = this.count(await this.options.attempt(example));
    const { verdict } = tried.report;
    if (verdict === 'error' && this.first === undefined) this.broken = tried;
    if (verdict === 'pass') this.passed++;
    if (verdict !== 'fail') return true;
    // The driver leaves to Cinder what the story is about: it says nothing of the driver.
    const { outcome, reason } = checkRunOf(tried.report, '');
    if (outcome === 'skipped') {
      this.leftOut ??= reason;
      return true;
    }
    if (failuresAfterTheStart(tried.report).length === 0) {
      this.noted ??= tried;
      return true;
    }
    if (this.smallest !== undefined && (!hasSameCause(this.smallest, tried) || isLonger(tried, this.smallest))) {
      return true;
    }
    this.first ??= tried;
    this.smallest = tried;
    return false;
  }

  /** Leaves steps out of the smallest story while it fails of the same cause. */
  async shorten(): Promise<void> {
    const { isOver, play } = this.context;
    const failed = this.smallest;
    if (failed === undefined) return;
    let shorter = 0;
    await fewerSteps(withDropped(failed), async (scenario) => {
      if (isOver() || ++shorter > mostShorter) return false;
      const tried = this.count({ scenario, report: await play(scenario, 'shorter', { isStrict: true }) });
      if (tried.report.verdict !== 'fail' || !hasSameCause(failed, tried)) return false;
      this.smallest = tried;
      return true;
    });
  }

  /** Throws what was thrown while no story failed: it is a mistake of the suite. */
  result(details: fc.RunDetails<[Example]>): CheckRun {
    const { stories, driverCalls, broken, noted } = this;
    const counts = { stories, driverCalls };
    const shown = broken ?? this.smallest ?? noted;
    if (shown === undefined) {
      if (details.failed) throw details.errorInstance;
      if (this.passed === 0 && this.leftOut !== undefined)
        return { outcome: 'skipped', reason: this.leftOut, ...counts };
      return { outcome: 'pass', ...counts };
    }
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

  private count(tried: Attempt): Attempt {
    this.stories++;
    this.driverCalls += tried.report.driverCalls;
    return tried;
  }
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

/** The story as any player plays it: the steps that were refused and dropped may be refused. */
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
