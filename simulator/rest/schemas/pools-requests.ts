import Type from 'typebox';
import { RaidLevelName } from './enums.js';
import { oneOf } from './types.js';

/** What clients send about pools: the vendor's definitions, property by property. */

export const AssignHotSpareCountToStoragePoolRequest = Type.Object({
  hotSpareCount: Type.Integer(),
});

export const DiskPoolPriorityUpdateRequest = Type.Object({
  priority: oneOf('lowest', 'low', 'medium', 'high', 'highest', 'useDefault'),
  priorityType: oneOf('invalid', 'degraded', 'critical', 'background', '__UNDEFINED'),
});

export const DiskPoolReductionRequest = Type.Object({
  drives: Type.Array(Type.String()),
});

export const DiskPoolThresholdUpdateRequest = Type.Object({
  thresholdType: oneOf('invalid', 'warning', 'critical', '__UNDEFINED'),
  value: Type.Integer(),
});

export const FlashCacheCreateRequest = Type.Object({
  driveRefs: Type.Array(Type.String()),
  enableExistingVolumes: Type.Optional(Type.Boolean()),
  name: Type.Optional(Type.String()),
});

export const FlashCacheUpdateDrivesRequest = Type.Object({
  driveRef: Type.Optional(Type.Array(Type.String())),
});

export const FlashCacheUpdateRequest = Type.Object({
  configType: Type.Optional(oneOf('unknown', 'filesystem', 'database', 'multimedia', '__UNDEFINED')),
  name: Type.Optional(Type.String()),
});

export const RaidMigrationRequest = Type.Object({
  raidLevel: RaidLevelName,
});

export const StoragePoolCandidateRequest = Type.Object({
  driveIds: Type.Optional(Type.Array(Type.String())),
  raidLevels: Type.Optional(Type.Array(oneOf('raid0', 'raid1', 'raid3', 'raid5', 'raid6', 'raidDiskPool'))),
  physicalDriveTypes: Type.Optional(Type.Array(oneOf('fibre', 'fibre520b', 'nvme4k', 'sas', 'sas4k'))),
  driveMediaTypes: Type.Optional(Type.Array(oneOf('hdd', 'ssd'))),
  reconstructionDriveCount: Type.Optional(Type.Integer()),
  onlyRecommended: Type.Optional(Type.Boolean()),
});

export const StoragePoolCreateRequest = Type.Object({
  name: Type.String(),
  raidLevel: RaidLevelName,
  diskDriveIds: Type.Array(Type.String()),
  eraseSecuredDrives: Type.Optional(Type.Boolean()),
  enableSecurity: Type.Optional(Type.Boolean()),
  reconstructionDriveCount: Type.Optional(Type.Integer()),
});

export const StoragePoolExpansionRequest = Type.Object({
  drives: Type.Array(Type.String()),
});

export const StoragePoolUpdateRequest = Type.Object({
  name: Type.Optional(Type.String()),
  securePool: Type.Optional(Type.Boolean()),
  reservedDriveCount: Type.Optional(Type.Integer()),
  poolPriority: Type.Optional(DiskPoolPriorityUpdateRequest),
  poolThreshold: Type.Optional(DiskPoolThresholdUpdateRequest),
});
