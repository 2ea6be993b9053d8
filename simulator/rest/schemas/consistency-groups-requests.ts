import { boolean, Int64, integer, number, object, oneOf, optional, record, text } from './types.js';
import { ConcatVolumeCandidateInput } from './volumes-requests.js';

/** What clients send about consistency groups: the vendor's definitions, property by property. */

export const AddBatchCGMembersRequest = object({
  volumeToCandidates: record(),
  scanMedia: optional(boolean()),
  validateParity: optional(boolean()),
});

export const AddConsistencyGroupMemberRequest = object({
  volumeId: text(),
  repositoryPoolId: optional(text()),
  scanMedia: optional(boolean()),
  validateParity: optional(boolean()),
  repositoryPercent: optional(number()),
  repositoryCandidate: optional(ConcatVolumeCandidateInput),
});

export const CGSnapshotViewRequest = object({
  pitId: text(),
  candidate: optional(ConcatVolumeCandidateInput),
  accessMode: optional(oneOf('modeUnknown', 'readWrite', 'readOnly', '__UNDEFINED')),
  scanMedia: optional(boolean()),
  validateParity: optional(boolean()),
});

export const ConsistencyGroupCreateRequest = object({
  name: text(),
  fullWarnThresholdPercent: optional(integer()),
  autoDeleteThreshold: optional(integer()),
  repositoryFullPolicy: optional(oneOf('unknown', 'failbasewrites', 'purgepit', '__UNDEFINED')),
  rollbackPriority: optional(oneOf('highest', 'high', 'medium', 'low', 'lowest', '__UNDEFINED')),
});

export const ConsistencyGroupUpdateRequest = object({
  name: optional(text()),
  fullWarnThresholdPercent: optional(integer()),
  autoDeleteThreshold: optional(integer()),
  repositoryFullPolicy: optional(oneOf('unknown', 'failbasewrites', 'purgepit', '__UNDEFINED')),
  rollbackPriority: optional(oneOf('highest', 'high', 'medium', 'low', 'lowest', '__UNDEFINED')),
});

export const CreateConsistencyGroupSnapshotViewRequest = object({
  name: text(),
  repositoryPoolId: optional(text()),
  pitId: optional(text()),
  pitSequenceNumber: optional(Int64),
  accessMode: optional(oneOf('modeUnknown', 'readWrite', 'readOnly', '__UNDEFINED')),
  repositoryPercent: optional(number()),
  scanMedia: optional(boolean()),
  validateParity: optional(boolean()),
});
