import { readdirSync, readFileSync } from 'node:fs';

/** The processes of a group, as Linux shows them in /proc. */
export class ProcessGroup {
  private members: readonly string[];

  constructor(private readonly group: number) {
    this.members = [String(group)];
  }

  /** Whether all threads of all its processes wait for something; undefined where the system does not tell. */
  isAsleep(): boolean | undefined {
    if (!isTold) return undefined;
    // Those that are known are quick to ask: only when they wait, others are looked for.
    if (this.members.some(isBusy)) return false;
    this.members = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && statOf(name)?.group === this.group);
    return !this.members.some(isBusy);
  }
}

const isTold = statOf('self') !== undefined;

/** Running, or waiting for a disk. */
function isBusy(pid: string): boolean {
  try {
    return readdirSync(`/proc/${pid}/task`).some((thread) =>
      ['R', 'D'].includes(statOf(`${pid}/task/${thread}`)?.state ?? ''),
    );
  } catch {
    return false;
  }
}

/** The state and the process group; undefined for a process that is not there. */
function statOf(path: string): { readonly state: string; readonly group: number } | undefined {
  try {
    const text = readFileSync(`/proc/${path}/stat`, 'utf8');
    // The name, in parentheses, may have anything in it.
    const [state = '', , group] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state, group: Number(group) };
  } catch {
    return undefined;
  }
}
