import { apiRoot, rolesOf } from './operations.js';
import type { Routes } from './route.js';
import { blank } from './schemas/blank.js';
import { AnalysedStorageSystemStatistics } from './schemas/statistics.js';

/**
 * Analysed statistics. They compare two samples of counters; the simulator takes none yet, so what is a list is empty,
 * as a real array answers right after its start.
 */
export function statisticsRoutes(routes: Routes): void {
  for (const operation of [
    'get-AllAnalysedDriveStatistics',
    'get-AllAnalysedInterfaceStatistics',
    'get-AnalysedVolumeStatistics',
  ]) {
    routes.onArray(operation, {}, () => []);
  }
  routes.onArray(
    'get-AnalysedSystemStatistics',
    { response: AnalysedStorageSystemStatistics },
    ({ array, system }) => ({
      ...blank(AnalysedStorageSystemStatistics),
      observedTime: new Date(array.now()).toISOString(),
      observedTimeInMS: String(array.now()),
      storageSystemId: system.id,
      storageSystemWWN: array.system.wwn,
      storageSystemName: array.system.label,
    }),
  );
  routes.onArray('getLatestControllerStatistics', {}, () => ({ tokenId: '0', statistics: [] }));
  routes.onArray('getFlashCache', {}, () => []);
  // Not in the vendor's documents, but asked for by collectors: synchronous mirrors, which need Fibre Channel.
  routes.onArray(
    {
      id: 'getMirrorPairs',
      method: 'GET',
      path: `${apiRoot}/storage-systems/:systemId/mirror-pairs`,
      mode: 'both',
      roles: rolesOf('root+storage+monitor+security+support'),
      tag: 'Mirroring',
      status: 200,
    },
    {},
    () => [],
  );
}
