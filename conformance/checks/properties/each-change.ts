import type { Scenario, Step } from '../../scenario/format.js';
import type { Improvisation } from '../../scenario/improvisation.js';
import type { Play } from '../../scenario/play.js';
import type { Check, CheckContext, CheckRun } from '../check.js';
import { checkRunOf, failuresAfterTheStart } from '../played.js';
import { scenarioText, withDropped } from '../search.js';
import { mayFail } from './arbitraries.js';
import { type FaultStory, faultStories } from './fault-stories.js';
import { partialFailures } from './partial-failures.js';

/** Where a change can go wrong: the array refuses it and does nothing, or does it and the reply is lost. */
const ends: Readonly<Record<string, object>> = {
  refused: { do: 'fail', status: 500, retcode: 'error', errorMessage: 'refused on purpose' },
  'lost-reply': { do: 'lose-reply' },
};

/** The n-th change by one HTTP method, from 0, that a call makes. */
interface Change {
  readonly method: string;
  readonly skip: number;
}

/**
 * Each change that a method asks the array for fails once, before it is done and after: all of these single faults, where
 * `property/partial-failures` draws some of them and more kinds. How many changes a driver makes is found out first.
 */
export const eachChange: Check = {
  id: 'property/each-change-fails',
  kind: 'property',
  title: 'Whichever change of the array fails or loses its reply, a method leaves nothing, and can be repeated',
  verifies: partialFailures.verifies,
  async run(context: CheckContext): Promise<CheckRun> {
    let stories = 0;
    let driverCalls = 0;
    let noted: CheckRun | undefined;
    const known = faultStories.filter(({ needs = [] }) => needs.every((name) => context.methods.has(name)));
    for (const [index, story] of known.entries()) {
      if (context.isOver() || !isMeant(context.path, `${index}:`)) continue;
      const { changes, run, isOnlyTheStart } = await changesOf(context, story);
      stories++;
      driverCalls += run.driverCalls;
      if (run.outcome !== 'pass' && !isOnlyTheStart) return { ...run, stories, driverCalls };
      if (run.outcome !== 'pass') noted ??= run;
      for (const change of changes)
        for (const [end, what] of Object.entries(ends)) {
          const path = `${index}:${change.method}:${change.skip}:${end}`;
          if (context.isOver() || !isMeant(context.path, path)) continue;
          const scenario = failing(story, change, what);
          const report = await context.play(scenario, eachChange.id, {});
          const tried = checkRunOf(report, scenarioText(withDropped({ scenario, report })));
          stories++;
          driverCalls += tried.driverCalls;
          const { failure } = tried;
          if (failure !== undefined && (tried.outcome === 'error' || failuresAfterTheStart(report).length > 0))
            return { ...tried, stories, driverCalls, failure: { ...failure, path } };
        }
    }
    return { ...(noted ?? { outcome: 'pass' }), stories, driverCalls };
  },
};

/** Whether an example lies where an earlier run told of a failure; without one all do. */
function isMeant(path: string | undefined, at: string): boolean {
  return path === undefined || path.startsWith(at);
}

function storyOf({ call, driver }: FaultStory, steps: readonly Step[]): Scenario {
  return {
    name: `${call.call} while a change of the array fails`,
    why: 'Generated: whatever it says, the array and the records agree, and it can be repeated.',
    verifies: [...partialFailures.verifies],
    ...(driver === undefined ? {} : { driver: { ...driver } }),
    steps: [...steps],
  };
}

/** Plays a story with nothing going wrong, up to its call: the changes that the call asks the array for. */
async function changesOf(
  context: CheckContext,
  story: FaultStory,
): Promise<{ changes: Change[]; run: CheckRun; isOnlyTheStart: boolean }> {
  const methods: string[] = [];
  const steps = [...story.before, story.call];
  let next = 0;
  let since = 0;
  const improvisation: Improvisation = {
    async next(play) {
      if (next === steps.length - 1) since = await nextRequest(play);
      if (next === steps.length) methods.push(...(await changesSince(play, since)));
      return steps[next++];
    },
  };
  const scenario = storyOf(story, []);
  const report = await context.play(scenario, eachChange.id, { improvisation });
  const counts = new Map<string, number>();
  const changes = methods.map((method) => {
    const skip = counts.get(method) ?? 0;
    counts.set(method, skip + 1);
    return { method, skip };
  });
  const isOnlyTheStart = report.verdict === 'fail' && failuresAfterTheStart(report).length === 0;
  return { changes, run: checkRunOf(report, scenarioText(storyOf(story, steps))), isOnlyTheStart };
}

async function nextRequest({ harness }: Play): Promise<number> {
  const [last] = await harness.admin.control<{ number: number }[]>('GET', 'journal?limit=1');
  return (last?.number ?? -1) + 1;
}

async function changesSince({ harness }: Play, since: number): Promise<string[]> {
  const entries = await harness.admin.control<{ method: string }[]>('GET', `journal?since=${since}`);
  return entries.map(({ method }) => method).filter((method) => method !== 'GET');
}

function failing(story: FaultStory, { method, skip }: Change, what: object): Scenario {
  return storyOf(story, [
    ...story.before,
    {
      fault: { when: { request: `${method} **` }, what, ...(skip === 0 ? {} : { skip }) },
      as: 'fault',
      unfired: true,
    },
    mayFail(story.call),
    { clear: 'all' },
    // What a failed deletion leaves is for the next call to tidy up; that nothing wanted is missing is seen at once.
    { check: ['array'] },
    ...story.after,
  ]);
}
