import type { SsdCacheRecord } from '../array/records.js';
import type { StorageArray } from '../array/storage-array.js';
import type { Routes } from './route.js';
import { FlashCacheEx } from './schemas/pools.js';
import type { Shown } from './schemas/shown.js';
import { boolean, list, object, optional, text } from './schemas/types.js';
import { ConfigType, ssdCacheView } from './ssd-caches.js';

const CreateRequest = object({
  driveRefs: list(text()),
  enableExistingVolumes: optional(boolean()),
  name: optional(text()),
});

const UpdateRequest = object({ name: optional(text()), configType: optional(ConfigType) });

/** Without the list nothing would change, which the array refuses. */
const DrivesRequest = object({ driveRef: list(text()) });

/** The label of a cache that the request does not name. */
const defaultLabel = 'SSD_Cache';

/** The SSD cache in the form that was there before. Without a cache arrays answer 404. */
function flashCacheView(array: StorageArray, cache: SsdCacheRecord): Shown<typeof FlashCacheEx> {
  const now = ssdCacheView(array, cache);
  return {
    wwn: cache.wwn,
    flashCacheRef: cache.ref,
    flashCacheBase: {
      label: cache.label,
      status: now.status,
      configType: cache.configType,
      analyticsStatus: 'stopped',
      analyticsCause: 'none',
      statusCause: now.statusCause,
    },
    fcDriveInfo: {
      flashCacheType: 'readOnlyCache',
      fcWithDrives: {
        securityType: now.securityType,
        protectionInformationCapabilities: {
          protectionInformationCapable: now.protectionInformationCapable,
          protectionType: now.protectionType,
        },
        usedCapacity: now.usedCapacity,
        securityLevel: now.securityLevel,
      },
    },
    cachedVolumes: now.cachedVolumesIds,
    driveRefs: now.driveIds,
    name: cache.label,
    id: cache.ref,
  };
}

/** The older operations on the SSD cache: an array has one at most, so no path names it. */
export function flashCacheRoutes(routes: Routes): void {
  const response = { response: FlashCacheEx };
  routes.onArray('getFlashCache', { response: list(FlashCacheEx) }, ({ array }) => [
    flashCacheView(array, array.ssdCaches.only()),
  ]);
  routes.onArray('createFlashCache', { ...response, body: CreateRequest }, ({ array, body }) => {
    const { name: label = defaultLabel, driveRefs, enableExistingVolumes } = body;
    return flashCacheView(array, array.ssdCaches.create({ label, driveRefs, enableExistingVolumes }));
  });
  routes.onArray('updateFlashCache', { ...response, body: UpdateRequest }, ({ array, body }) => {
    const { name, configType } = body;
    const changes = {
      ...(name === undefined ? {} : { label: name }),
      ...(configType === undefined ? {} : { configType }),
    };
    return flashCacheView(array, array.ssdCaches.update(array.ssdCaches.only().ref, changes));
  });
  routes.onArray('addDrivesToFlashCache', { ...response, body: DrivesRequest }, ({ array, body }) =>
    flashCacheView(array, array.ssdCaches.addDrives(array.ssdCaches.only().ref, body.driveRef)),
  );
  routes.onArray('removeDrivesFromFlashCache', { ...response, body: DrivesRequest }, ({ array, body }) =>
    flashCacheView(array, array.ssdCaches.removeDrives(array.ssdCaches.only().ref, body.driveRef)),
  );
  for (const [operation, isSuspended] of [
    ['suspendFlashCache', true],
    ['resumeFlashCache', false],
  ] as const)
    routes.onArray(operation, response, ({ array }) =>
      flashCacheView(array, array.ssdCaches.setSuspended(array.ssdCaches.only().ref, isSuspended)),
    );
  routes.onArray('deleteFlashCache', {}, ({ array }) => array.ssdCaches.delete(array.ssdCaches.only().ref));
  routes.onArray('getFlashCacheCompatibleVolumes', { response: list(text()) }, ({ array }) => {
    array.ssdCaches.only();
    return array.ssdCaches.compatibleVolumes().map(({ ref }) => ref);
  });
}
