import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { beginningOf, isRunning } from './process-identity.js';
import { StateFileError } from './state-file.js';

/** Who holds a lock. */
interface Holder {
  readonly pid: number;
  /** A digest of when that process began: another one may have got its number since. Empty where the system does not say. */
  readonly began: string;
  /** Unlike that of any other lock. */
  readonly token: string;
}

/** Left-over locks of processes that ended while they took over a left-over lock: more in a row do not happen. */
const mostLeftOver = 5;
const mostAttempts = 100;

/**
 * Keeps other processes off a state file. Throws StateFileError when one that lives holds it. Returns what lets go.
 *
 * A lock is a symbolic link that leads nowhere: its target says who holds it. So it comes to be whole, only one process
 * can make it, and it needs no space on a full disk as long as its target has less than 60 characters. One that a dead
 * process left is taken over by the process that makes the successor of just that one, and renames it into its place:
 * until then the successor's name keeps others off, after that the lock is another one.
 */
export function lockFile(path: string): () => void {
  const lock = `${path}.lock`;
  const own: Holder = {
    pid: process.pid,
    began: digestOf(beginningOf(process.pid)),
    token: randomBytes(8).toString('hex'),
  };
  try {
    const holder = take(lock, own, 0);
    if (holder !== undefined) throw new StateFileError(`${path}: is in use by process ${holder.pid}`);
  } catch (error) {
    if (error instanceof StateFileError) throw error;
    throw new StateFileError(`${path}: cannot be written beside (${(error as NodeJS.ErrnoException).code})`);
  }
  return () => {
    if (read(lock)?.token === own.token) rmSync(lock, { force: true });
  };
}

/** Takes a lock; or returns who holds it. */
function take(lock: string, own: Holder, depth: number): Holder | undefined {
  for (let attempt = 0; attempt < mostAttempts && depth < mostLeftOver; attempt++) {
    if (made(lock, own)) return undefined;
    const holder = read(lock);
    // It was let go meanwhile.
    if (holder === undefined) continue;
    if (isAlive(holder)) return holder;
    const succession = `${lock}.after-${holder.token}`;
    const rival = take(succession, own, depth + 1);
    // Another process takes over: it will hold the lock.
    if (rival !== undefined) return rival;
    if (read(lock)?.token === holder.token) {
      renameSync(succession, lock);
      return undefined;
    }
    rmSync(succession, { force: true });
  }
  throw new StateFileError(`${lock}: cannot be taken; if no process uses the state file, remove it`);
}

/** Makes a lock; false when there is one of that name. */
function made(lock: string, { pid, began, token }: Holder): boolean {
  try {
    symlinkSync(`${pid}.${began}.${token}`, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** What a lock says; undefined when there is none. What cannot be read no living process made. */
function read(lock: string): Holder | undefined {
  try {
    const [, pid = '0', began = '', token = 'unreadable'] =
      /^(\d+)\.([0-9a-f]*)\.([0-9a-f]{16})$/.exec(readlinkSync(lock)) ?? [];
    return { pid: Number(pid), began, token };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    if (code === 'EINVAL') return readOfEarlierVersion(lock);
    throw error;
  }
}

/** Earlier versions wrote the number of the process into a file. */
function readOfEarlierVersion(lock: string): Holder | undefined {
  try {
    const text = readFileSync(lock, 'utf8');
    return /^\d+$/.test(text)
      ? { pid: Number(text), began: '', token: text }
      : { pid: 0, began: '', token: 'unreadable' };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function isAlive({ pid, began }: Holder): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0 || !isRunning(pid)) return false;
  const present = beginningOf(pid);
  if (present === undefined || began === '') return present !== 'ended';
  return digestOf(present) === began;
}

function digestOf(beginning: string | undefined): string {
  return beginning === undefined ? '' : createHash('sha256').update(beginning).digest('hex').slice(0, 16);
}
