import { SingleBar } from 'cli-progress';
import type { CheckResult } from '../checks/check.js';
import type { CommandIo } from './command.js';

export interface Progress {
  played(): void;
  checked(result: CheckResult): void;
  stop(): void;
}

/** A progress bar where standard error is a terminal; nothing elsewhere. */
export function progressOf({ err }: CommandIo, total: number): Progress {
  if (err.isTTY !== true) return { played: () => undefined, checked: () => undefined, stop: () => undefined };
  const bar = new SingleBar({
    stream: err as NodeJS.WriteStream,
    format: '{bar} {value}/{total} checks, {stories} stories, {failed} failed',
    clearOnComplete: true,
  });
  let stories = 0;
  let failed = 0;
  bar.start(total, 0, { stories, failed });
  return {
    played() {
      stories++;
      bar.update({ stories });
    },
    checked({ outcome }) {
      if (outcome === 'fail' || outcome === 'error') failed++;
      bar.increment(1, { failed });
    },
    stop: () => bar.stop(),
  };
}
