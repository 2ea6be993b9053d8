import { describe, expect, it } from 'vitest';
import { newServer } from '../servers.js';

async function serverWithVolume() {
  const server = await newServer();
  const poolId = server.array.pools.find('DDP_1')?.ref;
  const volume = (await server.ask('POST', 'volumes', { poolId, name: 'busy', size: '1', sizeUnit: 'gb' })).body;
  return { server, volume };
}

describe('declared workloads', () => {
  it('are created with defaults, listed, changed and ended', async () => {
    const { server, volume } = await serverWithVolume();
    const created = await server.control('POST', '/arrays/1/workloads', { volume: 'busy', iops: 250 });
    expect(created.status).toBe(201);
    expect(created.body).toEqual({
      id: 'workload-1',
      volume: 'busy',
      volumeRef: volume.id,
      iops: 250,
      readPercent: 70,
      blockBytes: 8192,
      randomPercent: 100,
      cacheHitPercent: 0,
      latency: { model: 'constant', readMs: null, writeMs: null },
      variationPercent: 0,
      seed: 0,
      startMs: server.clock.now(),
      endMs: null,
    });
    expect((await server.control('GET', '/arrays/1/workloads')).body).toEqual([created.body]);
    const path = '/arrays/1/workloads/workload-1';
    const changed = await server.control('PUT', path, { latency: { readMs: 3 }, forMs: 1000 });
    expect(changed.body).toEqual({
      ...created.body,
      latency: { model: 'constant', readMs: 3, writeMs: null },
      endMs: server.clock.now() + 1000,
    });
    expect((await server.control('GET', path)).body).toEqual(changed.body);
    expect((await server.control('DELETE', path)).status).toBe(204);
    expect((await server.control('GET', path)).status).toBe(404);
  });

  it.each([
    [{ volume: 'none' }, 404, undefined],
    [{}, 422, 'volume'],
    [{ volume: 'busy', readPercent: 120 }, 422, 'readPercent'],
    [{ volume: 'busy', iops: 'many' }, 422, 'iops'],
    [{ volume: 'busy', blockBytes: 700 }, 422, 'blockBytes'],
    [{ volume: 'busy', size: 1 }, 422, 'size'],
    [{ volume: 'busy', latency: { mean: 1 } }, 422, 'latency.mean'],
    [{ volume: 'busy', latency: { model: 'odd' } }, 422, 'latency.model'],
    [{ volume: 'busy', forMs: -1 }, 422, 'forMs'],
  ])('are refused as %j', async (body, status, field) => {
    const { server } = await serverWithVolume();
    const answer = await server.control('POST', '/arrays/1/workloads', body);
    expect([answer.status, answer.body.error.field]).toEqual([status, field]);
    expect(server.array.declaredWorkloads.list()).toEqual([]);
  });

  it('of a repository member are refused', async () => {
    const { server } = await serverWithVolume();
    server.array.snapshotGroups.create({ baseRef: server.array.volumes.require('busy').ref, label: 'group' });
    const member = server.array.tables.volumes
      .toJSON()
      .find((each) => each.kind === 'thick' && each.use !== 'standardVolume');
    const answer = await server.control('POST', '/arrays/1/workloads', { volume: member?.ref });
    expect([answer.status, answer.body.error.field]).toEqual([422, 'volume']);
  });
});

describe('blocks that are read and written by the control API', () => {
  it('count as reads and writes of the volume and its controller, at no host port', async () => {
    const { server, volume } = await serverWithVolume();
    const path = `/arrays/1/volumes/${volume.id}/blocks`;
    await server.control('PUT', `${path}?offset=0`, { base64: Buffer.alloc(4096).toString('base64') });
    await server.control('GET', `${path}?offset=0&length=8192`);
    await server.control('DELETE', `${path}?offset=0&length=4096`);
    const { volumes, controllers, ports } = server.array.statistics.live();
    const counted = { writeOps: 1, writeBytes: 4096, readOps: 1, readBytes: 8192, otherOps: 1 };
    expect(volumes.get(volume.id)).toMatchObject(counted);
    expect(controllers.get(volume.currentManager)).toMatchObject(counted);
    expect(ports.size).toBe(0);
  });
});

describe('the collection of statistics', () => {
  it('has an interval that can be set', async () => {
    const { server } = await serverWithVolume();
    expect((await server.control('PUT', '/arrays/1/statistics', { intervalSeconds: 5 })).body).toEqual({
      intervalSeconds: 5,
    });
    server.clock.advance(10_000);
    expect(server.array.statistics.windows()).toHaveLength(1);
    const refused = await server.control('PUT', '/arrays/1/statistics', { intervalSeconds: 0 });
    expect([refused.status, refused.body.error.field]).toEqual([422, 'intervalSeconds']);
  });

  it('begins again when the counters are reset', async () => {
    const { server } = await serverWithVolume();
    server.clock.advance(60_000);
    expect((await server.control('POST', '/arrays/1/statistics/reset')).status).toBe(204);
    expect(server.array.statistics.resetMs).toBe(server.clock.now());
  });
});
