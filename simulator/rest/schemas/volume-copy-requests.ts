import Type from 'typebox';
import { oneOf } from './types.js';
import { ConcatVolumeCandidateInput } from './volumes-requests.js';

/** What clients send about volume copy: the vendor's definitions, property by property. */

export const VolumeCopyCreateRequest = Type.Object({
  copyPriority: Type.Optional(oneOf('priority0', 'priority1', 'priority2', 'priority3', 'priority4', '__UNDEFINED')),
  onlineCopy: Type.Optional(Type.Boolean()),
  repositoryCandidate: Type.Optional(ConcatVolumeCandidateInput),
  sourceId: Type.String(),
  targetId: Type.String(),
  targetWriteProtected: Type.Optional(Type.Boolean()),
});

export const VolumeCopyUpdateRequest = Type.Object({
  copyPriority: Type.Optional(oneOf('priority0', 'priority1', 'priority2', 'priority3', 'priority4', '__UNDEFINED')),
  targetWriteProtected: Type.Optional(Type.Boolean()),
});
