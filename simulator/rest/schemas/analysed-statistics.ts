import { ChannelType, numbers, Times } from './statistics.js';
import { boolean, integer, list, nullable, number, object, optional, text } from './types.js';

/** What is computed of the counters: rates and times. */

const Rates = {
  ...Times,
  sourceController: optional(text()),
  ...numbers(
    'readIOps',
    'writeIOps',
    'otherIOps',
    'combinedIOps',
    'readThroughput',
    'writeThroughput',
    'combinedThroughput',
    'readResponseTime',
    'readResponseTimeStdDev',
    'writeResponseTime',
    'writeResponseTimeStdDev',
    'combinedResponseTime',
    'combinedResponseTimeStdDev',
    'averageReadOpSize',
    'averageWriteOpSize',
    'readOps',
    'writeOps',
  ),
};

const physical = numbers('readPhysicalIOps', 'writePhysicalIOps');

export const AnalysedDiskStatistics = object({
  ...Rates,
  diskId: text(),
  driveSlot: integer(),
  trayRef: text(),
  trayId: integer(),
  volGroupId: nullable(text()),
  volGroupName: nullable(text()),
  ...physical,
  ...numbers(
    'readTimeMax',
    'writeTimeMax',
    'queueDepthMax',
    'averageQueueDepth',
    'randomIosPercent',
    'randomBytesPercent',
  ),
});

const hitTimes = numbers(
  'readHitResponseTime',
  'readHitResponseTimeStdDev',
  'writeHitResponseTime',
  'writeHitResponseTimeStdDev',
  'combinedHitResponseTime',
  'combinedHitResponseTimeStdDev',
);

export const AnalysedVolumeStatistics = object({
  ...Rates,
  volumeId: text(),
  volumeName: text(),
  poolId: text(),
  controllerId: text(),
  workLoadId: text(),
  mapped: boolean(),
  ...numbers('readHitOps', 'readHitBytes', 'writeHitBytes', 'writeHitOps'),
  ...hitTimes,
  ...numbers(
    'readCacheUtilization',
    'writeCacheUtilization',
    'flashCacheReadHitOps',
    'flashCacheReadHitBytes',
    'readPhysicalIOps',
    'writePhysicalIOps',
    'queueDepthTotal',
    'queueDepthMax',
    'readTimeMax',
    'writeTimeMax',
    'averageQueueDepth',
    'randomIosPercent',
    'randomBytesPercent',
    'cacheWriteWaitOpsPercent',
    'cacheWriteWaitBytesPercent',
    'prefetchHitPercent',
    'fullStripeWritesBytesPercent',
    'flashCacheReadThroughput',
    'flashCacheReadResponseTime',
    'flashCacheHitPct',
  ),
});

export const AnalyzedInterfaceStatistics = object({
  ...Rates,
  interfaceId: text(),
  controllerId: text(),
  channelType: ChannelType,
  ...numbers('queueDepthTotal', 'queueDepthMax'),
  channelNumber: integer(),
  channelErrorCounts: number(),
});

const raidPercents = numbers(
  'raid0BytesPercent',
  'raid1BytesPercent',
  'raid5BytesPercent',
  'raid6BytesPercent',
  'ddpBytesPercent',
);

const bytePercents = numbers(
  'cacheHitBytesPercent',
  'randomIosPercent',
  'mirrorBytesPercent',
  'fullStripeWritesBytesPercent',
);

const limits = numbers('maxPossibleBpsUnderCurrentLoad', 'maxPossibleIopsUnderCurrentLoad');

export const AnalysedControllerStatistics = object({
  ...Rates,
  ...physical,
  controllerId: text(),
  ...bytePercents,
  maxCpuUtilization: number(),
  maxCpuUtilizationPerCore: list(number()),
  cpuAvgUtilization: number(),
  cpuAvgUtilizationPerCore: list(number()),
  cpuAvgUtilizationPerCoreStdDev: list(number()),
  ...raidPercents,
  ...hitTimes,
  ...limits,
});

export const AnalysedStorageSystemStatistics = object({
  ...Rates,
  ...physical,
  storageSystemId: text(),
  storageSystemWWN: text(),
  storageSystemName: text(),
  ...bytePercents,
  maxCpuUtilization: number(),
  cpuAvgUtilization: number(),
  ...raidPercents,
  ...hitTimes,
  ...limits,
});

const AnalyzedPoolStatistics = object({ ...Rates, ...physical, poolId: text() });

const AnalyzedWorkloadStatistics = object({ ...Rates, ...physical, workloadId: text() });

const AnalyzedApplicationStatistics = object({ ...Rates, ...physical, applicationId: text() });

export const HistoricalStatsResponse = object({
  volumeStats: list(AnalysedVolumeStatistics),
  controllerStats: list(AnalysedControllerStatistics),
  systemStats: list(AnalysedStorageSystemStatistics),
  interfaceStats: list(AnalyzedInterfaceStatistics),
  diskStats: list(AnalysedDiskStatistics),
  poolStats: list(AnalyzedPoolStatistics),
  workloadStats: list(AnalyzedWorkloadStatistics),
  applicationStats: list(AnalyzedApplicationStatistics),
});
