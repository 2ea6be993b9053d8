import type { Check, CheckContext, CheckRun } from '../check.js';
import type { Course } from './course.js';
import { about, exploringCheck, Tally } from './explore-singles.js';
import { type AskedRequest, singleFaults } from './single-faults.js';
import { askedWhenStruck, playStruck, type SituationMemory, type Strike } from './struck-story.js';

/** Where the second fault strikes, in the order of what is tried first. */
export const priorities = ['1-change-that-undoes', '2-read-that-undoes', '3-later-change', '4-later-read'] as const;

type Priority = (typeof priorities)[number];

/** Faults after which a call goes on. */
const firsts = singleFaults.filter(({ id, afterwards }) => afterwards === undefined && id !== 'stale');

const seconds = singleFaults.filter(({ id }) => id !== 'stale');

interface Pair {
  readonly first: Strike;
  readonly second: Strike;
  readonly priority: Priority;
}

/** What pairs of faults there are in a situation: found out once, by playing the call with each first one. */
export class PairMemory {
  private pairs: Promise<readonly Pair[]> | undefined;

  constructor(readonly memory: SituationMemory) {}

  pairsIn(context: CheckContext, course: Course): Promise<readonly Pair[]> {
    this.pairs ??= pairsOf(context, this.memory, course);
    return this.pairs;
  }
}

/** A call that two faults strike, the second one at a request that comes after the first: those of one priority. */
export function pairsCheck(known: PairMemory, priority: Priority): Check {
  const { memory } = known;
  const id = `explore-pairs/${priority}/${memory.situation.id}`;
  return exploringCheck(memory, { id, what: 'two requests are struck' }, async (context, course) => {
    const pairs = (await known.pairsIn(context, course)).filter((pair) => pair.priority === priority);
    return explored(context, memory, { priority, pairs });
  });
}

interface Exploring {
  readonly priority: Priority;
  readonly pairs: readonly Pair[];
}

async function explored(
  context: CheckContext,
  memory: SituationMemory,
  { priority, pairs }: Exploring,
): Promise<CheckRun> {
  const tally = new Tally();
  for (const [index, { first, second }] of pairs.entries()) {
    const isMeant = context.path === undefined || context.path === String(index);
    if (context.isOver() || !isMeant || tally.broken !== undefined) tally.leave();
    else tally.add(await playStruck(context, memory, [first, second]), String(index));
  }
  const places = pairs.map(({ first, second }) => `${placeOf(first)}, then ${placeOf(second)}`);
  // There are more pairs than anyone has time for: how far it came is told, and is no failure.
  return tally.run({ ...about(memory), fault: priority, places }, { isWhole: false });
}

function placeOf({ fault, index, request }: Strike): string {
  return `${index + 1} ${request.method} ${request.path} ${fault.id}`;
}

async function pairsOf(context: CheckContext, memory: SituationMemory, course: Course): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for (const [index, request] of course.requests.entries())
    for (const fault of firsts) {
      if (context.isOver() || fault.strikes?.(request) === false) continue;
      const first = { fault, request, index, skip: index };
      const asked = await askedWhenStruck(context, memory, first);
      pairs.push(...secondsOf(first, { asked, course }));
    }
  return pairs;
}

/** The second faults at what is asked for after the first one. */
function secondsOf(first: Strike, { asked, course }: { asked: readonly AskedRequest[]; course: Course }): Pair[] {
  const expected = course.requests.slice(first.index + 1).map(nameOf);
  return asked.flatMap((request, index) => {
    if (index <= first.index) return [];
    const at = expected.indexOf(nameOf(request));
    if (at >= 0) expected.splice(at, 1);
    const isChange = request.method !== 'GET';
    const priority = at < 0 ? priorities[isChange ? 0 : 1] : priorities[isChange ? 2 : 3];
    // A rule does not see the request that one before it has decided.
    const skip = index - (first.fault.decides === true ? 1 : 0);
    return seconds
      .filter((fault) => fault.strikes?.(request) !== false)
      .map((fault) => ({ first, second: { fault, request, index, skip }, priority }));
  });
}

function nameOf({ method, path }: AskedRequest): string {
  return `${method} ${path}`;
}
