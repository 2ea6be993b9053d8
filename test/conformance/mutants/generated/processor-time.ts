import { execFileSync } from 'node:child_process';

/** What a process has used of the processor, in milliseconds, in whole seconds; 0 for one that is gone. */
export function processorMs(pid: number | undefined): number {
  if (pid === undefined) return 0;
  try {
    return millisecondsOf(execFileSync('ps', ['-o', 'cputime=', '-p', String(pid)], { encoding: 'utf8' }));
  } catch {
    return 0;
  }
}

/** `[days-][hours:]minutes:seconds`, as ps tells it. Throws RangeError for another text. */
export function millisecondsOf(text: string): number {
  const [, days = 0, hours = 0, minutes, seconds] =
    /^\s*(?:(\d+)-)?(?:(\d+):)?(\d+):(\d+(?:\.\d+)?)\s*$/.exec(text) ?? [];
  if (seconds === undefined)
    throw new RangeError(`'${text}' is not a time as ps tells it: [[days-]hours:]minutes:seconds`);
  return 1000 * (Number(days) * 86_400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds));
}
