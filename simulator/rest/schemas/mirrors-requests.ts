import { boolean, integer, number, object, oneOf, optional, text } from './types.js';
import { ConcatVolumeCandidateInput } from './volumes-requests.js';

/** What clients send about mirrors: the vendor's definitions, property by property. */

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
