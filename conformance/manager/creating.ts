import { snapshotPayload, volumePayload } from './cinder-payloads.js';
import { asException, type Exception, exception, refusal } from './exceptions.js';
import type { Operation } from './operation.js';
import type { SnapshotRecord, VolumeRecord, VolumeTypeRecord } from './records.js';
import { readUpdate, saveVolume } from './updates.js';
import { mustBeThere, UsageError } from './usage.js';

/** The classes after which a create is not tried elsewhere (source: R8). */
const notRescheduled = [
  'ImageCopyFailure',
  'MetadataCopyFailure',
  'MetadataCreateFailure',
  'MetadataUpdateFailure',
  'VolumeNotFound',
  'SnapshotNotFound',
  'VolumeTypeNotFound',
  'ImageUnacceptable',
  'ImageTooBig',
  'InvalidSignatureImage',
  'ImageSignatureVerificationException',
];

/** What a volume is made of; nothing for an empty one. */
export interface VolumeSource {
  readonly snapshot?: SnapshotRecord;
  readonly volume?: VolumeRecord;
}

/** Makes a volume, locking what it is made of (source: R7–R10). */
export async function createVolume(
  operation: Operation,
  volume: VolumeRecord,
  { type, source = {} }: { readonly type?: VolumeTypeRecord; readonly source?: VolumeSource } = {},
): Promise<void> {
  const { database, runtime } = operation;
  refuseRequest(operation, volume, source);
  if (type !== undefined && !database.volumeTypes.has(type.id)) database.volumeTypes.set(type.id, type);
  database.volumes.set(volume.id, volume);
  await runtime.locks.hold(lockOf(source) ?? `${volume.id}-create_volume`, () => create(operation, volume, source));
}

/** What Cinder's API refuses before the manager has its turn: the record is never in the database. */
function refuseRequest({ database }: Operation, volume: VolumeRecord, { snapshot, volume: from }: VolumeSource): void {
  if (volume.group_id !== null && !database.groups.has(volume.group_id))
    throw new UsageError(`A volume can't be made in group ${volume.group_id}: it is not there`);
  if (snapshot !== undefined) mustBeThere(database, 'snapshots', snapshot);
  if (from !== undefined) mustBeThere(database, 'volumes', from);
  const refuse = (name: 'InvalidInput' | 'InvalidSnapshot' | 'InvalidVolume', reason: string): never => {
    volume.status = 'error';
    throw refusal(name, `A volume of ${volume.size} GiB can't be made: ${reason}`);
  };
  const smallest = snapshot?.volume_size ?? from?.size ?? 1;
  if (!Number.isInteger(volume.size) || volume.size < smallest)
    refuse('InvalidInput', `whole numbers from ${smallest} on can`);
  if (snapshot !== undefined && snapshot.status !== 'available')
    refuse('InvalidSnapshot', `snapshot ${snapshot.id} is ${snapshot.status}`);
  if (from !== undefined && !['available', 'in-use'].includes(from.status))
    refuse('InvalidVolume', `volume ${from.id} is ${from.status}`);
}

function lockOf({ snapshot, volume }: VolumeSource): string | undefined {
  if (snapshot !== undefined) return `${snapshot.id}-delete_snapshot`;
  if (volume !== undefined) return `${volume.id}-delete_volume`;
  return undefined;
}

async function create(operation: Operation, volume: VolumeRecord, source: VolumeSource): Promise<void> {
  try {
    checkSource(operation, source);
    const returned = await callCreate(operation, volume, source);
    const update = readUpdate(operation, { requirement: 'R7', what: 'what the create returned' }, returned);
    if (update !== undefined) saveVolume(operation, 'R7', volume, update);
    volume.status = 'available';
  } catch (thrown) {
    await giveUp(operation, volume, asException(thrown));
    throw thrown;
  }
}

/** The source may have been deleted while its lock was waited for (R10). */
function checkSource({ database }: Operation, { snapshot, volume }: VolumeSource): void {
  if (snapshot !== undefined && !database.snapshots.has(snapshot.id))
    throw exception('SnapshotNotFound', `Snapshot ${snapshot.id} could not be found.`);
  if (volume !== undefined && !database.volumes.has(volume.id))
    throw exception('VolumeNotFound', `Volume ${volume.id} could not be found.`);
}

/** Calls the driver's create for a source. Members of groups show theirs as consistency group (R9). */
export function callCreate(operation: Operation, volume: VolumeRecord, source: VolumeSource): Promise<unknown> {
  const { database } = operation;
  const consistencyGroup = volume.group_id === null ? undefined : database.groups.get(volume.group_id);
  const given = volumePayload(database, volume, { consistencyGroup });
  if (source.snapshot !== undefined)
    return operation.call('create_volume_from_snapshot', {
      volume: given,
      snapshot: snapshotPayload(database, source.snapshot),
    });
  if (source.volume !== undefined)
    return operation.call('create_cloned_volume', { volume: given, src_vref: volumePayload(database, source.volume) });
  return operation.call('create_volume', { volume: given });
}

/** Either the volume is in error and stays, or it is scheduled again and deleted, whatever that comes to (R8). */
async function giveUp(operation: Operation, volume: VolumeRecord, cause: Exception): Promise<void> {
  if (!operation.runtime.mayReschedule || cause.is(...notRescheduled)) {
    volume.status = 'error';
    return;
  }
  volume.host = null;
  try {
    await operation.call('delete_volume', { volume: volumePayload(operation.database, volume) });
  } catch (thrown) {
    asException(thrown);
  }
}
