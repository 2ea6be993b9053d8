import type { ThickVolumeRecord, ThinVolumeRecord, VolumeCacheSettings, VolumeRecord } from '../../array/records.js';
import type { StorageArray } from '../../array/storage-array.js';
import { maxVirtualBytes } from '../../array/thin-volumes.js';
import { shownAction } from '../actions.js';
import { blank } from '../schemas/blank.js';
import { ActionName, ObjectTypeName, ProtectionTypeName, RaidLevelName } from '../schemas/enums.js';
import { type Shown, showing } from '../schemas/shown.js';
import { boolean, Int64, integer, list, nullable, object, oneOf, only, text, without } from '../schemas/types.js';
import { VolumeCache, VolumeMediaScanParams, VolumeMetadataItem, VolumePerms } from '../schemas/volumes.js';
import { LUNMapping, mappableDetails, mappingsOf } from './mappings.js';

/** Thin volumes: growth in blocks of 64 KiB, counted in 512-byte blocks. */
const thinAllocationBlocks = 128;

const allPermissions: Shown<typeof VolumePerms> = {
  ...blank(VolumePerms),
  ...Object.fromEntries(Object.keys(VolumePerms.properties).map((name) => [name, true])),
};

/** What may be done with a thick volume, a thin one, a view and the member of a repository. */
export const permissions = {
  thick: { ...allPermissions, allowThinManualExpansion: false, allowThinGrowthParametersChange: false },
  thin: { ...allPermissions, reconfigure: false, concatVolumeMember: false, copyTarget: false },
  view: { ...allPermissions, snapShot: false, pitGroup: false, copyTarget: false, reconfigure: false, allowDVE: false },
  member: { ...blank(VolumePerms), readable: true, writable: true },
} as const;

function cacheView(array: StorageArray, cache: VolumeCacheSettings): Shown<typeof VolumeCache> {
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

function factsOf<Volume extends VolumeRecord>(array: StorageArray, volume: Volume) {
  return {
    array,
    volume,
    drive: array.drives.inPool(volume.poolRef)[0],
    capacity: String(volume.capacityBytes),
    cache: cacheView(array, volume.cache),
    mappings: mappingsOf(array, volume.ref),
    isMirrored: array.asyncMirrorMembers.ofVolume(volume.ref) !== undefined,
    isSecondary: array.asyncMirrorMembers.isSecondary(volume.ref),
    isCopySource: array.volumeCopies.isSource(volume.ref),
  };
}

/**
 * A volume's EUI-64 based name of 16 bytes: the second half of its WWN, then the vendor's number and the rest of the
 * first half (source: NVMe's NGUID of volumes and their WWN, both as arrays show them).
 */
function extendedUniqueIdentifier(wwn: string): string {
  return `${wwn.slice(16)}${wwn.slice(1, 7)}0${wwn.slice(7, 16)}`;
}

const any = showing<ReturnType<typeof factsOf<VolumeRecord>>>();

/** What thick and thin volumes show alike. */
const common = {
  volumeHandle: any.shown(integer(), ({ volume }) => volume.handle),
  worldWideName: any.shown(text(), ({ volume }) => volume.wwn),
  label: any.shown(text(), ({ volume }) => volume.label),
  capacity: any.shown(Int64, ({ capacity }) => capacity),
  reconPriority: any.shown(integer(), ({ volume }) => volume.reconPriority),
  volumeRef: any.shown(text(), ({ volume }) => volume.ref),
  currentManager: any.shown(text(), ({ volume }) => volume.currentController),
  preferredManager: any.shown(text(), ({ volume }) => volume.preferredController),
  mgmtClientAttribute: integer(),
  preReadRedundancyCheckEnabled: any.shown(boolean(), ({ volume }) => volume.preReadRedundancyCheckEnabled),
  protectionType: any.shown(ProtectionTypeName, ({ volume }) =>
    volume.dataAssurance ? 'type1Protection' : 'type0Protection',
  ),
  applicationTagOwned: any.shown(boolean(), ({ volume }) => volume.dataAssurance),
  offline: any.shown(boolean(), ({ volume }) => volume.offline),
  extendedUniqueIdentifier: any.shown(text(), ({ volume }) => extendedUniqueIdentifier(volume.wwn)),
  volumeGroupRef: any.shown(text(), ({ volume }) => volume.poolRef),
  blkSizePhysical: any.shown(integer(), ({ drive, volume }) => drive?.physicalBlockSizeBytes ?? volume.blockSizeBytes),
  blkSize: any.shown(integer(), ({ volume }) => volume.blockSizeBytes),
  volumeCopyTarget: any.shown(boolean(), ({ array, volume }) => array.volumeCopies.isTarget(volume.ref)),
  volumeCopySource: any.shown(boolean(), ({ isCopySource }) => isCopySource),
  pitBaseVolume: any.shown(boolean(), ({ array, volume }) => array.snapshotGroups.ofBase(volume.ref).length > 0),
  asyncMirrorTarget: any.shown(boolean(), ({ isSecondary }) => isSecondary),
  asyncMirrorSource: any.shown(boolean(), ({ isMirrored, isSecondary }) => isMirrored && !isSecondary),
  remoteMirrorSource: boolean(),
  remoteMirrorTarget: boolean(),
  flashCached: any.shown(boolean(), ({ volume }) => volume.flashCached),
  mediaScan: any.shown(nullable(VolumeMediaScanParams), ({ volume }) => volume.mediaScan),
  metadata: any.shown(list(VolumeMetadataItem), ({ volume }) => volume.tags),
  dataAssurance: any.shown(boolean(), ({ volume }) => volume.dataAssurance),
  name: any.shown(text(), ({ volume }) => volume.label),
  id: any.shown(text(), ({ volume }) => volume.ref),
  currentControllerId: any.shown(text(), ({ volume }) => volume.currentController),
  wwn: any.shown(text(), ({ volume }) => volume.wwn),
  cacheSettings: any.shown(nullable(VolumeCache), ({ cache }) => cache),
  totalSizeInBytes: any.shown(Int64, ({ capacity }) => capacity),
  preferredControllerId: any.shown(text(), ({ volume }) => volume.preferredController),
  segmentSize: any.shown(integer(), ({ volume }) => volume.segmentSizeBytes),
  mapped: any.shown(boolean(), ({ mappings }) => mappings.length > 0),
  listOfMappings: any.shown(list(LUNMapping), ({ mappings }) => mappings),
  onlineVolumeCopy: any.shown(
    boolean(),
    ({ array, volume, isCopySource }) => isCopySource && array.volumeCopies.of(volume.ref).some((copy) => copy.online),
  ),
};

function thickFacts(array: StorageArray, volume: ThickVolumeRecord) {
  const pool = array.pools.require(volume.poolRef);
  const drives = array.drives.inPool(pool.ref).length;
  const parity = { raid0: 0, raid1: drives / 2, raid5: 1, raid6: 2, raidDiskPool: 2 }[pool.raidLevel];
  return { ...factsOf(array, volume), pool, drives, parity };
}

const thick = showing<ReturnType<typeof thickFacts>>();

export const VolumeEx = object({
  ...common,
  extremeProtection: boolean(),
  raidLevel: thick.shown(RaidLevelName, ({ array, pool }) =>
    pool.diskPool === null ? pool.raidLevel : array.firmwareProfile.diskPoolVolumeLevel,
  ),
  sectorOffset: Int64,
  action: thick.shown(ActionName, ({ array, volume }) => shownAction(array, volume)),
  cache: thick.shown(nullable(VolumeCache), ({ cache }) => cache),
  status: thick.shown(
    oneOf('optimal', 'degraded', 'failed', 'impaired', 'creating', 'deleting', '__UNDEFINED'),
    ({ volume }) => volume.status,
  ),
  perms: thick.shown(nullable(VolumePerms), ({ volume }) =>
    volume.use === 'standardVolume' ? permissions.thick : permissions.member,
  ),
  dssPreallocEnabled: thick.shown(boolean(), ({ volume }) => volume.dssPreallocEnabled),
  dssMaxSegmentSize: thick.shown(integer(), ({ array }) => array.firmwareProfile.dssMaxSegmentBytes),
  protectionInformationCapable: thick.shown(boolean(), ({ volume }) => volume.dataAssurance),
  repairedBlockCount: integer(),
  cacheMirroringValidateProtectionInformation: boolean(),
  expectedProtectionInformationAppTag: integer(),
  hostUnmapEnabled: thick.shown(boolean(), ({ volume }) => volume.hostUnmapEnabled),
  cachePoolID: thick.shown(integer(), ({ volume }) => volume.cachePoolId),
  dataDriveCount: thick.shown(integer(), ({ pool, drives, parity }) => (pool.diskPool === null ? drives - parity : 8)),
  parityDriveCount: thick.shown(integer(), ({ parity }) => parity),
  allocGranularity: thick.shown(Int64, ({ array, pool }) =>
    pool.diskPool === null ? '0' : String(array.pools.granularityBytes(pool)),
  ),
  volumeUse: thick.shown(
    oneOf(
      'standardVolume',
      'repositoryVolume',
      'mirrorTargetVolume',
      'mirrorSourceVolume',
      'concatVolume',
      'freeRepositoryVolume',
      'asyncMirrorSourceVolume',
      'asyncMirrorTargetVolume',
    ),
    ({ volume }) => volume.use,
  ),
  volumeFull: boolean(),
  diskPool: thick.shown(boolean(), ({ pool }) => pool.diskPool !== null),
  increasingBy: thick.shown(Int64, ({ volume }) => String(volume.increasingByBytes)),
  objectType: thick.always(ObjectTypeName, 'volume'),
  thinProvisioned: boolean(),
});

const thickObject = thick.viewOf(VolumeEx);

function thinFacts(array: StorageArray, volume: ThinVolumeRecord) {
  return { ...factsOf(array, volume), status: array.thinVolumes.status(volume) };
}

const thin = showing<ReturnType<typeof thinFacts>>();

export const ThinVolumeEx = object({
  ...common,
  allocationGranularity: thin.always(integer(), thinAllocationBlocks),
  status: thin.shown(
    oneOf('unknown', 'optimal', 'full', 'overThresh', 'failed', 'initializing', '__UNDEFINED'),
    ({ status }) => status,
  ),
  repositoryRef: thin.shown(text(), ({ volume }) => volume.repositoryRef),
  perms: thin.always(nullable(VolumePerms), permissions.thin),
  maxVirtualCapacity: thin.always(Int64, String(maxVirtualBytes)),
  initialProvisionedCapacity: thin.shown(Int64, ({ volume }) => String(volume.initialProvisionedBytes)),
  currentProvisionedCapacity: thin.shown(Int64, ({ volume }) => String(volume.provisionedBytes)),
  provisionedCapacityQuota: thin.shown(Int64, ({ volume }) => String(volume.quotaBytes)),
  growthAlertThreshold: thin.shown(integer(), ({ volume }) => volume.growthAlertThreshold),
  expansionPolicy: thin.shown(
    oneOf('unknown', 'manual', 'automatic', '__UNDEFINED'),
    ({ volume }) => volume.expansionPolicy,
  ),
  volumeCache: thin.shown(nullable(VolumeCache), ({ cache }) => cache),
  reportingPolicy: thin.always(oneOf('unknown', 'asThick', 'asThin', '__UNDEFINED'), 'asThin'),
  volumeFull: thin.shown(boolean(), ({ status }) => status === 'full'),
  raidLevel: thin.always(RaidLevelName, 'raidDiskPool'),
  storageVolumeRef: thin.shown(text(), ({ volume }) => volume.storageVolumeRef),
  objectType: thin.always(ObjectTypeName, 'thinVolume'),
  diskPool: thin.always(boolean(), true),
  thinProvisioned: thin.always(boolean(), true),
});

export const ThinVolume = without(
  ThinVolumeEx,
  'volumeGroupRef',
  'blkSizePhysical',
  'blkSize',
  'volumeCopyTarget',
  'volumeCopySource',
  'pitBaseVolume',
  'asyncMirrorTarget',
  'asyncMirrorSource',
  'remoteMirrorSource',
  'remoteMirrorTarget',
  'flashCached',
  'mediaScan',
  'metadata',
  'dataAssurance',
  'cacheSettings',
  'segmentSize',
  'onlineVolumeCopy',
  'volumeFull',
  'raidLevel',
  'storageVolumeRef',
  'diskPool',
  'thinProvisioned',
  ...mappableDetails,
);

const thinObject = thin.viewOf(ThinVolumeEx);

/** What the service catalogue documents of a volume, thick or thin. */
export const UserVolume = only(
  VolumeEx,
  'metadata',
  'raidLevel',
  'volumeGroupRef',
  'blkSize',
  'diskPool',
  'cacheSettings',
  'flashCached',
  'segmentSize',
  'protectionType',
  'thinProvisioned',
  'mediaScan',
  'blkSizePhysical',
  'dataAssurance',
  'name',
  'id',
  'objectType',
  'currentControllerId',
  'wwn',
  'totalSizeInBytes',
  'preferredControllerId',
  'mapped',
  'listOfMappings',
);

/** How a volume looks on the wire: as VolumeEx or ThinVolumeEx. */
export function volumeView(array: StorageArray, volume: VolumeRecord) {
  return volume.kind === 'thick' ? thickObject(thickFacts(array, volume)) : thinObject(thinFacts(array, volume));
}
