import type { CounterName, Counters, TotalKind, Totals } from '../../array/statistics/counters.js';
import { minus } from '../../array/statistics/counters.js';
import type { StorageArray } from '../../array/storage-array.js';
import { driveInterfaceRef } from '../objects/interfaces.js';
import type { Shown } from '../schemas/shown.js';
import type {
  ApplicationStatistics,
  ControllerStats,
  DiskIOStats,
  InterfaceStats,
  PoolStatistics,
  RawStatsResponse,
  StorageSystemStats,
  VolumeIOStats,
  WorkloadStatistics,
} from '../schemas/statistics.js';
import { cores, cpuOf, deepestQueue, longest, of } from './figures.js';
import { arrayWwn, groupsOf, hashOf, headOf, userVolumes, workloadOf } from './identity.js';

/** What rows of counters are made of. */
export interface RawFacts {
  readonly array: StorageArray;
  readonly totals: Totals;
  /** The counters at the beginning of the window that the largest values are of; undefined for the last reset. */
  readonly windowStart: Totals | undefined;
}

/** The counters as they are now, or as they were collected last. */
export function rawFacts(array: StorageArray, totals: Totals): RawFacts {
  const before = array.statistics.windows()[0]?.start;
  return { array, totals, windowStart: before !== undefined && before.timeMs < totals.timeMs ? before : undefined };
}

function countersAt({ totals, windowStart }: RawFacts, kind: TotalKind, ref: string) {
  const counters = totals[kind].get(ref) ?? {};
  return { counters, recent: minus(counters, windowStart?.[kind].get(ref) ?? {}) };
}

function maxima(recent: Counters) {
  const most = (time: CounterName, squares: CounterName, ops: CounterName) =>
    longest(of(recent, time), of(recent, squares), of(recent, ops));
  const ops = of(recent, 'readOps') + of(recent, 'writeOps') + of(recent, 'otherOps');
  return {
    readTimeMax: most('readTime', 'readTimeSquares', 'readOps'),
    readHitTimeMax: most('readHitTime', 'readHitTimeSquares', 'readHitOps'),
    writeTimeMax: most('writeTime', 'writeTimeSquares', 'writeOps'),
    writeHitTimeMax: most('writeHitTime', 'writeHitTimeSquares', 'writeHitOps'),
    otherTimeMax: most('otherTime', 'otherTimeSquares', 'otherOps'),
    flashCacheReadHitTimeMax: most('flashHitTime', 'flashHitTimeSquares', 'flashHitOps'),
    queueDepthMax: deepestQueue(of(recent, 'queueDepth'), ops),
  };
}

const noErrors = {
  errRedundancyChkIndeterminateReads: 0,
  errRedundancyChkRecoveredReads: 0,
  errRedundancyChkUnrecoveredReads: 0,
};

/** Microseconds in which an object was idle: both controllers count, from the reset or its making on. */
function idleTime({ array, totals }: RawFacts, counters: Counters, sinceMs = 0): number {
  const elapsedMs = Math.max(0, totals.timeMs - Math.max(array.statistics.resetMs, sinceMs));
  return Math.max(0, Math.round(2000 * elapsedMs - of(counters, 'busyTime')));
}

function volumeStats(facts: RawFacts): Shown<typeof VolumeIOStats>[] {
  const { array } = facts;
  const head = headOf(array, facts.totals);
  const wwn = arrayWwn(array);
  return [...userVolumes(array)].map((volume) => {
    const { counters, recent } = countersAt(facts, 'volumes', volume.ref);
    const get = (name: CounterName) => of(counters, name);
    const { flashCacheReadHitTimeMax, ...most } = maxima(recent);
    return {
      ...head,
      arrayId: '1',
      arrayWwn: wwn,
      volumeGroupId: volume.poolRef,
      controllerId: volume.currentController,
      volumeId: volume.ref,
      volumeGroupWwn: array.tables.pools.get(volume.poolRef)?.wwn ?? '',
      volumeName: volume.label,
      volumeWwn: volume.wwn,
      workloadId: workloadOf(volume),
      readOps: get('readOps'),
      readHitOps: get('readHitOps'),
      readHitBytes: get('readHitBytes'),
      readTimeTotal: get('readTime'),
      readHitTimeTotal: get('readHitTime'),
      writeOps: get('writeOps'),
      writeCacheHitOps: get('writeHitOps'),
      writeTimeTotal: get('writeTime'),
      writeHitTimeTotal: get('writeHitTime'),
      ...noErrors,
      idleTime: idleTime(facts, counters, volume.createdMs),
      otherOps: get('otherOps'),
      otherTimeTotal: get('otherTime'),
      otherTimeTotalSq: get('otherTimeSquares'),
      readBytes: get('readBytes'),
      readHitTimeTotalSq: get('readHitTimeSquares'),
      readTimeTotalSq: get('readTimeSquares'),
      writeBytes: get('writeBytes'),
      writeHitBytes: get('writeHitBytes'),
      writeHitOps: get('writeHitOps'),
      writeHitTimeTotalSq: get('writeHitTimeSquares'),
      writeTimeTotalSq: get('writeTimeSquares'),
      queueDepthTotal: get('queueDepth'),
      ...most,
      randomIosTotal: get('randomOps'),
      randomBytesTotal: get('randomBytes'),
      cacheWriteWaitHitIops: 0,
      cacheWriteWaitHitBytes: 0,
      fullStripeWriteBytes: get('fullStripeBytes'),
      totalIosShipped: get('shippedOps'),
      totalBlksEvicted: 0,
      cacheBlksInUse: 0,
      prefetchHitBytes: get('prefetchHitBytes'),
      prefetchMissBytes: '0',
      flashCacheReadHitOps: get('flashHitOps'),
      flashCacheReadHitBytes: get('flashHitBytes'),
      flashCacheReadHitTimeTotal: get('flashHitTime'),
      flashCacheReadHitTimeMax,
      flashCacheReadHitTimeTotalSq: get('flashHitTimeSquares'),
    };
  });
}

function diskStats(facts: RawFacts): Shown<typeof DiskIOStats>[] {
  const { array } = facts;
  const head = headOf(array, facts.totals);
  const wwn = arrayWwn(array);
  return array.tables.drives
    .toJSON()
    .filter(({ status }) => status !== 'removed')
    .map((drive) => {
      const { counters, recent } = countersAt(facts, 'drives', drive.ref);
      const get = (name: CounterName) => of(counters, name);
      const { readTimeMax, writeTimeMax, otherTimeMax, queueDepthMax } = maxima(recent);
      const pool = drive.poolRef === null ? undefined : array.tables.pools.get(drive.poolRef);
      return {
        ...head,
        diskId: drive.ref,
        serialNumber: drive.serialNumber,
        arrayId: '1',
        arrayWWN: wwn,
        driveWWN: drive.wwn,
        volGroupId: pool?.ref ?? null,
        volGroupName: pool?.label ?? null,
        volGroupWWN: pool?.wwn ?? null,
        trayId: String(array.tables.trays.get(drive.trayRef)?.trayId ?? 0),
        slot: drive.slot,
        diskManufacture: drive.manufacturer,
        diskSoftwareVersion: drive.firmwareVersion,
        idleTime: idleTime(facts, counters),
        otherOps: get('otherOps'),
        otherTimeMax,
        otherTimeTotal: get('otherTime'),
        otherTimeTotalSq: get('otherTimeSquares'),
        readBytes: get('readBytes'),
        readOps: get('readOps'),
        readTimeMax,
        readTimeTotal: get('readTime'),
        readTimeTotalSq: get('readTimeSquares'),
        recoveredErrors: 0,
        retriedIos: 0,
        timeouts: 0,
        unrecoveredErrors: 0,
        writeBytes: get('writeBytes'),
        writeOps: get('writeOps'),
        writeTimeMax,
        writeTimeTotal: get('writeTime'),
        writeTimeTotalSq: get('writeTimeSquares'),
        queueDepthTotal: get('queueDepth'),
        queueDepthMax,
        randomIosTotal: get('randomOps'),
        randomBytesTotal: get('randomBytes'),
        cumulativeLBA: get('lba'),
        cumulativeDeltaLBA: get('lbaDelta'),
      };
    });
}

/** Wraps round where 32 bits with a sign end. */
function int32(value: number): number {
  return Math.floor(value) % 2 ** 31;
}

function cpuStats(facts: RawFacts, controllerRef: string) {
  const { array, totals, windowStart } = facts;
  const { cpuPercentPerOp, resetMs } = array.statistics;
  const { counters, recent } = countersAt(facts, 'controllers', controllerRef);
  const { sum, squares } = cpuOf(counters, (totals.timeMs - resetMs) / 1000, cpuPercentPerOp);
  const window = cpuOf(recent, (totals.timeMs - (windowStart?.timeMs ?? resetMs)) / 1000, cpuPercentPerOp);
  const entry = {
    maxCpuUtilization: Math.min(100, Math.ceil(window.mean + 3 * window.deviation)),
    sumCpuUtilization: int32(sum),
    ssqCpuUtilization: int32(squares),
  };
  return Array.from({ length: cores }, () => entry);
}

function controllerCounters(counters: Counters, mostOpsPerSecond: number) {
  const get = (name: CounterName) => of(counters, name);
  return {
    totalIopsServiced: get('readOps') + get('writeOps'),
    totalBytesServiced: get('readBytes') + get('writeBytes'),
    cacheHitsIopsTotal: get('readHitOps') + get('writeHitOps'),
    cacheHitsBytesTotal: get('readHitBytes') + get('writeHitBytes'),
    randomIosTotal: get('randomOps'),
    randomBytesTotal: get('randomBytes'),
    readIopsTotal: get('readOps'),
    readBytesTotal: get('readBytes'),
    writeIopsTotal: get('writeOps'),
    writeBytesTotal: get('writeBytes'),
    mirrorIopsTotal: get('mirrorOps'),
    mirrorBytesTotal: get('mirrorBytes'),
    fullStripeWritesBytes: get('fullStripeBytes'),
    raid0BytesTransferred: get('raid0Bytes'),
    raid1BytesTransferred: get('raid1Bytes'),
    raid5BytesTransferred: get('raid5Bytes'),
    raid6BytesTransferred: get('raid6Bytes'),
    ddpBytesTransferred: get('ddpBytes'),
    // Bytes are operations times 30,000 (source: a recorded array).
    maxPossibleBpsUnderCurrentLoad: mostOpsPerSecond * 30_000,
    maxPossibleIopsUnderCurrentLoad: mostOpsPerSecond,
  };
}

function controllerStats(facts: RawFacts): Shown<typeof ControllerStats>[] {
  const { array } = facts;
  return array.controllers.list().map(({ ref }) => ({
    ...headOf(array, facts.totals),
    controllerId: ref,
    arrayId: '1',
    arrayWwn: arrayWwn(array),
    cpuUtilizationStats: cpuStats(facts, ref),
    ...controllerCounters(countersAt(facts, 'controllers', ref).counters, array.statistics.mostOpsPerSecond),
  }));
}

function systemStats(facts: RawFacts): Shown<typeof StorageSystemStats>[] {
  const { array } = facts;
  const refs = array.controllers.list().map(({ ref }) => ref);
  const sum = summed(refs.map((ref) => countersAt(facts, 'controllers', ref).counters));
  return [
    {
      ...headOf(array, facts.totals),
      arrayId: '1',
      arrayWwn: arrayWwn(array),
      memberIdsHash: hashOf([...refs, ...[...userVolumes(array)].map(({ ref }) => ref)]),
      controllerStats: refs.map((controllerId) => ({
        controllerId,
        cpuUtilizationStats: cpuStats(facts, controllerId),
      })),
      ...controllerCounters(sum, array.statistics.mostOpsPerSecond * refs.length),
    },
  ];
}

/** The sum of the counters of several objects. */
export function summed(many: readonly Counters[]): Counters {
  const sum: Partial<Record<CounterName, number>> = {};
  for (const counters of many)
    for (const [name, value] of Object.entries(counters) as [CounterName, number][])
      sum[name] = (sum[name] ?? 0) + value;
  return sum;
}

/** The ways into the controllers and from them to the drives. */
export function channelsOf(array: StorageArray) {
  return [
    ...array.iscsiTarget.ports().map(({ ref, controllerRef, channel }) => ({
      kind: 'ports' as const,
      key: ref,
      interfaceId: ref,
      controllerId: controllerRef,
      channelType: 'hostside' as const,
      channelNumber: channel,
    })),
    ...array.controllers.list().map((controller) => ({
      kind: 'channels' as const,
      key: controller.ref,
      interfaceId: driveInterfaceRef(controller),
      controllerId: controller.ref,
      channelType: 'driveside' as const,
      channelNumber: 1,
    })),
  ];
}

function interfaceStats(facts: RawFacts): Shown<typeof InterfaceStats>[] {
  const { array } = facts;
  const head = headOf(array, facts.totals);
  return channelsOf(array).map(({ kind, key, ...identity }) => {
    const { counters, recent } = countersAt(facts, kind, key);
    const get = (name: CounterName) => of(counters, name);
    const { readTimeMax, writeTimeMax, otherTimeMax, queueDepthMax } = maxima(recent);
    return {
      ...head,
      ...identity,
      arrayId: '1',
      arrayWwn: arrayWwn(array),
      readOps: get('readOps'),
      readBytes: get('readBytes'),
      readTimeTotal: get('readTime'),
      readTimeMax,
      writeOps: get('writeOps'),
      writeBytes: get('writeBytes'),
      writeTimeTotal: get('writeTime'),
      writeTimeMax,
      otherOps: get('otherOps'),
      otherTimeTotal: get('otherTime'),
      otherTimeMax,
      readTimeTotalSq: get('readTimeSquares'),
      writeTimeTotalSq: get('writeTimeSquares'),
      otherTimeTotalSq: get('otherTimeSquares'),
      queueDepthTotal: get('queueDepth'),
      queueDepthMax,
      channelErrorCount: 0,
    };
  });
}

/** The sums over the volumes of each pool, workload or application: exactly what the rows of the volumes add up to. */
function sumsOf(facts: RawFacts, kind: 'storagePool' | 'workload' | 'application') {
  const { array } = facts;
  return groupsOf(array, kind).map(({ id, volumes }) => {
    const each = volumes.map(({ ref }) => countersAt(facts, 'volumes', ref));
    const counters = summed(each.map((one) => one.counters));
    const get = (name: CounterName) => of(counters, name);
    const most = each.map(({ recent }) => maxima(recent));
    const largest = (name: keyof ReturnType<typeof maxima>) => Math.max(0, ...most.map((one) => one[name]));
    const row = {
      ...headOf(array, facts.totals),
      arrayId: null,
      arrayWwn: null,
      memberIdsHash: hashOf(volumes.map(({ ref }) => ref)),
      readOps: get('readOps'),
      readHitOps: get('readHitOps'),
      readHitBytes: get('readHitBytes'),
      readTimeTotal: get('readTime'),
      readHitTimeTotal: get('readHitTime'),
      writeOps: get('writeOps'),
      writeTimeTotal: get('writeTime'),
      writeHitTimeTotal: get('writeHitTime'),
      ...noErrors,
      idleTime: volumes.reduce(
        (sum, volume, index) => sum + idleTime(facts, each[index]?.counters ?? {}, volume.createdMs),
        0,
      ),
      otherOps: get('otherOps'),
      otherTimeMax: largest('otherTimeMax'),
      otherTimeTotal: get('otherTime'),
      readBytes: get('readBytes'),
      readHitTimeMax: largest('readHitTimeMax'),
      readTimeMax: largest('readTimeMax'),
      writeBytes: get('writeBytes'),
      writeHitBytes: get('writeHitBytes'),
      writeHitOps: get('writeHitOps'),
      writeHitTimeMax: largest('writeHitTimeMax'),
      writeTimeMax: largest('writeTimeMax'),
      queueDepthTotal: get('queueDepth'),
      queueDepthMax: largest('queueDepthMax'),
      flashCacheReadHitOps: get('flashHitOps'),
      flashCacheReadHitBytes: get('flashHitBytes'),
      flashCacheReadHitTimeTotal: get('flashHitTime'),
      flashCacheReadHitTimeMax: largest('flashCacheReadHitTimeMax'),
    };
    return { id, row };
  });
}

/** Every list of live statistics, by the type that a client asks for. */
export const rawLists = {
  volume: { name: 'volumeStats', rows: volumeStats, idOf: idNamed('volumeId') },
  controller: { name: 'controllerStats', rows: controllerStats, idOf: idNamed('controllerId') },
  storageSystem: { name: 'systemStats', rows: systemStats, idOf: idNamed('arrayId') },
  ioInterface: { name: 'interfaceStats', rows: interfaceStats, idOf: idNamed('interfaceId') },
  drive: { name: 'diskStats', rows: diskStats, idOf: idNamed('diskId') },
  storagePool: {
    name: 'poolStats',
    rows: (facts: RawFacts): Shown<typeof PoolStatistics>[] =>
      sumsOf(facts, 'storagePool').map(({ id, row }) => ({ ...row, poolId: id })),
    idOf: idNamed('poolId'),
  },
  application: {
    name: 'applicationStats',
    rows: (facts: RawFacts): Shown<typeof ApplicationStatistics>[] =>
      sumsOf(facts, 'application').map(({ id, row }) => ({ ...row, applicationId: id })),
    idOf: idNamed('applicationId'),
  },
  workload: {
    name: 'workloadStats',
    rows: (facts: RawFacts): Shown<typeof WorkloadStatistics>[] =>
      sumsOf(facts, 'workload').map(({ id, row }) => ({ ...row, workloadId: id })),
    idOf: idNamed('workloadId'),
  },
} as const satisfies Record<
  string,
  { readonly name: keyof Shown<typeof RawStatsResponse>; rows(facts: RawFacts): object[]; idOf(row: object): string }
>;

function idNamed(name: string): (row: object) => string {
  return (row) => String((row as Record<string, unknown>)[name]);
}
