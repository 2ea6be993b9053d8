import { EthernetInterfaceData } from '../objects/ethernet.js';
import { RepairPolicy } from './components.js';
import { IpVxAddress } from './drives.js';
import { IoInterfaceTypeName, TypeName3 } from './enums.js';
import { HostPortLocation, Location } from './locations.js';
import { boolean, Int64, integer, list, nullable, object, oneOf, text } from './types.js';

/** What the array answers about hosts: the vendor's definitions, property by property. */

export const TargetPortal = object({
  groupTag: integer(),
  ipAddress: nullable(IpVxAddress),
  tcpListenPort: integer(),
});

export const ScsiNodeName = object({
  ioInterfaceType: IoInterfaceTypeName,
  iscsiNodeName: nullable(text()),
  remoteNodeWWN: nullable(text()),
  nvmeNodeName: nullable(text()),
});

const PKCS5EncryptionData = object({
  iterations: integer(),
  salt: text(),
  cipherText: text(),
});

const EncryptedPassword = object({
  type: oneOf('pkcs5Sha1Des', 'unspecified', 'pkcs5Sha2Aes', '__UNDEFINED'),
  pkcs5Data: nullable(PKCS5EncryptionData),
  pkcs5AesData: nullable(PKCS5EncryptionData),
});

const AuthMethodTypeData = object({
  authMethod: oneOf('none', 'chap', '__UNDEFINED'),
  chapSecret: nullable(list(EncryptedPassword)),
});

export const AuthenticationBundle = object({
  authMethodData: list(AuthMethodTypeData),
});

const IscsiInitiatorTargetBaseParameters = object({
  portals: list(TargetPortal),
});

export const ScsiInitiatorTargetBaseProperties = object({
  ioInterfaceType: IoInterfaceTypeName,
  iscsiinitiatorTargetBaseParameters: nullable(IscsiInitiatorTargetBaseParameters),
});

export const IpV4AddressData = object({
  configState: oneOf('unconfigured', 'acquiring', 'configured', 'invalid', '__UNDEFINED'),
  ipv4Address: text(),
  ipv4SubnetMask: text(),
  ipv4GatewayAddress: text(),
});

const IpV6AddressState = object({
  addressType: oneOf('typeInterface', 'typeRouter', '__UNDEFINED'),
  interfaceAddressState: oneOf('unconfigured', 'acquiring', 'configured', 'invalid', '__UNDEFINED'),
  routerAddressState: oneOf('unknown', 'configured', 'advertised', 'stale', '__UNDEFINED'),
});

export const IpV6AddressData = object({
  address: text(),
  addressState: nullable(IpV6AddressState),
});

const SettingControl = object({
  isEnabled: boolean(),
  value: integer(),
});

export const InternetProtocolV4Data = object({
  ipv4Address: text(),
  ipv4AddressConfigMethod: oneOf('configDhcp', 'configStatic', '__UNDEFINED'),
  ipv4OutboundPacketPriority: nullable(SettingControl),
  ipv4VlanId: nullable(SettingControl),
  ipv4AddressData: nullable(IpV4AddressData),
});

export const InternetProtocolV6Data = object({
  ipv6LocalAddresses: list(IpV6AddressData),
  ipv6RoutableAddresses: list(IpV6AddressData),
  ipv6PortRouterAddress: nullable(IpV6AddressData),
  ipv6AddressConfigMethod: oneOf('configStatic', 'configStateless', '__UNDEFINED'),
  ipv6OutboundPacketPriority: nullable(SettingControl),
  ipv6VlanId: nullable(SettingControl),
  ipv6HopLimit: integer(),
  ipv6NdReachableTime: integer(),
  ipv6NdRetransmitTime: integer(),
  ipv6NdStaleTimeout: integer(),
  ipv6DuplicateAddressDetectionAttempts: integer(),
});

const HostBoard2PortIbTypeData = object({
  tcaGuid: text(),
  queuePairsSupported: integer(),
  completionQueuesSupported: integer(),
  sharedReceiveQueuesSupported: integer(),
});

const HostBoardTypeData = object({
  type: TypeName3,
  dualPortIbTypeData: nullable(HostBoard2PortIbTypeData),
  dualPortDenaliIbTypeData: nullable(HostBoard2PortIbTypeData),
});

export const HostBoard = object({
  parentController: text(),
  partNumber: text(),
  serialNumber: text(),
  vendorName: text(),
  manufacturerDate: Int64,
  fruType: text(),
  hostBoardId: text(),
  status: oneOf(
    'unknown',
    'optimal',
    'needsAttention',
    'notPresent',
    'degraded',
    'failed',
    'diagInProgress',
    '__UNDEFINED',
  ),
  type: TypeName3,
  hostBoardRef: text(),
  numberOfPorts: integer(),
  hbTypeData: nullable(HostBoardTypeData),
  oemPartNumber: text(),
  hostBoardControllerSlot: integer(),
  repairPolicy: nullable(RepairPolicy),
  physicalLocation: nullable(Location),
  id: text(),
});

const InfinibandInterfaceData = object({
  isIser: boolean(),
});

export const PhysicalInterfaceTypeData = object({
  type: oneOf('unknown', 'ethernet', 'infiniband', '__UNDEFINED'),
  ethernetData: nullable(EthernetInterfaceData),
  infinibandData: nullable(InfinibandInterfaceData),
});

const IscsiInitiatorPortId = object({
  initiatorNodeName: text(),
  initiatorSessionId: text(),
});

const NVMeInitiatorPortId = object({
  name: text(),
  hostIdentifier: text(),
  portIdentifier: nullable(HostPortLocation),
});

export const SCSIInitiatorPortId = object({
  ioInterfaceType: IoInterfaceTypeName,
  portName: text(),
  ibPortName: text(),
  iscsiPortName: nullable(IscsiInitiatorPortId),
  sasPortName: text(),
  nvmeInitiatorPortId: nullable(NVMeInitiatorPortId),
});

export const ScsiAlias = object({
  ioInterfaceType: IoInterfaceTypeName,
  iscsiAlias: text(),
});

export const InitiatorNodeName = object({
  nodeName: nullable(ScsiNodeName),
  interfaceType: IoInterfaceTypeName,
});

export const HostSidePort = object({
  id: text(),
  type: IoInterfaceTypeName,
  address: text(),
  label: text(),
  mtpIoInterfaceType: IoInterfaceTypeName,
  name: text(),
});

export const HostSpecificValues = object({
  waitForDownload: boolean(),
  notReadySenseForQuiescenceInProgress: boolean(),
  notReadySenseForQuiescenceInProgress2: boolean(),
  checkConditionForVendorUniqueUAConditions: boolean(),
  reportDeferredErrors: boolean(),
  ignoreForceUnitAccess: boolean(),
  ignoreWriteCacheDisable: boolean(),
  allowReservationOnUnownedLUNs: boolean(),
  worldWideNameInStandardInquiry: boolean(),
  propagateHostBusResets: boolean(),
  reportSCCDeviceEnable: boolean(),
  conditionalFCLogout: boolean(),
  forceSCSI2: boolean(),
  reportUnconfiguredLUNs: boolean(),
  ignoreSyncCache: boolean(),
  ignoreUTMLunOwnership: boolean(),
  reportLUNPreferredPathInStandardInquiry: boolean(),
  autoLUNTransfer: boolean(),
  inquiryUnconfiguredDeviceType: integer(),
  inquiryUnownedDeviceType: integer(),
  unownedBlock0Read: integer(),
  retainLogins: boolean(),
  hostPortType: text(),
  maxRestrictedLUNs: integer(),
  reserved1: text(),
  avtExclusionExtentsEnabled: boolean(),
  suppressVolOffPreferredPathAlert: boolean(),
  hostType: text(),
  tpgsSupported: boolean(),
  volumeFormatOptions: boolean(),
  restrictedLun0: boolean(),
  usePage2CQuiescenceTimeout: boolean(),
  asymmetricLUAccess: boolean(),
  ignoreISCSISessionIDInITN: boolean(),
  enableLUCheckConditionParallelResponses: boolean(),
  disableExplicitTPGS: boolean(),
  unownedCheckConditionDuringFWActivation: boolean(),
  allowPreferredOwnerReportingSuppression: boolean(),
  enableTargetFailback: boolean(),
  enableAutoLoadBalance: boolean(),
  quiescenceInProgressSenseKey: integer(),
  quiescenceInProgressASC: integer(),
  quiescenceInProgressASCQ: integer(),
  persistentID: integer(),
  nvmeVUFailoverSupported: boolean(),
  nvmeStandardFailoverSupported: boolean(),
  hostUnmapEnabled: boolean(),
  hostTypeCategory: oneOf('uninitialized', 'imtCertifiedCommon', 'imtCertifiedUncommon', 'pvrCertified', '__UNDEFINED'),
  hostTypePriority: integer(),
  hostConnectivityReportingSupported: boolean(),
});

export const HostType = object({
  name: text(),
  index: integer(),
  code: text(),
  used: boolean(),
  default: boolean(),
  nvmeSupported: boolean(),
});

export const UnassociatedHostPort = object({
  type: IoInterfaceTypeName,
  id: text(),
  address: text(),
  mediaTransportProtocolType: IoInterfaceTypeName,
});
