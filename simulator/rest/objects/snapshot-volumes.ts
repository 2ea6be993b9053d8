import type { SnapshotVolumeRecord } from '../../array/records.js';
import { nullRef } from '../../array/refs.js';
import type { StorageArray } from '../../array/storage-array.js';
import { clusterBytes } from '../../blocks/tree.js';
import { seconds } from '../epoch-seconds.js';
import { ObjectTypeName, ProtectionTypeName } from '../schemas/enums.js';
import { type Shown, showing } from '../schemas/shown.js';
import { PITViewMembership } from '../schemas/snapshots.js';
import { boolean, Int64, integer, list, nullable, object, oneOf, text, without } from '../schemas/types.js';
import { VolumePerms } from '../schemas/volumes.js';
import { LUNMapping, mappingsOf } from './mappings.js';
import { permissions } from './volumes.js';

function snapshotVolumeFacts(array: StorageArray, view: SnapshotVolumeRecord) {
  const repository = view.repositoryRef === null ? undefined : array.repositories.require(view.repositoryRef);
  const mappings = mappingsOf(array, view.ref);
  const source = array.volumeCopies.isSource(view.ref);
  return { view, repository, mappings, source };
}

const snapshotVolume = showing<ReturnType<typeof snapshotVolumeFacts>>();

export const PitViewEx = object({
  viewRef: snapshotVolume.shown(text(), ({ view }) => view.ref),
  worldWideName: snapshotVolume.shown(text(), ({ view }) => view.wwn),
  baseVol: snapshotVolume.shown(text(), ({ view }) => view.baseRef),
  basePIT: snapshotVolume.shown(text(), ({ view }) => view.imageRef ?? nullRef),
  boundToPIT: snapshotVolume.shown(boolean(), ({ view }) => view.imageRef !== null),
  accessMode: snapshotVolume.shown(
    oneOf('modeUnknown', 'readWrite', 'readOnly', '__UNDEFINED'),
    ({ view }) => view.accessMode,
  ),
  label: snapshotVolume.shown(text(), ({ view }) => view.label),
  status: snapshotVolume.shown(
    oneOf('unknown', 'optimal', 'stopped', 'failed', 'overThreshold', 'full', '__UNDEFINED'),
    ({ view }) => view.status,
  ),
  currentManager: snapshotVolume.shown(text(), ({ view }) => view.currentController),
  preferredManager: snapshotVolume.shown(text(), ({ view }) => view.preferredController),
  repositoryVolume: snapshotVolume.shown(text(), ({ view }) => view.repositoryRef ?? nullRef),
  fullWarnThreshold: snapshotVolume.shown(integer(), ({ view }) => view.warnThreshold),
  viewTime: snapshotVolume.shown(Int64, ({ view }) => seconds(view.viewTimeMs)),
  viewSequenceNumber: snapshotVolume.shown(Int64, ({ view }) => String(view.sequence)),
  perms: snapshotVolume.always(nullable(VolumePerms), permissions.view),
  volumeHandle: snapshotVolume.shown(integer(), ({ view }) => view.handle),
  clusterSize: snapshotVolume.shown(integer(), ({ repository }) => (repository === undefined ? 0 : clusterBytes)),
  maxRepositoryCapacity: snapshotVolume.shown(Int64, ({ repository }) => (repository === undefined ? '0' : '-65536')),
  unusableRepositoryCapacity: Int64,
  membership: snapshotVolume.shown(nullable(PITViewMembership), ({ view }) =>
    view.consistencyGroupViewRef === null
      ? { viewType: 'individual', cgViewRef: null }
      : { viewType: 'member', cgViewRef: view.consistencyGroupViewRef },
  ),
  mgmtClientAttribute: integer(),
  offline: boolean(),
  extendedUniqueIdentifier: snapshotVolume.always(text(), ''),
  volumeFull: snapshotVolume.shown(boolean(), ({ view }) => view.status === 'full'),
  repositoryCapacity: snapshotVolume.shown(Int64, ({ repository }) => String(repository?.capacityBytes ?? 0)),
  baseVolumeCapacity: snapshotVolume.shown(Int64, ({ view }) => String(view.capacityBytes)),
  totalSizeInBytes: snapshotVolume.shown(Int64, ({ view }) => String(view.imageRef === null ? 0 : view.capacityBytes)),
  consistencyGroupId: snapshotVolume.shown(nullable(text()), ({ view }) => view.consistencyGroupRef),
  volumeCopyTarget: boolean(),
  cloneCopy: boolean(),
  volumeCopySource: snapshotVolume.shown(boolean(), ({ source }) => source),
  pitBaseVolume: boolean(),
  asyncMirrorTarget: boolean(),
  asyncMirrorSource: boolean(),
  protectionType: snapshotVolume.always(ProtectionTypeName, 'type0Protection'),
  remoteMirrorSource: boolean(),
  remoteMirrorTarget: boolean(),
  name: snapshotVolume.shown(text(), ({ view }) => view.label),
  id: snapshotVolume.shown(text(), ({ view }) => view.ref),
  objectType: snapshotVolume.always(ObjectTypeName, 'pitView'),
  currentControllerId: snapshotVolume.shown(text(), ({ view }) => view.currentController),
  wwn: snapshotVolume.shown(text(), ({ view }) => view.wwn),
  preferredControllerId: snapshotVolume.shown(text(), ({ view }) => view.preferredController),
  mapped: snapshotVolume.shown(boolean(), ({ mappings }) => mappings.length > 0),
  listOfMappings: snapshotVolume.shown(list(LUNMapping), ({ mappings }) => mappings),
  onlineVolumeCopy: boolean(),
});

export const PITView = without(
  PitViewEx,
  'volumeFull',
  'repositoryCapacity',
  'baseVolumeCapacity',
  'totalSizeInBytes',
  'consistencyGroupId',
  'volumeCopyTarget',
  'cloneCopy',
  'volumeCopySource',
  'pitBaseVolume',
  'asyncMirrorTarget',
  'asyncMirrorSource',
  'protectionType',
  'remoteMirrorSource',
  'remoteMirrorTarget',
  'objectType',
  'currentControllerId',
  'wwn',
  'preferredControllerId',
  'mapped',
  'listOfMappings',
  'onlineVolumeCopy',
);

const snapshotVolumeObject = snapshotVolume.viewOf(PitViewEx);

export function snapshotVolumeView(array: StorageArray, view: SnapshotVolumeRecord): Shown<typeof PitViewEx> {
  return snapshotVolumeObject(snapshotVolumeFacts(array, view));
}

function utilizationFacts(array: StorageArray, view: SnapshotVolumeRecord) {
  const capacity = view.repositoryRef === null ? 0 : array.repositories.require(view.repositoryRef).capacityBytes;
  return { view, capacity };
}

const utilization = showing<ReturnType<typeof utilizationFacts>>();

export const PITViewRepositoryUtilization = object({
  viewBytesUsed: utilization.shown(Int64, ({ view }) => String(view.usedBytes)),
  viewBytesAvailable: utilization.shown(Int64, ({ capacity, view }) => String(capacity - view.usedBytes)),
  viewRef: utilization.shown(text(), ({ view }) => view.ref),
});

const utilizationObject = utilization.viewOf(PITViewRepositoryUtilization);

export function utilizationView(
  array: StorageArray,
  view: SnapshotVolumeRecord,
): Shown<typeof PITViewRepositoryUtilization> {
  return utilizationObject(utilizationFacts(array, view));
}
