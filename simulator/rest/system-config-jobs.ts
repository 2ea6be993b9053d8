import type { StorageArray } from '../array/storage-array.js';
import type { StorageSystems } from '../array/storage-systems.js';
import { json } from '../http/messages.js';
import { dateTime } from './date-time.js';
import { RestError } from './errors.js';
import { onKeeper, refuseField } from './keeper.js';
import type { Routes } from './route.js';
import { SystemReplicationRequest, SystemReplicationResponseData } from './schemas/batches.js';
import { AsyncStringResponse } from './schemas/firmware.js';
import {
  JobInfo,
  SystemConfig,
  SystemConfigCapabilities,
  SystemConfigStartRequest,
  SystemConfigStartResponse,
  SystemConfigStatus,
} from './schemas/system-config.js';
import { boolean, integer, object, optional, type Static, text } from './schemas/types.js';
import { logService } from './service-logs.js';
import {
  type ConfigurationElement,
  type ConfigurationStep,
  configurationElements,
  configurationOf,
  configure,
} from './system-config.js';

type Job = Static<typeof JobInfo>;

const jobs = 'array/systemConfigJob';
const mostJobs = 50;

/** The elements of a query: words with commas between them, all without any. */
function elementsOf(given: string | undefined): ConfigurationElement[] {
  const words = (given ?? '').split(',').filter((word) => word !== '');
  const wrong = words.find((word) => !(configurationElements as readonly string[]).includes(word));
  if (wrong !== undefined) throw refuseField('applyElements', wrong, configurationElements.join(', '));
  return words.length === 0 ? ['all'] : (words as ConfigurationElement[]);
}

function stepView(array: StorageArray, { type, objectName, error }: ConfigurationStep, index: number) {
  return {
    sequenceNumber: index + 1,
    type,
    objectName,
    startTime: dateTime(array, array.now()),
    durationMs: '0',
    state: error === undefined ? ('success' as const) : ('failedAndContinued' as const),
    errorType: error === undefined ? ('none' as const) : ('symbol' as const),
    errorCode: error?.returnCode ?? '',
  };
}

/** Configuring a whole array: from a model that another one gave, or that was written by hand. It is done at once. */
export function systemConfigRoutes(routes: Routes): void {
  onKeeper(routes, 'getSystemConfig', { response: SystemConfig }, ({ array }) => configurationOf(array));
  onKeeper(routes, 'getSystemConfigCapabilities', { response: SystemConfigCapabilities }, () => ({
    capabilities: configurationElements,
  }));
  onKeeper(
    routes,
    'startSystemConfig',
    {
      body: SystemConfigStartRequest,
      query: object({ applyElements: optional(text()) }),
      response: SystemConfigStartResponse,
    },
    ({ array, body: { jobId: wantedId, ...configModel }, query }) => {
      const configTypes = elementsOf(query.applyElements);
      return array.transact(() => {
        const id = wantedId || String(array.takeCounter('job'));
        if (array.documents.find(jobs, id) !== undefined) throw refuseField('jobId', id, 'an id that no other job has');
        const steps = configure(array, configModel, configTypes);
        const numberFailures = steps.filter(({ error }) => error !== undefined).length;
        const job: Job = {
          id,
          startTime: dateTime(array, array.now()),
          configTypes,
          configModel,
          durationMs: '0',
          state: numberFailures === 0 ? 'completed' : 'failed',
          percentComplete: 100,
          numberSteps: steps.length,
          numberFailures,
          steps: steps.map((step, index) => stepView(array, step, index)),
        };
        const present = array.documents.list<Job>(jobs);
        for (const old of present.slice(0, Math.max(0, present.length - mostJobs + 1)))
          array.documents.delete(jobs, old.id);
        array.documents.put(jobs, id, job);
        return { jobId: id };
      });
    },
  );
  onKeeper(routes, 'getSystemConfigStatus', { response: SystemConfigStatus }, () => ({ operationInProgress: false }));
  onKeeper(routes, 'getSystemConfigJobDetails', { response: JobInfo }, ({ array, id }) =>
    array.documents.require<Job>(jobs, id, 'configuration job'),
  );
  // What has begun has ended: there is never anything to stop.
  onKeeper(routes, 'cancelSystemConfig', { status: 204 }, () => undefined);
  replicationRoutes(routes);
}

type Replication = Static<typeof SystemReplicationResponseData>;

const replications = 'station/systemReplication';

/** Copying one array's configuration to others, by a proxy. */
function replicationRoutes(routes: Routes): void {
  onKeeper(
    routes,
    'startSystemReplication',
    {
      body: SystemReplicationRequest,
      query: object({ timeout: optional(integer({ minimum: 1 })) }),
      response: AsyncStringResponse,
    },
    ({ array, systems, body: { sourceSystemId = '', targetSystemIds = [], configurationElements } }) => {
      const configTypes: ConfigurationElement[] = configurationElements ?? ['all'];
      const { source, targets } = replicationBetween(systems, sourceSystemId, targetSystemIds);
      const model = configurationOf(source);
      const failureEntries = targets.flatMap(({ id, target }) =>
        configure(target, model, configTypes).flatMap((step, index) => failureOf(array, { id, target }, step, index)),
      );
      const jobId = array.transact(() => String(array.takeCounter('job')));
      const replication: Replication = {
        jobId,
        sourceSystemId,
        sourceSystemName: source.system.label,
        targetSystemIds,
        state: failureEntries.length === 0 ? 'complete' : 'failed',
        processFailureReason: '',
        percentComplete: 100,
        systemFailureCount: new Set(failureEntries.map(({ systemId }) => systemId)).size,
        startTime: dateTime(array, array.now()),
        elapsedTime: '0',
        sourceDocument: JSON.stringify(model),
        configTypes,
        failureEntries,
      };
      array.documents.put(replications, jobId, replication);
      logService(
        array,
        'systemReplLogger',
        `Replication ${jobId} of ${sourceSystemId}: ${failureEntries.length} failures`,
      );
      return json({ requestId: jobId }, 202);
    },
  );
  onKeeper(
    routes,
    'getSystemReplicationJobStatus',
    { query: object({ includeDetail: optional(boolean()) }), response: SystemReplicationResponseData },
    ({ array, id, query }) => {
      const found = array.documents.find<Replication>(replications, id);
      if (found === undefined) throw new RestError('notFound', `There is no replication '${id}'.`);
      return query.includeDetail ? found : { ...found, failureEntries: [] };
    },
  );
}

interface ReplicationTarget {
  readonly id: string;
  readonly target: StorageArray;
}

/** The arrays of a replication. Throws RestError for an id that is of none, or of the source. */
function replicationBetween(systems: StorageSystems, sourceSystemId: string, targetSystemIds: readonly string[]) {
  const source = systems.find(sourceSystemId)?.array;
  if (source == null) throw refuseField('sourceSystemId', sourceSystemId, 'the id of a storage system');
  if (targetSystemIds.length === 0)
    throw refuseField('targetSystemIds', targetSystemIds, 'one storage system at least');
  const targets = targetSystemIds.map((id): ReplicationTarget => {
    const target = systems.find(id)?.array;
    if (target == null || target === source)
      throw refuseField('targetSystemIds', id, 'the id of another storage system');
    return { id, target };
  });
  return { source, targets };
}

/** A step that failed at a target, as a replication tells it; nothing for one that did not. */
function failureOf(
  array: StorageArray,
  { id, target }: ReplicationTarget,
  { type, objectName, error }: ConfigurationStep,
  index: number,
): NonNullable<Replication['failureEntries']> {
  if (error === undefined) return [];
  return [
    {
      startTime: dateTime(array, array.now()),
      systemId: id,
      systemName: target.system.label,
      sequenceNum: index + 1,
      jobStepType: type,
      jobStepTypeText: type,
      stepDuration: '0',
      objectName,
      statusDesc: error.message,
      statusCode: error.returnCode,
      statusCodeSource: 'symbol',
    },
  ];
}
