import {
  CapabilitiesName,
  FeatureIdName,
  PhyDriveTypeName,
  PriorityName,
  ProductCapabilitiesName,
  ProtectionTypeName,
} from './enums.js';
import { boolean, Int64, integer, list, nullable, object, oneOf, text } from './types.js';

/** What the array answers about capabilities: the vendor's definitions, property by property. */

const FeatureAttribute = object({
  featureAttrId: oneOf(
    'shippedEnabled',
    'shippedLimit',
    'keyEnabled',
    'keyLimit',
    'supportedValues',
    'subjectToGoldKey',
    'evalDuration',
    '__UNDEFINED',
  ),
  keyEnabled: boolean(),
  keyLimit: integer(),
  shippedEnabled: boolean(),
  shippedLimit: integer(),
  subjectToGoldKey: boolean(),
  supportedValues: list(text()),
  evaluationDuration: integer(),
});

const BundledFeature = object({
  featureId: FeatureIdName,
  featureAttribute: list(FeatureAttribute),
});

export const FeatureBundle = object({
  name: text(),
  bundledFeatures: list(BundledFeature),
  bundleSubmodelId: text(),
});

export const FeatureParams = object({
  maxHotSpares: integer(),
  cacheBlockSizes: list(integer()),
  maxDCEDrives: integer(),
  maxReadAheadMultiplier: integer(),
  minMediaScanPeriod: integer(),
  maxMediaScanPeriod: integer(),
  supportedSegSizes: list(integer()),
  numStandardSegSizes: integer(),
  segTransitions: list(oneOf('transitionHalf', 'transitionDouble', '__UNDEFINED')),
  mappableLUNCount: integer(),
  maxPartitionCount: integer(),
  maxMappingsPerVolume: integer(),
  maxVolumes: integer(),
  maxSnapshots: integer(),
  maxSnapshotsPerBase: integer(),
  minRepositorySize: integer(),
  maxMirrors: integer(),
  maxVolCopys: integer(),
  maxConcurrentBackgroundCopys: integer(),
  maxUtmLunValue: integer(),
  reserved1: text(),
  reserved2: text(),
  battery_not_in_configuration: boolean(),
  supportedDriveTypes: list(PhyDriveTypeName),
  currentMaxMirrors: integer(),
  maxVolumesPerGroup: integer(),
  maxDriveDownloadFiles: integer(),
  maxMgmtClientRecords: integer(),
  maxMgmtClientRecordSize: integer(),
  redundancyMode: oneOf('unknown', 'duplex', 'simplex', '__UNDEFINED'),
  maxExpansionDriveTrays: integer(),
  supportedAuthMethods: list(oneOf('none', 'chap', '__UNDEFINED')),
  maxIscsiIpv6LocalAddressesPerPort: integer(),
  maxIscsiIpv6RoutableAddressesPerPort: integer(),
  absoluteMaxDssSegmentSize: integer(),
  smartBatteryTechnology: boolean(),
  writeCachingEnabledDuringLearnCycle: boolean(),
  maxSSDsSupported: integer(),
  ssdInterfaceTypeMixingSupported: boolean(),
  maxDriveSlots: integer(),
  supportedProtectionTypes: list(ProtectionTypeName),
  supportedEventPriorities: list(PriorityName),
  maxFlashCacheSize: Int64,
  defaultMediaScanPeriod: integer(),
  maxNvmeofRoceV2Ipv6LocalAddressesPerPort: integer(),
  maxNvmeofRoceV2RoutableAddressesPerPort: integer(),
  maxCachePoolID: integer(),
  maxExternalKeyServers: integer(),
  maxAllowedNetworkTraceDurationSeconds: integer(),
  maxAllowedNetworkTraceSizeMB: integer(),
  maxAllowedNetworkTracePacketLengthBytes: integer(),
  suggestedNetworkTracePacketLengthBytes: integer(),
  networkTraceAvailabilityMinutes: integer(),
});

export const FeatureState = object({
  capability: CapabilitiesName,
  isEnabled: boolean(),
  isCompliant: boolean(),
  isWithinLimits: boolean(),
  featureId: FeatureIdName,
  featureRef: text(),
  limit: integer(),
  duration: integer(),
  enabledTime: Int64,
  supportedFeatureBundleId: integer(),
  permanentLicenseApplied: boolean(),
});

export const PremiumFeature = object({
  capability: CapabilitiesName,
  isEnabled: boolean(),
  isCompliant: boolean(),
  isWithinLimits: boolean(),
  featureId: FeatureIdName,
});

const StorageSystemAttributes = object({
  isLun0RestrictedForDefaultPartition: boolean(),
});

export const StorageSystemCapabilitiesResponse = object({
  featureBundle: nullable(FeatureBundle),
  capabilities: list(CapabilitiesName),
  productCapabilities: list(ProductCapabilitiesName),
  featureStates: list(FeatureState),
  storageSystemAttributes: nullable(StorageSystemAttributes),
  featureParameters: nullable(FeatureParams),
});
