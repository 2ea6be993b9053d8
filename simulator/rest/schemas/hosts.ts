import Type from 'typebox';
import { HostPortLocation, IpVxAddress, Location, RepairPolicy } from './drives.js';
import { CurrentHostIoProtocolName, CurrentSpeedName, IoInterfaceTypeName, TypeName, TypeName3 } from './enums.js';
import { Int64, nullable, oneOf } from './types.js';

/** What the array answers about hosts: the vendor's definitions, property by property. */

export const LUNMapping = Type.Object({
  lunMappingRef: Type.String(),
  lun: Type.Integer(),
  ssid: Type.Integer(),
  perms: Type.Integer(),
  volumeRef: Type.String(),
  type: TypeName,
  mapRef: Type.String(),
  id: Type.String(),
});

export const TargetPortal = Type.Object({
  groupTag: Type.Integer(),
  ipAddress: nullable(IpVxAddress),
  tcpListenPort: Type.Integer(),
});

export const IscsiRemoteTargetConnections = Type.Object({
  connectedRemoteTargetPortals: Type.Array(TargetPortal),
});

export const FibrePortLogin = Type.Object({
  switchPortId: Type.String(),
  targetPortName: Type.String(),
});

export const FibreRemoteTargetConnections = Type.Object({
  remoteNodeWWN: Type.String(),
  associatedSwitchPorts: Type.Array(Type.String()),
  connectedRemoteTargetPorts: Type.Array(FibrePortLogin),
});

export const ScsiRemoteTargetConnections = Type.Object({
  ioInterfaceType: IoInterfaceTypeName,
  iscsiConnectionDetail: nullable(IscsiRemoteTargetConnections),
  fibreConnectionDetail: nullable(FibreRemoteTargetConnections),
});

export const ScsiNodeName = Type.Object({
  ioInterfaceType: IoInterfaceTypeName,
  iscsiNodeName: Type.String(),
  remoteNodeWWN: Type.String(),
  nvmeNodeName: Type.String(),
});

export const PKCS5EncryptionData = Type.Object({
  iterations: Type.Integer(),
  salt: Type.String(),
  cipherText: Type.String(),
});

export const EncryptedPassword = Type.Object({
  type: oneOf('pkcs5Sha1Des', 'unspecified', 'pkcs5Sha2Aes', '__UNDEFINED'),
  pkcs5Data: nullable(PKCS5EncryptionData),
  pkcs5AesData: nullable(PKCS5EncryptionData),
});

export const AuthMethodTypeData = Type.Object({
  authMethod: oneOf('none', 'chap', '__UNDEFINED'),
  chapSecret: Type.Array(EncryptedPassword),
});

export const AuthenticationBundle = Type.Object({
  authMethodData: Type.Array(AuthMethodTypeData),
});

export const IscsiInitiatorTargetBaseParameters = Type.Object({
  portals: Type.Array(TargetPortal),
});

export const ScsiInitiatorTargetBaseProperties = Type.Object({
  ioInterfaceType: IoInterfaceTypeName,
  iscsiinitiatorTargetBaseParameters: nullable(IscsiInitiatorTargetBaseParameters),
});

export const IpV4AddressData = Type.Object({
  configState: oneOf('unconfigured', 'acquiring', 'configured', 'invalid', '__UNDEFINED'),
  ipv4Address: Type.String(),
  ipv4SubnetMask: Type.String(),
  ipv4GatewayAddress: Type.String(),
});

export const IpV6AddressState = Type.Object({
  addressType: oneOf('typeInterface', 'typeRouter', '__UNDEFINED'),
  interfaceAddressState: oneOf('unconfigured', 'acquiring', 'configured', 'invalid', '__UNDEFINED'),
  routerAddressState: oneOf('unknown', 'configured', 'advertised', 'stale', '__UNDEFINED'),
});

export const IpV6AddressData = Type.Object({
  address: Type.String(),
  addressState: nullable(IpV6AddressState),
});

export const SettingControl = Type.Object({
  isEnabled: Type.Boolean(),
  value: Type.Integer(),
});

export const InternetProtocolV4Data = Type.Object({
  ipv4Address: Type.String(),
  ipv4AddressConfigMethod: oneOf('configDhcp', 'configStatic', '__UNDEFINED'),
  ipv4OutboundPacketPriority: nullable(SettingControl),
  ipv4VlanId: nullable(SettingControl),
  ipv4AddressData: nullable(IpV4AddressData),
});

export const InternetProtocolV6Data = Type.Object({
  ipv6LocalAddresses: Type.Array(IpV6AddressData),
  ipv6RoutableAddresses: Type.Array(IpV6AddressData),
  ipv6PortRouterAddress: nullable(IpV6AddressData),
  ipv6AddressConfigMethod: oneOf('configStatic', 'configStateless', '__UNDEFINED'),
  ipv6OutboundPacketPriority: nullable(SettingControl),
  ipv6VlanId: nullable(SettingControl),
  ipv6HopLimit: Type.Integer(),
  ipv6NdReachableTime: Type.Integer(),
  ipv6NdRetransmitTime: Type.Integer(),
  ipv6NdStaleTimeout: Type.Integer(),
  ipv6DuplicateAddressDetectionAttempts: Type.Integer(),
});

export const HostBoard2PortIbTypeData = Type.Object({
  tcaGuid: Type.String(),
  queuePairsSupported: Type.Integer(),
  completionQueuesSupported: Type.Integer(),
  sharedReceiveQueuesSupported: Type.Integer(),
});

export const HostBoardTypeData = Type.Object({
  type: TypeName3,
  dualPortIbTypeData: nullable(HostBoard2PortIbTypeData),
  dualPortDenaliIbTypeData: nullable(HostBoard2PortIbTypeData),
});

export const HostBoard = Type.Object({
  parentController: Type.String(),
  partNumber: Type.String(),
  serialNumber: Type.String(),
  vendorName: Type.String(),
  manufacturerDate: Int64,
  fruType: Type.String(),
  hostBoardId: Type.String(),
  status: oneOf('unknown', 'optimal', 'needsAttention', 'notPresent', 'degraded', 'failed', 'diagInProgress', '__UNDEFINED'),
  type: TypeName3,
  hostBoardRef: Type.String(),
  numberOfPorts: Type.Integer(),
  hbTypeData: nullable(HostBoardTypeData),
  oemPartNumber: Type.String(),
  hostBoardControllerSlot: Type.Integer(),
  repairPolicy: nullable(RepairPolicy),
  physicalLocation: nullable(Location),
  id: Type.String(),
});

export const VendorPartData = Type.Object({
  vendorName: Type.String(),
  partNumber: Type.String(),
  revisionNumber: Type.String(),
  serialNumber: Type.String(),
});

export const EthernetInterfaceData = Type.Object({
  partData: nullable(VendorPartData),
  macAddress: Type.String(),
  fullDuplex: Type.Boolean(),
  maximumFramePayloadSize: Type.Integer(),
  currentInterfaceSpeed: CurrentSpeedName,
  maximumInterfaceSpeed: CurrentSpeedName,
  linkStatus: oneOf('none', 'up', 'down', 'failed', '__UNDEFINED'),
  supportedInterfaceSpeeds: Type.Array(CurrentSpeedName),
  autoconfigSupport: Type.Boolean(),
  copperCableDiagnosticsSupport: Type.Boolean(),
  operationalInterfaceSpeed: CurrentSpeedName,
  supportedFECModes: Type.Array(oneOf('unknown', 'none', 'fireCode', 'reedSolomon', 'auto', '__UNDEFINED')),
  configuredFECMode: oneOf('unknown', 'none', 'fireCode', 'reedSolomon', 'auto', '__UNDEFINED'),
  currentFECMode: oneOf('unknown', 'none', 'fireCode', 'reedSolomon', 'auto', '__UNDEFINED'),
});

export const InfinibandInterfaceData = Type.Object({
  isIser: Type.Boolean(),
});

export const PhysicalInterfaceTypeData = Type.Object({
  type: oneOf('unknown', 'ethernet', 'infiniband', '__UNDEFINED'),
  ethernetData: nullable(EthernetInterfaceData),
  infinibandData: nullable(InfinibandInterfaceData),
});

export const IScsiInterfacePort = Type.Object({
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
  iqn: Type.String(),
  controllerId: Type.String(),
  interfaceId: Type.String(),
  niceAddressId: Type.String(),
  addressId: Type.String(),
  id: Type.String(),
});

export const Host = Type.Object({
  hostRef: Type.String(),
  clusterRef: Type.String(),
  label: Type.String(),
  isSAControlled: Type.Boolean(),
  confirmLUNMappingCreation: Type.Boolean(),
  hostTypeIndex: Type.Integer(),
  protectionInformationCapableAccessMethod: Type.Boolean(),
  isLargeBlockFormatHost: Type.Boolean(),
  isLun0Restricted: Type.Boolean(),
  name: Type.String(),
  id: Type.String(),
});

export const IscsiInitiatorPortId = Type.Object({
  initiatorNodeName: Type.String(),
  initiatorSessionId: Type.String(),
});

export const NVMeInitiatorPortId = Type.Object({
  name: Type.String(),
  hostIdentifier: Type.String(),
  portIdentifier: nullable(HostPortLocation),
});

export const SCSIInitiatorPortId = Type.Object({
  ioInterfaceType: IoInterfaceTypeName,
  portName: Type.String(),
  ibPortName: Type.String(),
  iscsiPortName: nullable(IscsiInitiatorPortId),
  sasPortName: Type.String(),
  nvmeInitiatorPortId: nullable(NVMeInitiatorPortId),
});

export const HostPort = Type.Object({
  hostPortRef: Type.String(),
  hostPortName: Type.String(),
  label: Type.String(),
  hostRef: Type.String(),
  hostPortTypeIndex: Type.Integer(),
  isSAControlled: Type.Boolean(),
  confirmLUNMappingCreation: Type.Boolean(),
  portId: nullable(SCSIInitiatorPortId),
  portInactive: Type.Boolean(),
  id: Type.String(),
});

export const ScsiAlias = Type.Object({
  ioInterfaceType: IoInterfaceTypeName,
  iscsiAlias: Type.String(),
});

export const InitiatorNodeName = Type.Object({
  nodeName: nullable(ScsiNodeName),
  interfaceType: IoInterfaceTypeName,
});

export const Initiator = Type.Object({
  initiatorRef: Type.String(),
  nodeName: nullable(ScsiNodeName),
  alias: nullable(ScsiAlias),
  label: Type.String(),
  configuredAuthMethods: nullable(AuthenticationBundle),
  hostRef: Type.String(),
  initiatorInactive: Type.Boolean(),
  initiatorNodeName: nullable(InitiatorNodeName),
  id: Type.String(),
});

export const HostSidePort = Type.Object({
  id: Type.String(),
  type: IoInterfaceTypeName,
  address: Type.String(),
  label: Type.String(),
  mtpIoInterfaceType: IoInterfaceTypeName,
  name: Type.String(),
});

export const HostEx = Type.Object({
  hostRef: Type.String(),
  clusterRef: Type.String(),
  label: Type.String(),
  isSAControlled: Type.Boolean(),
  confirmLUNMappingCreation: Type.Boolean(),
  hostTypeIndex: Type.Integer(),
  protectionInformationCapableAccessMethod: Type.Boolean(),
  isLargeBlockFormatHost: Type.Boolean(),
  isLun0Restricted: Type.Boolean(),
  ports: Type.Array(HostPort),
  initiators: Type.Array(Initiator),
  hostSidePorts: Type.Array(HostSidePort),
  id: Type.String(),
  name: Type.String(),
});

export const HostGroup = Type.Object({
  clusterRef: Type.String(),
  label: Type.String(),
  isSAControlled: Type.Boolean(),
  confirmLUNMappingCreation: Type.Boolean(),
  protectionInformationCapableAccessMethod: Type.Boolean(),
  isLun0Restricted: Type.Boolean(),
  id: Type.String(),
  name: Type.String(),
});

export const HostIoProtocolsResponse = Type.Object({
  currentHostIoProtocol: CurrentHostIoProtocolName,
  hostInterfaceId: Type.String(),
  supportedHostIoProtocols: Type.Array(CurrentHostIoProtocolName),
});

export const HostSpecificValues = Type.Object({
  waitForDownload: Type.Boolean(),
  notReadySenseForQuiescenceInProgress: Type.Boolean(),
  notReadySenseForQuiescenceInProgress2: Type.Boolean(),
  checkConditionForVendorUniqueUAConditions: Type.Boolean(),
  reportDeferredErrors: Type.Boolean(),
  ignoreForceUnitAccess: Type.Boolean(),
  ignoreWriteCacheDisable: Type.Boolean(),
  allowReservationOnUnownedLUNs: Type.Boolean(),
  worldWideNameInStandardInquiry: Type.Boolean(),
  propagateHostBusResets: Type.Boolean(),
  reportSCCDeviceEnable: Type.Boolean(),
  conditionalFCLogout: Type.Boolean(),
  forceSCSI2: Type.Boolean(),
  reportUnconfiguredLUNs: Type.Boolean(),
  ignoreSyncCache: Type.Boolean(),
  ignoreUTMLunOwnership: Type.Boolean(),
  reportLUNPreferredPathInStandardInquiry: Type.Boolean(),
  autoLUNTransfer: Type.Boolean(),
  inquiryUnconfiguredDeviceType: Type.Integer(),
  inquiryUnownedDeviceType: Type.Integer(),
  unownedBlock0Read: Type.Integer(),
  retainLogins: Type.Boolean(),
  hostPortType: Type.String(),
  maxRestrictedLUNs: Type.Integer(),
  reserved1: Type.String(),
  avtExclusionExtentsEnabled: Type.Boolean(),
  suppressVolOffPreferredPathAlert: Type.Boolean(),
  hostType: Type.String(),
  tpgsSupported: Type.Boolean(),
  volumeFormatOptions: Type.Boolean(),
  restrictedLun0: Type.Boolean(),
  usePage2CQuiescenceTimeout: Type.Boolean(),
  asymmetricLUAccess: Type.Boolean(),
  ignoreISCSISessionIDInITN: Type.Boolean(),
  enableLUCheckConditionParallelResponses: Type.Boolean(),
  disableExplicitTPGS: Type.Boolean(),
  unownedCheckConditionDuringFWActivation: Type.Boolean(),
  allowPreferredOwnerReportingSuppression: Type.Boolean(),
  enableTargetFailback: Type.Boolean(),
  enableAutoLoadBalance: Type.Boolean(),
  quiescenceInProgressSenseKey: Type.Integer(),
  quiescenceInProgressASC: Type.Integer(),
  quiescenceInProgressASCQ: Type.Integer(),
  persistentID: Type.Integer(),
  nvmeVUFailoverSupported: Type.Boolean(),
  nvmeStandardFailoverSupported: Type.Boolean(),
  hostUnmapEnabled: Type.Boolean(),
  hostTypeCategory: oneOf('uninitialized', 'imtCertifiedCommon', 'imtCertifiedUncommon', 'pvrCertified', '__UNDEFINED'),
  hostTypePriority: Type.Integer(),
  hostConnectivityReportingSupported: Type.Boolean(),
});

export const HostType = Type.Object({
  name: Type.String(),
  index: Type.Integer(),
  code: Type.String(),
  used: Type.Boolean(),
  default: Type.Boolean(),
  nvmeSupported: Type.Boolean(),
});

export const UnassociatedHostPort = Type.Object({
  type: IoInterfaceTypeName,
  id: Type.String(),
  address: Type.String(),
  mediaTransportProtocolType: IoInterfaceTypeName,
});
