import type { Totals } from '../array/statistics/counters.js';
import type { StorageArray } from '../array/storage-array.js';
import { apiRoot, type Operation, readers, rolesOf } from './operations.js';
import type { Routes } from './route.js';
import {
  AnalysedControllerStatistics,
  AnalysedDiskStatistics,
  AnalysedStorageSystemStatistics,
  AnalysedVolumeStatistics,
  AnalyzedInterfaceStatistics,
} from './schemas/analysed-statistics.js';
import { blank } from './schemas/blank.js';
import { ControllerStats, DiskIOStats, InterfaceStats, RawStatsResponse, VolumeIOStats } from './schemas/statistics.js';
import { boolean, integer, list, object, optional, type TSchema } from './schemas/types.js';
import {
  analysedControllers,
  analysedDrives,
  analysedInterfaces,
  analysedSystem,
  analysedVolumes,
  type WindowFacts,
} from './statistics/analysed.js';
import { historicalRoutes } from './statistics/historical.js';
import { times } from './statistics/identity.js';
import { pagedStatisticsRoutes } from './statistics/paged.js';
import { rawLists } from './statistics/raw.js';
import { rawFacts } from './statistics/raw-facts.js';
import { chosenLists, StatisticsQuery, withIds } from './statistics/selection.js';

/** Counters, and what is worked out of them: collections are made at each interval of the array's time. */
export function statisticsRoutes(routes: Routes): void {
  rawRoutes(routes);
  liveRoutes(routes);
  analysedRoutes(routes);
  pagedStatisticsRoutes(routes);
  historicalRoutes(routes);
  routes.onArray(
    'getCumulativeStatisticsFeatureDefaults',
    {
      response: object({
        lowHighSamplingSupported: boolean(),
        lowResolutionPeriodInSeconds: integer(),
        highResolutionPeriodInSeconds: integer(),
      }),
    },
    ({ array }) => ({
      lowHighSamplingSupported: true,
      lowResolutionPeriodInSeconds: 300,
      highResolutionPeriodInSeconds: array.system.settings.statisticsIntervalSeconds,
    }),
  );
  // Not in the vendor's documents, but asked for by collectors: synchronous mirrors, which need Fibre Channel.
  routes.onArray(
    undocumented('getMirrorPairs', 'mirror-pairs', 'Mirroring', rolesOf('root+storage+monitor+security+support')),
    {},
    () => [],
  );
}

function undocumented(id: string, path: string, tag = 'Statistics', roles: Operation['roles'] = readers): Operation {
  return {
    id,
    method: 'GET',
    path: `${apiRoot}/storage-systems/:systemId/${path}`,
    mode: 'both',
    roles,
    tag,
    status: 200,
  };
}

const RawQuery = object({ usecache: optional(boolean()) });

/** What was collected last, which is the default, or what is counted now. */
function totalsFor(array: StorageArray, useCache: boolean | undefined): Totals {
  return (useCache === false ? undefined : array.statistics.collected()) ?? array.statistics.live();
}

function rawRoutes(routes: Routes): void {
  const kinds: readonly [keyof typeof rawLists, TSchema, string | Operation, string][] = [
    ['volume', VolumeIOStats, 'get-AllRawVolumeStatistics', 'get-RawVolumeStatistics'],
    ['drive', DiskIOStats, 'get-AllRawDiskStatistics', 'get-RawDiskStatistics'],
    ['ioInterface', InterfaceStats, 'get-RawInterfaceStatistics', 'get-RawInterfaceStatisticsWithList'],
    [
      'controller',
      ControllerStats,
      undocumented('get-AllRawControllerStatistics', 'controller-statistics'),
      'get-RawControllerStatisticsUsingList',
    ],
  ];
  for (const [type, schema, all, some] of kinds) {
    const { rows, idOf } = rawLists[type];
    const of = (array: StorageArray, useCache: boolean | undefined) =>
      rows(rawFacts(array, totalsFor(array, useCache)));
    const schemas = { query: RawQuery, response: list(schema) };
    routes.onArray(all, schemas, ({ array, query }) => of(array, query.usecache));
    routes.onArray(some, schemas, ({ array, query, id }) => withIds(of(array, query.usecache), id, idOf, type));
  }
}

function liveRoutes(routes: Routes): void {
  const schemas = { query: StatisticsQuery, response: RawStatsResponse };
  const lists = (array: StorageArray, type: string | undefined, ids?: string) =>
    chosenLists(rawLists, [rawFacts(array, array.statistics.live())], type, ids);
  routes.onArray('get-AllLivePerformanceStatistics', schemas, ({ array, query }) => lists(array, query.type));
  routes.onArray('get-LivePerformanceStatistics', schemas, ({ array, query, id }) => lists(array, query.type, id));
}

function analysedRoutes(routes: Routes): void {
  const kinds: readonly [string, TSchema, string | Operation, string | Operation, (facts: WindowFacts) => object[]][] =
    [
      [
        'volumeId',
        AnalysedVolumeStatistics,
        'get-AnalysedVolumeStatistics',
        'get-AllAnalysedVolumeStatistics',
        analysedVolumes,
      ],
      [
        'diskId',
        AnalysedDiskStatistics,
        'get-AllAnalysedDriveStatistics',
        'get-AnalysedDriveStatistics',
        analysedDrives,
      ],
      [
        'interfaceId',
        AnalyzedInterfaceStatistics,
        'get-AllAnalysedInterfaceStatistics',
        'get-AnalyzedInterfaceStats',
        analysedInterfaces,
      ],
      [
        'controllerId',
        AnalysedControllerStatistics,
        undocumented('get-AllAnalysedControllerStatistics', 'analysed-controller-statistics'),
        undocumented('get-AnalysedControllerStatistics', 'analysed-controller-statistics/:idlist'),
        analysedControllers,
      ],
    ];
  const latest = (array: StorageArray, systemId: string, rows: (facts: WindowFacts) => object[]) => {
    const [window] = array.statistics.windows();
    return window === undefined ? [] : rows({ array, systemId, window });
  };
  for (const [idName, schema, all, some, rows] of kinds) {
    const schemas = { response: list(schema) };
    routes.onArray(all, schemas, ({ array, system }) => latest(array, system.id, rows));
    routes.onArray(some, schemas, ({ array, system, id }) => {
      const found = latest(array, system.id, rows);
      return found.length === 0
        ? []
        : withIds(found, id, (row) => String((row as Record<string, unknown>)[idName]), idName);
    });
  }
  const system = (array: StorageArray, systemId: string) => {
    const [window] = array.statistics.windows();
    if (window !== undefined) return analysedSystem({ array, systemId, window });
    return {
      ...blank(AnalysedStorageSystemStatistics),
      ...times(array.now()),
      sourceController: array.statistics.sourceController,
      storageSystemId: systemId,
      storageSystemWWN: array.system.wwn,
      storageSystemName: array.system.label,
    };
  };
  routes.onArray(
    'get-AnalysedSystemStatistics',
    { response: AnalysedStorageSystemStatistics },
    ({ array, system: { id } }) => system(array, id),
  );
  routes.on('get-AllAnalysedSystemStatistics', { response: list(AnalysedStorageSystemStatistics) }, ({ systems }) =>
    systems.list().flatMap(({ id, array, online }) => (array === null || !online ? [] : [system(array, id)])),
  );
}
