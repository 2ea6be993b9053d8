import { SingleBar } from 'cli-progress';
import type { CheckResult } from '../checks/check.js';
import { every, nowMs } from '../runtime/wall-clock.js';
import type { CommandIo } from './command.js';

export interface Progress {
  played(): void;
  checked(result: Pick<CheckResult, 'outcome'>): void;
  stop(): void;
}

/** Where there is no terminal, a line as often as this. */
const lineEveryMs = 10_000;

/** A progress bar where standard error is a terminal, and a line every ten seconds elsewhere. */
export function progressOf({ err, isQuiet = false }: CommandIo, total: number): Progress {
  if (isQuiet) return { played: () => undefined, checked: () => undefined, stop: () => undefined };
  const counts = { checks: 0, stories: 0, failed: 0 };
  const count = ({ outcome }: Pick<CheckResult, 'outcome'>) => {
    counts.checks++;
    if (outcome === 'fail' || outcome === 'error') counts.failed++;
  };
  if (err.isTTY !== true) {
    const startMs = nowMs();
    const stop = every(lineEveryMs, () => {
      const seconds = Math.round((nowMs() - startMs) / 1000);
      const { checks, stories, failed } = counts;
      err.write(`${checks}/${total} checks, ${stories} stories, ${failed} failed, ${seconds} s\n`);
    });
    return { played: () => counts.stories++, checked: count, stop };
  }
  const bar = new SingleBar({
    stream: err as NodeJS.WriteStream,
    format: '{bar} {value}/{total} checks, {stories} stories, {failed} failed',
    clearOnComplete: true,
  });
  bar.start(total, 0, counts);
  return {
    played() {
      counts.stories++;
      bar.update(counts);
    },
    checked(result) {
      count(result);
      bar.increment(1, counts);
    },
    stop: () => bar.stop(),
  };
}
