import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { utilizationState } from '../../../simulator/array/pool-capacity.js';
import type { StorageArray } from '../../../simulator/array/storage-array.js';
import { presets } from '../../../simulator/presets/models.js';
import { gib, newArray, refusal } from '../arrays.js';

/** Enough drives for any pool, of two media. */
const drives = [
  { count: 60, media: 'hdd', physicalType: 'sas', capacityBytes: 1.8e12, spindleSpeedRpm: 10_000 },
  { count: 6, media: 'ssd', physicalType: 'sas', capacityBytes: 1.6e12, spindleSpeedRpm: 0 },
] as const;

let array: StorageArray;
let clock: ReturnType<typeof newArray>['clock'];

beforeEach(() => {
  ({ array, clock } = newArray({ ...presets.empty, drives }));
});

afterEach(() => expect(array.check()).toEqual([]));

const hdd = (count: number) => array.drives.unassigned('hdd', count);

function diskPool(count = 12, label = 'ddp') {
  return array.pools.createDiskPool({ label, driveRefs: hdd(count) });
}

function group(raidLevel: 'raid0' | 'raid1' | 'raid5' | 'raid6', count: number, label: string = raidLevel) {
  return array.pools.createVolumeGroup({ label, raidLevel, driveRefs: hdd(count) });
}

describe('storage pools', () => {
  it('have the capacity of their drives less parity, reserve and overhead', () => {
    const each = array.drives.require(hdd(1)[0] ?? '').usableBytes;
    expect(group('raid0', 2).totalBytes).toBeLessThanOrEqual(2 * each);
    expect(group('raid1', 4).totalBytes).toBeLessThanOrEqual(2 * each);
    expect(group('raid5', 3).totalBytes).toBeLessThanOrEqual(2 * each);
    expect(group('raid6', 5).totalBytes).toBeLessThanOrEqual(3 * each);
    for (const { ref } of array.tables.pools.toJSON()) array.pools.delete(ref);
    const pool = diskPool(12);
    expect(pool.totalBytes % (4 * gib)).toBe(0);
    expect(pool.totalBytes).toBeLessThan(11 * 0.8 * each);
    expect(pool.totalBytes).toBeGreaterThan(9.9 * 0.8 * each);
    expect(pool.diskPool?.reservedDriveCount).toBe(2);
  });

  it.each([
    ['raid0', 0],
    ['raid1', 3],
    ['raid1', 1],
    ['raid5', 2],
    ['raid6', 4],
  ] as const)('refuse %s with %i drives', (raidLevel, count) => {
    expect(() => group(raidLevel, count)).toThrowError(refusal('numdrivesGroup', 'diskDriveIds'));
  });

  it('refuse what cannot be a disk pool', () => {
    expect(() => diskPool(10)).toThrowError(refusal('numdrivesGroup'));
    expect(() => array.pools.createDiskPool({ label: 'p', driveRefs: hdd(12), reservedDriveCount: 11 })).toThrow(
      /reserve/i,
    );
    expect(() => array.pools.createDiskPool({ label: 'p', driveRefs: hdd(12), warningThreshold: 101 })).toThrow(
      /hreshold/,
    );
    const drives = hdd(12);
    expect(() => array.pools.createDiskPool({ label: 'p', driveRefs: [...drives, drives[0] ?? ''] })).toThrowError(
      refusal('duplicateDrives', 'diskDriveIds'),
    );
    array.pools.createDiskPool({ label: 'p', driveRefs: drives });
    expect(() => array.pools.createDiskPool({ label: 'q', driveRefs: drives })).toThrow(/diskDriveIds|Drive/);
    expect(() => diskPool(12, 'p')).toThrow(/unique|already/);
    expect(array.tables.pools.size).toBe(1);
  });

  it('do not mix disks with SSDs', () => {
    const mixed = [...hdd(4), ...array.drives.unassigned('ssd', 1)];
    expect(() => array.pools.createVolumeGroup({ label: 'm', raidLevel: 'raid5', driveRefs: mixed })).toThrow();
    expect(array.tables.pools.size).toBe(0);
  });

  it('are deleted when empty, or with their volumes, and free their drives', () => {
    const pool = diskPool();
    const volume = array.volumes.create({ label: 'v', poolRef: pool.ref, capacityBytes: gib });
    array.snapshotGroups.create({ label: 'g', baseRef: volume.ref });
    expect(() => array.pools.delete(pool.ref)).toThrowError(refusal('diskPoolNotEmpty'));
    array.pools.delete(pool.ref, { deleteVolumes: true });
    expect([array.tables.volumes.size, array.tables.pools.size, array.tables.snapshotGroups.size]).toEqual([0, 0, 0]);
    expect(array.drives.available().filter((drive) => drive.poolRef !== null)).toEqual([]);
  });

  it('expand by drives, whose capacity comes when the work is done', () => {
    array.jobs.setProgression({ mode: 'timed', bytesPerSecond: 1e12 });
    const pool = diskPool(12);
    array.poolReconfiguration.expand(pool.ref, hdd(2));
    expect(array.drives.inPool(pool.ref)).toHaveLength(14);
    expect(array.pools.require(pool.ref).totalBytes).toBe(pool.totalBytes);
    expect(() => array.poolReconfiguration.expand(pool.ref, hdd(1))).toThrow(/reconfigur/);
    clock.advance(86_400_000);
    array.completeDueJobs();
    expect(array.pools.require(pool.ref).totalBytes).toBeGreaterThan(pool.totalBytes);
    expect(() => array.poolReconfiguration.expand(pool.ref, [])).toThrowError(refusal('invalidExpansionList'));
  });

  it('migrate among RAID levels where the capacity allows', () => {
    const pool = group('raid5', 6);
    expect(array.poolReconfiguration.migrate(pool.ref, 'raid6')).toMatchObject({ raidLevel: 'raid6' });
    expect(array.pools.require(pool.ref).totalBytes).toBeLessThan(pool.totalBytes);
    const free = array.pools.freeBytes(array.pools.require(pool.ref));
    array.volumes.create({ label: 'v', poolRef: pool.ref, capacityBytes: free });
    expect(() => array.poolReconfiguration.migrate(pool.ref, 'raid1')).toThrowError(
      refusal('insufficientCapacity', 'raidLevel'),
    );
    expect(() => array.poolReconfiguration.migrate(pool.ref, 'raidDiskPool')).toThrowError(refusal('invalidRaidlevel'));
    expect(() => array.poolReconfiguration.migrate(diskPool().ref, 'raid6')).toThrowError(refusal('invalidRaidlevel'));
  });

  it('warn of their fullness by their thresholds', () => {
    const pool = array.pools.createDiskPool({
      label: 'p',
      driveRefs: hdd(12),
      warningThreshold: 40,
      criticalThreshold: 80,
    });
    const state = () => utilizationState(array.pools.require(pool.ref));
    const fill = (label: string, share: number) =>
      array.volumes.create({ label, poolRef: pool.ref, capacityBytes: Math.floor(pool.totalBytes * share) });
    expect(state()).toBe('utilizationOptimal');
    fill('a', 0.45);
    expect(state()).toBe('utilizationWarning');
    fill('b', 0.4);
    expect(state()).toBe('utilizationCritical');
    array.pools.update(pool.ref, { criticalThreshold: 95 });
    expect(state()).toBe('utilizationWarning');
  });

  it('become secure with drives that are capable of it only', () => {
    const pool = diskPool();
    const capable = array.drives.inPool(pool.ref).every((drive) => drive.fdeCapable);
    if (capable) {
      array.pools.update(pool.ref, { securityEnabled: true });
      expect(array.drives.inPool(pool.ref).every((drive) => drive.fdeEnabled)).toBe(true);
      expect(() => array.pools.update(pool.ref, { securityEnabled: false })).toThrow();
    } else {
      expect(() => array.pools.update(pool.ref, { securityEnabled: true })).toThrowError(refusal('invalidDriveref'));
    }
  });
});

describe('drives that fail', () => {
  const fail = (poolRef: string, count: number) => {
    for (const drive of array.drives
      .inPool(poolRef)
      .filter((each) => each.status === 'optimal')
      .slice(0, count))
      array.drives.fail(drive.ref);
    return array.poolRedundancy.raidStatus(array.pools.require(poolRef));
  };

  it('take redundancy first, then the data, as the RAID level says', () => {
    expect(fail(group('raid0', 2).ref, 1)).toBe('failed');
    const five = group('raid5', 3);
    expect(fail(five.ref, 1)).toBe('degraded');
    expect(fail(five.ref, 1)).toBe('failed');
    const six = group('raid6', 5);
    expect(fail(six.ref, 2)).toBe('degraded');
    expect(fail(six.ref, 1)).toBe('failed');
  });

  it('fail a mirror only when both halves of a pair are gone', () => {
    const pool = group('raid1', 4);
    const [a, b] = array.drives.inPool(pool.ref);
    array.drives.fail(a?.ref ?? '');
    expect(array.poolRedundancy.raidStatus(array.pools.require(pool.ref))).toBe('degraded');
    array.drives.fail(b?.ref ?? '');
    const status = array.poolRedundancy.raidStatus(array.pools.require(pool.ref));
    expect(['degraded', 'failed']).toContain(status);
    expect(fail(pool.ref, 2)).toBe('failed');
  });

  it('show on the volumes, which go offline with a failed pool', () => {
    const pool = group('raid5', 3);
    const volume = array.volumes.create({ label: 'v', poolRef: pool.ref, capacityBytes: gib });
    fail(pool.ref, 1);
    expect(array.volumes.require(volume.ref)).toMatchObject({ status: 'degraded', offline: false });
    fail(pool.ref, 1);
    expect(array.volumes.require(volume.ref)).toMatchObject({ status: 'failed', offline: true });
    expect(() => array.io.read(volume.ref, 0, 1)).toThrowError(refusal('volumeOffline'));
    expect(() => array.volumes.create({ label: 'w', poolRef: pool.ref, capacityBytes: gib })).toThrowError(
      refusal('volumeGroupNotOnline'),
    );
  });

  it('are rebuilt into a disk pool’s reserve', () => {
    array.jobs.setProgression({ mode: 'timed', bytesPerSecond: 1e12 });
    const pool = diskPool();
    expect(fail(pool.ref, 1)).toBe('degraded');
    expect(array.tables.jobs.toJSON().map((job) => job.kind)).toContain('reconstruction');
    clock.advance(86_400_000);
    array.completeDueJobs();
    expect(array.poolRedundancy.raidStatus(array.pools.require(pool.ref))).toBe('optimal');
    expect(array.tables.events.toJSON().map((event) => event.description)).toContain(
      `Reconstruction of storage pool 'ddp' completed`,
    );
  });

  it('of a group are rebuilt onto a hot spare, which is free again after the replacement', () => {
    array.jobs.setProgression({ mode: 'timed', bytesPerSecond: 1e12 });
    const pool = group('raid6', 5);
    const spare = array.drives.setHotSpare(hdd(1)[0] ?? '', true);
    const [failed] = array.drives.inPool(pool.ref);
    array.drives.fail(failed?.ref ?? '');
    expect(array.drives.require(spare.ref).sparedForRef).toBe(failed?.ref);
    expect(() => array.drives.setHotSpare(spare.ref, false)).toThrowError(refusal('someSparesAssigned'));
    clock.advance(86_400_000);
    array.completeDueJobs();
    expect(array.poolRedundancy.raidStatus(array.pools.require(pool.ref))).toBe('optimal');
    array.drives.replace(failed?.ref ?? '');
    clock.advance(86_400_000);
    array.completeDueJobs();
    expect(array.drives.require(spare.ref)).toMatchObject({ assignment: 'hotSpare', sparedForRef: null });
    expect(array.drives.setHotSpare(spare.ref, false).assignment).toBe('unassigned');
  });

  it('without reserve or spare are rebuilt once replaced', () => {
    array.jobs.setProgression({ mode: 'timed', bytesPerSecond: 1e12 });
    const pool = group('raid5', 3);
    const [failed] = array.drives.inPool(pool.ref);
    array.drives.fail(failed?.ref ?? '');
    clock.advance(86_400_000);
    array.completeDueJobs();
    expect(array.poolRedundancy.raidStatus(array.pools.require(pool.ref))).toBe('degraded');
    array.drives.replace(failed?.ref ?? '');
    clock.advance(86_400_000);
    array.completeDueJobs();
    expect(array.poolRedundancy.raidStatus(array.pools.require(pool.ref))).toBe('optimal');
    expect(() => array.drives.replace(failed?.ref ?? '')).toThrowError(refusal('driveNotExist'));
  });

  it('and are replaced while their group is failed are rebuilt once the group is back', () => {
    const pool = group('raid5', 3);
    const [failed, removed] = array.drives.inPool(pool.ref);
    array.drives.remove(removed?.ref ?? '');
    array.drives.fail(failed?.ref ?? '');
    array.drives.replace(failed?.ref ?? '');
    expect(array.poolRedundancy.raidStatus(array.pools.require(pool.ref))).toBe('failed');
    array.drives.reinsert(removed?.ref ?? '');
    array.completeDueJobs();
    expect(array.pools.require(pool.ref).missingDriveRefs).toEqual([]);
  });
});

describe('presets', () => {
  it.each(Object.keys(presets))('%s makes a sound array with what it says', (name) => {
    const preset = presets[name];
    if (preset === undefined) throw new Error(name);
    const { array: made } = newArray(preset);
    expect(made.check()).toEqual([]);
    expect(made.tables.drives.size).toBe(preset.drives.reduce((sum, group) => sum + group.count, 0));
    expect(made.tables.pools.toJSON().map((pool) => pool.label)).toEqual(preset.pools.map((pool) => pool.label));
    expect(made.iscsiTarget.ports()).toHaveLength(2 * preset.iscsiPortsPerController);
  });

  it('differ in where counters begin: an array with history, and a new one', () => {
    const sequenceOf = ({ array: made, poolRef }: ReturnType<typeof newArray>) => {
      const pool =
        poolRef || made.pools.createDiskPool({ label: 'p', driveRefs: made.drives.unassigned('hdd', 11) }).ref;
      const volume = made.volumes.create({ label: 'v', poolRef: pool, capacityBytes: gib });
      const { ref } = made.snapshotGroups.create({ label: 'g', baseRef: volume.ref });
      return made.snapshotImages.create({ groupRef: ref }).sequence;
    };
    expect(sequenceOf(newArray())).toBe(8000);
    expect(sequenceOf(newArray({ ...presets.empty }))).toBe(1);
  });

  it('with another seed have other names and numbers', () => {
    const [one, two] = [newArray({ seed: 1 }), newArray({ seed: 2 })];
    expect(one.array.system.wwn).not.toBe(two.array.system.wwn);
    expect(one.poolRef).not.toBe(two.poolRef);
  });
});
