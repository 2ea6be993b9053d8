import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ProbeSession } from '../../conformance/probe/index.js';
import { type Child, startChild } from '../child-process.js';
import type { CrashingReady, CrashingStart } from './child.js';
import {
  flushingWriter,
  forcedWriter,
  furnishDisks,
  openSession,
  poolOf,
  problemsOf,
  Refused,
  volumeClient,
} from './clients.js';
import { type CrashPoint, crashPoints } from './crash-points.js';
import { History } from './history.js';

export interface Killing {
  readonly kills: number;
  readonly seed: number;
  /** The compiled `simulator/index.js`. */
  readonly package: string;
  /** Where the state is kept. */
  readonly folder: string;
  onKill?(number: number, point: string): void;
}

export interface KillResult {
  /** How many processes ended at each point; 'anywhere' are those that did not come to theirs. */
  readonly ended: ReadonlyMap<CrashPoint | 'anywhere', number>;
  readonly acknowledged: number;
  /** What is lost or wrong, by the kill after which it was found. */
  readonly problems: readonly string[];
}

/** A process that has acknowledged so much without coming to its point is killed wherever it is. */
const mostAcknowledged = 300;

/**
 * Kills processes at named points while clients make and delete volumes, and write; after each kill holds what is there
 * against what was acknowledged before. Ends at the first kill after which something is wrong.
 */
export async function killRepeatedly({ kills, seed, package: index, folder, onKill }: Killing): Promise<KillResult> {
  const history = new History();
  const ended = new Map<CrashPoint | 'anywhere', number>();
  const state = join(folder, 'state.json');
  const first = await started({ package: index, state });
  await furnishDisks(first.ready.url, history);
  first.child.kill('SIGKILL');
  await first.child.end('the end of the first process');
  for (let number = 1; number <= kills; number++) {
    const crash = crashOf(seed, number);
    const running = await started({ package: index, state, crash }).catch(() => undefined);
    const point = running === undefined ? crash.point : await workUntilCrash(running, history, crash.point);
    ended.set(point, (ended.get(point) ?? 0) + 1);
    const after = await started({ package: index, state });
    const problems = await problemsOf(after.ready.url, history);
    after.child.kill('SIGKILL');
    await after.child.end('the end after the check');
    onKill?.(number, point);
    if (problems.length > 0)
      return {
        ended,
        acknowledged: history.acknowledged,
        problems: problems.map((each) => `after kill ${number} (${crash.point}, ${crash.count}): ${each}`),
      };
  }
  return { ended, acknowledged: history.acknowledged, problems: [] };
}

/** Where the process of that number ends: each point in turn, after some times that the seed decides. */
function crashOf(seed: number, number: number): NonNullable<CrashingStart['crash']> {
  const point = crashPoints[number % crashPoints.length] ?? 'before write';
  const most = point === 'during compaction' ? 6 : 40;
  const chance = createHash('sha256').update(`${seed}:${number}`).digest().readUInt32BE(0);
  return { point, count: 1 + (chance % most) };
}

interface Running {
  readonly child: Child;
  readonly ready: CrashingReady;
}

/** Rejects when it ends before it is ready: some points are passed at the start. */
async function started(start: CrashingStart): Promise<Running> {
  const script = fileURLToPath(new URL('child.ts', import.meta.url));
  const child = startChild(process.execPath, ['--import', 'tsx', script, JSON.stringify(start)]);
  const ended = child.end('its end');
  ended.catch(() => undefined);
  const line = await Promise.race([
    child.line('the line that says that it is ready'),
    ended.then(({ stderr, code }) => {
      throw new Error(`the process ended with ${code} before it was ready: ${stderr}`);
    }),
  ]);
  return { child, ready: JSON.parse(line) as CrashingReady };
}

/** Resolves once the process is gone, with the point where it ended. */
async function workUntilCrash(
  { child, ready }: Running,
  history: History,
  point: CrashPoint,
): Promise<CrashPoint | 'anywhere'> {
  const before = history.acknowledged;
  let isKilled = false;
  const watch = setInterval(() => {
    if (history.acknowledged - before < mostAcknowledged || isKilled) return;
    isKilled = true;
    child.kill('SIGKILL');
  }, 5);
  let session: ProbeSession | undefined;
  const { url } = ready;
  const work = async () => {
    const poolId = await poolOf(url);
    session = await openSession(ready, history);
    const [forced, flushed] = history.disks;
    if (forced === undefined || flushed === undefined) throw new Refused('there are no volumes to write to');
    await Promise.allSettled([
      ...[1, 2, 3].map(() => volumeClient(url, history, poolId)),
      forcedWriter(session, history, forced),
      flushingWriter(session, history, flushed),
    ]).then((endings) => {
      for (const each of endings) if (each.status === 'rejected' && each.reason instanceof Refused) throw each.reason;
    });
  };
  const working = work();
  working.catch(() => undefined);
  try {
    const { signal, stderr } = await child.end('the crash');
    if (signal !== 'SIGKILL') throw new Error(`the process ended by itself: ${stderr}`);
    session?.close();
    await working.catch((error: unknown) => {
      if (error instanceof Refused) throw error;
    });
    return isKilled ? 'anywhere' : point;
  } finally {
    clearInterval(watch);
  }
}
