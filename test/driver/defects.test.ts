import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Group, Snapshot, Volume } from '../../driver/index.js';
import { labelOf } from '../../driver/labels.js';
import { type Backend, type BackendOptions, connectorOf, newBackend, newSnapshot, newVolume } from './backends.js';

/** What earlier drivers did wrong, by the ids of the list of known defects. */

let backend: Backend;

async function use(options: BackendOptions): Promise<void> {
  await backend.close();
  backend = await newBackend(options);
}

beforeEach(async () => {
  backend = await newBackend();
});

afterEach(async () => {
  expect(backend.simulator.array.check()).toEqual([]);
  await backend.close();
});

const array = () => backend.simulator.array;
const onArray = (volume: Volume) => array().volumes.find(labelOf(volume.id));
const groupId = '11111111-2222-4333-8444-555555555555';
const group: Group = { id: groupId };

async function made(changes: Partial<Volume> = {}): Promise<Volume> {
  const volume = newVolume(changes);
  await backend.driver.createVolume(volume);
  return volume;
}

async function snapped(volume: Volume): Promise<Snapshot> {
  const snapshot = newSnapshot(volume);
  return { ...snapshot, provider_id: String((await backend.driver.createSnapshot(snapshot)).provider_id) };
}

const images = () =>
  array()
    .tables.snapshotImages.toJSON()
    .map((image) => image.ref);

/** What the driver remembers, by the keys. */
const notes = () =>
  array()
    .records.list('keyValue')
    .map(({ key }) => key)
    .filter((key) => key.startsWith('cinder-'));

/** Nothing but the volumes: no group, image, view, copy or repository is left. */
function expectNoLeftovers(): void {
  const { tables } = array();
  expect({
    groups: tables.snapshotGroups.size,
    views: tables.snapshotVolumes.size,
    groupViews: tables.consistencyGroupViews.size,
    copies: tables.volumeCopies.size,
    repositories: tables.repositories.size,
  }).toEqual({ groups: 0, views: 0, groupViews: 0, copies: 0, repositories: 0 });
}

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

describe('snapshots and clones', () => {
  it('Q1: a clone leaves every snapshot of its source', async () => {
    const volume = await made();
    const snapshots = [await snapped(volume), await snapped(volume)];
    await backend.driver.createClonedVolume(newVolume(), volume);
    expect(images()).toEqual(snapshots.map((each) => each.provider_id));
  });

  it('Q2: a snapshot that fails leaves the earlier ones', async () => {
    const volume = await made();
    const kept = await snapped(volume);
    backend.proxy.fail({ method: 'POST', path: /^snapshot-images/, fault: { status: 422, body: { retcode: '2' } } });
    await expect(snapped(volume)).rejects.toMatchObject({ name: 'WebServiceException', retcode: '2' });
    expect(images()).toEqual([kept.provider_id]);
  });

  it('Q2: and takes back the group that it made itself', async () => {
    const volume = await made();
    backend.proxy.fail({ method: 'POST', path: /^snapshot-images/, fault: { status: 422, body: { retcode: '2' } } });
    await expect(snapped(volume)).rejects.toThrow();
    expectNoLeftovers();
  });

  it('Q3: sequence numbers are numbers: 9 is older than 10', async () => {
    await use({ simulator: { preset: { ...(await preset()), counters: counters(8) } } });
    const volume = await made();
    const [eight, nine, ten, eleven] = [
      await snapped(volume),
      await snapped(volume),
      await snapped(volume),
      await snapped(volume),
    ];
    await backend.driver.deleteSnapshot(ten);
    expect(images()).toHaveLength(4);
    await backend.driver.deleteSnapshot(eight);
    expect(images()).toEqual([nine, ten, eleven].map((each) => each.provider_id));
    await backend.driver.deleteSnapshot(nine);
    expect(images()).toEqual([eleven.provider_id]);
  });

  it('Q7, Q8, Q9: marks are by image, an unreadable record is no empty one, a failed deletion keeps them', async () => {
    const volume = await made();
    const [one, two, three] = [await snapped(volume), await snapped(volume), await snapped(volume)];
    await backend.driver.deleteSnapshot(two);
    array().snapshotImages.delete(one.provider_id ?? '');
    await backend.driver.deleteSnapshot(one);
    expect(images()).toContain(three.provider_id);
    for (const path of [/^persistent-records/, /^\/devmgr\/v2\/key-values$/]) {
      backend.proxy.fail({ method: 'GET', path, fault: { status: 500 }, times: 9 });
      await expect(backend.driver.deleteSnapshot(three)).rejects.toMatchObject({ statusCode: 500 });
      expect(images()).toContain(three.provider_id);
      backend.proxy.clear();
    }
    backend.proxy.fail({ method: 'DELETE', path: /^snapshot-groups/, fault: { status: 422, body: { retcode: '2' } } });
    await expect(backend.driver.deleteSnapshot(three)).rejects.toMatchObject({ statusCode: 422 });
    await backend.driver.deleteSnapshot(three);
    expectNoLeftovers();
    expect(notes()).toEqual([]);
  });

  it('Q7: what was purged by another client shifts nothing', async () => {
    const volume = await made();
    const snapshots = [];
    for (let i = 0; i < 4; i++) snapshots.push(await snapped(volume));
    const [one, two, three, four] = snapshots as [Snapshot, Snapshot, Snapshot, Snapshot];
    await backend.driver.deleteSnapshot(two);
    await backend.driver.deleteSnapshot(one);
    await backend.driver.deleteSnapshot(three);
    expect(images()).toEqual([four.provider_id]);
  });

  it('Q12: a copy goes into the scheduled pool, as its type says', async () => {
    const volume = await made();
    const snapshot = await snapped(volume);
    const specs = { extra_specs: { 'netapp:read_cache': 'false' } };
    const target = newVolume({ host: 'h@b#SSD_R6', volume_type: specs });
    await backend.driver.createVolumeFromSnapshot(target, snapshot);
    const clone = newVolume({ host: 'h@b#SSD_R6', volume_type: specs });
    await backend.driver.createClonedVolume(clone, volume);
    for (const each of [target, clone]) {
      expect(onArray(each)?.poolRef).toBe(array().pools.find('SSD_R6')?.ref);
      expect(onArray(each)?.cache.readCacheEnable).toBe(false);
    }
  });

  it.each([
    ['GET', /^snapshot-images\//, { status: 500 }],
    ['POST', /^ssc\/volumes/, { status: 422 }],
    ['POST', /^snapshot-volumes/, { status: 404 }],
    ['POST', /^snapshot-volumes/, { status: 422 }],
    ['POST', /^volume-copy-jobs/, { status: 422 }],
    ['GET', /^volume-copy-jobs\//, { status: 200, body: { status: 'failed' } }],
    ['GET', /^volume-copy-jobs\//, { status: 200, body: { status: 'halted' } }],
    ['GET', /^volume-copy-jobs\//, { status: 200, body: { status: 'somethingElse' } }],
    ['GET', /^volume-copy-jobs\//, { status: 404 }],
    ['DELETE', /^volume-copy-jobs\//, { status: 422 }],
  ] as const)('Q13, Q15: a copy that fails at %s %s (%j) leaves nothing', async (method, path, fault) => {
    const volume = await made();
    const snapshot = await snapped(volume);
    backend.proxy.fail({ method, path, fault, times: 5 });
    const target = newVolume();
    await expect(backend.driver.createVolumeFromSnapshot(target, snapshot)).rejects.toBeInstanceOf(Error);
    backend.proxy.clear();
    if (method !== 'DELETE') {
      expect(onArray(target)).toBeUndefined();
      expect([array().tables.snapshotVolumes.size, array().tables.volumeCopies.size]).toEqual([0, 0]);
    }
    expect(images()).toEqual([snapshot.provider_id]);
  });

  it('Q16: a copy that never ends is given up, with a clear error', async () => {
    const volume = await made();
    const snapshot = await snapped(volume);
    array().jobs.setProgression({ mode: 'stuck' }, ['volumeCopy']);
    const target = newVolume();
    await expect(backend.driver.createVolumeFromSnapshot(target, snapshot)).rejects.toMatchObject({
      name: 'VolumeBackendAPIException',
      message: expect.stringMatching(/took longer than \d+ seconds/),
    });
    expect(onArray(target)).toBeUndefined();
    expect(array().tables.volumeCopies.size).toBe(0);
  });

  it('Q16: so is an expansion', async () => {
    const volume = await made({ host: 'h@b#SSD_R6' });
    array().jobs.setProgression({ mode: 'stuck' });
    await expect(backend.driver.extendVolume(volume, 2)).rejects.toThrow(/took longer/);
  });

  it('Q40: two clones of one volume at once don’t disturb each other', async () => {
    const volume = await made();
    array().io.write(onArray(volume)?.ref ?? '', 0, Buffer.from('shared'));
    const clones = [newVolume(), newVolume(), newVolume()];
    const snapshots = await Promise.all([
      ...clones.map((clone) => backend.driver.createClonedVolume(clone, volume)),
      snapped(volume),
      snapped(volume),
    ]);
    for (const clone of clones)
      expect(
        array()
          .io.read(onArray(clone)?.ref ?? '', 0, 6)
          .toString(),
      ).toBe('shared');
    expect(images()).toHaveLength(2);
    expect(snapshots).toHaveLength(5);
  });

  it('Q41: a group is reserved only if its name has 30 characters and the suffix', async () => {
    const volume = await made();
    const ref = onArray(volume)?.ref ?? '';
    array().snapshotGroups.create({ label: 'ABCDESGCVFGHIJKLMNOPQRSTUV', baseRef: ref });
    await snapped(volume);
    expect(array().snapshotGroups.ofBase(ref)).toHaveLength(1);
  });

  it('Q46: a snapshot whose volume is gone counts as deleted', async () => {
    const volume = await made();
    const snapshot = await snapped(volume);
    array().volumes.delete(onArray(volume)?.ref ?? '');
    await backend.driver.deleteSnapshot(snapshot);
  });

  it('Q47: deleting a volume leaves no marks of its snapshots', async () => {
    const volume = await made();
    const [, two] = [await snapped(volume), await snapped(volume)];
    await backend.driver.deleteSnapshot(two);
    expect(notes().join()).toContain(two.provider_id);
    await backend.driver.deleteVolume(volume);
    expect(notes()).toEqual([]);
  });

  it('Q50: the group to go on in is that of the newest image, however fast they came', async () => {
    const volume = await made();
    const ref = onArray(volume)?.ref ?? '';
    const [a, b] = ['a', 'b'].map((label) => array().snapshotGroups.create({ label, baseRef: ref }));
    for (const each of [b, a, b, a]) array().snapshotImages.create({ groupRef: each?.ref ?? '' });
    const { provider_id } = await snapped(volume);
    expect(array().snapshotImages.require(provider_id ?? '').groupRef).toBe(a?.ref);
  });
});

describe('volumes', () => {
  it('Q10: only what is not there counts as deleted', async () => {
    const volume = await made();
    backend.proxy.fail({ method: 'DELETE', path: /^ssc\/volumes/, fault: { status: 422, body: { retcode: '2' } } });
    await expect(backend.driver.deleteVolume(volume)).rejects.toMatchObject({ name: 'WebServiceException' });
    const [target] = [await made()];
    array().jobs.setProgression({ mode: 'stuck' }, ['volumeCopy']);
    array().volumeCopies.create({ sourceRef: onArray(volume)?.ref ?? '', targetRef: onArray(target)?.ref ?? '' });
    await expect(backend.driver.deleteVolume(volume)).rejects.toMatchObject({ name: 'VolumeIsBusy' });
    for (const { ref } of array().tables.volumeCopies.toJSON()) array().volumeCopies.delete(ref);
    await backend.driver.deleteVolume(volume);
    await backend.driver.deleteVolume(volume);
  });

  it.each(['lost', 'cut', 'garbled', { statusAfter: 500 }, 'reset', { status: 503 }] as const)(
    'Q11, B16: after a create whose answer is %j a volume is there or a retry succeeds',
    async (fault) => {
      const volume = newVolume();
      backend.proxy.fail({ method: 'POST', path: /^ssc\/volumes/, fault });
      const first = await backend.driver.createVolume(volume).catch((error: unknown) => error);
      if (first instanceof Error) {
        expect(onArray(volume)).toBeUndefined();
        await backend.driver.createVolume(volume);
      }
      expect(onArray(volume)).toBeDefined();
    },
  );

  it('Q14: a volume that cannot join its group is not left behind', async () => {
    await inGroup(0);
    backend.proxy.fail({ method: 'POST', path: /member-volumes/, fault: { status: 422 } });
    const volume = newVolume({ consistencygroup_id: groupId, consistencygroup: { id: groupId } });
    await expect(backend.driver.createVolume(volume)).rejects.toThrow();
    expect(onArray(volume)).toBeUndefined();
    const lost = newVolume({ consistencygroup_id: '99999999-2222-4333-8444-555555555555' });
    await expect(backend.driver.createVolume(lost)).rejects.toMatchObject({ name: 'ConsistencyGroupNotFound' });
    expect(onArray(lost)).toBeUndefined();
  });

  it('Q28: support for thin volumes is a boolean, and <is> True is understood', async () => {
    const { pools = [] } = await backend.driver.getVolumeStats(true);
    expect(pools.map((pool) => [pool.pool_name, pool.thin_provisioning_support])).toEqual([
      ['DDP_1', true],
      ['SSD_R6', false],
      ['HDD_R1', false],
    ]);
    const volume = await made({ volume_type: { extra_specs: { netapp_thin_provisioned: '<is> True' } } });
    expect(onArray(volume)?.kind).toBe('thin');
  });

  it('Q29: volumes of others are left alone, whatever they are called', async () => {
    const poolRef = array().pools.find('DDP_1')?.ref ?? '';
    for (const label of ['tmp-foo', `tmp-${labelOf(groupId)}`.slice(0, 30)])
      array().volumes.create({ label, poolRef, capacityBytes: 2 ** 30 });
    await backend.driver.getVolumeStats(true);
    expect(array().tables.volumes.size).toBe(2);
  });

  it('Q33: what a user writes is encoded in the path', async () => {
    const reference = { 'source-name': '../storage-pools?x=1#y' };
    await expect(backend.driver.manageExistingGetSize(newVolume(), reference)).rejects.toMatchObject({
      name: 'ManageExistingInvalidReference',
    });
    expect(backend.requests().at(-1)).toBe('GET ssc/volumes/..%2Fstorage-pools%3Fx%3D1%23y');
  });

  it('Q42: what is managed, mapped, the array’s own or in another pool is not managed', async () => {
    const managed = await made();
    const poolRef = array().pools.find('DDP_1')?.ref ?? '';
    const create = (label: string, pool = poolRef) =>
      array().volumes.create({ label, poolRef: pool, capacityBytes: 2 ** 30 });
    const mapped = create('mapped');
    array().mappings.create({ mappableRef: mapped.ref, targetRef: array().tables.hosts.toJSON()[0]?.ref ?? '' });
    create('tmp-x');
    array().snapshotGroups.create({ label: 'g', baseRef: mapped.ref });
    const repository = array()
      .tables.volumes.toJSON()
      .find((each) => each.label.startsWith('repos_'));
    await use2pools();
    for (const name of [labelOf(managed.id), 'mapped', 'tmp-x', repository?.label ?? '', 'none', ''])
      await expect(backend.driver.manageExisting(newVolume(), { 'source-name': name })).rejects.toMatchObject({
        name: 'ManageExistingInvalidReference',
      });
    async function use2pools() {
      create('other-pool', array().pools.find('SSD_R6')?.ref);
      const narrow = await backend.another({ netapp_pool_name_search_pattern: 'DDP.*' });
      await expect(narrow.manageExisting(newVolume(), { 'source-name': 'other-pool' })).rejects.toMatchObject({
        name: 'ManageExistingInvalidReference',
      });
    }
  });

  it('Q43, B27: after a migration everything addresses the migrated volume', async () => {
    const volume = await made();
    const migrated = { ...newVolume(), _name_id: volume.id, name_id: volume.id };
    const snapshot = await snapped(migrated);
    await backend.driver.createClonedVolume(newVolume(), migrated);
    await backend.driver.createGroup({}, group);
    await backend.driver.updateGroup({}, group, { add_volumes: [migrated] });
    const members = await groupSnapshot(groupId, [migrated]);
    await deleteGroupSnapshot(members);
    await backend.driver.updateGroup({}, group, { remove_volumes: [migrated] });
    await backend.driver.extendVolume(migrated, 2);
    await backend.driver.initializeConnection(migrated, connectorOf('a'));
    await backend.driver.terminateConnection(migrated, connectorOf('a'));
    await backend.driver.deleteSnapshot(snapshot);
    await backend.driver.unmanage(migrated);
    await backend.driver.deleteVolume(migrated);
    expect(onArray(volume)).toBeUndefined();
  });

  it('Q44: stats say what is supported', async () => {
    const stats = await backend.driver.getVolumeStats(true);
    expect(stats.pools?.[0]).toMatchObject({ consistent_group_snapshot_enabled: true, multiattach: false });
    const shared = await backend.another({ netapp_enable_multiattach: true });
    expect((await shared.getVolumeStats(true)).pools?.[0]).toMatchObject({ multiattach: true });
  });
});

describe('groups', () => {
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

async function preset() {
  const { presets } = await import('../../simulator/index.js');
  const { demo } = presets;
  if (demo === undefined) throw new Error('there is no demo');
  return demo;
}

const counters = (snapshotSequence: number) => ({ snapshotSequence, volumeHandle: 0, repository: 1, event: 1 });
