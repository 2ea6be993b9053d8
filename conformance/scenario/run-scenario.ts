import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExternalArray } from '../arrays/external/external-array.js';
import { Harness } from '../harness/harness.js';
import type { SubjectFactory } from '../subjects/subject.js';
import { cleanUpExternalArray } from './external-clean-up.js';
import { adaptForExternalArray } from './external-stories.js';
import type { Scenario, Step } from './format.js';
import type { Improvisation } from './improvisation.js';
import { type Inspected, Inspection } from './inspection.js';
import type { Failure, Play } from './play.js';
import { isOfThePlay } from './play-errors.js';
import type { Path, ScenarioFile } from './read-scenario.js';
import { heldOf, type ScenarioReport, type StepReport, verdictOf } from './scenario-report.js';
import type { Utterance } from './secrets.js';
import { StoryPlayer } from './story-player.js';
import { SymbolTable } from './symbol-table.js';
import { Trace } from './trace.js';

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
  /** The array listens and is recorded; it is kept until this resolves, which is told what the story came to. */
  readonly inspect?: ((at: Inspected, report: ScenarioReport) => Promise<void>) | undefined;
  /** What the drivers log. */
  readonly log?: (driver: string, level: string, message: string) => void;
}

/**
 * Plays a scenario on an array of its own, or on one that others use, where all that the story makes is taken away again.
 * Failures are in the report; rejects only for bugs of the suite itself.
 */
export async function runScenario(file: ScenarioFile, options: RunOptions): Promise<ScenarioReport> {
  const run = new ScenarioRun(file, options);
  try {
    await run.play();
  } catch (error) {
    run.note(error);
  } finally {
    await run.close();
  }
  return run.report();
}

/** One playing of a scenario, from its array to its report. */
class ScenarioRun {
  private readonly scenario: Scenario;
  private readonly seed: number;
  private readonly end: Failure[] = [];
  private readonly dropped: Path[] = [];
  private readonly said: Utterance[] = [];
  private readonly unsupported = new Set<string>();
  private subject = '';
  private folder: string | undefined;
  private harness: Harness | undefined;
  private trace: Trace | undefined;
  private player: StoryPlayer | undefined;
  private inspection: Inspection | undefined;

  constructor(
    private readonly file: ScenarioFile,
    private readonly options: RunOptions,
  ) {
    const { external } = options;
    this.scenario = external === undefined ? file.scenario : adaptForExternalArray(file.scenario, external);
    this.seed = options.seed ?? this.scenario.array?.seed ?? 0;
  }

  /** Rejects with what `isOfThePlay` knows when the story could not be played, and for bugs of the suite. */
  async play(): Promise<void> {
    const { scenario, seed } = this;
    const { external, improvisation, inspect, onStep } = this.options;
    const keepsState = needsState(scenario.steps) || improvisation?.usesState === true;
    if (keepsState) this.folder = await mkdtemp(join(tmpdir(), 'scenario-'));
    const harness = await this.openHarness();
    this.harness = harness;
    this.subject = harness.subject().name;
    if (this.options.traced !== false) {
      this.trace = new Trace(harness.nowMs(), { scenario: scenario.name, seed, subject: this.subject });
    }
    const inspection = inspect === undefined ? undefined : new Inspection(harness.admins);
    this.inspection = inspection;
    await inspection?.begin();
    for (const port of harness.ports) this.trace?.anyPort(port);
    this.player = new StoryPlayer({
      play: this.newPlay(harness),
      scenario,
      lineOf: (path) => this.file.problem(path, '').line,
      ...(external === undefined ? {} : { external }),
      ...(improvisation === undefined ? {} : { improvisation }),
      onBegin: inspection === undefined ? undefined : (step, line) => inspection.stepBegins(step, line),
      onStep:
        inspection === undefined
          ? onStep
          : (step) => {
              onStep?.(step);
              return inspection.stepEnded(step);
            },
    });
    await this.player.playAll();
    await inspection?.storyEnded(this.player.end);
    this.trace?.end({ failures: this.player.end.map(({ message }) => message) });
  }

  /** Adds an error of the play to the report, and throws any other. */
  note(error: unknown): void {
    if (!isOfThePlay(error)) throw error;
    this.end.push({ message: (error as Error).message, isError: true });
  }

  async close(): Promise<void> {
    const { harness, folder } = this;
    if (harness !== undefined && this.options.external !== undefined) {
      this.end.push(...(await cleanUpExternalArray(harness)));
    }
    const { inspection } = this;
    if (harness?.url !== undefined && inspection !== undefined)
      await this.options.inspect?.({ url: harness.url, moment: inspection.moment }, this.report());
    await harness?.close().catch((error: unknown) => this.note(error));
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  }

  report(): ScenarioReport {
    const { scenario, harness, player } = this;
    const steps = player?.steps ?? [];
    const end = [...(player?.end ?? []), ...this.end];
    const failures = [...steps.flatMap((step) => step.failures), ...end];
    return {
      file: this.file.file,
      name: scenario.name,
      why: scenario.why,
      verifies: scenario.verifies,
      seed: this.seed,
      subject: this.subject,
      verdict: verdictOf(steps, end),
      held: heldOf(scenario.verifies, failures, player?.isWhole === true),
      steps,
      end,
      dropped: this.dropped,
      unsupported: [...this.unsupported],
      unreached: player?.unreached ?? [],
      trace: this.trace?.toString() ?? '',
      driverCalls: player?.driverCalls ?? 0,
      given: harness?.given ?? { times: 0, milliseconds: 0 },
    };
  }

  private openHarness(): Promise<Harness> {
    const { scenario, seed, folder } = this;
    const { external, improvisation, inspect } = this.options;
    const { changes: _, more = {}, ...array } = scenario.array ?? {};
    return Harness.open({
      subject: this.options.subject,
      ...(external === undefined ? {} : { external }),
      seed,
      array: {
        ...array,
        listen: needsWire(scenario.steps) || improvisation?.usesWire === true || inspect !== undefined,
        ...(folder === undefined ? {} : { state: join(folder, 'state.json') }),
      },
      more,
      configuration: scenario.driver ?? {},
      drivers: scenario.drivers as Record<string, Record<string, unknown>> | undefined,
      surface: scenario.surface,
      log: (driver, level, message) => {
        this.said.push({ where: 'what the driver logged', text: message });
        this.options.log?.(driver, level, message);
      },
    });
  }

  private newPlay(harness: Harness): Play {
    const { isGenerated = false, isStrict = false } = this.options;
    return {
      harness,
      symbols: new SymbolTable(harness.database, harness.judge.sightings, () => harness.chance.uuid()),
      trace: this.trace,
      verifies: this.scenario.verifies,
      isMadeUp: isGenerated,
      rules: new Map(),
      seed: this.seed,
      seen: 0,
      nextEvent: 0,
      requests: 0,
      ...(isGenerated && !isStrict ? { dropped: this.dropped } : {}),
      found: new Set(),
      touched: new Set(),
      said: this.said,
      connections: [],
      unsupported: this.unsupported,
      implemented: new Set(),
    };
  }
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
