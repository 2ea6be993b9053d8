import { minimumDiskPoolDrives, utilizationState } from '../../array/pool-capacity.js';
import type { PoolRecord } from '../../array/records.js';
import { hex } from '../../array/refs.js';
import type { StorageArray } from '../../array/storage-array.js';
import { ProtectionInformationCapabilities } from '../schemas/drives.js';
import { PhyDriveTypeName, RaidLevelName } from '../schemas/enums.js';
import { type Shown, showing } from '../schemas/shown.js';
import { boolean, Int64, integer, list, nullable, object, oneOf, text, without } from '../schemas/types.js';
import { SpindleSpeedName, spindleSpeedName } from './drives.js';

const reserved1 = '0'.repeat(24);

function freeExtentRef(pool: PoolRecord): string {
  return `03${hex(pool.sequence, 6)}${pool.wwn}`;
}

const DDPRAIDCapacity = object({
  ddpVolRAIDLevel: oneOf('raidAll', 'raid6', 'raid1', '__UNDEFINED'),
  usableCapacity: Int64,
  allocGranularity: Int64,
});

/** How much of a disk pool's free space volumes of either level could have: mirrored ones get five eighths of it. */
function ddpCapacities(array: StorageArray, pool: PoolRecord, free: number): Shown<typeof DDPRAIDCapacity>[] {
  if (pool.diskPool === null || !array.firmwareProfile.diskPoolsHoldRaid1) return [];
  const granularity = array.pools.granularityBytes(pool);
  const capacity = (ddpVolRAIDLevel: 'raid6' | 'raid1', share: number) => ({
    ddpVolRAIDLevel,
    usableCapacity: String(Math.floor(free * share)),
    allocGranularity: String(granularity * share),
  });
  return [capacity('raid6', 1), capacity('raid1', 5 / 8)];
}

export const FreeExtent = object({
  sectorOffset: Int64,
  rawCapacity: Int64,
  raidLevel: RaidLevelName,
  volumeGroupRef: text(),
  freeExtentRef: text(),
  reserved1: text(),
  reserved2: text(),
  ddpRAIDCapacities: list(DDPRAIDCapacity),
});

function diskPoolFacts(array: StorageArray, pool: PoolRecord, settings: NonNullable<PoolRecord['diskPool']>) {
  const drives = array.drives.inPool(pool.ref);
  const failed = drives.filter((drive) => drive.status !== 'optimal').length;
  const each = drives[0]?.usableBytes ?? 0;
  return { array, pool, settings, failed, each };
}

const diskPool = showing<ReturnType<typeof diskPoolFacts>>();

export const DiskPoolData = object({
  reconstructionReservedDriveCount: diskPool.shown(integer(), ({ settings }) => settings.reservedDriveCount),
  reconstructionReservedAmt: diskPool.shown(Int64, ({ settings, each }) => String(settings.reservedDriveCount * each)),
  reconstructionReservedDriveCountCurrent: diskPool.shown(integer(), ({ settings, failed }) =>
    Math.max(0, settings.reservedDriveCount - failed),
  ),
  poolUtilizationWarningThreshold: diskPool.shown(integer(), ({ settings }) => settings.warningThreshold),
  poolUtilizationCriticalThreshold: diskPool.shown(integer(), ({ settings }) => settings.criticalThreshold),
  poolUtilizationState: diskPool.shown(
    oneOf(
      'utilizationInvalid',
      'utilizationOptimal',
      'utilizationWarning',
      'utilizationCritical',
      'capacityDepleted',
      '__UNDEFINED',
    ),
    ({ pool }) => utilizationState(pool),
  ),
  unusableCapacity: diskPool.always(Int64, '0'),
  degradedReconstructPriority: diskPool.shown(
    oneOf('invalid', 'lowest', 'low', 'medium', 'high', 'highest', 'useDefault', '__UNDEFINED'),
    ({ settings }) => settings.degradedReconstructPriority,
  ),
  criticalReconstructPriority: diskPool.shown(
    oneOf('invalid', 'lowest', 'low', 'medium', 'high', 'highest', 'useDefault', '__UNDEFINED'),
    ({ settings }) => settings.criticalReconstructPriority,
  ),
  backgroundOperationPriority: diskPool.shown(
    oneOf('invalid', 'lowest', 'low', 'medium', 'high', 'highest', 'useDefault', '__UNDEFINED'),
    ({ settings }) => settings.backgroundOperationPriority,
  ),
  allocGranularity: diskPool.shown(Int64, ({ array, pool }) => String(array.pools.granularityBytes(pool))),
  minimumDriveCount: diskPool.always(integer(), minimumDiskPoolDrives),
  poolVersion: diskPool.always(integer(), 1),
});

const diskPoolObject = diskPool.viewOf(DiskPoolData);

function diskPoolView(
  array: StorageArray,
  pool: PoolRecord,
  settings: NonNullable<PoolRecord['diskPool']>,
): Shown<typeof DiskPoolData> {
  return diskPoolObject(diskPoolFacts(array, pool, settings));
}

const VolumeGroupTypeData = object({
  type: oneOf('unknown', 'traditional', 'diskPool', '__UNDEFINED'),
  diskPoolData: nullable(DiskPoolData),
});

function poolFacts(array: StorageArray, pool: PoolRecord) {
  const drives = array.drives.inPool(pool.ref);
  const [drive] = drives;
  const free = array.pools.freeBytes(pool);
  const status = array.poolRedundancy.raidStatus(pool);
  const secureCapable = drives.every((each) => each.fdeCapable);
  const assured = drives.every((each) => each.protectionInformationCapable);
  return { array, pool, drive, free, status, secureCapable, assured };
}

const pool = showing<ReturnType<typeof poolFacts>>();

export const VolumeGroupEx = object({
  sequenceNum: pool.shown(integer(), ({ pool }) => pool.sequence),
  offline: pool.shown(boolean(), ({ status }) => status === 'failed'),
  raidLevel: pool.shown(RaidLevelName, ({ pool }) => pool.raidLevel),
  worldWideName: pool.shown(text(), ({ pool }) => pool.wwn),
  volumeGroupRef: pool.shown(text(), ({ pool }) => pool.ref),
  reserved1: pool.always(text(), reserved1),
  reserved2: text(),
  trayLossProtection: pool.shown(boolean(), ({ pool }) => pool.trayLossProtection),
  label: pool.shown(text(), ({ pool }) => pool.label),
  state: pool.shown(
    oneOf('contingent', 'exported', 'forced', 'complete', 'partial', 'incomplete', 'missing', '__UNDEFINED'),
    ({ status }) => (status === 'optimal' ? 'complete' : status === 'degraded' ? 'partial' : 'incomplete'),
  ),
  spindleSpeedMatch: pool.always(boolean(), true),
  spindleSpeed: pool.shown(integer(), ({ drive }) => drive?.spindleSpeedRpm ?? 0),
  isInaccessible: pool.shown(boolean(), ({ status }) => status === 'failed'),
  securityType: pool.shown(oneOf('unknown', 'none', 'capable', 'enabled', '__UNDEFINED'), ({ pool, secureCapable }) =>
    pool.securityEnabled ? 'enabled' : secureCapable ? 'capable' : 'none',
  ),
  drawerLossProtection: pool.shown(boolean(), ({ pool }) => pool.drawerLossProtection),
  protectionInformationCapable: pool.shown(boolean(), ({ assured }) => assured),
  protectionInformationCapabilities: pool.shown(nullable(ProtectionInformationCapabilities), ({ assured }) => ({
    protectionInformationCapable: assured,
    protectionType: 'type2Protection',
  })),
  volumeGroupData: pool.shown(nullable(VolumeGroupTypeData), ({ pool, array }) => ({
    type: pool.diskPool === null ? 'unknown' : 'diskPool',
    diskPoolData: pool.diskPool === null ? null : diskPoolView(array, pool, pool.diskPool),
  })),
  usage: pool.shown(oneOf('unknown', 'standard', 'flashcache', '__UNDEFINED'), ({ pool }) => pool.usage),
  driveBlockFormat: pool.always(oneOf('unknown', 'allNative', 'allEmulated', 'mixed', '__UNDEFINED'), 'allNative'),
  reservedSpaceAllocated: pool.always(boolean(), true),
  securityLevel: pool.shown(oneOf('unknown', 'none', 'mixed', 'fde', 'fips', '__UNDEFINED'), ({ pool }) =>
    pool.securityEnabled ? 'fde' : 'none',
  ),
  dulbeEnabled: boolean(),
  blkSizeSupported: pool.always(list(integer()), [512]),
  blkSizeRecommended: pool.always(integer(), 512),
  usedSpace: pool.shown(Int64, ({ pool }) => String(pool.usedBytes)),
  totalRaidedSpace: pool.shown(Int64, ({ pool }) => String(pool.totalBytes)),
  extents: pool.shown(list(FreeExtent), ({ array, free, pool }) =>
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
            ddpRAIDCapacities: ddpCapacities(array, pool, free),
          },
        ],
  ),
  largestFreeExtentSize: pool.shown(Int64, ({ free }) => String(free)),
  raidStatus: pool.shown(
    oneOf('optimal', 'degraded', 'failed', 'impaired', 'creating', 'deleting', '__UNDEFINED'),
    ({ status }) => status,
  ),
  freeSpace: pool.shown(Int64, ({ free }) => String(free)),
  drivePhysicalType: pool.shown(PhyDriveTypeName, ({ drive }) => drive?.physicalType ?? 'unknown'),
  driveMediaType: pool.shown(
    oneOf('all', 'unknown', 'hdd', 'ssd', '__UNDEFINED'),
    ({ drive }) => drive?.media ?? 'unknown',
  ),
  normalizedSpindleSpeed: pool.shown(SpindleSpeedName, ({ drive }) =>
    drive === undefined ? 'spindleSpeedUnknown' : spindleSpeedName(drive),
  ),
  id: pool.shown(text(), ({ pool }) => pool.ref),
  diskPool: pool.shown(boolean(), ({ pool }) => pool.diskPool !== null),
  name: pool.shown(text(), ({ pool }) => pool.label),
});

export const VolumeGroup = without(
  VolumeGroupEx,
  'usedSpace',
  'totalRaidedSpace',
  'extents',
  'largestFreeExtentSize',
  'raidStatus',
  'freeSpace',
  'drivePhysicalType',
  'driveMediaType',
  'normalizedSpindleSpeed',
  'diskPool',
);

const poolObject = pool.viewOf(VolumeGroupEx);

export function poolView(array: StorageArray, pool: PoolRecord): Shown<typeof VolumeGroupEx> {
  return poolObject(poolFacts(array, pool));
}

function poolQosFacts(array: StorageArray, pool: PoolRecord) {
  const drives = array.drives.inPool(pool.ref);
  const [drive] = drives;
  const isHdd = drive?.media === 'hdd';
  return { array, pool, drives, drive, isHdd };
}

const poolQos = showing<ReturnType<typeof poolQosFacts>>();

export const PoolQosResponse = object({
  poolId: poolQos.shown(text(), ({ pool }) => pool.ref),
  name: poolQos.shown(text(), ({ pool }) => pool.label),
  pool: poolQos.shown(nullable(VolumeGroupEx), ({ array, pool }) => poolView(array, pool)),
  flashCacheCapable: poolQos.shown(boolean(), ({ isHdd }) => isHdd),
  dataAssuranceCapable: poolQos.shown(boolean(), ({ drives }) =>
    drives.every((each) => each.protectionInformationCapable),
  ),
  encrypted: poolQos.shown(boolean(), ({ pool }) => pool.securityEnabled),
  thinProvisioningCapable: poolQos.shown(boolean(), ({ pool }) => pool.diskPool !== null),
  spindleSpeed: poolQos.shown(SpindleSpeedName, ({ drive }) =>
    drive === undefined ? 'spindleSpeedUnknown' : spindleSpeedName(drive),
  ),
  raidLevel: poolQos.shown(
    oneOf('raid0', 'raid1', 'raid5', 'raid6', 'raidDiskPool', 'unknown'),
    ({ pool }) => pool.raidLevel,
  ),
  availableFreeExtentCapacities: poolQos.shown(list(Int64), ({ array, pool }) => [String(array.pools.freeBytes(pool))]),
});

const poolQosObject = poolQos.viewOf(PoolQosResponse);

export function qosView(array: StorageArray, pool: PoolRecord): Shown<typeof PoolQosResponse> {
  return poolQosObject(poolQosFacts(array, pool));
}
