import type { ExternalArray } from '../arrays/external/external-array.js';
import { whyNotExternal } from '../scenario/external-stories.js';
import { givenNotes } from '../scenario/given-time.js';
import { readScenario, scenarioOf } from '../scenario/read-scenario.js';
import { runScenario } from '../scenario/run-scenario.js';
import type { ScenarioReport } from '../scenario/scenario-report.js';
import { SubjectError, type SubjectFactory } from '../subjects/subject.js';
import type { Check, CheckContext, CheckResult, CheckRun } from './check.js';

export interface RunChecksOptions {
  readonly subject: SubjectFactory;
  /** Instead of an array for each story: what can't be played on it is skipped. */
  readonly external?: ExternalArray;
  readonly methods: ReadonlySet<string>;
  readonly constants: Readonly<Record<string, unknown>>;
  readonly seed: number;
  readonly path?: string;
  readonly effort?: number;
  readonly isOver?: () => boolean;
  /** Whether the first failure ends the run: what comes after it is not exercised. */
  readonly bail?: boolean;
  /** How many checks are played at once, 1 by default: for drivers in programs of their own. */
  readonly lanes?: number;
  /** Told of each story that was played. */
  readonly onPlayed?: (report: ScenarioReport) => void;
  /** What comes next waits for it. */
  readonly onResult?: (result: CheckResult) => void | Promise<void>;
}

/**
 * Runs checks, one after the other or a few beside each other; none begins when the time is over. Whatever is thrown in a
 * check, by a driver's process that breaks, by a driver in this process or by the suite itself, is that check's error, and
 * the next one is run. The results are in the order in which they were known.
 */
export async function runChecks(checks: readonly Check[], options: RunChecksOptions): Promise<CheckResult[]> {
  const { isOver = () => false, bail = false, lanes = 1, onResult } = options;
  const results: CheckResult[] = [];
  const left = [...checks];
  const strays = new Strays();
  let isEnded = false;
  const work = async (next: () => Check | undefined): Promise<void> => {
    while (!isEnded && !isOver()) {
      const check = next();
      if (check === undefined) return;
      const result = await resultOf(check, strays, options);
      results.push(result);
      await onResult?.(result);
      isEnded ||= bail && result.outcome === 'fail';
    }
  };
  try {
    // What makes up many stories comes last in the list: one lane begins there, so that none has to be waited for alone.
    const taking = [() => left.shift(), ...Array.from({ length: lanes - 1 }, () => () => left.pop())];
    const ended = await Promise.allSettled(
      taking.map((next) =>
        work(next).catch((error: unknown) => {
          isEnded = true;
          throw error;
        }),
      ),
    );
    for (const each of ended) if (each.status === 'rejected') throw each.reason;
  } finally {
    strays.close();
  }
  return results;
}

async function resultOf(check: Check, strays: Strays, options: RunChecksOptions): Promise<CheckResult> {
  const { subject, external, onPlayed } = options;
  const place = { subject, ...(external === undefined ? {} : { external }) };
  const given = { times: 0, milliseconds: 0 };
  const context: CheckContext = {
    methods: options.methods,
    constants: options.constants,
    seed: options.seed,
    ...(options.path === undefined ? {} : { path: options.path }),
    effort: options.effort ?? 1,
    isOver: options.isOver ?? (() => false),
    async play(scenario, file, generated) {
      const reason = external === undefined ? undefined : whyNotExternal(scenario, external);
      if (reason !== undefined) throw new NotHere(reason);
      const report = await runScenario(scenarioOf(scenario, file), {
        ...place,
        traced: false,
        ...(generated === undefined ? {} : { isGenerated: true, ...generated }),
      });
      given.times += report.given.times;
      given.milliseconds += report.given.milliseconds;
      onPlayed?.(report);
      return report;
    },
  };
  const { id, kind, title, verifies } = check;
  const run = withStray(await traced(await guarded(check, context, external), place), strays.take());
  const notes = givenNotes(given);
  return { id, kind, title, verifies, ...run, ...(notes.length === 0 ? {} : { notes }) };
}

/** A story can't be played on the array that is there. */
class NotHere extends Error {
  override readonly name = 'NotHere';
}

async function guarded(check: Check, context: CheckContext, external: ExternalArray | undefined): Promise<CheckRun> {
  // Faults, moves of others and any number of volumes are what made up stories are about.
  if (external !== undefined && check.kind !== 'direct')
    return { outcome: 'skipped', reason: 'makes up stories for arrays of their own', stories: 0, driverCalls: 0 };
  try {
    return await check.run(context);
  } catch (error) {
    if (error instanceof NotHere) return { outcome: 'skipped', reason: error.message, stories: 0, driverCalls: 0 };
    if (error instanceof SubjectError) return { outcome: 'error', reason: error.message, stories: 0, driverCalls: 0 };
    return { outcome: 'error', ...ownError(error), stories: 0, driverCalls: 0 };
  }
}

/** A mistake of the suite, or of a driver in this process: the reason is for people, the stack for who mends it. */
function ownError(error: unknown): Pick<CheckRun, 'reason' | 'stack'> {
  const { message = String(error), stack } = error instanceof Error ? error : {};
  return { reason: `the suite itself failed: ${message}`, ...(stack === undefined ? {} : { stack }) };
}

/** What was thrown where no call waited for it makes an error of the check during which it was thrown. */
function withStray(run: CheckRun, stray: unknown): CheckRun {
  if (stray === undefined || run.outcome === 'fail' || run.outcome === 'error') return run;
  const { reason, stack } = ownError(stray);
  return {
    ...run,
    outcome: 'error',
    reason: `thrown outside of any call: ${reason}`,
    ...(stack === undefined ? {} : { stack }),
  };
}

/** Catches what is thrown where nothing waits for it, by timers and forgotten promises: it would end the process. */
class Strays {
  private first: unknown;
  private readonly listener = (error: unknown) => {
    this.first ??= error;
  };

  constructor() {
    process.on('unhandledRejection', this.listener);
    process.on('uncaughtException', this.listener);
  }

  /** The first since it was asked last. */
  take(): unknown {
    const { first } = this;
    this.first = undefined;
    return first;
  }

  close(): void {
    process.off('unhandledRejection', this.listener);
    process.off('uncaughtException', this.listener);
  }
}

/** A failure is played once more to write down what happens: without a failure no trace is needed. */
async function traced(run: CheckRun, place: Pick<RunChecksOptions, 'subject' | 'external'>): Promise<CheckRun> {
  const { failure } = run;
  if (failure === undefined || failure.scenario === '' || failure.trace !== '') return run;
  try {
    const file = readScenario(failure.scenario, 'failure.yaml');
    const { trace } = await runScenario(file, { ...place, seed: file.scenario.array?.seed ?? failure.seed });
    return { ...run, failure: { ...failure, trace } };
  } catch (error) {
    // What was found stays, even where it can't be shown step by step.
    const { stack } = ownError(error);
    return stack === undefined ? run : { ...run, stack };
  }
}
