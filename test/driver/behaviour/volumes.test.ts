import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Group, Snapshot, Volume } from '../../../driver/index.js';
import { labelOf } from '../../../driver/labels.js';
import {
  type Backend,
  backendTools,
  closeConsistent,
  connectorOf,
  newBackend,
  newSnapshot,
  newVolume,
} from '../backends.js';

/** What is done to volumes of the driver and of others. Ids are those of known defects. */

let backend: Backend;
const { array, onArray, made, snapped } = backendTools(() => backend);

beforeEach(async () => {
  backend = await newBackend();
});

afterEach(() => closeConsistent(backend));

const groupId = '11111111-2222-4333-8444-555555555555';
const group: Group = { id: groupId };

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
