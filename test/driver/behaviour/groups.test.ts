import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Group, Snapshot, Volume } from '../../../driver/index.js';
import { labelOf } from '../../../driver/labels.js';
import {
  type Backend,
  type BackendOptions,
  backendTools,
  closeConsistent,
  newBackend,
  newSnapshot,
  newVolume,
} from '../backends.js';

/** Groups and group snapshots on the array. Ids are those of fixes to earlier drivers and of known defects. */

let backend: Backend;
const { array, onArray, made, snapped } = backendTools(() => backend);

beforeEach(async () => {
  backend = await newBackend();
});

afterEach(() => closeConsistent(backend));

async function use(options: BackendOptions): Promise<void> {
  await backend.close();
  backend = await newBackend(options);
}

const groupId = '11111111-2222-4333-8444-555555555555';
const group: Group = { id: groupId };

const memberOfGroup = { consistencygroup_id: group.id, consistencygroup: group };

const images = () =>
  array()
    .tables.snapshotImages.toJSON()
    .map((image) => image.ref);

async function inGroup(count = 2): Promise<Volume[]> {
  await backend.driver.createGroup({}, group);
  const volumes: Volume[] = [];
  for (let i = 0; i < count; i++)
    volumes.push(await made({ consistencygroup_id: groupId, consistencygroup: { id: groupId } }));
  return volumes;
}

async function groupSnapshot(id: string, volumes: readonly Volume[]): Promise<Snapshot[]> {
  const snapshots = volumes.map((volume) => newSnapshot(volume));
  const [, updates] = await backend.driver.createGroupSnapshot({}, { id, group_id: groupId }, snapshots);
  return snapshots.map((each) => ({
    ...each,
    provider_id: String(updates.find((update) => update.id === each.id)?.provider_id),
  }));
}

const deleteGroupSnapshot = (snapshots: readonly Snapshot[]) =>
  backend.driver.deleteGroupSnapshot({}, { id: groupId, group_id: groupId }, snapshots);

const counters = (snapshotSequence: number) => ({ snapshotSequence, volumeHandle: 0, repository: 1, event: 1 });

async function preset() {
  const { presets } = await import('../../../simulator/index.js');
  const { demo } = presets;
  if (demo === undefined) throw new Error('there is no demo');
  return demo;
}

describe('groups', () => {
  it('B1, B6: a group is made and removed on the array; volumes of all three kinds join it', async () => {
    await backend.driver.createGroup({}, group);
    const volume = await made(memberOfGroup);
    const snapshot = await snapped(volume);
    const copy = newVolume(memberOfGroup);
    await backend.driver.createVolumeFromSnapshot(copy, snapshot);
    const clone = newVolume(memberOfGroup);
    await backend.driver.createClonedVolume(clone, volume);
    const [found] = array().tables.consistencyGroups.toJSON();
    expect(found?.label).toBe(labelOf(group.id));
    expect(array().consistencyGroups.members(found?.ref ?? '')).toHaveLength(3);
    backend.requests();
    await made();
    expect(backend.requests().filter((each) => each.includes('consistency-groups'))).toEqual([]);
    await backend.driver.deleteGroup({}, group, [volume, copy, clone]);
    expect(array().tables.consistencyGroups.size).toBe(0);
  });

  it('B7: memberships count among the groups of a volume', async () => {
    await backend.driver.createGroup({}, group);
    const volume = await made(memberOfGroup);
    for (let i = 0; i < 64; i++) await snapped(volume);
    await expect(snapped(volume)).rejects.toMatchObject({
      name: 'SnapshotLimitExceeded',
      lineage: ['SnapshotLimitExceeded', 'QuotaError', 'CinderException'],
    });
    await backend.driver.createClonedVolume(newVolume(), volume);
  });

  it('Q4, Q6: group snapshots go in any order, by number', async () => {
    await use({ simulator: { preset: { ...(await preset()), counters: counters(9) } } });
    const volumes = await inGroup();
    for (const order of [
      [1, 0, 2],
      [2, 1, 0],
      [1, 2, 0],
      [0, 1, 2],
    ]) {
      const all = [];
      for (let i = 0; i < 3; i++) all.push(await groupSnapshot(groupId, volumes));
      for (const index of order) await deleteGroupSnapshot(all[index] ?? []);
      expect(images()).toEqual([]);
    }
  });

  it('Q5, Q38: a group snapshot that is not there counts as deleted', async () => {
    const volumes = await inGroup();
    const snapshots = await groupSnapshot(groupId, volumes);
    await deleteGroupSnapshot(snapshots);
    await deleteGroupSnapshot(snapshots);
    await deleteGroupSnapshot([newSnapshot(newVolume())]);
    await backend.driver.deleteGroup({}, group, volumes);
    expect(await deleteGroupSnapshot(snapshots)).toEqual([
      { status: 'deleted' },
      snapshots.map(({ id }) => ({ id, status: 'deleted' })),
    ]);
  });

  it('Q31: creating from a group snapshot leaves no views, whether it works or not', async () => {
    const volumes = await inGroup();
    const snapshots = await groupSnapshot(groupId, volumes);
    const source = { group_snapshot: { id: groupId, group_id: groupId }, snapshots };
    const targets = volumes.map(() => newVolume());
    await backend.driver.createGroupFromSrc({}, { id: '22222222-2222-4333-8444-555555555555' }, targets, source);
    const { tables } = array();
    expect([tables.snapshotVolumes.size, tables.consistencyGroupViews.size, tables.volumeCopies.size]).toEqual([
      0, 0, 0,
    ]);
    expect(tables.consistencyGroups.size).toBe(2);
    backend.proxy.fail({ method: 'POST', path: /^volume-copy-jobs/, fault: { status: 422 }, skip: 1 });
    const failing = volumes.map(() => newVolume());
    const third = { id: '33333333-2222-4333-8444-555555555555' };
    await expect(backend.driver.createGroupFromSrc({}, third, failing, source)).rejects.toThrow();
    expect(failing.map(onArray)).toEqual([undefined, undefined]);
    expect([tables.snapshotVolumes.size, tables.consistencyGroupViews.size, tables.volumeCopies.size]).toEqual([
      0, 0, 0,
    ]);
    expect(tables.consistencyGroups.size).toBe(2);
  });

  it('Q37: generic groups are consistency groups on the array, for all six methods', async () => {
    const volumes = await inGroup();
    const extra = await made();
    const member = () => array().consistencyGroups.members(array().tables.consistencyGroups.toJSON()[0]?.ref ?? '');
    await backend.driver.updateGroup({}, group, { add_volumes: [extra] });
    expect(member()).toHaveLength(3);
    const snapshots = await groupSnapshot(groupId, [...volumes, extra]);
    const taken = snapshots.map((each) => array().snapshotImages.require(each.provider_id ?? '').sequence);
    expect(new Set(taken).size).toBe(1);
    const copy = { id: '22222222-2222-4333-8444-555555555555' };
    const targets = volumes.map(() => newVolume());
    await backend.driver.createGroupFromSrc({}, copy, targets, { source_group: group, source_vols: volumes });
    await made({ consistencygroup_id: copy.id, consistencygroup: copy });
    await deleteGroupSnapshot(snapshots);
    await backend.driver.updateGroup({}, group, { remove_volumes: [extra] });
    expect(member()).toHaveLength(2);
  });

  it('a volume that left comes back when another one cannot leave', async () => {
    const [first, second] = await inGroup();
    if (first === undefined || second === undefined) throw new Error('the group has no two volumes');
    const member = () => array().consistencyGroups.members(array().tables.consistencyGroups.toJSON()[0]?.ref ?? '');
    const leaving = { method: 'DELETE', path: /member-volumes/ };
    backend.proxy.fail({ ...leaving, fault: { status: 422 }, skip: 1 });
    const leave = () => backend.driver.updateGroup({}, group, { remove_volumes: [first, second] });
    await expect(leave()).rejects.toMatchObject({ name: 'WebServiceException' });
    expect(member()).toHaveLength(2);
    backend.proxy.clear();
    await leave();
    expect(member()).toEqual([]);
  });

  it('R47: a volume that joined, and whose answer and the look for it were lost, leaves again', async () => {
    await inGroup();
    const extra = await made();
    const member = () => array().consistencyGroups.members(array().tables.consistencyGroups.toJSON()[0]?.ref ?? '');
    backend.proxy.fail({ method: 'POST', path: /member-volumes/, fault: 'lost' });
    backend.proxy.fail({ method: 'GET', path: /member-volumes/, fault: { status: 500 }, skip: 1 });
    await expect(backend.driver.updateGroup({}, group, { add_volumes: [extra] })).rejects.toThrow();
    expect(member()).toHaveLength(2);
  });

  it('Q39: a group snapshot without an image of each volume fails and leaves nothing', async () => {
    const volumes = await inGroup();
    const stranger = await made();
    await expect(groupSnapshot(groupId, [...volumes, stranger])).rejects.toMatchObject({
      name: 'NetAppDriverException',
    });
    expect(images()).toEqual([]);
  });

  it('Q48: a group made from a group shows it at one moment', async () => {
    const volumes = await inGroup();
    backend.requests();
    const targets = volumes.map(() => newVolume());
    const copy = { id: '22222222-2222-4333-8444-555555555555' };
    await backend.driver.createGroupFromSrc({}, copy, targets, { source_group: group, source_vols: volumes });
    const requests = backend.requests();
    expect(requests.filter((each) => /^POST consistency-groups\/[^/]+\/snapshots$/.test(each))).toHaveLength(1);
    expect(requests.filter((each) => each.startsWith('POST snapshot-images'))).toEqual([]);
    expect(images()).toEqual([]);
  });

  it('Q49: each volume of a deleted group has its own truth', async () => {
    const volumes = await inGroup();
    backend.proxy.fail({ method: 'DELETE', path: /^ssc\/volumes/, fault: { status: 422 }, skip: 1 });
    const [model, updates] = await backend.driver.deleteGroup({}, group, volumes);
    expect(model).toEqual({ status: 'error_deleting' });
    expect(updates).toEqual([
      { id: volumes[0]?.id, status: 'deleted' },
      { id: volumes[1]?.id, status: 'error_deleting' },
    ]);
    expect(array().tables.consistencyGroups.size).toBe(1);
    expect(await backend.driver.deleteGroup({}, group, volumes)).toEqual([
      { status: 'deleted' },
      volumes.map(({ id }) => ({ id, status: 'deleted' })),
    ]);
    expect([array().tables.consistencyGroups.size, array().tables.volumes.size]).toEqual([0, 0]);
  });
});
