import { parse } from 'node:querystring';
import type { StorageArray } from '../array/storage-array.js';
import { parseBody } from '../http/body.js';
import type { Handler, HttpRequest } from '../http/messages.js';
import { dateTime } from './date-time.js';
import { RestError } from './errors.js';
import { onKeeper, refuseField } from './keeper.js';
import { apiRoot } from './operations.js';
import type { Routes } from './route.js';
import { BatchInfo, BatchResponse, StartBatchRequest } from './schemas/batches.js';
import { InitialAsyncResponse } from './schemas/firmware.js';
import { boolean, object, optional, type Static } from './schemas/types.js';
import { logService } from './service-logs.js';

type Job = Static<typeof StartBatchRequest>['jobDescription'][number];
type Step = NonNullable<Static<typeof BatchResponse>['jobStepStatus']>[number];

interface Batch {
  readonly response: Static<typeof BatchResponse>;
  readonly systemIds: readonly string[];
  readonly apiUrl: readonly string[];
}

const kind = 'station/batch';
const mostBatches = 100;
const mostSteps = 500;

/** How many characters of the answers of a batch are kept. */
const mostAnswerCharacters = 2 ** 20;

/** What stands in a URL for the storage system. */
const placeholder = /\{system-?id\}|:system-?id\b/i;

function urlFor(job: Job, systemId: string): string {
  const path = job.apiURL.replace(placeholder, encodeURIComponent(systemId)).replace(/^\/*(?:devmgr\/v2\/)?/i, '');
  return `${apiRoot}/${path}`;
}

/** Makes the requests of a batch, one after the other, as the one who asked for the batch. */
async function perform(
  array: StorageArray,
  systems: Parameters<typeof nameOf>[0],
  request: HttpRequest,
  { body, forward, id }: { body: Static<typeof StartBatchRequest>; forward: Handler; id: number },
): Promise<Step[]> {
  const steps: Step[] = [];
  let charactersLeft = mostAnswerCharacters;
  for (const [index, job] of body.jobDescription.entries())
    for (const systemId of job.systemIds) {
      const url = urlFor(job, systemId);
      const { authorization, cookie } = request.headers;
      const xsrf = request.headers['x-xsrf-token'];
      const { status, body: answer } = await forward({
        method: job.httpVerb,
        url,
        headers: { 'content-type': 'application/json', authorization, cookie, 'x-xsrf-token': xsrf },
        query: parse(url.split('?')[1] ?? ''),
        body: job.requestBodyDocument ? parseBody(job.requestBodyDocument) : undefined,
        ip: request.ip,
      });
      const shown = String(answer).slice(0, charactersLeft);
      charactersLeft -= shown.length;
      steps.push({
        jobName: `${body.batchName}-${index + 1}`,
        jobId: index + 1,
        jobComplete: true,
        percentComplete: 100,
        systemId,
        systemName: nameOf(systems, systemId),
        httpVerb: job.httpVerb,
        executionUrl: url,
        executionMillis: 0,
        retriesAttempted: 0,
        resultStatus: status < 300 ? 'SUCCESS' : 'FAILED',
        stepResult: {
          httpStatusCode: status,
          httpStatusPhrase: '',
          httpResultHeaders: [],
          httpReturnBody: shown,
        },
      });
    }
  const failed = steps.filter(({ resultStatus }) => resultStatus === 'FAILED').length;
  logService(array, 'batchLogger', `Batch ${id} (${body.batchName}): ${steps.length} steps, ${failed} failed`);
  return steps;
}

function nameOf(systems: { find(id: string): { array: StorageArray | null } | undefined }, id: string): string {
  return systems.find(id)?.array?.system.label ?? '';
}

function checkJobs(jobs: readonly Job[], systems: Parameters<typeof nameOf>[0]): void {
  if (jobs.length === 0) throw refuseField('jobDescription', jobs, 'one job at least');
  const steps = jobs.reduce((sum, { systemIds }) => sum + systemIds.length, 0);
  if (steps > mostSteps) throw refuseField('systemIds', `${steps} steps`, `${mostSteps} steps of all jobs at most`);
  for (const { systemIds, apiURL } of jobs) {
    if (systemIds.length === 0) throw refuseField('systemIds', systemIds, 'one storage system at least');
    const unknown = systemIds.find((id) => systems.find(id) === undefined);
    if (unknown !== undefined) throw refuseField('systemIds', unknown, 'the id of a known storage system');
    if (leadsToBatch(apiURL)) throw refuseField('apiURL', apiURL, 'an operation that is neither a batch nor forwarded');
  }
}

/** Whether a URL is that of a batch, or is passed on to where one may be: batches of batches grow without bound. */
function leadsToBatch(apiURL: string): boolean {
  const parts = (apiURL.split('?')[0] ?? '').split('/').filter((part) => part !== '');
  const isWhole = parts[0]?.toLowerCase() === 'devmgr' && parts[1]?.toLowerCase() === 'v2';
  return parts[isWhole ? 2 : 0] === 'batch' || parts.includes('forward');
}

/** Batches of requests to several storage systems. They are made at once; what became of them is kept. */
export function batchRoutes(routes: Routes, forward: Handler): void {
  onKeeper(
    routes,
    'initiateBatchOperation',
    { body: StartBatchRequest, response: InitialAsyncResponse },
    async ({ array, systems, body, request }) => {
      checkJobs(body.jobDescription, systems);
      const id = array.transact(() => array.takeCounter('job'));
      const steps = await perform(array, systems, request, { body, forward, id });
      const systemIds = [...new Set(body.jobDescription.flatMap((job) => job.systemIds))];
      const batch: Batch = {
        systemIds,
        apiUrl: [...new Set(body.jobDescription.map(({ apiURL }) => apiURL))],
        response: {
          batchId: id,
          batchName: body.batchName,
          batchGroupId: body.batchGroupId ?? String(id),
          startTime: dateTime(array, array.now()),
          batchComplete: true,
          percentComplete: 100,
          batchState: 'COMPLETE',
          numberJobs: body.jobDescription.length,
          numberSystemIds: systemIds.length,
          numberJobSteps: steps.length,
          jobStepStatus: steps,
        },
      };
      array.transact(() => {
        const present = array.documents.list<Batch>(kind);
        for (const { response } of present.slice(0, Math.max(0, present.length - mostBatches + 1)))
          array.documents.delete(kind, String(response.batchId));
        array.documents.put(kind, String(id), batch);
      });
      return { requestId: String(id) };
    },
  );
  onKeeper(
    routes,
    'getBatchStatus',
    { query: object({ returnJobResultData: optional(boolean()) }), response: BatchResponse },
    ({ array, id, query }) => {
      const found = array.documents.find<Batch>(kind, id);
      if (found === undefined) throw new RestError('notFound', `There is no batch '${id}'.`);
      const { response } = found;
      if (query.returnJobResultData) return response;
      const jobStepStatus = (response.jobStepStatus ?? []).map((step) => {
        const { stepResult: _result, ...rest } = step;
        return rest;
      });
      return { ...response, jobStepStatus };
    },
  );
  onKeeper(routes, 'getAllBatchJobMedatada', { response: BatchInfo }, ({ array }) => ({
    info: array.documents.list<Batch>(kind).map(({ response, systemIds, apiUrl }) => ({
      batchId: response.batchId,
      batchName: response.batchName,
      batchGroupId: response.batchGroupId,
      systemIds,
      apiUrl,
      state: response.batchState,
    })),
  }));
}
