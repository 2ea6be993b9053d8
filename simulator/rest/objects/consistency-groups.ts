import type { ConsistencyGroupRecord, ConsistencyGroupViewRecord, SnapshotGroupRecord } from '../../array/records.js';
import type { StorageArray } from '../../array/storage-array.js';
import { clusterBytes } from '../../blocks/tree.js';
import { seconds } from '../epoch-seconds.js';
import { type Shown, showing } from '../schemas/shown.js';
import { boolean, Int64, integer, list, object, oneOf, text } from '../schemas/types.js';

const group = showing<{ array: StorageArray; group: ConsistencyGroupRecord }>();

export const PITConsistencyGroup = object({
  cgRef: group.shown(text(), ({ group }) => group.ref),
  label: group.shown(text(), ({ group }) => group.label),
  repFullPolicy: group.shown(
    oneOf('unknown', 'failbasewrites', 'purgepit', '__UNDEFINED'),
    ({ group }) => group.fullPolicy,
  ),
  fullWarnThreshold: group.shown(integer(), ({ group }) => group.warnThreshold),
  autoDeleteLimit: group.shown(integer(), ({ group }) => group.autoDeleteLimit),
  rollbackPriority: group.shown(
    oneOf('highest', 'high', 'medium', 'low', 'lowest', '__UNDEFINED'),
    ({ group }) => group.rollbackPriority,
  ),
  uniqueSequenceNumber: group.shown(list(Int64), ({ array, group }) =>
    array.consistencyGroups.sequences(group.ref).map(String),
  ),
  creationPendingStatus: group.always(oneOf('unknown', 'none', 'waiting', 'failed', '__UNDEFINED'), 'none'),
  name: group.shown(text(), ({ group }) => group.label),
  id: group.shown(text(), ({ group }) => group.ref),
});

const groupObject = group.viewOf(PITConsistencyGroup);

export function consistencyGroupView(
  array: StorageArray,
  group: ConsistencyGroupRecord,
): Shown<typeof PITConsistencyGroup> {
  return groupObject({ array, group });
}

function memberFacts(array: StorageArray, member: SnapshotGroupRecord) {
  const volume = array.volumes.require(member.baseRef);
  const repository = array.repositories.require(member.repositoryRef);
  const images = array.snapshotImages.inGroup(member.ref);
  return { array, member, volume, repository, images };
}

const member = showing<ReturnType<typeof memberFacts>>();

export const PITCGMember = object({
  consistencyGroupId: member.shown(text(), ({ member }) => member.consistencyGroupRef ?? ''),
  volumeId: member.shown(text(), ({ volume }) => volume.ref),
  volumeWwn: member.shown(text(), ({ volume }) => volume.wwn),
  baseVolumeName: member.shown(text(), ({ volume }) => volume.label),
  clusterSize: member.always(integer(), clusterBytes),
  totalRepositoryVolumes: member.shown(integer(), ({ repository }) => repository.memberRefs.length),
  totalRepositoryCapacity: member.shown(Int64, ({ repository }) => String(repository.capacityBytes)),
  usedRepositoryCapacity: member.shown(Int64, ({ member }) => String(member.usedBytes)),
  fullWarnThreshold: member.shown(integer(), ({ member }) => member.warnThreshold),
  totalSnapshotImages: member.shown(integer(), ({ images }) => images.length),
  totalSnapshotVolumes: member.shown(integer(), ({ images, array }) =>
    images.reduce((sum, image) => sum + array.snapshotVolumes.ofImage(image.ref).length, 0),
  ),
  autoDeleteSnapshots: member.shown(boolean(), ({ member }) => member.autoDeleteLimit > 0),
  autoDeleteLimit: member.shown(integer(), ({ member }) => member.autoDeleteLimit),
  pitGroupId: member.shown(text(), ({ member }) => member.ref),
  repositoryVolume: member.shown(text(), ({ repository }) => repository.ref),
});

const memberObject = member.viewOf(PITCGMember);

export function memberView(array: StorageArray, member: SnapshotGroupRecord): Shown<typeof PITCGMember> {
  return memberObject(memberFacts(array, member));
}

const groupView = showing<{ view: ConsistencyGroupViewRecord }>();

export const PITConsistencyGroupView = object({
  cgViewRef: groupView.shown(text(), ({ view }) => view.ref),
  groupRef: groupView.shown(text(), ({ view }) => view.consistencyGroupRef),
  label: groupView.shown(text(), ({ view }) => view.label),
  viewTime: groupView.shown(Int64, ({ view }) => seconds(view.viewTimeMs)),
  viewSequenceNumber: groupView.shown(Int64, ({ view }) => String(view.sequence)),
  name: groupView.shown(text(), ({ view }) => view.label),
  id: groupView.shown(text(), ({ view }) => view.ref),
});

const groupViewObject = groupView.viewOf(PITConsistencyGroupView);

export function groupViewView(view: ConsistencyGroupViewRecord): Shown<typeof PITConsistencyGroupView> {
  return groupViewObject({ view });
}
