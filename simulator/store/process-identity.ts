import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * When a process began, in words that no other process of that number shares: the boot and the tick on Linux (source:
 * proc_pid_stat(5), field 22), the date elsewhere; 'ended' for one that only waits to be collected. Undefined when the
 * system does not say, as of processes of other users.
 */
export function beginningOf(pid: number): string | undefined {
  if (process.platform !== 'linux') return spawnedBeginning(pid);
  try {
    const status = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program may hold spaces and brackets.
    const fields = status.slice(status.lastIndexOf(')') + 2).split(' ');
    const [state] = fields;
    if (state === 'Z' || state === 'X') return 'ended';
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${fields[19]}`;
  } catch {
    return undefined;
  }
}

/** Whether a process of that number runs, whatever it is. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function spawnedBeginning(pid: number): string | undefined {
  const { stdout, status } = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', timeout: 5000 });
  const text = status === 0 ? stdout.trim() : '';
  return text === '' ? undefined : text;
}
