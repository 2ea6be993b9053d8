import { RaidLevelName } from './enums.js';
import { boolean, integer, list, object, oneOf, optional, text } from './types.js';

/** What clients send about pools: the vendor's definitions, property by property. */

const DiskPoolPriorityUpdateRequest = object({
  priority: oneOf('lowest', 'low', 'medium', 'high', 'highest', 'useDefault'),
  priorityType: oneOf('invalid', 'degraded', 'critical', 'background', '__UNDEFINED'),
});

const DiskPoolThresholdUpdateRequest = object({
  thresholdType: oneOf('invalid', 'warning', 'critical', '__UNDEFINED'),
  value: integer(),
});

export const RaidMigrationRequest = object({
  raidLevel: RaidLevelName,
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
