import { copyFileSync, existsSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BlockLog } from '../../../simulator/store/block-log.js';
import { type Disk, systemDisk } from '../../../simulator/store/disk.js';
import { headerBytes } from '../../../simulator/store/log-file.js';
import { encodeRecord } from '../../../simulator/store/log-records.js';
import { memoryFolder } from '../../memory-folder.js';
import { repetitions } from '../../repetitions.js';

let folder: string;
let path: string;
const open: BlockLog[] = [];

beforeEach(() => {
  folder = memoryFolder('eseries-log-');
  path = join(folder, 'state.json.blocks');
});

afterEach(async () => {
  for (const log of open.splice(0)) await log.close();
  rmSync(folder, { recursive: true });
});

function record(text: string, bytes = 100): Buffer {
  return encodeRecord({ array: '1', op: 'write', ref: text, offset: bytes }, [Buffer.alloc(bytes, text)]);
}

/** What a log says, as the texts that its records were made of; their data must be theirs. */
function texts(log: BlockLog): string[] {
  return [...log.records()].map(({ entry, data }) => {
    if (entry.op !== 'write') return entry.op;
    expect(data.equals(Buffer.alloc(entry.offset, entry.ref))).toBe(true);
    return entry.ref;
  });
}

/** A log with a file that begins with some records. */
async function begun(disk: Disk = systemDisk, ...first: string[]): Promise<BlockLog> {
  const log = BlockLog.empty(path, disk);
  open.push(log);
  await log.succeed(await log.prepare(first.map((text) => record(text))), async () => undefined);
  return log;
}

async function reopened(generation: number): Promise<BlockLog> {
  const log = await BlockLog.existing(path, generation);
  if (log === undefined) throw new Error(`there is no log of generation ${generation}`);
  open.push(log);
  return log;
}

/** Where the last whole record ends. */
function endOf(log: BlockLog): number {
  let end = headerBytes;
  for (const { endBytes } of log.records()) end = endBytes;
  return end;
}

/** A disk that takes nothing while `fault` is set, after the first bytes of what it is given. */
function faultyDisk(): Disk & { fault: 'none' | 'write' | 'sync' } {
  const disk = {
    fault: 'none' as 'none' | 'write' | 'sync',
    ...systemDisk,
    open: (async (name, flags) => {
      const file = await systemDisk.open(name, flags);
      const write = file.write.bind(file) as (
        bytes: Uint8Array,
        offset: number,
        length: number,
        position: number,
      ) => ReturnType<typeof file.write>;
      const full = () => Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      let isTorn = false;
      return Object.assign(file, {
        async write(bytes: Uint8Array, offset: number, length: number, position: number) {
          if (disk.fault !== 'write') return write(bytes, offset, length, position);
          isTorn = !isTorn;
          if (!isTorn) throw full();
          return write(bytes, offset, Math.min(length, 7), position);
        },
        async datasync() {
          if (disk.fault === 'sync') throw Object.assign(new Error('input/output error'), { code: 'EIO' });
        },
      });
    }) as Disk['open'],
  };
  return disk;
}

describe('a log of blocks', () => {
  it('says to the next process what was synced, in order', async () => {
    const log = await begun(systemDisk, 'a', 'b');
    for (const text of ['c', 'd', 'e']) log.append(record(text, 5000));
    await log.synced();
    const again = await reopened(log.generation);
    expect(texts(again)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(again.placeOf(again.marked)).toEqual({ generation: 1, positionBytes: statSync(path).size });
  });

  it('waits for its file: what is appended before there is one is in the first', async () => {
    const log = BlockLog.empty(path);
    open.push(log);
    log.append(record('early'));
    await expect(log.synced()).rejects.toThrow('is not written yet');
    expect(log.isMissing).toBe(true);
    const successor = await log.prepare([record('begun')]);
    log.append(record('late'));
    await log.succeed(successor, async () => undefined);
    expect(log.isMissing).toBe(false);
    expect(texts(await reopened(1))).toEqual(['begun', 'late']);
  });

  it('that was torn anywhere in its last record is whole without it, and goes on from there', async () => {
    const log = await begun(systemDisk, 'a', 'b');
    const before = statSync(path).size;
    log.append(record('torn', 60));
    await log.synced();
    const { generation } = log;
    const whole = readFileSync(path);
    for (let size = before; size < whole.length; size++) {
      writeFileSync(path, whole.subarray(0, size));
      const again = await reopened(generation);
      expect(texts(again)).toEqual(['a', 'b']);
      await again.cut(endOf(again));
      expect(statSync(path).size).toBe(before);
      again.append(record('next'));
      await again.synced();
      expect(texts(await reopened(generation))).toEqual(['a', 'b', 'next']);
      for (const each of open.splice(0)) await each.close();
    }
  });

  it('that is damaged in any record ends before it', async () => {
    const log = await begun();
    const ends: number[] = [headerBytes];
    for (const text of ['a', 'b', 'c', 'd']) {
      log.append(record(text));
      await log.synced();
      ends.push(statSync(path).size);
    }
    const whole = readFileSync(path);
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: headerBytes, max: whole.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, flip) => {
          const damaged = Buffer.from(whole);
          damaged[at] = damaged.readUInt8(at) ^ flip;
          writeFileSync(path, damaged);
          const again = await reopened(log.generation);
          const spared = ends.filter((end) => end <= at).length - 1;
          expect(texts(again)).toEqual(['a', 'b', 'c', 'd'].slice(0, spared));
          await open.pop()?.close();
        },
      ),
      { numRuns: repetitions(25, 100) },
    );
  });

  it('that is not of the generation wanted, or no log, is none', async () => {
    await begun(systemDisk, 'a');
    expect(await BlockLog.existing(path, 2)).toBeUndefined();
    truncateSync(path, headerBytes - 1);
    expect(await BlockLog.existing(path, 1)).toBeUndefined();
    rmSync(path);
    expect(await BlockLog.existing(path, 1)).toBeUndefined();
  });

  it.each(['write', 'sync'] as const)(
    'whose disk fails to %s keeps what it has, and writes it when it can',
    async (fault) => {
      const disk = faultyDisk();
      const log = await begun(disk, 'a');
      log.append(record('b'));
      await log.synced();
      const size = statSync(path).size;
      disk.fault = fault;
      for (const text of ['c', 'd', 'e']) {
        log.append(record(text));
        await expect(log.synced()).rejects.toMatchObject({ code: fault === 'sync' ? 'EIO' : 'ENOSPC' });
        expect(statSync(path).size).toBe(size);
      }
      expect(texts(log)).toEqual(['a', 'b', 'c', 'd', 'e']);
      disk.fault = 'none';
      log.append(record('f'));
      await log.synced();
      expect(texts(await reopened(log.generation))).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    },
  );

  it('takes no more when much waits and the disk takes nothing, until it does again', async () => {
    const disk = faultyDisk();
    const log = await begun(disk);
    disk.fault = 'write';
    for (let count = 0; count < 4; count++) {
      expect(log.takesMore()).toBe(true);
      log.append(record('x', 17 * 2 ** 20));
      await expect(log.synced()).rejects.toThrow();
    }
    expect(log.isBehind).toBe(true);
    expect(log.takesMore()).toBe(false);
    disk.fault = 'none';
    // Having asked is what makes it try again.
    expect(log.takesMore()).toBe(false);
    await log.synced();
    expect(log.takesMore()).toBe(true);
    expect(texts(await reopened(log.generation))).toEqual(['x', 'x', 'x', 'x']);
  });
});

describe('a successor of a log', () => {
  it('says in its own words what was said before, and all that came while it was made', async () => {
    const log = await begun(systemDisk, 'a', 'b', 'c');
    log.append(record('d'));
    const making = log.prepare([record('abcd')]);
    log.append(record('e', 70_000));
    await log.synced();
    const successor = await making;
    log.append(record('f'));
    let place = { generation: 0, positionBytes: 0 };
    const { marked } = log;
    await log.succeed(successor, async (placeOf) => {
      log.append(record('g'));
      place = placeOf(marked);
    });
    await log.synced();
    const again = await reopened(2);
    expect(texts(again)).toEqual(['abcd', 'e', 'f', 'g']);
    const [, , f] = [...again.records()];
    expect(place).toEqual({ generation: 2, positionBytes: f?.endBytes });
    expect(log.placeOf(marked)).toEqual(place);
    expect(existsSync(`${path}.new`)).toBe(false);
  });

  it('counts once the state refers to it: before, the old log does, wherever the process ends', async () => {
    const log = await begun(systemDisk, 'old');
    const successor = await log.prepare([record('new')]);
    const aside = join(folder, 'aside.blocks');
    await log.succeed(successor, async () => {
      copyFileSync(path, aside);
      copyFileSync(`${path}.new`, `${aside}.new`);
    });
    for (const [generation, said] of [
      [2, 'new'],
      [1, 'old'],
    ] as const) {
      const copy = join(folder, `copy-${generation}.blocks`);
      copyFileSync(aside, copy);
      copyFileSync(`${aside}.new`, `${copy}.new`);
      const again = await BlockLog.existing(copy, generation);
      if (again === undefined) throw new Error('the log is not found');
      open.push(again);
      expect(texts(again)).toEqual([said]);
      expect(existsSync(`${copy}.new`)).toBe(false);
    }
  });

  it('is dropped when the state cannot be written or the disk has no room: the old log goes on', async () => {
    const disk = faultyDisk();
    const log = await begun(disk, 'a');
    const refused = log.succeed(await log.prepare([record('A')]), async () => {
      throw new Error('no state');
    });
    await expect(refused).rejects.toThrow('no state');
    disk.fault = 'write';
    await expect(log.prepare([record('A')])).rejects.toMatchObject({ code: 'ENOSPC' });
    disk.fault = 'none';
    const successor = await log.prepare([record('A')]);
    log.append(record('b'));
    disk.fault = 'write';
    await expect(log.succeed(successor, async () => undefined)).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(existsSync(`${path}.new`)).toBe(false);
    disk.fault = 'none';
    log.append(record('c'));
    await log.synced();
    expect(texts(await reopened(1))).toEqual(['a', 'b', 'c']);
  });

  it('is never taken for one that a lost state left behind', async () => {
    await begun(systemDisk, 'left behind');
    const fresh = await begun(systemDisk, 'fresh');
    expect(fresh.generation).toBe(2);
    expect(texts(await reopened(2))).toEqual(['fresh']);
  });
});
