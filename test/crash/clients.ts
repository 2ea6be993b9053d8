import { connect, type ProbeSession, synchronizeCache, testUnitReady, write16 } from '../../conformance/probe/index.js';
import { patience } from '../conformance/probe/patterns.js';
import { basic } from '../simulator/servers.js';
import type { CrashingReady } from './child.js';
import { type History, slotBytes, slotCount, type WrittenDisk } from './history.js';

const root = '/devmgr/v2/storage-systems/1';
const initiatorName = 'iqn.2026-01.com.example:crash';
const blockBytes = 512;

/** So many volumes are kept; beyond that the oldest is deleted for each new one. */
const mostKept = 30;

/** A refusal: the process that answers it is alive. */
export class Refused extends Error {}

/** Sends a request. Throws Refused for a status from 300 on, the system's error when the process is gone. */
export async function rest<T>(url: string, method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(url + path, {
    method,
    headers: { ...basic('admin', 'admin'), 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Refused(`${method} ${path}: ${answer.status} ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

export async function poolOf(url: string): Promise<string> {
  const pools = await rest<{ id: string; label: string }[]>(url, 'GET', `${root}/storage-pools`);
  return pools.find(({ label }) => label === 'DDP_1')?.id ?? '';
}

/** Makes the host and the volumes that are written to. */
export async function furnishDisks(url: string, history: History): Promise<void> {
  const ports = [{ type: 'iscsi', port: initiatorName, label: 'p' }];
  const host = await rest<{ id: string }>(url, 'POST', `${root}/hosts`, { name: 'h', hostType: { index: 28 }, ports });
  const poolId = await poolOf(url);
  for (const name of ['forced', 'flushed']) {
    const wanted = { poolId, name, sizeUnit: 'gb', size: '1' };
    const { id } = await rest<{ id: string }>(url, 'POST', `${root}/volumes`, wanted);
    const mapping = { mappableObjectId: id, targetId: host.id };
    const { lun } = await rest<{ lun: number }>(url, 'POST', `${root}/volume-mappings`, mapping);
    history.disks.push({ name, id, lun, slots: Array.from({ length: slotCount }, () => [0]) });
  }
}

/** Makes and deletes volumes for ever. */
export async function volumeClient(url: string, history: History, poolId: string): Promise<never> {
  for (;;) {
    const name = history.newLabel();
    history.unsure.add(name);
    const wanted = { poolId, name, sizeUnit: 'gb', size: 1, segSize: 0 };
    const { id } = await rest<{ id: string }>(url, 'POST', `${root}/volumes`, wanted);
    history.kept.set(name, id);
    history.unsure.delete(name);
    history.acknowledged++;
    const [oldest] = history.kept;
    if (history.kept.size <= mostKept || oldest === undefined) continue;
    history.kept.delete(oldest[0]);
    history.unsure.add(oldest[0]);
    await rest(url, 'DELETE', `${root}/volumes/${oldest[1]}`);
    history.unsure.delete(oldest[0]);
    history.acknowledged++;
  }
}

/** Logs in to the first portal, and hears what the units have to tell. */
export async function openSession({ iscsi }: CrashingReady, history: History): Promise<ProbeSession> {
  const [first] = iscsi;
  const session = await connect({ portal: first?.portal ?? '', targetName: first?.iqn ?? '', initiatorName, patience });
  for (const { lun } of history.disks) for (let turn = 0; turn < 5; turn++) await session.execute(testUnitReady(lun));
  return session;
}

/** Writes with FUA for ever. */
export async function forcedWriter(session: ProbeSession, history: History, disk: WrittenDisk): Promise<never> {
  for (let count = 0; ; count++) {
    const { bytes, safe } = history.writes(disk, count % slotCount);
    await session.perform(write16(disk.lun, rangeOf(count % slotCount), bytes, { fua: true }));
    safe();
  }
}

/** Writes without FUA, three at once, and SYNCHRONIZE CACHE after them, for ever. */
export async function flushingWriter(session: ProbeSession, history: History, disk: WrittenDisk): Promise<never> {
  for (let count = 0; ; count += 3) {
    const safe = await Promise.all(
      [0, 1, 2].map(async (each) => {
        const slot = (count + each) % slotCount;
        const writing = history.writes(disk, slot);
        await session.perform(write16(disk.lun, rangeOf(slot), writing.bytes, { fua: false }));
        return writing.safe;
      }),
    );
    await session.perform(synchronizeCache(disk.lun));
    for (const each of safe) each();
  }
}

function rangeOf(slot: number) {
  return { lba: BigInt((slot * slotBytes) / blockBytes), blocks: slotBytes / blockBytes };
}

/** What of the acknowledged history is not there, and what is wrong with the array. */
export async function problemsOf(url: string, history: History): Promise<string[]> {
  const volumes = await rest<{ label: string; id: string }[]>(url, 'GET', `${root}/volumes`);
  const problems = history.volumeProblems(new Map(volumes.map(({ label, id }) => [label, id])));
  for (const disk of history.disks) {
    const range = `offset=0&length=${slotCount * slotBytes}`;
    const answer = await fetch(`${url}/sim/v1/arrays/1/volumes/${disk.id}/blocks?${range}`);
    problems.push(...history.byteProblems(disk, Buffer.from(await answer.arrayBuffer())));
  }
  const check = await rest<{ problems: readonly string[] }>(url, 'POST', '/sim/v1/arrays/1/check');
  return [...problems, ...check.problems];
}
