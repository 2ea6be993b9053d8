import type { CollectedWindow } from '../../array/statistics/collections.js';
import type { StorageArray } from '../../array/storage-array.js';
import { RestError } from '../errors.js';
import type { Routes } from '../route.js';
import { HistoricalStatsResponse } from '../schemas/analysed-statistics.js';
import { RawStatsResponse } from '../schemas/statistics.js';
import { list, number, object, optional, record, type Static, text } from '../schemas/types.js';
import {
  analysedControllers,
  analysedDrives,
  analysedGroups,
  analysedInterfaces,
  analysedSystem,
  analysedVolumes,
  type WindowFacts,
} from './analysed.js';
import { rawLists } from './raw.js';
import { chosenLists, type RowKind } from './selection.js';

const idNamed = (name: string) => (row: object) => String((row as Record<string, unknown>)[name]);

const groupRows = (kind: 'storagePool' | 'workload' | 'application', idName: string) => ({
  rows: (facts: WindowFacts) => analysedGroups(facts, kind).map(({ id, row }) => ({ ...row, [idName]: id })),
  idOf: idNamed(idName),
});

const historicalLists = {
  volume: { name: 'volumeStats', rows: analysedVolumes, idOf: idNamed('volumeId') },
  controller: { name: 'controllerStats', rows: analysedControllers, idOf: idNamed('controllerId') },
  storageSystem: {
    name: 'systemStats',
    rows: (facts: WindowFacts) => [analysedSystem(facts)],
    idOf: idNamed('storageSystemId'),
  },
  drive: { name: 'diskStats', rows: analysedDrives, idOf: idNamed('diskId') },
  ioInterface: { name: 'interfaceStats', rows: analysedInterfaces, idOf: idNamed('interfaceId') },
  storagePool: { name: 'poolStats', ...groupRows('storagePool', 'poolId') },
  application: { name: 'applicationStats', ...groupRows('application', 'applicationId') },
  workload: { name: 'workloadStats', ...groupRows('workload', 'workloadId') },
} as const satisfies Record<string, RowKind<WindowFacts>>;

const Query = object({
  type: optional(text()),
  start: optional(text()),
  end: optional(text()),
  length: optional(text()),
});

type Asked = { readonly [Name in 'type' | 'start' | 'end' | 'length']?: string | undefined };

/** A time or duration in milliseconds; undefined when it is not given. Throws RestError for anything else. */
function millisecondsOf(query: Asked, name: 'start' | 'end' | 'length'): number | undefined {
  const written = query[name];
  if (written === undefined || written === '') return undefined;
  if (!/^\d{1,15}$/.test(written))
    throw new RestError('invalidField', `${name} is '${written}': allowed are milliseconds, as a whole number.`, [
      name,
    ]);
  return Number(written);
}

/** The windows of five minutes that are kept and end within the asked time, oldest first. */
function windowsOf(array: StorageArray, query: Asked): CollectedWindow[] {
  const lengthMs = millisecondsOf(query, 'length');
  const fromMs = millisecondsOf(query, 'start') ?? (lengthMs === undefined ? 0 : array.now() - lengthMs);
  const toMs = millisecondsOf(query, 'end') ?? Infinity;
  return array.statistics
    .windows('history')
    .filter(({ end }) => end.timeMs >= fromMs && end.timeMs <= toMs)
    .reverse();
}

/** Statistics of the last hours, in windows of five minutes. */
export function historicalRoutes(routes: Routes): void {
  const analysed = (array: StorageArray, systemId: string, query: Asked, ids?: string) => {
    const facts = windowsOf(array, query).map((window) => ({ array, systemId, window }));
    return chosenLists(historicalLists, facts, query.type, ids);
  };
  const schemas = { query: Query, response: HistoricalStatsResponse };
  routes.onArray('get-HistoricalPerformanceStatistics', schemas, ({ array, system, query }) =>
    analysed(array, system.id, query),
  );
  routes.onArray('get-SelectedHistoricalPerformanceStatistics', schemas, ({ array, system, query, id }) =>
    analysed(array, system.id, query, id),
  );
  const raw = (array: StorageArray, query: Asked, ids?: string) => {
    const facts = windowsOf(array, query).map(({ start, end }) => ({ array, totals: end, windowStart: start }));
    return chosenLists(rawLists, facts, query.type, ids);
  };
  const rawSchemas = { query: Query, response: RawStatsResponse };
  routes.onArray('get-AllHistoricalRawPerformanceStatistics', rawSchemas, ({ array, query }) => raw(array, query));
  routes.onArray('get-HistoricalRawPerformanceStatistics', rawSchemas, ({ array, query, id }) => raw(array, query, id));
  routes.onArray(
    'get-AveragedHistoricalPerformanceStatistics',
    { query: Query, response: AverageResponse },
    ({ array, system, query }) => averages(analysed(array, system.id, query)),
  );
  for (const operation of [
    'get-SupportedStatisticsTypes',
    'get-RawStatisticsTypes',
    'get-AverageAnalyzedStatisticsTypes',
  ])
    routes.onArray(operation, { response: list(text()) }, () => Object.keys(historicalLists));
}

const Average = object({ min: number(), max: number(), value: number(), std: number() });

const AverageResponse = object(
  Object.fromEntries(Object.values(historicalLists).map(({ name }) => [name, list(record())])),
);

type AverageRow = Readonly<Record<string, unknown>>;

/** The averaged figures, by the list that they stand in: what each is made of in an analysed row. */
const iops = { iopsRead: 'readIOps', iopsWrite: 'writeIOps' };
const throughput = { throughputRead: 'readThroughput', throughputWrite: 'writeThroughput' };
const latency = { latencyRead: 'readResponseTime', latencyWrite: 'writeResponseTime' };
const cacheHits = {
  primaryCacheReadHitPct: 'readCacheUtilization',
  primaryCacheWriteHitPct: 'writeCacheUtilization',
  ssdCacheReadHitPct: 'flashCacheHitPct',
};

const averaged: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  volumeStats: { ...latency, ...iops, ...throughput, ...cacheHits },
  diskStats: { ...latency, ...iops, ...throughput },
  controllerStats: { ...iops, ...throughput, cpuUtilization: 'cpuAvgUtilization', headroomPct: 'headroomPct' },
  interfaceStats: { ...latency, ...iops, ...throughput, headroomPct: 'headroomPct' },
  systemStats: { ...iops, ...throughput },
  poolStats: { ...latency, ...iops, ...throughput, ...cacheHits },
  workloadStats: { ...latency, ...iops, ...throughput, ...cacheHits },
  applicationStats: { ...latency, ...iops, ...throughput, ...cacheHits },
};

const mebibyte = 2 ** 20;

/** One figure of an analysed row as averages have it: bytes per second where the row has MiB. */
function figureOf(row: AverageRow, name: string): number {
  if (name === 'headroomPct') {
    const most = Number(row.maxPossibleIopsUnderCurrentLoad ?? 0);
    return most === 0 ? 100 : 100 - (Number(row.combinedIOps ?? 0) * 100) / most;
  }
  const value = Number(row[name] ?? 0);
  return /Throughput$/.test(name) ? value * mebibyte : value;
}

function spreadOf(values: readonly number[]): Static<typeof Average> {
  const value = values.reduce((sum, each) => sum + each, 0) / values.length;
  const variance = values.reduce((sum, each) => sum + (each - value) ** 2, 0) / values.length;
  return { min: Math.min(...values), max: Math.max(...values), value, std: Math.sqrt(variance) };
}

function averages(lists: Readonly<Record<string, readonly object[]>>): Record<string, object[]> {
  return Object.fromEntries(
    Object.values(historicalLists).map(({ name, idOf }) => {
      const byId = new Map<string, AverageRow[]>();
      for (const row of (lists[name] ?? []) as readonly AverageRow[])
        byId.set(idOf(row), [...(byId.get(idOf(row)) ?? []), row]);
      const figures = Object.entries(averaged[name] ?? {});
      const rows = [...byId].map(([id, windows]) => ({
        id,
        ...Object.fromEntries(
          figures.map(([figure, source]) => [figure, spreadOf(windows.map((row) => figureOf(row, source)))]),
        ),
        ...(name === 'systemStats' ? { controllerStats: cpuOfControllers(lists) } : {}),
      }));
      return [name, rows];
    }),
  );
}

/** What the averages of the system say of its controllers. */
function cpuOfControllers(lists: Readonly<Record<string, readonly object[]>>): object[] {
  const rows = (lists.controllerStats ?? []) as readonly AverageRow[];
  return [...new Set(rows.map(({ controllerId }) => controllerId))].map((controllerId) => ({
    controllerId,
    cpuUtilization: spreadOf(
      rows.filter((row) => row.controllerId === controllerId).map((row) => figureOf(row, 'cpuAvgUtilization')),
    ),
  }));
}
