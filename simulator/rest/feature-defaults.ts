import { diskPoolGranularityBytes, driveCounts } from '../array/pool-capacity.js';
import type { Limits } from '../array/records.js';
import { asyncMirrorSettings } from '../array/records.js';
import { maxVirtualBytes } from '../array/thin-volumes.js';
import type { Routes } from './route.js';
import { Int64, integer, object, type TSchema, text } from './schemas/types.js';

const mib = 2 ** 20;
const gib = 2 ** 30;

/** A default by the name of its property: numbers, 64-bit numbers as text, and words. */
type Defaults = Readonly<Record<string, number | string>>;

type KnownLimits = Pick<Limits, 'maxVolumeBytes' | 'viewsPerImage'>;

/** What disk pools begin with. */
const newDiskPools = {
  degradedReconstructPriority: 'high',
  criticalReconstructPriority: 'highest',
  backgroundOperationPriority: 'low',
} as const;
const poolThresholds = { warning: 50, critical: 85 } as const;
const maxPoolDriveCount = 60;
const maxDiskPoolMib = 6 * gib;
const maxSynchronousMib = 64 * mib;

const minRepositoryBytes = 32 * mib;
/** Repositories of snapshot groups and of views. */
const pitRepositories = { maxPercent: 220, defaultPercent: 40, warnThreshold: 75 } as const;

/** What each feature begins with and is limited to (source: what SYMbol's attribute defaults and clients expect). */
const features: Readonly<Record<string, (limits: KnownLimits) => Defaults>> = {
  getArvmFeatureDefaults: () => ({
    minRepositoryCapacityInBytes: String(minRepositoryBytes),
    maxRepositoryCapacityAsPercentOfMirroredCapacity: 100,
    defaultRepositoryCapacityAsPercentOfMirroredCapacity: 20,
    defaultRepositoryUtilizationWarnThreshold: asyncMirrorSettings.repositoryWarnThreshold,
    minSyncIntervalInMinutes: 10,
    defaultSyncIntervalInMinutes: asyncMirrorSettings.syncIntervalMinutes,
    defaultSyncCompletionTimeAlertThresholdInMinutes: asyncMirrorSettings.syncWarnThresholdMinutes,
    defaultRecoveryPointAgeAlertThresholdInMinutes: asyncMirrorSettings.recoveryWarnThresholdMinutes,
    maxConnectivityTestTimeoutInSeconds: 120,
    maxLinkLatencyTestIterations: 100,
    maxLinkBandwidthTestIterations: 100,
    minRepositoryCapacityInHundredthsOfPercentOfMirroredCapacity: 20,
    defaultLinkLatencyTestIterations: 10,
    defaultLinkBandwidthTestIterations: 10,
    defaultRecentStatisticsListLength: 10,
    maxRecentStatisticsListLength: 50,
    defaultLongestStatisticsListLength: 10,
    maxLongestStatisticsListLength: 20,
    defaultErrorStatisticsListLength: 10,
    maxErrorStatisticsListLength: 20,
    maxAllowedLinkLatencyInMicroseconds: 120_000,
  }),
  getConcatVolumeFeatureDefaults: () => ({
    concatVolumeMemberCapacityAlignmentSizeInBytes: String(diskPoolGranularityBytes),
  }),
  getDiskPoolFeatureDefaults: ({ maxVolumeBytes }) => ({
    poolUtilizationWarnThreshold: poolThresholds.warning,
    poolUtilizationCriticalThreshold: poolThresholds.critical,
    ...newDiskPools,
    maxVolumeSizeInMb: String(Math.floor(maxVolumeBytes / mib)),
    maxDceDriveCount: maxPoolDriveCount,
    maxTotalDiskPoolSupportInMb: String(maxDiskPoolMib),
    maxVolumeSynchronousCreationInMb: String(maxSynchronousMib),
    maxDcrDriveCount: maxPoolDriveCount,
    minimumDriveCount: driveCounts.raidDiskPool.min,
    minimumSsdDriveCount: driveCounts.raidDiskPool.min,
  }),
  getEmbeddedSnmpAgentFeatureDefaults: () => ({
    maxCommunities: 16,
    maxTrapDestinations: 32,
    maxCommunityNameStringLength: 64,
    maxSystemVariableStringLength: 128,
    defaultSystemVariableValue: '',
    maxUsmUsers: 16,
  }),
  getMelFeatureDefaults: () => ({ maxTransferCount: 128, maxRecordCount: 8192 }),
  getPitGroupsFeatureDefaults: ({ viewsPerImage }) => ({
    maxViewsPerPit: viewsPerImage,
    minRepositoryCapacityInBytes: String(minRepositoryBytes),
    maxPitGroupRepositoryCapacityAsPercentOfBaseCapacity: pitRepositories.maxPercent,
    maxPitViewRepositoryCapacityAsPercentOfBaseCapacity: pitRepositories.maxPercent,
    defaultRepositoryCapacityAsPercentOfBaseCapacity: pitRepositories.defaultPercent,
    defaultRepositoryUtilizationWarnThreshold: pitRepositories.warnThreshold,
    minConcatVolumeCapacityExpansion: String(diskPoolGranularityBytes),
  }),
  // Import from remote storage is not supported: see unsupported-features.ts.
  getRemoteTargetVolumeFeatureDefaults: () => ({
    maxRemoteTargetGroups: 0,
    maxRemoteTargetVolumes: 0,
    maxVolumeCopies: 0,
  }),
  getThinVolumeFeatureDefaults: () => ({
    maxProvisionedCapacityInBytes: String(maxVirtualBytes),
    minVirtualCapacityInBytes: String(32 * mib),
    maxVirtualCapacityInBytes: String(maxVirtualBytes),
    minAlertThreshold: 10,
    defaultAlertThreshold: 95,
  }),
};

/** The same for pools and snapshots, as the procedure of SYMbol names it. */
export function systemAttributeDefaults({ maxVolumeBytes, viewsPerImage }: KnownLimits): object {
  return {
    volumeDefaultAttributes: { segmentSize: 131_072 },
    diskPoolDefaultAttributes: {
      poolUtilizationWarningThreshold: poolThresholds.warning,
      poolUtilizationCriticalThreshold: poolThresholds.critical,
      ...newDiskPools,
      maxVolumeSizeInMegabytes: Math.floor(maxVolumeBytes / mib),
      maxDCEDriveCount: maxPoolDriveCount,
      reposGranularity: diskPoolGranularityBytes,
      maxTotalDiskPoolSupportInMegabytes: maxDiskPoolMib,
      maxVolumeSynchronousCreationInMegabytes: maxSynchronousMib,
      minimumDriveCount: driveCounts.raidDiskPool.min,
    },
    pitGroupsDefaultAttributes: {
      maxViewsPerPIT: viewsPerImage,
      minimumRepositoryCapacityInBytes: minRepositoryBytes,
      maxPITGroupRepositoryCapacityAsPercentOfBaseCapacity: pitRepositories.maxPercent,
      maxPITViewRepositoryCapacityAsPercentOfBaseCapacity: pitRepositories.maxPercent,
      defaultRepositoryCapacityAsPercentOfBaseCapacity: pitRepositories.defaultPercent,
      defaultRepositoryUtilizationWarningThreshold: pitRepositories.warnThreshold,
      minimumConcatVolumeCapacityExpansion: diskPoolGranularityBytes,
    },
  };
}

/** The schema of such defaults follows from what they are. */
function schemaOf(defaults: Defaults): TSchema {
  const typeOf = (value: number | string) =>
    typeof value === 'number' ? integer() : /^\d+$/.test(value) ? Int64 : text();
  return object(Object.fromEntries(Object.entries(defaults).map(([name, value]) => [name, typeOf(value)])));
}

export function featureDefaultRoutes(routes: Routes): void {
  for (const [operation, defaultsOf] of Object.entries(features))
    routes.onArray(
      operation,
      { response: schemaOf(defaultsOf({ maxVolumeBytes: 0, viewsPerImage: 0 })) },
      ({ array }) => defaultsOf(array.system.limits),
    );
}
