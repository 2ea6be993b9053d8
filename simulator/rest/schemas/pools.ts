import { ProtectionInformationCapabilities } from './drives.js';
import { PhyDriveTypeName, RaidLevelName } from './enums.js';
import {
  AuthenticationBundle,
  Host,
  HostPort,
  Initiator,
  LUNMapping,
  ScsiAlias,
  ScsiInitiatorTargetBaseProperties,
  ScsiNodeName,
  TargetPortal,
} from './hosts.js';
import { boolean, Int64, integer, list, nullable, object, oneOf, text } from './types.js';

/** What the array answers about pools: the vendor's definitions, property by property. */

export const RemoteTarget = object({
  remoteRef: text(),
  nodeName: nullable(ScsiNodeName),
  label: text(),
  configuredAuthMethods: nullable(AuthenticationBundle),
  scsiinitiatorTargetBaseProperties: nullable(ScsiInitiatorTargetBaseProperties),
});

const Cluster = object({
  clusterRef: text(),
  label: text(),
  isSAControlled: boolean(),
  confirmLUNMappingCreation: boolean(),
  protectionInformationCapableAccessMethod: boolean(),
  isLun0Restricted: boolean(),
  name: text(),
  id: text(),
});

const DDPRAIDCapacity = object({
  ddpVolRAIDLevel: oneOf('raidAll', 'raid6', 'raid1', '__UNDEFINED'),
  usableCapacity: Int64,
  allocGranularity: Int64,
});

const DiskPoolData = object({
  reconstructionReservedDriveCount: integer(),
  reconstructionReservedAmt: Int64,
  reconstructionReservedDriveCountCurrent: integer(),
  poolUtilizationWarningThreshold: integer(),
  poolUtilizationCriticalThreshold: integer(),
  poolUtilizationState: oneOf(
    'utilizationInvalid',
    'utilizationOptimal',
    'utilizationWarning',
    'utilizationCritical',
    'capacityDepleted',
    '__UNDEFINED',
  ),
  unusableCapacity: Int64,
  degradedReconstructPriority: oneOf(
    'invalid',
    'lowest',
    'low',
    'medium',
    'high',
    'highest',
    'useDefault',
    '__UNDEFINED',
  ),
  criticalReconstructPriority: oneOf(
    'invalid',
    'lowest',
    'low',
    'medium',
    'high',
    'highest',
    'useDefault',
    '__UNDEFINED',
  ),
  backgroundOperationPriority: oneOf(
    'invalid',
    'lowest',
    'low',
    'medium',
    'high',
    'highest',
    'useDefault',
    '__UNDEFINED',
  ),
  allocGranularity: Int64,
  minimumDriveCount: integer(),
  poolVersion: integer(),
});

const FlashCacheBase = object({
  label: text(),
  status: oneOf('unknown', 'optimal', 'degraded', 'failed', 'suspended', '__UNDEFINED'),
  configType: oneOf('unknown', 'filesystem', 'database', 'multimedia', '__UNDEFINED'),
  analyticsStatus: oneOf('unknown', 'stopped', 'started', '__UNDEFINED'),
  analyticsCause: oneOf(
    'none',
    'userStopped',
    'userFcChanges',
    'internalCtlrRebooted',
    'internalCfgChanges',
    '__UNDEFINED',
  ),
  statusCause: oneOf(
    'none',
    'hotspareInuse',
    'drivesInaccessible',
    'cacheSizeMismatch',
    'missingDrives',
    '__UNDEFINED',
  ),
});

const FlashCacheWithDrives = object({
  securityType: oneOf('unknown', 'none', 'capable', 'enabled', '__UNDEFINED'),
  protectionInformationCapabilities: nullable(ProtectionInformationCapabilities),
  usedCapacity: Int64,
  securityLevel: oneOf('unknown', 'none', 'mixed', 'fde', 'fips', '__UNDEFINED'),
});

const FlashCacheDriveInfo = object({
  flashCacheType: oneOf('unknown', 'readOnlyCache', 'writeCache', 'virtual', '__UNDEFINED'),
  fcWithDrives: nullable(FlashCacheWithDrives),
});

const FlashCache = object({
  wwn: text(),
  flashCacheRef: text(),
  flashCacheBase: nullable(FlashCacheBase),
  fcDriveInfo: nullable(FlashCacheDriveInfo),
  id: text(),
});

const FlashCacheMap = object({
  flashCache: text(),
  cachedVolume: text(),
  flashCacheMapRef: text(),
  id: text(),
});

export const FlashCacheBundle = object({
  flashCacheMap: list(FlashCacheMap),
  flashCache: list(FlashCache),
});

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

const VolumeGroupTypeData = object({
  type: oneOf('unknown', 'traditional', 'diskPool', '__UNDEFINED'),
  diskPoolData: nullable(DiskPoolData),
});

export const VolumeGroup = object({
  sequenceNum: integer(),
  offline: boolean(),
  raidLevel: RaidLevelName,
  worldWideName: text(),
  volumeGroupRef: text(),
  reserved1: text(),
  reserved2: text(),
  trayLossProtection: boolean(),
  label: text(),
  state: oneOf('contingent', 'exported', 'forced', 'complete', 'partial', 'incomplete', 'missing', '__UNDEFINED'),
  spindleSpeedMatch: boolean(),
  spindleSpeed: integer(),
  isInaccessible: boolean(),
  securityType: oneOf('unknown', 'none', 'capable', 'enabled', '__UNDEFINED'),
  drawerLossProtection: boolean(),
  protectionInformationCapable: boolean(),
  protectionInformationCapabilities: nullable(ProtectionInformationCapabilities),
  volumeGroupData: nullable(VolumeGroupTypeData),
  usage: oneOf('unknown', 'standard', 'flashcache', '__UNDEFINED'),
  driveBlockFormat: oneOf('unknown', 'allNative', 'allEmulated', 'mixed', '__UNDEFINED'),
  reservedSpaceAllocated: boolean(),
  securityLevel: oneOf('unknown', 'none', 'mixed', 'fde', 'fips', '__UNDEFINED'),
  dulbeEnabled: boolean(),
  blkSizeSupported: list(integer()),
  blkSizeRecommended: integer(),
  name: text(),
  id: text(),
});

const SAPortGroup = object({
  saPortGroupRef: text(),
  label: text(),
});

const SAPort = object({
  saPortRef: text(),
  saPortGroupRef: text(),
  controllerRef: text(),
  portId: integer(),
});

export const Target = object({
  targetRef: text(),
  nodeName: nullable(ScsiNodeName),
  alias: nullable(ScsiAlias),
  configuredAuthMethods: nullable(AuthenticationBundle),
  portals: list(TargetPortal),
});

export const StoragePoolBundle = object({
  saPortGroup: list(SAPortGroup),
  saPort: list(SAPort),
  cluster: list(Cluster),
  host: list(Host),
  hostPort: list(HostPort),
  lunMapping: list(LUNMapping),
  initiator: list(Initiator),
  target: list(Target),
  remoteTarget: list(RemoteTarget),
});

export const VolumeGroupEx = object({
  sequenceNum: integer(),
  offline: boolean(),
  raidLevel: RaidLevelName,
  worldWideName: text(),
  volumeGroupRef: text(),
  reserved1: text(),
  reserved2: text(),
  trayLossProtection: boolean(),
  label: text(),
  state: oneOf('contingent', 'exported', 'forced', 'complete', 'partial', 'incomplete', 'missing', '__UNDEFINED'),
  spindleSpeedMatch: boolean(),
  spindleSpeed: integer(),
  isInaccessible: boolean(),
  securityType: oneOf('unknown', 'none', 'capable', 'enabled', '__UNDEFINED'),
  drawerLossProtection: boolean(),
  protectionInformationCapable: boolean(),
  protectionInformationCapabilities: nullable(ProtectionInformationCapabilities),
  volumeGroupData: nullable(VolumeGroupTypeData),
  usage: oneOf('unknown', 'standard', 'flashcache', '__UNDEFINED'),
  driveBlockFormat: oneOf('unknown', 'allNative', 'allEmulated', 'mixed', '__UNDEFINED'),
  reservedSpaceAllocated: boolean(),
  securityLevel: oneOf('unknown', 'none', 'mixed', 'fde', 'fips', '__UNDEFINED'),
  dulbeEnabled: boolean(),
  blkSizeSupported: list(integer()),
  blkSizeRecommended: integer(),
  usedSpace: Int64,
  totalRaidedSpace: Int64,
  extents: list(FreeExtent),
  largestFreeExtentSize: Int64,
  raidStatus: oneOf('optimal', 'degraded', 'failed', 'impaired', 'creating', 'deleting', '__UNDEFINED'),
  freeSpace: Int64,
  drivePhysicalType: PhyDriveTypeName,
  driveMediaType: oneOf('all', 'unknown', 'hdd', 'ssd', '__UNDEFINED'),
  normalizedSpindleSpeed: oneOf(
    'spindleSpeedUnknown',
    'spindleSpeedSSD',
    'spindleSpeed5400',
    'spindleSpeed7200',
    'spindleSpeed10k',
    'spindleSpeed15k',
  ),
  id: text(),
  diskPool: boolean(),
  name: text(),
});

export const PoolQosResponse = object({
  poolId: text(),
  name: text(),
  pool: nullable(VolumeGroupEx),
  flashCacheCapable: boolean(),
  dataAssuranceCapable: boolean(),
  encrypted: boolean(),
  thinProvisioningCapable: boolean(),
  spindleSpeed: oneOf(
    'spindleSpeedUnknown',
    'spindleSpeedSSD',
    'spindleSpeed5400',
    'spindleSpeed7200',
    'spindleSpeed10k',
    'spindleSpeed15k',
  ),
  raidLevel: oneOf('raid0', 'raid1', 'raid5', 'raid6', 'raidDiskPool', 'unknown'),
  availableFreeExtentCapacities: list(Int64),
});
