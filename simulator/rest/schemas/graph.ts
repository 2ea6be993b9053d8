import { AccessVolume } from '../objects/access-volume.js';
import { AsyncMirrorGroup, AsyncMirrorGroupMember } from '../objects/async-mirrors.js';
import { PITConsistencyGroup, PITConsistencyGroupView } from '../objects/consistency-groups.js';
import { Controller } from '../objects/controllers.js';
import { Drive, DriveEx } from '../objects/drives.js';
import { IoInterface, IScsiInterfacePort } from '../objects/interfaces.js';
import { IscsiEntityData } from '../objects/iscsi-entity.js';
import { NetworkInterface } from '../objects/management-ports.js';
import { FreeExtent, VolumeGroup } from '../objects/pools.js';
import { ConcatVolume } from '../objects/repositories.js';
import { PITView } from '../objects/snapshot-volumes.js';
import { PIT, PITGroup } from '../objects/snapshots.js';
import { Tray, TrayEx } from '../objects/trays.js';
import { VolumeCopy } from '../objects/volume-copies.js';
import { ThinVolume } from '../objects/volumes.js';
import { FeatureBundle, FeatureParams, FeatureState, PremiumFeature } from './capabilities.js';
import { ConsistencyGroupBundle } from './consistency-groups.js';
import { DriveChannel, DriveChannelPort, IpVxAddress } from './drives.js';
import { ActionName, CapabilitiesName, ProtectionTypeName, RaidLevelName } from './enums.js';
import { HostBoard, HostSpecificValues } from './hosts.js';
import { RemoteTargetGroup, RemoteTargetVolume } from './iscsi.js';
import {
  AsyncMirrorGroupIncompleteMember,
  MirrorProxyVolume,
  RemoteArray,
  RemoteVolume,
  SAIdentifier,
} from './mirrors.js';
import { FlashCacheBundle, StoragePoolBundle } from './pools.js';
import {
  ChannelPort,
  Esm,
  EthernetInterfacePort,
  FibreInterfacePort,
  IBInterfacePort,
  IoInterfaceHicMap,
  NetworkAddress,
  SasExpander,
  SasInterfacePort,
  Sfp,
  VersionDescriptor,
} from './ports.js';
import { ConcatVolumeMember } from './repositories.js';
import { ScheduleInstance, SnapshotVolume } from './snapshots.js';
import { CompatibleFirmware, KeyValueTag, KeyValueTagMapping, StagedFirmware } from './system.js';
import {
  BatteryEx,
  CacheBackupDevice,
  CacheMemoryDimm,
  ComponentBundle,
  Drawer,
  Fan,
  PowerSupply,
  SACache,
  SmartBatteryData,
  SupportCRU,
  ThermalSensor,
  TrayPositionList,
} from './trays.js';
import { boolean, Int64, integer, list, nullable, object, oneOf, text } from './types.js';
import {
  ParityCheckOnMediaType,
  VolumeCache,
  VolumeMediaScanParams,
  VolumePerms,
  Workload,
  WorkloadVolumeMapping,
} from './volumes.js';

/** What the array answers about graph: the vendor's definitions, property by property. */

const ApplicationAwarenessBundle = object({
  keyValueTag: list(KeyValueTag),
  keyValueTagMapping: list(KeyValueTagMapping),
  workload: list(Workload),
  workloadVolumeMapping: list(WorkloadVolumeMapping),
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

const DVEVolume = object({
  volume: text(),
  amountOfIncrease: Int64,
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

const GhostVolume = object({
  worldWideName: text(),
  volumeRef: text(),
  reserved1: text(),
  reserved2: text(),
});

export const GhostVolBundle = object({
  ghostVol: list(GhostVolume),
});

const MetadataVolume = object({
  metadataVolRef: text(),
  metadataVolType: oneOf('allMdatTypes', 'remoteMirror', '__UNDEFINED'),
  associatedVolume: text(),
  preferredManager: text(),
  perms: nullable(VolumePerms),
  offline: boolean(),
  reserved1: text(),
});

export const HLVolumeBundle = object({
  snapshotVol: list(SnapshotVolume),
  mirrorVol: list(MirrorProxyVolume),
  metadataVol: list(MetadataVolume),
  remoteVol: list(RemoteVolume),
  volumeCopy: list(VolumeCopy),
  pitGroup: list(PITGroup),
  pit: list(PIT),
  pitView: list(PITView),
  pitConsistencyGroup: list(PITConsistencyGroup),
  concatVolume: list(ConcatVolume),
  concatVolMember: list(ConcatVolumeMember),
  pitConsistencyGroupView: list(PITConsistencyGroupView),
  thinVolume: list(ThinVolume),
  asyncMirrorGroup: list(AsyncMirrorGroup),
  asyncMirrorGroupMember: list(AsyncMirrorGroupMember),
  asyncMirrorGroupIncompleteMember: list(AsyncMirrorGroupIncompleteMember),
  remoteTargetGroups: list(RemoteTargetGroup),
  remoteTargetVolumes: list(RemoteTargetVolume),
});

export const HardwareInventoryResponse = object({
  drives: list(DriveEx),
  ibPorts: list(IBInterfacePort),
  iscsiPorts: list(IScsiInterfacePort),
  fibrePorts: list(FibreInterfacePort),
  sasPorts: list(SasInterfacePort),
  ethernetPorts: list(EthernetInterfacePort),
  sasExpanders: list(SasExpander),
  channelPorts: list(ChannelPort),
  trays: list(TrayEx),
  drawers: list(Drawer),
  controllers: list(Controller),
  batteries: list(BatteryEx),
  fans: list(Fan),
  hostBoards: list(HostBoard),
  powerSupplies: list(PowerSupply),
  nvsramVersion: text(),
  cacheMemoryDimms: list(CacheMemoryDimm),
  cacheBackupDevices: list(CacheBackupDevice),
  supportCRUs: list(SupportCRU),
  esms: list(Esm),
  sfps: list(Sfp),
  thermalSensors: list(ThermalSensor),
});

const IOCDumpData = object({
  iocDumpEnabled: boolean(),
  iocDumpNeedsRetrieved: boolean(),
  iocDumpTag: integer(),
  timeStamp: Int64,
});

const InterposerData = object({
  vendorID: text(),
  productID: text(),
  revision: text(),
  deviceWWN: text(),
  serialNumber: text(),
  partNumber: text(),
  driveFwVersion: text(),
});

const InterposerTypeData = object({
  interposerType: oneOf('unknown', 'fcToSas', '__UNDEFINED'),
  fcSasInterposer: nullable(InterposerData),
  reserved: text(),
});

const Interposer = object({
  interposerRef: text(),
  interposerTypeData: nullable(InterposerTypeData),
});

const LockKeyID = object({
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

const VolumeUsageHint = object({
  usageHint: oneOf('multimedia', 'transactional', 'filesystem', '__UNDEFINED'),
  segmentSize: integer(),
  readAhead: integer(),
});

const UnreadableSectors = object({
  count: integer(),
  maxLimit: integer(),
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

const Volume = object({
  offline: boolean(),
  extremeProtection: boolean(),
  volumeHandle: integer(),
  raidLevel: RaidLevelName,
  sectorOffset: Int64,
  worldWideName: text(),
  label: text(),
  blkSize: integer(),
  capacity: Int64,
  reconPriority: integer(),
  segmentSize: integer(),
  action: ActionName,
  cache: nullable(VolumeCache),
  mediaScan: nullable(VolumeMediaScanParams),
  volumeRef: text(),
  status: oneOf('optimal', 'degraded', 'failed', 'impaired', 'creating', 'deleting', '__UNDEFINED'),
  volumeGroupRef: text(),
  currentManager: text(),
  preferredManager: text(),
  perms: nullable(VolumePerms),
  mgmtClientAttribute: integer(),
  dssPreallocEnabled: boolean(),
  dssMaxSegmentSize: integer(),
  preReadRedundancyCheckEnabled: boolean(),
  protectionInformationCapable: boolean(),
  protectionType: ProtectionTypeName,
  applicationTagOwned: boolean(),
  repairedBlockCount: integer(),
  extendedUniqueIdentifier: text(),
  cacheMirroringValidateProtectionInformation: boolean(),
  expectedProtectionInformationAppTag: integer(),
  hostUnmapEnabled: boolean(),
  cachePoolID: integer(),
  blkSizePhysical: integer(),
  dataDriveCount: integer(),
  parityDriveCount: integer(),
  allocGranularity: Int64,
  name: text(),
  id: text(),
});

const SNMPCommunity = object({
  communityRef: text(),
  communityName: text(),
  communityPermissions: oneOf('unknown', 'readOnly', 'readWrite', '__UNDEFINED'),
});

const SNMPPrincipalTypeData = object({
  principal: oneOf('none', 'community', 'usmUser', '__UNDEFINED'),
  communityRef: text(),
  usmUserRef: text(),
});

const SNMPTrapDestination = object({
  trapDestinationRef: text(),
  trapReceiverIpAddress: nullable(IpVxAddress),
  communityRef: text(),
  sendAuthenticationFailureTraps: boolean(),
  principal: nullable(SNMPPrincipalTypeData),
});

const SNMPSystemVariables = object({
  sysName: text(),
  sysContact: text(),
  sysLocation: text(),
});

const SNMPUsmUser = object({
  usmUserRef: text(),
  engineIdType: oneOf('none', 'local', 'custom', '__UNDEFINED'),
  engineId: text(),
  userName: text(),
  userPermissions: oneOf('unknown', 'readOnly', 'readWrite', '__UNDEFINED'),
  securityLevel: oneOf('noauthNopriv', 'authNopriv', 'authPriv', '__UNDEFINED'),
  authProtocol: oneOf('none', 'hmacSha', 'hmacSha256', 'hmacSha512', '__UNDEFINED'),
  privProtocol: oneOf('none', 'aes128', '__UNDEFINED'),
});

const SNMPAgentBundle = object({
  community: list(SNMPCommunity),
  trapDestination: list(SNMPTrapDestination),
  systemVariables: nullable(SNMPSystemVariables),
  usmUser: list(SNMPUsmUser),
});

export const ObjectBundle = object({
  configGeneration: Int64,
  sa: nullable(StorageArray),
  tray: list(Tray),
  componentBundle: nullable(ComponentBundle),
  controller: list(Controller),
  drive: list(Drive),
  volumeGroup: list(VolumeGroup),
  volume: list(Volume),
  freeExtent: list(FreeExtent),
  dveVol: list(DVEVolume),
  storagePoolBundle: nullable(StoragePoolBundle),
  highLevelVolBundle: nullable(HLVolumeBundle),
  ghostVolBundle: nullable(GhostVolBundle),
  consistencyGroupBundle: nullable(ConsistencyGroupBundle),
  ioInterface: list(IoInterface),
  networkInterface: list(NetworkInterface),
  lockKeyIDs: list(LockKeyID),
  interposer: list(Interposer),
  ioInterfaceHicMap: list(IoInterfaceHicMap),
  schedule: list(ScheduleInstance),
  remoteArray: list(RemoteArray),
  flashCacheBundle: nullable(FlashCacheBundle),
  snmpBundle: nullable(SNMPAgentBundle),
  applicationAwarenessBundle: nullable(ApplicationAwarenessBundle),
});
