import { boolean, DateTime, Int64, integer, list, object, oneOf, optional, text } from './types.js';

/** What clients send and read about the configuration of a whole system: the vendor's definitions, property by property. */

const DriveLocation = object({
  tray: integer(),
  drawer: optional(integer()),
  slot: integer(),
});

const VolumeGroupConfig = object({
  drives: list(DriveLocation),
  label: text(),
  securityType: oneOf('none', 'capable', 'enabled'),
  reservedSpaceAllocated: boolean(),
  raidLevel: oneOf('raid0', 'raid1', 'raid3', 'raid5', 'raid6'),
});

const PoolConfig = object({
  drives: list(DriveLocation),
  label: text(),
  securityType: oneOf('none', 'capable', 'enabled'),
  reservedSpaceAllocated: boolean(),
  utilizationWarningThreshold: integer(),
  utilizationCriticalThreshold: integer(),
  backgroundOperationPriority: oneOf('defaultPriority', 'highest', 'high', 'medium', 'low', 'lowest'),
  criticalReconstructionPriority: oneOf('defaultPriority', 'highest', 'high', 'medium', 'low', 'lowest'),
  degradedReconstructionPriority: oneOf('defaultPriority', 'highest', 'high', 'medium', 'low', 'lowest'),
  reservedDriveCount: integer(),
});

const VolumeCacheConfig = object({
  cacheFlushModifier: oneOf(
    'immediate',
    'twoHundredFiftyMillis',
    'fiveHundredMillis',
    'sevenHundredFiftyMillis',
    'fifteenHundredMillis',
    'oneSecond',
    'twoSeconds',
    'fiveSeconds',
    'tenSeconds',
    'twentySeconds',
    'sixtySeconds',
    'oneHundredTwentySeconds',
    'threeHundredSeconds',
    'twelveHundredSeconds',
    'thirtySixHundredSeconds',
    'infinite',
  ),
  cachingWithoutBatteriesEnabled: boolean(),
  mirrorEnabled: boolean(),
  readAheadEnabled: boolean(),
  readCacheEnabled: boolean(),
  writeCacheEnabled: boolean(),
});

const VolumeMediaScanSettings = object({
  enabled: boolean(),
  parityValidationEnabled: boolean(),
});

const VolumeConfig = object({
  label: text(),
  volumeGroupLabel: text(),
  capacity: Int64,
  segmentSize: integer(),
  owningController: oneOf('a', 'b'),
  t10ProtectionType: oneOf('none', 'type1', 'type2', 'type3'),
  dssPreallocateEnabled: boolean(),
  raidLevel: optional(oneOf('raid0', 'raid1', 'raid3', 'raid5', 'raid6')),
  cacheSettings: VolumeCacheConfig,
  preReadRedundancyCheckEnabled: boolean(),
  mediaScanSettings: VolumeMediaScanSettings,
  reconstructionPriority: integer(),
  blockSize: optional(integer()),
});

const SystemCacheSettings = object({
  blockSize: integer(),
  flushStart: integer(),
  flushStop: integer(),
  mirroringProtectionInformationEnabled: boolean(),
});

const SystemSettings = object({
  cacheSettings: optional(SystemCacheSettings),
  mediaScanPeriod: optional(integer()),
  autoLoadBalancingEnabled: optional(boolean()),
});

export const SystemConfig = object({
  volumeGroups: optional(list(VolumeGroupConfig)),
  pools: optional(list(PoolConfig)),
  volumes: optional(list(VolumeConfig)),
  hotSpareDrives: optional(list(DriveLocation)),
  systemSettings: optional(SystemSettings),
});

export const SystemConfigStartRequest = object({
  volumeGroups: optional(list(VolumeGroupConfig)),
  pools: optional(list(PoolConfig)),
  volumes: optional(list(VolumeConfig)),
  hotSpareDrives: optional(list(DriveLocation)),
  systemSettings: optional(SystemSettings),
  jobId: optional(text()),
});

export const SystemConfigStartResponse = object({
  jobId: text(),
});

const InProgressJobInfo = object({
  id: text(),
  startTime: DateTime,
  configTypes: list(oneOf('all', 'pools', 'volumeGroups', 'volumes', 'hotSpares', 'arraySettings')),
  durationMs: Int64,
  percentComplete: integer(),
  numberSteps: integer(),
  numberFailures: integer(),
});

export const SystemConfigStatus = object({
  operationInProgress: boolean(),
  job: optional(InProgressJobInfo),
});

const JobStep = object({
  sequenceNumber: integer(),
  type: oneOf(
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
  objectName: text(),
  startTime: DateTime,
  durationMs: Int64,
  state: oneOf('success', 'failedAndHalted', 'failedAndContinued'),
  errorType: oneOf('none', 'internal', 'symbol', 'http'),
  errorCode: text(),
});

export const JobInfo = object({
  id: text(),
  startTime: DateTime,
  configTypes: list(oneOf('all', 'pools', 'volumeGroups', 'volumes', 'hotSpares', 'arraySettings')),
  configModel: SystemConfig,
  durationMs: Int64,
  state: oneOf('running', 'canceled', 'completed', 'failed'),
  percentComplete: integer(),
  numberSteps: integer(),
  numberFailures: integer(),
  steps: list(JobStep),
});

export const SystemConfigCapabilities = object({
  capabilities: list(oneOf('all', 'pools', 'volumeGroups', 'volumes', 'hotSpares', 'arraySettings')),
});
