import Type from 'typebox';
import { ProtectionInformationCapabilities } from './drives.js';
import { ActionName, CacheFlushModifierName, ObjectTypeName, ParityStatusName, PhyDriveTypeName, RaidLevelName } from './enums.js';
import { LUNMapping } from './hosts.js';
import { Int64, nullable, oneOf } from './types.js';

/** What the array answers about volumes: the vendor's definitions, property by property. */

export const AccessVolumeEx = Type.Object({
  enabled: Type.Boolean(),
  volumeHandle: Type.Integer(),
  capacity: Int64,
  accessVolumeRef: Type.String(),
  reserved1: Type.String(),
  name: Type.String(),
  id: Type.String(),
  objectType: ObjectTypeName,
  currentControllerId: Type.String(),
  wwn: Type.String(),
  totalSizeInBytes: Int64,
  preferredControllerId: Type.String(),
  mapped: Type.Boolean(),
  listOfMappings: Type.Array(LUNMapping),
});

export const ThinVolumeCapacityProvisioningDetails = Type.Object({
  capacityQuota: Int64,
  growthAlertThreshold: Type.Integer(),
  repositoryExpansionPolicy: oneOf('unknown', 'manual', 'automatic', '__UNDEFINED'),
});

export const Workload = Type.Object({
  workloadRef: Type.String(),
  description: Type.String(),
});

export const WorkloadVolumeMapping = Type.Object({
  mappingRef: Type.String(),
  workloadRef: Type.String(),
  volumeRef: Type.String(),
});

export const VolumePerms = Type.Object({
  mapToLUN: Type.Boolean(),
  snapShot: Type.Boolean(),
  format: Type.Boolean(),
  reconfigure: Type.Boolean(),
  mirrorPrimary: Type.Boolean(),
  mirrorSecondary: Type.Boolean(),
  copySource: Type.Boolean(),
  copyTarget: Type.Boolean(),
  readable: Type.Boolean(),
  writable: Type.Boolean(),
  rollback: Type.Boolean(),
  mirrorSync: Type.Boolean(),
  newImage: Type.Boolean(),
  allowDVE: Type.Boolean(),
  allowDSS: Type.Boolean(),
  concatVolumeMember: Type.Boolean(),
  flashReadCache: Type.Boolean(),
  asyncMirrorPrimary: Type.Boolean(),
  asyncMirrorSecondary: Type.Boolean(),
  pitGroup: Type.Boolean(),
  cacheParametersChangeable: Type.Boolean(),
  allowThinManualExpansion: Type.Boolean(),
  allowThinGrowthParametersChange: Type.Boolean(),
  allowImportTarget: Type.Boolean(),
});

export const VolumeMediaScanParams = Type.Object({
  enable: Type.Boolean(),
  parityValidationEnable: Type.Boolean(),
});

export const DriveRefList = Type.Object({
  driveRef: Type.Array(Type.String()),
});

export const DiskPoolVolumeCandidateData = Type.Object({
  reconstructionReservedDriveCount: Type.Integer(),
  reconstructionReservedAmt: Int64,
  unusableCapacity: Int64,
});

export const VolumeCandidateTypeData = Type.Object({
  type: oneOf('unknown', 'traditional', 'diskPool', '__UNDEFINED'),
  diskPoolVolumeCandidateData: nullable(DiskPoolVolumeCandidateData),
});

export const VolumeCandidate = Type.Object({
  raidLevel: RaidLevelName,
  trayLossProtection: Type.Boolean(),
  rawSize: Int64,
  usableSize: Int64,
  driveCount: Type.Integer(),
  freeExtentRef: Type.String(),
  driveRefList: nullable(DriveRefList),
  candidateSelectionType: oneOf('freeExtent', 'manual', 'count', '__UNDEFINED'),
  spindleSpeedMatch: Type.Boolean(),
  spindleSpeed: Type.Integer(),
  phyDriveType: PhyDriveTypeName,
  dssPreallocEnabled: Type.Boolean(),
  securityType: oneOf('unknown', 'none', 'capable', 'enabled', '__UNDEFINED'),
  drawerLossProtection: Type.Boolean(),
  driveMediaType: oneOf('all', 'unknown', 'hdd', 'ssd', '__UNDEFINED'),
  protectionInformationCapable: Type.Boolean(),
  protectionInformationCapabilities: nullable(ProtectionInformationCapabilities),
  volumeCandidateData: nullable(VolumeCandidateTypeData),
  driveBlockFormat: oneOf('unknown', 'allNative', 'allEmulated', 'mixed', '__UNDEFINED'),
  allocateReservedSpace: Type.Boolean(),
  securityLevel: oneOf('unknown', 'none', 'mixed', 'fde', 'fips', '__UNDEFINED'),
  dulbeCapable: Type.Boolean(),
  blkSizeRecommended: Type.Integer(),
  blkSizeSupported: Type.Array(Type.Integer()),
  volumeGroupRef: Type.String(),
  drivePathImbalance: Type.Boolean(),
});

export const ConcatVolumeNewVolumeCandidate = Type.Object({
  memberVolumeLabel: Type.String(),
  memberVolumeGroupLabel: Type.String(),
  memberCandidate: nullable(VolumeCandidate),
  memberCapacity: Int64,
});

export const ConcatVolumeExistingVolumeCandidate = Type.Object({
  refType: oneOf('unknown', 'volref', 'label', '__UNDEFINED'),
  memberVolumeRef: Type.Array(Type.String()),
  memberLabel: Type.Array(Type.String()),
});

export const ConcatVolumeDirectExpansionDescriptor = Type.Object({
  additionalCapacity: Int64,
});

export const ConcatVolumeCandidate = Type.Object({
  candType: oneOf('unknown', 'newVol', 'existingVols', 'expansion', '__UNDEFINED'),
  newVolCandidate: nullable(ConcatVolumeNewVolumeCandidate),
  existVolCandidate: nullable(ConcatVolumeExistingVolumeCandidate),
  expansionDescriptor: nullable(ConcatVolumeDirectExpansionDescriptor),
});

export const CalculateVolumeExpansionResponse = Type.Object({
  maxExpansionSize: Int64,
});

export const CheckVolumeParityAsyncResponse = Type.Object({
  jobId: Type.String(),
  volumeId: Type.String(),
  volumeName: Type.String(),
});

export const CheckVolumeParityError = Type.Object({
  lba: Int64,
  parityStatus: ParityStatusName,
});

export const CheckVolumeParityJobErrorResponse = Type.Object({
  jobId: Type.String(),
  jobStatus: oneOf('notStarted', 'inProgress', 'cancelling', 'cancelled', 'completed', 'failed'),
  volumeId: Type.String(),
  volumeName: Type.String(),
  parityErrors: Type.Array(CheckVolumeParityError),
});

export const CheckVolumeParityJobResponse = Type.Object({
  jobId: Type.String(),
  jobStartedTimestamp: Type.String(),
  volumeId: Type.String(),
  volumeName: Type.String(),
  jobStatus: oneOf('notStarted', 'inProgress', 'cancelling', 'cancelled', 'completed', 'failed'),
  startLba: Int64,
  endLba: Int64,
  scanPriority: oneOf('priority0', 'priority1', 'priority2', 'priority3', 'priority4', '__UNDEFINED'),
  repairParityErrors: Type.Boolean(),
  repairMediaErrors: Type.Boolean(),
  lastScannedLba: Int64,
  percentComplete: Type.Integer(),
  runtimeInSec: Int64,
  estimatedTimeRemainingInSec: Int64,
  totalParityErrorsDetected: Type.Integer(),
});

export const DataParityRepairVolumeAsyncResponse = Type.Object({
  jobId: Type.String(),
  volumeId: Type.String(),
});

export const DataParityRepairVolumeJobResponse = Type.Object({
  jobId: Type.String(),
  volumeId: Type.String(),
  percentComplete: Type.Integer(),
  status: oneOf('notStarted', 'inProgress', 'complete', 'failed'),
});

export const VolumeCache = Type.Object({
  cwob: Type.Boolean(),
  enterpriseCacheDump: Type.Boolean(),
  mirrorActive: Type.Boolean(),
  mirrorEnable: Type.Boolean(),
  readCacheActive: Type.Boolean(),
  readCacheEnable: Type.Boolean(),
  writeCacheActive: Type.Boolean(),
  writeCacheEnable: Type.Boolean(),
  cacheFlushModifier: CacheFlushModifierName,
  readAheadMultiplier: Type.Integer(),
});

export const ThinVolume = Type.Object({
  volumeHandle: Type.Integer(),
  worldWideName: Type.String(),
  label: Type.String(),
  allocationGranularity: Type.Integer(),
  capacity: Int64,
  reconPriority: Type.Integer(),
  volumeRef: Type.String(),
  status: oneOf('unknown', 'optimal', 'full', 'overThresh', 'failed', 'initializing', '__UNDEFINED'),
  repositoryRef: Type.String(),
  currentManager: Type.String(),
  preferredManager: Type.String(),
  perms: nullable(VolumePerms),
  mgmtClientAttribute: Type.Integer(),
  preReadRedundancyCheckEnabled: Type.Boolean(),
  protectionType: oneOf('type0Protection', 'type1Protection', 'type2Protection', 'type3Protection', '__UNDEFINED'),
  applicationTagOwned: Type.Boolean(),
  maxVirtualCapacity: Int64,
  initialProvisionedCapacity: Int64,
  currentProvisionedCapacity: Int64,
  provisionedCapacityQuota: Int64,
  growthAlertThreshold: Type.Integer(),
  expansionPolicy: oneOf('unknown', 'manual', 'automatic', '__UNDEFINED'),
  volumeCache: nullable(VolumeCache),
  offline: Type.Boolean(),
  reportingPolicy: oneOf('unknown', 'asThick', 'asThin', '__UNDEFINED'),
  extendedUniqueIdentifier: Type.String(),
  id: Type.String(),
});

export const ParityCheckOnMediaType = Type.Object({
  enabledOnHDD: Type.Boolean(),
  enabledOnSSD: Type.Boolean(),
});

export const OperationProgress = Type.Object({
  volumeRef: Type.String(),
  currentAction: ActionName,
  progressPercentage: Type.Integer(),
  estimatedTimeToCompletion: Type.Integer(),
});

export const VolumeMetadataItem = Type.Object({
  key: Type.String(),
  value: Type.String(),
});

export const ThinVolumeEx = Type.Object({
  volumeHandle: Type.Integer(),
  worldWideName: Type.String(),
  label: Type.String(),
  allocationGranularity: Type.Integer(),
  capacity: Int64,
  reconPriority: Type.Integer(),
  volumeRef: Type.String(),
  status: oneOf('unknown', 'optimal', 'full', 'overThresh', 'failed', 'initializing', '__UNDEFINED'),
  repositoryRef: Type.String(),
  currentManager: Type.String(),
  preferredManager: Type.String(),
  perms: nullable(VolumePerms),
  mgmtClientAttribute: Type.Integer(),
  preReadRedundancyCheckEnabled: Type.Boolean(),
  protectionType: oneOf('type0Protection', 'type1Protection', 'type2Protection', 'type3Protection', '__UNDEFINED'),
  applicationTagOwned: Type.Boolean(),
  maxVirtualCapacity: Int64,
  initialProvisionedCapacity: Int64,
  currentProvisionedCapacity: Int64,
  provisionedCapacityQuota: Int64,
  growthAlertThreshold: Type.Integer(),
  expansionPolicy: oneOf('unknown', 'manual', 'automatic', '__UNDEFINED'),
  volumeCache: nullable(VolumeCache),
  offline: Type.Boolean(),
  reportingPolicy: oneOf('unknown', 'asThick', 'asThin', '__UNDEFINED'),
  extendedUniqueIdentifier: Type.String(),
  volumeFull: Type.Boolean(),
  volumeGroupRef: Type.String(),
  blkSizePhysical: Type.Integer(),
  raidLevel: RaidLevelName,
  blkSize: Type.Integer(),
  storageVolumeRef: Type.String(),
  volumeCopyTarget: Type.Boolean(),
  volumeCopySource: Type.Boolean(),
  pitBaseVolume: Type.Boolean(),
  asyncMirrorTarget: Type.Boolean(),
  asyncMirrorSource: Type.Boolean(),
  remoteMirrorSource: Type.Boolean(),
  remoteMirrorTarget: Type.Boolean(),
  flashCached: Type.Boolean(),
  mediaScan: nullable(VolumeMediaScanParams),
  metadata: Type.Array(VolumeMetadataItem),
  dataAssurance: Type.Boolean(),
  name: Type.String(),
  id: Type.String(),
  objectType: ObjectTypeName,
  currentControllerId: Type.String(),
  wwn: Type.String(),
  diskPool: Type.Boolean(),
  cacheSettings: nullable(VolumeCache),
  totalSizeInBytes: Int64,
  preferredControllerId: Type.String(),
  segmentSize: Type.Integer(),
  thinProvisioned: Type.Boolean(),
  mapped: Type.Boolean(),
  listOfMappings: Type.Array(LUNMapping),
  onlineVolumeCopy: Type.Boolean(),
});

export const UserVolume = Type.Object({
  metadata: Type.Array(VolumeMetadataItem),
  raidLevel: RaidLevelName,
  volumeGroupRef: Type.String(),
  blkSize: Type.Integer(),
  diskPool: Type.Boolean(),
  cacheSettings: nullable(VolumeCache),
  flashCached: Type.Boolean(),
  segmentSize: Type.Integer(),
  protectionType: oneOf('type0Protection', 'type1Protection', 'type2Protection', 'type3Protection', '__UNDEFINED'),
  thinProvisioned: Type.Boolean(),
  mediaScan: nullable(VolumeMediaScanParams),
  blkSizePhysical: Type.Integer(),
  dataAssurance: Type.Boolean(),
  name: Type.String(),
  id: Type.String(),
  objectType: ObjectTypeName,
  currentControllerId: Type.String(),
  wwn: Type.String(),
  totalSizeInBytes: Int64,
  preferredControllerId: Type.String(),
  mapped: Type.Boolean(),
  listOfMappings: Type.Array(LUNMapping),
});

export const VolumeActionProgressResponse = Type.Object({
  percentComplete: Type.Integer(),
  timeToCompletion: Type.Integer(),
  action: ActionName,
});

export const VolumeDeleteResponse = Type.Object({
  backgroundOperation: Type.Boolean(),
});

export const VolumeEx = Type.Object({
  offline: Type.Boolean(),
  extremeProtection: Type.Boolean(),
  volumeHandle: Type.Integer(),
  raidLevel: RaidLevelName,
  sectorOffset: Int64,
  worldWideName: Type.String(),
  label: Type.String(),
  blkSize: Type.Integer(),
  capacity: Int64,
  reconPriority: Type.Integer(),
  segmentSize: Type.Integer(),
  action: ActionName,
  cache: nullable(VolumeCache),
  mediaScan: nullable(VolumeMediaScanParams),
  volumeRef: Type.String(),
  status: oneOf('optimal', 'degraded', 'failed', 'impaired', 'creating', 'deleting', '__UNDEFINED'),
  volumeGroupRef: Type.String(),
  currentManager: Type.String(),
  preferredManager: Type.String(),
  perms: nullable(VolumePerms),
  mgmtClientAttribute: Type.Integer(),
  dssPreallocEnabled: Type.Boolean(),
  dssMaxSegmentSize: Type.Integer(),
  preReadRedundancyCheckEnabled: Type.Boolean(),
  protectionInformationCapable: Type.Boolean(),
  protectionType: oneOf('type0Protection', 'type1Protection', 'type2Protection', 'type3Protection', '__UNDEFINED'),
  applicationTagOwned: Type.Boolean(),
  repairedBlockCount: Type.Integer(),
  extendedUniqueIdentifier: Type.String(),
  cacheMirroringValidateProtectionInformation: Type.Boolean(),
  expectedProtectionInformationAppTag: Type.Integer(),
  hostUnmapEnabled: Type.Boolean(),
  cachePoolID: Type.Integer(),
  blkSizePhysical: Type.Integer(),
  dataDriveCount: Type.Integer(),
  parityDriveCount: Type.Integer(),
  allocGranularity: Int64,
  volumeUse: oneOf('standardVolume', 'repositoryVolume', 'mirrorTargetVolume', 'mirrorSourceVolume', 'concatVolume', 'freeRepositoryVolume', 'asyncMirrorSourceVolume', 'asyncMirrorTargetVolume'),
  volumeFull: Type.Boolean(),
  volumeCopyTarget: Type.Boolean(),
  volumeCopySource: Type.Boolean(),
  pitBaseVolume: Type.Boolean(),
  asyncMirrorTarget: Type.Boolean(),
  asyncMirrorSource: Type.Boolean(),
  remoteMirrorSource: Type.Boolean(),
  remoteMirrorTarget: Type.Boolean(),
  diskPool: Type.Boolean(),
  flashCached: Type.Boolean(),
  increasingBy: Int64,
  metadata: Type.Array(VolumeMetadataItem),
  dataAssurance: Type.Boolean(),
  name: Type.String(),
  id: Type.String(),
  objectType: ObjectTypeName,
  currentControllerId: Type.String(),
  wwn: Type.String(),
  cacheSettings: nullable(VolumeCache),
  totalSizeInBytes: Int64,
  preferredControllerId: Type.String(),
  thinProvisioned: Type.Boolean(),
  mapped: Type.Boolean(),
  listOfMappings: Type.Array(LUNMapping),
  onlineVolumeCopy: Type.Boolean(),
});

export const WorkloadAttribute = Type.Object({
  key: Type.String(),
  value: Type.String(),
});

export const WorkloadResponse = Type.Object({
  id: Type.String(),
  name: Type.String(),
  workloadAttributes: Type.Array(WorkloadAttribute),
});
