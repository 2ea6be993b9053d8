import Type from 'typebox';
import { Int64, oneOf } from './types.js';

/** What the array answers about consistency groups: the vendor's definitions, property by property. */

export const ConsistencyGroup = Type.Object({
  groupRef: Type.String(),
});

export const ConsistencyGroupBundle = Type.Object({
  consistencyGroup: Type.Array(ConsistencyGroup),
});

export const PITConsistencyGroup = Type.Object({
  cgRef: Type.String(),
  label: Type.String(),
  repFullPolicy: oneOf('unknown', 'failbasewrites', 'purgepit', '__UNDEFINED'),
  fullWarnThreshold: Type.Integer(),
  autoDeleteLimit: Type.Integer(),
  rollbackPriority: oneOf('highest', 'high', 'medium', 'low', 'lowest', '__UNDEFINED'),
  uniqueSequenceNumber: Type.Array(Int64),
  creationPendingStatus: oneOf('unknown', 'none', 'waiting', 'failed', '__UNDEFINED'),
  name: Type.String(),
  id: Type.String(),
});

export const PITConsistencyGroupView = Type.Object({
  cgViewRef: Type.String(),
  groupRef: Type.String(),
  label: Type.String(),
  viewTime: Int64,
  viewSequenceNumber: Int64,
  name: Type.String(),
  id: Type.String(),
});

export const PITCGMember = Type.Object({
  consistencyGroupId: Type.String(),
  volumeId: Type.String(),
  volumeWwn: Type.String(),
  baseVolumeName: Type.String(),
  clusterSize: Type.Integer(),
  totalRepositoryVolumes: Type.Integer(),
  totalRepositoryCapacity: Int64,
  usedRepositoryCapacity: Int64,
  fullWarnThreshold: Type.Integer(),
  totalSnapshotImages: Type.Integer(),
  totalSnapshotVolumes: Type.Integer(),
  autoDeleteSnapshots: Type.Boolean(),
  autoDeleteLimit: Type.Integer(),
  pitGroupId: Type.String(),
  repositoryVolume: Type.String(),
});
