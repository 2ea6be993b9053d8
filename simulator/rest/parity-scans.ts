import type { ParityScanRecord } from '../array/records.js';
import type { StorageArray } from '../array/storage-array.js';
import { seconds } from './epoch-seconds.js';
import { RestError } from './errors.js';
import type { Routes } from './route.js';
import type { Shown } from './schemas/shown.js';
import { boolean, Int64, integer, list, object, oneOf, optional, text, unknown } from './schemas/types.js';

const JobStatus = oneOf('notStarted', 'inProgress', 'cancelling', 'cancelled', 'completed', 'failed');
const Priority = oneOf('priority0', 'priority1', 'priority2', 'priority3', 'priority4', '__UNDEFINED');

const CheckRequest = object({
  startLba: optional(Int64),
  endLba: optional(Int64),
  scanPriority: optional(Priority),
  repairParityErrors: optional(boolean()),
  repairMediaErrors: optional(boolean()),
});

const RepairRequest = object({
  startingLba: optional(Int64),
  endingLba: optional(Int64),
  repairByReconstruct: optional(boolean()),
  repairByUnmapping: optional(boolean()),
  repairByUpdatingPParity: optional(boolean()),
  repairByUpdatingQParity: optional(boolean()),
  repairByUpdatingData: optional(boolean()),
  repairByWritingZeros: optional(boolean()),
  repairPi: optional(boolean()),
  suspectDrives: optional(list(text())),
});

const CheckJob = object({
  jobId: text(),
  jobStartedTimestamp: text(),
  volumeId: text(),
  volumeName: text(),
  jobStatus: JobStatus,
  startLba: Int64,
  endLba: Int64,
  scanPriority: Priority,
  repairParityErrors: boolean(),
  repairMediaErrors: boolean(),
  lastScannedLba: Int64,
  percentComplete: integer(),
  runtimeInSec: Int64,
  estimatedTimeRemainingInSec: Int64,
  totalParityErrorsDetected: integer(),
});

const CheckErrors = object({
  jobId: text(),
  jobStatus: JobStatus,
  volumeId: text(),
  volumeName: text(),
  parityErrors: list(unknown()),
});

const RepairJob = object({
  jobId: text(),
  volumeId: text(),
  percentComplete: integer(),
  status: oneOf('notStarted', 'inProgress', 'complete', 'failed'),
});

function checkView(array: StorageArray, scan: ParityScanRecord): Shown<typeof CheckJob> {
  const percent = array.parityScans.percent(scan);
  const job = array.parityScans.jobOf(scan);
  const blocks = scan.endLba - scan.startLba;
  return {
    jobId: scan.ref,
    jobStartedTimestamp: seconds(scan.startMs),
    ...namesOf(array, scan),
    jobStatus: array.parityScans.state(scan),
    startLba: String(scan.startLba),
    endLba: String(scan.endLba),
    scanPriority: scan.priority,
    repairParityErrors: scan.repairsParity,
    repairMediaErrors: scan.repairsMedia,
    lastScannedLba: String(scan.startLba + Math.floor((blocks * percent) / 100)),
    percentComplete: percent,
    runtimeInSec: seconds((scan.endMs ?? array.now()) - scan.startMs),
    estimatedTimeRemainingInSec: String(job === undefined ? 0 : array.jobs.minutesLeft(job) * 60),
    totalParityErrorsDetected: 0,
  };
}

function errorsView(array: StorageArray, scan: ParityScanRecord): Shown<typeof CheckErrors> {
  return { jobId: scan.ref, jobStatus: array.parityScans.state(scan), ...namesOf(array, scan), parityErrors: [] };
}

function repairView(array: StorageArray, scan: ParityScanRecord): Shown<typeof RepairJob> {
  const state = array.parityScans.state(scan);
  return {
    jobId: scan.ref,
    volumeId: scan.volumeRef,
    percentComplete: array.parityScans.percent(scan),
    status: state === 'completed' ? 'complete' : state === 'inProgress' ? 'inProgress' : 'failed',
  };
}

function namesOf(array: StorageArray, scan: ParityScanRecord) {
  return { volumeId: scan.volumeRef, volumeName: array.volumes.require(scan.volumeRef).label };
}

/** A block number of a request. Throws RestError for one that JSON numbers cannot hold. */
function blockNumber(value: string | undefined, field: string): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!Number.isSafeInteger(number))
    throw new RestError('invalidField', `The ${field} is ${value}: a volume has fewer blocks.`, [field]);
  return number;
}

/** A client looks at the scans of a kind: work that proceeds by looks moves on. */
function lookAtScans(array: StorageArray, kind: ParityScanRecord['kind']): ParityScanRecord[] {
  array.jobs.recordPollOfAll(kind === 'check' ? 'parityCheck' : 'parityRepair');
  return array.parityScans.list(kind);
}

function lookAtScan(array: StorageArray, kind: ParityScanRecord['kind'], id: string): ParityScanRecord {
  array.jobs.recordPoll(array.parityScans.require(kind, id).volumeRef);
  return array.parityScans.require(kind, id);
}

/** Checks and repairs of parity, as jobs that go on in the background. */
export function parityScanRoutes(routes: Routes): void {
  checkRoutes(routes);
  const started = object({ jobId: text(), volumeId: text() });
  routes.onArray(
    'dataParityRepairVolume',
    { body: RepairRequest, bodyOptional: true, response: started, status: 202 },
    ({ array, id, body }) => {
      for (const drive of body.suspectDrives ?? []) array.drives.require(drive);
      const startLba = blockNumber(body.startingLba, 'startingLba');
      const endLba = blockNumber(body.endingLba, 'endingLba');
      const scan = array.parityScans.start(id, { kind: 'repair', startLba, endLba });
      return { jobId: scan.ref, volumeId: scan.volumeRef };
    },
  );
  routes.onArray('getDataParityRepairVolumeJobs', { response: list(RepairJob) }, ({ array }) =>
    lookAtScans(array, 'repair').map((scan) => repairView(array, scan)),
  );
  routes.onArray('getDataParityRepairVolumeJob', { response: RepairJob }, ({ array, id }) =>
    repairView(array, lookAtScan(array, 'repair', id)),
  );
}

function checkRoutes(routes: Routes): void {
  const started = object({ jobId: text(), volumeId: text(), volumeName: text() });
  routes.onArray(
    'checkVolumeParity',
    { body: CheckRequest, bodyOptional: true, response: started, status: 202 },
    ({ array, id, body }) => {
      const scan = array.parityScans.start(id, {
        kind: 'check',
        startLba: blockNumber(body.startLba, 'startLba'),
        endLba: blockNumber(body.endLba, 'endLba'),
        priority: body.scanPriority ?? 'priority2',
        repairsParity: body.repairParityErrors,
        repairsMedia: body.repairMediaErrors,
      });
      return { jobId: scan.ref, ...namesOf(array, scan) };
    },
  );
  routes.onArray('getCheckVolumeParityJobs', { response: list(CheckJob) }, ({ array }) =>
    lookAtScans(array, 'check').map((scan) => checkView(array, scan)),
  );
  routes.onArray('getCheckVolumeParityJobById', { response: CheckJob }, ({ array, id }) =>
    checkView(array, lookAtScan(array, 'check', id)),
  );
  routes.onArray('deleteCheckVolumeParityJobById', { status: 202 }, ({ array, id }) => array.parityScans.cancel(id));
  routes.onArray('getCheckVolumeParityErrorsForJobs', { response: list(CheckErrors) }, ({ array }) =>
    array.parityScans.list('check').map((scan) => errorsView(array, scan)),
  );
  routes.onArray('getCheckVolumeParityErrorsByJobId', { response: CheckErrors }, ({ array, id }) =>
    errorsView(array, array.parityScans.require('check', id)),
  );
}
