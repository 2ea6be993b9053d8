import type { StorageArray } from '../array/storage-array.js';
import type { StorageSystem, StorageSystems } from '../array/storage-systems.js';
import { actionNames } from './actions.js';
import { dateTime } from './date-time.js';
import { RestError } from './errors.js';
import { onKeeper, stationArray } from './keeper.js';
import type { Routes } from './route.js';
import { InitialAsyncResponse } from './schemas/firmware.js';
import { FirmwareUpgradeHealthCheckResult, HealthCheckRequest, HealthCheckResponse } from './schemas/health-check.js';
import { Int64, object, optional, type Static } from './schemas/types.js';

type Result = Static<typeof FirmwareUpgradeHealthCheckResult>;
type Type = NonNullable<NonNullable<Result['driveCheck']>['type']>;

/** One check: what is wrong, in sentences; nothing when it passes. */
function check(type: Type, problems: readonly string[] = []) {
  const successful = problems.length === 0;
  return {
    result: successful ? ('ok' as const) : ('failed' as const),
    type,
    severityLevel: successful ? ('unknown' as const) : ('high' as const),
    resultsData: problems.join(' '),
    successful,
  };
}

/** Whether an array is fit for an upgrade of its firmware, by what it knows of itself. */
export function healthOf({ id, array, online }: StorageSystem): Result {
  if (array === null || !online) {
    const storageDeviceAccessible = check('storageDeviceAccessible', ['The storage system does not answer.']);
    return {
      storageDeviceId: id,
      successful: false,
      finished: true,
      recommendedRecovery: 'callSupport',
      storageDeviceAccessible,
    };
  }
  const drives = array.tables.drives.toJSON();
  const failedDrives = drives.filter(({ status }) => status === 'failed');
  const down = array.controllers.list().filter(({ ref }) => !array.controllers.isUp(ref));
  const ailing = array.tables.pools.toJSON().filter((pool) => array.poolRedundancy.raidStatus(pool) !== 'optimal');
  const jobs = array.tables.jobs.toJSON();
  const components = array.tables.components.size;
  const sparesInUse = jobs.some(({ kind }) => kind === 'reconstruction' || kind === 'copyback');
  const checks = {
    storageDeviceAccessible: check('storageDeviceAccessible'),
    spmDatabaseVerification: { ...check('spmDatabaseVerification'), failureMessages: [] },
    configurationDatabaseCheck: { ...check('configurationDatabaseCheck'), status: 'ok' as const },
    objectGraphSyncCheck: { ...check('objectGraphSyncCheck'), cfwMatch: true, nvsramMatch: true },
    volumeGroupsComplete: check(
      'volumeGroupsComplete',
      ailing.map(({ label }) => `Pool ${label} is not optimal.`),
    ),
    controllerStatusOptimal: check(
      'controllerStatusOptimal',
      down.map(({ label, status }) => `Controller ${label} is ${status}.`),
    ),
    hotSparesInUse: check('hotSparesInUse', sparesInUse ? ['A hot spare is in use.'] : []),
    driveCheck: check('driveCheck', failedDrives.length === drives.length ? ['No drive is optimal.'] : []),
    exclusiveOperations: {
      ...check(
        'exclusiveOperations',
        jobs.map(({ kind, objectRef }) => `${kind} goes on at ${objectRef}.`),
      ),
      volumeRefToAction: Object.fromEntries(jobs.map(({ kind, objectRef }) => [objectRef, actionNames[kind]])),
    },
    failedDrivesPresent: check(
      'failedDrivesPresent',
      failedDrives.map(({ ref }) => `Drive ${ref} has failed.`),
    ),
    validPasswordSet: check('validPassword', array.passwords.isStoredRight ? [] : ['The stored password is wrong.']),
    melCheck: { ...check('melEventCheck'), warningMessages: [], tooMuchActivity: false },
    dbSubRecordsValidation: check('dbSubRecordsValidation'),
    driveSideShipping: check('driveSideShipping'),
    nvsramDisableCfwDownloads: check('nvsramDisableCfwDownloads'),
    needsAttentionCheck: {
      ...check('needsAttention', components > 0 ? [`${components} parts need attention.`] : []),
      failureTypes: array.tables.components.toJSON().map(({ kind }) => kind),
    },
    integratedHealthCheck: { ...check('integratedHealthCheck'), healthCheckTests: [] },
    altCommLinkFailure: check('altCommLinkFailure'),
    ptlDisallowDownloads: check('ptlDisallowDownloads'),
  };
  const successful = Object.values(checks).every((each) => each.successful);
  return {
    storageDeviceId: id,
    storageDeviceName: array.system.label,
    storageDeviceWWN: array.system.wwn,
    processingTimeMS: '0',
    rerun: false,
    recommendedRecovery: successful ? 'noAction' : jobs.length > 0 ? 'waitLongLivedOps' : 'recoveryGuru',
    successful,
    finished: true,
    ...checks,
  };
}

/** Throws RestError when an array is not fit for an upgrade, with what is wrong. */
export function refuseUnhealthy(system: StorageSystem): void {
  const { successful, ...result } = healthOf(system);
  if (successful) return;
  const problems = Object.values(result).flatMap((each) =>
    typeof each === 'object' && 'resultsData' in each && each.resultsData ? [each.resultsData] : [],
  );
  throw new RestError('unprocessable', `The health check failed: ${problems.join(' ')}`);
}

/** The systems that a request names, all when it names none. Throws RestError for one that is unknown. */
export function namedSystems(systems: StorageSystems, ids: readonly string[] | undefined): readonly StorageSystem[] {
  if (ids === undefined || ids.length === 0) return systems.list();
  return ids.map((id) => {
    const found = systems.find(id);
    if (found === undefined)
      throw new RestError('unknownSystem', `There is no storage system '${id}'.`, ['storageDeviceIds']);
    return found;
  });
}

type Stored = Static<typeof HealthCheckResponse>;

const kind = 'station/healthCheck';

/** Health checks: they take no time, and are ended as soon as they begin. */
export function healthCheckRoutes(routes: Routes): void {
  routes.onArray('startFirmwareHealthCheck', { response: FirmwareUpgradeHealthCheckResult }, ({ system }) =>
    healthOf(system),
  );
  onKeeper(
    routes,
    'start-HealthCheck',
    { body: HealthCheckRequest, bodyOptional: true, response: InitialAsyncResponse },
    ({ array, systems, body: { storageDeviceIds, onlineOnly = true } }) => {
      const named = namedSystems(systems, storageDeviceIds).filter(({ online }) => online || !onlineOnly);
      return array.transact(() => {
        const requestId = String(array.takeCounter('job'));
        const stored: Stored = {
          requestId,
          healthCheckRunning: false,
          cancelled: false,
          remaining: 0,
          results: named.map(healthOf),
          start: dateTime(array, array.now()),
        };
        array.documents.put(kind, 'last', stored);
        return { requestId };
      });
    },
  );
  onKeeper(
    routes,
    'get-HealthCheckStatus',
    { query: object({ requestId: optional(Int64) }), response: HealthCheckResponse },
    ({ array, query }) => lastCheck(array, query.requestId),
  );
  onKeeper(routes, 'cancel-HealthCheck', { status: 204 }, () => {
    const array = stationArray(routes);
    const last = array.documents.find<Stored>(kind, 'last');
    if (last?.healthCheckRunning)
      array.documents.put(kind, 'last', { ...last, healthCheckRunning: false, cancelled: true });
  });
}

function lastCheck(array: StorageArray, requestId: string | undefined): Stored {
  const last = array.documents.find<Stored>(kind, 'last');
  if (last !== undefined && (requestId === undefined || requestId === last.requestId)) return last;
  if (requestId !== undefined)
    throw new RestError('notFound', `There is no health check '${requestId}'.`, ['requestId']);
  return {
    requestId: '0',
    healthCheckRunning: false,
    cancelled: false,
    remaining: 0,
    results: [],
    start: dateTime(array, 0),
  };
}
