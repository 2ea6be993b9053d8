import { copyFileSync, existsSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ArrayError } from '../../../simulator/array/errors.js';
import type { StorageArray } from '../../../simulator/array/storage-array.js';
import { headBytes } from '../../../simulator/store/log-records.js';
import { memoryFolder } from '../../memory-folder.js';
import { repetitions } from '../../repetitions.js';
import { newServer, type TestServer } from '../servers.js';

let folder: string;
let state: string;
let copies = 0;
const open: TestServer[] = [];

beforeEach(() => {
  folder = memoryFolder('eseries-kept-');
  state = join(folder, 'state.json');
});

afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
  rmSync(folder, { recursive: true });
});

async function start(path = state): Promise<TestServer> {
  const server = await newServer({ state: path, jobs: 'instant' });
  open.push(server);
  return server;
}

async function stop(server: TestServer): Promise<void> {
  open.splice(open.indexOf(server), 1);
  await server.close();
}

/** What another process finds when this one ends now, without a chance to write anything. */
async function afterCrash(): Promise<TestServer> {
  const copy = join(folder, `copy-${copies++}.json`);
  for (const end of ['', '.blocks', '.blocks.new']) if (existsSync(state + end)) copyFileSync(state + end, copy + end);
  return start(copy);
}

/** Waits as a client that wrote with FUA does. */
async function durable(server: TestServer): Promise<number> {
  return (await server.control('DELETE', '/journal')).status;
}

function stateOf({ array }: { readonly array: StorageArray }): string {
  return JSON.stringify(array.save());
}

/** The next state cannot be written: the disk is full, as the operating system reports it. */
function refuseNextState(): void {
  symlinkSync('/dev/full', join(folder, '.state.json.new'));
}

function newVolume({ array }: TestServer, label: string): string {
  const poolRef = array.pools.find('DDP_1')?.ref ?? '';
  return array.volumes.create({ label, poolRef, capacityBytes: 2 ** 30 }).ref;
}

function read({ array }: TestServer, ref: string, length: number, offset = 0): string {
  return array.io.read(ref, offset, length).toString();
}

type Step = readonly [kind: number, a: number, b: number];

/** Something that changes contents; ArrayError when the array refuses it. */
function perform(array: StorageArray, [kind, a, b]: Step): void {
  const pick = <T>(items: readonly T[], index: number) => items[index % Math.max(1, items.length)];
  const { tables } = array;
  const volume =
    pick(
      array.tables.volumes.toJSON().filter((each) => each.label.startsWith('v')),
      a,
    )?.ref ?? 'none';
  const other =
    pick(
      array.tables.volumes.toJSON().filter((each) => each.label.startsWith('v')),
      b,
    )?.ref ?? 'none';
  const group = pick(tables.snapshotGroups.toJSON(), a)?.ref ?? 'none';
  const image = pick(tables.snapshotImages.toJSON(), a)?.ref ?? 'none';
  const view = pick(tables.snapshotVolumes.toJSON(), a)?.ref ?? 'none';
  const poolRef = array.pools.find('DDP_1')?.ref ?? '';
  const bytes = Buffer.alloc(1000 * (1 + b) * (1 + (a % 3)), 1 + a * 10 + b);
  const steps: readonly (() => unknown)[] = [
    () => array.io.write(volume, b * 30_000, bytes),
    () => array.io.write(volume, a * 65_536, bytes),
    () => array.io.write(view, b * 30_000, bytes),
    () => array.io.unmap(volume, b * 20_000, 30_000 * a),
    () => array.volumes.create({ label: `v${a}${b}`, poolRef, capacityBytes: 2 ** 30 }),
    () => array.thinVolumes.create({ label: `v${a}${b}`, poolRef, virtualBytes: 4 * 2 ** 30 }),
    () => array.volumes.delete(volume),
    () => array.volumes.expand(volume, (2 + a) * 2 ** 30),
    () => array.snapshotGroups.create({ label: `g${a}${b}`, baseRef: volume, autoDeleteLimit: b % 3 }),
    () => array.snapshotImages.create({ groupRef: group }),
    () => array.snapshotImages.create({ groupRef: group }),
    () => array.snapshotImages.delete(image),
    () => array.snapshotImages.rollback([image]),
    () => array.snapshotVolumes.create({ label: `w${a}${b}`, imageRef: image, accessMode: 'readWrite' }),
    () => array.snapshotVolumes.delete(view),
    () => array.volumeCopies.create({ sourceRef: volume, targetRef: other }),
    () => a === 0 && array.reset(),
    () => a === 0 && array.restore(JSON.parse(JSON.stringify(array.save()))),
  ];
  steps[kind]?.();
}

const prologue: readonly Step[] = [
  [4, 0, 0],
  [5, 1, 0],
  [0, 0, 1],
  [0, 1, 2],
  [8, 0, 0],
  [8, 1, 1],
  [9, 0, 0],
  [0, 0, 1],
  [9, 1, 0],
  [13, 0, 0],
  [2, 0, 0],
];

function tryTo(array: StorageArray, step: Step): void {
  try {
    perform(array, step);
  } catch (error) {
    if (!(error instanceof ArrayError)) throw error;
  }
}

const steps = fc.array(fc.tuple(fc.nat(17), fc.nat(5), fc.nat(5)) as fc.Arbitrary<Step>, { maxLength: 12 });
const numRuns = repetitions(3, 8);
const timeout = 120_000;

describe('what is on the volumes', () => {
  it('is the same after the process was killed, whatever was done, as far as it was waited for', {
    timeout,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 1, maxLength: 4 }), fc.boolean(), async (stories, goOn) => {
        let server = await start();
        for (const story of [prologue, ...stories]) {
          for (const step of story) tryTo(server.array, step);
          expect(await durable(server)).toBe(204);
          const next = await afterCrash();
          expect(next.array.check()).toEqual([]);
          expect(stateOf(next) === stateOf(server)).toBe(true);
          if (!goOn) {
            await stop(next);
            continue;
          }
          // What comes later builds on what was found.
          await stop(server);
          state = join(folder, `copy-${copies - 1}.json`);
          server = next;
        }
        for (const each of open.splice(0)) await each.close();
        state = join(folder, `state-${copies++}.json`);
      }),
      { numRuns },
    );
  });

  it('is the same after changes were taken back because the state could not be written', { timeout }, async () => {
    await fc.assert(
      fc.asyncProperty(steps, steps, async (lost, later) => {
        const server = await start();
        for (const step of prologue) tryTo(server.array, step);
        expect(await durable(server)).toBe(204);
        const before = stateOf(server);
        const structure = server.array.structureVersion;
        rmSync(join(folder, '.state.json.new'), { force: true });
        const name = state.slice(folder.length + 1);
        symlinkSync('/dev/full', join(folder, `.${name}.new`));
        for (const step of lost) tryTo(server.array, step);
        const isStructure = server.array.structureVersion !== structure;
        const isWritten = lost.some(([kind]) => kind <= 3);
        expect(await durable(server)).toBe(isStructure ? 503 : 204);
        expect(server.array.check()).toEqual([]);
        if (!isWritten) expect(stateOf(server) === before).toBe(true);
        rmSync(join(folder, `.${name}.new`), { force: true });
        const found = await afterCrash();
        expect(found.array.check()).toEqual([]);
        expect(stateOf(found) === stateOf(server)).toBe(true);
        for (const step of later) tryTo(server.array, step);
        expect(await durable(server)).toBe(204);
        expect(stateOf(await afterCrash()) === stateOf(server)).toBe(true);
        for (const each of open.splice(0)) await each.close();
        state = join(folder, `state-${copies++}.json`);
      }),
      { numRuns },
    );
  });

  it('is written without the state: a write that only changes bytes leaves the state file alone', async () => {
    const server = await start();
    const ref = newVolume(server, 'v');
    await durable(server);
    const before = statSync(state).ino;
    const logged = statSync(`${state}.blocks`).size;
    await server.control('PUT', `/arrays/1/volumes/${ref}/blocks?offset=0`, { base64: 'aGVsbG8=' });
    expect(statSync(state).ino).toBe(before);
    expect(statSync(`${state}.blocks`).size).toBeGreaterThan(logged);
    expect(readFileSync(state, 'utf8')).not.toContain('"contents"');
    expect(read(await afterCrash(), ref, 5)).toBe('hello');
  });

  it('is not written a second time by a start after a crash, when only hosts wrote since the state', async () => {
    const server = await start();
    const ref = newVolume(server, 'v');
    const { ref: groupRef } = server.array.snapshotGroups.create({ label: 'g', baseRef: ref });
    server.array.snapshotImages.create({ groupRef });
    await durable(server);
    for (let number = 0; number < 20; number++) {
      server.array.io.write(ref, number * 5000, Buffer.alloc(4096, number + 1));
      server.array.io.unmap(ref, number * 3000, 512);
      expect(await durable(server)).toBe(204);
    }
    const log = readFileSync(`${state}.blocks`);
    const last = log.lastIndexOf('{"array":"1","op":"write"') - headBytes;
    const half = Buffer.concat([log, log.subarray(last, last + 2000)]);
    const copy = join(folder, 'torn.json');
    for (const bytes of [log, half]) {
      copyFileSync(state, copy);
      writeFileSync(`${copy}.blocks`, bytes);
      const found = await start(copy);
      expect(stateOf(found) === stateOf(server)).toBe(true);
      expect(readFileSync(`${copy}.blocks`).subarray(0, log.length).equals(log)).toBe(true);
      expect(existsSync(`${copy}.blocks.new`)).toBe(false);
      found.array.io.write(ref, 0, Buffer.from('goes on'));
      await durable(found);
      expect(read(found, ref, 7)).toBe('goes on');
      await stop(found);
    }
  });

  it('that hosts wrote stays when a change beside it is taken back, with what snapshots keep of it', async () => {
    const server = await start();
    const ref = newVolume(server, 'v');
    const { ref: groupRef } = server.array.snapshotGroups.create({ label: 'g', baseRef: ref });
    server.array.io.write(ref, 0, Buffer.from('first'));
    const image = server.array.snapshotImages.create({ groupRef }).ref;
    await durable(server);
    server.array.io.write(ref, 0, Buffer.from('second'));
    expect(await durable(server)).toBe(204);
    refuseNextState();
    server.array.snapshotImages.create({ groupRef });
    server.array.io.write(ref, 3, Buffer.from('third'));
    expect(await durable(server)).toBe(503);
    for (const each of [server, await afterCrash()]) {
      expect(each.array.tables.snapshotImages.size).toBe(1);
      expect(read(each, ref, 8)).toBe('secthird');
      expect(each.array.contents.readImage(image, 100, 0, 5).toString()).toBe('first');
      expect(each.array.check()).toEqual([]);
    }
    server.array.rename('later');
    expect(await durable(server)).toBe(204);
    expect(stateOf(await afterCrash()) === stateOf(server)).toBe(true);
  });

  it('goes with its array: another one under the same id has nothing of it', async () => {
    const server = await start();
    await server.control('POST', '/arrays', { id: 'x', seed: 7 });
    const made = () => {
      const array = server.systems.find('x')?.array;
      if (!array) throw new Error('there is no array x');
      const poolRef = array.pools.find('DDP_1')?.ref ?? '';
      return { array, ref: array.volumes.create({ label: 'v', poolRef, capacityBytes: 2 ** 30 }).ref };
    };
    const { array, ref } = made();
    array.io.write(ref, 0, Buffer.from('of the first'));
    await durable(server);
    expect((await server.control('DELETE', '/arrays/x')).status).toBe(204);
    expect((await afterCrash()).systems.find('x')).toBeUndefined();
    await server.control('POST', '/arrays', { id: 'x', seed: 7 });
    const second = made();
    expect(second.ref).toBe(ref);
    second.array.io.write(ref, 7, Buffer.from('2nd'));
    await durable(server);
    const found = (await afterCrash()).systems.find('x')?.array;
    expect(found?.io.read(ref, 0, 10).toString()).toBe('\0\0\0\0\0\0\x002nd');
  });

  it('follows resets and named states', async () => {
    const server = await start();
    const ref = newVolume(server, 'v');
    server.array.io.write(ref, 0, Buffer.from('named'));
    await server.control('PUT', '/arrays/1/states/s');
    server.array.io.write(ref, 0, Buffer.from('other'));
    await server.control('POST', '/arrays/1/states/s/restore');
    expect(read(await afterCrash(), ref, 5)).toBe('named');
    await server.control('POST', '/arrays/1/reset');
    const found = await afterCrash();
    expect(found.array.tables.volumes.size).toBe(0);
    expect(stateOf(found) === stateOf(server)).toBe(true);
    server.array.restore(found.array.save());
    const again = newVolume(server, 'v');
    server.array.io.write(again, 0, Buffer.from('after'));
    await durable(server);
    expect(read(await afterCrash(), again, 5)).toBe('after');
  });

  it('is taken from a state file of before, that had the contents inside', async () => {
    const server = await newServer({ jobs: 'instant' });
    const ref = newVolume(server, 'v');
    server.array.io.write(ref, 5000, Buffer.from('of old'));
    const { id, controllerAddresses, tags, online } = server.systems.list()[0] ?? {};
    const system = { id, controllerAddresses, tags, online, saved: server.array.save() };
    const body = `"clockMs":${server.clock.now()},"systems":[${JSON.stringify(system)}]}\n`;
    const sum = crc32(body).toString(16).padStart(8, '0');
    writeFileSync(state, `{"format":1,"crc32":"${sum}",\n${body}`);
    const found = await start();
    expect(stateOf(found) === stateOf(server)).toBe(true);
    await server.close();
    expect(existsSync(`${state}.blocks`)).toBe(true);
    found.array.io.write(ref, 8000, Buffer.from('new'));
    await durable(found);
    const later = await afterCrash();
    expect([read(later, ref, 6, 5000), read(later, ref, 3, 8000)]).toEqual(['of old', 'new']);
  });

  it('that is missing or damaged is said, and nothing is started or changed', async () => {
    const server = await start();
    const ref = newVolume(server, 'v');
    server.array.io.write(ref, 0, Buffer.from('bytes that must not be others'));
    await stop(server);
    const path = `${state}.blocks`;
    const whole = readFileSync(path);
    const at = whole.indexOf('bytes that');
    for (const damaged of [
      whole.subarray(0, at),
      Buffer.alloc(0),
      Buffer.concat([whole.subarray(0, at), Buffer.from('X'), whole.subarray(at + 1)]),
    ]) {
      writeFileSync(path, damaged);
      await expect(start()).rejects.toMatchObject({ name: 'StateFileError', message: expect.stringContaining(path) });
      expect(readFileSync(path).equals(damaged)).toBe(true);
      expect(existsSync(`${state}.lock`)).toBe(false);
    }
    rmSync(path);
    await expect(start()).rejects.toThrow(/is missing/);
    writeFileSync(path, whole);
    expect(read(await start(), ref, 5)).toBe('bytes');
  });
});
