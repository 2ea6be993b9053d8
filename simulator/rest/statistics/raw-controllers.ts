import type { CounterName, Counters } from '../../array/statistics/counters.js';
import type { StorageArray } from '../../array/storage-array.js';
import { driveInterfaceRef } from '../objects/interfaces.js';
import type { Shown } from '../schemas/shown.js';
import type { ControllerStats, InterfaceStats, StorageSystemStats } from '../schemas/statistics.js';
import { cores, cpuOf, of } from './figures.js';
import { arrayWwn, hashOf, headOf, userVolumes } from './identity.js';
import { countersAt, int32, maxima, type RawFacts } from './raw-facts.js';

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

export function controllerStats(facts: RawFacts): Shown<typeof ControllerStats>[] {
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

export function systemStats(facts: RawFacts): Shown<typeof StorageSystemStats>[] {
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

export function interfaceStats(facts: RawFacts): Shown<typeof InterfaceStats>[] {
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
