import { boolean, object, oneOf, optional, text } from './types.js';
import { ConcatVolumeCandidateInput } from './volumes-requests.js';

/** What clients send about volume copy: the vendor's definitions, property by property. */

export const VolumeCopyCreateRequest = object({
  copyPriority: optional(oneOf('priority0', 'priority1', 'priority2', 'priority3', 'priority4', '__UNDEFINED')),
  onlineCopy: optional(boolean()),
  repositoryCandidate: optional(ConcatVolumeCandidateInput),
  sourceId: text(),
  targetId: text(),
  targetWriteProtected: optional(boolean()),
});

export const VolumeCopyUpdateRequest = object({
  copyPriority: optional(oneOf('priority0', 'priority1', 'priority2', 'priority3', 'priority4', '__UNDEFINED')),
  targetWriteProtected: optional(boolean()),
});
