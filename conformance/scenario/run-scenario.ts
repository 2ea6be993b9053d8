import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExternalArray } from '../arrays/external/external-array.js';
import { Harness } from '../harness/harness.js';
import type { SubjectFactory } from '../subjects/subject.js';
import { adaptForExternalArray } from './external-stories.js';
import type { Step } from './format.js';
import type { GivenTime } from './given-time.js';
import type { Failure, Play } from './play.js';
import { isOfThePlay } from './play-errors.js';
import type { Path, ScenarioFile } from './read-scenario.js';
import type { Utterance } from './secrets.js';
import { StoryPlayer } from './story-player.js';
import { SymbolTable } from './symbol-table.js';
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
  readonly external?: ExternalArray;
  /** Instead of the file's. */
  readonly seed?: number;
  /** The story is generated: its steps that the volume manager refuses are dropped. Else they are errors of the story. */
  readonly isGenerated?: boolean;
  /** Of a generated story too, each step has to be playable: one that is refused is an error. */
  readonly isStrict?: boolean;
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
  const { external } = options;
  const scenario = external === undefined ? file.scenario : adaptForExternalArray(file.scenario, external);
  const seed = options.seed ?? scenario.array?.seed ?? 0;
  const { improvisation } = options;
  const keepsState = needsState(scenario.steps) || improvisation?.usesState === true;
  const folder = keepsState ? await mkdtemp(join(tmpdir(), 'scenario-')) : undefined;
  const { changes: _, more = {}, ...array } = scenario.array ?? {};
  let harness: Harness | undefined;
  let trace: Trace | undefined;
  let player: StoryPlayer | undefined;
  let subject = '';
  const end: Failure[] = [];
  const dropped: Path[] = [];
  const said: Utterance[] = [];
  const unsupported = new Set<string>();
  try {
    harness = await Harness.open({
      subject: options.subject,
      ...(external === undefined ? {} : { external }),
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
        said.push({ where: 'what the driver logged', text: message });
        options.log?.(driver, level, message);
      },
    });
    subject = harness.subject().name;
    if (options.traced !== false) trace = new Trace(harness.nowMs(), { scenario: scenario.name, seed, subject });
    for (const port of harness.ports) trace?.anyPort(port);
    const play: Play = {
      harness,
      symbols: new SymbolTable(harness.database, harness.judge.sightings, () => harness?.chance.uuid() ?? ''),
      trace,
      verifies: scenario.verifies,
      isMadeUp: options.isGenerated === true,
      rules: new Map(),
      seed,
      seen: 0,
      nextEvent: 0,
      requests: 0,
      ...(options.isGenerated === true && options.isStrict !== true ? { dropped } : {}),
      found: new Set(),
      touched: new Set(),
      said,
      connections: [],
      unsupported,
      implemented: new Set(),
    };
    player = new StoryPlayer({
      play,
      scenario,
      lineOf: (path) => file.problem(path, '').line,
      ...(external === undefined ? {} : { external }),
      ...(improvisation === undefined ? {} : { improvisation }),
      ...(options.onStep === undefined ? {} : { onStep: options.onStep }),
    });
    await player.playAll();
    trace?.end({ failures: player.end.map(({ message }) => message) });
  } catch (error) {
    if (!isOfThePlay(error)) throw error;
    end.push({ message: (error as Error).message, isError: true });
  } finally {
    if (harness !== undefined && external !== undefined) end.push(...(await tidied(harness)));
    await harness?.close().catch((error: unknown) => {
      if (!isOfThePlay(error)) throw error;
      end.push({ message: (error as Error).message, isError: true });
    });
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  }
  const steps = player?.steps ?? [];
  const atTheEnd = [...(player?.end ?? []), ...end];
  return {
    file: file.file,
    name: scenario.name,
    why: scenario.why,
    verifies: scenario.verifies,
    seed,
    subject,
    verdict: verdictOf(steps, atTheEnd),
    held: heldOf(
      scenario.verifies,
      [...steps.flatMap(({ failures }) => failures), ...atTheEnd],
      player?.isWhole === true,
    ),
    steps,
    end: atTheEnd,
    dropped,
    unsupported: [...unsupported],
    unreached: player?.unreached ?? [],
    trace: trace?.toString() ?? '',
    driverCalls: player?.driverCalls ?? 0,
    given: harness?.given ?? { times: 0, milliseconds: 0 },
  };
}

function verdictOf(steps: readonly StepReport[], end: readonly Failure[]): Verdict {
  if (end.some(({ isError }) => isError) || steps.some(({ verdict }) => verdict === 'error')) return 'error';
  return end.length > 0 || steps.some(({ verdict }) => verdict === 'fail') ? 'fail' : 'pass';
}

/** A story that was played to its end has shown what no failure names; one that was not has shown nothing for sure. */
function heldOf(verifies: readonly string[], failures: readonly Failure[], isWhole: boolean): string[] {
  if (!isWhole || failures.some(({ isError, requirement }) => isError === true || requirement === undefined)) return [];
  return verifies.filter((id) => !failures.some(({ requirement, also }) => requirement === id || also?.includes(id)));
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
