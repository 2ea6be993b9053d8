import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseProgression } from '../../../simulator/array/jobs.js';
import { type Backend, backendTools, closeConsistent, newBackend, newSnapshot, newVolume } from '../backends.js';

/** Volumes from creation to migration. Ids are those of fixes to earlier drivers. */

let backend: Backend;
const { array, onArray, made, snapped } = backendTools(() => backend);

beforeEach(async () => {
  backend = await newBackend();
});

afterEach(() => closeConsistent(backend));

describe('volumes', () => {
  it('B3, B20: provisioned capacity is what users see, not what is used', async () => {
    await made({ size: 5 });
    await made({ size: 9_000, volume_type: { extra_specs: { netapp_thin_provisioned: 'true' } } });
    await snapped(await made({ size: 1 }));
    const stats = await backend.driver.getVolumeStats(true);
    const [pool, empty] = stats.pools ?? [];
    expect(pool).toMatchObject({
      pool_name: 'DDP_1',
      provisioned_capacity_gb: 9_006,
      thick_provisioning_support: true,
    });
    expect(Number(pool?.total_capacity_gb) - Number(pool?.free_capacity_gb)).toBeLessThan(100);
    expect(empty?.provisioned_capacity_gb).toBe(0);
    expect(pool).toHaveProperty('max_over_subscription_ratio', '20.0');
  });

  it('B14: extending is in place, waits on a volume group, and keeps snapshots', async () => {
    array().jobs.setProgression(parseProgression('timed'));
    const volume = await made({ host: 'h@b#SSD_R6' });
    const snapshot = await snapped(volume);
    const { ref } = onArray(volume) ?? {};
    await backend.driver.extendVolume(volume, 8);
    expect(onArray(volume)).toMatchObject({ ref, capacityBytes: 8 * 2 ** 30, increasingByBytes: 0 });
    expect(array().tables.snapshotImages.has(snapshot.provider_id ?? '')).toBe(true);
    const pooled = await made();
    backend.requests();
    await backend.driver.extendVolume(pooled, 8);
    expect(backend.requests().filter((each) => each.includes('action-progress'))).toEqual([]);
  });

  it('B14: the expansion is looked at until it is done', async () => {
    array().jobs.setProgression(parseProgression('polls:6'), ['volumeExpansion']);
    const volume = await made({ host: 'h@b#SSD_R6' });
    backend.requests();
    await backend.driver.extendVolume(volume, 2);
    expect(backend.requests().filter((each) => each.includes('action-progress'))).toHaveLength(6);
  });

  it('B15: a thin volume stays thin', async () => {
    const volume = await made({ volume_type: { extra_specs: { netapp_thin_provisioned: 'yes' } } });
    await backend.driver.extendVolume(volume, 12);
    expect(onArray(volume)).toMatchObject({ kind: 'thin', capacityBytes: 12 * 2 ** 30 });
  });

  it('B17, R13: deleting what is not there succeeds', async () => {
    await backend.driver.deleteVolume(newVolume());
  });

  it('B18, B21: only pools that fit the pattern, whatever their RAID level', async () => {
    const driver = await backend.another({ netapp_pool_name_search_pattern: 'SSD.*, HDD_R1 ' });
    const stats = await driver.getVolumeStats(true);
    expect(stats.pools?.map((pool) => [pool.pool_name, pool.netapp_raid_type, pool.netapp_disk_type])).toEqual([
      ['SSD_R6', 'raid6', 'SSD'],
      ['HDD_R1', 'raid1', 'SAS'],
    ]);
    await expect(driver.createVolume(newVolume())).rejects.toThrow(/DDP_1/);
  });

  it('B21: extra specs reach the array', async () => {
    const volume = await made({
      volume_type: { extra_specs: { 'netapp:read_cache': 'enabled', 'netapp:write_cache': 'no' } },
    });
    expect(onArray(volume)?.cache).toMatchObject({ readCacheEnable: true, writeCacheEnable: false });
  });

  it.each([null, undefined, 'host@backend', ''])('B35: a host of %j names no pool', async (host) => {
    await expect(backend.driver.createVolume(newVolume({ host }))).rejects.toMatchObject({ name: 'InvalidHost' });
  });

  it('B36: what changes behind the driver is seen at once', async () => {
    const volume = await made();
    array().volumes.delete(onArray(volume)?.ref ?? '');
    await expect(backend.driver.getPool(volume)).rejects.toMatchObject({ name: 'VolumeNotFound' });
    array().pools.update(array().pools.find('HDD_R1')?.ref ?? '', { label: 'renamed' });
    expect((await backend.driver.getVolumeStats(true)).pools?.map((pool) => pool.pool_name)).toContain('renamed');
  });

  it('B37: a volume that an earlier driver gave up, as one record says, can be managed', async () => {
    const volume = await made();
    const ref = onArray(volume)?.ref ?? '';
    const [again, refused] = [newVolume(), newVolume()];
    await expect(backend.driver.manageExisting(refused, { 'source-id': ref })).rejects.toMatchObject({
      name: 'ManageExistingInvalidReference',
    });
    array().records.set('persistentRecord', 'cinder-unmanaged', JSON.stringify([ref]));
    await backend.driver.manageExisting(again, { 'source-id': ref });
    expect(onArray(again)?.ref).toBe(ref);
    expect(array().records.require('persistentRecord', 'cinder-unmanaged').value).toBe('[]');
  });

  it('B37: managing renames and rounds up; unmanaging leaves everything, to be managed again', async () => {
    const poolRef = array().pools.find('SSD_R6')?.ref ?? '';
    const foreign = array().volumes.create({ label: 'foreign', poolRef, capacityBytes: 2 ** 31 + 512 });
    array().io.write(foreign.ref, 0, Buffer.from('mine'));
    const volume = newVolume({ host: 'h@b#SSD_R6' });
    for (const reference of [{ 'source-name': 'foreign' }, { 'source-id': foreign.wwn }])
      expect(await backend.driver.manageExistingGetSize(volume, reference)).toBe(3);
    await backend.driver.manageExisting(volume, { 'source-name': 'foreign' });
    expect(onArray(volume)?.ref).toBe(foreign.ref);
    await backend.driver.unmanage(volume);
    expect(array().io.read(foreign.ref, 0, 4).toString()).toBe('mine');
    const again = newVolume();
    await backend.driver.manageExisting(again, { 'source-id': foreign.ref });
    expect(onArray(again)?.ref).toBe(foreign.ref);
    await expect(backend.driver.unmanage(newVolume())).rejects.toMatchObject({ name: 'VolumeNotFound' });
  });

  it('lists what can be managed, and why not', async () => {
    const mine = await made();
    const poolRef = array().pools.find('DDP_1')?.ref ?? '';
    array().volumes.create({ label: 'foreign', poolRef, capacityBytes: 3 * 2 ** 30 });
    const list = await backend.driver.getManageableVolumes([mine], null, 10, 0, ['size'], ['desc']);
    expect(list).toMatchObject([
      { size: 3, safe_to_manage: true, cinder_id: null, reference: { 'source-name': 'foreign' } },
      { size: 1, safe_to_manage: false, cinder_id: mine.id },
    ]);
    expect(await backend.driver.getManageableVolumes([mine], null, 1, 1, ['size'], ['desc'])).toHaveLength(1);
    const snapshot = await snapped(mine);
    const other = newSnapshot(mine);
    expect(await backend.driver.getManageableSnapshots([])).toMatchObject([
      { reference: { 'source-id': snapshot.provider_id }, safe_to_manage: true },
    ]);
    const reference = { 'source-id': snapshot.provider_id ?? '' };
    expect(await backend.driver.manageExistingSnapshotGetSize(other, reference)).toBe(1);
    expect(await backend.driver.manageExistingSnapshot(other, reference)).toEqual({
      provider_id: snapshot.provider_id,
    });
    await expect(backend.driver.manageExistingSnapshot(other, { 'source-id': 'x' })).rejects.toMatchObject({
      name: 'ManageExistingInvalidReference',
    });
  });

  it('reverts to a snapshot with the array’s rollback', async () => {
    array().jobs.setProgression(parseProgression('polls:3'), ['rollback']);
    const volume = await made();
    const { ref = '' } = onArray(volume) ?? {};
    array().io.write(ref, 0, Buffer.from('old'));
    const snapshot = await snapped(volume);
    array().io.write(ref, 0, Buffer.from('new'));
    await backend.driver.revertToSnapshot({}, volume, snapshot);
    expect(array().io.read(ref, 0, 3).toString()).toBe('old');
  });

  it('retypes what the array can change in place, and leaves the rest to a migration', async () => {
    const volume = await made();
    const type = (extra_specs: Record<string, string>) => ({ extra_specs });
    const host = { host: volume.host ?? '' };
    expect(await backend.driver.retype({}, volume, type({ 'netapp:write_cache': 'false' }), {}, host)).toEqual([
      true,
      null,
    ]);
    expect(onArray(volume)?.cache.writeCacheEnable).toBe(false);
    expect(await backend.driver.retype({}, volume, type({ netapp_raid_type: 'raid6' }), {}, host)).toEqual([
      false,
      null,
    ]);
    expect(await backend.driver.retype({}, volume, type({}), {}, { host: 'h@b#SSD_R6' })).toEqual([false, null]);
  });

  it('gives a migrated volume the name of its record', async () => {
    const [volume, target] = [newVolume(), await made()];
    expect(await backend.driver.updateMigratedVolume({}, volume, target, 'available')).toMatchObject({
      _name_id: null,
    });
    expect(onArray(volume)).toBeDefined();
    const [kept, next] = [await made(), await made()];
    expect(await backend.driver.updateMigratedVolume({}, kept, next)).toMatchObject({ _name_id: next.id });
  });
});
