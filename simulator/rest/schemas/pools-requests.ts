import { RaidLevelName } from './enums.js';
import { boolean, integer, list, object, oneOf, optional, text } from './types.js';

/** What clients send about pools: the vendor's definitions, property by property. */

export const AssignHotSpareCountToStoragePoolRequest = object({
  hotSpareCount: integer(),
});

export const DiskPoolPriorityUpdateRequest = object({
  priority: oneOf('lowest', 'low', 'medium', 'high', 'highest', 'useDefault'),
  priorityType: oneOf('invalid', 'degraded', 'critical', 'background', '__UNDEFINED'),
});

export const DiskPoolReductionRequest = object({
  drives: list(text()),
});

export const DiskPoolThresholdUpdateRequest = object({
  thresholdType: oneOf('invalid', 'warning', 'critical', '__UNDEFINED'),
  value: integer(),
});

export const FlashCacheCreateRequest = object({
  driveRefs: list(text()),
  enableExistingVolumes: optional(boolean()),
  name: optional(text()),
});

export const FlashCacheUpdateDrivesRequest = object({
  driveRef: optional(list(text())),
});

export const FlashCacheUpdateRequest = object({
  configType: optional(oneOf('unknown', 'filesystem', 'database', 'multimedia', '__UNDEFINED')),
  name: optional(text()),
});

export const RaidMigrationRequest = object({
  raidLevel: RaidLevelName,
});

export const StoragePoolCandidateRequest = object({
  driveIds: optional(list(text())),
  raidLevels: optional(list(oneOf('raid0', 'raid1', 'raid3', 'raid5', 'raid6', 'raidDiskPool'))),
  physicalDriveTypes: optional(list(oneOf('fibre', 'fibre520b', 'nvme4k', 'sas', 'sas4k'))),
  driveMediaTypes: optional(list(oneOf('hdd', 'ssd'))),
  reconstructionDriveCount: optional(integer()),
  onlyRecommended: optional(boolean()),
});

export const StoragePoolCreateRequest = object({
  name: text(),
  raidLevel: RaidLevelName,
  diskDriveIds: list(text()),
  eraseSecuredDrives: optional(boolean()),
  enableSecurity: optional(boolean()),
  reconstructionDriveCount: optional(integer()),
});

export const StoragePoolExpansionRequest = object({
  drives: list(text()),
});

export const StoragePoolUpdateRequest = object({
  name: optional(text()),
  securePool: optional(boolean()),
  reservedDriveCount: optional(integer()),
  poolPriority: optional(DiskPoolPriorityUpdateRequest),
  poolThreshold: optional(DiskPoolThresholdUpdateRequest),
});
