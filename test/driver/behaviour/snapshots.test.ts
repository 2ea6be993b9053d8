import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Snapshot } from '../../../driver/index.js';
import { type Backend, backendTools, closeConsistent, newBackend, newSnapshot, newVolume } from '../backends.js';

/** Snapshots. Ids are those of fixes to earlier drivers and of known defects. */

let backend: Backend;
const { array, made, snapped } = backendTools(() => backend);

beforeEach(async () => {
  backend = await newBackend();
});

afterEach(() => closeConsistent(backend));

describe('snapshots', () => {
  it('B8: 96 snapshots of a volume, deleted in any order, even across restarts', async () => {
    const volume = await made();
    const snapshots: Snapshot[] = [];
    for (let i = 0; i < 96; i++) snapshots.push(await snapped(volume));
    await expect(snapped(volume)).rejects.toMatchObject({
      name: 'SnapshotLimitExceeded',
      message: expect.stringContaining('96'),
    });
    await backend.driver.createClonedVolume(newVolume(), volume);
    // A fixed order that jumps about: 37 has no factor in common with 96.
    const shuffled = snapshots
      .map((_, index) => snapshots[(index * 37 + 11) % 96])
      .filter((each) => each !== undefined);
    let { driver } = backend;
    const wanted = new Set(snapshots.map((each) => each.provider_id));
    for (const [index, snapshot] of shuffled.entries()) {
      if (index % 24 === 0) driver = await backend.another();
      await driver.deleteSnapshot(snapshot);
      wanted.delete(snapshot.provider_id);
      for (const id of wanted) expect(array().tables.snapshotImages.has(id ?? '')).toBe(true);
    }
    expect([array().tables.snapshotGroups.size, array().tables.snapshotImages.size]).toEqual([0, 0]);
  });

  it('B8: marks that earlier drivers wrote as bits are understood', async () => {
    const volume = await made();
    const [one, two, three] = [await snapped(volume), await snapped(volume), await snapped(volume)];
    const groupRef = array().snapshotImages.require(one.provider_id ?? '').groupRef;
    array().records.set('persistentRecord', 'cinder-snapshots', JSON.stringify({ [groupRef]: '2' }));
    await backend.driver.deleteSnapshot(one);
    expect(
      array()
        .tables.snapshotImages.toJSON()
        .map((image) => image.ref),
    ).toEqual([three.provider_id]);
    expect(two.provider_id).toBeDefined();
    expect(array().records.require('persistentRecord', 'cinder-snapshots').value).toBe('{}');
  });

  it('B8: marks that earlier drivers kept in one record, by their ids, become notes of their own', async () => {
    const [volume, other] = [await made(), await made()];
    const [one, two] = [await snapped(volume), await snapped(volume)];
    const [first, second] = [await snapped(other), await snapped(other)];
    const groupOf = (snapshot: Snapshot) => array().snapshotImages.require(snapshot.provider_id ?? '').groupRef;
    const marks = { [groupOf(one)]: [two.provider_id], [groupOf(first)]: [second.provider_id] };
    array().records.set('persistentRecord', 'cinder-snapshots', JSON.stringify(marks));
    await backend.driver.deleteSnapshot(one);
    expect(array().records.require('persistentRecord', 'cinder-snapshots').value).toBe('{}');
    await backend.driver.deleteSnapshot(first);
    expect(array().tables.snapshotImages.size).toBe(0);
  });

  it('B8: a damaged record of earlier drivers ends the call and stays as it is', async () => {
    const volume = await made();
    const [one] = [await snapped(volume), await snapped(volume)];
    array().records.set('persistentRecord', 'cinder-snapshots', '[1]');
    await expect(backend.driver.deleteSnapshot(one)).rejects.toThrow("record 'cinder-snapshots' is damaged: [1]");
    expect([
      array().tables.snapshotImages.size,
      array().records.require('persistentRecord', 'cinder-snapshots').value,
    ]).toEqual([2, '[1]']);
  });

  it('B8: two services that mark snapshots of one volume at once lose no mark', async () => {
    const volume = await made();
    const snapshots: Snapshot[] = [];
    for (let i = 0; i < 9; i++) snapshots.push(await snapped(volume));
    const services = [backend.driver, await backend.another()] as const;
    await Promise.all(snapshots.slice(1).map((each, index) => services[index % 2]?.deleteSnapshot(each)));
    expect(array().tables.snapshotImages.size).toBe(9);
    await backend.driver.deleteSnapshot(snapshots[0] as Snapshot);
    expect(array().tables.snapshotImages.size).toBe(0);
  });

  it('B4: whatever goes wrong while an image is looked up keeps its meaning; a missing one is SnapshotNotFound', async () => {
    const missing = newSnapshot(newVolume(), { provider_id: '34'.padEnd(40, '0') });
    await expect(backend.driver.createVolumeFromSnapshot(newVolume(), missing)).rejects.toMatchObject({
      name: 'SnapshotNotFound',
      lineage: expect.arrayContaining(['NotFound']),
    });
    await backend.driver.deleteSnapshot(missing);
    await backend.driver.deleteSnapshot(newSnapshot(newVolume()));
  });
});
