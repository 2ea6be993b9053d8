import Type from 'typebox';
import { CapabilitiesName, FeatureIdName, PhyDriveTypeName, PriorityName, ProductCapabilitiesName } from './enums.js';
import { Int64, nullable, oneOf } from './types.js';

/** What the array answers about capabilities: the vendor's definitions, property by property. */

export const FeatureAttribute = Type.Object({
  featureAttrId: oneOf('shippedEnabled', 'shippedLimit', 'keyEnabled', 'keyLimit', 'supportedValues', 'subjectToGoldKey', 'evalDuration', '__UNDEFINED'),
  keyEnabled: Type.Boolean(),
  keyLimit: Type.Integer(),
  shippedEnabled: Type.Boolean(),
  shippedLimit: Type.Integer(),
  subjectToGoldKey: Type.Boolean(),
  supportedValues: Type.Array(Type.String()),
  evaluationDuration: Type.Integer(),
});

export const BundledFeature = Type.Object({
  featureId: FeatureIdName,
  featureAttribute: Type.Array(FeatureAttribute),
});

export const FeatureBundle = Type.Object({
  name: Type.String(),
  bundledFeatures: Type.Array(BundledFeature),
  bundleSubmodelId: Type.String(),
});

export const FeatureParams = Type.Object({
  maxHotSpares: Type.Integer(),
  cacheBlockSizes: Type.Array(Type.Integer()),
  maxDCEDrives: Type.Integer(),
  maxReadAheadMultiplier: Type.Integer(),
  minMediaScanPeriod: Type.Integer(),
  maxMediaScanPeriod: Type.Integer(),
  supportedSegSizes: Type.Array(Type.Integer()),
  numStandardSegSizes: Type.Integer(),
  segTransitions: Type.Array(oneOf('transitionHalf', 'transitionDouble', '__UNDEFINED')),
  mappableLUNCount: Type.Integer(),
  maxPartitionCount: Type.Integer(),
  maxMappingsPerVolume: Type.Integer(),
  maxVolumes: Type.Integer(),
  maxSnapshots: Type.Integer(),
  maxSnapshotsPerBase: Type.Integer(),
  minRepositorySize: Type.Integer(),
  maxMirrors: Type.Integer(),
  maxVolCopys: Type.Integer(),
  maxConcurrentBackgroundCopys: Type.Integer(),
  maxUtmLunValue: Type.Integer(),
  reserved1: Type.String(),
  reserved2: Type.String(),
  battery_not_in_configuration: Type.Boolean(),
  supportedDriveTypes: Type.Array(PhyDriveTypeName),
  currentMaxMirrors: Type.Integer(),
  maxVolumesPerGroup: Type.Integer(),
  maxDriveDownloadFiles: Type.Integer(),
  maxMgmtClientRecords: Type.Integer(),
  maxMgmtClientRecordSize: Type.Integer(),
  redundancyMode: oneOf('unknown', 'duplex', 'simplex', '__UNDEFINED'),
  maxExpansionDriveTrays: Type.Integer(),
  supportedAuthMethods: Type.Array(oneOf('none', 'chap', '__UNDEFINED')),
  maxIscsiIpv6LocalAddressesPerPort: Type.Integer(),
  maxIscsiIpv6RoutableAddressesPerPort: Type.Integer(),
  absoluteMaxDssSegmentSize: Type.Integer(),
  smartBatteryTechnology: Type.Boolean(),
  writeCachingEnabledDuringLearnCycle: Type.Boolean(),
  maxSSDsSupported: Type.Integer(),
  ssdInterfaceTypeMixingSupported: Type.Boolean(),
  maxDriveSlots: Type.Integer(),
  supportedProtectionTypes: Type.Array(oneOf('type0Protection', 'type1Protection', 'type2Protection', 'type3Protection', '__UNDEFINED')),
  supportedEventPriorities: Type.Array(PriorityName),
  maxFlashCacheSize: Int64,
  defaultMediaScanPeriod: Type.Integer(),
  maxNvmeofRoceV2Ipv6LocalAddressesPerPort: Type.Integer(),
  maxNvmeofRoceV2RoutableAddressesPerPort: Type.Integer(),
  maxCachePoolID: Type.Integer(),
  maxExternalKeyServers: Type.Integer(),
  maxAllowedNetworkTraceDurationSeconds: Type.Integer(),
  maxAllowedNetworkTraceSizeMB: Type.Integer(),
  maxAllowedNetworkTracePacketLengthBytes: Type.Integer(),
  suggestedNetworkTracePacketLengthBytes: Type.Integer(),
  networkTraceAvailabilityMinutes: Type.Integer(),
});

export const FeatureState = Type.Object({
  capability: CapabilitiesName,
  isEnabled: Type.Boolean(),
  isCompliant: Type.Boolean(),
  isWithinLimits: Type.Boolean(),
  featureId: FeatureIdName,
  featureRef: Type.String(),
  limit: Type.Integer(),
  duration: Type.Integer(),
  enabledTime: Int64,
  supportedFeatureBundleId: Type.Integer(),
  permanentLicenseApplied: Type.Boolean(),
});

export const PremiumFeature = Type.Object({
  capability: CapabilitiesName,
  isEnabled: Type.Boolean(),
  isCompliant: Type.Boolean(),
  isWithinLimits: Type.Boolean(),
  featureId: FeatureIdName,
});

export const StorageSystemAttributes = Type.Object({
  isLun0RestrictedForDefaultPartition: Type.Boolean(),
});

export const StorageSystemCapabilitiesResponse = Type.Object({
  featureBundle: nullable(FeatureBundle),
  capabilities: Type.Array(CapabilitiesName),
  productCapabilities: Type.Array(ProductCapabilitiesName),
  featureStates: Type.Array(FeatureState),
  storageSystemAttributes: nullable(StorageSystemAttributes),
  featureParameters: nullable(FeatureParams),
});

export const SystemConfigCapabilities = Type.Object({
  capabilities: Type.Array(oneOf('all', 'pools', 'volumeGroups', 'volumes', 'hotSpares', 'arraySettings')),
});
