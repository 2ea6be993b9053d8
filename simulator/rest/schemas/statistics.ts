import type { TNumber } from 'typebox';
import { DateTime, Int64, integer, list, nullable, number, object, oneOf, optional, text } from './types.js';

/** What the array answers about statistics: the vendor's definitions, property by property. */

export function numbers<const Names extends readonly string[]>(...names: Names): Record<Names[number], TNumber> {
  return Object.fromEntries(names.map((name) => [name, number()])) as Record<Names[number], TNumber>;
}

export const Times = { observedTime: DateTime, observedTimeInMS: Int64 };

/** What every row of counters begins with. Recorded arrays tell the controller that gathered it, too. */
const Head = {
  ...Times,
  lastResetTime: DateTime,
  lastResetTimeInMS: Int64,
  sourceController: optional(text()),
};

const ArrayHead = { ...Head, arrayId: text(), arrayWwn: text() };

const redundancyChecks = [
  'errRedundancyChkIndeterminateReads',
  'errRedundancyChkRecoveredReads',
  'errRedundancyChkUnrecoveredReads',
] as const;

export const VolumeIOStats = object({
  ...ArrayHead,
  volumeGroupId: text(),
  controllerId: text(),
  volumeId: text(),
  volumeGroupWwn: text(),
  volumeName: text(),
  volumeWwn: text(),
  workloadId: text(),
  ...numbers(
    'readOps',
    'readHitOps',
    'readHitBytes',
    'readTimeTotal',
    'readHitTimeTotal',
    'writeOps',
    'writeCacheHitOps',
    'writeTimeTotal',
    'writeHitTimeTotal',
    ...redundancyChecks,
    'idleTime',
    'otherOps',
    'otherTimeMax',
    'otherTimeTotal',
    'otherTimeTotalSq',
    'readBytes',
    'readHitTimeMax',
    'readHitTimeTotalSq',
    'readTimeMax',
    'readTimeTotalSq',
    'writeBytes',
    'writeHitBytes',
    'writeHitOps',
    'writeHitTimeMax',
    'writeHitTimeTotalSq',
    'writeTimeMax',
    'writeTimeTotalSq',
    'queueDepthTotal',
    'queueDepthMax',
    'randomIosTotal',
    'randomBytesTotal',
    'cacheWriteWaitHitIops',
    'cacheWriteWaitHitBytes',
    'fullStripeWriteBytes',
    'totalIosShipped',
    'totalBlksEvicted',
    'cacheBlksInUse',
    'prefetchHitBytes',
  ),
  prefetchMissBytes: Int64,
  ...numbers(
    'flashCacheReadHitOps',
    'flashCacheReadHitBytes',
    'flashCacheReadHitTimeTotal',
    'flashCacheReadHitTimeMax',
    'flashCacheReadHitTimeTotalSq',
  ),
});

const CpuUtilizationStats = object({
  maxCpuUtilization: integer(),
  sumCpuUtilization: integer(),
  ssqCpuUtilization: integer(),
});

const controllerCounters = numbers(
  'totalIopsServiced',
  'totalBytesServiced',
  'cacheHitsIopsTotal',
  'cacheHitsBytesTotal',
  'randomIosTotal',
  'randomBytesTotal',
  'readIopsTotal',
  'readBytesTotal',
  'writeIopsTotal',
  'writeBytesTotal',
  'mirrorIopsTotal',
  'mirrorBytesTotal',
  'fullStripeWritesBytes',
  'raid0BytesTransferred',
  'raid1BytesTransferred',
  'raid5BytesTransferred',
  'raid6BytesTransferred',
  'ddpBytesTransferred',
  'maxPossibleBpsUnderCurrentLoad',
  'maxPossibleIopsUnderCurrentLoad',
);

export const ControllerStats = object({
  ...Head,
  controllerId: text(),
  arrayId: text(),
  arrayWwn: text(),
  cpuUtilizationStats: list(CpuUtilizationStats),
  ...controllerCounters,
});

export const StorageSystemStats = object({
  ...ArrayHead,
  memberIdsHash: text(),
  controllerStats: list(object({ controllerId: text(), cpuUtilizationStats: list(CpuUtilizationStats) })),
  ...controllerCounters,
});

export const ChannelType = oneOf('hostside', 'driveside', 'management', '__UNDEFINED');

export const InterfaceStats = object({
  ...Head,
  interfaceId: text(),
  controllerId: text(),
  arrayId: text(),
  arrayWwn: text(),
  channelType: ChannelType,
  channelNumber: integer(),
  ...numbers(
    'readOps',
    'readBytes',
    'readTimeTotal',
    'readTimeMax',
    'writeOps',
    'writeBytes',
    'writeTimeTotal',
    'writeTimeMax',
    'otherOps',
    'otherTimeTotal',
    'otherTimeMax',
    'readTimeTotalSq',
    'writeTimeTotalSq',
    'otherTimeTotalSq',
    'queueDepthTotal',
    'queueDepthMax',
    'channelErrorCount',
  ),
});

export const DiskIOStats = object({
  ...Head,
  diskId: text(),
  serialNumber: text(),
  arrayId: text(),
  arrayWWN: text(),
  driveWWN: text(),
  volGroupId: nullable(text()),
  volGroupName: nullable(text()),
  volGroupWWN: nullable(text()),
  trayId: text(),
  slot: integer(),
  diskManufacture: text(),
  diskSoftwareVersion: text(),
  ...numbers(
    'idleTime',
    'otherOps',
    'otherTimeMax',
    'otherTimeTotal',
    'otherTimeTotalSq',
    'readBytes',
    'readOps',
    'readTimeMax',
    'readTimeTotal',
    'readTimeTotalSq',
    'recoveredErrors',
    'retriedIos',
    'timeouts',
    'unrecoveredErrors',
    'writeBytes',
    'writeOps',
    'writeTimeMax',
    'writeTimeTotal',
    'writeTimeTotalSq',
    'queueDepthTotal',
    'queueDepthMax',
    'randomIosTotal',
    'randomBytesTotal',
    'cumulativeLBA',
    'cumulativeDeltaLBA',
  ),
});

/** Sums over volumes; recorded ones do not say of which array. */
const summed = {
  ...Head,
  arrayId: nullable(text()),
  arrayWwn: nullable(text()),
  memberIdsHash: text(),
  ...numbers(
    'readOps',
    'readHitOps',
    'readHitBytes',
    'readTimeTotal',
    'readHitTimeTotal',
    'writeOps',
    'writeTimeTotal',
    'writeHitTimeTotal',
    ...redundancyChecks,
    'idleTime',
    'otherOps',
    'otherTimeMax',
    'otherTimeTotal',
    'readBytes',
    'readHitTimeMax',
    'readTimeMax',
    'writeBytes',
    'writeHitBytes',
    'writeHitOps',
    'writeHitTimeMax',
    'writeTimeMax',
    'queueDepthTotal',
    'queueDepthMax',
    'flashCacheReadHitOps',
    'flashCacheReadHitBytes',
    'flashCacheReadHitTimeTotal',
    'flashCacheReadHitTimeMax',
  ),
};

export const PoolStatistics = object({ ...summed, poolId: text() });

export const WorkloadStatistics = object({ ...summed, workloadId: text() });

export const ApplicationStatistics = object({ ...summed, applicationId: text() });

export const RawStatsResponse = object({
  volumeStats: list(VolumeIOStats),
  controllerStats: list(ControllerStats),
  systemStats: list(StorageSystemStats),
  interfaceStats: list(InterfaceStats),
  diskStats: list(DiskIOStats),
  poolStats: list(PoolStatistics),
  applicationStats: list(ApplicationStatistics),
  workloadStats: list(WorkloadStatistics),
});
