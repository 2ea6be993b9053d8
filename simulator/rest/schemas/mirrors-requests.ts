import Type from 'typebox';
import { RecoveryFailureTypeName, RecoveryFailureTypeName2 } from './enums.js';
import { oneOf } from './types.js';
import { ConcatVolumeCandidateInput } from './volumes-requests.js';

/** What clients send about mirrors: the vendor's definitions, property by property. */

export const AsyncMirrorGroupClearRecoveryFailureRequest = Type.Object({
  recoveryFailureType: RecoveryFailureTypeName2,
});

export const AsyncMirrorGroupConnectivityTestRequest = Type.Object({
  requestedTestType: Type.Optional(oneOf('connectivityTestUnknown', 'basicConnectivityTest', 'linkLatencyTest', 'linkBandwidthTest', '__UNDEFINED')),
  testIterations: Type.Optional(Type.Integer()),
  timeout: Type.Optional(Type.Integer()),
});

export const AsyncMirrorGroupCreateRequest = Type.Object({
  name: Type.String(),
  secondaryArrayId: Type.String(),
  syncIntervalMinutes: Type.Optional(Type.Integer()),
  manualSync: Type.Optional(Type.Boolean()),
  recoveryWarnThresholdMinutes: Type.Optional(Type.Integer()),
  repoUtilizationWarnThreshold: Type.Optional(Type.Integer()),
  interfaceType: Type.Optional(oneOf('fibre', 'fibreAndIscsi', 'iscsi', 'none')),
  syncWarnThresholdMinutes: Type.Optional(Type.Integer()),
});

export const AsyncMirrorGroupFaultClearFailureRequest = Type.Object({
  asyncMirrorGroupId: Type.String(),
  recoveryFailureType: RecoveryFailureTypeName,
});

export const AsyncMirrorGroupMemberClearRecoveryFailureRequest = Type.Object({
  recoveryFailureType: RecoveryFailureTypeName2,
});

export const AsyncMirrorGroupMemberCompletionRequest = Type.Object({
  secondaryPoolId: Type.Optional(Type.String()),
  secondaryVolumeRef: Type.String(),
  scanMedia: Type.Optional(Type.Boolean()),
  validateRepositoryParity: Type.Optional(Type.Boolean()),
  secondaryPercentCapacity: Type.Optional(Type.Number()),
  secondaryRepositoryCandidate: Type.Optional(ConcatVolumeCandidateInput),
});

export const AsyncMirrorGroupMemberCreateRequest = Type.Object({
  primaryPoolId: Type.String(),
  secondaryPoolId: Type.String(),
  primaryVolumeRef: Type.String(),
  secondaryVolumeRef: Type.String(),
  primaryRepositoryCandidate: Type.Optional(ConcatVolumeCandidateInput),
  secondaryRepositoryCandidate: Type.Optional(ConcatVolumeCandidateInput),
  scanMedia: Type.Optional(Type.Boolean()),
  validateRepositoryParity: Type.Optional(Type.Boolean()),
  percentCapacity: Type.Optional(Type.Number()),
  secondaryPercentCapacity: Type.Optional(Type.Number()),
});

export const AsyncMirrorGroupMemberFaultClearFailureRequest = Type.Object({
  asyncMirrorGroupMemberId: Type.String(),
  recoveryFailureType: RecoveryFailureTypeName,
});

export const AsyncMirrorGroupRoleUpdateRequest = Type.Object({
  role: oneOf('unknown', 'primary', 'secondary', '__UNDEFINED'),
  noSync: Type.Optional(Type.Boolean()),
  force: Type.Optional(Type.Boolean()),
});

export const AsyncMirrorGroupSyncRequest = Type.Object({
  deleteRecoveryPointIfNecessary: Type.Optional(Type.Boolean()),
});

export const AsyncMirrorGroupUpdateRequest = Type.Object({
  name: Type.Optional(Type.String()),
  syncIntervalMinutes: Type.Optional(Type.Integer()),
  recoveryWarnThresholdMinutes: Type.Optional(Type.Integer()),
  repoUtilizationWarnThreshold: Type.Optional(Type.Integer()),
  syncWarnThresholdMinutes: Type.Optional(Type.Integer()),
});
