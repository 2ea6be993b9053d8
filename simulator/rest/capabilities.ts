import type { StorageArray } from '../array/storage-array.js';
import { settingsOf } from './keeper.js';
import { premiumFeatures } from './premium-features.js';
import type { Routes } from './route.js';
import { blank } from './schemas/blank.js';
import { FeatureParams, StorageSystemCapabilitiesResponse } from './schemas/capabilities.js';

const kib = 1024;

/** What the firmware can do (source: a real array's object graph). */
export const capabilityNames = [
  'autoCodeSync',
  'autoLunTransfer',
  'subLunsAllowed',
  'stagedDownload',
  'mixedDriveTypes',
  'bundleMigration',
  'raid6',
  'performanceTier',
  'secureVolume',
  'protectionInformation',
  'ssdSupport',
  'driveSlotLimit',
  'flashReadCache',
  'storagePoolsType2',
  'totalNumberOfArvmMirrorsPerArray',
  'totalNumberOfPitsPerArray',
  'totalNumberOfThinVolumesPerArray',
] as const;

/** What this array's firmware can do: features that were taken away are not there. */
export function capabilitiesOf(array: StorageArray): readonly (typeof capabilityNames)[number][] {
  const { removed } = settingsOf(premiumFeatures, { array });
  return capabilityNames.filter((name) => !removed.includes(name));
}

export function featureParametersView(array: StorageArray): object {
  const { limits } = array.system;
  return {
    ...blank(FeatureParams),
    maxHotSpares: 16,
    cacheBlockSizes: [4096, 8192, 16_384, 32_768],
    maxDCEDrives: 60,
    maxReadAheadMultiplier: 65_535,
    minMediaScanPeriod: 1,
    maxMediaScanPeriod: 30,
    defaultMediaScanPeriod: 30,
    supportedSegSizes: [32, 64, 128, 256, 512].map((size) => size * kib),
    numStandardSegSizes: 5,
    mappableLUNCount: limits.lunsPerHost,
    maxPartitionCount: limits.hosts,
    maxMappingsPerVolume: 1,
    maxVolumes: limits.volumes,
    maxVolumesPerGroup: limits.volumesPerPool,
    maxSnapshots: limits.snapshotImages,
    maxSnapshotsPerBase: limits.snapshotGroupsPerVolume * limits.snapshotImagesPerGroup,
    minRepositorySize: 33_554_432,
    maxMirrors: 0,
    maxVolCopys: limits.volumeCopies,
    maxConcurrentBackgroundCopys: 8,
    maxUtmLunValue: 255,
    supportedDriveTypes: [],
    redundancyMode: 'duplex',
    supportedAuthMethods: ['none', 'chap'],
    maxDriveSlots: limits.drives,
    maxSSDsSupported: limits.drives,
    absoluteMaxDssSegmentSize: 2_097_152,
    maxIscsiIpv6LocalAddressesPerPort: 1,
    maxIscsiIpv6RoutableAddressesPerPort: 1,
    maxExpansionDriveTrays: 7,
  };
}

const productCapabilities = [
  'capabilityAutoLoadBalancing',
  'capabilityCoreIscsi',
  'capabilityDiskPools',
  'capabilityIscsiIpv6',
  'capabilityIscsiTarget',
  'capabilityRaid6',
];

/** What the array can do. */
export function capabilityRoutes(routes: Routes): void {
  routes.onArray('getStorageSystemCapabilities', { response: StorageSystemCapabilitiesResponse }, ({ array }) => ({
    ...blank(StorageSystemCapabilitiesResponse),
    capabilities: capabilitiesOf(array),
    productCapabilities,
    featureParameters: featureParametersView(array),
  }));
}
