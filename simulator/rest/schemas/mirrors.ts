import { ActionName, LocalMirrorStatusName, ProtectionTypeName, RaidLevelName } from './enums.js';
import { ScsiNodeName } from './hosts.js';
import { boolean, Int64, integer, list, nullable, object, oneOf, text } from './types.js';
import { ThinVolumeCapacityProvisioningDetails, VolumePerms } from './volumes.js';

/** What the array answers about mirrors: the vendor's definitions, property by property. */

const VolumeTypeParameters = object({
  volumeType: oneOf('unknown', 'thinProvisioned', 'thickProvisioned', '__UNDEFINED'),
  capacityProvisioningDetails: nullable(ThinVolumeCapacityProvisioningDetails),
});

export const AsyncMirrorGroupIncompleteMember = object({
  memberRef: text(),
  groupRef: text(),
  primaryVolWWN: text(),
  primaryVolCapacity: Int64,
  primaryVolRAIDLevel: RaidLevelName,
  primaryVolProtectionType: ProtectionTypeName,
  primaryVolSecurityType: oneOf('unknown', 'none', 'capable', 'enabled', '__UNDEFINED'),
  primaryVolUserLabel: text(),
  orphanIncompleteMember: boolean(),
  primaryVolumeParameters: nullable(VolumeTypeParameters),
  primaryVolSecurityLevel: oneOf('unknown', 'none', 'mixed', 'fde', 'fips', '__UNDEFINED'),
  blkSize: integer(),
  blkSizePhysical: integer(),
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

export const AsyncMirrorGroupMemberSyncProgress = object({
  percentComplete: integer(),
  timeToCompletion: integer(),
  syncBytes: Int64,
  mirrorRef: text(),
  trackingBytes: Int64,
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
