import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Job, Message } from './messages.js';
import { processorMs } from './processor-time.js';

export interface Pool {
  /** How many processes work at a time. */
  readonly workers: number;
  /** The folder of the instrumented driver. */
  readonly build: string;
  /** How much of the processor's time a job may take for one check before its process is killed. */
  limitMs(job: Job, check: string | undefined): number;
  /** What a job came to. */
  onAnswer(message: Message): void;
  /** A job's process was killed, or died. */
  onLost(job: Job, check: string | undefined, why: string): void;
}

/** Between looks at what a worker has used of the processor: longer than a busy machine leaves it without any. */
const lookMs = 60_000;

/** Has jobs done in worker processes, which are replaced when they hang or die. Rejects when a worker cannot be started. */
export async function inPool(jobs: readonly Job[], pool: Pool): Promise<void> {
  const queue = [...jobs];
  const work = async () => {
    while (queue.length > 0) await oneWorker(queue, pool);
  };
  await Promise.all(Array.from({ length: Math.min(pool.workers, queue.length) }, work));
}

/** Jobs of one process, until none is left or the process is lost. */
function oneWorker(queue: Job[], pool: Pool): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker: ChildProcess = fork(fileURLToPath(new URL('./worker.ts', import.meta.url)), [pool.build]);
    let job: Job | undefined;
    let check: string | undefined;
    let timer: NodeJS.Timeout | undefined;
    let isKilled = false;
    const watch = (at: Job) => {
      clearInterval(timer);
      const begin = processorMs(worker.pid);
      let before = begin;
      timer = setInterval(() => {
        const now = processorMs(worker.pid);
        // A busy machine makes it slow, an endless loop takes time without end, and what waits for nothing takes none.
        if (now > before && now - begin < pool.limitMs(at, check)) before = now;
        else {
          isKilled = true;
          worker.kill('SIGKILL');
        }
      }, lookMs);
    };
    const next = () => {
      clearInterval(timer);
      job = queue.shift();
      check = undefined;
      if (job === undefined) return worker.disconnect();
      worker.send(job);
      watch(job);
    };
    worker.on('message', (message: Message) => {
      if (job === undefined) return;
      if ('playing' in message) {
        check = message.playing;
        return watch(job);
      }
      pool.onAnswer(message);
      next();
    });
    worker.on('error', reject);
    worker.on('exit', (code, signal) => {
      clearInterval(timer);
      if (job !== undefined)
        pool.onLost(job, check, isKilled ? 'it went on for too long' : `its process ended with ${code ?? signal}`);
      resolve();
    });
    next();
  });
}
