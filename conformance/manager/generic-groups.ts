import { snapshotPayload, volumePayload } from './cinder-payloads.js';
import { callCreate } from './creating.js';
import { asException } from './exceptions.js';
import type { GroupSource } from './group-calls.js';
import { context, type Operation } from './operation.js';
import type { SnapshotRecord, VolumeRecord } from './records.js';
import { readUpdate, type Update } from './updates.js';

/**
 * What the manager does in place of drivers that have no methods for groups: volume by volume, with the answers that such a
 * driver would have given (source: R31 and Cinder's manager, its _generic methods).
 */

type Answer = [modelUpdate: Update, entries: Update[]];

/** Deletes a group's volumes one by one; a busy one stays available. */
export async function deleteVolumesOfGroup(
  operation: Operation,
  status: string,
  volumes: readonly VolumeRecord[],
): Promise<Answer> {
  return each(volumes, { status }, async (volume) => {
    const given = () => volumePayload(operation.database, volume);
    try {
      await operation.call('remove_export', { context: { ...context }, volume: given() });
      await operation.call('delete_volume', { volume: given() });
      return { status: 'deleted' };
    } catch (thrown) {
      return { status: asException(thrown).is('VolumeIsBusy') ? 'available' : 'error' };
    }
  });
}

/** Makes a group's volumes one by one of their sources. */
export async function createVolumesOfGroup(
  operation: Operation,
  volumes: readonly VolumeRecord[],
  { groupSnapshot, group }: GroupSource,
): Promise<Answer> {
  let index = 0;
  return each(volumes, { status: 'available' }, async (volume) => {
    const source = { snapshot: groupSnapshot?.snapshots[index], volume: group?.volumes[index] };
    index++;
    return updated(operation, 'R7', () => callCreate(operation, volume, source));
  });
}

/** Makes a group's snapshots one by one: they are of different moments. */
export async function createSnapshotsOfGroup(
  operation: Operation,
  snapshots: readonly SnapshotRecord[],
): Promise<Answer> {
  return each(snapshots, { status: 'available' }, (snapshot) =>
    updated(operation, 'R17', () =>
      operation.call('create_snapshot', { snapshot: snapshotPayload(operation.database, snapshot) }),
    ),
  );
}

/** Deletes a group's snapshots one by one; a busy one stays available. */
export async function deleteSnapshotsOfGroup(
  operation: Operation,
  status: string,
  snapshots: readonly SnapshotRecord[],
): Promise<Answer> {
  return each(snapshots, { status }, async (snapshot) => {
    try {
      await operation.call('delete_snapshot', { snapshot: snapshotPayload(operation.database, snapshot) });
      return { status: 'deleted' };
    } catch (thrown) {
      return { status: asException(thrown).is('SnapshotIsBusy') ? 'available' : 'error' };
    }
  });
}

/** What a create of one member comes to. */
async function updated(operation: Operation, requirement: string, create: () => Promise<unknown>): Promise<Update> {
  try {
    const update = readUpdate(operation, { requirement, what: 'what the create returned' }, await create());
    return { status: 'available', ...update };
  } catch (thrown) {
    asException(thrown);
    return { status: 'error' };
  }
}

/** An entry for each member; one that failed makes the whole an error. */
async function each<T extends { readonly id: string }>(
  members: readonly T[],
  modelUpdate: Update,
  work: (member: T) => Promise<Update>,
): Promise<Answer> {
  const entries: Update[] = [];
  for (const member of members) {
    const entry: Update = { ...(await work(member)), id: member.id };
    if (entry.status === 'error') modelUpdate.status = 'error';
    entries.push(entry);
  }
  return [modelUpdate, entries];
}
