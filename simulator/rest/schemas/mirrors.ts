import { ActionName, IoInterfaceTypeName, LocalMirrorStatusName, RaidLevelName } from './enums.js';
import { ScsiNodeName } from './hosts.js';
import { RemoteTarget } from './pools.js';
import { boolean, Int64, integer, list, nullable, object, oneOf, text } from './types.js';
import { ThinVolumeCapacityProvisioningDetails, VolumeMediaScanParams, VolumePerms } from './volumes.js';

/** What the array answers about mirrors: the vendor's definitions, property by property. */

const VolumeTypeParameters = object({
  volumeType: oneOf('unknown', 'thinProvisioned', 'thickProvisioned', '__UNDEFINED'),
  capacityProvisioningDetails: nullable(ThinVolumeCapacityProvisioningDetails),
});

export const AsyncMirrorGroup = object({
  groupRef: text(),
  worldWideName: text(),
  label: text(),
  groupState: oneOf('unknown', 'initialSync', 'optimal', 'degraded', 'rpFailed', '__UNDEFINED'),
  localRole: oneOf('unknown', 'primary', 'secondary', '__UNDEFINED'),
  remoteRole: oneOf('unknown', 'primary', 'secondary', '__UNDEFINED'),
  roleChangeProgress: oneOf('unknown', 'none', 'pending', 'inProgress', '__UNDEFINED'),
  syncIntervalMinutes: integer(),
  syncCompletionTimeAlertThresholdMinutes: integer(),
  recoveryPointAgeAlertThresholdMinutes: integer(),
  repositoryUtilizationWarnThreshold: integer(),
  mirrorChannelRemoteTarget: text(),
  syncActivity: oneOf('unknown', 'idle', 'active', 'paused', 'userSuspended', 'internallySuspended', '__UNDEFINED'),
  orphanGroup: boolean(),
});

export const AsyncMirrorGroupEx = object({
  groupRef: text(),
  worldWideName: text(),
  label: text(),
  groupState: oneOf('unknown', 'initialSync', 'optimal', 'degraded', 'rpFailed', '__UNDEFINED'),
  localRole: oneOf('unknown', 'primary', 'secondary', '__UNDEFINED'),
  remoteRole: oneOf('unknown', 'primary', 'secondary', '__UNDEFINED'),
  roleChangeProgress: oneOf('unknown', 'none', 'pending', 'inProgress', '__UNDEFINED'),
  syncIntervalMinutes: integer(),
  syncCompletionTimeAlertThresholdMinutes: integer(),
  recoveryPointAgeAlertThresholdMinutes: integer(),
  repositoryUtilizationWarnThreshold: integer(),
  mirrorChannelRemoteTarget: text(),
  syncActivity: oneOf('unknown', 'idle', 'active', 'paused', 'userSuspended', 'internallySuspended', '__UNDEFINED'),
  orphanGroup: boolean(),
  connectionType: IoInterfaceTypeName,
  remoteTargetWwn: text(),
  remoteTargetName: text(),
  remoteTargetId: text(),
  remoteTarget: nullable(RemoteTarget),
  id: text(),
});

export const AsyncMirrorGroupIncompleteMember = object({
  memberRef: text(),
  groupRef: text(),
  primaryVolWWN: text(),
  primaryVolCapacity: Int64,
  primaryVolRAIDLevel: RaidLevelName,
  primaryVolProtectionType: oneOf(
    'type0Protection',
    'type1Protection',
    'type2Protection',
    'type3Protection',
    '__UNDEFINED',
  ),
  primaryVolSecurityType: oneOf('unknown', 'none', 'capable', 'enabled', '__UNDEFINED'),
  primaryVolUserLabel: text(),
  orphanIncompleteMember: boolean(),
  primaryVolumeParameters: nullable(VolumeTypeParameters),
  primaryVolSecurityLevel: oneOf('unknown', 'none', 'mixed', 'fde', 'fips', '__UNDEFINED'),
  blkSize: integer(),
  blkSizePhysical: integer(),
});

export const AsyncMirrorGroupMember = object({
  memberRef: text(),
  mirrorGroup: text(),
  localVolume: text(),
  remoteVolume: text(),
  memberState: oneOf('unknown', 'initialSync', 'optimal', 'failed', 'incomplete', 'orphan', 'stopped', '__UNDEFINED'),
  lastRecoveryPointTime: Int64,
  overUtilizationWarnThreshold: boolean(),
  mirroredLocalCapacity: Int64,
  repositoryVolume: text(),
  worldWideName: text(),
  volumeHandle: integer(),
  repositoryFull: boolean(),
  id: text(),
});

export const SAIdentifier = object({
  worldWideName: text(),
});

export const RemoteVolume = object({
  worldWideName: text(),
  remoteVolRef: text(),
  manager: text(),
  remoteArrayId: nullable(SAIdentifier),
  remoteNodeWWN: text(),
  remoteVolWWN: text(),
  remoteVolUserLabel: text(),
  remoteVolState: oneOf('optimal', 'noLun', 'noArray', 'noFabric', 'initializing', 'wwnChangeFailed', '__UNDEFINED'),
  remoteVolCapacity: Int64,
  volumeHandle: integer(),
  perms: nullable(VolumePerms),
  reserved1: text(),
  reserved2: text(),
  remoteNodeName: nullable(ScsiNodeName),
  remoteVolSecurityType: oneOf('unknown', 'none', 'capable', 'enabled', '__UNDEFINED'),
});

export const AsyncMirrorGroupMemberEx = object({
  memberRef: text(),
  mirrorGroup: text(),
  localVolume: text(),
  remoteVolume: text(),
  memberState: oneOf('unknown', 'initialSync', 'optimal', 'failed', 'incomplete', 'orphan', 'stopped', '__UNDEFINED'),
  lastRecoveryPointTime: Int64,
  overUtilizationWarnThreshold: boolean(),
  mirroredLocalCapacity: Int64,
  repositoryVolume: text(),
  worldWideName: text(),
  volumeHandle: integer(),
  repositoryFull: boolean(),
  localVolumeName: text(),
  remoteVolumeName: text(),
  remoteVolumeInfo: nullable(RemoteVolume),
  remoteTargetWwn: text(),
  remoteTargetName: text(),
  remoteTargetId: text(),
  totalSizeInBytes: Int64,
  mediaScan: nullable(VolumeMediaScanParams),
  id: text(),
});

const AsyncMirrorGroupMemberSyncProgress = object({
  percentComplete: integer(),
  timeToCompletion: integer(),
  syncBytes: Int64,
  mirrorRef: text(),
  trackingBytes: Int64,
});

export const AsyncMirrorGroupSyncProgress = object({
  groupPercentComplete: integer(),
  groupTimeToCompletion: integer(),
  groupSyncBytes: Int64,
  groupRef: text(),
  memberProgress: list(AsyncMirrorGroupMemberSyncProgress),
  groupTrackingBytes: Int64,
});

export const AsyncMirrorRepositoryUtilization = object({
  pitDataBytes: Int64,
  deltaLogBytes: Int64,
  bytesAvailable: Int64,
  mirrorRef: text(),
  id: text(),
});

export const MirrorProxyVolume = object({
  worldWideName: text(),
  mirrorProxyRef: text(),
  volumeHandle: integer(),
  localMirrorStatus: LocalMirrorStatusName,
  remoteMirrorStatus: LocalMirrorStatusName,
  localRole: oneOf('primary', 'secondary', 'invalid', '__UNDEFINED'),
  remoteRole: oneOf('primary', 'secondary', 'invalid', '__UNDEFINED'),
  localPriority: oneOf('priority0', 'priority1', 'priority2', 'priority3', 'priority4', 'unknown', '__UNDEFINED'),
  peerPriority: oneOf('priority0', 'priority1', 'priority2', 'priority3', 'priority4', 'unknown', '__UNDEFINED'),
  usableCapacity: Int64,
  currentManager: text(),
  baseVolume: text(),
  remoteVolRef: text(),
  action: ActionName,
  reserved1: text(),
  reserved2: text(),
  localWriteMode: oneOf('synchronousMode', 'asynchronousMode', 'consistentAsyncMode', '__UNDEFINED'),
  autoResync: boolean(),
  consistencyGroupRef: text(),
});

export const RemoteArray = object({
  remoteArrayRef: text(),
  saId: nullable(SAIdentifier),
  remoteTargets: list(text()),
});
