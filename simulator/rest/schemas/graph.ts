import Type from 'typebox';
import { FeatureBundle, FeatureParams, FeatureState, PremiumFeature } from './capabilities.js';
import { ConsistencyGroupBundle, PITConsistencyGroup, PITConsistencyGroupView } from './consistency-groups.js';
import { Drive, DriveChannel, DriveChannelPort, DriveEx, IpVxAddress } from './drives.js';
import { ActionName, CapabilitiesName, CodeModuleName, RaidLevelName } from './enums.js';
import { HostBoard, HostSpecificValues, IScsiInterfacePort } from './hosts.js';
import { IscsiEntityData, RemoteTargetGroup, RemoteTargetVolume } from './iscsi.js';
import { AsyncMirrorGroup, AsyncMirrorGroupIncompleteMember, AsyncMirrorGroupMember, MirrorProxyVolume, RemoteArray, RemoteVolume, SAIdentifier, VolumeTypeParameters } from './mirrors.js';
import { FlashCacheBundle, FreeExtent, StoragePoolBundle, VolumeGroup } from './pools.js';
import { ChannelPort, Controller, Esm, EthernetInterfacePort, FibreInterfacePort, IBInterfacePort, IoInterface, IoInterfaceHicMap, NetworkAddress, NetworkInterface, SasExpander, SasInterfacePort, Sfp, Tray, VersionDescriptor } from './ports.js';
import { ConcatVolume, ConcatVolumeMember } from './repositories.js';
import { PIT, PITGroup, PITView, ScheduleInstance, SnapshotVolume } from './snapshots.js';
import { AccessVolume, CompatibleFirmware, KeyValueTag, KeyValueTagMapping, StagedFirmware } from './system.js';
import { BatteryEx, CacheBackupDevice, CacheMemoryDimm, ComponentBundle, Drawer, Fan, PowerSupply, SACache, SmartBatteryData, SupportCRU, ThermalSensor, TrayEx, TrayPositionList } from './trays.js';
import { DateTime, Int64, nullable, oneOf } from './types.js';
import { VolumeCopy } from './volume-copy.js';
import { ParityCheckOnMediaType, ThinVolume, VolumeCache, VolumeMediaScanParams, VolumePerms, Workload, WorkloadVolumeMapping } from './volumes.js';

/** What the array answers about graph: the vendor's definitions, property by property. */

export const AmgIncompleteMember = Type.Object({
  memberRef: Type.String(),
  groupRef: Type.String(),
  primaryVolWWN: Type.String(),
  primaryVolCapacity: Int64,
  primaryVolRAIDLevel: RaidLevelName,
  primaryVolProtectionType: oneOf('type0Protection', 'type1Protection', 'type2Protection', 'type3Protection', '__UNDEFINED'),
  primaryVolSecurityType: oneOf('unknown', 'none', 'capable', 'enabled', '__UNDEFINED'),
  primaryVolUserLabel: Type.String(),
  orphanIncompleteMember: Type.Boolean(),
  primaryVolumeParameters: nullable(VolumeTypeParameters),
  primaryVolSecurityLevel: oneOf('unknown', 'none', 'mixed', 'fde', 'fips', '__UNDEFINED'),
  blkSize: Type.Integer(),
  blkSizePhysical: Type.Integer(),
  remoteTargetWwn: Type.String(),
  remoteTargetName: Type.String(),
  remoteTargetId: Type.String(),
  id: Type.String(),
});

export const ApplicationAwarenessBundle = Type.Object({
  keyValueTag: Type.Array(KeyValueTag),
  keyValueTagMapping: Type.Array(KeyValueTagMapping),
  workload: Type.Array(Workload),
  workloadVolumeMapping: Type.Array(WorkloadVolumeMapping),
});

export const AuthenticationSettings = Type.Object({
  disableBasicAuthentication: Type.Boolean(),
});

export const CertificateRevocationSettings = Type.Object({
  certificateRevocationCheckEnabled: Type.Boolean(),
  ocspResponderAddress: Type.String(),
  isOCSPResponderAddressSet: Type.Boolean(),
});

export const DPLCoreDumpData = Type.Object({
  dplCoreDumpTag: Type.Integer(),
  dplCoreDumpNeedsRetrieved: Type.Boolean(),
  dplCoreDumpEnabled: Type.Boolean(),
  timeStamp: Int64,
});

export const DVEVolume = Type.Object({
  volume: Type.String(),
  amountOfIncrease: Int64,
});

export const VersionContent = Type.Object({
  module: CodeModuleName,
  bundledVersion: Type.String(),
  onboardVersion: Type.String(),
});

export const EmbeddedCompatibilityCheckResponse = Type.Object({
  signatureTestingPassed: Type.Boolean(),
  fileCompatible: Type.Boolean(),
  downgrade: Type.Boolean(),
  advancedDowngrade: Type.Boolean(),
  versionContents: Type.Array(VersionContent),
});

export const ExternalKMSEndpoint = Type.Object({
  kmsAddress: nullable(NetworkAddress),
  kmsPort: Type.Integer(),
});

export const EmbeddedExternalKMSInformation = Type.Object({
  installedKMSCertificateFile: Type.Array(oneOf('certificateFileTypeUnknown', 'clientCertificate', 'serverCertificate', '__UNDEFINED')),
  kmsEndpoint: nullable(ExternalKMSEndpoint),
  kmsEndpointList: Type.Array(ExternalKMSEndpoint),
});

export const ExtendedSAData = Type.Object({
  reserved1: Type.String(),
  codeVersions: Type.Array(VersionDescriptor),
});

export const GhostVolume = Type.Object({
  worldWideName: Type.String(),
  volumeRef: Type.String(),
  reserved1: Type.String(),
  reserved2: Type.String(),
});

export const GhostVolBundle = Type.Object({
  ghostVol: Type.Array(GhostVolume),
});

export const MetadataVolume = Type.Object({
  metadataVolRef: Type.String(),
  metadataVolType: oneOf('allMdatTypes', 'remoteMirror', '__UNDEFINED'),
  associatedVolume: Type.String(),
  preferredManager: Type.String(),
  perms: nullable(VolumePerms),
  offline: Type.Boolean(),
  reserved1: Type.String(),
});

export const HLVolumeBundle = Type.Object({
  snapshotVol: Type.Array(SnapshotVolume),
  mirrorVol: Type.Array(MirrorProxyVolume),
  metadataVol: Type.Array(MetadataVolume),
  remoteVol: Type.Array(RemoteVolume),
  volumeCopy: Type.Array(VolumeCopy),
  pitGroup: Type.Array(PITGroup),
  pit: Type.Array(PIT),
  pitView: Type.Array(PITView),
  pitConsistencyGroup: Type.Array(PITConsistencyGroup),
  concatVolume: Type.Array(ConcatVolume),
  concatVolMember: Type.Array(ConcatVolumeMember),
  pitConsistencyGroupView: Type.Array(PITConsistencyGroupView),
  thinVolume: Type.Array(ThinVolume),
  asyncMirrorGroup: Type.Array(AsyncMirrorGroup),
  asyncMirrorGroupMember: Type.Array(AsyncMirrorGroupMember),
  asyncMirrorGroupIncompleteMember: Type.Array(AsyncMirrorGroupIncompleteMember),
  remoteTargetGroups: Type.Array(RemoteTargetGroup),
  remoteTargetVolumes: Type.Array(RemoteTargetVolume),
});

export const HardwareInventoryResponse = Type.Object({
  drives: Type.Array(DriveEx),
  ibPorts: Type.Array(IBInterfacePort),
  iscsiPorts: Type.Array(IScsiInterfacePort),
  fibrePorts: Type.Array(FibreInterfacePort),
  sasPorts: Type.Array(SasInterfacePort),
  ethernetPorts: Type.Array(EthernetInterfacePort),
  sasExpanders: Type.Array(SasExpander),
  channelPorts: Type.Array(ChannelPort),
  trays: Type.Array(TrayEx),
  drawers: Type.Array(Drawer),
  controllers: Type.Array(Controller),
  batteries: Type.Array(BatteryEx),
  fans: Type.Array(Fan),
  hostBoards: Type.Array(HostBoard),
  powerSupplies: Type.Array(PowerSupply),
  nvsramVersion: Type.String(),
  cacheMemoryDimms: Type.Array(CacheMemoryDimm),
  cacheBackupDevices: Type.Array(CacheBackupDevice),
  supportCRUs: Type.Array(SupportCRU),
  esms: Type.Array(Esm),
  sfps: Type.Array(Sfp),
  thermalSensors: Type.Array(ThermalSensor),
});

export const IOCDumpData = Type.Object({
  iocDumpEnabled: Type.Boolean(),
  iocDumpNeedsRetrieved: Type.Boolean(),
  iocDumpTag: Type.Integer(),
  timeStamp: Int64,
});

export const InterposerData = Type.Object({
  vendorID: Type.String(),
  productID: Type.String(),
  revision: Type.String(),
  deviceWWN: Type.String(),
  serialNumber: Type.String(),
  partNumber: Type.String(),
  driveFwVersion: Type.String(),
});

export const InterposerTypeData = Type.Object({
  interposerType: oneOf('unknown', 'fcToSas', '__UNDEFINED'),
  fcSasInterposer: nullable(InterposerData),
  reserved: Type.String(),
});

export const Interposer = Type.Object({
  interposerRef: Type.String(),
  interposerTypeData: nullable(InterposerTypeData),
});

export const IomServiceInfoResponse = Type.Object({
  iomServiceEnabled: Type.Boolean(),
  disruptiveIomFirmwareUpdate: Type.Boolean(),
});

export const LockKeyID = Type.Object({
  lockKeyIDRef: Type.String(),
  lockKeyID: Type.String(),
});

export const SAData = Type.Object({
  needsAttention: Type.Boolean(),
  fixing: Type.Boolean(),
  saId: nullable(SAIdentifier),
  managementClassName: Type.String(),
  storageArrayLabel: Type.String(),
  bootTime: Int64,
  fwVersion: Type.String(),
  appVersion: Type.String(),
  bootVersion: Type.String(),
  nvsramVersion: Type.String(),
  fwPrefix: Type.String(),
  chassisSerialNumber: Type.String(),
  eventConfigurationDataVersion: Type.String(),
  arrayAttributes: Type.Array(Type.Integer()),
  res4: Type.Array(Type.Integer()),
  res5: Type.Array(Type.Integer()),
  res6: Type.Array(Type.Integer()),
  res7: Type.String(),
  extendedSAData: nullable(ExtendedSAData),
});

export const VolumeUsageHint = Type.Object({
  usageHint: oneOf('multimedia', 'transactional', 'filesystem', '__UNDEFINED'),
  segmentSize: Type.Integer(),
  readAhead: Type.Integer(),
});

export const UnreadableSectors = Type.Object({
  count: Type.Integer(),
  maxLimit: Type.Integer(),
});

export const SyslogConfiguration = Type.Object({
  syslogEnabled: Type.Boolean(),
  syslogServerPortNumber: Type.Integer(),
  syslogServerIpAddress: nullable(IpVxAddress),
});

export const SecuritySettings = Type.Object({
  certificateRevocationSettings: nullable(CertificateRevocationSettings),
});

export const StorageArray = Type.Object({
  saData: nullable(SAData),
  safeId: nullable(SAIdentifier),
  cache: nullable(SACache),
  accessVolume: nullable(AccessVolume),
  featureParameters: nullable(FeatureParams),
  mediaScanPeriod: Type.Integer(),
  capabilities: Type.Array(CapabilitiesName),
  premiumFeatures: Type.Array(PremiumFeature),
  trayPositionList: nullable(TrayPositionList),
  hostPortType: Type.Array(Type.String()),
  hostSpecificVals: Type.Array(HostSpecificValues),
  compatibility: Type.Array(CompatibleFirmware),
  usageHints: Type.Array(VolumeUsageHint),
  definedPartitionCount: Type.Integer(),
  defaultHostPortTypeIndex: Type.Integer(),
  remoteAccessID: Type.String(),
  remoteMirroringActive: Type.Boolean(),
  volXferAlertDelayPeriod: Type.Integer(),
  reserved1: Type.String(),
  reserved2: Type.String(),
  stagedFirmware: nullable(StagedFirmware),
  unreadableSectors: nullable(UnreadableSectors),
  driveChannels: Type.Array(DriveChannel),
  portLocations: Type.Array(DriveChannelPort),
  ddcTag: Type.Integer(),
  featureBundle: nullable(FeatureBundle),
  featureState: Type.Array(FeatureState),
  channelPortLocations: Type.Array(ChannelPort),
  iscsiEntityData: nullable(IscsiEntityData),
  hostType: Type.Array(Type.String()),
  defaultHostTypeIndex: Type.Integer(),
  rvmControllerHostChannel: Type.Integer(),
  smartBatteryData: nullable(SmartBatteryData),
  invalidSystemConfig: Type.Boolean(),
  securityLockKey: Type.Boolean(),
  lockKeyIDRef: Type.String(),
  syslogConfiguration: nullable(SyslogConfiguration),
  securityExternalKmsEnable: Type.Boolean(),
  newKeySequence: Type.Integer(),
  securityExternalKmsKeyStatus: oneOf('ok', 'keyNeeded', 'newKeyNeeded', 'validationNeeded', 'deleteKey', '__UNDEFINED'),
  lockKeyNeededList: Type.Array(Type.String()),
  dplCoreDumpData: nullable(DPLCoreDumpData),
  fcRVMState: oneOf('unknown', 'disabled', 'enabledLegacyRvm', 'enabledArvm', 'enabledAll', '__UNDEFINED'),
  asupEnabled: Type.Boolean(),
  asupOnDemandEnabled: Type.Boolean(),
  asupRemoteDiagsEnabled: Type.Boolean(),
  iocDumpData: nullable(IOCDumpData),
  driveChannelPortDisabled: Type.Boolean(),
  directExpansionPortInUse: Type.Boolean(),
  highResolutionStatisticsEnabled: Type.Boolean(),
  autoLoadBalancingEnabled: Type.Boolean(),
  reserved3: Type.String(),
  embeddedExternalKMSInformation: nullable(EmbeddedExternalKMSInformation),
  isLun0RestrictedForDefaultPartition: Type.Boolean(),
  securitySettings: nullable(SecuritySettings),
  parityCheckOnMediaType: nullable(ParityCheckOnMediaType),
  hostConnectivityReportingEnabled: Type.Boolean(),
  resourceProvisionedVolumesEnabled: Type.Boolean(),
  sanitizeAsupSetting: oneOf('unknown', 'disabled', 'all', '__UNDEFINED'),
  vaaienabled: Type.Boolean(),
  odxenabled: Type.Boolean(),
});

export const Volume = Type.Object({
  offline: Type.Boolean(),
  extremeProtection: Type.Boolean(),
  volumeHandle: Type.Integer(),
  raidLevel: RaidLevelName,
  sectorOffset: Int64,
  worldWideName: Type.String(),
  label: Type.String(),
  blkSize: Type.Integer(),
  capacity: Int64,
  reconPriority: Type.Integer(),
  segmentSize: Type.Integer(),
  action: ActionName,
  cache: nullable(VolumeCache),
  mediaScan: nullable(VolumeMediaScanParams),
  volumeRef: Type.String(),
  status: oneOf('optimal', 'degraded', 'failed', 'impaired', 'creating', 'deleting', '__UNDEFINED'),
  volumeGroupRef: Type.String(),
  currentManager: Type.String(),
  preferredManager: Type.String(),
  perms: nullable(VolumePerms),
  mgmtClientAttribute: Type.Integer(),
  dssPreallocEnabled: Type.Boolean(),
  dssMaxSegmentSize: Type.Integer(),
  preReadRedundancyCheckEnabled: Type.Boolean(),
  protectionInformationCapable: Type.Boolean(),
  protectionType: oneOf('type0Protection', 'type1Protection', 'type2Protection', 'type3Protection', '__UNDEFINED'),
  applicationTagOwned: Type.Boolean(),
  repairedBlockCount: Type.Integer(),
  extendedUniqueIdentifier: Type.String(),
  cacheMirroringValidateProtectionInformation: Type.Boolean(),
  expectedProtectionInformationAppTag: Type.Integer(),
  hostUnmapEnabled: Type.Boolean(),
  cachePoolID: Type.Integer(),
  blkSizePhysical: Type.Integer(),
  dataDriveCount: Type.Integer(),
  parityDriveCount: Type.Integer(),
  allocGranularity: Int64,
  name: Type.String(),
  id: Type.String(),
});

export const SNMPCommunity = Type.Object({
  communityRef: Type.String(),
  communityName: Type.String(),
  communityPermissions: oneOf('unknown', 'readOnly', 'readWrite', '__UNDEFINED'),
});

export const SNMPPrincipalTypeData = Type.Object({
  principal: oneOf('none', 'community', 'usmUser', '__UNDEFINED'),
  communityRef: Type.String(),
  usmUserRef: Type.String(),
});

export const SNMPTrapDestination = Type.Object({
  trapDestinationRef: Type.String(),
  trapReceiverIpAddress: nullable(IpVxAddress),
  communityRef: Type.String(),
  sendAuthenticationFailureTraps: Type.Boolean(),
  principal: nullable(SNMPPrincipalTypeData),
});

export const SNMPSystemVariables = Type.Object({
  sysName: Type.String(),
  sysContact: Type.String(),
  sysLocation: Type.String(),
});

export const SNMPUsmUser = Type.Object({
  usmUserRef: Type.String(),
  engineIdType: oneOf('none', 'local', 'custom', '__UNDEFINED'),
  engineId: Type.String(),
  userName: Type.String(),
  userPermissions: oneOf('unknown', 'readOnly', 'readWrite', '__UNDEFINED'),
  securityLevel: oneOf('noauthNopriv', 'authNopriv', 'authPriv', '__UNDEFINED'),
  authProtocol: oneOf('none', 'hmacSha', 'hmacSha256', 'hmacSha512', '__UNDEFINED'),
  privProtocol: oneOf('none', 'aes128', '__UNDEFINED'),
});

export const SNMPAgentBundle = Type.Object({
  community: Type.Array(SNMPCommunity),
  trapDestination: Type.Array(SNMPTrapDestination),
  systemVariables: nullable(SNMPSystemVariables),
  usmUser: Type.Array(SNMPUsmUser),
});

export const ObjectBundle = Type.Object({
  configGeneration: Int64,
  sa: nullable(StorageArray),
  tray: Type.Array(Tray),
  componentBundle: nullable(ComponentBundle),
  controller: Type.Array(Controller),
  drive: Type.Array(Drive),
  volumeGroup: Type.Array(VolumeGroup),
  volume: Type.Array(Volume),
  freeExtent: Type.Array(FreeExtent),
  dveVol: Type.Array(DVEVolume),
  storagePoolBundle: nullable(StoragePoolBundle),
  highLevelVolBundle: nullable(HLVolumeBundle),
  ghostVolBundle: nullable(GhostVolBundle),
  consistencyGroupBundle: nullable(ConsistencyGroupBundle),
  ioInterface: Type.Array(IoInterface),
  networkInterface: Type.Array(NetworkInterface),
  lockKeyIDs: Type.Array(LockKeyID),
  interposer: Type.Array(Interposer),
  ioInterfaceHicMap: Type.Array(IoInterfaceHicMap),
  schedule: Type.Array(ScheduleInstance),
  remoteArray: Type.Array(RemoteArray),
  flashCacheBundle: nullable(FlashCacheBundle),
  snmpBundle: nullable(SNMPAgentBundle),
  applicationAwarenessBundle: nullable(ApplicationAwarenessBundle),
});

export const SsdOptimizationCapacity = Type.Object({
  id: Type.String(),
  ssdOptimizationCapacity: Type.Integer(),
});

export const TlsParamsResponse = Type.Object({
  protocols: Type.Array(Type.String()),
  ciphers: Type.Array(Type.String()),
});

export const UnreadableSectorEntry = Type.Object({
  driveBlockCount: Type.Integer(),
  driveLBA: Int64,
  driveRef: Type.String(),
  recordType: oneOf('physical', 'logical', 'injected', 'edcError', 'inconsistent', 'piError', '__UNDEFINED'),
  slotNo: Type.Integer(),
  timeStamp: Int64,
  trayNo: Type.Integer(),
  volumeLBA: Int64,
  volumeRef: Type.String(),
});

export const UnreadableSectorResponse = Type.Object({
  database: Type.Array(UnreadableSectorEntry),
  maxLimit: Type.Integer(),
});

export const UpgradeLogRecord = Type.Object({
  message: Type.String(),
  timestamp: DateTime,
});

export const UpgradeLogsResponse = Type.Object({
  cfwUpgradeTS: DateTime,
  iomUpgradeTS: DateTime,
  driveUpgradeTS: DateTime,
  nvsramUpgradeTS: DateTime,
  cfwLog: Type.Array(UpgradeLogRecord),
  iomLog: Type.Array(UpgradeLogRecord),
  driveLog: Type.Array(UpgradeLogRecord),
  nvsramLog: Type.Array(UpgradeLogRecord),
});
