import { describe, expect, it } from 'vitest';
import type { DeclaredWorkloadChanges } from '../../../../simulator/array/declared-workloads.js';
import { gib } from '../../arrays.js';
import { newArrayServer } from '../array-server.js';

type Row = Readonly<Record<string, number>> & Readonly<Record<string, string>>;

/** An array with one volume, and what is declared for it. */
function busyServer(workload?: DeclaredWorkloadChanges) {
  const server = newArrayServer();
  const { array, poolRef } = server;
  const volume = array.volumes.create({ label: 'busy', poolRef, capacityBytes: gib });
  if (workload !== undefined) array.declaredWorkloads.create('busy', workload);
  const rows = async (path: string): Promise<Row[]> => (await server.get(path)).body as Row[];
  const row = async (path: string, name: string, value: string): Promise<Row> => {
    const found = (await rows(path)).find((each) => (each as Record<string, unknown>)[name] === value);
    if (found === undefined) throw new Error(`no row of ${path} with ${name} ${value}`);
    return found;
  };
  return { ...server, volume, rows, row };
}

const declared = {
  iops: 400,
  readPercent: 75,
  blockBytes: 16_384,
  latency: { readMs: 2, writeMs: 0.5 },
} as const;

describe('two polls of raw statistics', () => {
  it('give the rates, sizes, latencies and queue that the workload declares', async () => {
    const { row, clock } = busyServer(declared);
    const poll = () => row('volume-statistics?usecache=false', 'volumeName', 'busy');
    clock.advance(7000);
    const first = await poll();
    clock.advance(60_000);
    const second = await poll();
    const came = (name: string) => (second[name] ?? 0) - (first[name] ?? 0);
    const seconds = (Number(second.observedTimeInMS) - Number(first.observedTimeInMS)) / 1000;
    expect(seconds).toBe(60);
    expect(came('readOps') / seconds).toBe(300);
    expect(came('writeOps') / seconds).toBe(100);
    expect(came('readBytes') / seconds).toBe(300 * 16_384);
    expect(came('writeBytes') / seconds).toBe(100 * 16_384);
    expect(came('readTimeTotal') / came('readOps')).toBe(2000);
    expect(came('writeTimeTotal') / came('writeOps')).toBe(500);
    expect(came('readTimeTotalSq') / came('readOps')).toBe(2000 ** 2);
    // Little's law: 400 per second that take 1.625 ms on average never meet.
    expect(came('queueDepthTotal')).toBe(came('readOps') + came('writeOps'));
    const busy =
      (came('readTimeTotal') + came('writeTimeTotal')) /
      (came('readTimeTotal') + came('writeTimeTotal') + came('idleTime'));
    expect(busy).toBeGreaterThan(0.2);
    expect(busy).toBeLessThan(0.4);
    expect(second.readTimeMax).toBe(2000);
    expect(second.lastResetTimeInMS).toBe(first.lastResetTimeInMS);
  });

  it('give the same rates at the controller, the system, the pool, and summed over the host ports', async () => {
    const { get, clock, volume } = busyServer(declared);
    type Live = Readonly<Record<string, Row[]>>;
    const poll = async () => (await get('live-statistics')).body as Live;
    const first = await poll();
    clock.advance(60_000);
    const second = await poll();
    const came = (list: string, name: string, of: (row: Row) => boolean) => {
      const sum = (live: Live) => (live[list] ?? []).filter(of).reduce((total, row) => total + (row[name] ?? 0), 0);
      return (sum(second) - sum(first)) / 60;
    };
    expect(came('controllerStats', 'readIopsTotal', (row) => row.controllerId === volume.currentController)).toBe(300);
    expect(came('controllerStats', 'readIopsTotal', (row) => row.controllerId !== volume.currentController)).toBe(0);
    expect(came('systemStats', 'writeIopsTotal', () => true)).toBe(100);
    expect(came('systemStats', 'totalBytesServiced', () => true)).toBe(400 * 16_384);
    expect(came('systemStats', 'ddpBytesTransferred', () => true)).toBe(100 * 16_384);
    expect(came('systemStats', 'mirrorIopsTotal', () => true)).toBe(100);
    expect(came('poolStats', 'readOps', (row) => row.poolId === volume.poolRef)).toBe(300);
    expect(came('poolStats', 'readOps', (row) => row.poolId !== volume.poolRef)).toBe(0);
    expect(came('interfaceStats', 'readOps', (row) => row.channelType === 'hostside')).toBe(300);
    expect(came('volumeStats', 'readOps', () => true)).toBe(300);
  });

  it('count utilisation of each core in percent of a second', async () => {
    const { get, clock, array, volume } = busyServer({ ...declared, iops: 160_000 });
    clock.advance(100_000);
    const [row] = (await get(`controller-statistics/${volume.currentController}?usecache=false`)).body as {
      cpuUtilizationStats: { sumCpuUtilization: number; ssqCpuUtilization: number; maxCpuUtilization: number }[];
    }[];
    const busy = 1 + 160_000 * array.statistics.cpuPercentPerOp;
    expect(row?.cpuUtilizationStats).toHaveLength(4);
    expect(row?.cpuUtilizationStats[0]?.sumCpuUtilization).toBe(Math.floor(busy * 100));
    expect((row?.cpuUtilizationStats[0]?.ssqCpuUtilization ?? 0) / 100 / busy ** 2).toBeCloseTo(1, 2);
    expect(row?.cpuUtilizationStats[0]?.maxCpuUtilization).toBe(Math.ceil(busy));
  });

  it('keep sums of CPU within 32 bits', async () => {
    const { get, clock } = busyServer({ iops: 320_000 });
    clock.advance(30 * 86_400_000);
    const rows = (await get('controller-statistics?usecache=false')).body as {
      cpuUtilizationStats: { ssqCpuUtilization: number }[];
    }[];
    for (const { cpuUtilizationStats } of rows)
      for (const { ssqCpuUtilization } of cpuUtilizationStats) {
        expect(ssqCpuUtilization).toBeGreaterThanOrEqual(0);
        expect(ssqCpuUtilization).toBeLessThan(2 ** 31);
      }
  });
});

describe('a row of raw statistics', () => {
  it('tells when it was observed, since when it counts, and who gathered it', async () => {
    const { row, array, clock } = busyServer();
    const started = array.statistics.resetMs;
    clock.advance(12_345);
    const found = await row('volume-statistics?usecache=false', 'volumeName', 'busy');
    expect(found).toMatchObject({
      observedTime: '2026-01-01T00:00:12.000+00:00',
      observedTimeInMS: String(started + 12_000),
      lastResetTime: '2026-01-01T00:00:00.000+00:00',
      lastResetTimeInMS: String(started),
      sourceController: '070000000000000000000001',
      arrayId: '1',
      workloadId: '',
    });
    expect(found.arrayWwn).toMatch(/^[0-9A-F]{32}$/);
  });

  it('is there for each object of an idle array: volumes and controllers at 0, twice the time idle', async () => {
    const { get, clock, array } = busyServer();
    clock.advance(60_000);
    const live = (await get('live-statistics')).body as Record<string, Row[]>;
    const [volume] = live.volumeStats ?? [];
    expect([volume?.readOps, volume?.writeOps, volume?.readTimeMax, volume?.idleTime]).toEqual([0, 0, 0, 120_000_000]);
    expect(live.diskStats).toHaveLength(array.tables.drives.size);
    expect(live.controllerStats).toHaveLength(2);
    expect(live.poolStats).toHaveLength(array.tables.pools.size);
    expect(live.interfaceStats).toHaveLength(array.iscsiTarget.ports().length + 2);
    const pool = live.poolStats?.find((each) => each.poolId === array.volumes.require('busy').poolRef);
    const volumes = [...array.tables.volumes.values()].filter((each) => each.poolRef === pool?.poolId);
    expect(pool?.idleTime).toBe(120_000_000 * volumes.length);
  });

  it('of a new volume begins at 0, and is gone with the volume', async () => {
    const { rows, array, clock, poolRef } = busyServer({ iops: 100 });
    clock.advance(100_000);
    array.volumes.create({ label: 'late', poolRef, capacityBytes: gib });
    clock.advance(1000);
    const names = async () =>
      (await rows('volume-statistics?usecache=false')).map((row) => [row.volumeName, row.idleTime]);
    expect(await names()).toContainEqual(['late', 2_000_000]);
    array.volumes.delete(array.volumes.require('late').ref);
    expect((await names()).map(([name]) => name)).not.toContain('late');
  });

  it('of a pool has another hash when a volume comes or goes', async () => {
    const { get, array, poolRef } = busyServer();
    const hash = async () =>
      ((await get('live-statistics?type=storagePool')).body as { poolStats: Row[] }).poolStats.find(
        (row) => row.poolId === poolRef,
      )?.memberIdsHash;
    const before = await hash();
    array.volumes.create({ label: 'late', poolRef, capacityBytes: gib });
    expect(await hash()).not.toBe(before);
    array.volumes.delete(array.volumes.require('late').ref);
    expect(await hash()).toBe(before);
  });

  it('is of the survivor when the gathering controller fails, and begins again when it is back', async () => {
    const { rows, array, clock } = busyServer({ iops: 100 });
    const [first, second] = array.controllers.list().map(({ ref }) => ref);
    clock.advance(10_000);
    array.controllers.setStatus(first ?? '', 'failed');
    clock.advance(10_000);
    const sources = async () =>
      new Set((await rows('drive-statistics?usecache=false')).map((row) => row.sourceController));
    expect(await sources()).toEqual(new Set([second]));
    array.controllers.setStatus(first ?? '', 'optimal');
    clock.advance(5000);
    expect(await sources()).toEqual(new Set([first]));
    const [row] = await rows('volume-statistics?usecache=false');
    expect(row?.lastResetTimeInMS).toBe(String(array.now() - 5000));
    expect((row?.readOps ?? 0) + (row?.writeOps ?? 0)).toBe(500);
  });

  it('is that of the last collection unless the cache is not wanted', async () => {
    const { row, clock } = busyServer({ iops: 100, readPercent: 100 });
    clock.advance(30_000);
    expect((await row('volume-statistics', 'volumeName', 'busy')).readOps).toBe(3000);
    clock.advance(45_000);
    expect((await row('volume-statistics', 'volumeName', 'busy')).readOps).toBe(6000);
    expect((await row('volume-statistics?usecache=true', 'volumeName', 'busy')).readOps).toBe(6000);
    expect((await row('volume-statistics?usecache=false', 'volumeName', 'busy')).readOps).toBe(7500);
  });

  it.each(['volume', 'drive', 'interface', 'controller'])('of a %s can be asked for by its reference', async (kind) => {
    const { rows, get } = busyServer();
    const all = await rows(`${kind}-statistics`);
    const name =
      { volume: 'volumeId', drive: 'diskId', interface: 'interfaceId', controller: 'controllerId' }[kind] ?? '';
    const [one, two] = all.map((each) => (each as Record<string, string>)[name] ?? '');
    const wanted = two === undefined ? [one] : [two, one];
    const found = await rows(`${kind}-statistics/${wanted.join(',')}`);
    expect(found.map((each) => (each as Record<string, string>)[name])).toEqual(wanted);
    expect((await get(`${kind}-statistics/00`)).status).toBe(404);
  });
});

describe('live statistics', () => {
  it('of one type leave the other lists empty', async () => {
    const { get } = busyServer({ iops: 10 });
    for (const [type, list] of [
      ['volume', 'volumeStats'],
      ['controller', 'controllerStats'],
      ['storageSystem', 'systemStats'],
      ['ioInterface', 'interfaceStats'],
      ['drive', 'diskStats'],
      ['storagePool', 'poolStats'],
    ]) {
      const live = (await get(`live-statistics?type=${type}`)).body as Record<string, unknown[]>;
      expect(Object.keys(live)).toHaveLength(8);
      for (const [name, rows] of Object.entries(live)) expect(rows.length > 0, `${type} ${name}`).toBe(name === list);
    }
  });

  it('refuse a type that there is not', async () => {
    const { get } = busyServer();
    expect((await get('live-statistics?type=tape')).status).toBe(422);
  });

  it('sum up the volumes of a workload and of an application', async () => {
    const { get, array, clock } = busyServer(declared);
    const workload = array.workloads.create('data base', [{ key: 'profileId', value: 'Oracle' }]);
    array.volumes.update(array.volumes.require('busy').ref, {
      tags: [
        { key: 'workloadId', value: workload.ref },
        { key: 'volumeTypeId', value: 'volume1' },
      ],
    });
    clock.advance(10_000);
    const { workloadStats, applicationStats } = (await get('live-statistics')).body as Record<string, Row[]>;
    expect(workloadStats).toHaveLength(1);
    expect(workloadStats?.[0]).toMatchObject({ workloadId: workload.ref, readOps: 3000, readBytes: 3000 * 16_384 });
    expect(applicationStats?.[0]).toMatchObject({ applicationId: 'Oracle', writeOps: 1000 });
  });

  it('of some objects have their rows only', async () => {
    const { get, volume, poolRef } = busyServer();
    const live = (await get(`live-statistics/${volume.ref},${poolRef}`)).body as Record<string, Row[]>;
    expect(Object.fromEntries(Object.entries(live).map(([name, rows]) => [name, rows.length]))).toEqual({
      volumeStats: 1,
      poolStats: 1,
      controllerStats: 0,
      systemStats: 0,
      interfaceStats: 0,
      diskStats: 0,
      applicationStats: 0,
      workloadStats: 0,
    });
  });
});
