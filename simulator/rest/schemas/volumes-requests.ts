import { ProtectionInformationCapabilitiesInput } from './drives-requests.js';
import { CacheFlushModifierName, PhyDriveTypeName, RaidLevelName, SizeUnitName } from './enums.js';
import { boolean, Int64, integer, list, object, oneOf, optional, text } from './types.js';

/** What clients send about volumes: the vendor's definitions, property by property. */

const DriveRefListInput = object({
  driveRef: optional(list(text())),
});

const DiskPoolVolumeCandidateDataInput = object({
  reconstructionReservedDriveCount: optional(integer()),
  reconstructionReservedAmt: optional(Int64),
  unusableCapacity: optional(Int64),
});

const VolumeCandidateTypeDataInput = object({
  type: optional(oneOf('unknown', 'traditional', 'diskPool', '__UNDEFINED')),
  diskPoolVolumeCandidateData: optional(DiskPoolVolumeCandidateDataInput),
});

export const VolumeCandidateInput = object({
  raidLevel: optional(RaidLevelName),
  trayLossProtection: optional(boolean()),
  rawSize: optional(Int64),
  usableSize: optional(Int64),
  driveCount: optional(integer()),
  freeExtentRef: optional(text()),
  driveRefList: optional(DriveRefListInput),
  candidateSelectionType: optional(oneOf('freeExtent', 'manual', 'count', '__UNDEFINED')),
  spindleSpeedMatch: optional(boolean()),
  spindleSpeed: optional(integer()),
  phyDriveType: optional(PhyDriveTypeName),
  dssPreallocEnabled: optional(boolean()),
  securityType: optional(oneOf('unknown', 'none', 'capable', 'enabled', '__UNDEFINED')),
  drawerLossProtection: optional(boolean()),
  driveMediaType: optional(oneOf('all', 'unknown', 'hdd', 'ssd', '__UNDEFINED')),
  protectionInformationCapable: optional(boolean()),
  protectionInformationCapabilities: optional(ProtectionInformationCapabilitiesInput),
  volumeCandidateData: optional(VolumeCandidateTypeDataInput),
  driveBlockFormat: optional(oneOf('unknown', 'allNative', 'allEmulated', 'mixed', '__UNDEFINED')),
  allocateReservedSpace: optional(boolean()),
  securityLevel: optional(oneOf('unknown', 'none', 'mixed', 'fde', 'fips', '__UNDEFINED')),
  dulbeCapable: optional(boolean()),
  blkSizeRecommended: optional(integer()),
  blkSizeSupported: optional(list(integer())),
  volumeGroupRef: optional(text()),
  drivePathImbalance: optional(boolean()),
});

const ConcatVolumeNewVolumeCandidateInput = object({
  memberVolumeLabel: optional(text()),
  memberVolumeGroupLabel: optional(text()),
  memberCandidate: optional(VolumeCandidateInput),
  memberCapacity: optional(Int64),
});

const ConcatVolumeExistingVolumeCandidateInput = object({
  refType: optional(oneOf('unknown', 'volref', 'label', '__UNDEFINED')),
  memberVolumeRef: optional(list(text())),
  memberLabel: optional(list(text())),
});

const ConcatVolumeDirectExpansionDescriptorInput = object({
  additionalCapacity: optional(Int64),
});

export const ConcatVolumeCandidateInput = object({
  candType: optional(oneOf('unknown', 'newVol', 'existingVols', 'expansion', '__UNDEFINED')),
  newVolCandidate: optional(ConcatVolumeNewVolumeCandidateInput),
  existVolCandidate: optional(ConcatVolumeExistingVolumeCandidateInput),
  expansionDescriptor: optional(ConcatVolumeDirectExpansionDescriptorInput),
});

export const ConcatVolumeExpansionRequest = object({
  expansionCandidate: ConcatVolumeCandidateInput,
  repositoryRef: text(),
});

export const VolumeMetadataItemInput = object({
  key: optional(text()),
  value: optional(text()),
});

export const SscVolumeCreateRequest = object({
  poolId: text(),
  name: text(),
  sizeUnit: optional(SizeUnitName),
  size: Int64,
  readCacheEnable: optional(boolean()),
  writeCacheEnable: optional(boolean()),
  flashCacheEnable: optional(boolean()),
  dataAssuranceEnable: optional(boolean()),
  thinProvision: optional(boolean()),
  metaTags: optional(list(VolumeMetadataItemInput)),
});

const VolumeMediaScanParamsInput = object({
  enable: optional(boolean()),
  parityValidationEnable: optional(boolean()),
});

export const SscVolumeUpdateRequest = object({
  name: optional(text()),
  newSize: optional(Int64),
  sizeUnit: optional(SizeUnitName),
  flashCache: optional(boolean()),
  owningControllerId: optional(text()),
  readCacheEnable: optional(boolean()),
  writeCacheEnable: optional(boolean()),
  scanSettings: optional(VolumeMediaScanParamsInput),
  metaTags: optional(list(VolumeMetadataItemInput)),
});

const ThinVolumeCacheSettings = object({
  cacheFlushModifier: optional(CacheFlushModifierName),
  readCacheEnable: optional(boolean()),
  writeCacheEnable: optional(boolean()),
});

export const ThinVolumeCreateRequest = object({
  createDefaultMapping: optional(boolean()),
  dataAssuranceEnabled: optional(boolean()),
  expansionPolicy: optional(oneOf('automatic', 'manual')),
  growthAlertThreshold: optional(integer()),
  maximumRepositorySize: Int64,
  metaTags: optional(list(VolumeMetadataItemInput)),
  name: text(),
  owningControllerId: optional(text()),
  poolId: text(),
  repositorySize: Int64,
  sizeUnit: SizeUnitName,
  virtualSize: Int64,
});

export const ThinVolumeExpandRequest = object({
  newVirtualSize: optional(Int64),
  newRepositorySize: optional(Int64),
  sizeUnit: optional(SizeUnitName),
});

export const ThinVolumeUpdateRequest = object({
  cacheSettings: optional(ThinVolumeCacheSettings),
  expansionPolicy: optional(oneOf('automatic', 'manual')),
  flashCache: optional(boolean()),
  growthAlertThreshold: optional(integer()),
  metaTags: optional(list(VolumeMetadataItemInput)),
  name: optional(text()),
  owningControllerId: optional(text()),
  scanSettings: optional(VolumeMediaScanParamsInput),
});

const VolumeCacheSettings = object({
  readCacheEnable: optional(boolean()),
  writeCacheEnable: optional(boolean()),
  readAheadEnable: optional(boolean()),
  cacheFlushModifier: optional(CacheFlushModifierName),
  mirrorEnable: optional(boolean()),
  cacheWithoutBatteries: optional(boolean()),
});

export const VolumeCreateRequest = object({
  poolId: text(),
  name: text(),
  sizeUnit: optional(SizeUnitName),
  size: Int64,
  segSize: integer(),
  dataAssuranceEnabled: optional(boolean()),
  owningControllerId: optional(text()),
  raidLevel: optional(RaidLevelName),
  metaTags: optional(list(VolumeMetadataItemInput)),
  blockSize: optional(integer()),
});

export const VolumeExpansionRequest = object({
  sizeUnit: SizeUnitName,
  expansionSize: Int64,
});

export const VolumeUpdateRequest = object({
  name: optional(text()),
  owningControllerId: optional(text()),
  cacheSettings: optional(VolumeCacheSettings),
  flashCache: optional(boolean()),
  scanSettings: optional(VolumeMediaScanParamsInput),
  metaTags: optional(list(VolumeMetadataItemInput)),
  cachePoolID: optional(integer()),
  reconPriority: optional(integer()),
  hostUnmapEnabled: optional(boolean()),
  preReadRedundancyCheckEnabled: optional(boolean()),
});
