import { applicability } from '../../subjects/methods.js';
import type { Check, CheckContext, CheckRun, Explored, FaultOutcome } from '../check.js';
import { partialFailures } from '../properties/partial-failures.js';
import type { Course } from './course.js';
import type { SingleFault } from './single-faults.js';
import { playStruck, type SituationMemory, type Strike } from './struck-story.js';

/** A fault at one request after the other of a call: all of them, and none is drawn. */
export function singlesCheck(memory: SituationMemory, fault: SingleFault): Check {
  const id = `explore/${memory.situation.id}/${fault.id}`;
  return exploringCheck(memory, { id, what: `one request ${fault.title}` }, (context, course) =>
    explored(context, memory, { fault, course }),
  );
}

/** A check that strikes a call in a situation: skipped where the driver lacks what it needs, and ended where it fails by itself. */
export function exploringCheck(
  memory: SituationMemory,
  { id, what }: { readonly id: string; readonly what: string },
  explore: (context: CheckContext, course: Course) => Promise<CheckRun>,
): Check {
  const { method, title, needs = [] } = memory.situation;
  return {
    id,
    kind: 'property',
    title: `${method}, ${title}: ${what}`.slice(0, 200),
    verifies: partialFailures.verifies,
    async run(context) {
      const needed = applicability(context.methods, needs);
      if (!needed.run) return { outcome: 'skipped', reason: needed.reason, stories: 0, driverCalls: 0 };
      const course = await memory.courseIn(context);
      // What fails without a fault says nothing of faults.
      return course.isUsable ? explore(context, course) : course.run;
    },
  };
}

interface Exploring {
  readonly fault: SingleFault;
  readonly course: Course;
}

async function explored(context: CheckContext, memory: SituationMemory, exploring: Exploring): Promise<CheckRun> {
  const { fault, course } = exploring;
  const tally = new Tally();
  for (const [index, strike] of strikesOf(exploring).entries()) {
    if (strike === undefined) tally.outcomes.push('none');
    else if (context.isOver() || (context.path !== undefined && context.path !== String(index))) tally.leave();
    else if (tally.broken === undefined) tally.add(await playStruck(context, memory, [strike]), String(index));
    else tally.leave();
  }
  const places = course.requests.map(({ method, path }) => `${method} ${path}`);
  return tally.run({ ...about(memory), fault: fault.id, places }, { isWhole: context.path === undefined });
}

/** What the table and the heat map name a call by. */
export function about({ situation: { id, method, title } }: SituationMemory): Pick<Explored, 'method' | 'situation'> {
  return { method, situation: `${id.split('/').at(-1)}: ${title}` };
}

/** The fault at each request; undefined where it can't be. Stale reads are the last so many reads of the call. */
function strikesOf({ fault, course }: Exploring): (Strike | undefined)[] {
  const { requests, staleReads } = course;
  const reads = requests.flatMap(({ method, path }, index) =>
    method === 'GET' && !path.startsWith('/') ? [index] : [],
  );
  const stale = reads.slice(reads.length - Math.min(staleReads, reads.length));
  return requests.map((request, index) => {
    if (fault.strikes?.(request) === false) return undefined;
    if (fault.id !== 'stale') return { fault, request, index, skip: index };
    const skip = stale.indexOf(index);
    return skip < 0 ? undefined : { fault, request, index, skip };
  });
}

/** What the stories of a check come to, and the first that failed. */
export class Tally {
  readonly outcomes: FaultOutcome[] = [];
  /** A story that could not be played. */
  broken: CheckRun | undefined;
  private failed: CheckRun | undefined;
  private stories = 0;
  private driverCalls = 0;

  /** Something is not played. */
  leave(): void {
    this.outcomes.push('unexplored');
  }

  add({ outcome, run }: { readonly outcome: FaultOutcome; readonly run: CheckRun }, path: string): void {
    const { failure } = run;
    const placed = failure === undefined ? run : { ...run, failure: { ...failure, path } };
    this.outcomes.push(outcome);
    this.stories += run.stories;
    this.driverCalls += run.driverCalls;
    if (run.outcome === 'error') this.broken ??= placed;
    if (outcome === 'fail' && run.outcome === 'fail') this.failed ??= placed;
  }

  /** As a whole, what was left out is an error. */
  run(told: Omit<Explored, 'outcomes'>, { isWhole }: { readonly isWhole: boolean }): CheckRun {
    const { outcomes, stories, driverCalls, broken, failed } = this;
    const sum = { stories, driverCalls, explored: { ...told, outcomes } };
    if (broken !== undefined) return { ...broken, ...sum };
    if (failed !== undefined) return { ...failed, ...sum };
    const left = outcomes.filter((each) => each === 'unexplored').length;
    if (left === 0 || !isWhole) return { outcome: 'pass', ...sum };
    return { outcome: 'error', reason: `${left} of ${outcomes.length} faults were not explored`, ...sum };
  }
}
