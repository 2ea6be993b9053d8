import Type from 'typebox';
import { ActionName, IoInterfaceTypeName, LocalMirrorStatusName, RaidLevelName, ReturnStatusName } from './enums.js';
import { ScsiNodeName, ScsiRemoteTargetConnections } from './hosts.js';
import { RemoteTarget } from './pools.js';
import { Int64, nullable, oneOf } from './types.js';
import { ThinVolumeCapacityProvisioningDetails, VolumeMediaScanParams, VolumePerms } from './volumes.js';

/** What the array answers about mirrors: the vendor's definitions, property by property. */

export const VolumeTypeParameters = Type.Object({
  volumeType: oneOf('unknown', 'thinProvisioned', 'thickProvisioned', '__UNDEFINED'),
  capacityProvisioningDetails: nullable(ThinVolumeCapacityProvisioningDetails),
});

export const AsyncMirrorGroup = Type.Object({
  groupRef: Type.String(),
  worldWideName: Type.String(),
  label: Type.String(),
  groupState: oneOf('unknown', 'initialSync', 'optimal', 'degraded', 'rpFailed', '__UNDEFINED'),
  localRole: oneOf('unknown', 'primary', 'secondary', '__UNDEFINED'),
  remoteRole: oneOf('unknown', 'primary', 'secondary', '__UNDEFINED'),
  roleChangeProgress: oneOf('unknown', 'none', 'pending', 'inProgress', '__UNDEFINED'),
  syncIntervalMinutes: Type.Integer(),
  syncCompletionTimeAlertThresholdMinutes: Type.Integer(),
  recoveryPointAgeAlertThresholdMinutes: Type.Integer(),
  repositoryUtilizationWarnThreshold: Type.Integer(),
  mirrorChannelRemoteTarget: Type.String(),
  syncActivity: oneOf('unknown', 'idle', 'active', 'paused', 'userSuspended', 'internallySuspended', '__UNDEFINED'),
  orphanGroup: Type.Boolean(),
});

export const AsyncMirrorGroupLinkLatencyTestResults = Type.Object({
  minLatencyInMicroseconds: Type.Integer(),
  maxLatencyInMicroseconds: Type.Integer(),
  avgLatencyInMicroseconds: Type.Integer(),
});

export const AsyncMirrorGroupLinkBandwidthTestResults = Type.Object({
  latencyMeasures: nullable(AsyncMirrorGroupLinkLatencyTestResults),
  minBandwidthBitsPerSecond: Int64,
  maxBandwidthBitsPerSecond: Int64,
  avgBandwidthBitsPerSecond: Int64,
  negotiatedLinkSpeedBitsPerSecond: Int64,
});

export const AsyncMirrorGroupCommunicationData = Type.Object({
  timeout: Type.Integer(),
  returnStatus: ReturnStatusName,
  successful: Type.Boolean(),
  controllerRef: Type.String(),
  amgRef: Type.String(),
  testType: oneOf('connectivityTestUnknown', 'basicConnectivityTest', 'linkLatencyTest', 'linkBandwidthTest', '__UNDEFINED'),
  bwTestResult: nullable(AsyncMirrorGroupLinkBandwidthTestResults),
  latTestResult: nullable(AsyncMirrorGroupLinkLatencyTestResults),
});

export const AsyncMirrorGroupRemoteConnection = Type.Object({
  localPortName: Type.String(),
  remotePortName: Type.String(),
  remotePortId: Type.String(),
  localPortId: Type.String(),
  localPortNumber: Type.Integer(),
  remotePortNumber: Type.Integer(),
  controller: Type.String(),
  ioInterfaceType: IoInterfaceTypeName,
  localPortRef: Type.String(),
  remoteTargetConnections: nullable(ScsiRemoteTargetConnections),
});

export const AsyncMirrorGroupConnectionsResponse = Type.Object({
  amgRef: Type.String(),
  connections: Type.Array(AsyncMirrorGroupRemoteConnection),
});

export const AsyncMirrorGroupEx = Type.Object({
  groupRef: Type.String(),
  worldWideName: Type.String(),
  label: Type.String(),
  groupState: oneOf('unknown', 'initialSync', 'optimal', 'degraded', 'rpFailed', '__UNDEFINED'),
  localRole: oneOf('unknown', 'primary', 'secondary', '__UNDEFINED'),
  remoteRole: oneOf('unknown', 'primary', 'secondary', '__UNDEFINED'),
  roleChangeProgress: oneOf('unknown', 'none', 'pending', 'inProgress', '__UNDEFINED'),
  syncIntervalMinutes: Type.Integer(),
  syncCompletionTimeAlertThresholdMinutes: Type.Integer(),
  recoveryPointAgeAlertThresholdMinutes: Type.Integer(),
  repositoryUtilizationWarnThreshold: Type.Integer(),
  mirrorChannelRemoteTarget: Type.String(),
  syncActivity: oneOf('unknown', 'idle', 'active', 'paused', 'userSuspended', 'internallySuspended', '__UNDEFINED'),
  orphanGroup: Type.Boolean(),
  connectionType: IoInterfaceTypeName,
  remoteTargetWwn: Type.String(),
  remoteTargetName: Type.String(),
  remoteTargetId: Type.String(),
  remoteTarget: nullable(RemoteTarget),
  id: Type.String(),
});

export const AsyncMirrorGroupIncompleteMember = Type.Object({
  memberRef: Type.String(),
  groupRef: Type.String(),
  primaryVolWWN: Type.String(),
  primaryVolCapacity: Int64,
  primaryVolRAIDLevel: RaidLevelName,
  primaryVolProtectionType: oneOf('type0Protection', 'type1Protection', 'type2Protection', 'type3Protection', '__UNDEFINED'),
  primaryVolSecurityType: oneOf('unknown', 'none', 'capable', 'enabled', '__UNDEFINED'),
  primaryVolUserLabel: Type.String(),
  orphanIncompleteMember: Type.Boolean(),
  primaryVolumeParameters: nullable(VolumeTypeParameters),
  primaryVolSecurityLevel: oneOf('unknown', 'none', 'mixed', 'fde', 'fips', '__UNDEFINED'),
  blkSize: Type.Integer(),
  blkSizePhysical: Type.Integer(),
});

export const AsyncMirrorGroupMember = Type.Object({
  memberRef: Type.String(),
  mirrorGroup: Type.String(),
  localVolume: Type.String(),
  remoteVolume: Type.String(),
  memberState: oneOf('unknown', 'initialSync', 'optimal', 'failed', 'incomplete', 'orphan', 'stopped', '__UNDEFINED'),
  lastRecoveryPointTime: Int64,
  overUtilizationWarnThreshold: Type.Boolean(),
  mirroredLocalCapacity: Int64,
  repositoryVolume: Type.String(),
  worldWideName: Type.String(),
  volumeHandle: Type.Integer(),
  repositoryFull: Type.Boolean(),
  id: Type.String(),
});

export const SAIdentifier = Type.Object({
  worldWideName: Type.String(),
});

export const RemoteVolume = Type.Object({
  worldWideName: Type.String(),
  remoteVolRef: Type.String(),
  manager: Type.String(),
  remoteArrayId: nullable(SAIdentifier),
  remoteNodeWWN: Type.String(),
  remoteVolWWN: Type.String(),
  remoteVolUserLabel: Type.String(),
  remoteVolState: oneOf('optimal', 'noLun', 'noArray', 'noFabric', 'initializing', 'wwnChangeFailed', '__UNDEFINED'),
  remoteVolCapacity: Int64,
  volumeHandle: Type.Integer(),
  perms: nullable(VolumePerms),
  reserved1: Type.String(),
  reserved2: Type.String(),
  remoteNodeName: nullable(ScsiNodeName),
  remoteVolSecurityType: oneOf('unknown', 'none', 'capable', 'enabled', '__UNDEFINED'),
});

export const AsyncMirrorGroupMemberEx = Type.Object({
  memberRef: Type.String(),
  mirrorGroup: Type.String(),
  localVolume: Type.String(),
  remoteVolume: Type.String(),
  memberState: oneOf('unknown', 'initialSync', 'optimal', 'failed', 'incomplete', 'orphan', 'stopped', '__UNDEFINED'),
  lastRecoveryPointTime: Int64,
  overUtilizationWarnThreshold: Type.Boolean(),
  mirroredLocalCapacity: Int64,
  repositoryVolume: Type.String(),
  worldWideName: Type.String(),
  volumeHandle: Type.Integer(),
  repositoryFull: Type.Boolean(),
  localVolumeName: Type.String(),
  remoteVolumeName: Type.String(),
  remoteVolumeInfo: nullable(RemoteVolume),
  remoteTargetWwn: Type.String(),
  remoteTargetName: Type.String(),
  remoteTargetId: Type.String(),
  totalSizeInBytes: Int64,
  mediaScan: nullable(VolumeMediaScanParams),
  id: Type.String(),
});

export const AsyncMirrorGroupMemberSyncProgress = Type.Object({
  percentComplete: Type.Integer(),
  timeToCompletion: Type.Integer(),
  syncBytes: Int64,
  mirrorRef: Type.String(),
  trackingBytes: Int64,
});

export const AsyncMirrorGroupSyncProgress = Type.Object({
  groupPercentComplete: Type.Integer(),
  groupTimeToCompletion: Type.Integer(),
  groupSyncBytes: Int64,
  groupRef: Type.String(),
  memberProgress: Type.Array(AsyncMirrorGroupMemberSyncProgress),
  groupTrackingBytes: Int64,
});

export const AsyncMirrorRepositoryUtilization = Type.Object({
  pitDataBytes: Int64,
  deltaLogBytes: Int64,
  bytesAvailable: Int64,
  mirrorRef: Type.String(),
  id: Type.String(),
});

export const MirrorProxyVolume = Type.Object({
  worldWideName: Type.String(),
  mirrorProxyRef: Type.String(),
  volumeHandle: Type.Integer(),
  localMirrorStatus: LocalMirrorStatusName,
  remoteMirrorStatus: LocalMirrorStatusName,
  localRole: oneOf('primary', 'secondary', 'invalid', '__UNDEFINED'),
  remoteRole: oneOf('primary', 'secondary', 'invalid', '__UNDEFINED'),
  localPriority: oneOf('priority0', 'priority1', 'priority2', 'priority3', 'priority4', 'unknown', '__UNDEFINED'),
  peerPriority: oneOf('priority0', 'priority1', 'priority2', 'priority3', 'priority4', 'unknown', '__UNDEFINED'),
  usableCapacity: Int64,
  currentManager: Type.String(),
  baseVolume: Type.String(),
  remoteVolRef: Type.String(),
  action: ActionName,
  reserved1: Type.String(),
  reserved2: Type.String(),
  localWriteMode: oneOf('synchronousMode', 'asynchronousMode', 'consistentAsyncMode', '__UNDEFINED'),
  autoResync: Type.Boolean(),
  consistencyGroupRef: Type.String(),
});

export const RemoteArray = Type.Object({
  remoteArrayRef: Type.String(),
  saId: nullable(SAIdentifier),
  remoteTargets: Type.Array(Type.String()),
});
