import { ObjectTypeName } from './enums.js';
import { boolean, Int64, integer, list, nullable, object, oneOf, text } from './types.js';
import { ConcatVolumeCandidate, VolumeMediaScanParams, VolumePerms } from './volumes.js';

/** What the array answers about repositories: the vendor's definitions, property by property. */

export const AsyncMirrorStorageSystemCandidateResponse = object({
  fcMirroringState: oneOf('unknown', 'disabled', 'enabledLegacyRvm', 'enabledArvm', 'enabledAll', '__UNDEFINED'),
  id: text(),
  name: text(),
  type: oneOf('fibre', 'fibreAndIscsi', 'iscsi', 'none'),
  wwn: text(),
});

export const CVCandidateResponse = object({
  baseMappableObjectId: text(),
  candidate: nullable(ConcatVolumeCandidate),
  candidateType: oneOf('unknown', 'newVol', 'existingVols', 'expansion', '__UNDEFINED'),
  capacity: Int64,
  capacityMatch: boolean(),
  daMatch: boolean(),
  diskPool: boolean(),
  driveTypeMatch: boolean(),
  existingCandidate: boolean(),
  qosMatch: boolean(),
  raidLevelMatch: boolean(),
  samePool: boolean(),
  securityMatch: boolean(),
  volumeGroupId: text(),
});

export const ConcatRepositoryVolume = object({
  concatVolRef: text(),
  status: oneOf('unknown', 'optimal', 'degraded', 'failed', '__UNDEFINED'),
  memberCount: integer(),
  aggregateCapacity: Int64,
  mediaScanParams: nullable(VolumeMediaScanParams),
  volumeHandle: integer(),
  allowedOperations: nullable(VolumePerms),
  memberRefs: list(text()),
  baseObjectType: ObjectTypeName,
  baseObjectId: text(),
  id: text(),
});

export const ConcatVolume = object({
  concatVolRef: text(),
  status: oneOf('unknown', 'optimal', 'degraded', 'failed', '__UNDEFINED'),
  memberCount: integer(),
  aggregateCapacity: Int64,
  mediaScanParams: nullable(VolumeMediaScanParams),
  volumeHandle: integer(),
  allowedOperations: nullable(VolumePerms),
  id: text(),
});

export const ConcatVolumeMember = object({
  memberRef: text(),
  concatVolRef: text(),
  storageVolumeRef: text(),
  parentIndex: integer(),
});
