import { describe, expect, it } from 'vitest';
import { StorageArray } from '../../../../simulator/array/storage-array.js';
import { gib } from '../../arrays.js';
import { newArrayServer } from '../array-server.js';

/** An array with an SSD cache, and a volume on hard disks that uses it. */
async function cachedServer() {
  const server = newArrayServer();
  const { array } = server;
  const hdds = array.tables.pools.toJSON().find((pool) => array.drives.inPool(pool.ref)[0]?.media === 'hdd');
  const volume = array.volumes.create({
    label: 'busy',
    poolRef: hdds?.ref ?? '',
    capacityBytes: gib,
    flashCached: true,
  });
  const [drive, spare] = array.ssdCaches.compatibleDrives();
  if (drive === undefined || spare === undefined) throw new Error('the preset has too few free SSDs');
  const created = await server.post('ssd-caches', { name: 'cache', driveIds: [drive.ref] });
  return { ...server, volume, drive, spare, created };
}

describe('the SSD cache', () => {
  it('is made of free SSDs, shows its drives and volumes, and is one at most', async () => {
    const { created, get, post, array, drive, spare, volume } = await cachedServer();
    expect(created).toMatchObject({
      status: 200,
      body: {
        name: 'cache',
        status: 'optimal',
        type: 'readOnly',
        driveIds: [drive.ref],
        cachedVolumesIds: [volume.ref],
        usedCapacity: String(drive.usableBytes),
      },
    });
    expect((await get('ssd-caches')).body).toEqual([created.body]);
    expect((await get(`ssd-caches/${created.id}`)).body).toEqual(created.body);
    expect(array.drives.require(drive.ref).assignment).toBe('flashCache');
    expect((await post('ssd-caches', { name: 'second', driveIds: [spare.ref] })).status).toBe(422);
    expect(array.check()).toEqual([]);
  });

  it('refuses drives that are not free SSDs, having changed nothing', async () => {
    const { post, array } = newArrayServer();
    const [used] = array.drives.inPool(array.pools.find('DDP_1')?.ref ?? '');
    const before = array.version;
    expect((await post('ssd-caches', { name: 'cache', driveIds: [used?.ref] })).status).toBe(422);
    expect((await post('ssd-caches', { name: 'cache', driveIds: [] })).status).toBe(422);
    expect(array.version).toBe(before);
  });

  it('takes drives and gives them back, but the last one', async () => {
    const { post, created, drive, spare } = await cachedServer();
    const path = `ssd-caches/${created.id}/update-drives`;
    const grown = (await post(path, { action: 'addDrives', driveIds: [spare.ref] })).body as { driveIds: string[] };
    expect([...grown.driveIds].sort()).toEqual([drive.ref, spare.ref].sort());
    expect((await post(path, { action: 'removeDrives', driveIds: [drive.ref] })).body).toMatchObject({
      driveIds: [spare.ref],
    });
    expect((await post(path, { action: 'removeDrives', driveIds: [spare.ref] })).status).toBe(422);
  });

  it('is renamed, suspended and resumed, and goes with its drives free again', async () => {
    const { post, get, created, array, drive, volume, ...server } = await cachedServer();
    const path = `ssd-caches/${created.id}`;
    expect((await post(path, { name: 'other', configType: 'database' })).body).toMatchObject({
      name: 'other',
      configType: 'database',
    });
    expect((await post(`${path}/suspend`)).body).toMatchObject({ status: 'suspended' });
    expect((await post(`${path}/suspend`)).status).toBe(422);
    expect((await post(`${path}/resume`)).body).toMatchObject({ status: 'optimal' });
    expect((await server.delete(path)).status).toBe(204);
    expect((await get('ssd-caches')).body).toEqual([]);
    expect((await get('flash-cache')).status).toBe(404);
    expect(array.drives.require(drive.ref).assignment).toBe('unassigned');
    expect(array.volumes.require(volume.ref).flashCached).toBe(false);
  });

  it('is the same in the older form', async () => {
    const { get, created, drive, volume } = await cachedServer();
    expect((await get('flash-cache')).body).toMatchObject([
      {
        id: created.id,
        name: 'cache',
        driveRefs: [drive.ref],
        cachedVolumes: [volume.ref],
        fcDriveInfo: { flashCacheType: 'readOnlyCache', fcWithDrives: { usedCapacity: String(drive.usableBytes) } },
      },
    ]);
  });

  it('is there after the state was restored', async () => {
    const { array, clock, created } = await cachedServer();
    const back = StorageArray.from(JSON.parse(JSON.stringify(array.save())), clock);
    expect(back.ssdCaches.require(created.id)).toEqual(array.ssdCaches.require(created.id));
  });
});

describe('statistics of the SSD cache', () => {
  it('hold the laws of recorded ones at each poll, per controller, as decimal strings', async () => {
    const { array, clock, get, created, volume } = await cachedServer();
    array.declaredWorkloads.create('busy', { iops: 1000, readPercent: 70, cacheHitPercent: 10, blockBytes: 8192 });
    type Statistics = Record<string, string>;
    const poll = async () => {
      const rows = (await get(`ssd-caches/${created.id}/statistics`)).body as {
        controllerId: string;
        statistics: Statistics;
      }[];
      expect(rows).toHaveLength(2);
      const own = rows.find((row) => row.controllerId === volume.currentController)?.statistics ?? {};
      return (name: string) => Number(own[name]);
    };
    const fresh = await poll();
    expect([fresh('reads'), fresh('populatedCleanBytes'), fresh('allocatedBytes')]).toEqual([0, 0, 0]);
    expect(fresh('availableBytes')).toBeGreaterThan(0);
    clock.advance(72_000);
    const first = await poll();
    clock.advance(71_000);
    const second = await poll();
    for (const of of [first, second]) {
      expect(of('fullCacheHits') + of('partialCacheHits') + of('completeCacheMiss')).toBe(of('reads'));
      expect(of('fullCacheHitBlocks') + of('partialCacheHitBlocks') + of('completeCacheMissBlocks')).toBe(
        of('readBlocks'),
      );
      expect(of('invalidates')).toBe(of('writes'));
    }
    // 700 reads per second, of which the primary cache has a tenth.
    expect(second('reads') - first('reads')).toBe(630 * 71);
    expect(second('readBlocks') - first('readBlocks')).toBe(630 * 71 * 16);
    expect(second('writes') - first('writes')).toBe(300 * 71);
    expect(second('timestamp') - first('timestamp')).toBe(71);
    expect(second('populatedCleanBytes')).toBeGreaterThan(first('populatedCleanBytes'));
  });

  it('are told by SYMbol for one controller', async () => {
    const { array, clock, get, post, created, volume } = await cachedServer();
    array.declaredWorkloads.create('busy', { iops: 100 });
    clock.advance(10_000);
    const { label } = array.controllers.require(volume.currentController);
    const path = `symbol/getFlashCacheStatistics?controller=${label.toLowerCase()}&verboseErrorResponse=false`;
    const rows = (await get(`ssd-caches/${created.id}/statistics`)).body as {
      controllerId: string;
      statistics: object;
    }[];
    expect((await post(path, created.id)).body).toEqual({
      returnCode: 'ok',
      flashCacheStatistics: rows.find((row) => row.controllerId === volume.currentController)?.statistics,
    });
    expect((await post(path, '00')).status).toBe(422);
  });

  it('count hits of the volumes, whose drives read the less', async () => {
    const { array, clock, volume, post, created } = await cachedServer();
    array.declaredWorkloads.create('busy', { iops: 1600, readPercent: 100, blockBytes: 4096 });
    clock.advance(10_000);
    expect(array.statistics.live().volumes.get(volume.ref)).toMatchObject({ flashHitOps: 15_000, driveReads: 1000 });
    await post(`ssd-caches/${created.id}/suspend`);
    clock.advance(10_000);
    expect(array.statistics.live().volumes.get(volume.ref)).toMatchObject({ flashHitOps: 15_000, driveReads: 17_000 });
  });
});
