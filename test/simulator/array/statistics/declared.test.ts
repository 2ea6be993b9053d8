import { describe, expect, it } from 'vitest';
import type { DeclaredWorkloadChanges } from '../../../../simulator/array/declared-workloads.js';
import type { SavedArray } from '../../../../simulator/array/saved-array.js';
import { StorageArray } from '../../../../simulator/array/storage-array.js';
import { gib, newArray, refusal } from '../../arrays.js';

function busyArray(workload: DeclaredWorkloadChanges = {}) {
  const test = newArray();
  const { array, poolRef } = test;
  const volume = array.volumes.create({ label: 'busy', poolRef, capacityBytes: gib });
  const declared = array.declaredWorkloads.create('busy', workload);
  const counters = () => array.statistics.live().volumes.get(volume.ref) ?? {};
  return { ...test, volume, declared, counters };
}

describe('a declared workload', () => {
  it('counts what its rate, mix and block size say', () => {
    const { clock, counters } = busyArray({ iops: 500, readPercent: 80, blockBytes: 16_384 });
    clock.advance(60_000);
    expect(counters()).toMatchObject({
      readOps: 24_000,
      readBytes: 24_000 * 16_384,
      writeOps: 6000,
      writeBytes: 6000 * 16_384,
    });
  });

  it('takes the time that is declared, by each operation and its square', () => {
    const { clock, counters } = busyArray({ iops: 100, readPercent: 50, latency: { readMs: 2, writeMs: 0.5 } });
    clock.advance(10_000);
    expect(counters()).toMatchObject({
      readTime: 500 * 2000,
      readTimeSquares: 500 * 2000 ** 2,
      writeTime: 500 * 500,
      writeTimeSquares: 500 * 500 ** 2,
    });
  });

  it.each([
    ['uniform', 4 / 3],
    ['exponential', 2],
  ] as const)('spreads %s times with the mean square of that distribution', (model, factor) => {
    const { clock, counters } = busyArray({ iops: 100, readPercent: 100, latency: { model, readMs: 3 } });
    clock.advance(10_000);
    expect(counters().readTime).toBe(1000 * 3000);
    expect(counters().readTimeSquares).toBe(1000 * 3000 ** 2 * factor);
  });

  it('hits the cache as often as declared', () => {
    const { clock, counters } = busyArray({ iops: 100, readPercent: 100, cacheHitPercent: 25, latency: { readMs: 1 } });
    clock.advance(10_000);
    expect(counters()).toMatchObject({ readHitOps: 250, readHitTime: 250 * 15, readTime: 250 * 15 + 750 * 1000 });
  });

  it('is random as often as declared', () => {
    const { clock, counters } = busyArray({ iops: 100, randomPercent: 40, blockBytes: 4096 });
    clock.advance(10_000);
    expect(counters()).toMatchObject({ randomOps: 400, randomBytes: 400 * 4096 });
  });

  it('counts the same however often someone looks, and looking changes no state', () => {
    const looked = busyArray({ iops: 333, variationPercent: 50 });
    const unseen = busyArray({ iops: 333, variationPercent: 50 });
    const before = JSON.stringify(looked.array.save());
    for (let second = 0; second < 100; second++) {
      looked.clock.advance(1370);
      looked.array.statistics.live();
      looked.array.statistics.windows();
    }
    unseen.clock.advance(137_000);
    expect(looked.counters()).toEqual(unseen.counters());
    expect(JSON.stringify(looked.array.save())).toBe(before);
  });

  it('varies from second to second by its seed, and levels out every two seconds', () => {
    const rates = (seed: number) => {
      const { clock, counters } = busyArray({ iops: 1000, readPercent: 100, variationPercent: 30, seed });
      return Array.from({ length: 20 }, () => {
        clock.advance(1000);
        return counters().readOps ?? 0;
      });
    };
    const ops = rates(7);
    expect(ops.filter((_count, index) => index % 2 === 1)).toEqual(
      Array.from({ length: 10 }, (_, k) => (k + 1) * 2000),
    );
    const odd = ops.filter((_count, index) => index % 2 === 0).map((count, index) => count - index * 2000);
    expect(new Set(odd).size).toBeGreaterThan(5);
    for (const count of odd) expect(Math.abs(count - 1000)).toBeLessThanOrEqual(300);
    expect(rates(7)).toEqual(ops);
    expect(rates(8)).not.toEqual(ops);
  });

  it('ends when its time is over', () => {
    const { clock, array, counters, declared } = busyArray({ iops: 100, readPercent: 100 });
    array.declaredWorkloads.update(declared.ref, { endMs: array.now() + 5000 });
    clock.advance(60_000);
    expect(counters().readOps).toBe(500);
  });

  it('goes on with other numbers when it is changed, and keeps what it counted', () => {
    const { clock, array, counters, declared } = busyArray({ iops: 100, readPercent: 100 });
    clock.advance(10_000);
    array.declaredWorkloads.update(declared.ref, { iops: 10 });
    clock.advance(10_000);
    expect(counters().readOps).toBe(1100);
    array.declaredWorkloads.delete(declared.ref);
    clock.advance(10_000);
    expect(counters().readOps).toBe(1100);
  });

  it('ends with its volume', () => {
    const { clock, array, volume } = busyArray({ iops: 100 });
    clock.advance(10_000);
    array.volumes.delete(volume.ref);
    expect(array.declaredWorkloads.list()).toEqual([]);
    expect(array.statistics.live().volumes.has(volume.ref)).toBe(false);
  });

  it('goes on in an array that comes back from its state', () => {
    const { clock, array, volume } = busyArray({ iops: 100, readPercent: 100 });
    clock.advance(10_000);
    const back = StorageArray.from(JSON.parse(JSON.stringify(array.save())), clock);
    clock.advance(10_000);
    expect(back.statistics.live()).toEqual(array.statistics.live());
    expect(back.statistics.live().volumes.get(volume.ref)?.readOps).toBe(2000);
  });

  it.each([
    ['readPercent', 101],
    ['iops', -1],
    ['blockBytes', 1000],
    ['blockBytes', 0],
    ['randomPercent', Number.NaN],
    ['cacheHitPercent', 200],
    ['variationPercent', -5],
    ['endMs', 0],
  ] as const)('is refused with %s %d', (name, value) => {
    const { array } = busyArray();
    const before = array.version;
    expect(() => array.declaredWorkloads.create('busy', { [name]: value })).toThrow(refusal('illegalParam', name));
    expect(array.version).toBe(before);
  });
});

describe('the parts of the array that a workload uses', () => {
  it('count it once: the owner, its host ports in turn, and the drives of the pool in turn', () => {
    const { clock, array, volume, poolRef } = busyArray({ iops: 1000, readPercent: 100, blockBytes: 4096 });
    clock.advance(60_000);
    const { controllers, ports, drives } = array.statistics.live();
    expect(controllers.get(volume.currentController)).toMatchObject({ readOps: 60_000, readBytes: 60_000 * 4096 });
    expect([...controllers.keys()]).toEqual([volume.currentController]);
    const own = array.iscsiTarget.ports().filter((port) => port.controllerRef === volume.currentController);
    const share = 60_000 / own.length;
    expect(own.map((port) => ports.get(port.ref)?.readOps)).toEqual(own.map(() => share));
    expect(ports.size).toBe(own.length);
    const idle = newArray();
    idle.clock.advance(60_000);
    const members = array.drives.inPool(poolRef);
    const reads = members.map(
      ({ ref }) => (drives.get(ref)?.readOps ?? 0) - (idle.array.statistics.live().drives.get(ref)?.readOps ?? 0),
    );
    expect(reads.reduce((sum, each) => sum + each, 0)).toBe(60_000);
    expect(Math.max(...reads) - Math.min(...reads)).toBeLessThanOrEqual(1);
  });

  it.each([
    ['raid5', 2, 2],
    ['raid6', 3, 3],
    ['raid1', 0, 2],
  ] as const)('pay for a random write by the RAID level %s: %d reads and %d writes', (raidLevel, reads, writes) => {
    const { array, clock } = newArray({ pools: [] });
    const driveRefs = array.drives.unassigned('ssd', 6);
    const pool = array.pools.createVolumeGroup({ label: 'group', raidLevel, driveRefs });
    const volume = array.volumes.create({ label: 'busy', poolRef: pool.ref, capacityBytes: gib });
    array.declaredWorkloads.create('busy', { iops: 100, readPercent: 0 });
    clock.advance(10_000);
    expect(array.statistics.live().volumes.get(volume.ref)).toMatchObject({
      ...(reads === 0 ? {} : { driveReads: 1000 * reads }),
      driveWrites: 1000 * writes,
    });
  });

  it('change when the volume moves to the other controller: it goes on counting there', () => {
    const { clock, array, volume, counters } = busyArray({ iops: 100, readPercent: 100 });
    clock.advance(10_000);
    const [first, second] = array.controllers.list().map(({ ref }) => ref);
    const owner = volume.currentController;
    const other = owner === first ? second : first;
    array.controllers.setStatus(owner, 'failed');
    clock.advance(20_000);
    const { controllers, ports } = array.statistics.live();
    expect(controllers.get(owner)?.readOps).toBe(1000);
    expect(controllers.get(other ?? '')?.readOps).toBe(2000);
    expect(counters().readOps).toBe(3000);
    const through = (ref: string | undefined) =>
      array.iscsiTarget
        .ports()
        .filter((port) => port.controllerRef === ref)
        .reduce((sum, port) => sum + (ports.get(port.ref)?.readOps ?? 0), 0);
    expect([through(owner), through(other)]).toEqual([1000, 2000]);
    expect(array.statistics.sourceController).toBe(other);
  });

  it('begin again at 0 when a controller has started, all together', () => {
    const { clock, array, volume } = busyArray({ iops: 100, readPercent: 100 });
    clock.advance(10_000);
    array.controllers.reset(volume.currentController);
    expect(array.statistics.resetMs).toBe(array.now());
    expect(array.statistics.live().volumes.size).toBe(0);
    clock.advance(5000);
    expect(array.statistics.live().volumes.get(volume.ref)?.readOps).toBe(500);
  });

  it('begin again at 0 when the array is reset, and when the counters are', () => {
    const { clock, array, counters } = busyArray({ iops: 100, readPercent: 100 });
    clock.advance(10_000);
    array.statistics.reset();
    clock.advance(1000);
    expect(counters().readOps).toBe(100);
    array.reset();
    expect(array.statistics.resetMs).toBe(array.now());
    expect(array.statistics.live().volumes.size).toBe(0);
  });

  it('are no busier than there is time', () => {
    const { clock, array, counters } = busyArray({ iops: 100_000, latency: { readMs: 50, writeMs: 50 } });
    clock.advance(10_000);
    expect(counters().busyTime).toBeLessThan(20_000_000);
    for (const { busyTime } of array.statistics.live().drives.values()) expect(busyTime ?? 0).toBeLessThan(20_000_000);
  });
});

describe('a drive of an idle array', () => {
  it('reads its media once in the scan period', () => {
    const { clock, array, poolRef } = newArray();
    clock.advance(30 * 86_400_000);
    const [drive] = array.drives.inPool(poolRef);
    const { readBytes = 0, readOps = 0 } = array.statistics.live().drives.get(drive?.ref ?? '') ?? {};
    expect(readBytes / (drive?.usableBytes ?? 1)).toBeCloseTo(1, 5);
    expect(readBytes / readOps).toBe(131_072);
  });

  it('does nothing in no pool', () => {
    const { clock, array } = newArray();
    clock.advance(86_400_000);
    const { drives } = array.statistics.live();
    for (const { ref } of array.drives.available()) expect(drives.has(ref)).toBe(false);
  });
});

describe('collections', () => {
  it('are made at each interval: there is a window after two, which holds what the interval held', () => {
    const { clock, array, volume } = busyArray({ iops: 100, readPercent: 100 });
    clock.advance(119_999);
    expect(array.statistics.windows()).toEqual([]);
    clock.advance(1);
    const [window] = array.statistics.windows();
    expect((window?.end.timeMs ?? 0) - (window?.start.timeMs ?? 0)).toBe(60_000);
    expect(
      (window?.end.volumes.get(volume.ref)?.readOps ?? 0) - (window?.start.volumes.get(volume.ref)?.readOps ?? 0),
    ).toBe(6000);
  });

  it('hold what was before a change that came after them', () => {
    const { clock, array, volume, declared } = busyArray({ iops: 100, readPercent: 100 });
    clock.advance(130_000);
    array.declaredWorkloads.update(declared.ref, { iops: 10 });
    clock.advance(55_000);
    const reads = array.statistics
      .windows()
      .map(
        ({ start, end }) => (end.volumes.get(volume.ref)?.readOps ?? 0) - (start.volumes.get(volume.ref)?.readOps ?? 0),
      );
    // Ten seconds of the latest one are as before.
    expect(reads).toEqual([1000 + 500, 6000]);
  });

  it('are kept for an hour, however long nobody looks', () => {
    const { clock, array } = busyArray({ iops: 1 });
    clock.advance(7 * 86_400_000);
    expect(array.statistics.windows()).toHaveLength(60);
    expect(array.statistics.windows('history')).toHaveLength(48);
  });
});

describe('the counters of a state', () => {
  it.each([
    ['no totals', { resetMs: 0, settledMs: 0, flows: [] }],
    ['a text for a number', { resetMs: 0, settledMs: 0, flows: [], totals: totalsWith({ readOps: '7' }) }],
    ['no moment of the reset', { settledMs: 0, flows: [], totals: totalsWith({}) }],
  ])('are refused with %s', (_what, statistics) => {
    const { array, clock } = busyArray();
    const saved = { ...array.save(), statistics } as unknown as SavedArray;
    expect(() => StorageArray.from(saved, clock)).toThrow('holds an array whose statistics are not counters');
  });

  it('begin anew where an earlier version kept none', () => {
    const { array, clock } = busyArray({ iops: 100 });
    clock.advance(10_000);
    const { statistics: _none, ...saved } = array.save();
    expect(StorageArray.from(saved, clock).statistics.resetMs).toBe(clock.now());
  });
});

function totalsWith(counters: object): object {
  return { volumes: { some: counters }, controllers: {}, ports: {}, channels: {}, drives: {} };
}
