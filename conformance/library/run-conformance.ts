import { availableParallelism } from 'node:os';
import { allChecks } from '../checks/all-checks.js';
import type { CheckResult } from '../checks/check.js';
import { choose, type Selection, type Shard } from '../checks/selection.js';
import type { Waiver } from '../checks/waivers.js';
import type { ConformanceReport } from '../report/report.js';
import { requirements } from '../requirements/index.js';
import type { Requirement } from '../requirements/requirement.js';
import { nowMs, patienceOf } from '../runtime/wall-clock.js';
import type { ScenarioReport } from '../scenario/scenario-report.js';
import type { SubjectFactory } from '../subjects/subject.js';
import { judgeDriver } from './judge-driver.js';
import { isProgram, subjectFor } from './over-sockets.js';

/** Which checks are run. */
export interface SelectionOptions {
  /** Ids of checks or requirements, with * for any text; all by default. */
  readonly only?: readonly string[] | undefined;
  /** must: shoulds are not tried for themselves and do not count. By default all count. */
  readonly level?: 'must' | 'should' | undefined;
  /** A part of the checks, e.g. {index: 2, count: 8}; index counts from 1. */
  readonly shard?: Shard | undefined;
}

/** What is judged, and how. */
export interface ConformanceOptions extends SelectionOptions {
  /**
   * The driver: what `defineSubject` gives, the command line of a program that speaks JSON-RPC in lines, or `module:FILE`. By
   * default the driver of this package.
   */
  readonly subject?: SubjectFactory | string | undefined;
  /** Decides all that is generated; 1 by default. */
  readonly seed?: number | undefined;
  /** So many times the usual number of generated examples; 1 by default. */
  readonly effort?: number | undefined;
  /** No check begins later than that. */
  readonly timeLimitMs?: number | undefined;
  /** How long a program may take for an answer; 60,000 by default. */
  readonly patienceMs?: number | undefined;
  /** How many checks of a program are played at once; as many as there are processors by default. */
  readonly atOnce?: number | undefined;
  /** Whether the first failure ends the run. */
  readonly bail?: boolean | undefined;
  readonly waivers?: readonly Waiver[] | undefined;
  /** Ends the run after the story that is played: the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((event: ConformanceProgress) => void) | undefined;
}

/** What a run tells of itself as it goes on. */
export type ConformanceProgress =
  /** The driver starts, and so many checks are going to be run. */
  | { readonly type: 'begun'; readonly checks: number }
  /** A story was played. */
  | { readonly type: 'played'; readonly story: ScenarioReport }
  /** A check came to an end; `report` tells what was found until then. */
  | { readonly type: 'checked'; readonly result: CheckResult; readonly report: () => ConformanceReport };

/** An option that cannot be: the message says which, its value, and what is allowed. */
export class ConformanceOptionError extends Error {
  override readonly name = 'ConformanceOptionError';
}

/**
 * Judges a driver requirement by requirement, each story on a simulated array of its own and in virtual time. Resolves to
 * the report, whether the driver passed or not: `report.verdict` says that. Rejects with ConformanceOptionError for what
 * cannot be asked for, and with the signal's reason.
 */
export async function runConformance(options: ConformanceOptions = {}): Promise<ConformanceReport> {
  const { subject, signal, onProgress, seed = 1, effort = 1, patienceMs = 60_000, timeLimitMs } = options;
  signal?.throwIfAborted();
  refuse('seed', seed, Number.isSafeInteger(seed) && seed >= 0, 'whole numbers from 0');
  refuse('effort', effort, Number.isFinite(effort) && effort > 0, 'numbers above 0');
  refuse('patienceMs', patienceMs, Number.isFinite(patienceMs) && patienceMs > 0, 'milliseconds above 0');
  const selection = selectionOf(options);
  const checks = await allChecks();
  chosenOf(checks, selection);
  const startMs = nowMs();
  const command = typeof subject === 'string' ? subject : undefined;
  let reportNow: (() => ConformanceReport) | undefined;
  const report = await judgeDriver(
    {
      subject: typeof subject === 'function' ? subject : subjectFor(subject, { patience: patienceOf(patienceMs) }),
      command,
      checks,
      selection,
      seed,
      effort,
      waivers: options.waivers ?? [],
      bail: options.bail,
      lanes: lanesOf(options),
      isOver: () => signal?.aborted === true || (timeLimitMs !== undefined && nowMs() - startMs >= timeLimitMs),
    },
    {
      begun(total, now) {
        reportNow = now;
        onProgress?.({ type: 'begun', checks: total });
      },
      played: (story) => onProgress?.({ type: 'played', story }),
      reported(result) {
        if (reportNow !== undefined) onProgress?.({ type: 'checked', result, report: reportNow });
      },
    },
  );
  signal?.throwIfAborted();
  return report;
}

/**
 * The requirements that a run with this selection has to say something of, in the order of the contract. Rejects with
 * ConformanceOptionError for what cannot be asked for.
 */
export async function requirementsOf(options: SelectionOptions = {}): Promise<readonly Requirement[]> {
  const { asked } = chosenOf(await allChecks(), selectionOf(options));
  return requirements.filter(({ id }) => asked.has(id));
}

function selectionOf({ only = [], level = 'should', shard }: SelectionOptions): Selection {
  refuse('level', level, level === 'must' || level === 'should', 'must and should');
  if (shard !== undefined) {
    const { index, count } = shard;
    const isPart = Number.isSafeInteger(index) && Number.isSafeInteger(count) && index >= 1 && index <= count;
    refuse('shard', JSON.stringify(shard), isPart, '{index, count} with whole numbers, index from 1 to count');
  }
  return { only, level, ...(shard === undefined ? {} : { shard }) };
}

function chosenOf(checks: Awaited<ReturnType<typeof allChecks>>, selection: Selection) {
  const chosen = choose(checks, requirements, selection);
  refuse(
    'only',
    chosen.unknown.join(', '),
    chosen.unknown.length === 0,
    'ids of checks and requirements, * for any text',
  );
  // A shard beyond the last check has nothing to do.
  const isSomething = chosen.checks.length > 0 || selection.shard !== undefined;
  refuse('only', selection.only.join(', '), isSomething, `what a check of the level ${selection.level} verifies`);
  return chosen;
}

/** Drivers of this process share it: they are judged one check after the other. */
function lanesOf({ subject, atOnce }: ConformanceOptions): number {
  const isAlone = typeof subject === 'string' && isProgram(subject);
  if (atOnce === undefined) return isAlone ? availableParallelism() : 1;
  const allowed = isAlone ? 'whole numbers from 1' : '1 for a driver of this process';
  refuse('atOnce', atOnce, Number.isSafeInteger(atOnce) && atOnce >= 1 && (isAlone || atOnce === 1), allowed);
  return atOnce;
}

function refuse(option: string, value: unknown, isPossible: boolean, allowed: string): void {
  if (!isPossible) throw new ConformanceOptionError(`${option} ${value} is not possible: allowed are ${allowed}`);
}
