import type { CounterName } from '../../array/statistics/counters.js';
import type { Shown } from '../schemas/shown.js';
import type {
  ApplicationStatistics,
  PoolStatistics,
  RawStatsResponse,
  WorkloadStatistics,
} from '../schemas/statistics.js';
import { of } from './figures.js';
import { groupsOf, hashOf, headOf } from './identity.js';
import { controllerStats, interfaceStats, summed, systemStats } from './raw-controllers.js';
import { countersAt, idleTime, maxima, noErrors, type RawFacts } from './raw-facts.js';
import { diskStats, volumeStats } from './raw-volumes.js';

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
