import { IpVxAddress } from './drives.js';
import { ProtectionTypeName, ProviderName } from './enums.js';
import {
  InternetProtocolV4Data,
  InternetProtocolV6Data,
  IpV4AddressData,
  IpV6AddressData,
  PhysicalInterfaceTypeData,
  ScsiNodeName,
} from './hosts.js';
import { Location } from './locations.js';
import { boolean, Int64, integer, list, nullable, object, oneOf, text } from './types.js';
import { VolumeCache, VolumePerms } from './volumes.js';

/** What the array answers about iscsi: the vendor's definitions, property by property. */

const IpVxAddressData = object({
  addressType: oneOf('ipv4', 'ipv6', '__UNDEFINED'),
  ipv4Data: nullable(IpV4AddressData),
  ipv6Data: nullable(IpV6AddressData),
});

const NVMeoFInfinibandProperties = object({
  ipAddressData: nullable(IpVxAddressData),
  listeningPort: integer(),
});

const NVMeoFRoceV2Properties = object({
  ipv4Enabled: boolean(),
  ipv6Enabled: boolean(),
  ipv4Data: nullable(InternetProtocolV4Data),
  ipv6Data: nullable(InternetProtocolV6Data),
  listeningPort: integer(),
});

const NVMeoFFibreChannelProperties = object({
  firstBurstDataSupported: boolean(),
  firstBurstDataLength: integer(),
});

const NVMeoFProtocolProperties = object({
  provider: ProviderName,
  ibProperties: nullable(NVMeoFInfinibandProperties),
  roceV2Properties: nullable(NVMeoFRoceV2Properties),
  fcProperties: nullable(NVMeoFFibreChannelProperties),
});

const NVMeProtocolProperties = object({
  revision: integer(),
});

export const NVMeCommandProtocolProperties = object({
  commandSet: oneOf('unknown', 'nvme', 'nvmeof', '__UNDEFINED'),
  nvmeofProperties: nullable(NVMeoFProtocolProperties),
  nvmeProperties: nullable(NVMeProtocolProperties),
});

export const IscsiInterface = object({
  channel: integer(),
  channelPortRef: text(),
  tcpListenPort: integer(),
  ipv4Enabled: boolean(),
  ipv4Data: nullable(InternetProtocolV4Data),
  interfaceData: nullable(PhysicalInterfaceTypeData),
  interfaceRef: text(),
  ipv6Enabled: boolean(),
  ipv6Data: nullable(InternetProtocolV6Data),
  physicalLocation: nullable(Location),
  protectionInformationCapable: boolean(),
  isIPv6Capable: boolean(),
  oneWayMaxRate: Int64,
  bidirectionalMaxRate: Int64,
  isNetworkTraceCapable: boolean(),
  isRemoteStorageVolumeCapable: boolean(),
  id: text(),
});

export const CouplingDriverNVMeInterface = object({
  interfaceRef: text(),
  channel: integer(),
  physicalLocation: nullable(Location),
  protectionInformationCapable: boolean(),
  oneWayMaxRate: Int64,
  bidirectionalMaxRate: Int64,
});

const RemoteTargetGroupAWSGatewayMgmtData = object({
  gatewayARN: text(),
  region: text(),
  secretKeyGroup: text(),
});

const RemoteTargetGroupEseriesMgmtData = object({
  arrayIdentifier: text(),
  mgmtIpAddresses: list(IpVxAddress),
  secretKeyGroup: text(),
});

const RemoteTargetGroupMgmtProperties = object({
  type: oneOf('unknown', 'awsGateway', 'eseries', 'genericTarget', '__UNDEFINED'),
  awsGatewayData: nullable(RemoteTargetGroupAWSGatewayMgmtData),
  eseriesData: nullable(RemoteTargetGroupEseriesMgmtData),
});

const RemoteTargetGroupControllerData = object({
  controllerRef: text(),
  remoteTargetGroupStatus: oneOf('unknown', 'online', 'failedToConnect', 'lostConnection', '__UNDEFINED'),
});

export const RemoteTargetGroup = object({
  groupRef: text(),
  label: text(),
  mgmtProperties: nullable(RemoteTargetGroupMgmtProperties),
  remoteRef: text(),
  remoteTargetGroupControllerData: list(RemoteTargetGroupControllerData),
});

const RemoteTargetVolumePropertiesAWSGateway = object({
  nodeName: nullable(ScsiNodeName),
  volumeARN: text(),
});

const RemoteTargetVolumePropertiesEseries = object({
  lunNumber: integer(),
});

const RemoteTargetVolumePropertiesGenericTarget = object({
  lunNumber: integer(),
});

const RemoteTargetVolumeProperties = object({
  type: oneOf('unknown', 'awsGateway', 'eseries', 'genericTarget', '__UNDEFINED'),
  awsVolumeProperties: nullable(RemoteTargetVolumePropertiesAWSGateway),
  eseriesVolumeProperties: nullable(RemoteTargetVolumePropertiesEseries),
  genericTargetVolumeProperties: nullable(RemoteTargetVolumePropertiesGenericTarget),
});

export const RemoteTargetVolume = object({
  volumeHandle: integer(),
  worldWidename: text(),
  remoteTargetVolRef: text(),
  remoteVolumeRef: text(),
  extendedUniqueIdentifier: text(),
  label: text(),
  currentManager: text(),
  preferredManager: text(),
  capacity: Int64,
  perms: nullable(VolumePerms),
  blkSize: integer(),
  cache: nullable(VolumeCache),
  mgmtClientAttribute: integer(),
  properties: nullable(RemoteTargetVolumeProperties),
  remoteTargetVolStatus: oneOf('unknown', 'online', 'offline', '__UNDEFINED'),
  protectionType: ProtectionTypeName,
  expectedProtectionInformationAppTag: integer(),
  cacheMirroringValidateProtectionInformation: boolean(),
  remoteTargetGroupRef: text(),
  remoteTargetVolStatusReason: oneOf(
    'unknown',
    'online',
    'incorrectInquiryData',
    'invalidBlockSize',
    'failedToConnect',
    'lostConnection',
    'invalidCapacity',
    '__UNDEFINED',
  ),
});

export const IscsiChapSecretValidationResponse = object({
  isValid: boolean(),
});

export const IscsiTargetResponse = object({
  authMethod: oneOf('none', 'chap', '__UNDEFINED'),
  chapSecret: text(),
  iqn: text(),
  alias: text(),
});
