import Type from 'typebox';
import { ProtectionInformationCapabilities } from './drives.js';
import { PhyDriveTypeName, RaidLevelName } from './enums.js';
import { AuthenticationBundle, Host, HostPort, Initiator, LUNMapping, ScsiAlias, ScsiInitiatorTargetBaseProperties, ScsiNodeName, TargetPortal } from './hosts.js';
import { Int64, nullable, oneOf } from './types.js';

/** What the array answers about pools: the vendor's definitions, property by property. */

export const HotSpare = Type.Object({
  capacity: Int64,
  driveRef: Type.String(),
  interfaceType: oneOf('fibre', 'fibre520b', 'nvme4k', 'sas', 'sas4k', 'unknown'),
  isFdeCapable: Type.Boolean(),
  isFipsCapable: Type.Boolean(),
  isHotSpareInUse: Type.Boolean(),
  mediaType: oneOf('hdd', 'ssd', 'unknown'),
  productId: Type.String(),
});

export const AssignHotSpareCountToStoragePoolResponse = Type.Object({
  hotSpares: Type.Array(HotSpare),
});

export const RemoteTarget = Type.Object({
  remoteRef: Type.String(),
  nodeName: nullable(ScsiNodeName),
  label: Type.String(),
  configuredAuthMethods: nullable(AuthenticationBundle),
  scsiinitiatorTargetBaseProperties: nullable(ScsiInitiatorTargetBaseProperties),
});

export const Cluster = Type.Object({
  clusterRef: Type.String(),
  label: Type.String(),
  isSAControlled: Type.Boolean(),
  confirmLUNMappingCreation: Type.Boolean(),
  protectionInformationCapableAccessMethod: Type.Boolean(),
  isLun0Restricted: Type.Boolean(),
  name: Type.String(),
  id: Type.String(),
});

export const DDPRAIDCapacity = Type.Object({
  ddpVolRAIDLevel: oneOf('raidAll', 'raid6', 'raid1', '__UNDEFINED'),
  usableCapacity: Int64,
  allocGranularity: Int64,
});

export const DiskPoolData = Type.Object({
  reconstructionReservedDriveCount: Type.Integer(),
  reconstructionReservedAmt: Int64,
  reconstructionReservedDriveCountCurrent: Type.Integer(),
  poolUtilizationWarningThreshold: Type.Integer(),
  poolUtilizationCriticalThreshold: Type.Integer(),
  poolUtilizationState: oneOf('utilizationInvalid', 'utilizationOptimal', 'utilizationWarning', 'utilizationCritical', 'capacityDepleted', '__UNDEFINED'),
  unusableCapacity: Int64,
  degradedReconstructPriority: oneOf('invalid', 'lowest', 'low', 'medium', 'high', 'highest', 'useDefault', '__UNDEFINED'),
  criticalReconstructPriority: oneOf('invalid', 'lowest', 'low', 'medium', 'high', 'highest', 'useDefault', '__UNDEFINED'),
  backgroundOperationPriority: oneOf('invalid', 'lowest', 'low', 'medium', 'high', 'highest', 'useDefault', '__UNDEFINED'),
  allocGranularity: Int64,
  minimumDriveCount: Type.Integer(),
  poolVersion: Type.Integer(),
});

export const FlashCacheBase = Type.Object({
  label: Type.String(),
  status: oneOf('unknown', 'optimal', 'degraded', 'failed', 'suspended', '__UNDEFINED'),
  configType: oneOf('unknown', 'filesystem', 'database', 'multimedia', '__UNDEFINED'),
  analyticsStatus: oneOf('unknown', 'stopped', 'started', '__UNDEFINED'),
  analyticsCause: oneOf('none', 'userStopped', 'userFcChanges', 'internalCtlrRebooted', 'internalCfgChanges', '__UNDEFINED'),
  statusCause: oneOf('none', 'hotspareInuse', 'drivesInaccessible', 'cacheSizeMismatch', 'missingDrives', '__UNDEFINED'),
});

export const FlashCacheWithDrives = Type.Object({
  securityType: oneOf('unknown', 'none', 'capable', 'enabled', '__UNDEFINED'),
  protectionInformationCapabilities: nullable(ProtectionInformationCapabilities),
  usedCapacity: Int64,
  securityLevel: oneOf('unknown', 'none', 'mixed', 'fde', 'fips', '__UNDEFINED'),
});

export const FlashCacheDriveInfo = Type.Object({
  flashCacheType: oneOf('unknown', 'readOnlyCache', 'writeCache', 'virtual', '__UNDEFINED'),
  fcWithDrives: nullable(FlashCacheWithDrives),
});

export const FlashCache = Type.Object({
  wwn: Type.String(),
  flashCacheRef: Type.String(),
  flashCacheBase: nullable(FlashCacheBase),
  fcDriveInfo: nullable(FlashCacheDriveInfo),
  id: Type.String(),
});

export const FlashCacheMap = Type.Object({
  flashCache: Type.String(),
  cachedVolume: Type.String(),
  flashCacheMapRef: Type.String(),
  id: Type.String(),
});

export const FlashCacheBundle = Type.Object({
  flashCacheMap: Type.Array(FlashCacheMap),
  flashCache: Type.Array(FlashCache),
});

export const FlashCacheEx = Type.Object({
  wwn: Type.String(),
  flashCacheRef: Type.String(),
  flashCacheBase: nullable(FlashCacheBase),
  fcDriveInfo: nullable(FlashCacheDriveInfo),
  cachedVolumes: Type.Array(Type.String()),
  driveRefs: Type.Array(Type.String()),
  name: Type.String(),
  id: Type.String(),
});

export const FreeExtent = Type.Object({
  sectorOffset: Int64,
  rawCapacity: Int64,
  raidLevel: RaidLevelName,
  volumeGroupRef: Type.String(),
  freeExtentRef: Type.String(),
  reserved1: Type.String(),
  reserved2: Type.String(),
  ddpRAIDCapacities: Type.Array(DDPRAIDCapacity),
});

export const HotSpareDriveCandidate = Type.Object({
  capacity: Int64,
  driveRef: Type.String(),
  interfaceType: oneOf('fibre', 'fibre520b', 'nvme4k', 'sas', 'sas4k', 'unknown'),
  isFdeCapable: Type.Boolean(),
  isFipsCapable: Type.Boolean(),
  mediaType: oneOf('hdd', 'ssd', 'unknown'),
  productId: Type.String(),
});

export const VolumeGroupTypeData = Type.Object({
  type: oneOf('unknown', 'traditional', 'diskPool', '__UNDEFINED'),
  diskPoolData: nullable(DiskPoolData),
});

export const VolumeGroup = Type.Object({
  sequenceNum: Type.Integer(),
  offline: Type.Boolean(),
  raidLevel: RaidLevelName,
  worldWideName: Type.String(),
  volumeGroupRef: Type.String(),
  reserved1: Type.String(),
  reserved2: Type.String(),
  trayLossProtection: Type.Boolean(),
  label: Type.String(),
  state: oneOf('contingent', 'exported', 'forced', 'complete', 'partial', 'incomplete', 'missing', '__UNDEFINED'),
  spindleSpeedMatch: Type.Boolean(),
  spindleSpeed: Type.Integer(),
  isInaccessible: Type.Boolean(),
  securityType: oneOf('unknown', 'none', 'capable', 'enabled', '__UNDEFINED'),
  drawerLossProtection: Type.Boolean(),
  protectionInformationCapable: Type.Boolean(),
  protectionInformationCapabilities: nullable(ProtectionInformationCapabilities),
  volumeGroupData: nullable(VolumeGroupTypeData),
  usage: oneOf('unknown', 'standard', 'flashcache', '__UNDEFINED'),
  driveBlockFormat: oneOf('unknown', 'allNative', 'allEmulated', 'mixed', '__UNDEFINED'),
  reservedSpaceAllocated: Type.Boolean(),
  securityLevel: oneOf('unknown', 'none', 'mixed', 'fde', 'fips', '__UNDEFINED'),
  dulbeEnabled: Type.Boolean(),
  blkSizeSupported: Type.Array(Type.Integer()),
  blkSizeRecommended: Type.Integer(),
  name: Type.String(),
  id: Type.String(),
});

export const SAPortGroup = Type.Object({
  saPortGroupRef: Type.String(),
  label: Type.String(),
});

export const SAPort = Type.Object({
  saPortRef: Type.String(),
  saPortGroupRef: Type.String(),
  controllerRef: Type.String(),
  portId: Type.Integer(),
});

export const Target = Type.Object({
  targetRef: Type.String(),
  nodeName: nullable(ScsiNodeName),
  alias: nullable(ScsiAlias),
  configuredAuthMethods: nullable(AuthenticationBundle),
  portals: Type.Array(TargetPortal),
});

export const StoragePoolBundle = Type.Object({
  saPortGroup: Type.Array(SAPortGroup),
  saPort: Type.Array(SAPort),
  cluster: Type.Array(Cluster),
  host: Type.Array(Host),
  hostPort: Type.Array(HostPort),
  lunMapping: Type.Array(LUNMapping),
  initiator: Type.Array(Initiator),
  target: Type.Array(Target),
  remoteTarget: Type.Array(RemoteTarget),
});

export const VolumeGroupEx = Type.Object({
  sequenceNum: Type.Integer(),
  offline: Type.Boolean(),
  raidLevel: RaidLevelName,
  worldWideName: Type.String(),
  volumeGroupRef: Type.String(),
  reserved1: Type.String(),
  reserved2: Type.String(),
  trayLossProtection: Type.Boolean(),
  label: Type.String(),
  state: oneOf('contingent', 'exported', 'forced', 'complete', 'partial', 'incomplete', 'missing', '__UNDEFINED'),
  spindleSpeedMatch: Type.Boolean(),
  spindleSpeed: Type.Integer(),
  isInaccessible: Type.Boolean(),
  securityType: oneOf('unknown', 'none', 'capable', 'enabled', '__UNDEFINED'),
  drawerLossProtection: Type.Boolean(),
  protectionInformationCapable: Type.Boolean(),
  protectionInformationCapabilities: nullable(ProtectionInformationCapabilities),
  volumeGroupData: nullable(VolumeGroupTypeData),
  usage: oneOf('unknown', 'standard', 'flashcache', '__UNDEFINED'),
  driveBlockFormat: oneOf('unknown', 'allNative', 'allEmulated', 'mixed', '__UNDEFINED'),
  reservedSpaceAllocated: Type.Boolean(),
  securityLevel: oneOf('unknown', 'none', 'mixed', 'fde', 'fips', '__UNDEFINED'),
  dulbeEnabled: Type.Boolean(),
  blkSizeSupported: Type.Array(Type.Integer()),
  blkSizeRecommended: Type.Integer(),
  usedSpace: Int64,
  totalRaidedSpace: Int64,
  extents: Type.Array(FreeExtent),
  largestFreeExtentSize: Int64,
  raidStatus: oneOf('optimal', 'degraded', 'failed', 'impaired', 'creating', 'deleting', '__UNDEFINED'),
  freeSpace: Int64,
  drivePhysicalType: PhyDriveTypeName,
  driveMediaType: oneOf('all', 'unknown', 'hdd', 'ssd', '__UNDEFINED'),
  normalizedSpindleSpeed: oneOf('spindleSpeedUnknown', 'spindleSpeedSSD', 'spindleSpeed5400', 'spindleSpeed7200', 'spindleSpeed10k', 'spindleSpeed15k'),
  id: Type.String(),
  diskPool: Type.Boolean(),
  name: Type.String(),
});

export const PoolQosResponse = Type.Object({
  poolId: Type.String(),
  name: Type.String(),
  pool: nullable(VolumeGroupEx),
  flashCacheCapable: Type.Boolean(),
  dataAssuranceCapable: Type.Boolean(),
  encrypted: Type.Boolean(),
  thinProvisioningCapable: Type.Boolean(),
  spindleSpeed: oneOf('spindleSpeedUnknown', 'spindleSpeedSSD', 'spindleSpeed5400', 'spindleSpeed7200', 'spindleSpeed10k', 'spindleSpeed15k'),
  raidLevel: oneOf('raid0', 'raid1', 'raid5', 'raid6', 'raidDiskPool', 'unknown'),
  availableFreeExtentCapacities: Type.Array(Int64),
});

export const StoragePoolCandidate = Type.Object({
  raidLevel: oneOf('raid0', 'raid1', 'raid3', 'raid5', 'raid6', 'raidDiskPool', 'unknown'),
  driveCount: Type.Integer(),
  driveIds: Type.Array(Type.String()),
  usableSize: Int64,
  physicalDriveType: oneOf('fibre', 'fibre520b', 'nvme4k', 'sas', 'sas4k', 'unknown'),
  driveMediaType: oneOf('hdd', 'ssd', 'unknown'),
  securityLevel: oneOf('none', 'fde', 'fips', 'mixed', 'unknown'),
  securityType: oneOf('capable', 'enabled', 'none', 'unknown'),
  driveBlockFormat: oneOf('allNative', 'allEmulated', 'mixed', 'unknown'),
  trayLossProtection: Type.Boolean(),
  drawerLossProtection: Type.Boolean(),
  protectionInformationCapable: Type.Boolean(),
  dulbeCapable: Type.Boolean(),
  blockSizeRecommended: Type.Integer(),
  blockSizesSupported: Type.Array(Type.Integer()),
  drivePathImbalance: Type.Boolean(),
  reconstructionDriveCount: Type.Integer(),
});

export const StoragePoolMaxReservedDriveCountResponse = Type.Object({
  storagePoolId: Type.String(),
  maxReservedDriveCount: Type.Integer(),
});

export const VolumeGroupExpansionCandidate = Type.Object({
  drives: Type.Array(Type.String()),
  trayLossProtection: Type.Boolean(),
  wastedCapacity: Int64,
  spindleSpeedMatch: Type.Boolean(),
  drawerLossProtection: Type.Boolean(),
  usableCapacity: Int64,
  driveBlockFormat: oneOf('unknown', 'allNative', 'allEmulated', 'mixed', '__UNDEFINED'),
});

export const VolumeGroupHotSpareCoverage = Type.Object({
  candidates: Type.Array(HotSpareDriveCandidate),
  coverage: Type.Array(HotSpare),
  volumeGroupRef: Type.String(),
});
