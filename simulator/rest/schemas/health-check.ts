import { boolean, DateTime, Int64, integer, list, object, oneOf, optional, record, text } from './types.js';

/** What health checks show: the vendor's definitions, property by property. */

/** What each check tells. */
const check = {
  result: optional(oneOf('ok', 'notCompleted', 'failedDataRetrieval', 'failed')),
  type: optional(
    oneOf(
      'melEventCheck',
      'cntrlSyncCheck',
      'storageDeviceAccessible',
      'spmDatabaseVerification',
      'validPassword',
      'configurationDatabaseCheck',
      'objectGraphSyncCheck',
      'nvsramMatches',
      'volumeGroupsComplete',
      'controllerStatusOptimal',
      'hotSparesInUse',
      'failedDrivesPresent',
      'driveCheck',
      'exclusiveOperations',
      'dbSubRecordsValidation',
      'driveSideShipping',
      'nvsramDisableCfwDownloads',
      'needsAttention',
      'integratedHealthCheck',
      'altCommLinkFailure',
      'ptlDisallowDownloads',
    ),
  ),
  severityLevel: optional(oneOf('unknown', 'low', 'medium', 'high', 'fatal')),
  resultsData: optional(text()),
  successful: optional(boolean()),
};

const StorageDeviceHealthCheck = object({
  ...check,
});

const SpmDatabaseHealthCheck = object({
  ...check,
  failureMessages: optional(list(text())),
});

const ConfigurationDbValidationCheck = object({
  ...check,
  status: optional(
    oneOf(
      'ok',
      'noHeap',
      'ioError',
      'earlyExecution',
      'fatalFsInvalid',
      'fatalRootOutOfBounds',
      'fatalDupBlockPointers',
      'fatalDirOutOfBounds',
      'fatalCorruptMetadata',
      'fatalMissingMetadata',
      'fatalRecOutOfBounds',
      'fatalDupRecPointers',
      'fatalRecordUnallocated',
      'fatalOrphanBlock',
      'fatalFsOffline',
      'noDrives',
      'lockError',
      'fatalMirrorMismatch',
      'mirrorNotReady',
      '__UNDEFINED',
    ),
  ),
});

const ObjectGraphSyncCheck = object({
  ...check,
  cfwMatch: optional(boolean()),
  nvsramMatch: optional(boolean()),
});

const ExclusiveOperationCheck = object({
  ...check,
  volumeRefToAction: optional(record()),
});

const MelEventHealthCheck = object({
  ...check,
  warningMessages: optional(list(text())),
  tooMuchActivity: optional(boolean()),
});

const NeedsAttentionCheck = object({
  ...check,
  failureTypes: optional(list(text())),
});

const IntegratedHealthCheckTest = object({
  testPassed: optional(boolean()),
  testName: optional(text()),
  resultsData: optional(text()),
});

const IntegratedHealthCheck = object({
  ...check,
  healthCheckTests: optional(list(IntegratedHealthCheckTest)),
});

export const FirmwareUpgradeHealthCheckResult = object({
  storageDeviceId: optional(text()),
  storageDeviceName: optional(text()),
  storageDeviceWWN: optional(text()),
  processingTimeMS: optional(Int64),
  rerun: optional(boolean()),
  recommendedRecovery: optional(
    oneOf('noRecommendation', 'noAction', 'callSupport', 'recoveryGuru', 'waitLongLivedOps'),
  ),
  successful: optional(boolean()),
  finished: optional(boolean()),
  storageDeviceAccessible: optional(StorageDeviceHealthCheck),
  spmDatabaseVerification: optional(SpmDatabaseHealthCheck),
  configurationDatabaseCheck: optional(ConfigurationDbValidationCheck),
  objectGraphSyncCheck: optional(ObjectGraphSyncCheck),
  volumeGroupsComplete: optional(StorageDeviceHealthCheck),
  controllerStatusOptimal: optional(StorageDeviceHealthCheck),
  hotSparesInUse: optional(StorageDeviceHealthCheck),
  driveCheck: optional(StorageDeviceHealthCheck),
  exclusiveOperations: optional(ExclusiveOperationCheck),
  failedDrivesPresent: optional(StorageDeviceHealthCheck),
  validPasswordSet: optional(StorageDeviceHealthCheck),
  melCheck: optional(MelEventHealthCheck),
  dbSubRecordsValidation: optional(StorageDeviceHealthCheck),
  driveSideShipping: optional(StorageDeviceHealthCheck),
  nvsramDisableCfwDownloads: optional(StorageDeviceHealthCheck),
  needsAttentionCheck: optional(NeedsAttentionCheck),
  integratedHealthCheck: optional(IntegratedHealthCheck),
  altCommLinkFailure: optional(StorageDeviceHealthCheck),
  ptlDisallowDownloads: optional(StorageDeviceHealthCheck),
});

export const HealthCheckResponse = object({
  requestId: Int64,
  healthCheckRunning: boolean(),
  cancelled: boolean(),
  remaining: integer(),
  results: list(FirmwareUpgradeHealthCheckResult),
  start: DateTime,
});

export const HealthCheckRequest = object({
  onlineOnly: optional(boolean()),
  storageDeviceIds: optional(list(text())),
});
