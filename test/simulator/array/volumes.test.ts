import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { utilizationState } from '../../../simulator/array/pool-capacity.js';
import type { StorageArray } from '../../../simulator/array/storage-array.js';
import { gib, newArray, refusal, type TestArray } from '../arrays.js';

let test: TestArray;
let array: StorageArray;

beforeEach(() => {
  test = newArray();
  array = test.array;
});

afterEach(() => expect(array.check()).toEqual([]));

const make = (label: string, size = gib, poolRef = test.poolRef) =>
  array.volumes.create({ label, poolRef, capacityBytes: size });

describe('volumes', () => {
  it('have a reference, a world-wide name that is part of it, and alternating controllers', () => {
    const [one, two] = [make('one'), make('two')];
    expect(one.ref).toMatch(/^02000000[0-9A-F]{32}$/);
    expect(one.ref.slice(8)).toBe(one.wwn);
    expect(one.wwn).toMatch(/^6/);
    expect(two.preferredController).not.toBe(one.preferredController);
    expect(one).toMatchObject({ segmentSizeBytes: 131_072, use: 'standardVolume', status: 'optimal' });
  });

  it('take capacity from their pool in its granularity, and give it back', () => {
    const before = array.pools.require(test.poolRef).usedBytes;
    const volume = make('v', 5 * gib);
    expect(volume).toMatchObject({ capacityBytes: 5 * gib, allocatedBytes: 8 * gib });
    expect(array.pools.require(test.poolRef).usedBytes - before).toBe(8 * gib);
    array.volumes.delete(volume.ref);
    expect(array.pools.require(test.poolRef).usedBytes).toBe(before);
    expect(make('w', 5 * gib, test.groupRef).allocatedBytes).toBe(5 * gib);
  });

  it('are found by reference, label and WWN, references and WWNs in any case', () => {
    const volume = make('Mixed');
    for (const id of [volume.ref, volume.ref.toLowerCase(), 'Mixed', volume.wwn, volume.wwn.toLowerCase()])
      expect(array.volumes.find(id)?.ref).toBe(volume.ref);
    expect(array.volumes.find('mixed')).toBeUndefined();
  });

  it.each([
    ['taken', 'invalidLabel'],
    ['', 'invalidLabel'],
    ['with blank', 'invalidLabel'],
    ['x'.repeat(31), 'invalidLabel'],
    ['semi;colon', 'invalidLabel'],
  ])('refuse the name %j', (label, code) => {
    make('taken');
    expect(() => make(label)).toThrowError(refusal(code, 'name'));
    expect(array.tables.volumes.size).toBe(1);
  });

  it('take names of 30 characters with everything that is allowed', () => {
    expect(make('Ab9_-').label).toBe('Ab9_-');
    expect(make('x'.repeat(30)).label).toHaveLength(30);
  });

  it.each([0, -1, 1.5, Number.NaN])('refuse a capacity of %d bytes', (size) => {
    expect(() => make('v', size)).toThrowError(refusal('capacityConstrained', 'size'));
  });

  it('refuse more than the pool, the array or the pool’s kind can give', () => {
    expect(() => make('v', array.pools.freeBytes(array.pools.require(test.poolRef)) + 1)).toThrowError(
      refusal('exceedDiskPoolCapacity', 'size'),
    );
    expect(() => make('v', array.pools.freeBytes(array.pools.require(test.groupRef)) + 1, test.groupRef)).toThrowError(
      refusal('insufficientCapacity', 'size'),
    );
    expect(() => make('v', 2 ** 48 + 512)).toThrowError(refusal('exceedMaxVolumeCapacity', 'size'));
    expect(() =>
      array.volumes.create({ label: 'v', poolRef: test.poolRef, capacityBytes: gib, segmentSizeBytes: 100 }),
    ).toThrowError(refusal('invalidSegmentsize', 'segSize'));
    expect(() => make('v', gib, 'none')).toThrowError(refusal('invalidVolumegroupref'));
  });

  it('are limited in number, thin ones counted', () => {
    const { array: small, poolRef } = newArray({ limits: { ...array.system.limits, volumes: 2 } });
    small.volumes.create({ label: 'a', poolRef, capacityBytes: gib });
    small.thinVolumes.create({ label: 'b', poolRef, virtualBytes: gib });
    expect(() => small.volumes.create({ label: 'c', poolRef, capacityBytes: gib })).toThrowError(
      refusal('maxVolumesExceeded'),
    );
  });

  it('fill a pool to the last piece and no further', () => {
    const free = array.pools.freeBytes(array.pools.require(test.poolRef));
    make('all', free);
    expect(array.pools.freeBytes(array.pools.require(test.poolRef))).toBe(0);
    expect(() => make('more', 1)).toThrowError(refusal('exceedDiskPoolCapacity'));
    expect(utilizationState(array.pools.require(test.poolRef))).toBe('capacityDepleted');
  });

  it('change name, cache, tags and owner; one wrong thing changes nothing', () => {
    const volume = make('v');
    make('other');
    const changed = array.volumes.update(volume.ref, {
      label: 'w',
      cache: { readCacheEnable: false },
      tags: [{ key: 'k', value: 'v' }],
    });
    expect(changed).toMatchObject({ label: 'w', tags: [{ key: 'k', value: 'v' }] });
    expect(changed.cache).toMatchObject({ readCacheEnable: false, writeCacheEnable: true });
    expect(() => array.volumes.update(volume.ref, { cache: { readCacheEnable: true }, label: 'other' })).toThrowError(
      refusal('invalidLabel'),
    );
    expect(() => array.volumes.update(volume.ref, { label: 'x', reconPriority: 9 })).toThrowError(
      refusal('invalidReconpriority'),
    );
    expect(array.volumes.require(volume.ref)).toMatchObject({ label: 'w', cache: { readCacheEnable: false } });
  });

  it('expand at once on a disk pool, keeping what is on them', () => {
    const volume = make('v', 4 * gib);
    array.io.write(volume.ref, 4 * gib - 5, Buffer.from('right'));
    expect(array.volumes.expand(volume.ref, 9 * gib)).toMatchObject({
      capacityBytes: 9 * gib,
      allocatedBytes: 12 * gib,
      increasingByBytes: 0,
    });
    expect(array.io.read(volume.ref, 4 * gib - 5, 6).toString()).toBe('right\0');
    for (const wrong of [9 * gib, 1, -1])
      expect(() => array.volumes.expand(volume.ref, wrong)).toThrow(/expansionSize/);
  });

  it('expand with work to be seen on a volume group, one expansion at a time', () => {
    array.jobs.setProgression({ mode: 'stuck' });
    const volume = array.volumes.create({ label: 'v', poolRef: test.groupRef, capacityBytes: gib });
    array.volumes.expand(volume.ref, 2 * gib);
    expect(array.jobs.find('volumeExpansion', volume.ref)).toBeDefined();
    expect(array.volumes.requireThick(volume.ref)).toMatchObject({ capacityBytes: 2 * gib, increasingByBytes: gib });
    expect(() => array.volumes.expand(volume.ref, 3 * gib)).toThrowError(refusal('volumeReconfiguring'));
  });

  it('initialise anew, forgetting what was on them, unless something hangs on it', () => {
    const volume = make('v');
    array.io.write(volume.ref, 0, Buffer.from('old'));
    array.volumes.initialize(volume.ref);
    expect(array.io.read(volume.ref, 0, 3)).toEqual(Buffer.alloc(3));
    array.snapshotGroups.create({ label: 'g', baseRef: volume.ref });
    expect(() => array.volumes.initialize(volume.ref)).toThrowError(refusal('volumeInUse'));
  });

  it('take their mappings, snapshots and finished copies with them', () => {
    const [volume, target] = [make('v'), make('t')];
    const host = array.tables.hosts.toJSON()[0]?.ref ?? '';
    array.mappings.create({ mappableRef: volume.ref, targetRef: host });
    const group = array.snapshotGroups.create({ label: 'g', baseRef: volume.ref });
    const image = array.snapshotImages.create({ groupRef: group.ref });
    array.snapshotVolumes.create({ label: 'w', imageRef: image.ref, accessMode: 'readWrite' });
    array.volumeCopies.create({ sourceRef: volume.ref, targetRef: target.ref });
    array.volumes.delete(volume.ref);
    const { tables } = array;
    expect([tables.snapshotGroups.size, tables.snapshotImages.size, tables.snapshotVolumes.size]).toEqual([0, 0, 0]);
    expect([tables.repositories.size, tables.volumeCopies.size, tables.volumes.size]).toEqual([0, 0, 1]);
    expect(array.mappings.ofMappable(volume.ref)).toEqual([]);
  });

  it('are not deleted while they are copied, nor as part of a repository', () => {
    const volume = make('v');
    array.snapshotGroups.create({ label: 'g', baseRef: volume.ref });
    const member = array.tables.volumes.toJSON().find((each) => each.label.startsWith('repos_'));
    expect(member).toMatchObject({ use: 'repositoryVolume', label: expect.stringMatching(/^repos_\d{4}$/) });
    expect(() => array.volumes.delete(member?.ref ?? '')).toThrow(/repository/);
    array.jobs.setProgression({ mode: 'stuck' }, ['volumeCopy']);
    const target = make('t');
    array.volumeCopies.create({ sourceRef: volume.ref, targetRef: target.ref });
    for (const ref of [volume.ref, target.ref])
      expect(() => array.volumes.delete(ref)).toThrowError(refusal('volumeHasVolcopyRelationship'));
  });
});

describe('thin volumes', () => {
  const thin = (label = 't', wanted: object = {}) =>
    array.thinVolumes.create({ label, poolRef: test.poolRef, virtualBytes: 100 * gib, ...wanted });

  it('take only their repository, which grows with what is written', () => {
    const before = array.pools.require(test.poolRef).usedBytes;
    const volume = thin();
    expect(volume).toMatchObject({ capacityBytes: 100 * gib, provisionedBytes: 4 * gib, quotaBytes: 100 * gib });
    expect(array.pools.require(test.poolRef).usedBytes - before).toBe(4 * gib);
    array.io.write(volume.ref, 50 * gib, Buffer.from('far out'));
    expect(array.thinVolumes.usedBytes(array.thinVolumes.require(volume.ref))).toBe(65_536);
    expect(array.io.read(volume.ref, 50 * gib, 7).toString()).toBe('far out');
  });

  it('live on disk pools only', () => {
    expect(() => thin('t', { poolRef: test.groupRef })).toThrowError(refusal('invalidVolumegroupref', 'poolId'));
  });

  it('refuse sizes that cannot be', () => {
    expect(() => thin('t', { repositoryBytes: 5 * gib })).toThrow(/repositorySize/);
    expect(() => thin('t', { repositoryBytes: 8 * gib, quotaBytes: 4 * gib })).toThrowError(
      refusal('invalidProvisionedCapacityQuota'),
    );
    expect(() => thin('t', { virtualBytes: 2 ** 49 })).toThrowError(refusal('exceedMaxVolumeCapacity', 'virtualSize'));
    expect(() => thin('t', { growthAlertThreshold: 200 })).toThrow(/growthAlertThreshold/);
    expect(array.tables.volumes.size).toBe(0);
  });

  it('fail writes beyond their quota, whole, and say that they are full', () => {
    const volume = thin('t', { virtualBytes: 8 * gib, quotaBytes: 4 * gib, growthAlertThreshold: 50 });
    const chunkBytes = 65_536;
    const write = (first: number) => {
      for (let chunk = first; chunk < first + 16; chunk++)
        array.io.write(volume.ref, chunk * chunkBytes, Buffer.alloc(1, 7));
    };
    const status = () => array.thinVolumes.status(array.thinVolumes.require(volume.ref));
    write(0);
    expect(status()).toBe('optimal');
    array.thinVolumes.fill(volume.ref, 16 * chunkBytes);
    expect(status()).toBe('overThresh');
    write(16);
    expect(status()).toBe('full');
    expect(() => array.io.write(volume.ref, 4 * gib + 65_536, Buffer.from('no'))).toThrowError(
      refusal('repositoryFull'),
    );
    expect(array.io.read(volume.ref, 4 * gib + 65_536, 2)).toEqual(Buffer.alloc(2));
    array.io.write(volume.ref, 0, Buffer.from('again'));
    array.thinVolumes.expand(volume.ref, { virtualBytes: 16 * gib, repositoryBytes: 8 * gib });
    array.io.write(volume.ref, 4 * gib + 65_536, Buffer.from('yes'));
    expect(array.thinVolumes.require(volume.ref).provisionedBytes).toBe(8 * gib);
  });

  it('expand to a larger virtual size only', () => {
    const volume = thin();
    expect(array.thinVolumes.expand(volume.ref, { virtualBytes: 200 * gib }).capacityBytes).toBe(200 * gib);
    expect(() => array.thinVolumes.expand(volume.ref, { virtualBytes: 100 * gib })).toThrowError(
      refusal('invalidVirtualCapacity', 'newVirtualSize'),
    );
  });

  it('give their repository back when deleted', () => {
    const before = array.pools.require(test.poolRef).usedBytes;
    const volume = thin();
    array.volumes.delete(volume.ref);
    expect(array.pools.require(test.poolRef).usedBytes).toBe(before);
    expect(array.tables.repositories.size).toBe(0);
  });
});

describe('what is on a volume', () => {
  it('reads as zeros until written, and costs nothing', () => {
    const volume = make('v', array.pools.freeBytes(array.pools.require(test.poolRef)));
    expect(array.io.read(volume.ref, volume.capacityBytes - 4096, 4096)).toEqual(Buffer.alloc(4096));
    expect(array.contents.find(volume.ref)?.allocatedBytes ?? 0).toBe(0);
  });

  it('is not read or written beyond the end, or of no volume', () => {
    const volume = make('v');
    for (const [offset, length] of [
      [gib - 1, 2],
      [-1, 1],
      [0.5, 1],
      [Number.MAX_SAFE_INTEGER, 1],
    ] as const) {
      expect(() => array.io.read(volume.ref, offset, length)).toThrowError(refusal('invalidOffset', 'offset'));
      expect(() => array.io.write(volume.ref, offset, Buffer.alloc(length))).toThrowError(refusal('invalidOffset'));
      expect(() => array.io.unmap(volume.ref, offset, length)).toThrowError(refusal('invalidOffset'));
    }
    expect(() => array.io.read('none', 0, 1)).toThrowError(refusal('volumeNotExist'));
  });
});
