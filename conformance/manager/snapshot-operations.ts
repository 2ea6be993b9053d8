import { snapshotPayload } from './cinder-payloads.js';
import { asException, refusal } from './exceptions.js';
import type { Operation } from './operation.js';
import type { SnapshotRecord, VolumeRecord } from './records.js';
import { readUpdate, saveSnapshot } from './updates.js';
import { mustBeThere } from './usage.js';

/** Makes a snapshot (source: R17). */
export async function createSnapshot(
  operation: Operation,
  volume: VolumeRecord,
  snapshot: SnapshotRecord,
): Promise<void> {
  mustBeThere(operation.database, 'volumes', volume);
  if (!['available', 'in-use'].includes(volume.status)) {
    snapshot.status = 'error';
    throw refusal('InvalidVolume', `A snapshot of volume ${volume.id} can't be made: it is ${volume.status}`);
  }
  await createSnapshotNow(operation, snapshot);
}

/** The manager's part of making a snapshot. */
export async function createSnapshotNow(operation: Operation, snapshot: SnapshotRecord): Promise<void> {
  const { database } = operation;
  database.snapshots.set(snapshot.id, snapshot);
  try {
    const returned = await operation.call('create_snapshot', { snapshot: snapshotPayload(database, snapshot) });
    const update = readUpdate(operation, { requirement: 'R17', what: 'what create_snapshot returned' }, returned);
    if (update !== undefined) saveSnapshot(operation, 'R17', snapshot, update);
  } catch (thrown) {
    asException(thrown);
    snapshot.status = 'error';
    throw thrown;
  }
  snapshot.status = 'available';
  snapshot.progress = '100%';
}

/** Deletes a snapshot that is in no group's snapshot (source: R18). */
export async function deleteSnapshot(operation: Operation, snapshot: SnapshotRecord): Promise<void> {
  mustBeThere(operation.database, 'snapshots', snapshot);
  if (snapshot.group_snapshot_id !== null)
    throw refusal('InvalidSnapshot', `Snapshot ${snapshot.id} is in a group's snapshot: it can't be deleted alone`);
  if (!['available', 'error', 'error_deleting'].includes(snapshot.status))
    throw refusal('InvalidSnapshot', `Snapshot ${snapshot.id} can't be deleted: it is ${snapshot.status}`);
  snapshot.status = 'deleting';
  await deleteSnapshotNow(operation, snapshot);
}

/** The manager's part of deleting a snapshot; who makes a volume of it is waited for (R10). */
export function deleteSnapshotNow(
  operation: Operation,
  snapshot: SnapshotRecord,
  { unmanageOnly = false }: { readonly unmanageOnly?: boolean } = {},
): Promise<void> {
  const { database, runtime } = operation;
  return runtime.locks.hold(`${snapshot.id}-delete_snapshot`, async () => {
    try {
      await operation.call(unmanageOnly ? 'unmanage_snapshot' : 'delete_snapshot', {
        snapshot: snapshotPayload(database, snapshot),
      });
    } catch (thrown) {
      const busy = asException(thrown).is('SnapshotIsBusy');
      snapshot.status = busy ? 'available' : 'error_deleting';
      if (busy) return;
      throw thrown;
    }
    snapshot.status = 'deleted';
    database.snapshots.delete(snapshot.id);
  });
}
