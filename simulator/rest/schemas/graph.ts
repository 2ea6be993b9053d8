import { AsyncMirrorGroup, AsyncMirrorGroupMember } from '../objects/async-mirrors.js';
import { PITConsistencyGroup, PITConsistencyGroupView } from '../objects/consistency-groups.js';
import { Controller } from '../objects/controllers.js';
import { Drive, DriveEx } from '../objects/drives.js';
import { IoInterface, IScsiInterfacePort } from '../objects/interfaces.js';
import { NetworkInterface } from '../objects/management-ports.js';
import { FreeExtent, VolumeGroup } from '../objects/pools.js';
import { ConcatVolume } from '../objects/repositories.js';
import { PITView } from '../objects/snapshot-volumes.js';
import { PIT, PITGroup } from '../objects/snapshots.js';
import { Tray, TrayEx } from '../objects/trays.js';
import { VolumeCopy } from '../objects/volume-copies.js';
import { ThinVolume } from '../objects/volumes.js';
import { CacheBackupDevice, CacheMemoryDimm } from './cache-devices.js';
import { ConsistencyGroupBundle } from './consistency-groups.js';
import { ActionName, ProtectionTypeName, RaidLevelName } from './enums.js';
import { Esm } from './esms.js';
import { HostBoard } from './hosts.js';
import { EthernetInterfacePort, FibreInterfacePort, IBInterfacePort, IoInterfaceHicMap } from './interfaces.js';
import { RemoteTargetGroup, RemoteTargetVolume } from './iscsi.js';
import { AsyncMirrorGroupIncompleteMember, MirrorProxyVolume, RemoteArray, RemoteVolume } from './mirrors.js';
import { FlashCacheBundle, StoragePoolBundle } from './pools.js';
import { ChannelPort } from './ports.js';
import { BatteryEx, Fan, PowerSupply, ThermalSensor } from './power-and-cooling.js';
import { ConcatVolumeMember } from './repositories.js';
import { SasExpander, SasInterfacePort } from './sas.js';
import { Sfp } from './sfps.js';
import { ScheduleInstance, SnapshotVolume } from './snapshots.js';
import { SNMPAgentBundle } from './snmp-agent.js';
import { LockKeyID, StorageArray } from './storage-array.js';
import { KeyValueTag, KeyValueTagMapping } from './system.js';
import { ComponentBundle, Drawer, SupportCRU } from './trays.js';
import { boolean, Int64, integer, list, nullable, object, oneOf, text } from './types.js';
import { VolumeCache, VolumeMediaScanParams, VolumePerms, Workload, WorkloadVolumeMapping } from './volumes.js';

/** What the array answers about graph: the vendor's definitions, property by property. */

const ApplicationAwarenessBundle = object({
  keyValueTag: list(KeyValueTag),
  keyValueTagMapping: list(KeyValueTagMapping),
  workload: list(Workload),
  workloadVolumeMapping: list(WorkloadVolumeMapping),
});

const DVEVolume = object({
  volume: text(),
  amountOfIncrease: Int64,
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
