import { snapshotPayload, volumePayload } from './cinder-payloads.js';
import { deleteVolumeNow, refuseAttached } from './deleting.js';
import { isPlainObject, shown } from './driver-answers.js';
import { asException, exception, refusal } from './exceptions.js';
import type { Operation } from './operation.js';
import type { SnapshotRecord, VolumeRecord, VolumeTypeRecord } from './records.js';
import type { ExistingReference } from './requests.js';
import { deleteSnapshotNow } from './snapshot-operations.js';
import { readUpdate, saveSnapshot, saveVolume, type Update } from './updates.js';
import { mustBeThere } from './usage.js';

/** Takes over a volume that the array has already (source: R22). */
export async function manageExisting(
  operation: Operation,
  volume: VolumeRecord,
  { reference, type }: { readonly reference: ExistingReference; readonly type?: VolumeTypeRecord },
): Promise<void> {
  const { database } = operation;
  if (type !== undefined && !database.volumeTypes.has(type.id)) database.volumeTypes.set(type.id, type);
  database.volumes.set(volume.id, volume);
  volume.status = 'managing';
  const args = () => ({ volume: volumePayload(database, volume), existing_ref: structuredClone(reference) });
  try {
    const size = sizeOf(operation, await operation.call('manage_existing_get_size', args()));
    const returned = await operation.call('manage_existing', args());
    const what = { requirement: 'R22', what: 'what manage_existing returned' };
    saveVolume(operation, 'R22', volume, { ...readUpdate(operation, what, returned), size });
    volume.status = 'available';
  } catch (thrown) {
    asException(thrown);
    volume.status = 'error_managing';
    throw thrown;
  }
}

/** The size in GiB: a whole number, rounded up by the driver (source: R22). */
function sizeOf(operation: Operation, returned: unknown): number {
  if (!Number.isInteger(returned) || Number(returned) < 1)
    operation.violate('R22', `the size of what is to be managed is ${shown(returned)}, no whole number of GiB`);
  if (typeof returned !== 'number') throw exception('TypeError', `${shown(returned)} is no size`);
  return returned;
}

/** Lets a volume go: it stays on the array (source: R15). */
export async function unmanage(operation: Operation, volume: VolumeRecord): Promise<void> {
  const { database } = operation;
  mustBeThere(database, 'volumes', volume);
  refuseAttached(operation, volume);
  const refuse = (reason: string): never => {
    throw refusal('InvalidVolume', `Volume ${volume.id} can't be unmanaged: ${reason}`);
  };
  if (volume.group_id !== null) refuse(`it is in group ${volume.group_id}`);
  if (database.snapshotsOf(volume).length > 0) refuse('it has snapshots');
  if (!['available', 'error', 'error_managing', 'error_unmanaging', 'error_extending'].includes(volume.status))
    refuse(`it is ${volume.status}`);
  volume.status = 'unmanaging';
  await deleteVolumeNow(operation, volume, { unmanageOnly: true });
}

/** Takes over a snapshot that the array has already of a volume (source: Cinder's flow manage_existing_snapshot; R22). */
export async function manageExistingSnapshot(
  operation: Operation,
  volume: VolumeRecord,
  snapshot: SnapshotRecord,
  reference: ExistingReference,
): Promise<void> {
  const { database } = operation;
  mustBeThere(database, 'volumes', volume);
  database.snapshots.set(snapshot.id, snapshot);
  const args = () => ({ snapshot: snapshotPayload(database, snapshot), existing_ref: structuredClone(reference) });
  try {
    sizeOf(operation, await operation.call('manage_existing_snapshot_get_size', args()));
    const returned = await operation.call('manage_existing_snapshot', args());
    const what = { requirement: 'R22', what: 'what manage_existing_snapshot returned' };
    const update = readUpdate(operation, what, returned);
    if (update !== undefined) saveSnapshot(operation, 'R22', snapshot, update);
    snapshot.status = 'available';
    snapshot.progress = '100%';
  } catch (thrown) {
    asException(thrown);
    snapshot.status = 'error';
    throw thrown;
  }
}

/** Lets a snapshot go: it stays on the array (source: R18 and Cinder's manager, delete_snapshot). */
export async function unmanageSnapshot(operation: Operation, snapshot: SnapshotRecord): Promise<void> {
  mustBeThere(operation.database, 'snapshots', snapshot);
  if (snapshot.group_snapshot_id !== null || !['available', 'error'].includes(snapshot.status))
    throw refusal('InvalidSnapshot', `Snapshot ${snapshot.id} can't be unmanaged: it is ${snapshot.status}`);
  snapshot.status = 'unmanaging';
  await deleteSnapshotNow(operation, snapshot, { unmanageOnly: true });
}

/** A volume or snapshot that the array has, as the driver lists it. */
export type Manageable = Readonly<Update>;

/** What of a first page Cinder's API asks for by default. */
const firstPage = { marker: null, limit: 1000, offset: 0, sort_keys: ['reference'], sort_dirs: ['desc'] } as const;

/** The volumes of the array that could be managed (source: R23). */
export function manageableVolumes(operation: Operation): Promise<Manageable[]> {
  const { database } = operation;
  const cinder_volumes = [...database.volumes.values()].map((volume) => volumePayload(database, volume));
  return manageable(operation, 'get_manageable_volumes', { cinder_volumes });
}

/** The snapshots of the array that could be managed (source: R23). */
export function manageableSnapshots(operation: Operation): Promise<Manageable[]> {
  const { database } = operation;
  const cinder_snapshots = [...database.snapshots.values()].map((snapshot) => snapshotPayload(database, snapshot));
  return manageable(operation, 'get_manageable_snapshots', { cinder_snapshots });
}

async function manageable(
  operation: Operation,
  method: string,
  args: Readonly<Record<string, unknown>>,
): Promise<Manageable[]> {
  const paging = { ...firstPage, sort_keys: [...firstPage.sort_keys], sort_dirs: [...firstPage.sort_dirs] };
  let returned: unknown;
  try {
    returned = await operation.call(method, { ...args, ...paging });
  } catch (thrown) {
    // Such drivers count as having none (R23).
    if (asException(thrown).is('AttributeError')) return [];
    throw thrown;
  }
  if (!Array.isArray(returned)) {
    operation.violate('R23', `${method} returned ${shown(returned)}, no list`);
    return [];
  }
  return (returned as unknown[]).filter((entry): entry is Manageable => isManageable(operation, method, entry));
}

/** Whether an entry is a dict; what else is wrong with it is a violation. */
function isManageable(operation: Operation, method: string, entry: unknown): boolean {
  const violate = (message: string) => operation.violate('R23', `${method}: ${message}`);
  if (!isPlainObject(entry)) {
    violate(`an entry is ${shown(entry)}, no dict`);
    return false;
  }
  const { reference, size, safe_to_manage, reason_not_safe, cinder_id } = entry;
  if (!isPlainObject(reference)) violate(`a reference is ${shown(reference)}, no dict`);
  if (!Number.isInteger(size)) violate(`the size of ${shown(reference)} is ${shown(size)}, no whole number of GiB`);
  if (typeof safe_to_manage !== 'boolean') violate(`safe_to_manage of ${shown(reference)} is no boolean`);
  if (safe_to_manage === false && typeof reason_not_safe !== 'string')
    violate(`${shown(reference)} is not safe to manage, without a reason`);
  if (cinder_id !== null && cinder_id !== undefined && typeof cinder_id !== 'string')
    violate(`the cinder_id of ${shown(reference)} is ${shown(cinder_id)}`);
  return true;
}
