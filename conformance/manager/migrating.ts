import { statusByAttachments } from './attachment-status.js';
import { nameId, typePayload, volumePayload } from './cinder-payloads.js';
import { connectTemporarily } from './copying.js';
import { createVolume } from './creating.js';
import { deleteVolumeNow } from './deleting.js';
import { shown } from './driver-answers.js';
import { asException, exception, refusal } from './exceptions.js';
import { newVolume } from './new-records.js';
import { context, type Operation } from './operation.js';
import type { VolumeRecord, VolumeTypeRecord } from './records.js';
import { isTruthy, readUpdate, saveVolume, type Update } from './updates.js';
import { mustBeThere } from './usage.js';

/** What happens to a volume whose type the driver can't change in place. */
export type MigrationPolicy = 'never' | 'on-demand';

/** Changes a volume's type, and its pool where one is named: by the driver, else, where the policy lets it, by a migration (source: R20). */
export async function retype(
  operation: Operation,
  volume: VolumeRecord,
  newType: VolumeTypeRecord,
  { policy, pool }: { readonly policy: MigrationPolicy; readonly pool?: string | undefined },
): Promise<void> {
  const { database } = operation;
  mustBeThere(database, 'volumes', volume);
  if (!['available', 'in-use'].includes(volume.status))
    throw refusal('InvalidVolume', `Volume ${volume.id} can't be retyped: it is ${volume.status}`);
  if (volume.group_id !== null)
    throw refusal('InvalidVolume', `Volume ${volume.id} can't be retyped: it is in group ${volume.group_id}`);
  if (volume.volume_type_id === newType.id)
    throw refusal('InvalidInput', `Volume ${volume.id} can't be retyped: it has type ${newType.id} already`);
  if (!database.volumeTypes.has(newType.id)) database.volumeTypes.set(newType.id, newType);
  volume.status = 'retyping';
  const host = pool === undefined ? volume.host : `${operation.runtime.host}#${pool}`;
  const update = await retypeInPlace(operation, volume, newType, host);
  if (update !== undefined) {
    saveVolume(operation, 'R20', volume, { volume_type_id: newType.id, host, ...update });
    volume.status = statusByAttachments(operation, volume);
    return;
  }
  try {
    if (policy === 'never') throw exception('VolumeMigrationFailed', 'Retype requires migration but is not allowed.');
    if (database.snapshotsOf(volume).length > 0) throw exception('InvalidVolume', 'Volume must not have snapshots.');
    await migrate(operation, volume, newType);
  } catch (thrown) {
    asException(thrown);
    volume.migration_status = policy === 'never' ? null : 'error';
    volume.status = statusByAttachments(operation, volume);
    throw thrown;
  }
}

/** The update of a volume that the driver retyped; undefined when it did not. */
async function retypeInPlace(
  operation: Operation,
  volume: VolumeRecord,
  newType: VolumeTypeRecord,
  host: string | null,
): Promise<Update | undefined> {
  const { database } = operation;
  const old = volume.volume_type_id === null ? undefined : database.volumeTypes.get(volume.volume_type_id);
  try {
    const returned = await operation.call('retype', {
      context: { ...context },
      volume: volumePayload(database, volume),
      new_type: typePayload(newType),
      diff: { encryption: {}, qos_specs: {}, extra_specs: differences(old?.extra_specs ?? {}, newType.extra_specs) },
      host: { host, cluster_name: null, capabilities: {} },
    });
    const [retyped, update] = Array.isArray(returned) ? (returned as unknown[]) : [returned, null];
    if ((Array.isArray(returned) && returned.length !== 2) || typeof retyped !== 'boolean')
      operation.violate('R20', `retype returned ${shown(returned)}, neither a boolean nor (boolean, model_update)`);
    if (!isTruthy(retyped)) return undefined;
    return readUpdate(operation, { requirement: 'R20', what: 'the update of retype' }, update) ?? {};
  } catch (thrown) {
    asException(thrown);
    return undefined;
  }
}

/** Specs by name, as [old, new] (source: Cinder's volume_types_diff). */
function differences(old: Readonly<Record<string, string>>, wanted: Readonly<Record<string, string>>) {
  const names = Object.keys({ ...old, ...wanted });
  return Object.fromEntries(names.map((name) => [name, [old[name] ?? null, wanted[name] ?? null]]));
}

/** Makes a volume of the new type, copies the old one over it, and has them change places. */
async function migrate(operation: Operation, volume: VolumeRecord, type: VolumeTypeRecord): Promise<void> {
  if (volume.attach_status === 'attached')
    throw exception('InvalidVolume', `Volume ${volume.id} is attached: its data can't be moved from here`);
  const { display_name: name, size, multiattach } = volume;
  const pool = volume.host?.split('#')[1] ?? '';
  const destination = newVolume(operation.runtime, { name, size, pool, type, multiattach });
  volume.migration_status = 'migrating';
  await createVolume(operation, destination, { type });
  destination.migration_status = `target:${volume.id}`;
  try {
    await connectTemporarily(operation, volume, destination);
  } catch (thrown) {
    asException(thrown);
    destination.status = 'deleting';
    await ignoring(deleteVolumeNow(operation, destination, { migrationDestination: true }));
    throw thrown;
  }
  volume.status = 'available';
  await completeMigration(operation, volume, destination);
}

/**
 * Ends a migration: the two records change what they stand for, and what the volume was is deleted; that this fails does
 * not matter to the volume (source: R21 and Cinder's manager, migrate_volume_completion).
 */
export async function completeMigration(
  operation: Operation,
  volume: VolumeRecord,
  destination: VolumeRecord,
): Promise<void> {
  const { database } = operation;
  for (const each of [volume, destination]) {
    mustBeThere(database, 'volumes', each);
    if (each.status !== 'available')
      throw refusal('InvalidVolume', `Volume ${each.id} can't be migrated: it is ${each.status}`);
  }
  if (volume.size !== destination.size)
    throw refusal('InvalidVolume', `Volumes ${volume.id} and ${destination.id} are of different sizes`);
  const { status } = volume;
  volume.migration_status = 'completing';
  destination.migration_status = `target:${volume.id}`;
  await updateMigrated(operation, volume, destination, status);
  changePlaces(volume, destination);
  volume.status = status;
  await ignoring(deleteVolumeNow(operation, destination));
}

/** Lets the driver rename; its fields are saved in the one record, what they were in the other. */
async function updateMigrated(
  operation: Operation,
  volume: VolumeRecord,
  destination: VolumeRecord,
  status: string,
): Promise<void> {
  const { database } = operation;
  const fallback: Update = { _name_id: nameId(destination), provider_location: destination.provider_location };
  let update: Update | undefined;
  try {
    const returned = await operation.call('update_migrated_volume', {
      context: { ...context },
      volume: volumePayload(database, volume),
      new_volume: volumePayload(database, destination),
      original_volume_status: status,
    });
    update = readUpdate(operation, { requirement: 'R21', what: 'what update_migrated_volume returned' }, returned);
    if (update === undefined) return;
  } catch (thrown) {
    if (!asException(thrown).is('NotImplementedError')) throw thrown;
    update = fallback;
  }
  const before = Object.fromEntries(
    Object.keys(update).map((field) => [field, (volume as unknown as Update)[field] ?? null]),
  );
  saveVolume(operation, 'R21', volume, { ...fallback, ...update });
  saveVolume(operation, 'R21', destination, before);
}

/** The destination's record is of the old array volume from now on (source: Cinder's volume, finish_volume_migration). */
function changePlaces(volume: VolumeRecord, destination: VolumeRecord): void {
  destination._name_id ||= volume.id;
  for (const field of [
    'host',
    'volume_type_id',
    'provider_id',
    'provider_auth',
    'replication_status',
    'replication_extended_status',
    'replication_driver_data',
  ] as const) {
    const old = volume[field];
    volume[field] = destination[field];
    destination[field] = old;
  }
  volume.migration_status = 'success';
  destination.migration_status = 'deleting';
  destination.status = 'deleting';
}

async function ignoring(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (thrown) {
    asException(thrown);
  }
}
