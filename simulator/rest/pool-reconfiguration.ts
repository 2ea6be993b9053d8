import { ArrayError } from '../array/errors.js';
import type { StorageArray } from '../array/storage-array.js';
import { poolView, VolumeGroupEx } from './objects/pools.js';
import type { Routes } from './route.js';
import { boolean, integer, list, object, optional, text } from './schemas/types.js';

const SsdOptimizationCapacity = object({ id: text(), ssdOptimizationCapacity: integer() });

/** Space that is provisioned by what drives report as unmapped needs NVMe drives with DULBE, which no drive here has. */
function refuseResourceProvisioning(array: StorageArray, id: string): never {
  const pool = array.pools.require(id);
  throw new ArrayError(
    'notImplemented',
    `Storage pool '${pool.label}' cannot be resource-provisioned: its drives do not report unmapped blocks (DULBE).`,
  );
}

function ssdOptimizations(array: StorageArray) {
  return array.tables.pools
    .toJSON()
    .filter(({ ref }) => array.drives.inPool(ref)[0]?.media === 'ssd')
    .map(({ ref, ssdOptimizationPercent }) => ({ id: ref, ssdOptimizationCapacity: ssdOptimizationPercent }));
}

/** Changes of pools beside expansion and RAID level. */
export function poolReconfigurationRoutes(routes: Routes): void {
  routes.onArray(
    'getStoragePoolRemovableDrives',
    { response: object({ poolId: text(), removableDriveCount: integer() }) },
    ({ array, id }) => {
      const { ref, diskPool } = array.pools.require(id);
      const removableDriveCount = diskPool === null ? 0 : array.poolReconfiguration.removableDrives(ref);
      return { poolId: ref, removableDriveCount };
    },
  );
  routes.onArray(
    'reduceStoragePoolCapacity',
    { body: object({ drives: list(text()) }), response: VolumeGroupEx },
    ({ array, id, body }) => poolView(array, array.poolReconfiguration.reduce(id, body.drives)),
  );
  routes.onArray('startVolumeGroupDefrag', {}, ({ array, id }) => array.poolReconfiguration.defragment(id));
  routes.onArray(
    'startStoragePoolFullProvisioningFormat',
    { body: object({ disableDulbe: optional(boolean()) }), bodyOptional: true },
    ({ array, id }) => refuseResourceProvisioning(array, id),
  );
  routes.onArray('startStoragePoolResourceProvisioningEnablement', {}, ({ array, id }) =>
    refuseResourceProvisioning(array, id),
  );
  const response = { response: list(SsdOptimizationCapacity) };
  routes.onArray('getSsdOptimizationCapacity', response, ({ array }) => ssdOptimizations(array));
  routes.onArray('setSsdOptimizationCapacity', { ...response, body: SsdOptimizationCapacity }, ({ array, body }) => {
    array.poolReconfiguration.setSsdOptimization(body.id, body.ssdOptimizationCapacity);
    return ssdOptimizations(array);
  });
}
