import { refuseAttached } from './deleting.js';
import { shown } from './driver-answers.js';
import { asException, exception, refusal } from './exceptions.js';
import { deleteVolumesOfGroup } from './generic-groups.js';
import {
  judge,
  judgeEntries,
  judgeModelUpdate,
  loop,
  saveGroup,
  saveVolumeEntries,
  subscript,
  unpack,
  upgrade,
} from './group-answers.js';
import { callCreateGroup, callDeleteGroup, callUpdateGroup } from './group-calls.js';
import type { Operation } from './operation.js';
import type { GroupRecord, VolumeRecord } from './records.js';
import { isFailure } from './statuses.js';
import { isTruthy, type Update } from './updates.js';
import { mustBeThere } from './usage.js';

/** Makes an empty group (source: R36). */
export async function createGroup(operation: Operation, group: GroupRecord): Promise<void> {
  operation.database.groups.set(group.id, group);
  try {
    const answer = await callCreateGroup(operation, group, () => ({ status: 'available' }));
    const { returned } = answer;
    judgeModelUpdate(operation, answer, returned);
    if (isTruthy(returned)) {
      if (subscript(returned, 'status') === 'error')
        throw exception('VolumeDriverException', `Error occurred when creating group ${group.id}.`);
      saveGroup(operation, answer, group, returned);
    }
  } catch (thrown) {
    asException(thrown);
    group.status = 'error';
    throw thrown;
  }
  group.status = 'available';
}

/** Deletes a group with its volumes (source: R38–R43). */
export async function deleteGroup(operation: Operation, group: GroupRecord): Promise<void> {
  const { database } = operation;
  mustBeThere(database, 'groups', group);
  const volumes = database.volumesOf(group);
  refuseDeletion(operation, group, volumes);
  group.status = 'deleting';
  for (const volume of volumes) volume.status = 'deleting';
  let entries: unknown = null;
  try {
    const answer = await callDeleteGroup(operation, { group, volumes }, () =>
      deleteVolumesOfGroup(operation, group.status, volumes),
    );
    const [modelUpdate, received] = unpack(operation, answer, 'R39', 2);
    entries = received;
    judgeModelUpdate(operation, answer, modelUpdate);
    const ids = volumes.map(({ id }) => id);
    const rule = { requirement: 'R39', name: 'volumes_model_update', ids, needsStatus: true };
    judgeEntries(operation, answer, rule, { entries, modelUpdate });
    if (isTruthy(entries)) {
      for (const entry of loop(entries)) upgrade(modelUpdate, entry);
      saveVolumeEntries(operation, 'R40', [...loop(entries)]);
    }
    if (isTruthy(modelUpdate)) {
      if (isFailure(subscript(modelUpdate, 'status')))
        throw exception('VolumeDriverException', `Error occurred when deleting group ${group.id}.`);
      saveGroup(operation, answer, group, modelUpdate);
    }
    for (const entry of loop(entries))
      if ((entry as Update).status === 'available')
        judge(
          operation,
          answer,
          'R43',
          `${shown((entry as Update).id)} is reported available: its record is destroyed`,
        );
  } catch (thrown) {
    asException(thrown);
    group.status = 'error';
    if (!isTruthy(entries)) for (const volume of volumes) volume.status = 'error';
    throw thrown;
  }
  for (const volume of volumes) {
    volume.status = 'deleted';
    database.volumes.delete(volume.id);
  }
  group.status = 'deleted';
  database.groups.delete(group.id);
}

/** What Cinder refuses before the driver is called (source: R38). */
function refuseDeletion(operation: Operation, group: GroupRecord, volumes: readonly VolumeRecord[]): void {
  const { database } = operation;
  for (const volume of volumes) refuseAttached(operation, volume);
  const refuse = (reason: string): never => {
    throw refusal('InvalidGroup', `Group ${group.id} can't be deleted: ${reason}`);
  };
  if (!['available', 'error'].includes(group.status)) refuse(`it is ${group.status}`);
  if (database.groupSnapshotsOf(group).length > 0) refuse('it has snapshots');
  const snapped = volumes.find((volume) => database.snapshotsOf(volume).length > 0);
  if (snapped !== undefined) refuse(`its volume ${snapped.id} has snapshots`);
}

/** Adds volumes to a group and removes some (source: R44–R48). */
export async function updateGroup(
  operation: Operation,
  group: GroupRecord,
  changes: { readonly add: readonly VolumeRecord[]; readonly remove: readonly VolumeRecord[] },
): Promise<void> {
  refuseUpdate(operation, group, changes);
  const { add, remove } = changes;
  group.status = 'updating';
  try {
    const answer = await callUpdateGroup(operation, group, changes, () => {
      for (const { id } of [...add, ...remove]) operation.database.leftToCinder.add(id);
      return [null, null, null];
    });
    const [modelUpdate, added, removed] = unpack(operation, answer, 'R45', 3);
    judgeModelUpdate(operation, answer, modelUpdate);
    for (const [name, entries, volumes] of [
      ['add_volumes_update', added, add],
      ['remove_volumes_update', removed, remove],
    ] as const) {
      const ids = volumes.map(({ id }) => id);
      const rule = { requirement: 'R45', name, ids, needsStatus: false };
      judgeEntries(operation, answer, rule, { entries, modelUpdate });
    }
    saveVolumeEntries(operation, 'R45', [...loop(added), ...loop(removed)]);
    if (isTruthy(modelUpdate)) {
      if (subscript(modelUpdate, 'status') === 'error')
        throw exception('VolumeDriverException', `Error occurred when updating group ${group.id}.`);
      saveGroup(operation, answer, group, modelUpdate);
    }
  } catch (thrown) {
    asException(thrown);
    group.status = 'error';
    for (const volume of [...add, ...remove]) volume.status = 'error';
    throw thrown;
  }
  for (const volume of add) volume.group_id = group.id;
  for (const volume of remove) volume.group_id = null;
  group.status = 'available';
}

/** What Cinder's API refuses before the driver is called (source: R44). */
function refuseUpdate(
  { database }: Operation,
  group: GroupRecord,
  { add, remove }: { readonly add: readonly VolumeRecord[]; readonly remove: readonly VolumeRecord[] },
): void {
  mustBeThere(database, 'groups', group);
  for (const volume of [...add, ...remove]) mustBeThere(database, 'volumes', volume);
  if (group.status !== 'available')
    throw refusal('InvalidGroup', `Group ${group.id} can't be updated: it is ${group.status}`);
  for (const { id, status, group_id } of add)
    if (group_id !== null || !['available', 'in-use'].includes(status))
      throw refusal('InvalidVolume', `Volume ${id} can't be added: it is ${status}, its group is ${group_id}`);
  for (const { id, status, group_id } of remove)
    if (group_id !== group.id || !['available', 'in-use', 'error', 'error_deleting'].includes(status))
      throw refusal('InvalidVolume', `Volume ${id} can't be removed: it is ${status}, its group is ${group_id}`);
}
