import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { labelOf } from '../../driver/labels.js';
import { type Backend, connectorOf, newBackend, newSnapshot, newVolume } from './backends.js';

let backend: Backend;

beforeEach(async () => {
  backend = await newBackend();
});

afterEach(async () => {
  expect(backend.simulator.array.check()).toEqual([]);
  await backend.close();
});

const users = () => [...backend.simulator.array.volumes.withUse('standardVolume')];
const onArray = (id: string) => backend.simulator.array.volumes.find(labelOf(id));

describe('smoke', () => {
  it('does a whole life', async () => {
    const { driver } = backend;
    const volume = newVolume({ size: 2 });
    expect(await driver.createVolume(volume)).toBeNull();
    expect(onArray(volume.id)?.capacityBytes).toBe(2 * 2 ** 30);
    expect(await driver.getPool(volume)).toBe('DDP_1');
    const snapshot = newSnapshot(volume);
    const update = await driver.createSnapshot(snapshot);
    expect(update.provider_id).toMatch(/^34/);
    const taken = { ...snapshot, provider_id: String(update.provider_id) };
    const fromSnapshot = newVolume({ size: 3 });
    await driver.createVolumeFromSnapshot(fromSnapshot, taken);
    const clone = newVolume({ size: 2 });
    await driver.createClonedVolume(clone, volume);
    const info = await driver.initializeConnection(volume, connectorOf('one'));
    expect(info).toMatchObject({ driver_volume_type: 'iscsi', data: { target_lun: 1, volume_id: volume.id } });
    await driver.terminateConnection(volume, connectorOf('one'));
    await driver.extendVolume(volume, 5);
    expect(onArray(volume.id)?.capacityBytes).toBe(5 * 2 ** 30);
    await driver.deleteSnapshot(taken);
    for (const each of [volume, fromSnapshot, clone]) await driver.deleteVolume(each);
    expect(users()).toEqual([]);
    const { tables } = backend.simulator.array;
    expect([tables.snapshotGroups.size, tables.snapshotVolumes.size, tables.volumeCopies.size]).toEqual([0, 0, 0]);
    const stats = await driver.getVolumeStats(true);
    expect(stats.pools).toHaveLength(3);
  });
});
