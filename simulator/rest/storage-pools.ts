import { maxReservedDrives, minimumDiskPoolDrives } from '../array/pool-capacity.js';
import type { PoolRecord, RaidLevel } from '../array/records.js';
import { hex } from '../array/refs.js';
import type { StorageArray } from '../array/storage-array.js';
import { spindleSpeedName } from './drives.js';
import { RestError } from './errors.js';
import type { Routes } from './route.js';
import { blank } from './schemas/blank.js';
import { PoolQosResponse, VolumeGroupEx } from './schemas/pools.js';
import {
  RaidMigrationRequest,
  StoragePoolCreateRequest,
  StoragePoolExpansionRequest,
  StoragePoolUpdateRequest,
} from './schemas/pools-requests.js';
import { boolean, list, object, optional } from './schemas/types.js';
import { cachedJson } from './view-cache.js';

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

const reserved1 = '0'.repeat(24);

function freeExtentRef(pool: PoolRecord): string {
  return `03${hex(pool.sequence, 6)}${pool.wwn}`;
}

export function poolView(array: StorageArray, pool: PoolRecord): object {
  const drives = array.drives.inPool(pool.ref);
  const [drive] = drives;
  const free = array.pools.freeBytes(pool);
  const status = array.pools.raidStatus(pool);
  const secureCapable = drives.every((each) => each.fdeCapable);
  const assured = drives.every((each) => each.protectionInformationCapable);
  return {
    ...blank(VolumeGroupEx),
    sequenceNum: pool.sequence,
    offline: status === 'failed',
    raidLevel: pool.raidLevel,
    worldWideName: pool.wwn,
    volumeGroupRef: pool.ref,
    reserved1,
    trayLossProtection: pool.trayLossProtection,
    drawerLossProtection: pool.drawerLossProtection,
    label: pool.label,
    name: pool.label,
    id: pool.ref,
    state: status === 'optimal' ? 'complete' : status === 'degraded' ? 'partial' : 'incomplete',
    spindleSpeedMatch: true,
    spindleSpeed: drive?.spindleSpeedRpm ?? 0,
    isInaccessible: status === 'failed',
    securityType: pool.securityEnabled ? 'enabled' : secureCapable ? 'capable' : 'none',
    securityLevel: pool.securityEnabled ? 'fde' : 'none',
    protectionInformationCapable: assured,
    protectionInformationCapabilities: { protectionInformationCapable: assured, protectionType: 'type2Protection' },
    volumeGroupData: {
      type: pool.diskPool === null ? 'unknown' : 'diskPool',
      diskPoolData: pool.diskPool === null ? null : diskPoolView(array, pool, pool.diskPool),
    },
    usage: pool.usage,
    driveBlockFormat: 'allNative',
    reservedSpaceAllocated: true,
    blkSizeSupported: [512],
    blkSizeRecommended: 512,
    usedSpace: String(pool.usedBytes),
    totalRaidedSpace: String(pool.totalBytes),
    freeSpace: String(free),
    extents:
      free === 0
        ? []
        : [
            {
              sectorOffset: '0',
              rawCapacity: String(free),
              raidLevel: pool.raidLevel,
              volumeGroupRef: pool.ref,
              freeExtentRef: freeExtentRef(pool),
              reserved1,
              reserved2: '',
              ddpRAIDCapacities: [],
            },
          ],
    largestFreeExtentSize: String(free),
    raidStatus: status,
    drivePhysicalType: drive?.physicalType ?? 'unknown',
    driveMediaType: drive?.media ?? 'unknown',
    normalizedSpindleSpeed: drive === undefined ? 'spindleSpeedUnknown' : spindleSpeedName(drive),
    diskPool: pool.diskPool !== null,
  };
}

function diskPoolView(array: StorageArray, pool: PoolRecord, settings: NonNullable<PoolRecord['diskPool']>): object {
  const drives = array.drives.inPool(pool.ref);
  const failed = drives.filter((drive) => drive.status !== 'optimal').length;
  const each = drives[0]?.usableBytes ?? 0;
  return {
    reconstructionReservedDriveCount: settings.reservedDriveCount,
    reconstructionReservedAmt: String(settings.reservedDriveCount * each),
    reconstructionReservedDriveCountCurrent: Math.max(0, settings.reservedDriveCount - failed),
    poolUtilizationWarningThreshold: settings.warningThreshold,
    poolUtilizationCriticalThreshold: settings.criticalThreshold,
    poolUtilizationState: array.pools.utilizationState(pool),
    unusableCapacity: '0',
    degradedReconstructPriority: settings.degradedReconstructPriority,
    criticalReconstructPriority: settings.criticalReconstructPriority,
    backgroundOperationPriority: settings.backgroundOperationPriority,
    allocGranularity: String(array.pools.granularityBytes(pool)),
    minimumDriveCount: minimumDiskPoolDrives,
    poolVersion: 1,
  };
}

function qosView(array: StorageArray, pool: PoolRecord): object {
  const drives = array.drives.inPool(pool.ref);
  const [drive] = drives;
  const isHdd = drive?.media === 'hdd';
  return {
    poolId: pool.ref,
    name: pool.label,
    pool: poolView(array, pool),
    flashCacheCapable: isHdd,
    dataAssuranceCapable: drives.every((each) => each.protectionInformationCapable),
    encrypted: pool.securityEnabled,
    thinProvisioningCapable: pool.diskPool !== null,
    spindleSpeed: drive === undefined ? 'spindleSpeedUnknown' : spindleSpeedName(drive),
    raidLevel: pool.raidLevel,
    availableFreeExtentCapacities: [String(array.pools.freeBytes(pool))],
  };
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
    ({ array, id, body }) => poolView(array, array.pools.expand(array.pools.require(id).ref, body.drives)),
  );
  routes.onArray(
    'changeStoragePoolRaidType',
    { body: RaidMigrationRequest, response: VolumeGroupEx },
    ({ array, id, body }) =>
      poolView(array, array.pools.migrate(array.pools.require(id).ref, raidLevelOf(body.raidLevel))),
  );
  routes.onArray('getMaxReservedDriveCount', {}, ({ array, id }) =>
    maxReservedDrives(array.drives.inPool(array.pools.require(id).ref).length),
  );
  routes.onArray('get-AllPools', { response: list(PoolQosResponse) }, ({ array }) =>
    array.tables.pools.toJSON().map((pool) => qosView(array, pool)),
  );
  routes.onArray('get-Pool', { response: PoolQosResponse }, ({ array, id }) => qosView(array, array.pools.require(id)));
}
