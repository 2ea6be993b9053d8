import Type from 'typebox';
import { ObjectTypeName } from './enums.js';
import { Int64, nullable, oneOf } from './types.js';
import { ConcatVolumeCandidate, VolumeMediaScanParams, VolumePerms } from './volumes.js';

/** What the array answers about repositories: the vendor's definitions, property by property. */

export const AsyncMirrorStorageSystemCandidateResponse = Type.Object({
  fcMirroringState: oneOf('unknown', 'disabled', 'enabledLegacyRvm', 'enabledArvm', 'enabledAll', '__UNDEFINED'),
  id: Type.String(),
  name: Type.String(),
  type: oneOf('fibre', 'fibreAndIscsi', 'iscsi', 'none'),
  wwn: Type.String(),
});

export const CVCandidateResponse = Type.Object({
  baseMappableObjectId: Type.String(),
  candidate: nullable(ConcatVolumeCandidate),
  candidateType: oneOf('unknown', 'newVol', 'existingVols', 'expansion', '__UNDEFINED'),
  capacity: Int64,
  capacityMatch: Type.Boolean(),
  daMatch: Type.Boolean(),
  diskPool: Type.Boolean(),
  driveTypeMatch: Type.Boolean(),
  existingCandidate: Type.Boolean(),
  qosMatch: Type.Boolean(),
  raidLevelMatch: Type.Boolean(),
  samePool: Type.Boolean(),
  securityMatch: Type.Boolean(),
  volumeGroupId: Type.String(),
});

export const ConcatRepositoryVolume = Type.Object({
  concatVolRef: Type.String(),
  status: oneOf('unknown', 'optimal', 'degraded', 'failed', '__UNDEFINED'),
  memberCount: Type.Integer(),
  aggregateCapacity: Int64,
  mediaScanParams: nullable(VolumeMediaScanParams),
  volumeHandle: Type.Integer(),
  allowedOperations: nullable(VolumePerms),
  memberRefs: Type.Array(Type.String()),
  baseObjectType: ObjectTypeName,
  baseObjectId: Type.String(),
  id: Type.String(),
});

export const ConcatVolume = Type.Object({
  concatVolRef: Type.String(),
  status: oneOf('unknown', 'optimal', 'degraded', 'failed', '__UNDEFINED'),
  memberCount: Type.Integer(),
  aggregateCapacity: Int64,
  mediaScanParams: nullable(VolumeMediaScanParams),
  volumeHandle: Type.Integer(),
  allowedOperations: nullable(VolumePerms),
  id: Type.String(),
});

export const ConcatVolumeMember = Type.Object({
  memberRef: Type.String(),
  concatVolRef: Type.String(),
  storageVolumeRef: Type.String(),
  parentIndex: Type.Integer(),
});
