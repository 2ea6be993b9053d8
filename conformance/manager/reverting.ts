import { snapshotPayload, volumePayload } from './cinder-payloads.js';
import { connectTemporarily } from './copying.js';
import { asException, refusal } from './exceptions.js';
import { newSnapshot, newVolume } from './new-records.js';
import { context, type Operation } from './operation.js';
import type { SnapshotRecord, VolumeRecord } from './records.js';
import { createSnapshotNow, deleteSnapshotNow } from './snapshot-operations.js';
import { readUpdate, saveVolume } from './updates.js';
import { mustBeThere } from './usage.js';

/**
 * Takes a volume back to its latest snapshot: a backup snapshot comes first and goes after success; drivers that can't are
 * stood in for by a copy (source: R19 and Cinder's manager, revert_to_snapshot).
 */
export async function revertToSnapshot(
  operation: Operation,
  volume: VolumeRecord,
  snapshot: SnapshotRecord,
): Promise<void> {
  refuseRevert(operation, volume, snapshot);
  volume.status = 'reverting';
  snapshot.status = 'restoring';
  const name = `[revert] volume ${volume.id} backup snapshot`;
  const backup = newSnapshot(operation.runtime, { name, volume });
  try {
    await createSnapshotNow(operation, backup);
    await revert(operation, volume, snapshot);
  } catch (thrown) {
    asException(thrown);
    volume.status = 'error';
    snapshot.status = 'available';
    throw thrown;
  }
  volume.status = 'available';
  snapshot.status = 'available';
  await deleteSnapshotNow(operation, backup);
}

/** What Cinder's API refuses: only the latest snapshot of a volume of the same size can be reverted to. */
function refuseRevert({ database }: Operation, volume: VolumeRecord, snapshot: SnapshotRecord): void {
  mustBeThere(database, 'volumes', volume);
  mustBeThere(database, 'snapshots', snapshot);
  const refuse = (name: 'InvalidInput' | 'InvalidVolume' | 'InvalidSnapshot', reason: string): never => {
    throw refusal(name, `Volume ${volume.id} can't be reverted to snapshot ${snapshot.id}: ${reason}`);
  };
  if (database.snapshotsOf(volume).at(-1) !== snapshot) refuse('InvalidInput', 'it is not its latest');
  if (volume.size !== snapshot.volume_size)
    refuse('InvalidInput', `it has ${volume.size} GiB, the snapshot ${snapshot.volume_size} GiB`);
  if (volume.status !== 'available') refuse('InvalidVolume', `it is ${volume.status}`);
  if (snapshot.status !== 'available') refuse('InvalidSnapshot', `the snapshot is ${snapshot.status}`);
}

async function revert(operation: Operation, volume: VolumeRecord, snapshot: SnapshotRecord): Promise<void> {
  const { database } = operation;
  try {
    await operation.call('revert_to_snapshot', {
      context: { ...context },
      volume: volumePayload(database, volume),
      snapshot: snapshotPayload(database, snapshot),
    });
  } catch (thrown) {
    if (!asException(thrown).is('NotImplementedError', 'AttributeError')) throw thrown;
    await revertByCopy(operation, volume, snapshot);
  }
}

/** Copies a volume that is made of the snapshot over the volume (source: Cinder's manager, _revert_to_snapshot_generic). */
async function revertByCopy(operation: Operation, volume: VolumeRecord, snapshot: SnapshotRecord): Promise<void> {
  const { database, runtime } = operation;
  const request = {
    name: `[revert] temporary volume created from snapshot ${snapshot.id}`,
    size: volume.size,
    pool: '',
  };
  const temporary = newVolume(runtime, request, { snapshot });
  temporary.host = volume.host;
  temporary.volume_type_id = volume.volume_type_id;
  database.volumes.set(temporary.id, temporary);
  const destroy = async () => {
    await operation.call('delete_volume', { volume: volumePayload(database, temporary) });
    database.volumes.delete(temporary.id);
  };
  try {
    const returned = await operation.call('create_volume_from_snapshot', {
      volume: volumePayload(database, temporary),
      snapshot: snapshotPayload(database, snapshot),
    });
    const update = readUpdate(operation, { requirement: 'R7', what: 'what the create returned' }, returned);
    if (update !== undefined) saveVolume(operation, 'R7', temporary, update);
    temporary.status = 'available';
    await connectTemporarily(operation, temporary, volume);
  } catch (thrown) {
    asException(thrown);
    if (temporary.status === 'available') await destroy();
    else database.volumes.delete(temporary.id);
    throw thrown;
  }
  await destroy();
}
