import { snapshotPayload, volumePayload } from './cinder-payloads.js';
import { deleteVolumeNow } from './deleting.js';
import { isPlainObject, shown } from './driver-answers.js';
import { asException, exception } from './exceptions.js';
import { context, type Operation } from './operation.js';
import type { VolumeRecord } from './records.js';
import { refreshStats } from './stats.js';
import { isTruthy } from './updates.js';

/**
 * Starts the service: a driver that can't be set up stays uninitialized and nothing is raised; what fails after that is
 * (source: R1–R5).
 */
export async function initHost(operation: Operation): Promise<void> {
  const { runtime } = operation;
  runtime.initialized = false;
  try {
    await operation.call('do_setup', { context: { ...context } });
    await operation.call('check_for_setup_error', {});
  } catch (thrown) {
    asException(thrown);
    return;
  }
  await refreshStats(operation);
  await syncProviderIds(operation);
  runtime.initialized = true;
  await exportAgain(operation);
  await findPools(operation);
  await cleanUp(operation);
}

/** Lets the driver say the provider ids of what is there (R3). */
async function syncProviderIds(operation: Operation): Promise<void> {
  const { database } = operation;
  const returned = await operation.call('update_provider_info', {
    volumes: [...database.volumes.values()].map((volume) => volumePayload(database, volume)),
    snapshots: [...database.snapshots.values()].map((snapshot) => snapshotPayload(database, snapshot)),
  });
  if (!Array.isArray(returned) || returned.length !== 2) {
    operation.violate('R3', `update_provider_info returned ${shown(returned)}, no 2-tuple`);
    throw exception(Array.isArray(returned) ? 'ValueError' : 'TypeError', 'update_provider_info returned no 2-tuple');
  }
  const [volumes, snapshots] = returned as [unknown, unknown];
  for (const { id, provider_id } of providerIds(operation, volumes)) {
    const volume = database.volumes.get(id);
    if (volume !== undefined) volume.provider_id = provider_id;
  }
  for (const { id, provider_id } of providerIds(operation, snapshots)) {
    const snapshot = database.snapshots.get(id);
    if (snapshot !== undefined) snapshot.provider_id ??= provider_id;
  }
}

function providerIds(operation: Operation, updates: unknown): { id: string; provider_id: string | null }[] {
  if (!isTruthy(updates)) return [];
  if (!Array.isArray(updates)) {
    operation.violate('R3', `update_provider_info returned updates that are ${shown(updates)}, no list`);
    throw exception('TypeError', 'the updates are no list');
  }
  return updates.map((update: unknown) => {
    if (!isPlainObject(update) || typeof update.id !== 'string' || !('provider_id' in update)) {
      operation.violate('R3', `update_provider_info returned ${shown(update)}, not {id, provider_id}`);
      throw exception('KeyError', 'id');
    }
    return { id: update.id, provider_id: update.provider_id === null ? null : String(update.provider_id) };
  });
}

/** A volume in use whose export can't be made again is in error; the others go on (R4). */
async function exportAgain(operation: Operation): Promise<void> {
  const { database } = operation;
  for (const volume of database.volumes.values()) {
    if (volume.status !== 'in-use') continue;
    try {
      await operation.call('ensure_export', { context: { ...context }, volume: volumePayload(database, volume) });
    } catch (thrown) {
      asException(thrown);
      volume.status = 'error';
    }
  }
}

/** Volumes that say no pool get it from the driver; that it fails is no matter (R5). */
async function findPools(operation: Operation): Promise<void> {
  for (const volume of operation.database.volumes.values()) {
    if (volume.host === null || volume.host.includes('#')) continue;
    const pool = await poolOf(operation, volume);
    if (isTruthy(pool)) volume.host = `${volume.host}#${pool}`;
  }
}

async function poolOf(operation: Operation, volume: VolumeRecord): Promise<unknown> {
  try {
    const pool = await operation.call('get_pool', { volume: volumePayload(operation.database, volume) });
    if (pool !== null && typeof pool !== 'string')
      operation.violate('R5', `get_pool returned ${shown(pool)}, neither None nor a name`);
    return pool;
  } catch (thrown) {
    asException(thrown);
    return undefined;
  }
}

/** What the service was at when it ended: creates are in error, deletes go on (source: Cinder's manager, _do_cleanup). */
async function cleanUp(operation: Operation): Promise<void> {
  const { volumes, snapshots } = operation.database;
  for (const snapshot of snapshots.values()) if (snapshot.status === 'creating') snapshot.status = 'error';
  for (const volume of [...volumes.values()]) {
    if (volume.status === 'creating' && volume.host !== null) volume.status = 'error';
    if (volume.status !== 'deleting') continue;
    try {
      await deleteVolumeNow(operation, volume, { cascade: true });
    } catch (thrown) {
      asException(thrown);
    }
  }
}
