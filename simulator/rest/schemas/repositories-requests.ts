import { boolean, integer, list, number, object, oneOf, optional, text } from './types.js';
import { ConcatVolumeCandidateInput } from './volumes-requests.js';

/** What clients send about repositories: the vendor's definitions, property by property. */

const ConcatVolumeCandidateRequest = object({
  baseVolumeRef: optional(text()),
  percentCapacity: optional(number()),
  concatVolumeType: optional(oneOf('asyncMirror', 'snapshot', 'thinVolume', 'other')),
});

export const CVCandidateMultipleSelectionRequest = object({
  candidateRequests: list(ConcatVolumeCandidateRequest),
  exclusions: optional(list(ConcatVolumeCandidateInput)),
  useFreeRepositoryVolumes: optional(boolean()),
});

export const CVCandidateSelectionRequest = object({
  candidateRequest: ConcatVolumeCandidateRequest,
  exclusions: optional(list(ConcatVolumeCandidateInput)),
  useFreeRepositoryVolumes: optional(boolean()),
});

export const ConcatVolumeReductionRequest = object({
  reductionCount: integer(),
  retainMembers: optional(boolean()),
});
