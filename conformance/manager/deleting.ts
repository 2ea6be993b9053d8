import { volumePayload } from './cinder-payloads.js';
import { asException, exception, refusal } from './exceptions.js';
import { context, type Operation } from './operation.js';
import type { SnapshotRecord, VolumeRecord } from './records.js';
import { deleteSnapshotNow } from './snapshot-operations.js';
import { mustBeThere } from './usage.js';

const deletable = [
  'available',
  'error',
  'error_deleting',
  'error_extending',
  'error_managing',
  'error_restoring',
  'error_unmanaging',
];

/** Deletes a volume, with its snapshots where `cascade` is set (source: R11–R14). */
export async function deleteVolume(
  operation: Operation,
  volume: VolumeRecord,
  { cascade = false }: { readonly cascade?: boolean } = {},
): Promise<void> {
  const { database, runtime } = operation;
  mustBeThere(database, 'volumes', volume);
  refuseAttached(operation, volume);
  if (volume.group_id !== null)
    throw refusal('InvalidVolume', `Volume ${volume.id} is in group ${volume.group_id}: it can't be deleted alone`);
  // A volume that is to be scheduled again is on no host: Cinder's API destroys the record alone.
  if (volume.host === null) {
    database.volumes.delete(volume.id);
    return;
  }
  if (!deletable.includes(volume.status))
    throw refusal('InvalidVolume', `Volume ${volume.id} can't be deleted: it is ${volume.status}`);
  const snapshots = database.snapshotsOf(volume);
  if (cascade) takeAlong(volume, snapshots);
  else if (snapshots.length > 0)
    throw refusal('InvalidVolume', `Volume ${volume.id} still has ${snapshots.length} dependent snapshots`);
  volume.status = 'deleting';
  await runtime.locks.hold(`${volume.id}-delete_volume`, () => deleteVolumeNow(operation, volume, { cascade }));
}

/** Cinder refuses to delete what is attached, before the driver is called (source: R11). */
export function refuseAttached({ database }: Operation, volume: VolumeRecord): void {
  if (volume.attach_status === 'attached' || database.attachmentsOf(volume).length > 0)
    throw refusal('VolumeAttached', `Volume ${volume.id} is still attached, detach volume first.`);
}

/** Marks the snapshots that a cascade deletes. Refuses when one can't be (source: Cinder's volume API, delete). */
function takeAlong(volume: VolumeRecord, snapshots: readonly SnapshotRecord[]): void {
  const hindrance = snapshots.find(
    ({ status, group_snapshot_id }) =>
      group_snapshot_id !== null || !['available', 'error', 'error_deleting', 'deleting'].includes(status),
  );
  if (hindrance !== undefined)
    throw refusal('InvalidVolume', `Volume ${volume.id} can't be deleted: its snapshot ${hindrance.id} can't`);
  for (const snapshot of snapshots) snapshot.status = 'deleting';
}

interface DeletionOptions {
  readonly cascade?: boolean;
  /** Of a migration that failed. */
  readonly migrationDestination?: boolean;
  /** The array keeps the volume (source: R15). */
  readonly unmanageOnly?: boolean;
}

/** The manager's part of deleting a volume: what was not checked before is not checked here. */
export async function deleteVolumeNow(
  operation: Operation,
  volume: VolumeRecord,
  { cascade = false, migrationDestination = false, unmanageOnly = false }: DeletionOptions = {},
): Promise<void> {
  const { database } = operation;
  /** A migration's destination leaves no record, whatever happens (R12). */
  const leave = (status: string) => {
    volume.status = status;
    if (migrationDestination) database.volumes.delete(volume.id);
  };
  try {
    await operation.call('remove_export', { context: { ...context }, volume: volumePayload(database, volume) });
    if (cascade) await deleteSnapshots(operation, volume);
    await operation.call(unmanageOnly ? 'unmanage' : 'delete_volume', { volume: volumePayload(database, volume) });
  } catch (thrown) {
    const busy = asException(thrown).is('VolumeIsBusy');
    leave(busy ? 'available' : unmanageOnly ? 'error_unmanaging' : 'error_deleting');
    if (busy) return;
    throw thrown;
  }
  volume.status = 'deleted';
  database.volumes.delete(volume.id);
}

async function deleteSnapshots(operation: Operation, volume: VolumeRecord): Promise<void> {
  for (const snapshot of operation.database.snapshotsOf(volume)) {
    if (snapshot.status !== 'deleting')
      throw exception('InvalidSnapshot', `Snapshot ${snapshot.id} was found in state ${snapshot.status}`);
    await deleteSnapshotNow(operation, snapshot);
  }
}
