import { AdminRequestError } from '../arrays/array-admin-client.js';
import type { ExternalArray } from '../arrays/external/external-array.js';
import { mainDriver } from '../harness/main-driver.js';
import { UsageError } from '../manager/usage.js';
import { isMust } from './blame.js';
import { Dependence } from './dependence.js';
import { countedBefore, judgeEnd } from './end.js';
import { countHits } from './fault-rules.js';
import { kindOf, type Scenario, type Step } from './format.js';
import type { Improvisation } from './improvisation.js';
import type { Failure, Play, Played } from './play.js';
import { isOfThePlay } from './play-errors.js';
import type { Path } from './read-scenario.js';
import type { StepReport } from './scenario-report.js';
import { playStep } from './steps.js';
import { NotOffered, StoryError } from './symbol-table.js';

export interface StoryPlayerOptions {
  readonly play: Play;
  readonly scenario: Scenario;
  /** The line of the file that a step stands in. */
  readonly lineOf: (path: Path) => number;
  readonly external?: ExternalArray;
  readonly improvisation?: Improvisation;
  /** Told of each step before it is played. */
  readonly onBegin?: ((step: Step, line: number) => Promise<void>) | undefined;
  readonly onStep?: ((step: StepReport) => Promise<void> | void) | undefined;
}

/** Plays what of a story can be reached, and judges its end. What a failure keeps from being reached: see Dependence. */
export class StoryPlayer {
  readonly steps: StepReport[] = [];
  readonly end: Failure[] = [];
  driverCalls = 0;
  /** Nothing more is played. */
  private isOver = false;
  private readonly dependence: Dependence;
  private readonly atTheStart = new Set<string>();

  constructor(private readonly options: StoryPlayerOptions) {
    const { symbols, harness } = options.play;
    this.dependence = new Dependence(symbols, harness.database);
  }

  /** Whether each step was played to its end, and the end was judged. */
  get isWhole(): boolean {
    return !this.isOver && !this.dependence.hasLost && this.steps.every(({ verdict }) => verdict !== 'skipped');
  }

  /** The fault rules that waited for a request which no driver sent. */
  get unreached(): string[] {
    const rules = [...this.options.play.rules.values()];
    return rules
      .filter(({ fires, hits, error }) => fires === undefined && hits === 0 && error === undefined)
      .map(({ name }) => name);
  }

  /** Plays it all. Rejects for bugs of the suite, and with what `isOfThePlay` knows when the end can't be judged. */
  async playAll(): Promise<void> {
    const { play, scenario, external, improvisation } = this.options;
    for (const [index, change] of (scenario.array?.changes ?? []).entries())
      await this.one({ ...change, foreign: true } as Step, ['array', 'changes', index]);
    if (!this.isOver) await play.harness.judge.baseline();
    if (external !== undefined) play.before = await countedBefore(play, scenario);
    if (scenario.started !== false)
      for (const driver of play.harness.drivers)
        await this.one({ call: 'do_setup', by: driver }, driver === mainDriver ? ['driver'] : ['drivers', driver]);
    for (const [index, step] of scenario.steps.entries()) await this.one(step, ['steps', index]);
    if (improvisation !== undefined) await this.improvised(improvisation, scenario.steps.length);
    await countHits(play);
    if (!this.isOver) this.end.push(...this.placed(await judgeEnd(play, scenario, this.dependence)));
  }

  /** A story that is made up ends with its first failure: what follows would only be in its way. */
  private async improvised(improvisation: Improvisation, first: number): Promise<void> {
    if (this.dependence.hasLost) this.isOver = true;
    for (let index = first; !this.isOver; index++) {
      const step = await improvisation.next(this.options.play);
      if (step === undefined) return;
      await this.one(step, ['steps', index]);
      if (this.steps.at(-1)?.verdict !== 'pass') this.isOver = true;
    }
  }

  private async one(step: Step, path: Path): Promise<void> {
    if (this.isOver || !this.dependence.reaches(step)) {
      await this.skip(step, path);
      return;
    }
    const { play, onBegin, lineOf } = this.options;
    if (onBegin !== undefined) await onBegin(step, lineOf(path));
    const guardedStep = await guarded(() => playStep(play, step, path));
    const { what, calls, loses, isOfTheStory } = guardedStep;
    const { failures: found, verdict } = this.withoutTheStarts(guardedStep, path);
    if (found.length > 0) await countHits(play);
    const failures = this.placed(found);
    this.driverCalls += calls;
    // After a failure a step may lack what it needs, in ways that its names do not tell.
    if (isOfTheStory && this.steps.some((each) => each.verdict === 'fail')) {
      await this.skip(step, path);
      return;
    }
    await this.tell(path, { what, failures, verdict });
    if (verdict === 'error') this.isOver = true;
    else if (loses === true || failures.some(isMust)) this.dependence.lose(step);
    const driver = startedBy(step);
    if (driver === undefined) return;
    if (loses === true || (failures.length > 0 && !play.harness.manager(driver).initialized))
      this.dependence.loseDriver(driver);
    else this.dependence.regain(driver);
  }

  /** Failures, marked if a fault rule was still waiting for its request when they were found. */
  private placed(failures: readonly Failure[]): readonly Failure[] {
    if (this.unreached.length === 0) return failures;
    return failures.map((failure) => ({ ...failure, isBeforeFault: true }));
  }

  /** What is wrong with each start, and loses nothing, is told of the first one. */
  private withoutTheStarts({ failures, verdict, loses }: Guarded, path: Path): Pick<Guarded, 'failures' | 'verdict'> {
    if (verdict !== 'fail') return { failures, verdict };
    const isStart = path[0] === 'driver' || path[0] === 'drivers';
    const news = isStart || loses === true ? failures : failures.filter((each) => !this.atTheStart.has(keyOf(each)));
    if (isStart) for (const each of failures) this.atTheStart.add(keyOf(each));
    return { failures: news, verdict: news.length > 0 ? 'fail' : 'pass' };
  }

  /** What a step that is not reached would have made is not there; a fault that was meant for it may meet others. */
  private async skip(step: Step, path: Path): Promise<void> {
    await this.tell(path, { what: kindOf(step) ?? '', failures: [], verdict: 'skipped' });
    if (this.isOver) return;
    this.dependence.lose(step);
    const { play } = this.options;
    await countHits(play);
    if ([...play.rules.values()].some(({ hits }) => hits === 0)) this.isOver = true;
  }

  private async tell(path: Path, told: Pick<StepReport, 'what' | 'failures' | 'verdict'>): Promise<void> {
    const report = { path, line: this.options.lineOf(path), ...told };
    this.steps.push(report);
    await this.options.onStep?.(report);
  }
}

function keyOf({ requirement, message }: Failure): string {
  return JSON.stringify([requirement, message]);
}

/** The driver that a step starts; undefined when it starts none. */
function startedBy(step: Step): string | undefined {
  if ('restart' in step) return step.restart === 'driver' ? (step.by ?? mainDriver) : undefined;
  return 'call' in step && step.call === 'do_setup' && step.args === undefined ? (step.by ?? mainDriver) : undefined;
}

/** A step that could not be played at all is an error, not a failure of the driver. */
async function guarded(step: () => Promise<Played>): Promise<Guarded> {
  try {
    const played = await step();
    return { ...played, verdict: played.failures.length > 0 ? 'fail' : 'pass', isOfTheStory: false };
  } catch (error) {
    if (!isOfThePlay(error)) throw error;
    const { message } = error as Error;
    const isOfTheStory =
      error instanceof StoryError || error instanceof UsageError || error instanceof AdminRequestError;
    const isNotOffered = error instanceof NotOffered;
    const failures = [{ message, isError: true, ...(isNotOffered ? { isNotOffered } : {}) }];
    return { what: message, failures, calls: 0, verdict: 'error', isOfTheStory };
  }
}

interface Guarded extends Played {
  readonly verdict: 'pass' | 'fail' | 'error';
  /** It means something that is not there, or asks for what can't be. */
  readonly isOfTheStory: boolean;
}
