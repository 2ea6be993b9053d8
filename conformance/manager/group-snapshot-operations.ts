import { shown } from './driver-answers.js';
import { asException, exception, refusal } from './exceptions.js';
import { createSnapshotsOfGroup, deleteSnapshotsOfGroup } from './generic-groups.js';
import {
  type GroupAnswer,
  judge,
  judgeEntries,
  judgeModelUpdate,
  loop,
  saveGroupSnapshot,
  subscript,
  unpack,
  upgrade,
} from './group-answers.js';
import { callCreateGroupSnapshot, callDeleteGroupSnapshot } from './group-calls.js';
import { newGroupSnapshot, newSnapshot } from './new-records.js';
import type { ManagerRuntime, Operation } from './operation.js';
import type { GroupRecord, GroupSnapshotRecord, SnapshotRecord } from './records.js';
import { isFailure } from './statuses.js';
import { isTruthy, saveSnapshot, type Update } from './updates.js';
import { mustBeThere } from './usage.js';

/** A group's snapshot that is to be made, with its members. */
export interface NewGroupSnapshot {
  readonly groupSnapshot: GroupSnapshotRecord;
  readonly snapshots: readonly SnapshotRecord[];
}

/** The records of a group's snapshot that is to be made. */
export function newGroupSnapshotOf(
  runtime: ManagerRuntime,
  { name, group }: { readonly name: string; readonly group: GroupRecord },
): NewGroupSnapshot {
  const groupSnapshot = newGroupSnapshot(runtime, { name, group });
  const snapshots = runtime.database
    .volumesOf(group)
    .map((volume) => newSnapshot(runtime, { name, volume, groupSnapshotId: groupSnapshot.id }));
  return { groupSnapshot, snapshots };
}

/** Snapshots a group's volumes at one moment (source: R53–R55). */
export async function createGroupSnapshot(
  operation: Operation,
  { groupSnapshot, snapshots }: NewGroupSnapshot,
  group: GroupRecord,
): Promise<void> {
  const { database } = operation;
  mustBeThere(database, 'groups', group);
  const hindrance = hindranceOf(operation, group);
  if (hindrance !== undefined) {
    for (const each of [groupSnapshot, ...snapshots]) each.status = 'error';
    throw refusal('InvalidGroup', `A snapshot of group ${group.id} can't be made: ${hindrance}`);
  }
  database.groupSnapshots.set(groupSnapshot.id, groupSnapshot);
  for (const snapshot of snapshots) database.snapshots.set(snapshot.id, snapshot);
  await judged(operation, groupSnapshot, snapshots, async (keep) => {
    const answer = await callCreateGroupSnapshot(operation, { groupSnapshot, snapshots, group }, () => {
      database.leftToCinder.add(groupSnapshot.id);
      return createSnapshotsOfGroup(operation, snapshots);
    });
    const [modelUpdate, entries] = read(operation, answer, 'R53', snapshots);
    keep(entries);
    for (const entry of loop(entries)) {
      const id = String(subscript(entry, 'id'));
      const snapshot = database.snapshots.get(id);
      if (snapshot === undefined) throw exception('SnapshotNotFound', `Snapshot ${id} could not be found.`);
      saveSnapshot(operation, 'R53', snapshot, entry as Update);
      upgrade(modelUpdate, entry);
    }
    if (!isTruthy(modelUpdate)) return;
    if (subscript(modelUpdate, 'status') === 'error')
      throw exception('VolumeDriverException', `Error occurred when creating group_snapshot ${groupSnapshot.id}.`);
    saveGroupSnapshot(operation, answer, groupSnapshot, modelUpdate);
  });
  for (const snapshot of snapshots) {
    snapshot.status = 'available';
    snapshot.progress = '100%';
  }
  groupSnapshot.status = 'available';
}

function hindranceOf({ database }: Operation, group: GroupRecord): string | undefined {
  const volumes = database.volumesOf(group);
  if (group.status !== 'available') return `it is ${group.status}`;
  if (volumes.length === 0) return 'it is empty';
  const volume = volumes.find(({ status }) => !['available', 'in-use'].includes(status));
  return volume === undefined ? undefined : `its volume ${volume.id} is ${volume.status}`;
}

/** Deletes a group's snapshot with its members (source: R56–R59). */
export async function deleteGroupSnapshot(operation: Operation, groupSnapshot: GroupSnapshotRecord): Promise<void> {
  const { database } = operation;
  mustBeThere(database, 'groupSnapshots', groupSnapshot);
  if (!['available', 'error'].includes(groupSnapshot.status))
    throw refusal('InvalidGroupSnapshot', `${groupSnapshot.id} can't be deleted: it is ${groupSnapshot.status}`);
  const snapshots = database.membersOf(groupSnapshot);
  for (const each of [groupSnapshot, ...snapshots]) each.status = 'deleting';
  const group = database.groups.get(groupSnapshot.group_id);
  await judged(operation, groupSnapshot, snapshots, async (keep) => {
    const answer = await callDeleteGroupSnapshot(operation, { groupSnapshot, snapshots, group }, () =>
      deleteSnapshotsOfGroup(operation, groupSnapshot.status, snapshots),
    );
    const [modelUpdate, entries] = read(operation, answer, 'R56', snapshots);
    keep(entries);
    for (const entry of loop(entries)) {
      const id = subscript(entry, 'id');
      const snapshot = snapshots.find((each) => each.id === id);
      if (snapshot !== undefined) saveSnapshot(operation, 'R56', snapshot, entry as Update);
      upgrade(modelUpdate, entry);
    }
    if (isTruthy(modelUpdate)) {
      if (isFailure(subscript(modelUpdate, 'status')))
        throw exception('VolumeDriverException', `Error occurred when deleting group_snapshot ${groupSnapshot.id}.`);
      saveGroupSnapshot(operation, answer, groupSnapshot, modelUpdate);
    }
    for (const entry of loop(entries))
      if ((entry as Update).status === 'available')
        judge(
          operation,
          answer,
          'R58',
          `${shown((entry as Update).id)} is reported available: its record is destroyed`,
        );
  });
  for (const snapshot of snapshots) {
    snapshot.status = 'deleted';
    database.snapshots.delete(snapshot.id);
  }
  groupSnapshot.status = 'deleted';
  database.groupSnapshots.delete(groupSnapshot.id);
}

/** The two parts of an answer, judged (source: R53, R56, R59). */
function read(
  operation: Operation,
  answer: GroupAnswer,
  requirement: string,
  snapshots: readonly SnapshotRecord[],
): readonly [modelUpdate: unknown, entries: unknown] {
  const [modelUpdate = null, entries = null] = unpack(operation, answer, requirement, 2);
  judgeModelUpdate(operation, answer, modelUpdate);
  const ids = snapshots.map(({ id }) => id);
  const rule = { requirement, name: 'snapshots_model_update', ids, needsStatus: true };
  judgeEntries(operation, answer, rule, { entries, modelUpdate });
  return [modelUpdate, entries];
}

/**
 * Does the work; after an exception of Cinder's the snapshots are in error, but for those with entries. Any other exception
 * leaves everything as it is, for ever (source: R32).
 */
async function judged(
  operation: Operation,
  groupSnapshot: GroupSnapshotRecord,
  snapshots: readonly SnapshotRecord[],
  work: (keep: (entries: unknown) => void) => Promise<void>,
): Promise<void> {
  let received: unknown = null;
  try {
    await work((entries) => {
      received = entries;
    });
  } catch (thrown) {
    const failure = asException(thrown);
    if (!failure.is('CinderException')) {
      const { id, status } = groupSnapshot;
      operation.violate('R32', `${failure.raised.class} is no exception of Cinder's: ${id} stays ${status} for ever`);
      throw failure;
    }
    groupSnapshot.status = 'error';
    if (!isTruthy(received)) for (const snapshot of snapshots) snapshot.status = 'error';
    throw failure;
  }
}
