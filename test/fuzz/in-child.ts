import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type FuzzFinding, inputOf } from './area.js';
import { fuzzAreas } from './areas.js';

/** What a child is to try. */
export interface FuzzJob {
  readonly area: string;
  readonly seed: number;
  readonly limitMs: number;
  /** One input alone. */
  readonly only: number | undefined;
  /** The first number. */
  readonly from: number;
}

/** What a child tells: the number that it tries now, what it found, and its end with a digest of all inputs. */
export type FuzzNews =
  | { readonly trying: number }
  | { readonly finding: FuzzFinding }
  | { readonly tried: number; readonly digest: string };

export interface FuzzResult {
  readonly findings: readonly FuzzFinding[];
  readonly tried: number;
  readonly digest: string;
}

/** How long one input may be tried, made smaller included. */
const mostMs = 40_000;

/** How long a process may take to begin: its code is compiled, and the machine may be busy. */
const mostStartMs = 300_000;

/** What the process may have for its objects; more ends it. */
const heapMib = 1024;

/** So much is found before a run is given up. */
const mostFindings = 20;

/**
 * Tries inputs in a process of its own: one that ends it, or that it hangs on, is found too. After such an input a new
 * process goes on with the next.
 */
export async function fuzzInChild(job: Omit<FuzzJob, 'from'>): Promise<FuzzResult> {
  const findings: FuzzFinding[] = [];
  const endMs = Date.now() + job.limitMs;
  let from = job.only ?? 1;
  let tried = 0;
  for (;;) {
    const limitMs = Math.max(0, endMs - Date.now());
    const { news, lost } = await oneChild({ ...job, limitMs, from });
    findings.push(...news.flatMap((each) => ('finding' in each ? [each.finding] : [])));
    const end = news.find((each) => 'tried' in each);
    if (end !== undefined) return { findings, tried: tried + end.tried, digest: end.digest };
    findings.push(await lostInput(job, lost.number, lost.problem));
    tried += lost.number - from + 1;
    from = lost.number + 1;
    if (findings.length >= mostFindings || job.only !== undefined) return { findings, tried, digest: 'none' };
  }
}

async function lostInput({ area, seed }: Omit<FuzzJob, 'from'>, number: number, problem: string): Promise<FuzzFinding> {
  const opened = await fuzzAreas.get(area)?.open();
  if (opened === undefined) throw new Error(`there is no area ${area}`);
  const input = inputOf(opened, seed, number);
  await opened.close();
  return { area, seed, number, problem, input };
}

/** Runs a child to its end. `lost` is the input that it ended or hung on. Rejects when it does not come to its first input. */
function oneChild(
  job: FuzzJob,
): Promise<{ readonly news: FuzzNews[]; readonly lost: { readonly number: number; readonly problem: string } }> {
  return new Promise((resolve, reject) => {
    const news: FuzzNews[] = [];
    let trying: number | undefined;
    let isHanging = false;
    const script = fileURLToPath(new URL('./child.ts', import.meta.url));
    const child = fork(script, [JSON.stringify(job)], {
      execArgv: [...process.execArgv, `--max-old-space-size=${heapMib}`],
    });
    const hang = () => {
      isHanging = true;
      child.kill('SIGKILL');
    };
    let timer = setTimeout(hang, mostStartMs);
    child.on('message', (each: FuzzNews) => {
      clearTimeout(timer);
      timer = setTimeout(hang, mostMs);
      if ('trying' in each) trying = each.trying;
      else news.push(each);
    });
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      if (trying === undefined) {
        const how = isHanging ? `did not begin within ${mostStartMs / 1000} s` : `ended (${signal ?? code})`;
        reject(new Error(`the process for ${job.area} ${how} before its first input`));
        return;
      }
      const how = isHanging ? `nothing comes of it within ${mostMs / 1000} s` : `the process ends (${signal ?? code})`;
      resolve({ news, lost: { number: trying, problem: how } });
    });
  });
}
