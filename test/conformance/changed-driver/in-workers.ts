import { type ChildProcess, fork } from 'node:child_process';
import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

/** Where a run, named by the process that it began in, writes changed drivers: in the project, so that packages are found. */
export function changedDriversFolder(run: number): string {
  return fileURLToPath(new URL(`../../../.mutants/${run}`, import.meta.url));
}

/**
 * Hands jobs one at a time to worker processes, one for each core; each job is sent as a message and answered with one.
 * The workers get the id of this process, whose folder of changed drivers is removed at the end.
 */
export async function inWorkers<Job, Answer>(
  worker: URL,
  jobs: readonly Job[],
  onAnswer: (answer: Answer) => void,
  args: readonly string[] = [],
): Promise<void> {
  const queue = [...jobs];
  const workers: ChildProcess[] = [];
  const work = () =>
    new Promise<void>((resolve, reject) => {
      const process_ = fork(fileURLToPath(worker), [String(process.pid), ...args]);
      workers.push(process_);
      const next = () => {
        const job = queue.shift();
        if (job === undefined) process_.disconnect();
        else process_.send(job as object);
      };
      process_.on('message', (answer) => {
        onAnswer(answer as Answer);
        next();
      });
      process_.on('error', reject);
      process_.on('exit', (code) => {
        if (code === 0) resolve();
        else reject(new Error(`a worker ended with ${code}`));
      });
      next();
    });
  try {
    await Promise.all(Array.from({ length: Math.min(availableParallelism(), queue.length) }, work));
  } finally {
    // After a failure the others would go on with work that is not waited for.
    for (const each of workers) each.kill();
    rmSync(changedDriversFolder(process.pid), { recursive: true, force: true });
  }
}
