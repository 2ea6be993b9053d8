import Type from 'typebox';
import { IpVxAddress, Location } from './drives.js';
import { ProviderName } from './enums.js';
import { InternetProtocolV4Data, InternetProtocolV6Data, IpV4AddressData, IpV6AddressData, PhysicalInterfaceTypeData, ScsiNodeName } from './hosts.js';
import { Int64, nullable, oneOf } from './types.js';
import { VolumeCache, VolumePerms } from './volumes.js';

/** What the array answers about iscsi: the vendor's definitions, property by property. */

export const IpVxAddressData = Type.Object({
  addressType: oneOf('ipv4', 'ipv6', '__UNDEFINED'),
  ipv4Data: nullable(IpV4AddressData),
  ipv6Data: nullable(IpV6AddressData),
});

export const NVMeoFInfinibandProperties = Type.Object({
  ipAddressData: nullable(IpVxAddressData),
  listeningPort: Type.Integer(),
});

export const NVMeoFRoceV2Properties = Type.Object({
  ipv4Enabled: Type.Boolean(),
  ipv6Enabled: Type.Boolean(),
  ipv4Data: nullable(InternetProtocolV4Data),
  ipv6Data: nullable(InternetProtocolV6Data),
  listeningPort: Type.Integer(),
});

export const NVMeoFFibreChannelProperties = Type.Object({
  firstBurstDataSupported: Type.Boolean(),
  firstBurstDataLength: Type.Integer(),
});

export const NVMeoFProtocolProperties = Type.Object({
  provider: ProviderName,
  ibProperties: nullable(NVMeoFInfinibandProperties),
  roceV2Properties: nullable(NVMeoFRoceV2Properties),
  fcProperties: nullable(NVMeoFFibreChannelProperties),
});

export const NVMeProtocolProperties = Type.Object({
  revision: Type.Integer(),
});

export const NVMeCommandProtocolProperties = Type.Object({
  commandSet: oneOf('unknown', 'nvme', 'nvmeof', '__UNDEFINED'),
  nvmeofProperties: nullable(NVMeoFProtocolProperties),
  nvmeProperties: nullable(NVMeProtocolProperties),
});

export const IscsiInterface = Type.Object({
  channel: Type.Integer(),
  channelPortRef: Type.String(),
  tcpListenPort: Type.Integer(),
  ipv4Enabled: Type.Boolean(),
  ipv4Data: nullable(InternetProtocolV4Data),
  interfaceData: nullable(PhysicalInterfaceTypeData),
  interfaceRef: Type.String(),
  ipv6Enabled: Type.Boolean(),
  ipv6Data: nullable(InternetProtocolV6Data),
  physicalLocation: nullable(Location),
  protectionInformationCapable: Type.Boolean(),
  isIPv6Capable: Type.Boolean(),
  oneWayMaxRate: Int64,
  bidirectionalMaxRate: Int64,
  isNetworkTraceCapable: Type.Boolean(),
  isRemoteStorageVolumeCapable: Type.Boolean(),
  id: Type.String(),
});

export const CouplingDriverNVMeInterface = Type.Object({
  interfaceRef: Type.String(),
  channel: Type.Integer(),
  physicalLocation: nullable(Location),
  protectionInformationCapable: Type.Boolean(),
  oneWayMaxRate: Int64,
  bidirectionalMaxRate: Int64,
});

export const RemoteTargetGroupAWSGatewayMgmtData = Type.Object({
  gatewayARN: Type.String(),
  region: Type.String(),
  secretKeyGroup: Type.String(),
});

export const RemoteTargetGroupEseriesMgmtData = Type.Object({
  arrayIdentifier: Type.String(),
  mgmtIpAddresses: Type.Array(IpVxAddress),
  secretKeyGroup: Type.String(),
});

export const RemoteTargetGroupMgmtProperties = Type.Object({
  type: oneOf('unknown', 'awsGateway', 'eseries', 'genericTarget', '__UNDEFINED'),
  awsGatewayData: nullable(RemoteTargetGroupAWSGatewayMgmtData),
  eseriesData: nullable(RemoteTargetGroupEseriesMgmtData),
});

export const RemoteTargetGroupControllerData = Type.Object({
  controllerRef: Type.String(),
  remoteTargetGroupStatus: oneOf('unknown', 'online', 'failedToConnect', 'lostConnection', '__UNDEFINED'),
});

export const RemoteTargetGroup = Type.Object({
  groupRef: Type.String(),
  label: Type.String(),
  mgmtProperties: nullable(RemoteTargetGroupMgmtProperties),
  remoteRef: Type.String(),
  remoteTargetGroupControllerData: Type.Array(RemoteTargetGroupControllerData),
});

export const RemoteTargetVolumePropertiesAWSGateway = Type.Object({
  nodeName: nullable(ScsiNodeName),
  volumeARN: Type.String(),
});

export const RemoteTargetVolumePropertiesEseries = Type.Object({
  lunNumber: Type.Integer(),
});

export const RemoteTargetVolumePropertiesGenericTarget = Type.Object({
  lunNumber: Type.Integer(),
});

export const RemoteTargetVolumeProperties = Type.Object({
  type: oneOf('unknown', 'awsGateway', 'eseries', 'genericTarget', '__UNDEFINED'),
  awsVolumeProperties: nullable(RemoteTargetVolumePropertiesAWSGateway),
  eseriesVolumeProperties: nullable(RemoteTargetVolumePropertiesEseries),
  genericTargetVolumeProperties: nullable(RemoteTargetVolumePropertiesGenericTarget),
});

export const RemoteTargetVolume = Type.Object({
  volumeHandle: Type.Integer(),
  worldWidename: Type.String(),
  remoteTargetVolRef: Type.String(),
  remoteVolumeRef: Type.String(),
  extendedUniqueIdentifier: Type.String(),
  label: Type.String(),
  currentManager: Type.String(),
  preferredManager: Type.String(),
  capacity: Int64,
  perms: nullable(VolumePerms),
  blkSize: Type.Integer(),
  cache: nullable(VolumeCache),
  mgmtClientAttribute: Type.Integer(),
  properties: nullable(RemoteTargetVolumeProperties),
  remoteTargetVolStatus: oneOf('unknown', 'online', 'offline', '__UNDEFINED'),
  protectionType: oneOf('type0Protection', 'type1Protection', 'type2Protection', 'type3Protection', '__UNDEFINED'),
  expectedProtectionInformationAppTag: Type.Integer(),
  cacheMirroringValidateProtectionInformation: Type.Boolean(),
  remoteTargetGroupRef: Type.String(),
  remoteTargetVolStatusReason: oneOf('unknown', 'online', 'incorrectInquiryData', 'invalidBlockSize', 'failedToConnect', 'lostConnection', 'invalidCapacity', '__UNDEFINED'),
});

export const IscsiChapSecretValidationResponse = Type.Object({
  isValid: Type.Boolean(),
});

export const IscsiEntityData = Type.Object({
  icmpPingResponseEnabled: Type.Boolean(),
  unnamedDiscoverySessionsEnabled: Type.Boolean(),
  isnsServerTcpListenPort: Type.Integer(),
  ipv4IsnsServerAddressConfigMethod: oneOf('configDhcp', 'configStatic', '__UNDEFINED'),
  ipv4IsnsServerAddress: Type.String(),
  ipv6IsnsServerAddressConfigMethod: oneOf('configStatic', 'configStateless', '__UNDEFINED'),
  ipv6IsnsServerAddress: Type.String(),
  isnsRegistrationState: oneOf('disabled', 'locatingServer', 'connectingToServer', 'completed', '__UNDEFINED'),
  isnsServerRegistrationEnabled: Type.Boolean(),
  hostPortsConfiguredDHCP: Type.Boolean(),
});

export const IscsiEntityResponse = Type.Object({
  icmpPingResponseEnabled: Type.Boolean(),
  unnamedDiscoverySessionsEnabled: Type.Boolean(),
  isnsServerTcpListenPort: Type.Integer(),
  ipv4IsnsServerAddress: Type.String(),
  ipv6IsnsServerAddress: Type.String(),
  isnsServerRegistrationEnabled: Type.Boolean(),
  hostPortsConfiguredDHCP: Type.Boolean(),
  ipv4IsnsServerAddressConfigMethod: oneOf('configDhcp', 'configStatic', '__UNDEFINED'),
  ipv6IsnsServerAddressConfigMethod: oneOf('configStatic', 'configStateless', '__UNDEFINED'),
  isnsRegistrationState: oneOf('disabled', 'locatingServer', 'connectingToServer', 'completed', '__UNDEFINED'),
});

export const IscsiTargetResponse = Type.Object({
  authMethod: oneOf('none', 'chap', '__UNDEFINED'),
  chapSecret: Type.String(),
  iqn: Type.String(),
  alias: Type.String(),
});
