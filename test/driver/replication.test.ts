import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Volume } from '../../driver/index.js';
import { labelOf } from '../../driver/labels.js';
import type { StorageArray } from '../../simulator/index.js';
import { type Backend, newBackend, newSnapshot, newVolume } from './backends.js';

let backend: Backend;
let far: StorageArray;

beforeEach(async () => {
  backend = await newBackend({ simulator: { mode: 'proxy' }, setup: false });
  const { app, systems } = backend.simulator;
  await app.inject({ method: 'POST', url: '/sim/v1/arrays', payload: { preset: 'e2824', seed: 9, label: 'second' } });
  const second = systems.find('2')?.array;
  if (!second) throw new Error('there is no second array');
  far = second;
});

afterEach(async () => {
  expect([backend.simulator.array.check(), far.check()]).toEqual([[], []]);
  await backend.close();
});

const device = (changes = {}) => ({
  replication_device: {
    backend_id: 'second',
    hostname: '127.0.0.1',
    port: backend.proxy.port,
    login: 'admin',
    password: 'admin',
    sa_password: 'admin',
    controller_ips: '127.0.0.2',
    ...changes,
  },
});
const replicated = (spec: Record<string, string> = { replication: '<is> True' }): Volume =>
  newVolume({ volume_type: { extra_specs: spec } });
const near = () => backend.simulator.array;
const secondaryOf = (volume: Volume) => far.volumes.find(labelOf(volume.id));

describe('replication', () => {
  it.each(['replication', 'capabilities:replication'])(
    'makes a secondary on the second array for %s, and removes it with the volume',
    async (spec) => {
      const driver = await backend.another(device());
      const volume = replicated({ [spec]: '<is> True' });
      const update = await driver.createVolume(volume);
      expect(update).toMatchObject({
        replication_status: 'copying',
        replication_extended_status: expect.any(String),
        driver_data: expect.any(String),
      });
      expect(JSON.parse(String(update?.driver_data))).toMatchObject({
        backend_id: 'second',
        secondary_volume: secondaryOf(volume)?.ref,
      });
      const primary = near().volumes.find(labelOf(volume.id))?.ref ?? '';
      near().io.write(primary, 4096, Buffer.from('mirrored'));
      near().mirrorSync.startGroup(near().tables.asyncMirrorGroups.toJSON()[0]?.ref ?? '');
      expect(far.io.read(secondaryOf(volume)?.ref ?? '', 4096, 8).toString()).toBe('mirrored');
      await driver.deleteVolume(volume);
      expect([near().tables.volumes.size, far.tables.volumes.size, far.tables.asyncMirrorMembers.size]).toEqual([
        0, 0, 0,
      ]);
      await driver.deleteVolume(volume);
    },
  );

  it('replicates clones and copies of snapshots too, all in one mirror group', async () => {
    const driver = await backend.another(device({ pool: 'SSD_R5' }));
    const source = newVolume();
    await driver.createVolume(source);
    near().io.write(near().volumes.find(labelOf(source.id))?.ref ?? '', 0, Buffer.from('content'));
    const clone = replicated();
    expect(await driver.createClonedVolume(clone, source)).toMatchObject({ replication_status: 'copying' });
    const snapshot = newSnapshot(source);
    const { provider_id } = await driver.createSnapshot(snapshot);
    const copy = replicated();
    await driver.createVolumeFromSnapshot(copy, { ...snapshot, provider_id: String(provider_id) });
    for (const each of [clone, copy]) {
      expect(far.io.read(secondaryOf(each)?.ref ?? '', 0, 7).toString()).toBe('content');
      expect(secondaryOf(each)?.poolRef).toBe(far.pools.find('SSD_R5')?.ref);
    }
    expect(near().tables.asyncMirrorGroups.size).toBe(1);
    expect(secondaryOf(source)).toBeUndefined();
  });

  it('reports that it can, and refuses such types where it cannot', async () => {
    const plain = await backend.another();
    expect(await plain.getVolumeStats(true)).toMatchObject({ replication: false });
    const volume = replicated();
    await expect(plain.createVolume(volume)).rejects.toMatchObject({ name: 'InvalidReplicationTarget' });
    expect(near().tables.volumes.size).toBe(0);
    const driver = await backend.another(device());
    const stats = await driver.getVolumeStats(true);
    expect([stats.replication, stats.pools?.[0]?.replication]).toEqual([true, true]);
    expect(await driver.createVolume(replicated({ replication: '<is> False' }))).toBeNull();
  });

  it.each([
    ['POST', /async-mirrors$/, { status: 422 }],
    ['POST', /async-mirrors\/[^/]+\/pairs/, { status: 422 }],
    ['POST', /^ssc\/volumes/, { status: 422 }],
  ] as const)('leaves nothing on either array when %s %s fails', async (method, path, fault) => {
    const driver = await backend.another(device());
    backend.proxy.fail({ method, path, fault, skip: method === 'POST' && path.source.includes('ssc') ? 1 : 0 });
    await expect(driver.createVolume(replicated())).rejects.toMatchObject({ name: 'WebServiceException' });
    expect([near().tables.volumes.size, far.tables.volumes.size]).toEqual([0, 0]);
  });

  it.each(['lost', 'cut'] as const)('is not misled by answers that are %s', async (fault) => {
    const driver = await backend.another(device());
    backend.proxy.fail({ method: 'POST', path: /async-mirrors$/, fault });
    backend.proxy.fail({ method: 'POST', path: /async-mirrors\/[^/]+\/pairs/, fault });
    backend.proxy.fail({ method: 'POST', path: /^ssc\/volumes/, fault, skip: 1 });
    const volume = replicated();
    expect(await driver.createVolume(volume)).toMatchObject({ replication_status: 'copying' });
    expect([far.tables.asyncMirrorGroups.size, far.tables.asyncMirrorMembers.size]).toEqual([1, 1]);
  });

  it('needs a second array that answers, with its password and room', async () => {
    await expect(backend.another(device({ sa_password: 'wrong' }))).rejects.toThrow(/password is wrong/);
    await expect(backend.another(device({ port: 1 }))).rejects.toMatchObject({ name: 'NetAppDriverException' });
    const driver = await backend.another(device({ pool: 'NONE' }));
    await expect(driver.createVolume(replicated())).rejects.toThrow(/no pool 'NONE'/);
    expect(near().tables.volumes.size).toBe(0);
  });
});
