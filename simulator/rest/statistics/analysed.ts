import type { CollectedWindow } from '../../array/statistics/collections.js';
import type { CounterName, Counters, TotalKind } from '../../array/statistics/counters.js';
import { Statistics } from '../../array/statistics/statistics.js';
import type { StorageArray } from '../../array/storage-array.js';
import type {
  AnalysedControllerStatistics,
  AnalysedDiskStatistics,
  AnalysedStorageSystemStatistics,
  AnalysedVolumeStatistics,
  AnalyzedInterfaceStatistics,
} from '../schemas/analysed-statistics.js';
import type { Shown } from '../schemas/shown.js';
import { average, cores, cpuOf, deepestQueue, longest, of, percent, spread } from './figures.js';
import { groupsOf, times, userVolumes, workloadOf } from './identity.js';
import { channelsOf, summed } from './raw-controllers.js';

/** What analysed rows are made of: the counters at both ends of a window. */
export interface WindowFacts {
  readonly array: StorageArray;
  readonly systemId: string;
  readonly window: CollectedWindow;
}

const mebibyte = 2 ** 20;

function cameOf({ window }: WindowFacts, kind: TotalKind, ref: string): Counters {
  return Statistics.inWindow(window, kind, ref);
}

function secondsOf({ window }: WindowFacts): number {
  return (window.end.timeMs - window.start.timeMs) / 1000;
}

/** Microseconds as the milliseconds that analysed rows have. */
function milliseconds({ mean, deviation }: ReturnType<typeof spread>) {
  return { mean: mean / 1000, deviation: deviation / 1000 };
}

/** Operations and bytes per second, sizes and response times: what every analysed row has. */
function ratesOf(facts: WindowFacts, came: Counters) {
  const seconds = secondsOf(facts);
  const get = (name: CounterName) => of(came, name);
  const [readOps, writeOps] = [get('readOps'), get('writeOps')];
  const read = milliseconds(spread(get('readTime'), get('readTimeSquares'), readOps));
  const write = milliseconds(spread(get('writeTime'), get('writeTimeSquares'), writeOps));
  const [time, squares] = [get('readTime') + get('writeTime'), get('readTimeSquares') + get('writeTimeSquares')];
  const combined = milliseconds(spread(time, squares, readOps + writeOps));
  return {
    ...times(facts.window.end.timeMs),
    sourceController: facts.array.statistics.sourceController,
    readIOps: readOps / seconds,
    writeIOps: writeOps / seconds,
    otherIOps: get('otherOps') / seconds,
    combinedIOps: (readOps + writeOps) / seconds,
    readThroughput: get('readBytes') / seconds / mebibyte,
    writeThroughput: get('writeBytes') / seconds / mebibyte,
    combinedThroughput: (get('readBytes') + get('writeBytes')) / seconds / mebibyte,
    readResponseTime: read.mean,
    readResponseTimeStdDev: read.deviation,
    writeResponseTime: write.mean,
    writeResponseTimeStdDev: write.deviation,
    combinedResponseTime: combined.mean,
    combinedResponseTimeStdDev: combined.deviation,
    averageReadOpSize: average(get('readBytes'), readOps),
    averageWriteOpSize: average(get('writeBytes'), writeOps),
    readOps,
    writeOps,
  };
}

function hitTimesOf(came: Counters) {
  const get = (name: CounterName) => of(came, name);
  const read = milliseconds(spread(get('readHitTime'), get('readHitTimeSquares'), get('readHitOps')));
  const write = milliseconds(spread(get('writeHitTime'), get('writeHitTimeSquares'), get('writeHitOps')));
  const combined = milliseconds(
    spread(
      get('readHitTime') + get('writeHitTime'),
      get('readHitTimeSquares') + get('writeHitTimeSquares'),
      get('readHitOps') + get('writeHitOps'),
    ),
  );
  return {
    readHitResponseTime: read.mean,
    readHitResponseTimeStdDev: read.deviation,
    writeHitResponseTime: write.mean,
    writeHitResponseTimeStdDev: write.deviation,
    combinedHitResponseTime: combined.mean,
    combinedHitResponseTimeStdDev: combined.deviation,
  };
}

function physicalOf(facts: WindowFacts, came: Counters) {
  return {
    readPhysicalIOps: of(came, 'driveReads') / secondsOf(facts),
    writePhysicalIOps: of(came, 'driveWrites') / secondsOf(facts),
  };
}

function randomOf(came: Counters) {
  const ops = of(came, 'readOps') + of(came, 'writeOps');
  return {
    randomIosPercent: percent(of(came, 'randomOps'), ops),
    randomBytesPercent: percent(of(came, 'randomBytes'), of(came, 'readBytes') + of(came, 'writeBytes')),
  };
}

function largestOf(came: Counters) {
  const ops = of(came, 'readOps') + of(came, 'writeOps') + of(came, 'otherOps');
  return {
    readTimeMax: longest(of(came, 'readTime'), of(came, 'readTimeSquares'), of(came, 'readOps')),
    writeTimeMax: longest(of(came, 'writeTime'), of(came, 'writeTimeSquares'), of(came, 'writeOps')),
    queueDepthMax: deepestQueue(of(came, 'queueDepth'), ops),
    averageQueueDepth: average(of(came, 'queueDepth'), ops),
  };
}

export function analysedDrives(facts: WindowFacts): Shown<typeof AnalysedDiskStatistics>[] {
  const { drives, trays, pools } = facts.array.tables;
  return drives
    .toJSON()
    .filter(({ status }) => status !== 'removed')
    .map((drive) => {
      const came = cameOf(facts, 'drives', drive.ref);
      const pool = drive.poolRef === null ? undefined : pools.get(drive.poolRef);
      const rates = ratesOf(facts, came);
      return {
        ...rates,
        diskId: drive.ref,
        driveSlot: drive.slot,
        trayRef: drive.trayRef,
        trayId: trays.get(drive.trayRef)?.trayId ?? 0,
        volGroupId: pool?.ref ?? null,
        volGroupName: pool?.label ?? null,
        readPhysicalIOps: rates.readIOps,
        writePhysicalIOps: rates.writeIOps,
        ...largestOf(came),
        ...randomOf(came),
      };
    });
}

export function analysedVolumes(facts: WindowFacts): Shown<typeof AnalysedVolumeStatistics>[] {
  const { array } = facts;
  return [...userVolumes(array)].map((volume) => {
    const came = cameOf(facts, 'volumes', volume.ref);
    const get = (name: CounterName) => of(came, name);
    const seconds = secondsOf(facts);
    return {
      ...ratesOf(facts, came),
      volumeId: volume.ref,
      volumeName: volume.label,
      poolId: volume.poolRef,
      controllerId: volume.currentController,
      workLoadId: workloadOf(volume),
      mapped: array.mappings.ofMappable(volume.ref).length > 0,
      readHitOps: get('readHitOps'),
      readHitBytes: get('readHitBytes'),
      writeHitBytes: get('writeHitBytes'),
      writeHitOps: get('writeHitOps'),
      ...hitTimesOf(came),
      readCacheUtilization: percent(get('readHitOps'), get('readOps')),
      writeCacheUtilization: percent(get('writeHitOps'), get('writeOps')),
      flashCacheReadHitOps: get('flashHitOps'),
      flashCacheReadHitBytes: get('flashHitBytes'),
      ...physicalOf(facts, came),
      queueDepthTotal: get('queueDepth'),
      ...largestOf(came),
      ...randomOf(came),
      cacheWriteWaitOpsPercent: 0,
      cacheWriteWaitBytesPercent: 0,
      prefetchHitPercent: percent(get('prefetchHitBytes'), get('readBytes')),
      // -1 says that there is no figure (source: recorded answers).
      fullStripeWritesBytesPercent: get('writeBytes') === 0 ? -1 : percent(get('fullStripeBytes'), get('writeBytes')),
      flashCacheReadThroughput: get('flashHitBytes') / seconds / mebibyte,
      flashCacheReadResponseTime: average(get('flashHitTime'), get('flashHitOps')) / 1000,
      flashCacheHitPct: percent(get('flashHitOps'), get('readOps')),
    };
  });
}

export function analysedInterfaces(facts: WindowFacts): Shown<typeof AnalyzedInterfaceStatistics>[] {
  return channelsOf(facts.array).map(({ kind, key, interfaceId, controllerId, channelType, channelNumber }) => {
    const came = cameOf(facts, kind, key);
    const { queueDepthMax } = largestOf(came);
    return {
      ...ratesOf(facts, came),
      interfaceId,
      controllerId,
      channelType,
      queueDepthTotal: of(came, 'queueDepth'),
      queueDepthMax,
      channelNumber,
      channelErrorCounts: 0,
    };
  });
}

/** What controllers, and the array as a whole, have beside rates. */
function bytesOf(came: Counters) {
  const get = (name: CounterName) => of(came, name);
  const bytes = get('readBytes') + get('writeBytes');
  return {
    cacheHitBytesPercent: percent(get('readHitBytes') + get('writeHitBytes'), bytes),
    randomIosPercent: percent(get('randomOps'), get('readOps') + get('writeOps')),
    mirrorBytesPercent: percent(get('mirrorBytes'), get('writeBytes')),
    fullStripeWritesBytesPercent: percent(get('fullStripeBytes'), get('writeBytes')),
    raid0BytesPercent: percent(get('raid0Bytes'), bytes),
    raid1BytesPercent: percent(get('raid1Bytes'), bytes),
    raid5BytesPercent: percent(get('raid5Bytes'), bytes),
    raid6BytesPercent: percent(get('raid6Bytes'), bytes),
    ddpBytesPercent: percent(get('ddpBytes'), bytes),
  };
}

function cpuFigures(facts: WindowFacts, came: Counters) {
  const { mean, deviation } = cpuOf(came, secondsOf(facts), facts.array.statistics.cpuPercentPerOp);
  return { mean, deviation, most: Math.min(100, Math.ceil(mean + 3 * deviation)) };
}

export function analysedControllers(facts: WindowFacts): Shown<typeof AnalysedControllerStatistics>[] {
  const { array } = facts;
  const { mostOpsPerSecond } = array.statistics;
  const perCore = (value: number) => Array.from({ length: cores }, () => value);
  return array.controllers.list().map(({ ref }) => {
    const came = cameOf(facts, 'controllers', ref);
    const cpu = cpuFigures(facts, came);
    return {
      ...ratesOf(facts, came),
      ...physicalOf(facts, came),
      controllerId: ref,
      ...bytesOf(came),
      maxCpuUtilization: cpu.most,
      maxCpuUtilizationPerCore: perCore(cpu.most),
      cpuAvgUtilization: cpu.mean,
      cpuAvgUtilizationPerCore: perCore(cpu.mean),
      cpuAvgUtilizationPerCoreStdDev: perCore(cpu.deviation),
      ...hitTimesOf(came),
      maxPossibleBpsUnderCurrentLoad: mostOpsPerSecond * 30_000,
      maxPossibleIopsUnderCurrentLoad: mostOpsPerSecond,
    };
  });
}

export function analysedSystem(facts: WindowFacts): Shown<typeof AnalysedStorageSystemStatistics> {
  const { array, systemId } = facts;
  const each = array.controllers.list().map(({ ref }) => cameOf(facts, 'controllers', ref));
  const came = summed(each);
  const cpu = each.map((one) => cpuFigures(facts, one));
  const mostOps = array.statistics.mostOpsPerSecond * each.length;
  return {
    ...ratesOf(facts, came),
    ...physicalOf(facts, came),
    storageSystemId: systemId,
    storageSystemWWN: array.system.wwn,
    storageSystemName: array.system.label,
    ...bytesOf(came),
    maxCpuUtilization: Math.max(...cpu.map(({ most }) => most)),
    cpuAvgUtilization: average(
      cpu.reduce((sum, { mean }) => sum + mean, 0),
      cpu.length,
    ),
    ...hitTimesOf(came),
    maxPossibleBpsUnderCurrentLoad: mostOps * 30_000,
    maxPossibleIopsUnderCurrentLoad: mostOps,
  };
}

/** The rates of the volumes of each pool, workload or application. */
export function analysedGroups(facts: WindowFacts, kind: 'storagePool' | 'workload' | 'application') {
  return groupsOf(facts.array, kind).map(({ id, volumes }) => {
    const came = summed(volumes.map(({ ref }) => cameOf(facts, 'volumes', ref)));
    return { id, row: { ...ratesOf(facts, came), ...physicalOf(facts, came) } };
  });
}
