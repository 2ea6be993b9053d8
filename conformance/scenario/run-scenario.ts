import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DoorError } from '../arrays/array-door.js';
import type { OutsideArray } from '../arrays/outside/outside-array.js';
import { UsageError } from '../manager/usage.js';
import { mainDriver, Stage } from '../stage/stage.js';
import { SubjectError, type SubjectFactory } from '../subjects/subject.js';
import { Cast, StoryError } from './cast.js';
import { countedBefore, judgeEnd } from './end.js';
import { kindOf, type Step } from './format.js';
import { fitted } from './outside-stories.js';
import type { Path, ScenarioFile } from './read-scenario.js';
import { type Failure, type Play, playStep } from './steps.js';
import { tidied } from './tidying.js';
import { Trace } from './trace.js';

/** What became of a scenario: passed, failed, or could not be run. */
type Verdict = 'pass' | 'fail' | 'error';

export interface StepReport {
  /** Where the step stands in the file, e.g. ['steps', 3]. */
  readonly path: Path;
  readonly line: number;
  /** What the step does, in a line. */
  readonly what: string;
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
  readonly steps: readonly StepReport[];
  /** What is wrong at the end. */
  readonly end: readonly Failure[];
  /** Where the steps stand that the volume manager refused, in a generated story: they are as if they were not there. */
  readonly dropped: readonly Path[];
  readonly trace: string;
  /** Calls of the driver in all. */
  readonly driverCalls: number;
}

/** A story that is made up while it is played: each step by what has become of those before it. */
export interface Improvisation {
  /** The next step; undefined ends the story. */
  next(play: Play): Step | undefined | Promise<Step | undefined>;
  /** Whether hosts read and write, for which the array has to listen. */
  readonly usesWire?: boolean;
  /** Whether the simulator is restarted, for which it has to keep its state. */
  readonly usesState?: boolean;
}

export interface RunOptions {
  readonly subject: SubjectFactory;
  /** Instead of an array of the story's own. */
  readonly outside?: OutsideArray;
  /** Instead of the file's. */
  readonly seed?: number;
  /** The story is generated: its steps that the volume manager refuses are dropped. Else they are errors of the story. */
  readonly isGenerated?: boolean;
  /** Goes on where the steps of the file end. */
  readonly improvisation?: Improvisation;
  /** false writes nothing down, which is faster. */
  readonly traced?: boolean;
  /** Told of each step as it ends. */
  readonly onStep?: (step: StepReport) => void;
  /** What the drivers log. */
  readonly log?: (driver: string, level: string, message: string) => void;
}

/**
 * Plays a scenario on an array of its own, or on one that others use, where all that the story makes is taken away again.
 * Failures are in the report; rejects only for bugs of the suite itself.
 */
export async function runScenario(file: ScenarioFile, options: RunOptions): Promise<ScenarioReport> {
  const { outside } = options;
  const scenario = outside === undefined ? file.scenario : fitted(file.scenario, outside);
  const seed = options.seed ?? scenario.array?.seed ?? 0;
  const { improvisation } = options;
  const keepsState = needsState(scenario.steps) || improvisation?.usesState === true;
  const folder = keepsState ? await mkdtemp(join(tmpdir(), 'scenario-')) : undefined;
  const { changes = [], more = {}, ...array } = scenario.array ?? {};
  const steps: StepReport[] = [];
  const told = (report: StepReport) => {
    steps.push(report);
    options.onStep?.(report);
  };
  let stage: Stage | undefined;
  let trace: Trace | undefined;
  let subject = '';
  let driverCalls = 0;
  const end: Failure[] = [];
  const heard: string[] = [];
  const dropped: Path[] = [];
  try {
    stage = await Stage.open({
      subject: options.subject,
      ...(outside === undefined ? {} : { outside }),
      seed,
      array: {
        ...array,
        listen: needsWire(scenario.steps) || improvisation?.usesWire === true,
        ...(folder === undefined ? {} : { state: join(folder, 'state.json') }),
      },
      more,
      configuration: scenario.driver ?? {},
      drivers: scenario.drivers as Record<string, Record<string, unknown>> | undefined,
      surface: scenario.surface,
      log: (driver, level, message) => {
        heard.push(message);
        options.log?.(driver, level, message);
      },
    });
    subject = stage.subject().name;
    if (options.traced !== false) trace = new Trace(stage.nowMs(), { scenario: scenario.name, seed, subject });
    for (const port of stage.ports) trace?.anyPort(port);
    const play: Play = {
      stage,
      cast: new Cast(stage.database, stage.judge.sightings, () => stage?.chance.uuid() ?? ''),
      trace,
      rules: new Map(),
      seed,
      seen: 0,
      nextEvent: 0,
      requests: 0,
      heard,
      ...(options.isGenerated === true ? { dropped } : {}),
    };
    let ended = false;
    const play1 = async (step: Step, path: Path) => {
      const { what, failures, calls, verdict } = await guarded(() => playStep(play, step, path));
      driverCalls += calls;
      told({ path, line: file.problem(path, '').line, what, verdict, failures });
      ended ||= verdict !== 'pass';
    };
    for (const [index, change] of changes.entries()) {
      if (!ended) await play1({ ...change, foreign: true } as Step, ['array', 'changes', index]);
    }
    if (!ended) await stage.judge.baseline();
    if (outside !== undefined) play.before = await countedBefore(play, scenario);
    if (scenario.started !== false && !ended) {
      for (const driver of stage.drivers) {
        const start: Step = { call: 'do_setup', by: driver };
        await play1(start, driver === mainDriver ? ['driver'] : ['drivers', driver]);
      }
    }
    for (const [index, step] of scenario.steps.entries()) {
      if (ended)
        told({
          path: ['steps', index],
          line: file.problem(['steps', index], '').line,
          what: kindOf(step) ?? '',
          verdict: 'skipped',
          failures: [],
        });
      else await play1(step, ['steps', index]);
    }
    for (let index = scenario.steps.length; !ended; index++) {
      const step = await improvisation?.next(play);
      if (step === undefined) break;
      await play1(step, ['steps', index]);
    }
    if (!ended) end.push(...(await judgeEnd(play, scenario)));
    trace?.end({ failures: end.map(({ message }) => message) });
  } catch (error) {
    if (!isOfThePlay(error)) throw error;
    end.push({ message: (error as Error).message, isError: true });
  } finally {
    if (stage !== undefined && outside !== undefined) end.push(...(await tidied(stage)));
    await stage?.close();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  }
  return {
    file: file.file,
    name: scenario.name,
    why: scenario.why,
    verifies: scenario.verifies,
    seed,
    subject,
    verdict: verdictOf(steps, end),
    steps,
    end,
    dropped,
    trace: trace?.toString() ?? '',
    driverCalls,
  };
}

function verdictOf(steps: readonly StepReport[], end: readonly Failure[]): Verdict {
  if (end.some(({ isError }) => isError) || steps.some(({ verdict }) => verdict === 'error')) return 'error';
  return end.length > 0 || steps.some(({ verdict }) => verdict === 'fail') ? 'fail' : 'pass';
}

interface PlayedStep {
  readonly what: string;
  readonly failures: readonly Failure[];
  readonly calls: number;
  readonly verdict: Verdict;
}

/** A step that could not be played at all is an error, not a failure of the driver. */
async function guarded(
  step: () => Promise<{ what: string; failures: readonly Failure[]; calls: number }>,
): Promise<PlayedStep> {
  try {
    const played = await step();
    return { ...played, verdict: played.failures.length > 0 ? 'fail' : 'pass' };
  } catch (error) {
    if (!isOfThePlay(error)) throw error;
    const { message } = error as Error;
    return { what: message, failures: [{ message, isError: true }], calls: 0, verdict: 'error' };
  }
}

/** What a mistake of the story, the subject or the array's surroundings throws. */
function isOfThePlay(error: unknown): boolean {
  return (
    error instanceof StoryError ||
    error instanceof UsageError ||
    error instanceof SubjectError ||
    error instanceof DoorError ||
    error instanceof RangeError
  );
}

function needsState(steps: readonly Step[]): boolean {
  return steps.some((step) => 'restart' in step && step.restart === 'simulator');
}

function needsWire(steps: readonly Step[]): boolean {
  return steps.some(
    (step) =>
      'io' in step || ('parallel' in step && needsWire(step.parallel)) || ('repeat' in step && needsWire(step.steps)),
  );
}
