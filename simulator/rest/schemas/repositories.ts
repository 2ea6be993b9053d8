import { ObjectTypeName } from './enums.js';
import { Int64, integer, list, nullable, object, oneOf, text } from './types.js';
import { VolumeMediaScanParams, VolumePerms } from './volumes.js';

/** What the array answers about repositories: the vendor's definitions, property by property. */

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
