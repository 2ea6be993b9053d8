import type { StorageArray } from '../array/storage-array.js';
import type { StorageSystem, StorageSystems } from '../array/storage-systems.js';
import { json } from '../http/messages.js';
import { dateTime } from './date-time.js';
import { RestError } from './errors.js';
import { stagedView, stageFiles } from './firmware.js';
import { cfwFile } from './firmware-files.js';
import { healthOf } from './health-checks.js';
import { onKeeper } from './keeper.js';
import type { Routes } from './route.js';
import {
  AsyncStringResponse,
  CFWBatchUpgradeRequest,
  CFWBatchUpgradeResponse,
  CFWBatchVersionsResponse,
} from './schemas/firmware.js';
import { boolean, list, object, optional, type Static } from './schemas/types.js';
import { logService } from './service-logs.js';
import { firmwareVersions } from './storage-systems.js';

type Request = Static<typeof CFWBatchUpgradeRequest>;

/** What became of one storage system of a batch; null for an upgrade that its array goes on with, or has ended. */
interface Entry {
  readonly systemId: string;
  readonly failure: string | null;
}

interface Batch {
  readonly jobId: string;
  readonly request: Request;
  readonly startMs: number;
  readonly entries: readonly Entry[];
  readonly isCancelled: boolean;
}

const kind = 'station/firmwareBatch';

/** Stages the files on one system and activates them; says what is wrong where that cannot be. */
function begin(
  system: StorageSystem | undefined,
  station: StorageArray,
  request: Request,
  isForced: boolean,
): string | null {
  const array = system?.array;
  if (system === undefined || array == null || !system.online) return 'The storage system does not answer.';
  try {
    const { firmwareFile, nvsramFile, activate } = request;
    const files = [firmwareFile, nvsramFile].flatMap((name) => (name ? [cfwFile(station, name)] : []));
    if (files.length > 0) stageFiles(array, files, false);
    if (activate && !isForced && healthOf(system).successful !== true) return 'The health check failed.';
    if (activate) array.firmwareUpgrades.activate();
    return null;
  } catch (error) {
    if (error instanceof Error) return error.message;
    throw error;
  }
}

function statusOf(systems: StorageSystems, { entries, request, isCancelled }: Batch, entry: Entry) {
  if (entry.failure !== null) return 'failed' as const;
  const state = systems.find(entry.systemId)?.array?.firmwareUpgrades.state?.status;
  if (!request.activate || state === 'complete') return 'complete' as const;
  if (state === 'failed') return 'failed' as const;
  return isCancelled && entries.length > 0 && state === 'staged' ? ('cancelled' as const) : ('running' as const);
}

function view(
  systems: StorageSystems,
  array: StorageArray,
  batch: Batch,
  isDetailed: boolean,
): Static<typeof CFWBatchUpgradeResponse> {
  const { jobId, request, startMs, entries } = batch;
  const statuses = entries.map((entry) => ({ entry, status: statusOf(systems, batch, entry) }));
  const isRunning = statuses.some(({ status }) => status === 'running');
  const failures = statuses.filter(({ status }) => status === 'failed').length;
  const status = isRunning ? 'running' : failures === entries.length ? 'failed' : 'complete';
  const phase = isRunning ? 'waitForReboot' : 'complete';
  return {
    jobId,
    systemInfos: request.systemInfos ?? [],
    firmwareFilename: request.firmwareFile ?? '',
    nvsramFilename: request.nvsramFile ?? '',
    activate: request.activate ?? false,
    phase,
    phaseText: phase,
    status,
    statusText: status,
    systemFailureCount: failures,
    startTime: dateTime(array, startMs),
    elapsedTime: String(Math.floor((array.now() - startMs) / 1000)),
    ...(isDetailed && {
      statusEntries: statuses.map(({ entry, status: of }) => ({
        startTime: dateTime(array, startMs),
        systemId: entry.systemId,
        systemName: systems.find(entry.systemId)?.array?.system.label ?? '',
        status: of,
        statusText: of,
        finalPhase: of === 'running' ? ('none' as const) : ('complete' as const),
        finalPhaseText: '',
        currentPhase: of === 'running' ? ('waitForReboot' as const) : ('complete' as const),
        currentPhaseText: '',
        statusDesc: entry.failure ?? '',
        statusParams: '',
      })),
    }),
  };
}

const Detail = object({ includeDetail: optional(boolean()) });

/** Upgrades of several storage systems' controllers at once, by a proxy. */
export function firmwareBatchRoutes(routes: Routes): void {
  onKeeper(
    routes,
    'upgradeBatchControllerFirmware',
    { body: CFWBatchUpgradeRequest, response: AsyncStringResponse },
    ({ array, systems, body }) => {
      const infos = body.systemInfos ?? [];
      if (infos.length === 0) throw new RestError('missingField', 'Name the storage systems.', ['systemInfos']);
      if (!body.firmwareFile && !body.nvsramFile && !body.activate)
        throw new RestError('missingField', 'Name a firmwareFile or an nvsramFile, or activate what is staged.', [
          'firmwareFile',
        ]);
      for (const name of [body.firmwareFile, body.nvsramFile]) if (name) cfwFile(array, name);
      const jobId = array.transact(() => String(array.takeCounter('job')));
      const entries = infos.map(({ systemId = '', allowNonOptimalActivation = false }) => ({
        systemId,
        failure: begin(systems.find(systemId), array, body, allowNonOptimalActivation),
      }));
      const batch: Batch = { jobId, request: body, startMs: array.now(), entries, isCancelled: false };
      array.documents.put(kind, jobId, batch);
      logService(array, 'cfwBatchUpgradeLogger', `Batch ${jobId} upgrades ${infos.length} storage systems`);
      return json({ requestId: jobId }, 202);
    },
  );
  const find = (array: StorageArray, id: string): Batch => array.documents.require(kind, id, 'firmware batch');
  onKeeper(
    routes,
    'getFirmwareUpgradeStatus',
    { query: Detail, response: CFWBatchUpgradeResponse },
    ({ array, systems, id, query }) => {
      for (const system of systems.list()) system.array?.completeDueJobs();
      return view(systems, array, find(array, id), query.includeDetail ?? false);
    },
  );
  onKeeper(
    routes,
    'getLastFirmwareUpgradeStatus',
    { query: Detail, response: CFWBatchUpgradeResponse },
    ({ array, systems, query }) => {
      const last = array.documents.list<Batch>(kind).at(-1);
      if (last !== undefined) return view(systems, array, last, query.includeDetail ?? false);
      return { status: 'notStarted', phase: 'none', systemInfos: [], systemFailureCount: 0 };
    },
  );
  onKeeper(routes, 'cancelBatchFirmwareUpgrade', {}, ({ array, id }) => {
    // What an array loads already, it loads to the end.
    array.documents.put(kind, id, { ...find(array, id), isCancelled: true });
  });
  onKeeper(
    routes,
    'getCodeVersions',
    { query: object({ stagedOnly: optional(boolean()) }), response: list(CFWBatchVersionsResponse) },
    ({ systems, query }) =>
      systems.list().flatMap(({ id, array }) => {
        const isStagedValid = array?.firmwareUpgrades.staged !== undefined;
        if (array === null || (query.stagedOnly && !isStagedValid)) return [];
        return [
          {
            systemId: id,
            isStagedValid,
            installedVersions: firmwareVersions(array),
            stagedVersions: stagedView(array),
          },
        ];
      }),
  );
}
