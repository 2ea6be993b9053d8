import { ArrayError } from '../array/errors.js';
import { maxReservedDrives } from '../array/pool-capacity.js';
import type { PoolRecord, RaidLevel } from '../array/records.js';
import type { StorageArray } from '../array/storage-array.js';
import { RestError } from './errors.js';
import { PoolQosResponse, poolView, qosView, VolumeGroupEx } from './objects/pools.js';
import type { Routes } from './route.js';

import {
  RaidMigrationRequest,
  StoragePoolCreateRequest,
  StoragePoolExpansionRequest,
  StoragePoolUpdateRequest,
} from './schemas/pools-requests.js';
import { boolean, integer, list, object, optional, text } from './schemas/types.js';
import { cachedJson } from './view-cache.js';

const MaxReservedDriveCountResponse = object({ storagePoolId: text(), maxReservedDriveCount: integer() });

/** The RAID levels that the array makes volume groups of. */
const groupLevels = ['raid0', 'raid1', 'raid5', 'raid6'] as const;
type GroupLevel = (typeof groupLevels)[number];

/** A RAID level of a request as the array has it. Throws RestError for levels that no pool can have. */
export function raidLevelOf(level: string): RaidLevel {
  if (level === 'raidDiskPool') return level;
  const known = groupLevels.find((each) => each === level);
  if (known === undefined)
    throw new RestError(
      'invalidField',
      `The raidLevel is ${level}: allowed are raidDiskPool, ${groupLevels.join(', ')}.`,
      ['raidLevel'],
    );
  return known;
}

export function isGroupLevel(level: RaidLevel): level is GroupLevel {
  return level !== 'raidDiskPool';
}

/** What a pool shows depends on its drives too: only the list is kept, for one version of the array. */
const poolJson = cachedJson<PoolRecord>(poolView, () => true);

/** Creates what a request describes: a disk pool or a volume group. */
export function createPool(
  array: StorageArray,
  wanted: {
    label: string;
    raidLevel: RaidLevel;
    driveRefs: readonly string[];
    securityEnabled?: boolean;
    reservedDriveCount?: number;
  },
): PoolRecord {
  const { raidLevel, ...rest } = wanted;
  return isGroupLevel(raidLevel)
    ? array.pools.createVolumeGroup({ ...rest, raidLevel })
    : array.pools.createDiskPool(rest);
}

export function storagePoolRoutes(routes: Routes): void {
  routes.onArray('getStoragePools', { response: list(VolumeGroupEx) }, ({ array }) =>
    poolJson.list(array, () => array.tables.pools.values()),
  );
  routes.onArray('getStoragePool', { response: VolumeGroupEx }, ({ array, id }) =>
    poolView(array, array.pools.require(id)),
  );
  routes.onArray('createStoragePool', { body: StoragePoolCreateRequest, response: VolumeGroupEx }, ({ array, body }) =>
    poolView(
      array,
      createPool(array, {
        label: body.name,
        raidLevel: raidLevelOf(body.raidLevel),
        driveRefs: body.diskDriveIds,
        securityEnabled: body.enableSecurity,
        reservedDriveCount: body.reconstructionDriveCount,
      }),
    ),
  );
  routes.onArray(
    'updateStoragePool',
    { body: StoragePoolUpdateRequest, response: VolumeGroupEx },
    ({ array, id, body }) => {
      const { poolPriority, poolThreshold } = body;
      const priority = poolPriority?.priority === 'useDefault' ? undefined : poolPriority?.priority;
      const updated = array.pools.update(id, {
        label: body.name,
        // A pool that is not secure stays so: false says nothing new.
        securityEnabled: body.securePool === true ? true : undefined,
        reservedDriveCount: body.reservedDriveCount,
        degradedReconstructPriority: poolPriority?.priorityType === 'degraded' ? priority : undefined,
        criticalReconstructPriority: poolPriority?.priorityType === 'critical' ? priority : undefined,
        backgroundOperationPriority: poolPriority?.priorityType === 'background' ? priority : undefined,
        warningThreshold: poolThreshold?.thresholdType === 'warning' ? poolThreshold.value : undefined,
        criticalThreshold: poolThreshold?.thresholdType === 'critical' ? poolThreshold.value : undefined,
      });
      return poolView(array, updated);
    },
  );
  routes.onArray(
    'deleteStoragePool',
    { query: object({ 'delete-volumes': optional(boolean()) }) },
    ({ array, id, query }) =>
      array.pools.delete(array.pools.require(id).ref, { deleteVolumes: query['delete-volumes'] }),
  );
  routes.onArray(
    'expandStoragePool',
    { body: StoragePoolExpansionRequest, response: VolumeGroupEx },
    ({ array, id, body }) =>
      poolView(array, array.poolReconfiguration.expand(array.pools.require(id).ref, body.drives)),
  );
  routes.onArray(
    'changeStoragePoolRaidType',
    { body: RaidMigrationRequest, response: VolumeGroupEx },
    ({ array, id, body }) =>
      poolView(array, array.poolReconfiguration.migrate(array.pools.require(id).ref, raidLevelOf(body.raidLevel))),
  );
  routes.onArray('getMaxReservedDriveCount', { response: MaxReservedDriveCountResponse }, ({ array, id }) => {
    const pool = array.pools.require(id);
    if (pool.diskPool === null)
      throw new ArrayError(
        'invalidVolumegroupref',
        `'${pool.label}' is a volume group: only disk pools have a reserve.`,
      );
    return { storagePoolId: pool.ref, maxReservedDriveCount: maxReservedDrives(array.drives.inPool(pool.ref).length) };
  });
  routes.onArray('get-AllPools', { response: list(PoolQosResponse) }, ({ array }) =>
    array.tables.pools.toJSON().map((pool) => qosView(array, pool)),
  );
  routes.onArray('get-Pool', { response: PoolQosResponse }, ({ array, id }) => qosView(array, array.pools.require(id)));
}
