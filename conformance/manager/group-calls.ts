import {
  cgsnapshotView,
  consistencyGroupView,
  groupPayload,
  groupSnapshotPayload,
  type Payload,
  snapshotPayload,
  volumePayload,
} from './cinder-payloads.js';
import { asException } from './exceptions.js';
import type { GroupAnswer } from './group-answers.js';
import { context, type Operation } from './operation.js';
import type { GroupRecord, GroupSnapshotRecord, SnapshotRecord, VolumeRecord } from './records.js';

/** A group's snapshot with its members and its group. */
export interface GroupSnapshotWithMembers {
  readonly groupSnapshot: GroupSnapshotRecord;
  readonly snapshots: readonly SnapshotRecord[];
  readonly group: GroupRecord | undefined;
}

/** A group with its volumes. */
export interface GroupWithVolumes {
  readonly group: GroupRecord;
  readonly volumes: readonly VolumeRecord[];
}

/** What a group is made of: one of the two. */
export interface GroupSource {
  readonly groupSnapshot?: GroupSnapshotWithMembers;
  readonly group?: GroupWithVolumes;
}

type Generic = () => unknown;

/** Calls the driver for a new group. */
export function callCreateGroup(operation: Operation, group: GroupRecord, generic: Generic): Promise<GroupAnswer> {
  return call(operation, {
    generic: ['create_group', () => ({ group: groupPayload(group) })],
    consistency: ['create_consistencygroup', () => ({ group: consistencyGroupView(group) })],
    instead: generic,
  });
}

/** Calls the driver to delete a group with its volumes. */
export function callDeleteGroup(
  operation: Operation,
  { group, volumes }: GroupWithVolumes,
  generic: Generic,
): Promise<GroupAnswer> {
  return call(operation, {
    generic: ['delete_group', () => ({ group: groupPayload(group), volumes: plain(operation, volumes) })],
    consistency: [
      'delete_consistencygroup',
      () => ({ group: consistencyGroupView(group), volumes: ofGroup(operation, volumes, group) }),
    ],
    instead: generic,
  });
}

/** Calls the driver to add volumes to a group and to remove some: always lists (source: R48). */
export function callUpdateGroup(
  operation: Operation,
  group: GroupRecord,
  { add, remove }: { readonly add: readonly VolumeRecord[]; readonly remove: readonly VolumeRecord[] },
  generic: Generic,
): Promise<GroupAnswer> {
  return call(operation, {
    generic: [
      'update_group',
      () => ({
        group: groupPayload(group),
        add_volumes: plain(operation, add),
        remove_volumes: plain(operation, remove),
      }),
    ],
    consistency: [
      'update_consistencygroup',
      () => ({
        group: consistencyGroupView(group),
        add_volumes: ofGroup(operation, add, group),
        remove_volumes: ofGroup(operation, remove, group),
      }),
    ],
    instead: generic,
  });
}

/** Calls the driver for a group that is made of another or of its snapshot; the unused source is None (source: R61). */
export function callCreateGroupFromSource(
  operation: Operation,
  { group, volumes }: GroupWithVolumes,
  { groupSnapshot: from, group: source }: GroupSource,
  generic: Generic,
): Promise<GroupAnswer> {
  const { database } = operation;
  return call(operation, {
    generic: [
      'create_group_from_src',
      () => ({
        group: groupPayload(group),
        volumes: plain(operation, volumes),
        group_snapshot: from === undefined ? null : groupSnapshotPayload(from.groupSnapshot, from.group),
        snapshots: from === undefined ? null : from.snapshots.map((each) => snapshotPayload(database, each)),
        source_group: source === undefined ? null : groupPayload(source.group),
        source_vols: source === undefined ? null : plain(operation, source.volumes),
      }),
    ],
    consistency: [
      'create_consistencygroup_from_src',
      () => ({
        group: consistencyGroupView(group),
        volumes: ofGroup(operation, volumes, group),
        cgsnapshot: from === undefined ? null : cgsnapshotView(from.groupSnapshot, from.group),
        snapshots: from === undefined ? null : ofCgsnapshot(operation, from),
        source_cg: source === undefined ? null : consistencyGroupView(source.group),
        source_vols: source === undefined ? null : ofGroup(operation, source.volumes, source.group),
      }),
    ],
    instead: generic,
  });
}

/** Calls the driver to snapshot a group. */
export function callCreateGroupSnapshot(
  operation: Operation,
  subject: GroupSnapshotWithMembers,
  generic: Generic,
): Promise<GroupAnswer> {
  return callForGroupSnapshot(operation, ['create_group_snapshot', 'create_cgsnapshot'], subject, generic);
}

/** Calls the driver to delete a group's snapshot. */
export function callDeleteGroupSnapshot(
  operation: Operation,
  subject: GroupSnapshotWithMembers,
  generic: Generic,
): Promise<GroupAnswer> {
  return callForGroupSnapshot(operation, ['delete_group_snapshot', 'delete_cgsnapshot'], subject, generic);
}

function callForGroupSnapshot(
  operation: Operation,
  [generic, consistency]: readonly [string, string],
  subject: GroupSnapshotWithMembers,
  instead: Generic,
): Promise<GroupAnswer> {
  const { groupSnapshot, snapshots, group } = subject;
  return call(operation, {
    generic: [
      generic,
      () => ({
        group_snapshot: groupSnapshotPayload(groupSnapshot, group),
        snapshots: snapshots.map((each) => snapshotPayload(operation.database, each)),
      }),
    ],
    consistency: [
      consistency,
      () => ({ cgsnapshot: cgsnapshotView(groupSnapshot, group), snapshots: ofCgsnapshot(operation, subject) }),
    ],
    instead,
  });
}

function plain({ database }: Operation, volumes: readonly VolumeRecord[]): Payload[] {
  return volumes.map((volume) => volumePayload(database, volume));
}

function ofGroup({ database }: Operation, volumes: readonly VolumeRecord[], group: GroupRecord): Payload[] {
  return volumes.map((volume) => volumePayload(database, volume, { consistencyGroup: group }));
}

function ofCgsnapshot(
  { database }: Operation,
  { groupSnapshot, snapshots, group }: GroupSnapshotWithMembers,
): Payload[] {
  return snapshots.map((snapshot) => snapshotPayload(database, snapshot, { cgsnapshot: groupSnapshot, group }));
}

type Call = readonly [method: string, args: () => Payload];

/**
 * Calls the method of the surface. On the generic one the manager's own code stands in for NotImplementedError, and for
 * nothing else; on that of consistency groups a driver without the method is called by the generic one (source: R31).
 */
async function call(
  operation: Operation,
  calls: { readonly generic: Call; readonly consistency: Call; readonly instead: Generic },
): Promise<GroupAnswer> {
  const asGeneric = operation.runtime.surface === 'generic';
  const [method, args] = asGeneric || !operation.has(calls.consistency[0]) ? calls.generic : calls.consistency;
  try {
    const returned = await operation.call(method, { context: { ...context }, ...args() });
    return { method, returned, byDriver: true };
  } catch (thrown) {
    if (!asGeneric || !asException(thrown).is('NotImplementedError')) throw thrown;
    return { method, returned: await calls.instead(), byDriver: false };
  }
}
