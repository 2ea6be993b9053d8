import Type from 'typebox';
import { oneOf } from './types.js';
import { ConcatVolumeCandidateInput } from './volumes-requests.js';

/** What clients send about repositories: the vendor's definitions, property by property. */

export const ConcatVolumeCandidateRequest = Type.Object({
  baseVolumeRef: Type.Optional(Type.String()),
  percentCapacity: Type.Optional(Type.Number()),
  concatVolumeType: Type.Optional(oneOf('asyncMirror', 'snapshot', 'thinVolume', 'other')),
});

export const CVCandidateMultipleSelectionRequest = Type.Object({
  candidateRequests: Type.Array(ConcatVolumeCandidateRequest),
  exclusions: Type.Optional(Type.Array(ConcatVolumeCandidateInput)),
  useFreeRepositoryVolumes: Type.Optional(Type.Boolean()),
});

export const CVCandidateSelectionRequest = Type.Object({
  candidateRequest: ConcatVolumeCandidateRequest,
  exclusions: Type.Optional(Type.Array(ConcatVolumeCandidateInput)),
  useFreeRepositoryVolumes: Type.Optional(Type.Boolean()),
});

export const ConcatVolumeReductionRequest = Type.Object({
  reductionCount: Type.Integer(),
  retainMembers: Type.Optional(Type.Boolean()),
});
