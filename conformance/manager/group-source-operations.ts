import { isPlainObject, shown } from './driver-answers.js';
import { asException, refusal } from './exceptions.js';
import { createVolumesOfGroup } from './generic-groups.js';
import { judge, judgeEntries, judgeModelUpdate, loop, saveGroup, saveVolumeEntries, unpack } from './group-answers.js';
import { callCreateGroupFromSource, type GroupSource } from './group-calls.js';
import { newGroup, newVolume } from './new-records.js';
import type { ManagerRuntime, Operation } from './operation.js';
import type { GroupRecord, VolumeRecord } from './records.js';
import type { GroupSourceRequest } from './requests.js';
import { isTruthy } from './updates.js';
import { mustBeThere, UsageError } from './usage.js';

/** A group that is to be made, its volumes, and what of: sources are in the order of the volumes (source: R49). */
export interface GroupFromSource {
  readonly group: GroupRecord;
  readonly volumes: readonly VolumeRecord[];
  readonly source: GroupSource;
}

/** The records of a group that is to be made of another or of its snapshot. */
export function newGroupFromSource(runtime: ManagerRuntime, request: GroupSourceRequest): GroupFromSource {
  const { name, names, groupSnapshot, group: sourceGroup } = request;
  const { database } = runtime;
  const source = sourceOf(runtime, request);
  const group = newGroup(runtime, { name, groupSnapshotId: groupSnapshot?.id, sourceGroupId: sourceGroup?.id });
  const origins =
    source.groupSnapshot?.snapshots.map((snapshot) => ({ snapshot, volume: undefined, size: snapshot.volume_size })) ??
    source.group?.volumes.map((volume) => ({ snapshot: undefined, volume, size: volume.size })) ??
    [];
  if (names.length !== origins.length)
    throw new UsageError(`A group of ${origins.length} volumes needs as many names, not ${names.length}`);
  const volumes = origins.map(({ snapshot, volume, size }, index) => {
    const like = volume ?? database.volumes.get(snapshot?.volume_id ?? '');
    const type = database.volumeTypes.get(like?.volume_type_id ?? '');
    const pool = like?.host?.split('#')[1] ?? '';
    const { multiattach } = like ?? {};
    return newVolume(runtime, { name: names[index] ?? '', size, pool, type, group, multiattach }, { snapshot, volume });
  });
  return { group, volumes, source };
}

function sourceOf({ database }: ManagerRuntime, { groupSnapshot, group }: GroupSourceRequest): GroupSource {
  if ((groupSnapshot === undefined) === (group === undefined))
    throw new UsageError('A group is made of one source: a group or a snapshot of a group');
  if (groupSnapshot !== undefined) {
    mustBeThere(database, 'groupSnapshots', groupSnapshot);
    const snapshots = database.membersOf(groupSnapshot);
    return { groupSnapshot: { groupSnapshot, snapshots, group: database.groups.get(groupSnapshot.group_id) } };
  }
  if (group === undefined) return {};
  mustBeThere(database, 'groups', group);
  return { group: { group, volumes: database.volumesOf(group) } };
}

/** Makes a group of a group's snapshot or of a group (source: R49–R52). */
export async function createGroupFromSource(
  operation: Operation,
  { group, volumes, source }: GroupFromSource,
): Promise<void> {
  const { database } = operation;
  const fail = () => {
    group.status = 'error';
    for (const volume of volumes) volume.status = 'error';
  };
  const hindrance = hindranceOf(source);
  if (hindrance !== undefined) {
    fail();
    throw refusal('InvalidGroup', `Group ${group.id} can't be made: ${hindrance}`);
  }
  database.groups.set(group.id, group);
  for (const volume of volumes) database.volumes.set(volume.id, volume);
  try {
    const answer = await callCreateGroupFromSource(operation, { group, volumes }, source, async () => {
      database.leftToCinder.add(group.id);
      const answer = await createVolumesOfGroup(operation, volumes, source);
      // Cinder makes these available too, as it looks at no status here (R51).
      for (const { id, status } of answer[1]) if (status === 'error') database.leftToCinder.add(String(id));
      return answer;
    });
    const [modelUpdate, entries] = unpack(operation, answer, 'R50', 2);
    judgeModelUpdate(operation, answer, modelUpdate);
    const ids = volumes.map(({ id }) => id);
    const rule = { requirement: 'R50', name: 'volumes_model_update', ids, needsStatus: false };
    judgeEntries(operation, answer, rule, { entries, modelUpdate });
    // The statuses are not read: without an exception all become available.
    for (const update of [modelUpdate, ...(Array.isArray(entries) ? entries : [])] as unknown[])
      if (isPlainObject(update) && update.status === 'error')
        judge(operation, answer, 'R51', `${shown(update)} reports a failure, which only an exception can`);
    for (const entry of loop(entries)) saveVolumeEntries(operation, 'R50', [entry]);
    if (isTruthy(modelUpdate)) saveGroup(operation, answer, group, modelUpdate);
  } catch (thrown) {
    asException(thrown);
    fail();
    throw thrown;
  }
  for (const volume of volumes) volume.status = 'available';
  group.status = 'available';
}

/** Why a group can't be made of its source (source: R49). */
function hindranceOf({ groupSnapshot, group }: GroupSource): string | undefined {
  if (groupSnapshot !== undefined && groupSnapshot.groupSnapshot.status !== 'available')
    return `group snapshot ${groupSnapshot.groupSnapshot.id} is ${groupSnapshot.groupSnapshot.status}`;
  if (group !== undefined && group.group.status !== 'available')
    return `group ${group.group.id} is ${group.group.status}`;
  const members: readonly { readonly id: string; readonly status: string }[] =
    groupSnapshot?.snapshots ?? group?.volumes ?? [];
  const member = members.find(({ status }) => status !== 'available');
  if (members.length === 0) return 'its source has no volumes';
  return member === undefined ? undefined : `its source ${member.id} is ${member.status}`;
}
