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

/** What each feature begins with and is limited to (source: what SYMbol's attribute defaults and clients expect). */
const features: Readonly<Record<string, (limits: Pick<Limits, 'maxVolumeBytes' | 'viewsPerImage'>) => Defaults>> = {
  getArvmFeatureDefaults: () => ({
    minRepositoryCapacityInBytes: String(32 * mib),
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
    poolUtilizationWarnThreshold: 50,
    poolUtilizationCriticalThreshold: 85,
    degradedReconstructPriority: 'high',
    criticalReconstructPriority: 'highest',
    backgroundOperationPriority: 'low',
    maxVolumeSizeInMb: String(Math.floor(maxVolumeBytes / mib)),
    maxDceDriveCount: 60,
    maxTotalDiskPoolSupportInMb: String(6 * gib),
    maxVolumeSynchronousCreationInMb: String(64 * mib),
    maxDcrDriveCount: 60,
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
    minRepositoryCapacityInBytes: String(32 * mib),
    maxPitGroupRepositoryCapacityAsPercentOfBaseCapacity: 220,
    maxPitViewRepositoryCapacityAsPercentOfBaseCapacity: 220,
    defaultRepositoryCapacityAsPercentOfBaseCapacity: 40,
    defaultRepositoryUtilizationWarnThreshold: 75,
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
