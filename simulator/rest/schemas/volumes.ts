import { ActionName, CacheFlushModifierName } from './enums.js';

import { boolean, Int64, integer, object, oneOf, text } from './types.js';

/** What the array answers about volumes: the vendor's definitions, property by property. */

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

export const VolumeActionProgressResponse = object({
  percentComplete: integer(),
  timeToCompletion: integer(),
  action: ActionName,
});

export const VolumeDeleteResponse = object({
  backgroundOperation: boolean(),
});

export const WorkloadAttribute = object({
  key: text(),
  value: text(),
});
