import type { Harness } from '../harness/harness.js';
import { mainDriver } from '../harness/main-driver.js';
import { blamed, touchedBy } from './blame.js';
import { playCall } from './call-step.js';
import { checksOf } from './end.js';
import { countHits, forgetId } from './fault-rules.js';
import { type CallStep, kindOf, type Step, type StepKind, type StepOf } from './format.js';
import { playIo } from './io-step.js';
import { mismatches } from './matching.js';
import type { Offers } from './offers.js';
import { durationMs } from './quantities.js';
import type { Path } from './read-scenario.js';
import { playRecord } from './record-step.js';
import { inRound } from './rounds.js';
import type { Utterance } from './secrets.js';
import type { SymbolTable } from './symbol-table.js';
import type { Exchange, Trace } from './trace.js';

/** A fault rule of a story. */
interface PlayedRule {
  readonly name: string;
  /** 'must': what the story is about is that it fires; 'may': it need not; otherwise the story is not reached without it. */
  readonly fires: 'must' | 'may' | undefined;
  hits: number;
  error?: string;
}

/** A story as it is played. */
export interface Play {
  readonly harness: Harness;
  readonly symbols: SymbolTable;
  /** Where what happens is written down; undefined when no trace is wanted. */
  readonly trace: Trace | undefined;
  /** Ids of the requirements that the story shows. */
  readonly verifies: readonly string[];
  /** Whether its steps are made up while it is played. */
  readonly isMadeUp: boolean;
  /** The call that was made last. */
  lastCall?: CallStep;
  /** The last one that was not about a connection. */
  lastChange?: CallStep;
  /** Requirements that the calls so far were about. */
  readonly touched: Set<string>;
  /** What was found wrong with the array: it stays so, and is told once. */
  readonly found: Set<string>;
  /** Fault rules by the id that the simulator gave them; whether they have to fire. */
  readonly rules: Map<string, PlayedRule>;
  /** Methods of which the driver says that it does not have them: Cinder's own code stands in for some. */
  readonly unsupported: Set<string>;
  /** Methods that a driver has answered otherwise. */
  readonly implemented: Set<string>;
  readonly seed: number;
  /** The number of the next request in the array's journal. */
  seen: number;
  /** The number of the next event of the array. */
  nextEvent: number;
  /** Requests that the array got from drivers. */
  requests: number;
  /** How many objects of others there were, where others use the array. */
  before?: ReadonlyMap<string, number>;
  /** Where the steps stand that were refused and dropped; undefined where a refused step is an error of the story. */
  readonly dropped?: Path[];
  /** What the driver's statistics last offered; undefined before the first. */
  offers?: Offers | undefined;
  /** What drivers logged, raised and returned. */
  readonly said: Utterance[];
  /** The connections that they handed out. */
  readonly connections: Readonly<Record<string, unknown>>[];
}

/** Something that is not as it should be. */
export interface Failure {
  readonly message: string;
  readonly expected?: unknown;
  readonly found?: unknown;
  /** The requirement that is broken, where it is known. */
  readonly requirement?: string;
  /** Requirements that say the same, and are broken with it: the same statement of another source. */
  readonly also?: readonly string[];
  /** The driver's method whose call showed it. */
  readonly method?: string;
  /** The class of the exception that the driver raised, where that is what is wrong or belongs to it. */
  readonly exception?: string;
  /** The array's own code for what it refused last during the call, e.g. `volumeNotExist`, or its HTTP status. */
  readonly retcode?: string;
  /** The kind of object that is not as it should be, e.g. `snapshot group`, or the part of an answer. */
  readonly object?: string;
  /** The story could not be played: nothing is said about the driver. */
  readonly isError?: boolean;
  /** It could not be played as the driver does not offer what it asks for. */
  readonly isNotOffered?: boolean;
  /** What a call was expected to come to, and not what the array or the records show to be wrong. */
  readonly isExpectation?: boolean;
  /** A fault rule was still waiting for its request when this was found. */
  readonly isBeforeFault?: boolean;
}

export interface Played {
  readonly what: string;
  readonly failures: readonly Failure[];
  /** Calls of the driver. */
  readonly calls: number;
  /** Whether it came to something else than the story goes on from. */
  readonly loses?: boolean;
}

type Player<Kind extends StepKind> = (play: Play, step: StepOf<Kind>, path: Path) => Promise<Omit<Played, 'what'>>;

const players: { readonly [Kind in StepKind]: Player<Kind> } = {
  call: playCall,
  rest: async (play, { rest, as, property = 'id', body, expect, leftover, ...step }) => {
    const { harness, symbols } = play;
    const [method = '', path = ''] = rest.split(' ');
    const filled = String(await symbols.filledIn(path, harness.admin));
    const answer = await harness.admin.request(method, filled, await symbols.filledIn(body, harness.admin));
    const failures: Failure[] = [];
    const status = expect?.status;
    if (status === undefined ? answer.status >= 300 : answer.status !== status)
      failures.push({
        message: `${rest} was answered ${answer.status}`,
        expected: status ?? 'success',
        found: answer,
        isExpectation: true,
      });
    const [only = answer.body, ...others] = Array.isArray(answer.body) ? (answer.body as unknown[]) : [];
    const id = others.length > 0 ? undefined : (only as Readonly<Record<string, unknown>> | null)?.[property];
    if (typeof id === 'string' && answer.status < 300) {
      if (as !== undefined) symbols.addRef(as, id);
      if (method === 'POST' && !('foreign' in step)) {
        if (leftover) harness.judge.leftover(id);
        else harness.judge.foreign(id);
      }
    }
    const [deleted] = method === 'DELETE' && answer.status < 300 ? (/[\dA-F]{40}$/i.exec(filled) ?? []) : [];
    if (deleted !== undefined) harness.judge.foreignGone(deleted);
    if (expect?.body !== undefined) {
      const expected = await symbols.filledIn(expect.body, harness.admin);
      for (const { where, ...sides } of mismatches(expected, answer.body, 'body'))
        failures.push({ message: `${where} is not as expected`, isExpectation: true, ...sides });
    }
    return { failures, calls: 0 };
  },
  io: playIo,
  record: playRecord,
  fault: async ({ harness, symbols, rules }, { fault, as, unfired, fires }) => {
    const rule = (await symbols.filledIn(fault, harness.admin)) as object;
    const added = await harness.admin.control<{ id: string }>('POST', 'faults', rule);
    const name = as ?? added.id;
    symbols.addRef(name, added.id);
    forgetId(rules, added.id);
    rules.set(added.id, { name, fires: unfired === true ? 'may' : fires, hits: 0 });
    return { failures: [], calls: 0 };
  },
  clear: async (play, { clear }) => {
    await countHits(play);
    if (clear === 'all') await play.harness.admin.control('DELETE', 'faults');
    else await play.harness.admin.control('DELETE', `faults/${encodeURIComponent(play.symbols.ref(clear) ?? clear)}`);
    return { failures: [], calls: 0 };
  },
  advance: async ({ harness }, { advance }) => {
    await harness.advance(durationMs(advance));
    return { failures: [], calls: 0 };
  },
  restart: async (play, { restart, by = mainDriver, configuration, withoutPools, expect }) => {
    if (restart === 'simulator') {
      await countHits(play);
      await play.harness.restartSimulator();
      play.seen = 0;
      return { failures: [], calls: 0 };
    }
    if (withoutPools === true)
      for (const volume of play.harness.database.volumes.values()) volume.host = volume.host?.split('#')[0] ?? null;
    await play.harness.restartDriver(by, (configuration ?? {}) as Readonly<Record<string, unknown>>);
    play.lastCall = { call: 'do_setup', by };
    return playCall(play, { ...play.lastCall, ...(expect === undefined ? {} : { expect }) });
  },
  jobs: async ({ harness }, { jobs }) => {
    const wanted = typeof jobs === 'string' ? [[undefined, jobs] as const] : Object.entries(jobs);
    for (const [kind, how] of wanted) await setJobs(harness, kind, how);
    return { failures: [], calls: 0 };
  },
  check: async (play, { check }) => {
    const failures = await checksOf(play, check === 'all' ? ['array', 'leaks'] : check);
    return { failures, calls: 0 };
  },
  repeat: async (play, { repeat, steps, requirement }, path) => {
    const failures: Failure[] = [];
    let calls = 0;
    for (let round = 1; round <= repeat && failures.length === 0; round++)
      for (const [index, step] of steps.entries()) {
        const played = await playKind(play, inRound({ requirement, ...step }, round), [...path, 'steps', index]);
        calls += played.calls;
        failures.push(...played.failures.map((each) => ({ ...each, message: `round ${round}: ${each.message}` })));
        if (failures.length > 0) break;
      }
    return { failures, calls, loses: failures.length > 0 };
  },
  parallel: async (play, { parallel, seed, requirement }, path) => {
    const played = await play.harness.raced(
      seed ?? play.seed,
      parallel.map((step, index) => () => playKind(play, { requirement, ...step }, [...path, 'parallel', index])),
    );
    return {
      failures: played.flatMap(({ failures }) => failures),
      calls: played.reduce((sum, { calls }) => sum + calls, 0),
      loses: played.some(({ loses }) => loses),
    };
  },
};

/** Plays a step, and writes down what happened. Rejects with StoryError, SubjectError or AdminRequestError when it can't be. */
export async function playStep(play: Play, step: Step, path: Path): Promise<Played> {
  const what = told(step);
  const index = path.at(-1);
  play.trace?.step(typeof index === 'number' ? index : -1, what, play.harness.nowMs());
  const played = await playKind(play, step, path);
  await writeDown(play);
  return { what, ...played };
}

/** Plays a step; each of its failures names the requirement that it counts against. */
async function playKind(play: Play, step: Step, path: Path): Promise<Omit<Played, 'what'>> {
  const { verifies, isMadeUp, touched } = play;
  const kind = kindOf(step) as StepKind;
  const played = await (players[kind] as Player<StepKind>)(play, step as never, path);
  // A host that reads looks at what was done to the volume, not at how it got there.
  const call = 'io' in step ? (play.lastChange ?? play.lastCall) : play.lastCall;
  const place = { verifies, isMadeUp, touched, step, call };
  const failures = played.failures.map((each) => blamed(each, place));
  if ('call' in step) {
    play.lastCall = step;
    if (!step.call.endsWith('_connection')) play.lastChange = step;
    for (const id of touchedBy(step, verifies)) touched.add(id);
  }
  return { ...played, failures };
}

/** What the array was asked and what happened to it since the last time go into the trace. */
async function writeDown(play: Play): Promise<void> {
  const { trace } = play;
  if (trace === undefined) return;
  const { admin, guarded } = play.harness;
  if (guarded !== undefined) {
    for (const entry of guarded.slice(play.seen)) trace.exchange(entry);
    play.seen = guarded.length;
    return;
  }
  const events = await admin.control<{ sequence: number; timeMs: number }[]>(
    'GET',
    `arrays/${encodeURIComponent(admin.systemId)}/events?since=${play.nextEvent}`,
  );
  for (const event of events) trace.event(event);
  play.nextEvent = (events.at(-1)?.sequence ?? play.nextEvent - 1) + 1;
  const entries = await admin.control<Exchange[]>('GET', `journal?since=${play.seen}`);
  for (const entry of entries) trace.exchange(entry);
  const last = entries.at(-1);
  if (last !== undefined) play.seen = last.number + 1;
}

async function setJobs(harness: Harness, kind: string | undefined, how: string): Promise<void> {
  const array = `arrays/${harness.admin.systemId}`;
  if (how !== 'complete' && how !== 'fail') {
    const body = { progression: how, ...(kind === undefined ? {} : { kinds: [kind] }) };
    await harness.admin.control('POST', `${array}/jobs/progression`, body);
    return;
  }
  const jobs = await harness.admin.control<{ id: string; ref?: string; kind: string }[]>('GET', `${array}/jobs`);
  for (const job of jobs) {
    if (kind === undefined || job.kind === kind)
      await harness.admin.control('POST', `${array}/jobs/${encodeURIComponent(job.ref ?? job.id)}/${how}`);
  }
}

/** A step in a line, for people. */
function told(step: Step): string {
  const kind = kindOf(step) as StepKind;
  const { expect: _, why: __, requirement: ____, ...rest } = step as unknown as Record<string, unknown>;
  const { [kind]: head, foreign: ___, ...others } = rest;
  const headText = typeof head === 'string' ? head : JSON.stringify(head);
  const details = Object.entries(others).map(
    ([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const shown = kind === 'parallel' ? `${(head as unknown[]).length} steps` : headText;
  return [kind === 'call' ? shown : `${kind} ${shown}`, ...details].join(', ').replace(', ', ' ');
}
