import type { ThickVolumeRecord, ThinVolumeRecord, VolumeCacheSettings, VolumeRecord } from '../array/records.js';
import type { StorageArray } from '../array/storage-array.js';
import { maxVirtualBytes } from '../array/thin-volumes.js';
import { shownAction } from './actions.js';
import { blank } from './schemas/blank.js';
import { ThinVolumeEx, VolumeCache, VolumeEx, VolumePerms } from './schemas/volumes.js';
import { cachedJson } from './view-cache.js';
import { mappingsOf } from './volume-mappings.js';

/** Thin volumes: growth in blocks of 64 KiB, counted in 512-byte blocks. */
const thinAllocationBlocks = 128;

function cacheView(array: StorageArray, cache: VolumeCacheSettings): object {
  return {
    ...blank(VolumeCache),
    cwob: cache.cacheWithoutBatteries,
    mirrorActive: cache.mirrorEnable,
    mirrorEnable: cache.mirrorEnable,
    readCacheActive: cache.readCacheEnable,
    readCacheEnable: cache.readCacheEnable,
    writeCacheActive: cache.writeCacheEnable && (cache.cacheWithoutBatteries || array.components.cachesWrites()),
    writeCacheEnable: cache.writeCacheEnable,
    cacheFlushModifier: cache.cacheFlushModifier,
    readAheadMultiplier: cache.readAheadMultiplier,
  };
}

const allPermissions = Object.fromEntries(Object.keys(blank(VolumePerms)).map((name) => [name, true]));

/** What may be done with a thick volume, a thin one, a view and the member of a repository. */
export const permissions = {
  thick: { ...allPermissions, allowThinManualExpansion: false, allowThinGrowthParametersChange: false },
  thin: { ...allPermissions, reconfigure: false, concatVolumeMember: false, copyTarget: false },
  view: { ...allPermissions, snapShot: false, pitGroup: false, copyTarget: false, reconfigure: false, allowDVE: false },
  member: { ...blank(VolumePerms), readable: true, writable: true },
} as const;

function common(array: StorageArray, volume: VolumeRecord) {
  const mirrored = array.asyncMirrors.ofVolume(volume.ref);
  const secondary = array.asyncMirrors.isSecondary(volume.ref);
  const cache = cacheView(array, volume.cache);
  const copySource = array.volumeCopies.isSource(volume.ref);
  const capacity = String(volume.capacityBytes);
  const mappings = mappingsOf(array, volume.ref);
  return {
    volumeHandle: volume.handle,
    worldWideName: volume.wwn,
    label: volume.label,
    blkSize: volume.blockSizeBytes,
    blkSizePhysical: volume.blockSizeBytes,
    capacity,
    totalSizeInBytes: capacity,
    reconPriority: volume.reconPriority,
    segmentSize: volume.segmentSizeBytes,
    mediaScan: volume.mediaScan,
    volumeRef: volume.ref,
    volumeGroupRef: volume.poolRef,
    currentManager: volume.currentController,
    preferredManager: volume.preferredController,
    preReadRedundancyCheckEnabled: volume.preReadRedundancyCheckEnabled,
    protectionType: volume.dataAssurance ? ('type1Protection' as const) : ('type0Protection' as const),
    applicationTagOwned: volume.dataAssurance,
    offline: volume.offline,
    volumeCopyTarget: array.volumeCopies.isTarget(volume.ref),
    asyncMirrorSource: mirrored !== undefined && !secondary,
    asyncMirrorTarget: secondary,
    volumeCopySource: copySource,
    onlineVolumeCopy: copySource && array.volumeCopies.of(volume.ref).some((copy) => copy.online),
    pitBaseVolume: array.snapshotGroups.ofBase(volume.ref).length > 0,
    flashCached: volume.flashCached,
    metadata: volume.tags,
    dataAssurance: volume.dataAssurance,
    name: volume.label,
    id: volume.ref,
    wwn: volume.wwn,
    currentControllerId: volume.currentController,
    preferredControllerId: volume.preferredController,
    cacheSettings: cache,
    mapped: mappings.length > 0,
    listOfMappings: mappings,
  };
}

function thickView(array: StorageArray, volume: ThickVolumeRecord): object {
  const pool = array.pools.require(volume.poolRef);
  const drives = array.drives.inPool(pool.ref).length;
  const parity = { raid0: 0, raid1: drives / 2, raid5: 1, raid6: 2, raidDiskPool: 2 }[pool.raidLevel];
  return {
    ...blank(VolumeEx),
    ...common(array, volume),
    raidLevel: pool.raidLevel,
    status: volume.status,
    action: shownAction(array, volume),
    cache: cacheView(array, volume.cache),
    perms: volume.use === 'standardVolume' ? permissions.thick : permissions.member,
    dssPreallocEnabled: volume.dssPreallocEnabled,
    dssMaxSegmentSize: 2_097_152,
    protectionInformationCapable: volume.dataAssurance,
    hostUnmapEnabled: volume.hostUnmapEnabled,
    cachePoolID: volume.cachePoolId,
    dataDriveCount: pool.diskPool === null ? drives - parity : 8,
    parityDriveCount: parity,
    allocGranularity: pool.diskPool === null ? '0' : String(array.pools.granularityBytes(pool)),
    volumeUse: volume.use,
    diskPool: pool.diskPool !== null,
    increasingBy: String(volume.increasingByBytes),
    objectType: 'volume',
    thinProvisioned: false,
    extendedUniqueIdentifier: '',
  };
}

function thinView(array: StorageArray, volume: ThinVolumeRecord): object {
  const status = array.thinVolumes.status(volume);
  return {
    ...blank(ThinVolumeEx),
    ...common(array, volume),
    allocationGranularity: thinAllocationBlocks,
    status,
    repositoryRef: volume.repositoryRef,
    storageVolumeRef: volume.storageVolumeRef,
    perms: permissions.thin,
    maxVirtualCapacity: String(maxVirtualBytes),
    initialProvisionedCapacity: String(volume.initialProvisionedBytes),
    currentProvisionedCapacity: String(volume.provisionedBytes),
    provisionedCapacityQuota: String(volume.quotaBytes),
    growthAlertThreshold: volume.growthAlertThreshold,
    expansionPolicy: volume.expansionPolicy,
    volumeCache: cacheView(array, volume.cache),
    reportingPolicy: 'asThin',
    volumeFull: status === 'full',
    raidLevel: 'raidDiskPool',
    objectType: 'thinVolume',
    diskPool: true,
    thinProvisioned: true,
    extendedUniqueIdentifier: '',
  };
}

export function volumeView(array: StorageArray, volume: VolumeRecord): object {
  return volume.kind === 'thick' ? thickView(array, volume) : thinView(array, volume);
}

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
