import { beforeEach, describe, expect, it } from 'vitest';
import { type ArrayServer, newArrayServer } from './array-server.js';

let server: ArrayServer;
let ssds: string[];

beforeEach(() => {
  server = newArrayServer();
  ssds = server.array.drives
    .available()
    .filter(({ media }) => media === 'ssd')
    .map(({ ref }) => ref);
});

describe('the flash cache operations', () => {
  it('make the SSD cache that ssd-caches shows, and change and delete it', async () => {
    const [first = '', second = ''] = ssds;
    const made = await server.post('flash-cache', { name: 'cache', driveRefs: [first] });
    expect(made).toMatchObject({ status: 200, body: { name: 'cache', driveRefs: [first], cachedVolumes: [] } });
    expect((await server.get('ssd-caches')).body).toMatchObject([{ id: made.id, name: 'cache', driveIds: [first] }]);
    const changed = await server.post('flash-cache/configure', { configType: 'database', name: 'renamed' });
    expect(changed.body).toMatchObject({ name: 'renamed', flashCacheBase: { configType: 'database' } });
    expect((await server.post('flash-cache/addDrives', { driveRef: [second] })).body).toMatchObject({
      driveRefs: [first, second],
    });
    expect((await server.post('flash-cache/removeDrives', { driveRef: [first] })).body).toMatchObject({
      driveRefs: [second],
    });
    expect((await server.post('flash-cache/suspend')).body).toMatchObject({ flashCacheBase: { status: 'suspended' } });
    expect((await server.post('flash-cache/suspend')).status).toBe(422);
    expect((await server.post('flash-cache/resume')).body).toMatchObject({ flashCacheBase: { status: 'optimal' } });
    expect((await server.get('flash-cache')).body).toMatchObject([{ id: made.id, name: 'renamed' }]);
    expect((await server.delete('flash-cache')).status).toBe(204);
    expect((await server.get('ssd-caches')).body).toEqual([]);
  });

  it('name volumes on hard disks as compatible', async () => {
    await server.post('flash-cache', { name: 'cache', driveRefs: ssds.slice(0, 1) });
    const onDisks = server.array.volumes.create({ label: 'v', poolRef: server.poolRef, capacityBytes: 2 ** 30 });
    server.array.volumes.create({ label: 'w', poolRef: server.groupRef, capacityBytes: 2 ** 30 });
    expect((await server.get('flash-cache/compatibleVolumes')).body).toEqual([onDisks.ref]);
  });

  it('answer 404 without a cache, and refuse drives that are in use', async () => {
    for (const path of ['suspend', 'resume', 'configure'])
      expect([path, (await server.post(`flash-cache/${path}`, {})).status]).toEqual([path, 404]);
    expect((await server.post('flash-cache/addDrives', { driveRef: ssds })).status).toBe(404);
    expect((await server.get('flash-cache/compatibleVolumes')).status).toBe(404);
    expect((await server.delete('flash-cache')).status).toBe(404);
    const used = server.array.drives.inPool(server.groupRef).map(({ ref }) => ref);
    expect((await server.post('flash-cache', { driveRefs: used })).status).toBe(422);
    expect((await server.post('flash-cache', {})).status).toBe(422);
  });
});
