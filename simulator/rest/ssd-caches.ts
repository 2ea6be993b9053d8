import type { ControllerRecord, SsdCacheRecord } from '../array/records.js';
import type { Counters } from '../array/statistics/counters.js';
import { ssdMissEvery } from '../array/statistics/demand.js';
import type { StorageArray } from '../array/storage-array.js';
import type { Routes } from './route.js';
import type { Shown } from './schemas/shown.js';
import { boolean, Int64, list, object, oneOf, optional, text } from './schemas/types.js';
import { onSymbol } from './symbol.js';

export const ConfigType = oneOf('unknown', 'filesystem', 'database', 'multimedia', '__UNDEFINED');

const StatusCause = oneOf(
  'none',
  'hotspareInuse',
  'drivesInaccessible',
  'cacheSizeMismatch',
  'missingDrives',
  '__UNDEFINED',
);

const SsdCacheResponse = object({
  analyticsCause: text(),
  cachedVolumesIds: list(text()),
  configType: ConfigType,
  driveIds: list(text()),
  id: text(),
  name: text(),
  protectionInformationCapable: boolean(),
  protectionType: oneOf('type0Protection', 'type1Protection', 'type2Protection', 'type3Protection', '__UNDEFINED'),
  securityLevel: oneOf('unknown', 'none', 'mixed', 'fde', 'fips', '__UNDEFINED'),
  securityType: oneOf('unknown', 'none', 'capable', 'enabled', '__UNDEFINED'),
  status: oneOf('unknown', 'optimal', 'degraded', 'failed', 'suspended', '__UNDEFINED'),
  statusCause: StatusCause,
  type: oneOf('readOnly', 'unknown'),
  usedCapacity: Int64,
  wwn: text(),
});

const CreateRequest = object({
  driveIds: list(text()),
  name: text(),
  enableExistingVolumes: optional(boolean()),
  enableSecurity: optional(boolean()),
});

const UpdateRequest = object({ name: optional(text()), configType: optional(ConfigType) });

const DrivesRequest = object({ action: oneOf('addDrives', 'removeDrives'), driveIds: list(text()) });

const counterNames = [
  'timestamp',
  'reads',
  'readBlocks',
  'writes',
  'writeBlocks',
  'fullCacheHits',
  'fullCacheHitBlocks',
  'partialCacheHits',
  'partialCacheHitBlocks',
  'completeCacheMiss',
  'completeCacheMissBlocks',
  'populateOnReads',
  'populateOnReadBlocks',
  'populateOnWrites',
  'populateOnWriteBlocks',
  'invalidates',
  'recycles',
  'availableBytes',
  'allocatedBytes',
  'populatedCleanBytes',
  'populatedDirtyBytes',
] as const;

const FlashCacheStatistics = object(
  Object.fromEntries(counterNames.map((name) => [name, Int64])) as Record<(typeof counterNames)[number], typeof Int64>,
);

const SsdCacheStatisticsResponse = object({ controllerId: text(), statistics: FlashCacheStatistics });

/** The cache as clients see it. */
export function ssdCacheView(array: StorageArray, cache: SsdCacheRecord): Shown<typeof SsdCacheResponse> {
  const drives = array.ssdCaches.drives();
  const isDegraded = drives.some(({ status }) => status !== 'optimal');
  const all = (has: (drive: (typeof drives)[number]) => boolean) => drives.every(has);
  return {
    analyticsCause: 'none',
    cachedVolumesIds: array.ssdCaches.cachedVolumes().map(({ ref }) => ref),
    configType: cache.configType,
    driveIds: drives.map(({ ref }) => ref),
    id: cache.ref,
    name: cache.label,
    protectionInformationCapable: all((drive) => drive.protectionInformationCapable),
    protectionType: all((drive) => drive.protectionInformationCapable) ? 'type2Protection' : 'type0Protection',
    securityLevel: all((drive) => drive.fdeCapable) ? 'fde' : 'none',
    securityType: all((drive) => drive.fdeCapable) ? 'capable' : 'none',
    status: cache.isSuspended ? 'suspended' : isDegraded ? 'degraded' : 'optimal',
    statusCause: isDegraded ? 'drivesInaccessible' : 'none',
    type: 'readOnly',
    usedCapacity: String(array.ssdCaches.usedBytes),
    wwn: cache.wwn,
  };
}

const blockBytes = 512;

/** One read in so many finds only a part of it in the cache. */
const partialEvery = 8;

/** Of the blocks that are populated, so many percent are new ones (source: two polls of a recorded array). */
const newPercent = 5;

/** The statistics of the cache at one controller; the laws that recorded ones obey hold exactly. */
function statisticsOf(array: StorageArray, { ref }: ControllerRecord): Record<string, string> {
  const totals = array.statistics.live();
  const counters: Counters = totals.controllers.get(ref) ?? {};
  const { ssdReads = 0, ssdReadBytes = 0, ssdWrites = 0, ssdWriteBytes = 0 } = counters;
  const [readBlocks, writeBlocks] = [Math.floor(ssdReadBytes / blockBytes), Math.floor(ssdWriteBytes / blockBytes)];
  const [misses, partial] = [Math.floor(ssdReads / ssdMissEvery), Math.floor(ssdReads / partialEvery)];
  const [missBlocks, partialBlocks] = [Math.floor(readBlocks / ssdMissEvery), Math.floor(readBlocks / partialEvery)];
  const onWrites = Math.floor(ssdWrites / ssdMissEvery);
  const onWriteBlocks = Math.floor(writeBlocks / ssdMissEvery);
  const onReads = misses + partial;
  const onReadBlocks = missBlocks + partialBlocks;
  const available = Math.floor(array.ssdCaches.usedBytes / Math.max(1, array.controllers.list().length));
  const populated = ((onReadBlocks + onWriteBlocks) * blockBytes * newPercent) / 100;
  const clean = Math.min(available, Math.floor(populated));
  const values: Record<(typeof counterNames)[number], number> = {
    timestamp: Math.floor(totals.timeMs / 1000),
    reads: ssdReads,
    readBlocks,
    writes: ssdWrites,
    writeBlocks,
    fullCacheHits: ssdReads - partial - misses,
    fullCacheHitBlocks: readBlocks - partialBlocks - missBlocks,
    partialCacheHits: partial,
    partialCacheHitBlocks: partialBlocks,
    completeCacheMiss: misses,
    completeCacheMissBlocks: missBlocks,
    populateOnReads: onReads,
    populateOnReadBlocks: onReadBlocks,
    populateOnWrites: onWrites,
    populateOnWriteBlocks: onWriteBlocks,
    invalidates: ssdWrites,
    recycles: 0,
    availableBytes: available,
    allocatedBytes: Math.min(available, Math.ceil(clean / 2 ** 30) * 2 ** 30),
    populatedCleanBytes: clean,
    populatedDirtyBytes: 0,
  };
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
}

/** The SSD cache and its statistics. */
export function ssdCacheRoutes(routes: Routes): void {
  const response = { response: SsdCacheResponse };
  routes.onArray('getSsdCaches', { response: list(SsdCacheResponse) }, ({ array }) =>
    array.ssdCaches.list().map((cache) => ssdCacheView(array, cache)),
  );
  routes.onArray('getSsdCache', response, ({ array, id }) => ssdCacheView(array, array.ssdCaches.require(id)));
  routes.onArray('createSsdCache', { ...response, body: CreateRequest }, ({ array, body }) =>
    ssdCacheView(
      array,
      array.ssdCaches.create({
        label: body.name,
        driveRefs: body.driveIds,
        enableExistingVolumes: body.enableExistingVolumes,
      }),
    ),
  );
  routes.onArray('updateSsdCache', { ...response, body: UpdateRequest }, ({ array, id, body }) =>
    ssdCacheView(
      array,
      array.ssdCaches.update(id, {
        ...(body.name === undefined ? {} : { label: body.name }),
        ...(body.configType === undefined ? {} : { configType: body.configType }),
      }),
    ),
  );
  routes.onArray('updateSsdCacheDrives', { ...response, body: DrivesRequest }, ({ array, id, body }) =>
    ssdCacheView(
      array,
      body.action === 'addDrives'
        ? array.ssdCaches.addDrives(id, body.driveIds)
        : array.ssdCaches.removeDrives(id, body.driveIds),
    ),
  );
  routes.onArray('suspendSsdCache', response, ({ array, id }) =>
    ssdCacheView(array, array.ssdCaches.setSuspended(id, true)),
  );
  routes.onArray('resumeSsdCache', response, ({ array, id }) =>
    ssdCacheView(array, array.ssdCaches.setSuspended(id, false)),
  );
  routes.onArray('deleteSsdCache', {}, ({ array, id }) => array.ssdCaches.delete(id));
  compatibilityRoutes(routes);
  statisticsRoutes(routes);
}

/** What a cache could have, and could serve. */
function compatibilityRoutes(routes: Routes): void {
  routes.onArray('getSsdCacheCompatibleDrives', { response: object({ driveIds: list(text()) }) }, ({ array, id }) => {
    array.ssdCaches.require(id);
    return { driveIds: array.ssdCaches.compatibleDrives().map(({ ref }) => ref) };
  });
  routes.onArray(
    'getSsdCacheCompatibleVolumes',
    { response: object({ compatibleVolumeIds: list(text()) }) },
    ({ array, id }) => {
      array.ssdCaches.require(id);
      return { compatibleVolumeIds: array.ssdCaches.compatibleVolumes().map(({ ref }) => ref) };
    },
  );
}

function statisticsRoutes(routes: Routes): void {
  routes.onArray('getSsdCacheStatistics', { response: list(SsdCacheStatisticsResponse) }, ({ array, id }) => {
    array.ssdCaches.require(id);
    return array.controllers
      .list()
      .filter(({ ref }) => array.controllers.isUp(ref))
      .map((controller) => ({ controllerId: controller.ref, statistics: statisticsOf(array, controller) }));
  });
  // Asked of one controller, by the reference of the cache as the body; of any one when `controller` is not a or b.
  onSymbol(
    routes,
    'getFlashCacheStatistics',
    {
      reads: true,
      rawBody: true,
      response: object({ returnCode: text(), flashCacheStatistics: FlashCacheStatistics }),
    },
    ({ array, body, controller }) => {
      if (typeof body === 'string' && body !== '') array.ssdCaches.require(body);
      else array.ssdCaches.only();
      const controllers = array.controllers.list();
      const asked = controllers.find(({ label }) => label === controller?.toUpperCase());
      const one = asked ?? controllers.find(({ ref }) => array.controllers.isUp(ref));
      if (one === undefined) return undefined;
      return { returnCode: 'ok', flashCacheStatistics: statisticsOf(array, one) };
    },
  );
}
