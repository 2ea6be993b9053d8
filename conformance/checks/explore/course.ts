import type { Scenario, Step } from '../../scenario/format.js';
import type { Play } from '../../scenario/play.js';
import type { ScenarioReport } from '../../scenario/scenario-report.js';
import type { CheckContext, CheckRun } from '../check.js';
import { checkRunOf, failuresAfterTheStart } from '../played.js';
import { mayFail } from '../properties/arbitraries.js';
import { partialFailures } from '../properties/partial-failures.js';
import { scenarioText, withDropped } from '../search.js';
import type { AskedRequest } from './single-faults.js';
import type { Situation } from './situations.js';

/** A request of a call as the array's journal has it. */
export interface JournalRequest {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly body: unknown;
}

/** What a call asks the array for when nothing goes wrong. */
export interface Course {
  readonly requests: readonly AskedRequest[];
  /** How many of its reads can be answered with a state that is not the present one. */
  readonly staleReads: number;
  /** What the story came to without a fault. */
  readonly run: CheckRun;
  /** It failed at its start only, in ways that lose nothing: the faults can be tried all the same. */
  readonly isUsable: boolean;
}

/** So many looks come before it strikes: never. It makes the array remember what it was before each change. */
const never = 1_000_000_000;

const keeper = 'keeps the past';

/** Keeps what was before each change, for reads that are answered with it later. */
const keepThePast: Step = { fault: { id: keeper, what: { do: 'stale' }, skip: never }, as: 'past', unfired: true };

/** What comes before the call of a situation. */
export function beforeTheCall({ before }: Situation): Step[] {
  return [keepThePast, ...before];
}

/** A story of a situation. */
export function storyOf({ call, driver, surface, title }: Situation, steps: readonly Step[], what: string): Scenario {
  return {
    name: `${call.call} (${title})`.slice(0, 190 - what.length) + what,
    why: 'Enumerated: whatever one fault does to a call, the array and the records agree, and it can be repeated.',
    verifies: [...partialFailures.verifies],
    ...(driver === undefined ? {} : { driver: { ...driver } }),
    ...(surface === 'generic' ? {} : { surface }),
    steps: [...steps],
  };
}

/** Plays a situation with nothing going wrong, to its end, and notes what the call asked for. */
export async function courseOf(context: CheckContext, situation: Situation, id: string): Promise<Course> {
  const before = beforeTheCall(situation);
  const steps: Step[] = [...before, mayFail(situation.call), { clear: 'all' }, ...situation.after];
  let next = 0;
  let since = 0;
  let looks = 0;
  const asked: JournalRequest[] = [];
  const report = await context.play(storyOf(situation, [], ''), id, {
    improvisation: {
      async next(play) {
        if (next === before.length) {
          since = await nextRequest(play);
          looks = await looksOfTheKeeper(play);
        }
        if (next === before.length + 1) {
          asked.push(...(await requestsSince(play, since)));
          looks = (await looksOfTheKeeper(play)) - looks;
        }
        return steps[next++];
      },
    },
  });
  const story = storyOf(situation, steps, '');
  return {
    requests: asked.map(askedRequest),
    staleReads: looks,
    run: checkRunOf(report, scenarioText(withDropped({ scenario: story, report }))),
    isUsable: report.verdict === 'pass' || isOnlyTheStart(report),
  };
}

function isOnlyTheStart(report: ScenarioReport): boolean {
  return report.verdict === 'fail' && failuresAfterTheStart(report).length === 0;
}

/** The number that the next request gets in the array's journal. */
export async function nextRequest({ harness }: Play): Promise<number> {
  const [last] = await harness.admin.control<{ number: number }[]>('GET', 'journal?limit=1');
  return (last?.number ?? -1) + 1;
}

export async function requestsSince({ harness }: Play, since: number): Promise<JournalRequest[]> {
  return harness.admin.control<JournalRequest[]>('GET', `journal?since=${since}`);
}

async function looksOfTheKeeper({ harness }: Play): Promise<number> {
  const rules = await harness.admin.control<{ id: string; looks: number }[]>('GET', 'faults');
  return rules.find(({ id }) => id === keeper)?.looks ?? 0;
}

/** A request without what differs from one array to the next. */
export function askedRequest({ method, url }: JournalRequest): AskedRequest {
  const path = (url.split('?')[0] ?? '').replace(/^\/devmgr\/v2\/storage-systems\/[^/]+\//, '');
  // UUIDs, references, and labels that stand for UUIDs.
  return { method, path: path.replaceAll(/[\da-f]{8}-[\da-f-]{27}|\b[\da-f]{16,}\b|\b[A-Z2-7]{26,30}\b/gi, '{id}') };
}
