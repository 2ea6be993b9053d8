import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  CheckCondition,
  connect,
  type ProbeSession,
  read16,
  synchronizeCache,
  testUnitReady,
  write16,
} from '../../../conformance/probe/index.js';
import { patience, patternOf } from '../../conformance/probe/patterns.js';
import { repetitions } from '../../repetitions.js';
import { type RunningCli, startCli } from '../cli-process.js';
import { basic } from '../servers.js';
import { canMount, mountSmallDisk, unmountSmallDisk } from './small-disk.js';

const root = '/devmgr/v2/storage-systems/1';
const initiatorName = 'iqn.2026-01.com.example:probe';
const blockBytes = 512;
/** Each is written as a whole: what is in it is of one writing. */
const slotBytes = 12_288;
const slots = 24;

let folder: string;
let state: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eseries-crash-io-'));
  state = join(folder, 'state.json');
});

afterEach(() => rmSync(folder, { recursive: true }));

/** What may be in a slot: the writing that was acknowledged last as safe, and those sent since. 0 is never written. */
type Slot = number[];

interface Disk {
  readonly name: string;
  readonly id: string;
  readonly lun: number;
  readonly slots: Slot[];
}

/** A snapshot that was acknowledged, and what was in the slots then. */
interface Kept {
  readonly image: string;
  readonly slots: readonly number[];
}

async function rest<T>(cli: RunningCli, method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(cli.url + path, {
    method,
    headers: { ...basic('admin', 'admin'), 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

/** A host of the initiator, and volumes that it sees; one without write caching. */
async function furnish(cli: RunningCli, names: readonly string[]): Promise<Disk[]> {
  const pools = await rest<{ id: string; label: string }[]>(cli, 'GET', `${root}/storage-pools`);
  const poolId = pools.find(({ label }) => label === 'DDP_1')?.id;
  const ports = [{ type: 'iscsi', port: initiatorName, label: 'p' }];
  const host = await rest<{ id: string }>(cli, 'POST', `${root}/hosts`, { name: 'h', hostType: { index: 28 }, ports });
  const disks: Disk[] = [];
  for (const name of names) {
    const wanted = { poolId, name, sizeUnit: 'gb', size: '1', writeCacheEnable: name !== 'uncached' };
    const { id } = await rest<{ id: string }>(cli, 'POST', `${root}/ssc/volumes`, wanted);
    const mapping = { mappableObjectId: id, targetId: host.id };
    const { lun } = await rest<{ lun: number }>(cli, 'POST', `${root}/volume-mappings`, mapping);
    disks.push({ name, id, lun, slots: Array.from({ length: slots }, () => [0]) });
  }
  return disks;
}

async function begin(cli: RunningCli, luns: readonly number[]): Promise<ProbeSession> {
  const [first] = cli.ready.iscsi;
  const session = await connect({
    portal: first?.portal ?? '',
    targetName: first?.iqn ?? '',
    initiatorName,
    patience,
  });
  // What a unit has to tell at first is told.
  for (const lun of luns) for (let turn = 0; turn < 5; turn++) await session.execute(testUnitReady(lun));
  return session;
}

function bytesOf({ name }: Disk, slot: number, writing: number): Buffer {
  return writing === 0 ? Buffer.alloc(slotBytes) : patternOf(`${name}:${slot}:${writing}`, slotBytes);
}

function writeOf(disk: Disk, slot: number, writing: number, fua: boolean) {
  const range = { lba: BigInt((slot * slotBytes) / blockBytes), blocks: slotBytes / blockBytes };
  return write16(disk.lun, range, bytesOf(disk, slot, writing), { fua });
}

/** Which writing is in a slot; fails when it is none that may be. */
function writingIn(disk: Disk, slot: number, bytes: Buffer): number {
  const found = disk.slots[slot]?.find((writing) => bytesOf(disk, slot, writing).equals(bytes));
  expect([disk.name, slot, disk.slots[slot], found]).toEqual([disk.name, slot, disk.slots[slot], expect.any(Number)]);
  return found ?? -1;
}

async function blocks(cli: RunningCli, ref: string): Promise<Buffer> {
  const answer = await fetch(`${cli.url}/sim/v1/arrays/1/volumes/${ref}/blocks?offset=0&length=${slots * slotBytes}`);
  expect(answer.status).toBe(200);
  return Buffer.from(await answer.arrayBuffer());
}

/** Every byte that was acknowledged as safe is there; from now on what is there counts. */
async function verify(cli: RunningCli, disks: readonly Disk[], kept: readonly Kept[], views: boolean): Promise<void> {
  for (const disk of disks) {
    const bytes = await blocks(cli, disk.id);
    for (let slot = 0; slot < slots; slot++)
      disk.slots[slot] = [writingIn(disk, slot, bytes.subarray(slot * slotBytes, (slot + 1) * slotBytes))];
  }
  const images = await rest<{ id: string }[]>(cli, 'GET', `${root}/snapshot-images`);
  const present = new Set(images.map(({ id }) => id));
  const [base] = disks;
  for (const { image, slots: then } of kept) {
    expect(present.has(image)).toBe(true);
    if (!views || base === undefined) continue;
    const wanted = { name: `w${image.slice(-20)}`, snapshotImageId: image, viewMode: 'readOnly' };
    const view = await rest<{ id: string }>(cli, 'POST', `${root}/snapshot-volumes`, wanted);
    const expected = Buffer.concat(then.map((writing, slot) => bytesOf(base, slot, writing)));
    expect((await blocks(cli, view.id)).equals(expected)).toBe(true);
  }
  expect(await rest(cli, 'POST', '/sim/v1/arrays/1/check')).toEqual({ ok: true, problems: [] });
}

describe('a process that is killed while initiators write', () => {
  it('has every byte that it acknowledged as safe, and what snapshots kept', { timeout: 240_000 }, async () => {
    let cli = await startCli('--state', state, '--jobs', 'instant');
    const disks = await furnish(cli, ['forced', 'flushed', 'uncached']);
    const [forced, flushed, uncached] = disks as [Disk, Disk, Disk];
    const group = await rest<{ id: string }>(cli, 'POST', `${root}/snapshot-groups`, {
      baseMappableObjectId: forced.id,
      name: 'g',
      repositoryPercentage: 20,
      fullPolicy: 'purgepit',
    });
    const kept: Kept[] = [];
    const kills = repetitions(3, 12);
    let writing = 0;
    let acknowledged = 0;
    for (let round = 0; round < kills; round++) {
      const session = await begin(
        cli,
        disks.map(({ lun }) => lun),
      );
      let left = (round * 37) % 90;
      let ended: Promise<unknown> | undefined;
      const safe = () => {
        acknowledged++;
        if (--left <= 0) ended ??= cli.stop('SIGKILL');
      };
      /** Sends one writing; once it is safe only it may be in its slot. */
      const put = async (disk: Disk, slot: number, fua: boolean) => {
        const number = ++writing;
        disk.slots[slot]?.push(number);
        await session.perform(writeOf(disk, slot, number, fua));
        return () => {
          disk.slots[slot] = [number];
          safe();
        };
      };
      const writers = [
        async () => {
          for (let count = 0; ; count++) {
            (await put(forced, count % slots, true))();
            if (count % 6 !== 3 || kept.length >= 20) continue;
            const then = forced.slots.map(([only]) => only ?? 0);
            const image = await rest<{ id: string }>(cli, 'POST', `${root}/snapshot-images`, { groupId: group.id });
            kept.push({ image: image.id, slots: then });
          }
        },
        async () => {
          for (let count = 0; ; count++) {
            const written = await Promise.all([0, 1, 2].map((each) => put(flushed, (3 * count + each) % slots, false)));
            await session.perform(synchronizeCache(flushed.lun));
            for (const done of written) done();
          }
        },
        ...[0, 1].map((half) => async () => {
          for (let count = 0; ; count++) (await put(uncached, half + ((2 * count) % slots), false))();
        }),
      ];
      const endings = await Promise.allSettled(writers.map((writer) => writer()));
      for (const ending of endings)
        if (ending.status === 'rejected' && ended === undefined) throw new Error(String(ending.reason));
      expect(await ended).toMatchObject({ signal: 'SIGKILL' });
      cli = await startCli('--state', state, '--jobs', 'instant');
      await verify(cli, disks, kept, round === kills - 1);
    }
    expect(acknowledged).toBeGreaterThan(25 * kills);
    expect(kept.length).toBeGreaterThan(kills / 3);
    expect(await cli.stop('SIGINT')).toMatchObject({ code: 0 });
  });
});

describe('a disk that is really full', () => {
  it.skipIf(!canMount())(
    'refuses what is to be safe with a write error, goes on, and loses nothing (skipped where none can be mounted)',
    { timeout: 120_000 },
    async () => {
      mountSmallDisk(folder, '1500k');
      try {
        let cli = await startCli('--state', state, '--jobs', 'instant');
        const disks = await furnish(cli, ['forced']);
        const [disk] = disks as [Disk];
        const session = await begin(cli, [disk.lun]);
        let refused = 0;
        for (let writing = 1; refused < 5 && writing < 1000; writing++) {
          const slot = writing % slots;
          disk.slots[slot]?.push(writing);
          try {
            await session.perform(writeOf(disk, slot, writing, true));
            disk.slots[slot] = [writing];
          } catch (error) {
            if (!(error instanceof CheckCondition)) throw error;
            expect(error.sense).toMatchObject({ key: 3, asc: 0x0c, ascq: 0 });
            refused++;
          }
        }
        expect(refused).toBe(5);
        expect(statSync(`${state}.blocks`).size).toBeGreaterThan(500_000);
        const range = { lba: 0n, blocks: slotBytes / blockBytes };
        const { data } = await session.perform(read16(disk.lun, range, blockBytes));
        writingIn(disk, 0, data);
        session.close();
        expect(await cli.stop('SIGKILL')).toMatchObject({ signal: 'SIGKILL' });
        cli = await startCli('--state', state, '--jobs', 'instant');
        await verify(cli, disks, [], false);
        await cli.stop('SIGKILL');
      } finally {
        unmountSmallDisk(folder);
      }
    },
  );
});
