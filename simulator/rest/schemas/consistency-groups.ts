import { boolean, Int64, integer, list, object, oneOf, text } from './types.js';

/** What the array answers about consistency groups: the vendor's definitions, property by property. */

const ConsistencyGroup = object({
  groupRef: text(),
});

export const ConsistencyGroupBundle = object({
  consistencyGroup: list(ConsistencyGroup),
});

export const PITConsistencyGroup = object({
  cgRef: text(),
  label: text(),
  repFullPolicy: oneOf('unknown', 'failbasewrites', 'purgepit', '__UNDEFINED'),
  fullWarnThreshold: integer(),
  autoDeleteLimit: integer(),
  rollbackPriority: oneOf('highest', 'high', 'medium', 'low', 'lowest', '__UNDEFINED'),
  uniqueSequenceNumber: list(Int64),
  creationPendingStatus: oneOf('unknown', 'none', 'waiting', 'failed', '__UNDEFINED'),
  name: text(),
  id: text(),
});

export const PITConsistencyGroupView = object({
  cgViewRef: text(),
  groupRef: text(),
  label: text(),
  viewTime: Int64,
  viewSequenceNumber: Int64,
  name: text(),
  id: text(),
});

export const PITCGMember = object({
  consistencyGroupId: text(),
  volumeId: text(),
  volumeWwn: text(),
  baseVolumeName: text(),
  clusterSize: integer(),
  totalRepositoryVolumes: integer(),
  totalRepositoryCapacity: Int64,
  usedRepositoryCapacity: Int64,
  fullWarnThreshold: integer(),
  totalSnapshotImages: integer(),
  totalSnapshotVolumes: integer(),
  autoDeleteSnapshots: boolean(),
  autoDeleteLimit: integer(),
  pitGroupId: text(),
  repositoryVolume: text(),
});
