import type { GroupSnapshotRecord, VolumeRecord } from '../manager/records.js';
import type { Finding } from './finding.js';
import { nameIdOf, uuidOf } from './labels.js';
import type { Scene } from './scene.js';
import { isWholeGroup, isWholeSnapshot, volumeCertainty } from './statuses.js';

/** Cinder's groups are consistency groups of the array, with the same members. */
export function* judgeGroups(scene: Scene): Iterable<Finding> {
  const { database, consistencyGroupOf } = scene;
  for (const group of database.groups.values()) {
    if (!isWholeGroup(group) || isLeftToCinder(scene, group) || consistencyGroupOf(group) !== undefined) continue;
    const isFromSource = group.group_snapshot_id !== null || group.source_group_id !== null;
    yield {
      requirement: isFromSource ? 'Q37' : 'B1',
      kind: 'missing',
      what: 'consistency group',
      message: `Group ${group.id} is ${group.status}, and the array has no consistency group for it.`,
    };
  }
  yield* judgeMissingMembers(scene);
  yield* judgeStrangeMembers(scene);
  for (const groupSnapshot of database.groupSnapshots.values())
    if (isWholeGroup(groupSnapshot) && !isLeftToCinder(scene, groupSnapshot))
      yield* judgeConsistency(scene, groupSnapshot);
}

/** Consistency groups of no group. */
export function* judgeLeakedGroups({ inventory, foreign, memory, groupOf }: Scene): Iterable<Finding> {
  for (const { cgRef, label } of inventory.consistencyGroups) {
    if (foreign.has(cgRef) || groupOf(cgRef) !== undefined) continue;
    const id = uuidOf(label);
    yield {
      requirement: id !== undefined && memory.wasFromSource(id) ? 'R52' : 'B1',
      kind: 'leaked',
      what: 'consistency group',
      message: `Consistency group '${label}' has no record${id === undefined ? '' : `; its id would be ${id}`}.`,
    };
  }
}

function* judgeMissingMembers(scene: Scene): Iterable<Finding> {
  const { inventory, database, memory, volumeOf, consistencyGroupOf } = scene;
  for (const record of database.volumes.values()) {
    const group = record.group_id === null ? undefined : database.groups.get(record.group_id);
    if (group === undefined || !isWholeGroup(group) || volumeCertainty(record) === 'unsure') continue;
    if (isLeftToCinder(scene, group) || isLeftToCinder(scene, record)) continue;
    const [volume, found] = [volumeOf(record), consistencyGroupOf(group)];
    if (volume === undefined || found === undefined) continue;
    const isMember = inventory.members.some(
      ({ consistencyGroupId, volumeId }) => consistencyGroupId === found.cgRef && volumeId === volume.volumeRef,
    );
    if (isMember) continue;
    yield {
      requirement: memory.volume(nameIdOf(record))?.record.group_id === null ? 'Q37' : 'B6',
      kind: 'missing',
      what: 'membership',
      message: `Volume ${record.id} is in group ${group.id}, and is no member of its consistency group.`,
    };
  }
}

function* judgeStrangeMembers(scene: Scene): Iterable<Finding> {
  const { inventory, foreign, recordOf, groupOf } = scene;
  for (const { consistencyGroupId, volumeId } of inventory.members) {
    const group = groupOf(consistencyGroupId);
    if (group === undefined || !isWholeGroup(group)) continue;
    const record = recordOf(volumeId);
    if (record !== undefined && isLeftToCinder(scene, record)) continue;
    if (record === undefined ? !foreign.has(volumeId) : !isElsewhere(record, group.id)) continue;
    yield {
      requirement: 'Q37',
      kind: 'wrong',
      what: 'membership',
      message: `Volume ${record?.id ?? volumeId} is a member of the consistency group of group ${group.id}, and is not in it.`,
    };
  }
}

/** Whether Cinder's own code made or changed it, without a word to the driver about groups (source: R31). */
function isLeftToCinder({ database }: Scene, { id }: { readonly id: string }): boolean {
  return database.leftToCinder?.has(id) === true;
}

function isElsewhere(record: VolumeRecord, groupId: string): boolean {
  return volumeCertainty(record) !== 'unsure' && record.group_id !== groupId;
}

/** The images of a group's snapshot are one snapshot of its consistency group: of one moment (source: Q37, Q48). */
function* judgeConsistency(scene: Scene, groupSnapshot: GroupSnapshotRecord): Iterable<Finding> {
  const { inventory, database, consistencyGroupOf, imageRefOf } = scene;
  const group = database.groups.get(groupSnapshot.group_id);
  const found = group === undefined ? undefined : consistencyGroupOf(group);
  if (found === undefined) return;
  const refs = new Set(
    [...database.snapshots.values()]
      .filter((snapshot) => snapshot.group_snapshot_id === groupSnapshot.id && isWholeSnapshot(snapshot))
      .map(imageRefOf),
  );
  const images = inventory.images.filter(({ pitRef }) => refs.has(pitRef));
  const moments = new Set(
    images.map(({ consistencyGroupId, pitSequenceNumber }) =>
      consistencyGroupId === found.cgRef ? String(pitSequenceNumber) : 'another',
    ),
  );
  if (moments.size <= 1 && !moments.has('another')) return;
  yield {
    requirement: 'Q37',
    kind: 'wrong',
    what: 'group snapshot',
    message: `The images of group snapshot ${groupSnapshot.id} are not of one snapshot of its consistency group.`,
  };
}
