import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readlinkSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { beginningOf } from '../../../simulator/store/process-identity.js';
import { lockFile } from '../../../simulator/store/state-lock.js';
import { type Child, startChild } from '../../child-process.js';
import { repetitions } from '../../repetitions.js';

const racer = fileURLToPath(new URL('racing-locks.ts', import.meta.url));

let folder: string;
let state: string;
let lock: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eseries-lock-'));
  state = join(folder, 'state.json');
  lock = `${state}.lock`;
});

afterEach(() => rmSync(folder, { recursive: true }));

interface Holder {
  readonly pid: number;
  readonly began?: string | undefined;
  readonly token?: string;
}

/** Leaves the lock of a process behind, instead of any that is there. */
function leave({ pid, began, token = '0123456789abcdef' }: Holder, path = lock): void {
  const digest = began === undefined ? '' : createHash('sha256').update(began).digest('hex').slice(0, 16);
  rmSync(path, { force: true });
  symlinkSync(`${pid}.${digest}.${token}`, path);
}

describe('the lock of a state file', () => {
  it('keeps others off, this process too, until it is let go', () => {
    const unlock = lockFile(state);
    expect(() => lockFile(state)).toThrow(`${state}: is in use by process ${process.pid}`);
    // ext4 keeps a target of less than 60 characters where it takes no space.
    expect(readlinkSync(lock).length).toBeLessThan(60);
    expect(readdirSync(folder)).toEqual(['state.json.lock']);
    unlock();
    expect(readdirSync(folder)).toEqual([]);
    lockFile(state)();
  });

  it('is held by a process that lives and began when the lock says', () => {
    leave({ pid: process.ppid, began: beginningOf(process.ppid) });
    expect(() => lockFile(state)).toThrow(`${state}: is in use by process ${process.ppid}`);
    expect(readdirSync(folder)).toEqual(['state.json.lock']);
  });

  it.each([
    ['a process that is gone', { pid: 999_999_999 }],
    ['a process whose number another program has now', { pid: process.ppid, began: 'another boot 17' }],
    ['this process number of an earlier boot', { pid: process.pid, began: 'another boot 17' }],
    ['no process', { pid: 0 }],
  ])('that %s left is taken over', (_, holder) => {
    leave(holder);
    const unlock = lockFile(state);
    expect(readlinkSync(lock)).toMatch(new RegExp(`^${process.pid}\\.`));
    unlock();
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each(['999999999', '', '{', '{"pid":1}'])('that is a file and says only %j is a left-over one', (text) => {
    writeFileSync(lock, text);
    lockFile(state)();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('of an earlier version holds while its process lives', () => {
    writeFileSync(lock, String(process.ppid));
    expect(() => lockFile(state)).toThrow(`${state}: is in use by process ${process.ppid}`);
  });

  it('is taken over though a process ended while it took it over', () => {
    leave({ pid: 999_999_999 });
    leave({ pid: 999_999_998, token: 'fedcba9876543210' }, `${lock}.after-0123456789abcdef`);
    lockFile(state)();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is not let go by a process that lost it', () => {
    const unlock = lockFile(state);
    leave({ pid: process.ppid, began: beginningOf(process.ppid) });
    unlock();
    expect(readlinkSync(lock)).toMatch(new RegExp(`^${process.ppid}\\.`));
  });

  it('leaves nothing behind where it cannot be made', () => {
    expect(() => lockFile(join(folder, 'missing', 'state.json'))).toThrow('cannot be written beside (ENOENT)');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is held by one of three processes that race for a left-over one, each time', async () => {
    const rounds = repetitions(20, 300);
    const racers = [1, 2, 3].map(() => startChild(process.execPath, ['--import', 'tsx', racer]));
    const each = (line: (racer: Child) => void) => {
      for (const child of racers) line(child);
      return Promise.all(racers.map((child) => child.line('what came of the race')));
    };
    for (let round = 0; round < rounds; round++) {
      leave({ pid: 999_999_999, token: round.toString(16).padStart(16, '0') });
      const said = await each((child) => child.write(state));
      expect([round, said.filter((line) => line === 'held').length]).toEqual([round, 1]);
      expect(said.filter((line) => line !== 'held' && !line.includes('is in use by process'))).toEqual([]);
      await each((child) => child.write(''));
      expect(readdirSync(folder)).toEqual([]);
    }
    for (const child of racers) {
      child.endInput();
      expect(await child.end('the end of its input')).toMatchObject({ code: 0 });
    }
  });
});
