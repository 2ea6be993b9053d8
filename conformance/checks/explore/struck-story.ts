import { createHash } from 'node:crypto';
import { takeInventory } from '../../arrays/inventory.js';
import type { Step } from '../../scenario/format.js';
import type { Play } from '../../scenario/play.js';
import type { ScenarioReport } from '../../scenario/scenario-report.js';
import type { CheckContext, CheckRun, FaultOutcome } from '../check.js';
import { checkRunOf, failuresAfterTheStart } from '../played.js';
import { mayFail } from '../properties/arbitraries.js';
import { scenarioText, withDropped } from '../search.js';
import {
  askedRequest,
  beforeTheCall,
  type Course,
  courseOf,
  type JournalRequest,
  nextRequest,
  requestsSince,
  storyOf,
} from './course.js';
import type { AskedRequest, SingleFault } from './single-faults.js';
import type { Situation } from './situations.js';

/** What is known of a situation from the checks before: each of its faults is a check of its own. */
export class SituationMemory {
  private course: Promise<Course> | undefined;
  /** What stories came to, by the trace that their faults had left. */
  readonly traces = new Map<string, 'pass' | 'fail'>();

  constructor(readonly situation: Situation) {}

  /** Played once. */
  courseIn(context: CheckContext): Promise<Course> {
    this.course ??= courseOf(context, this.situation, `explore/${this.situation.id}`);
    return this.course;
  }
}

/** A fault at one request of a call. */
export interface Strike {
  readonly fault: SingleFault;
  readonly request: AskedRequest;
  /** The request that it strikes, from 0. */
  readonly index: number;
  /** How often the rule looks before it strikes. */
  readonly skip: number;
}

interface StruckRun {
  readonly outcome: FaultOutcome;
  readonly run: CheckRun;
}

/** Plays a call that faults strike, and what comes after it. It ends early with a trace that was left before. */
export async function playStruck(
  context: CheckContext,
  memory: SituationMemory,
  strikes: readonly Strike[],
): Promise<StruckRun> {
  const { situation, traces } = memory;
  const afterwards = strikes.flatMap(({ fault }) => fault.afterwards ?? []);
  const { steps, callAt, afterAt } = stepsOf(situation, strikes, afterwards);
  let next = 0;
  let since = 0;
  let asked: readonly JournalRequest[] = [];
  let trace: string | undefined;
  let merged: 'pass' | 'fail' | undefined;
  const what = `: ${strikes.map(({ fault, index }) => `request ${index + 1} ${fault.title}`).join('; ')}`;
  const report = await context.play(storyOf(situation, [], what), `explore/${situation.id}`, {
    improvisation: {
      usesState: strikes.some(({ fault }) => fault.usesState === true),
      async next(play) {
        if (next === callAt) since = await nextRequest(play);
        if (next === callAt + 1) asked = await requestsSince(play, since);
        if (next === afterAt) {
          trace = await traceOf(play, { asked, strikes, afterwards });
          merged = traces.get(trace);
          if (merged !== undefined) return undefined;
        }
        return steps[next++];
      },
    },
  });
  const story = storyOf(situation, steps, what);
  const run = checkRunOf(report, scenarioText(withDropped({ scenario: story, report })));
  if (merged !== undefined) return { outcome: merged === 'pass' ? 'merged' : 'fail', run: withoutFailure(run) };
  const outcome = outcomeOf(report, run);
  if (trace !== undefined && (outcome === 'pass' || outcome === 'fail')) traces.set(trace, outcome);
  return { outcome, run };
}

/** Plays a call that a fault strikes, and no further: what it asked for. */
export async function askedWhenStruck(
  context: CheckContext,
  { situation }: SituationMemory,
  strike: Strike,
): Promise<AskedRequest[]> {
  const { steps, callAt } = stepsOf(situation, [strike], []);
  let next = 0;
  let since = 0;
  let asked: readonly JournalRequest[] = [];
  await context.play(storyOf(situation, [], ''), `explore/${situation.id}`, {
    improvisation: {
      async next(play) {
        if (next === callAt) since = await nextRequest(play);
        if (next !== callAt + 1) return steps[next++];
        asked = await requestsSince(play, since);
        return undefined;
      },
    },
  });
  return asked.map(askedRequest);
}

function stepsOf(
  situation: Situation,
  strikes: readonly Strike[],
  afterwards: readonly Step[],
): { readonly steps: readonly Step[]; readonly callAt: number; readonly afterAt: number } {
  const rules = strikes.map(
    ({ fault, request, skip }, index): Step => ({
      fault: { ...fault.rule(request), ...(skip === 0 ? {} : { skip }) },
      as: index === 0 ? 'fault' : `fault-${index + 1}`,
    }),
  );
  const start = [...beforeTheCall(situation), ...rules];
  // What a failed deletion leaves is for the next call to tidy up; that nothing wanted is missing is seen at once.
  const struck: Step[] = [...start, mayFail(situation.call), { clear: 'all' }, ...afterwards, { check: ['array'] }];
  return { steps: [...struck, ...situation.after], callAt: start.length, afterAt: struck.length };
}

/** The failure is that of the story whose trace this one has left. */
function withoutFailure({ stories, driverCalls }: CheckRun): CheckRun {
  return { outcome: 'pass', stories, driverCalls };
}

function outcomeOf(report: ScenarioReport, { outcome }: CheckRun): FaultOutcome {
  if (outcome === 'error') return 'unexplored';
  if (failuresAfterTheStart(report).length > 0 && outcome === 'fail') return 'fail';
  return report.unreached.length > 0 ? 'unexplored' : 'pass';
}

interface Left {
  readonly asked: readonly JournalRequest[];
  readonly strikes: readonly Strike[];
  readonly afterwards: readonly Step[];
}

/**
 * What faults leave: what was asked, and answered except where they struck; what is on the array and in the database, the
 * time, and who has started anew.
 */
async function traceOf({ harness }: Play, { asked, strikes, afterwards }: Left): Promise<string> {
  const struck = new Set(strikes.map(({ index }) => index));
  const requests = asked.map(({ method, url, body, status }, at) => [method, url, body, struck.has(at) || status]);
  const { volumes, snapshots, groups, groupSnapshots, attachments } = harness.database;
  const tables = [volumes, snapshots, groups, groupSnapshots, attachments].map((table) => [...table.values()]);
  const left = [requests, await takeInventory(harness.admin), tables, harness.nowMs(), afterwards];
  return createHash('sha256').update(JSON.stringify(left)).digest('hex');
}
