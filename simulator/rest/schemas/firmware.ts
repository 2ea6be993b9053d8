import { FirmwareUpgradeHealthCheckResult } from './health-check.js';
import { boolean, DateTime, Int64, integer, list, object, oneOf, optional, text } from './types.js';

/** What clients send and read about controller firmware: the vendor's definitions, property by property. */

const VersionDescriptor = object({
  codeModule: optional(
    oneOf(
      'unspecified',
      'raid',
      'hypervisor',
      'management',
      'iom',
      'nvsram',
      'bundle',
      'bundleDisplay',
      'backupNvsram',
      '__UNDEFINED',
    ),
  ),
  versionString: optional(text()),
});

export const StagedFirmwareResponse = object({
  timeStamp: optional(Int64),
  codeVersions: optional(list(VersionDescriptor)),
});

export const IomServiceInfoResponse = object({
  iomServiceEnabled: optional(boolean()),
  disruptiveIomFirmwareUpdate: optional(boolean()),
});

export const IomServiceUpdateRequest = object({
  enabled: optional(boolean()),
});

const VersionContent = object({
  module: optional(
    oneOf(
      'unspecified',
      'raid',
      'hypervisor',
      'management',
      'iom',
      'nvsram',
      'bundle',
      'bundleDisplay',
      'backupNvsram',
      '__UNDEFINED',
    ),
  ),
  bundledVersion: optional(text()),
  onboardVersion: optional(text()),
});

export const EmbeddedCompatibilityCheckResponse = object({
  signatureTestingPassed: optional(boolean()),
  fileCompatible: optional(boolean()),
  downgrade: optional(boolean()),
  advancedDowngrade: optional(boolean()),
  versionContents: optional(list(VersionContent)),
});

const UpgradeLogRecord = object({
  message: optional(text()),
  timestamp: optional(DateTime),
});

export const UpgradeLogsResponse = object({
  cfwUpgradeTS: optional(DateTime),
  iomUpgradeTS: optional(DateTime),
  driveUpgradeTS: optional(DateTime),
  nvsramUpgradeTS: optional(DateTime),
  cfwLog: optional(list(UpgradeLogRecord)),
  iomLog: optional(list(UpgradeLogRecord)),
  driveLog: optional(list(UpgradeLogRecord)),
  nvsramLog: optional(list(UpgradeLogRecord)),
});

export const FirmwarePackageMetadata = object({
  filename: optional(text()),
  version: optional(text()),
  firmwarePackageType: optional(oneOf('controller', 'nvsram', 'bundle', 'unknown')),
  uploadedDate: optional(text()),
});

const FirmwareCompatibilitySet = object({
  storageDeviceId: optional(text()),
  storageDeviceWwn: optional(text()),
  cfwFiles: optional(list(FirmwarePackageMetadata)),
  nvsramFiles: optional(list(FirmwarePackageMetadata)),
});

export const FirmwareCompatibilityResponse = object({
  checkRunning: optional(boolean()),
  cancelled: optional(boolean()),
  lastStart: optional(DateTime),
  inaccessibleStorageDevices: optional(list(text())),
  results: optional(list(FirmwareCompatibilitySet)),
  requestId: optional(Int64),
  failedStorageDevices: optional(list(text())),
});

export const FirmwareCompatibilityRequest = object({
  storageDeviceIds: optional(list(text())),
  releasedBuildsOnly: optional(boolean()),
});

export const CfwActivationRequest = object({
  skipMelCheck: optional(boolean()),
  ignoreHealthCheck: optional(boolean()),
});

export const CfwUpgradeResponse = object({
  requestId: optional(Int64),
  healthCheck: optional(FirmwareUpgradeHealthCheckResult),
  startTime: optional(DateTime),
  uploadStartTime: optional(DateTime),
  activationStartTime: optional(DateTime),
  uploadCompletionTime: optional(DateTime),
  uploadCompletionPercentage: optional(integer()),
  activationCompletionTime: optional(DateTime),
  running: optional(boolean()),
});

export const CfwUpgradeRequest = object({
  cfwFile: optional(text()),
  nvsramFile: optional(text()),
  stageFirmware: optional(boolean()),
  allowDowngrade: optional(boolean()),
  ignoreHealthCheck: optional(boolean()),
  skipMelCheck: optional(boolean()),
});

const SystemInfo = object({
  systemId: optional(text()),
  allowNonOptimalActivation: optional(boolean()),
});

const CFWBatchUpgradeStatusDetail = object({
  startTime: optional(DateTime),
  systemId: optional(text()),
  systemName: optional(text()),
  status: optional(oneOf('running', 'complete', 'failed', 'cancelled', 'notStarted')),
  statusText: optional(text()),
  finalPhase: optional(oneOf('none', 'fileTransfer', 'healthCheck', 'activate', 'waitForReboot', 'complete')),
  finalPhaseText: optional(text()),
  currentPhase: optional(oneOf('none', 'fileTransfer', 'healthCheck', 'activate', 'waitForReboot', 'complete')),
  currentPhaseText: optional(text()),
  statusDesc: optional(text()),
  statusParams: optional(text()),
});

export const CFWBatchUpgradeResponse = object({
  jobId: optional(text()),
  systemInfos: optional(list(SystemInfo)),
  firmwareFilename: optional(text()),
  nvsramFilename: optional(text()),
  activate: optional(boolean()),
  phase: optional(oneOf('none', 'fileTransfer', 'healthCheck', 'activate', 'waitForReboot', 'complete')),
  phaseText: optional(text()),
  status: optional(oneOf('running', 'complete', 'failed', 'cancelled', 'notStarted')),
  statusText: optional(text()),
  systemFailureCount: optional(integer()),
  startTime: optional(DateTime),
  elapsedTime: optional(Int64),
  statusEntries: optional(list(CFWBatchUpgradeStatusDetail)),
});

export const CFWBatchUpgradeRequest = object({
  systemInfos: optional(list(SystemInfo)),
  firmwareFile: optional(text()),
  nvsramFile: optional(text()),
  activate: optional(boolean()),
});

export const CFWBatchVersionsResponse = object({
  systemId: optional(text()),
  isStagedValid: optional(boolean()),
  installedVersions: optional(list(VersionDescriptor)),
  stagedVersions: optional(StagedFirmwareResponse),
});

export const InitialAsyncResponse = object({
  requestId: Int64,
});

export const AsyncStringResponse = object({
  requestId: text(),
});
