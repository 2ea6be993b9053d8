import { ProtectionInformationCapabilities } from './drives.js';
import {
  ActionName,
  CacheFlushModifierName,
  ObjectTypeName,
  ParityStatusName,
  PhyDriveTypeName,
  RaidLevelName,
} from './enums.js';
import { LUNMapping } from './hosts.js';
import { boolean, Int64, integer, list, nullable, object, oneOf, text } from './types.js';

/** What the array answers about volumes: the vendor's definitions, property by property. */

export const AccessVolumeEx = object({
  enabled: boolean(),
  volumeHandle: integer(),
  capacity: Int64,
  accessVolumeRef: text(),
  reserved1: text(),
  name: text(),
  id: text(),
  objectType: ObjectTypeName,
  currentControllerId: text(),
  wwn: text(),
  totalSizeInBytes: Int64,
  preferredControllerId: text(),
  mapped: boolean(),
  listOfMappings: list(LUNMapping),
});

export const ThinVolumeCapacityProvisioningDetails = object({
  capacityQuota: Int64,
  growthAlertThreshold: integer(),
  repositoryExpansionPolicy: oneOf('unknown', 'manual', 'automatic', '__UNDEFINED'),
});

export const Workload = object({
  workloadRef: text(),
  description: text(),
});

export const WorkloadVolumeMapping = object({
  mappingRef: text(),
  workloadRef: text(),
  volumeRef: text(),
});

export const VolumePerms = object({
  mapToLUN: boolean(),
  snapShot: boolean(),
  format: boolean(),
  reconfigure: boolean(),
  mirrorPrimary: boolean(),
  mirrorSecondary: boolean(),
  copySource: boolean(),
  copyTarget: boolean(),
  readable: boolean(),
  writable: boolean(),
  rollback: boolean(),
  mirrorSync: boolean(),
  newImage: boolean(),
  allowDVE: boolean(),
  allowDSS: boolean(),
  concatVolumeMember: boolean(),
  flashReadCache: boolean(),
  asyncMirrorPrimary: boolean(),
  asyncMirrorSecondary: boolean(),
  pitGroup: boolean(),
  cacheParametersChangeable: boolean(),
  allowThinManualExpansion: boolean(),
  allowThinGrowthParametersChange: boolean(),
  allowImportTarget: boolean(),
});

export const VolumeMediaScanParams = object({
  enable: boolean(),
  parityValidationEnable: boolean(),
});

export const DriveRefList = object({
  driveRef: list(text()),
});

export const DiskPoolVolumeCandidateData = object({
  reconstructionReservedDriveCount: integer(),
  reconstructionReservedAmt: Int64,
  unusableCapacity: Int64,
});

export const VolumeCandidateTypeData = object({
  type: oneOf('unknown', 'traditional', 'diskPool', '__UNDEFINED'),
  diskPoolVolumeCandidateData: nullable(DiskPoolVolumeCandidateData),
});

export const VolumeCandidate = object({
  raidLevel: RaidLevelName,
  trayLossProtection: boolean(),
  rawSize: Int64,
  usableSize: Int64,
  driveCount: integer(),
  freeExtentRef: text(),
  driveRefList: nullable(DriveRefList),
  candidateSelectionType: oneOf('freeExtent', 'manual', 'count', '__UNDEFINED'),
  spindleSpeedMatch: boolean(),
  spindleSpeed: integer(),
  phyDriveType: PhyDriveTypeName,
  dssPreallocEnabled: boolean(),
  securityType: oneOf('unknown', 'none', 'capable', 'enabled', '__UNDEFINED'),
  drawerLossProtection: boolean(),
  driveMediaType: oneOf('all', 'unknown', 'hdd', 'ssd', '__UNDEFINED'),
  protectionInformationCapable: boolean(),
  protectionInformationCapabilities: nullable(ProtectionInformationCapabilities),
  volumeCandidateData: nullable(VolumeCandidateTypeData),
  driveBlockFormat: oneOf('unknown', 'allNative', 'allEmulated', 'mixed', '__UNDEFINED'),
  allocateReservedSpace: boolean(),
  securityLevel: oneOf('unknown', 'none', 'mixed', 'fde', 'fips', '__UNDEFINED'),
  dulbeCapable: boolean(),
  blkSizeRecommended: integer(),
  blkSizeSupported: list(integer()),
  volumeGroupRef: text(),
  drivePathImbalance: boolean(),
});

export const ConcatVolumeNewVolumeCandidate = object({
  memberVolumeLabel: text(),
  memberVolumeGroupLabel: text(),
  memberCandidate: nullable(VolumeCandidate),
  memberCapacity: Int64,
});

export const ConcatVolumeExistingVolumeCandidate = object({
  refType: oneOf('unknown', 'volref', 'label', '__UNDEFINED'),
  memberVolumeRef: list(text()),
  memberLabel: list(text()),
});

export const ConcatVolumeDirectExpansionDescriptor = object({
  additionalCapacity: Int64,
});

export const ConcatVolumeCandidate = object({
  candType: oneOf('unknown', 'newVol', 'existingVols', 'expansion', '__UNDEFINED'),
  newVolCandidate: nullable(ConcatVolumeNewVolumeCandidate),
  existVolCandidate: nullable(ConcatVolumeExistingVolumeCandidate),
  expansionDescriptor: nullable(ConcatVolumeDirectExpansionDescriptor),
});

export const CalculateVolumeExpansionResponse = object({
  maxExpansionSize: Int64,
});

export const CheckVolumeParityAsyncResponse = object({
  jobId: text(),
  volumeId: text(),
  volumeName: text(),
});

export const CheckVolumeParityError = object({
  lba: Int64,
  parityStatus: ParityStatusName,
});

export const CheckVolumeParityJobErrorResponse = object({
  jobId: text(),
  jobStatus: oneOf('notStarted', 'inProgress', 'cancelling', 'cancelled', 'completed', 'failed'),
  volumeId: text(),
  volumeName: text(),
  parityErrors: list(CheckVolumeParityError),
});

export const CheckVolumeParityJobResponse = object({
  jobId: text(),
  jobStartedTimestamp: text(),
  volumeId: text(),
  volumeName: text(),
  jobStatus: oneOf('notStarted', 'inProgress', 'cancelling', 'cancelled', 'completed', 'failed'),
  startLba: Int64,
  endLba: Int64,
  scanPriority: oneOf('priority0', 'priority1', 'priority2', 'priority3', 'priority4', '__UNDEFINED'),
  repairParityErrors: boolean(),
  repairMediaErrors: boolean(),
  lastScannedLba: Int64,
  percentComplete: integer(),
  runtimeInSec: Int64,
  estimatedTimeRemainingInSec: Int64,
  totalParityErrorsDetected: integer(),
});

export const DataParityRepairVolumeAsyncResponse = object({
  jobId: text(),
  volumeId: text(),
});

export const DataParityRepairVolumeJobResponse = object({
  jobId: text(),
  volumeId: text(),
  percentComplete: integer(),
  status: oneOf('notStarted', 'inProgress', 'complete', 'failed'),
});

export const VolumeCache = object({
  cwob: boolean(),
  enterpriseCacheDump: boolean(),
  mirrorActive: boolean(),
  mirrorEnable: boolean(),
  readCacheActive: boolean(),
  readCacheEnable: boolean(),
  writeCacheActive: boolean(),
  writeCacheEnable: boolean(),
  cacheFlushModifier: CacheFlushModifierName,
  readAheadMultiplier: integer(),
});

export const ThinVolume = object({
  volumeHandle: integer(),
  worldWideName: text(),
  label: text(),
  allocationGranularity: integer(),
  capacity: Int64,
  reconPriority: integer(),
  volumeRef: text(),
  status: oneOf('unknown', 'optimal', 'full', 'overThresh', 'failed', 'initializing', '__UNDEFINED'),
  repositoryRef: text(),
  currentManager: text(),
  preferredManager: text(),
  perms: nullable(VolumePerms),
  mgmtClientAttribute: integer(),
  preReadRedundancyCheckEnabled: boolean(),
  protectionType: oneOf('type0Protection', 'type1Protection', 'type2Protection', 'type3Protection', '__UNDEFINED'),
  applicationTagOwned: boolean(),
  maxVirtualCapacity: Int64,
  initialProvisionedCapacity: Int64,
  currentProvisionedCapacity: Int64,
  provisionedCapacityQuota: Int64,
  growthAlertThreshold: integer(),
  expansionPolicy: oneOf('unknown', 'manual', 'automatic', '__UNDEFINED'),
  volumeCache: nullable(VolumeCache),
  offline: boolean(),
  reportingPolicy: oneOf('unknown', 'asThick', 'asThin', '__UNDEFINED'),
  extendedUniqueIdentifier: text(),
  id: text(),
});

export const ParityCheckOnMediaType = object({
  enabledOnHDD: boolean(),
  enabledOnSSD: boolean(),
});

export const OperationProgress = object({
  volumeRef: text(),
  currentAction: ActionName,
  progressPercentage: integer(),
  estimatedTimeToCompletion: integer(),
});

export const VolumeMetadataItem = object({
  key: text(),
  value: text(),
});

export const ThinVolumeEx = object({
  volumeHandle: integer(),
  worldWideName: text(),
  label: text(),
  allocationGranularity: integer(),
  capacity: Int64,
  reconPriority: integer(),
  volumeRef: text(),
  status: oneOf('unknown', 'optimal', 'full', 'overThresh', 'failed', 'initializing', '__UNDEFINED'),
  repositoryRef: text(),
  currentManager: text(),
  preferredManager: text(),
  perms: nullable(VolumePerms),
  mgmtClientAttribute: integer(),
  preReadRedundancyCheckEnabled: boolean(),
  protectionType: oneOf('type0Protection', 'type1Protection', 'type2Protection', 'type3Protection', '__UNDEFINED'),
  applicationTagOwned: boolean(),
  maxVirtualCapacity: Int64,
  initialProvisionedCapacity: Int64,
  currentProvisionedCapacity: Int64,
  provisionedCapacityQuota: Int64,
  growthAlertThreshold: integer(),
  expansionPolicy: oneOf('unknown', 'manual', 'automatic', '__UNDEFINED'),
  volumeCache: nullable(VolumeCache),
  offline: boolean(),
  reportingPolicy: oneOf('unknown', 'asThick', 'asThin', '__UNDEFINED'),
  extendedUniqueIdentifier: text(),
  volumeFull: boolean(),
  volumeGroupRef: text(),
  blkSizePhysical: integer(),
  raidLevel: RaidLevelName,
  blkSize: integer(),
  storageVolumeRef: text(),
  volumeCopyTarget: boolean(),
  volumeCopySource: boolean(),
  pitBaseVolume: boolean(),
  asyncMirrorTarget: boolean(),
  asyncMirrorSource: boolean(),
  remoteMirrorSource: boolean(),
  remoteMirrorTarget: boolean(),
  flashCached: boolean(),
  mediaScan: nullable(VolumeMediaScanParams),
  metadata: list(VolumeMetadataItem),
  dataAssurance: boolean(),
  name: text(),
  id: text(),
  objectType: ObjectTypeName,
  currentControllerId: text(),
  wwn: text(),
  diskPool: boolean(),
  cacheSettings: nullable(VolumeCache),
  totalSizeInBytes: Int64,
  preferredControllerId: text(),
  segmentSize: integer(),
  thinProvisioned: boolean(),
  mapped: boolean(),
  listOfMappings: list(LUNMapping),
  onlineVolumeCopy: boolean(),
});

export const UserVolume = object({
  metadata: list(VolumeMetadataItem),
  raidLevel: RaidLevelName,
  volumeGroupRef: text(),
  blkSize: integer(),
  diskPool: boolean(),
  cacheSettings: nullable(VolumeCache),
  flashCached: boolean(),
  segmentSize: integer(),
  protectionType: oneOf('type0Protection', 'type1Protection', 'type2Protection', 'type3Protection', '__UNDEFINED'),
  thinProvisioned: boolean(),
  mediaScan: nullable(VolumeMediaScanParams),
  blkSizePhysical: integer(),
  dataAssurance: boolean(),
  name: text(),
  id: text(),
  objectType: ObjectTypeName,
  currentControllerId: text(),
  wwn: text(),
  totalSizeInBytes: Int64,
  preferredControllerId: text(),
  mapped: boolean(),
  listOfMappings: list(LUNMapping),
});

export const VolumeActionProgressResponse = object({
  percentComplete: integer(),
  timeToCompletion: integer(),
  action: ActionName,
});

export const VolumeDeleteResponse = object({
  backgroundOperation: boolean(),
});

export const VolumeEx = object({
  offline: boolean(),
  extremeProtection: boolean(),
  volumeHandle: integer(),
  raidLevel: RaidLevelName,
  sectorOffset: Int64,
  worldWideName: text(),
  label: text(),
  blkSize: integer(),
  capacity: Int64,
  reconPriority: integer(),
  segmentSize: integer(),
  action: ActionName,
  cache: nullable(VolumeCache),
  mediaScan: nullable(VolumeMediaScanParams),
  volumeRef: text(),
  status: oneOf('optimal', 'degraded', 'failed', 'impaired', 'creating', 'deleting', '__UNDEFINED'),
  volumeGroupRef: text(),
  currentManager: text(),
  preferredManager: text(),
  perms: nullable(VolumePerms),
  mgmtClientAttribute: integer(),
  dssPreallocEnabled: boolean(),
  dssMaxSegmentSize: integer(),
  preReadRedundancyCheckEnabled: boolean(),
  protectionInformationCapable: boolean(),
  protectionType: oneOf('type0Protection', 'type1Protection', 'type2Protection', 'type3Protection', '__UNDEFINED'),
  applicationTagOwned: boolean(),
  repairedBlockCount: integer(),
  extendedUniqueIdentifier: text(),
  cacheMirroringValidateProtectionInformation: boolean(),
  expectedProtectionInformationAppTag: integer(),
  hostUnmapEnabled: boolean(),
  cachePoolID: integer(),
  blkSizePhysical: integer(),
  dataDriveCount: integer(),
  parityDriveCount: integer(),
  allocGranularity: Int64,
  volumeUse: oneOf(
    'standardVolume',
    'repositoryVolume',
    'mirrorTargetVolume',
    'mirrorSourceVolume',
    'concatVolume',
    'freeRepositoryVolume',
    'asyncMirrorSourceVolume',
    'asyncMirrorTargetVolume',
  ),
  volumeFull: boolean(),
  volumeCopyTarget: boolean(),
  volumeCopySource: boolean(),
  pitBaseVolume: boolean(),
  asyncMirrorTarget: boolean(),
  asyncMirrorSource: boolean(),
  remoteMirrorSource: boolean(),
  remoteMirrorTarget: boolean(),
  diskPool: boolean(),
  flashCached: boolean(),
  increasingBy: Int64,
  metadata: list(VolumeMetadataItem),
  dataAssurance: boolean(),
  name: text(),
  id: text(),
  objectType: ObjectTypeName,
  currentControllerId: text(),
  wwn: text(),
  cacheSettings: nullable(VolumeCache),
  totalSizeInBytes: Int64,
  preferredControllerId: text(),
  thinProvisioned: boolean(),
  mapped: boolean(),
  listOfMappings: list(LUNMapping),
  onlineVolumeCopy: boolean(),
});

export const WorkloadAttribute = object({
  key: text(),
  value: text(),
});

export const WorkloadResponse = object({
  id: text(),
  name: text(),
  workloadAttributes: list(WorkloadAttribute),
});
