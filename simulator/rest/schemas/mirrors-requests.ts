import { RecoveryFailureTypeName, RecoveryFailureTypeName2 } from './enums.js';
import { boolean, integer, number, object, oneOf, optional, text } from './types.js';
import { ConcatVolumeCandidateInput } from './volumes-requests.js';

/** What clients send about mirrors: the vendor's definitions, property by property. */

export const AsyncMirrorGroupClearRecoveryFailureRequest = object({
  recoveryFailureType: RecoveryFailureTypeName2,
});

export const AsyncMirrorGroupConnectivityTestRequest = object({
  requestedTestType: optional(
    oneOf('connectivityTestUnknown', 'basicConnectivityTest', 'linkLatencyTest', 'linkBandwidthTest', '__UNDEFINED'),
  ),
  testIterations: optional(integer()),
  timeout: optional(integer()),
});

export const AsyncMirrorGroupCreateRequest = object({
  name: text(),
  secondaryArrayId: text(),
  syncIntervalMinutes: optional(integer()),
  manualSync: optional(boolean()),
  recoveryWarnThresholdMinutes: optional(integer()),
  repoUtilizationWarnThreshold: optional(integer()),
  interfaceType: optional(oneOf('fibre', 'fibreAndIscsi', 'iscsi', 'none')),
  syncWarnThresholdMinutes: optional(integer()),
});

export const AsyncMirrorGroupFaultClearFailureRequest = object({
  asyncMirrorGroupId: text(),
  recoveryFailureType: RecoveryFailureTypeName,
});

export const AsyncMirrorGroupMemberClearRecoveryFailureRequest = object({
  recoveryFailureType: RecoveryFailureTypeName2,
});

export const AsyncMirrorGroupMemberCompletionRequest = object({
  secondaryPoolId: optional(text()),
  secondaryVolumeRef: text(),
  scanMedia: optional(boolean()),
  validateRepositoryParity: optional(boolean()),
  secondaryPercentCapacity: optional(number()),
  secondaryRepositoryCandidate: optional(ConcatVolumeCandidateInput),
});

export const AsyncMirrorGroupMemberCreateRequest = object({
  primaryPoolId: text(),
  secondaryPoolId: text(),
  primaryVolumeRef: text(),
  secondaryVolumeRef: text(),
  primaryRepositoryCandidate: optional(ConcatVolumeCandidateInput),
  secondaryRepositoryCandidate: optional(ConcatVolumeCandidateInput),
  scanMedia: optional(boolean()),
  validateRepositoryParity: optional(boolean()),
  percentCapacity: optional(number()),
  secondaryPercentCapacity: optional(number()),
});

export const AsyncMirrorGroupMemberFaultClearFailureRequest = object({
  asyncMirrorGroupMemberId: text(),
  recoveryFailureType: RecoveryFailureTypeName,
});

export const AsyncMirrorGroupRoleUpdateRequest = object({
  role: oneOf('unknown', 'primary', 'secondary', '__UNDEFINED'),
  noSync: optional(boolean()),
  force: optional(boolean()),
});

export const AsyncMirrorGroupSyncRequest = object({
  deleteRecoveryPointIfNecessary: optional(boolean()),
});

export const AsyncMirrorGroupUpdateRequest = object({
  name: optional(text()),
  syncIntervalMinutes: optional(integer()),
  recoveryWarnThresholdMinutes: optional(integer()),
  repoUtilizationWarnThreshold: optional(integer()),
  syncWarnThresholdMinutes: optional(integer()),
});
