import { AccessVolume } from '../objects/access-volume.js';
import { IscsiEntityData } from '../objects/iscsi-entity.js';
import { SACache } from './cache-devices.js';
import { FeatureBundle, FeatureParams, FeatureState, PremiumFeature } from './capabilities.js';
import { DriveChannel, DriveChannelPort, IpVxAddress } from './drives.js';
import { CapabilitiesName } from './enums.js';
import { HostSpecificValues } from './hosts.js';
import { SAIdentifier } from './mirrors.js';
import { NetworkAddress } from './network-settings.js';
import { ChannelPort } from './ports.js';
import { SmartBatteryData } from './power-and-cooling.js';
import { VersionDescriptor } from './software-versions.js';
import { CompatibleFirmware, StagedFirmware } from './system.js';
import { TrayPositionList } from './trays.js';
import { boolean, Int64, integer, list, nullable, object, oneOf, text } from './types.js';
import { ParityCheckOnMediaType } from './volumes.js';

/** The array as a whole, as the object graph shows it. */

const IOCDumpData = object({
  iocDumpEnabled: boolean(),
  iocDumpNeedsRetrieved: boolean(),
  iocDumpTag: integer(),
  timeStamp: Int64,
});

const UnreadableSectors = object({
  count: integer(),
  maxLimit: integer(),
});

const VolumeUsageHint = object({
  usageHint: oneOf('multimedia', 'transactional', 'filesystem', '__UNDEFINED'),
  segmentSize: integer(),
  readAhead: integer(),
});

const CertificateRevocationSettings = object({
  certificateRevocationCheckEnabled: boolean(),
  ocspResponderAddress: text(),
  isOCSPResponderAddressSet: boolean(),
});

const DPLCoreDumpData = object({
  dplCoreDumpTag: integer(),
  dplCoreDumpNeedsRetrieved: boolean(),
  dplCoreDumpEnabled: boolean(),
  timeStamp: Int64,
});

const ExternalKMSEndpoint = object({
  kmsAddress: nullable(NetworkAddress),
  kmsPort: integer(),
});

const EmbeddedExternalKMSInformation = object({
  installedKMSCertificateFile: list(
    oneOf('certificateFileTypeUnknown', 'clientCertificate', 'serverCertificate', '__UNDEFINED'),
  ),
  kmsEndpoint: nullable(ExternalKMSEndpoint),
  kmsEndpointList: list(ExternalKMSEndpoint),
});

export const ExtendedSAData = object({
  reserved1: text(),
  codeVersions: list(VersionDescriptor),
});

export const LockKeyID = object({
  lockKeyIDRef: text(),
  lockKeyID: text(),
});

export const SAData = object({
  needsAttention: boolean(),
  fixing: boolean(),
  saId: nullable(SAIdentifier),
  managementClassName: text(),
  storageArrayLabel: text(),
  bootTime: Int64,
  fwVersion: text(),
  appVersion: text(),
  bootVersion: text(),
  nvsramVersion: text(),
  fwPrefix: text(),
  chassisSerialNumber: text(),
  eventConfigurationDataVersion: text(),
  arrayAttributes: list(integer()),
  res4: list(integer()),
  res5: list(integer()),
  res6: list(integer()),
  res7: text(),
  extendedSAData: nullable(ExtendedSAData),
});

const SyslogConfiguration = object({
  syslogEnabled: boolean(),
  syslogServerPortNumber: integer(),
  syslogServerIpAddress: nullable(IpVxAddress),
});

const SecuritySettings = object({
  certificateRevocationSettings: nullable(CertificateRevocationSettings),
});

export const StorageArray = object({
  saData: nullable(SAData),
  safeId: nullable(SAIdentifier),
  cache: nullable(SACache),
  accessVolume: nullable(AccessVolume),
  featureParameters: nullable(FeatureParams),
  mediaScanPeriod: integer(),
  capabilities: list(CapabilitiesName),
  premiumFeatures: list(PremiumFeature),
  trayPositionList: nullable(TrayPositionList),
  hostPortType: list(text()),
  hostSpecificVals: list(HostSpecificValues),
  compatibility: list(CompatibleFirmware),
  usageHints: list(VolumeUsageHint),
  definedPartitionCount: integer(),
  defaultHostPortTypeIndex: integer(),
  remoteAccessID: text(),
  remoteMirroringActive: boolean(),
  volXferAlertDelayPeriod: integer(),
  reserved1: text(),
  reserved2: text(),
  stagedFirmware: nullable(StagedFirmware),
  unreadableSectors: nullable(UnreadableSectors),
  driveChannels: list(DriveChannel),
  portLocations: list(DriveChannelPort),
  ddcTag: integer(),
  featureBundle: nullable(FeatureBundle),
  featureState: list(FeatureState),
  channelPortLocations: list(ChannelPort),
  iscsiEntityData: nullable(IscsiEntityData),
  hostType: list(text()),
  defaultHostTypeIndex: integer(),
  rvmControllerHostChannel: integer(),
  smartBatteryData: nullable(SmartBatteryData),
  invalidSystemConfig: boolean(),
  securityLockKey: boolean(),
  lockKeyIDRef: text(),
  syslogConfiguration: nullable(SyslogConfiguration),
  securityExternalKmsEnable: boolean(),
  newKeySequence: integer(),
  securityExternalKmsKeyStatus: oneOf(
    'ok',
    'keyNeeded',
    'newKeyNeeded',
    'validationNeeded',
    'deleteKey',
    '__UNDEFINED',
  ),
  lockKeyNeededList: list(text()),
  dplCoreDumpData: nullable(DPLCoreDumpData),
  fcRVMState: oneOf('unknown', 'disabled', 'enabledLegacyRvm', 'enabledArvm', 'enabledAll', '__UNDEFINED'),
  asupEnabled: boolean(),
  asupOnDemandEnabled: boolean(),
  asupRemoteDiagsEnabled: boolean(),
  iocDumpData: nullable(IOCDumpData),
  driveChannelPortDisabled: boolean(),
  directExpansionPortInUse: boolean(),
  highResolutionStatisticsEnabled: boolean(),
  autoLoadBalancingEnabled: boolean(),
  reserved3: text(),
  embeddedExternalKMSInformation: nullable(EmbeddedExternalKMSInformation),
  isLun0RestrictedForDefaultPartition: boolean(),
  securitySettings: nullable(SecuritySettings),
  parityCheckOnMediaType: nullable(ParityCheckOnMediaType),
  hostConnectivityReportingEnabled: boolean(),
  resourceProvisionedVolumesEnabled: boolean(),
  sanitizeAsupSetting: oneOf('unknown', 'disabled', 'all', '__UNDEFINED'),
  vaaienabled: boolean(),
  odxenabled: boolean(),
});
