import Type from 'typebox';
import { Int64, oneOf } from './types.js';
import { ConcatVolumeCandidateInput } from './volumes-requests.js';

/** What clients send about consistency groups: the vendor's definitions, property by property. */

export const AddBatchCGMembersRequest = Type.Object({
  volumeToCandidates: Type.Record(Type.String(), Type.Unknown()),
  scanMedia: Type.Optional(Type.Boolean()),
  validateParity: Type.Optional(Type.Boolean()),
});

export const AddConsistencyGroupMemberRequest = Type.Object({
  volumeId: Type.String(),
  repositoryPoolId: Type.Optional(Type.String()),
  scanMedia: Type.Optional(Type.Boolean()),
  validateParity: Type.Optional(Type.Boolean()),
  repositoryPercent: Type.Optional(Type.Number()),
  repositoryCandidate: Type.Optional(ConcatVolumeCandidateInput),
});

export const CGSnapshotViewRequest = Type.Object({
  pitId: Type.String(),
  candidate: Type.Optional(ConcatVolumeCandidateInput),
  accessMode: Type.Optional(oneOf('modeUnknown', 'readWrite', 'readOnly', '__UNDEFINED')),
  scanMedia: Type.Optional(Type.Boolean()),
  validateParity: Type.Optional(Type.Boolean()),
});

export const ConsistencyGroupCreateRequest = Type.Object({
  name: Type.String(),
  fullWarnThresholdPercent: Type.Optional(Type.Integer()),
  autoDeleteThreshold: Type.Optional(Type.Integer()),
  repositoryFullPolicy: Type.Optional(oneOf('unknown', 'failbasewrites', 'purgepit', '__UNDEFINED')),
  rollbackPriority: Type.Optional(oneOf('highest', 'high', 'medium', 'low', 'lowest', '__UNDEFINED')),
});

export const ConsistencyGroupUpdateRequest = Type.Object({
  name: Type.Optional(Type.String()),
  fullWarnThresholdPercent: Type.Optional(Type.Integer()),
  autoDeleteThreshold: Type.Optional(Type.Integer()),
  repositoryFullPolicy: Type.Optional(oneOf('unknown', 'failbasewrites', 'purgepit', '__UNDEFINED')),
  rollbackPriority: Type.Optional(oneOf('highest', 'high', 'medium', 'low', 'lowest', '__UNDEFINED')),
});

export const CreateCGSnapshotViewManualRequest = Type.Object({
  name: Type.String(),
  pitSequenceNumber: Int64,
  requests: Type.Array(CGSnapshotViewRequest),
});

export const CreateConsistencyGroupSnapshotViewRequest = Type.Object({
  name: Type.String(),
  repositoryPoolId: Type.Optional(Type.String()),
  pitId: Type.Optional(Type.String()),
  pitSequenceNumber: Type.Optional(Int64),
  accessMode: Type.Optional(oneOf('modeUnknown', 'readWrite', 'readOnly', '__UNDEFINED')),
  repositoryPercent: Type.Optional(Type.Number()),
  scanMedia: Type.Optional(Type.Boolean()),
  validateParity: Type.Optional(Type.Boolean()),
});
