import type { RepositoryRecord, SnapshotGroupRecord, SnapshotImageRecord } from '../../array/records.js';
import { nullRef } from '../../array/refs.js';
import type { StorageArray } from '../../array/storage-array.js';
import { clusterBytes } from '../../blocks/tree.js';
import { seconds } from '../epoch-seconds.js';
import { ActionName } from '../schemas/enums.js';
import { type Shown, showing } from '../schemas/shown.js';
import { PITRepositoryUtilization } from '../schemas/snapshots.js';
import { boolean, Int64, integer, list, nullable, object, oneOf, text, without } from '../schemas/types.js';

/** What the array shows where a group's repository or base may be as large as it likes (source: real payloads). */
const noLimit = '-65536';

const maxBaseCapacity = '476187142128128';

function repositoryOf(array: StorageArray, group: SnapshotGroupRecord): RepositoryRecord {
  return array.repositories.require(group.repositoryRef);
}

/** The snapshot groups that are listed: not those of online copies. */
export function shownGroups(array: StorageArray): SnapshotGroupRecord[] {
  return array.tables.snapshotGroups.toJSON().filter((group) => !array.volumeCopies.hides(group.ref));
}

/** The snapshot images that are listed: not those of online copies. */
export function shownImages(array: StorageArray): SnapshotImageRecord[] {
  return array.tables.snapshotImages.toJSON().filter((image) => !array.volumeCopies.hides(image.groupRef));
}

function groupFacts(array: StorageArray, group: SnapshotGroupRecord) {
  const rollback = array.jobs.find('rollback', group.ref);
  return { array, group, rollback };
}

const group = showing<ReturnType<typeof groupFacts>>();

export const SnapshotGroup = object({
  pitGroupRef: group.shown(text(), ({ group }) => group.ref),
  label: group.shown(text(), ({ group }) => group.label),
  status: group.shown(
    oneOf('unknown', 'optimal', 'full', 'failed', 'overThreshold', '__UNDEFINED'),
    ({ group }) => group.status,
  ),
  baseVolume: group.shown(text(), ({ group }) => group.baseRef),
  repositoryVolume: group.shown(text(), ({ group }) => group.repositoryRef),
  clusterSize: group.always(integer(), clusterBytes),
  maxRepositoryCapacity: group.always(Int64, noLimit),
  maxBaseCapacity: group.always(Int64, maxBaseCapacity),
  unusableRepositoryCapacity: group.always(Int64, '0'),
  repFullPolicy: group.shown(
    oneOf('unknown', 'failbasewrites', 'purgepit', '__UNDEFINED'),
    ({ group }) => group.fullPolicy,
  ),
  fullWarnThreshold: group.shown(integer(), ({ group }) => group.warnThreshold),
  autoDeleteLimit: group.shown(integer(), ({ group }) => group.autoDeleteLimit),
  action: group.shown(ActionName, ({ rollback }) => (rollback === undefined ? 'none' : 'pitRollback')),
  rollbackStatus: group.shown(
    oneOf('unknown', 'none', 'inProgress', 'pending', 'paused', '__UNDEFINED'),
    ({ rollback }) => (rollback === undefined ? 'none' : 'inProgress'),
  ),
  rollbackPriority: group.shown(
    oneOf('highest', 'high', 'medium', 'low', 'lowest', '__UNDEFINED'),
    ({ group }) => group.rollbackPriority,
  ),
  consistencyGroup: group.shown(boolean(), ({ group }) => group.consistencyGroupRef !== null),
  consistencyGroupRef: group.shown(text(), ({ group }) => group.consistencyGroupRef ?? nullRef),
  creationPendingStatus: group.always(oneOf('unknown', 'none', 'waiting', 'failed', '__UNDEFINED'), 'none'),
  volumeHandle: group.shown(integer(), ({ group }) => group.handle),
  volcopyId: group.always(text(), nullRef),
  snapshotCount: group.shown(integer(), ({ array, group }) => array.snapshotImages.count(group.ref)),
  repositoryCapacity: group.shown(Int64, ({ array, group }) => String(repositoryOf(array, group).capacityBytes)),
  id: group.shown(text(), ({ group }) => group.ref),
  name: group.shown(text(), ({ group }) => group.label),
});

export const PITGroup = without(SnapshotGroup, 'volcopyId', 'snapshotCount', 'repositoryCapacity');

const groupObject = group.viewOf(SnapshotGroup);

export function snapshotGroupView(array: StorageArray, group: SnapshotGroupRecord): Shown<typeof SnapshotGroup> {
  return groupObject(groupFacts(array, group));
}

function imageFacts(array: StorageArray, image: SnapshotImageRecord) {
  const newest = array.snapshotImages.newest(image.groupRef);
  const rollback = array.jobs.find('rollback', image.groupRef);
  return { image, newest, rollback };
}

const image = showing<ReturnType<typeof imageFacts>>();

export const Snapshot = object({
  pitRef: image.shown(text(), ({ image }) => image.ref),
  pitGroupRef: image.shown(text(), ({ image }) => image.groupRef),
  creationMethod: image.shown(oneOf('unknown', 'user', 'schedule', '__UNDEFINED'), ({ image }) => image.creationMethod),
  pitTimestamp: image.shown(Int64, ({ image }) => seconds(image.createdMs)),
  pitSequenceNumber: image.shown(Int64, ({ image }) => String(image.sequence)),
  status: image.shown(oneOf('unknown', 'optimal', 'failed', 'purged', '__UNDEFINED'), ({ image }) => image.status),
  activeCOW: image.shown(boolean(), ({ newest, image }) => newest?.ref === image.ref),
  isRollbackSource: image.shown(boolean(), ({ rollback, image }) => rollback?.detail.imageRef === image.ref),
  pitCapacity: image.shown(Int64, ({ image }) => String(image.capacityBytes)),
  repositoryCapacityUtilization: image.shown(Int64, ({ image }) => String(image.usedBytes)),
  baseVol: image.shown(text(), ({ image }) => image.baseRef),
  consistencyGroupId: image.shown(nullable(text()), ({ image }) => image.consistencyGroupRef),
  id: image.shown(text(), ({ image }) => image.ref),
});

export const PIT = without(Snapshot, 'baseVol', 'consistencyGroupId');

const imageObject = image.viewOf(Snapshot);

export function snapshotImageView(array: StorageArray, image: SnapshotImageRecord): Shown<typeof Snapshot> {
  return imageObject(imageFacts(array, image));
}

const utilization = showing<{ array: StorageArray; group: SnapshotGroupRecord }>();

export const PITGroupRepositoryUtilization = object({
  pitGroupBytesUsed: utilization.shown(Int64, ({ group }) => String(group.usedBytes)),
  pitGroupBytesAvailable: utilization.shown(Int64, ({ array, group }) =>
    String(repositoryOf(array, group).capacityBytes - group.usedBytes),
  ),
  groupRef: utilization.shown(text(), ({ group }) => group.ref),
  pitUtilization: utilization.shown(list(PITRepositoryUtilization), ({ array, group }) =>
    array.snapshotImages.inGroup(group.ref).map((image) => ({ pitRef: image.ref, bytesUsed: String(image.usedBytes) })),
  ),
});

const utilizationObject = utilization.viewOf(PITGroupRepositoryUtilization);

export function utilizationView(
  array: StorageArray,
  group: SnapshotGroupRecord,
): Shown<typeof PITGroupRepositoryUtilization> {
  return utilizationObject({ array, group });
}
