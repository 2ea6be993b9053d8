import { boolean, DateTime, Int64, integer, list, object, oneOf, optional, text } from './types.js';

/** What clients send and read about batches and system configurations: the vendor's definitions, property by property. */

const Pair = object({
  key: optional(text()),
  value: optional(text()),
});

const BatchJobDetails = object({
  httpStatusCode: optional(integer()),
  httpStatusPhrase: optional(text()),
  httpResultHeaders: optional(list(Pair)),
  httpReturnBody: optional(text()),
});

const BatchJobStepStatus = object({
  jobName: optional(text()),
  jobId: optional(integer()),
  jobComplete: optional(boolean()),
  percentComplete: optional(integer()),
  systemId: optional(text()),
  systemName: optional(text()),
  httpVerb: optional(text()),
  executionUrl: optional(text()),
  executionMillis: optional(integer()),
  retriesAttempted: optional(integer()),
  resultStatus: optional(
    oneOf('NOTSTARTED', 'INPROGRESS', 'SUCCESS', 'FAILED', 'CANCELLED', 'TIMEOUT', 'CONNECTFAILED'),
  ),
  stepResult: optional(BatchJobDetails),
});

export const BatchResponse = object({
  batchId: optional(integer()),
  batchName: optional(text()),
  batchGroupId: optional(text()),
  startTime: optional(DateTime),
  batchComplete: optional(boolean()),
  percentComplete: optional(integer()),
  batchState: optional(oneOf('NOTSTARTED', 'STARTING', 'RUNNING', 'CANCELLED', 'COMPLETE')),
  numberJobs: optional(integer()),
  numberSystemIds: optional(integer()),
  numberJobSteps: optional(integer()),
  jobStepStatus: optional(list(BatchJobStepStatus)),
});

const BatchMetadata = object({
  batchId: optional(integer()),
  batchName: optional(text()),
  batchGroupId: optional(text()),
  systemIds: optional(list(text())),
  apiUrl: optional(list(text())),
  state: optional(oneOf('NOTSTARTED', 'STARTING', 'RUNNING', 'CANCELLED', 'COMPLETE')),
});

export const BatchInfo = object({
  info: optional(list(BatchMetadata)),
});

const JobDescriptor = object({
  httpVerb: oneOf('GET', 'POST', 'PUT', 'DELETE'),
  apiURL: text(),
  systemIds: list(text()),
  numberRetries: optional(integer()),
  timeoutSeconds: optional(integer()),
  requestBodyDocument: optional(text()),
});

export const StartBatchRequest = object({
  batchName: text(),
  batchGroupId: optional(text()),
  jobDescription: list(JobDescriptor),
});

export const SystemReplicationRequest = object({
  sourceSystemId: optional(text()),
  targetSystemIds: optional(list(text())),
  configurationElements: optional(list(oneOf('all', 'pools', 'volumeGroups', 'volumes', 'hotSpares', 'arraySettings'))),
});

const SystemReplicationFailureEntry = object({
  startTime: optional(DateTime),
  systemId: optional(text()),
  systemName: optional(text()),
  sequenceNum: optional(integer()),
  jobStepType: optional(
    oneOf(
      'createVolumeGroup',
      'createPool',
      'createVolume',
      'configureVolumeSettings',
      'configureVolumeCacheSettings',
      'configureVolumeMediaScanSettings',
      'assignHotSpare',
      'configureSystemCacheSettings',
      'configureSystemCacheMirroringProtectionSettings',
      'configureSystemMediaScanSettings',
      'configureSystemAutoLoadBalancingSettings',
      'undefinedStep',
    ),
  ),
  jobStepTypeText: optional(text()),
  stepDuration: optional(Int64),
  objectName: optional(text()),
  statusDesc: optional(text()),
  statusCode: optional(text()),
  statusCodeSource: optional(oneOf('none', 'internal', 'symbol', 'http')),
});

export const SystemReplicationResponseData = object({
  jobId: optional(text()),
  sourceSystemId: optional(text()),
  sourceSystemName: optional(text()),
  targetSystemIds: optional(list(text())),
  state: optional(oneOf('running', 'complete', 'failed', 'cancelled', 'timeout', 'notStarted')),
  processFailureReason: optional(text()),
  percentComplete: optional(integer()),
  systemFailureCount: optional(integer()),
  startTime: optional(DateTime),
  elapsedTime: optional(Int64),
  sourceDocument: optional(text()),
  configTypes: optional(list(oneOf('all', 'pools', 'volumeGroups', 'volumes', 'hotSpares', 'arraySettings'))),
  failureEntries: optional(list(SystemReplicationFailureEntry)),
});
