import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { beginningOf, isRunning } from './process-identity.js';
import { StateFileError } from './state-file.js';

/** Who holds a lock. */
interface Holder {
  readonly pid: number;
  /** When that process began: another one may have got its number since. Absent where the system does not say. */
  readonly began?: string | undefined;
  /** Unlike that of any other lock. */
  readonly token: string;
}

/** Left-over locks of processes that ended while they took over a left-over lock: more in a row do not happen. */
const mostLeftOver = 5;
const mostAttempts = 100;

/**
 * Keeps other processes off a state file. Throws StateFileError when one that lives holds it. Returns what lets go.
 *
 * A lock comes to be whole: it is written beside and linked into place, which only one process can. One that a dead
 * process left is taken over by the process that links its own lock as the successor of just that one, and renames it
 * into its place: until then the successor's name keeps others off, after that the lock is another one.
 */
export function lockFile(path: string): () => void {
  const lock = `${path}.lock`;
  const own: Holder = { pid: process.pid, began: beginningOf(process.pid), token: randomBytes(8).toString('hex') };
  const prepared = `${lock}.${own.token}`;
  try {
    writeFileSync(prepared, JSON.stringify(own), { flag: 'wx', mode: 0o600 });
    const holder = take(lock, prepared, own, 0);
    if (holder !== undefined) throw new StateFileError(`${path}: is in use by process ${holder.pid}`);
  } catch (error) {
    if (error instanceof StateFileError) throw error;
    throw new StateFileError(`${path}: cannot be written beside (${(error as NodeJS.ErrnoException).code})`);
  } finally {
    rmSync(prepared, { force: true });
  }
  return () => {
    if (read(lock)?.token === own.token) rmSync(lock, { force: true });
  };
}

/** Takes a lock; or returns who holds it. */
function take(lock: string, prepared: string, own: Holder, depth: number): Holder | undefined {
  for (let attempt = 0; attempt < mostAttempts && depth < mostLeftOver; attempt++) {
    if (linked(prepared, lock)) return undefined;
    const holder = read(lock);
    // It was let go meanwhile.
    if (holder === undefined) continue;
    if (isAlive(holder)) return holder;
    const succession = `${lock}.after-${holder.token}`;
    const rival = take(succession, prepared, own, depth + 1);
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

/** Gives a file a further name; false when there is one of that name. */
function linked(file: string, name: string): boolean {
  try {
    linkSync(file, name);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** What a lock says; undefined when there is none. Earlier versions wrote the number of the process alone. */
function read(lock: string): Holder | undefined {
  let text: string;
  try {
    text = readFileSync(lock, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const said = JSON.parse(text) as Partial<Holder> | number;
    if (typeof said === 'number') return { pid: said, token: `${said}` };
    const { pid, began, token } = said;
    if (typeof pid === 'number' && typeof token === 'string' && /^[0-9a-f]{16}$/.test(token))
      return { pid, began, token };
  } catch {
    // What cannot be read no living process wrote: a lock comes to be whole.
  }
  return { pid: 0, token: 'unreadable' };
}

function isAlive({ pid, began }: Holder): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0 || !isRunning(pid)) return false;
  const present = beginningOf(pid);
  if (present === undefined || began === undefined) return present !== 'ended';
  return present === began;
}
