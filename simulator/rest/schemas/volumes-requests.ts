import Type from 'typebox';
import { ProtectionInformationCapabilitiesInput } from './drives-requests.js';
import { CacheFlushModifierName, PhyDriveTypeName, RaidLevelName, SizeUnitName } from './enums.js';
import { Int64, oneOf } from './types.js';

/** What clients send about volumes: the vendor's definitions, property by property. */

export const DriveRefListInput = Type.Object({
  driveRef: Type.Optional(Type.Array(Type.String())),
});

export const DiskPoolVolumeCandidateDataInput = Type.Object({
  reconstructionReservedDriveCount: Type.Optional(Type.Integer()),
  reconstructionReservedAmt: Type.Optional(Int64),
  unusableCapacity: Type.Optional(Int64),
});

export const VolumeCandidateTypeDataInput = Type.Object({
  type: Type.Optional(oneOf('unknown', 'traditional', 'diskPool', '__UNDEFINED')),
  diskPoolVolumeCandidateData: Type.Optional(DiskPoolVolumeCandidateDataInput),
});

export const VolumeCandidateInput = Type.Object({
  raidLevel: Type.Optional(RaidLevelName),
  trayLossProtection: Type.Optional(Type.Boolean()),
  rawSize: Type.Optional(Int64),
  usableSize: Type.Optional(Int64),
  driveCount: Type.Optional(Type.Integer()),
  freeExtentRef: Type.Optional(Type.String()),
  driveRefList: Type.Optional(DriveRefListInput),
  candidateSelectionType: Type.Optional(oneOf('freeExtent', 'manual', 'count', '__UNDEFINED')),
  spindleSpeedMatch: Type.Optional(Type.Boolean()),
  spindleSpeed: Type.Optional(Type.Integer()),
  phyDriveType: Type.Optional(PhyDriveTypeName),
  dssPreallocEnabled: Type.Optional(Type.Boolean()),
  securityType: Type.Optional(oneOf('unknown', 'none', 'capable', 'enabled', '__UNDEFINED')),
  drawerLossProtection: Type.Optional(Type.Boolean()),
  driveMediaType: Type.Optional(oneOf('all', 'unknown', 'hdd', 'ssd', '__UNDEFINED')),
  protectionInformationCapable: Type.Optional(Type.Boolean()),
  protectionInformationCapabilities: Type.Optional(ProtectionInformationCapabilitiesInput),
  volumeCandidateData: Type.Optional(VolumeCandidateTypeDataInput),
  driveBlockFormat: Type.Optional(oneOf('unknown', 'allNative', 'allEmulated', 'mixed', '__UNDEFINED')),
  allocateReservedSpace: Type.Optional(Type.Boolean()),
  securityLevel: Type.Optional(oneOf('unknown', 'none', 'mixed', 'fde', 'fips', '__UNDEFINED')),
  dulbeCapable: Type.Optional(Type.Boolean()),
  blkSizeRecommended: Type.Optional(Type.Integer()),
  blkSizeSupported: Type.Optional(Type.Array(Type.Integer())),
  volumeGroupRef: Type.Optional(Type.String()),
  drivePathImbalance: Type.Optional(Type.Boolean()),
});

export const ConcatVolumeNewVolumeCandidateInput = Type.Object({
  memberVolumeLabel: Type.Optional(Type.String()),
  memberVolumeGroupLabel: Type.Optional(Type.String()),
  memberCandidate: Type.Optional(VolumeCandidateInput),
  memberCapacity: Type.Optional(Int64),
});

export const ConcatVolumeExistingVolumeCandidateInput = Type.Object({
  refType: Type.Optional(oneOf('unknown', 'volref', 'label', '__UNDEFINED')),
  memberVolumeRef: Type.Optional(Type.Array(Type.String())),
  memberLabel: Type.Optional(Type.Array(Type.String())),
});

export const ConcatVolumeDirectExpansionDescriptorInput = Type.Object({
  additionalCapacity: Type.Optional(Int64),
});

export const ConcatVolumeCandidateInput = Type.Object({
  candType: Type.Optional(oneOf('unknown', 'newVol', 'existingVols', 'expansion', '__UNDEFINED')),
  newVolCandidate: Type.Optional(ConcatVolumeNewVolumeCandidateInput),
  existVolCandidate: Type.Optional(ConcatVolumeExistingVolumeCandidateInput),
  expansionDescriptor: Type.Optional(ConcatVolumeDirectExpansionDescriptorInput),
});

export const CheckVolumeParityRequest = Type.Object({
  startLba: Type.Optional(Int64),
  endLba: Type.Optional(Int64),
  scanPriority: Type.Optional(oneOf('priority0', 'priority1', 'priority2', 'priority3', 'priority4', '__UNDEFINED')),
  repairParityErrors: Type.Optional(Type.Boolean()),
  repairMediaErrors: Type.Optional(Type.Boolean()),
});

export const ConcatVolumeExpansionRequest = Type.Object({
  expansionCandidate: ConcatVolumeCandidateInput,
  repositoryRef: Type.String(),
});

export const DataParityRepairVolumeRequest = Type.Object({
  startingLba: Type.Optional(Int64),
  endingLba: Type.Optional(Int64),
  repairByReconstruct: Type.Optional(Type.Boolean()),
  repairByUnmapping: Type.Optional(Type.Boolean()),
  repairByUpdatingPParity: Type.Optional(Type.Boolean()),
  repairByUpdatingQParity: Type.Optional(Type.Boolean()),
  repairByUpdatingData: Type.Optional(Type.Boolean()),
  repairByWritingZeros: Type.Optional(Type.Boolean()),
  repairPi: Type.Optional(Type.Boolean()),
  suspectDrives: Type.Optional(Type.Array(Type.String())),
});

export const VolumeMetadataItemInput = Type.Object({
  key: Type.Optional(Type.String()),
  value: Type.Optional(Type.String()),
});

export const SscVolumeCreateRequest = Type.Object({
  poolId: Type.String(),
  name: Type.String(),
  sizeUnit: Type.Optional(SizeUnitName),
  size: Int64,
  readCacheEnable: Type.Optional(Type.Boolean()),
  writeCacheEnable: Type.Optional(Type.Boolean()),
  flashCacheEnable: Type.Optional(Type.Boolean()),
  dataAssuranceEnable: Type.Optional(Type.Boolean()),
  thinProvision: Type.Optional(Type.Boolean()),
  metaTags: Type.Optional(Type.Array(VolumeMetadataItemInput)),
});

export const VolumeMediaScanParamsInput = Type.Object({
  enable: Type.Optional(Type.Boolean()),
  parityValidationEnable: Type.Optional(Type.Boolean()),
});

export const SscVolumeUpdateRequest = Type.Object({
  name: Type.Optional(Type.String()),
  newSize: Type.Optional(Int64),
  sizeUnit: Type.Optional(SizeUnitName),
  flashCache: Type.Optional(Type.Boolean()),
  owningControllerId: Type.Optional(Type.String()),
  readCacheEnable: Type.Optional(Type.Boolean()),
  writeCacheEnable: Type.Optional(Type.Boolean()),
  scanSettings: Type.Optional(VolumeMediaScanParamsInput),
  metaTags: Type.Optional(Type.Array(VolumeMetadataItemInput)),
});

export const ThinVolumeCacheSettings = Type.Object({
  cacheFlushModifier: Type.Optional(CacheFlushModifierName),
  readCacheEnable: Type.Optional(Type.Boolean()),
  writeCacheEnable: Type.Optional(Type.Boolean()),
});

export const ThinVolumeCreateRequest = Type.Object({
  createDefaultMapping: Type.Optional(Type.Boolean()),
  dataAssuranceEnabled: Type.Optional(Type.Boolean()),
  expansionPolicy: Type.Optional(oneOf('automatic', 'manual')),
  growthAlertThreshold: Type.Optional(Type.Integer()),
  maximumRepositorySize: Int64,
  metaTags: Type.Optional(Type.Array(VolumeMetadataItemInput)),
  name: Type.String(),
  owningControllerId: Type.Optional(Type.String()),
  poolId: Type.String(),
  repositorySize: Int64,
  sizeUnit: SizeUnitName,
  virtualSize: Int64,
});

export const ThinVolumeExpandRequest = Type.Object({
  newVirtualSize: Type.Optional(Int64),
  newRepositorySize: Type.Optional(Int64),
  sizeUnit: Type.Optional(SizeUnitName),
});

export const ThinVolumeUpdateRequest = Type.Object({
  cacheSettings: Type.Optional(ThinVolumeCacheSettings),
  expansionPolicy: Type.Optional(oneOf('automatic', 'manual')),
  flashCache: Type.Optional(Type.Boolean()),
  growthAlertThreshold: Type.Optional(Type.Integer()),
  metaTags: Type.Optional(Type.Array(VolumeMetadataItemInput)),
  name: Type.Optional(Type.String()),
  owningControllerId: Type.Optional(Type.String()),
  scanSettings: Type.Optional(VolumeMediaScanParamsInput),
});

export const VolumeCacheSettings = Type.Object({
  readCacheEnable: Type.Optional(Type.Boolean()),
  writeCacheEnable: Type.Optional(Type.Boolean()),
  readAheadEnable: Type.Optional(Type.Boolean()),
  cacheFlushModifier: Type.Optional(CacheFlushModifierName),
  mirrorEnable: Type.Optional(Type.Boolean()),
  cacheWithoutBatteries: Type.Optional(Type.Boolean()),
});

export const VolumeCreateRequest = Type.Object({
  poolId: Type.String(),
  name: Type.String(),
  sizeUnit: Type.Optional(SizeUnitName),
  size: Int64,
  segSize: Type.Integer(),
  dataAssuranceEnabled: Type.Optional(Type.Boolean()),
  owningControllerId: Type.Optional(Type.String()),
  raidLevel: Type.Optional(RaidLevelName),
  metaTags: Type.Optional(Type.Array(VolumeMetadataItemInput)),
  blockSize: Type.Optional(Type.Integer()),
});

export const VolumeExpansionRequest = Type.Object({
  sizeUnit: SizeUnitName,
  expansionSize: Int64,
});

export const VolumeUpdateRequest = Type.Object({
  name: Type.Optional(Type.String()),
  owningControllerId: Type.Optional(Type.String()),
  cacheSettings: Type.Optional(VolumeCacheSettings),
  flashCache: Type.Optional(Type.Boolean()),
  scanSettings: Type.Optional(VolumeMediaScanParamsInput),
  metaTags: Type.Optional(Type.Array(VolumeMetadataItemInput)),
  cachePoolID: Type.Optional(Type.Integer()),
  reconPriority: Type.Optional(Type.Integer()),
  hostUnmapEnabled: Type.Optional(Type.Boolean()),
  preReadRedundancyCheckEnabled: Type.Optional(Type.Boolean()),
});

export const WorkloadAttributeInput = Type.Object({
  key: Type.Optional(Type.String()),
  value: Type.Optional(Type.String()),
});

export const WorkloadCopyRequest = Type.Object({
  newWorkloadName: Type.String(),
  changeVolumeTags: Type.Optional(Type.Boolean()),
});

export const WorkloadCreateRequest = Type.Object({
  name: Type.String(),
  workloadAttributes: Type.Optional(Type.Array(WorkloadAttributeInput)),
});

export const WorkloadUpdateRequest = Type.Object({
  workloadAttributes: Type.Optional(Type.Array(WorkloadAttributeInput)),
});
