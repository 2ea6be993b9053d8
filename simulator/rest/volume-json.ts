import type { VolumeRecord } from '../array/records.js';
import type { StorageArray } from '../array/storage-array.js';
import { shownAction } from './actions.js';
import { volumeView } from './objects/volumes.js';
import { cachedJson } from './view-cache.js';

/** Whether work is going on at a volume, its pool or its snapshots, so that what it shows depends on the time. */
function isBusy(array: StorageArray, volume: VolumeRecord): boolean {
  return array.tables.jobs.size > 0 && shownAction(array, volume) !== 'none';
}

/** Volumes as JSON text, kept while they don't change. Thin volumes show how full they are and are never kept. */
export const volumeJson = cachedJson<VolumeRecord>(
  volumeView,
  (array, volume) => volume.kind === 'thin' || isBusy(array, volume),
);
export const volumeListJson = cachedJson<VolumeRecord>(
  volumeView,
  (array, volume) => volume.kind === 'thin' || isBusy(array, volume),
);
