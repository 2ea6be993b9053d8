import type { Exchange } from '../arrays/exchange.js';
import type { Harness } from '../harness/harness.js';
import { mainDriver } from '../harness/main-driver.js';
import { blamed, touchedBy } from './blame.js';
import { playCall } from './call-step.js';
import { checksOf } from './end.js';
import { countHits, forgetId } from './fault-rules.js';
import { kindOf, type Step, type StepKind, type StepOf } from './format.js';
import { playIo } from './io-step.js';
import { mismatches } from './matching.js';
import type { Failure, Play, Played } from './play.js';
import { durationMs } from './quantities.js';
import type { Path } from './read-scenario.js';
import { playRecord } from './record-step.js';
import { inRound } from './rounds.js';

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
