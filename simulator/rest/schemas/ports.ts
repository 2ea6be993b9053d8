import { IpVxAddress, Location, RepairPolicy, RTRAttributes } from './drives.js';
import {
  CodeModuleName,
  CurrentSpeedName,
  EsmTypeName,
  IoInterfaceTypeName,
  PhysPortStateName,
  SfpConnectTypeName,
  SfpSpeedName,
  SfpTransmissionMediaName,
  SfpTransmitterTypeName,
} from './enums.js';
import { InternetProtocolV4Data, IpV6AddressData, PhysicalInterfaceTypeData } from './hosts.js';
import { NVMeCommandProtocolProperties } from './iscsi.js';
import { boolean, Int64, integer, list, nullable, object, oneOf, text } from './types.js';

/** What the array answers about ports: the vendor's definitions, property by property. */

const ChannelPortParent = object({
  type: oneOf('unknown', 'esm', 'minihub', 'controller', 'hic', '__UNDEFINED'),
  controllerRef: text(),
  esmRef: text(),
  minihubRef: text(),
  hicRef: text(),
});

export const ChannelPort = object({
  portRef: text(),
  portParent: nullable(ChannelPortParent),
  portNumber: integer(),
  channel: integer(),
  channelType: oneOf('hostside', 'driveside', 'management', '__UNDEFINED'),
  physicalLocation: nullable(Location),
  isTrunkActive: boolean(),
  channelList: list(integer()),
  id: text(),
});

const ChannelPorts = object({
  speedDetError: boolean(),
  manuallyBypassed: boolean(),
  portNumber: oneOf('portUnknown', 'port1', 'port2', 'port3', 'port4', '__UNDEFINED'),
});

const SCSIIserProperties = object({
  ipv4Data: nullable(InternetProtocolV4Data),
});

const SCSICommandProtocolProperties = object({
  scsiProtocolType: oneOf('unknown', 'sas', 'fcp', 'iscsi', 'srp', 'iser', '__UNDEFINED'),
  iserProperties: nullable(SCSIIserProperties),
});

const CommandProtocolProperties = object({
  commandProtocol: oneOf('unknown', 'scsi', 'nvme', '__UNDEFINED'),
  nvmeProperties: nullable(NVMeCommandProtocolProperties),
  scsiProperties: nullable(SCSICommandProtocolProperties),
});

export const CommandProtocolPropertiesList = object({
  commandProtocolProperties: list(CommandProtocolProperties),
});

const Port = object({
  portStatus: oneOf('bypassed', 'notBypassed', '__UNDEFINED'),
  portType: oneOf('gbic', 'db9', 'sfp', '__UNDEFINED'),
  reserved1: text(),
  reserved2: text(),
});

export const PortList = object({
  ports: list(Port),
});

const ESMInterfaceTypeData = object({
  ioInterfaceType: IoInterfaceTypeName,
  portList: nullable(PortList),
});

const FibreESMAddress = object({
  esmPortRef: text(),
  loopID: integer(),
  portRef: text(),
});

const FibreEsmAttributes = object({
  isSwitched: boolean(),
  fibreEsmAddress: nullable(FibreESMAddress),
});

const SasEsmAttributes = object({
  sasExpander: list(text()),
});

const EsmInterfaceAttributes = object({
  ioInterfaceType: IoInterfaceTypeName,
  fibreEsmAttributes: nullable(FibreEsmAttributes),
  sasEsmAttributes: nullable(SasEsmAttributes),
});

const EsmFactoryDefaultsVersionData = object({
  isSupported: boolean(),
  factoryDefaultsVersion: text(),
});

export const Esm = object({
  esmRef: text(),
  status: oneOf('optimal', 'failed', 'removed', 'unknown', 'unsupported', 'uncertified', '__UNDEFINED'),
  physicalLocation: nullable(Location),
  nonRedundantAccess: boolean(),
  partNumber: text(),
  serialNumber: text(),
  manufacturerDate: Int64,
  manufacturer: text(),
  fruType: text(),
  softwareVersion: text(),
  esmInterfaceData: nullable(ESMInterfaceTypeData),
  productID: text(),
  workingChannel: integer(),
  currentSpeed: CurrentSpeedName,
  maxSpeed: CurrentSpeedName,
  reserved1: text(),
  reserved2: text(),
  fibreEsm: nullable(FibreESMAddress),
  rtrAttributes: nullable(RTRAttributes),
  esmInterfaceAttributes: nullable(EsmInterfaceAttributes),
  boardId: text(),
  factoryDefaultsData: nullable(EsmFactoryDefaultsVersionData),
  repairPolicy: nullable(RepairPolicy),
  isTrunkCapable: boolean(),
  trunkMiswire: boolean(),
  locateInProgress: boolean(),
  hasTrayIdentityIndicator: boolean(),
  esmType: EsmTypeName,
  id: text(),
});

const SFPType = object({
  sfpIdentType: oneOf('unknown', 'gbic', 'soldered', 'sfp', '__UNDEFINED'),
  sfpConnectType: SfpConnectTypeName,
  sfpLinkLType: oneOf(
    'typeUnknown',
    'typeVlong',
    'typeShort',
    'typeIntermediate',
    'typeLong',
    'typeMedium',
    'typeNa',
    '__UNDEFINED',
  ),
  sfpTransmitterType: SfpTransmitterTypeName,
  sfpSpeed: list(SfpSpeedName),
  sfpTransmissionMedia: list(SfpTransmissionMediaName),
  manufacturerDate: Int64,
  vendorName: text(),
  vendorPN: text(),
  vendorRev: text(),
  vendorSN: text(),
  vendorOUI: text(),
  reserved1: text(),
  reserved2: text(),
});

const ControllerSFP = object({
  controllerSFPType: oneOf('hostside', 'driveside', '__UNDEFINED'),
  parentController: text(),
  channel: integer(),
  reserved1: text(),
  reserved2: text(),
});

const SFPParentTypeData = object({
  sfpParentType: oneOf('unknown', 'esm', 'minihub', 'controller', '__UNDEFINED'),
  controllerSFP: nullable(ControllerSFP),
  parentEsm: text(),
  parentMinihub: text(),
});

export const Sfp = object({
  sfpRef: text(),
  status: oneOf('optimal', 'failed', 'removed', 'unknown', '__UNDEFINED'),
  physicalLocation: nullable(Location),
  sfpType: nullable(SFPType),
  sfpPort: oneOf('portUnknown', 'port1', 'port2', 'port3', 'port4', '__UNDEFINED'),
  parentData: nullable(SFPParentTypeData),
  reserved1: text(),
  reserved2: text(),
  sfpPortRef: text(),
  repairPolicy: nullable(RepairPolicy),
  id: text(),
});

const SasExpanderParent = object({
  expanderParentType: oneOf('unknown', 'controller', 'esm', 'drawer', '__UNDEFINED'),
  parentController: text(),
  parentEsm: text(),
  parentDrawer: text(),
});

const SasPortProviderDevice = object({
  type: oneOf('controller', 'drive', 'expander', 'hostboard', '__UNDEFINED'),
  controller: text(),
  drive: text(),
  expander: text(),
  hostBoardRef: text(),
});

const SasAttachedDeviceTypeData = object({
  type: oneOf('unknown', 'drive', 'expander', 'localController', 'alternateController', 'host', '__UNDEFINED'),
  alternateController: text(),
  drive: text(),
  expander: text(),
  remoteHostPortAddress: text(),
  localController: text(),
  physicalLocation: nullable(Location),
});

const SasAttachedDevice = object({
  channel: integer(),
  channelType: oneOf('hostside', 'driveside', 'management', '__UNDEFINED'),
  sasAttachedDeviceData: nullable(SasAttachedDeviceTypeData),
});

const SasPhy = object({
  phyIdentifier: integer(),
  isOperational: boolean(),
});

const SasPortTypeData = object({
  portType: oneOf('endDevice', 'expander', '__UNDEFINED'),
  portIdentifier: text(),
  routingType: oneOf('direct', 'table', 'subtractive', '__UNDEFINED'),
});

export const SasPort = object({
  parent: nullable(SasPortProviderDevice),
  attachedDevice: nullable(SasAttachedDevice),
  state: oneOf('unknown', 'optimal', 'degraded', 'failed', '__UNDEFINED'),
  miswireType: oneOf(
    'none',
    'topology',
    'ctlrHostPort',
    'ctlrDrivePortToHost',
    'esm',
    'ctlrDrivePortToEndDevice',
    'topologyDirect',
    '__UNDEFINED',
  ),
  channelPortRef: text(),
  sasPhys: list(SasPhy),
  portTypeData: nullable(SasPortTypeData),
  portMode: oneOf('unknown', 'internal', 'externalIn', 'externalOut', 'endDevice', 'open', '__UNDEFINED'),
  domainNumber: integer(),
  attachedChannelPortRef: text(),
  discoveryStatus: integer(),
  nonOptimalCablingType: oneOf('none', 'reducedExpPorts', 'channelReorder', '__UNDEFINED'),
  channelPortRefs: list(text()),
  attachedChannelPortRefs: list(text()),
});

export const SasExpander = object({
  expanderRef: text(),
  parent: nullable(SasExpanderParent),
  channel: integer(),
  deviceName: text(),
  vendorId: text(),
  productId: text(),
  fwVersion: text(),
  expanderPorts: list(SasPort),
  domainNumber: integer(),
  id: text(),
});

export const ContainerServicesConfiguration = object({
  containerServicesCapable: boolean(),
  containerServicesEnabled: boolean(),
});

export const FibreInterface = object({
  channel: integer(),
  loopID: integer(),
  speed: integer(),
  hardAddress: integer(),
  nodeName: text(),
  portName: text(),
  portId: text(),
  topology: oneOf('unknown', 'ptp', 'fabric', 'arbLoop', 'fabLoop', '__UNDEFINED'),
  part: text(),
  revision: integer(),
  chanMiswire: boolean(),
  esmMiswire: boolean(),
  linkStatus: oneOf('none', 'up', 'down', 'failed', '__UNDEFINED'),
  isDegraded: boolean(),
  speedControl: oneOf('unknown', 'fixed', 'switched', 'auto', '__UNDEFINED'),
  maxSpeed: integer(),
  speedNegError: boolean(),
  reserved1: text(),
  reserved2: text(),
  ddsChannelState: integer(),
  ddsStateReason: integer(),
  ddsStateWho: integer(),
  isLocal: boolean(),
  channelPorts: list(ChannelPorts),
  currentInterfaceSpeed: CurrentSpeedName,
  maximumInterfaceSpeed: CurrentSpeedName,
  interfaceRef: text(),
  physicalLocation: nullable(Location),
  isTrunkCapable: boolean(),
  trunkMiswire: boolean(),
  protectionInformationCapable: boolean(),
  oneWayMaxRate: Int64,
  bidirectionalMaxRate: Int64,
  fc4Types: list(oneOf('common', 'fcScsi', 'fcNvme', '__UNDEFINED')),
  id: text(),
});

export const IbInterface = object({
  interfaceRef: text(),
  channel: integer(),
  channelPortRef: text(),
  localIdentifier: integer(),
  globalIdentifier: text(),
  linkState: oneOf('initialize', 'linkArm', 'active', 'defer', 'down', '__UNDEFINED'),
  portState: oneOf('unknown', 'initialize', 'arm', 'active', 'defer', 'down', '__UNDEFINED'),
  maximumTransmissionUnit: integer(),
  currentSpeed: CurrentSpeedName,
  supportedSpeed: list(CurrentSpeedName),
  currentLinkWidth: oneOf('width1x', 'width4x', 'width8x', 'width12x', '__UNDEFINED'),
  supportedLinkWidth: list(oneOf('width1x', 'width4x', 'width8x', 'width12x', '__UNDEFINED')),
  currentDataVirtualLanes: integer(),
  maximumDataVirtualLanes: integer(),
  physicalLocation: nullable(Location),
  protectionInformationCapable: boolean(),
  isSRPSupported: boolean(),
  isISERSupported: boolean(),
  physPortState: PhysPortStateName,
  oneWayMaxRate: Int64,
  bidirectionalMaxRate: Int64,
  isNVMeSupported: boolean(),
  id: text(),
});

export const SATAInterface = object({
  channel: integer(),
  currentInterfaceSpeed: CurrentSpeedName,
  maximumInterfaceSpeed: CurrentSpeedName,
  speedControl: oneOf('unknown', 'fixed', 'switched', 'auto', '__UNDEFINED'),
  part: text(),
  revision: integer(),
  interfaceRef: text(),
  physicalLocation: nullable(Location),
  protectionInformationCapable: boolean(),
  id: text(),
});

export const SCSIInterface = object({
  channel: integer(),
  scsiID: integer(),
  speed: integer(),
  scsiType: oneOf('se', 'hvd', 'lvd', '__UNDEFINED'),
  width: integer(),
  part: text(),
  revision: integer(),
  reserved1: text(),
  reserved2: text(),
});

export const EthernetIoInterface = object({
  interfaceRef: text(),
  physicalLocation: nullable(Location),
  channel: integer(),
  channelPortRef: text(),
  interfaceData: nullable(PhysicalInterfaceTypeData),
  protectionInformationCapable: boolean(),
  oneWayMaxRate: Int64,
  bidirectionalMaxRate: Int64,
  isNetworkTraceCapable: boolean(),
  id: text(),
});

export const PCIeInterface = object({
  channel: integer(),
  interfaceRef: text(),
  physicalLocation: nullable(Location),
  protectionInformationCapable: boolean(),
  oneWayMaxRate: Int64,
  bidirectionalMaxRate: Int64,
  currentInterfaceSpeed: CurrentSpeedName,
  maximumInterfaceSpeed: CurrentSpeedName,
});

export const InventoryItem = object({
  itemName: text(),
  itemVersion: text(),
});

const DnsAcquisitionDescriptor = object({
  dnsAcquisitionType: oneOf('unknown', 'stat', 'dhcp', '__UNDEFINED'),
  /** Null unless they are static. */
  dnsServers: nullable(list(IpVxAddress)),
});

export const ControllerDNSProperties = object({
  acquisitionProperties: nullable(DnsAcquisitionDescriptor),
  dhcpAcquiredDnsServers: list(IpVxAddress),
});

export const NetworkAddress = object({
  addrType: oneOf('none', 'domainName', 'ipvx', '__UNDEFINED'),
  domainName: nullable(text()),
  ipvxAddress: nullable(IpVxAddress),
});

const NtpAcquisitionDescriptor = object({
  ntpAcquisitionType: oneOf('unknown', 'stat', 'dhcp', 'disabled', '__UNDEFINED'),
  /** Null unless they are static. */
  ntpServers: nullable(list(NetworkAddress)),
});

export const ControllerNTPProperties = object({
  acquisitionProperties: nullable(NtpAcquisitionDescriptor),
  dhcpAcquiredNtpServers: list(IpVxAddress),
});

export const ControllerNetworkSettings = object({
  ipv4DefaultRouterAddress: text(),
  ipv6DefaultRouterAddress: nullable(IpV6AddressData),
  ipv6CandidateDefaultRouterAddresses: list(IpV6AddressData),
  remoteAccessEnabled: boolean(),
  dnsProperties: nullable(ControllerDNSProperties),
  ntpProperties: nullable(ControllerNTPProperties),
  sshKeyAndPasswordRequired: boolean(),
});

export const CtrlIOCDumpData = object({
  iocDumpNeedsRetrieved: boolean(),
  iocDumpTag: integer(),
  timeStamp: Int64,
});

export const VersionDescriptor = object({
  codeModule: CodeModuleName,
  versionString: text(),
});

export const TrayAttribute = object({
  attributeId: oneOf('assetTag', 'chassisName', 'serviceTag', 'spinUpDelay', 'spinUpCount', '__UNDEFINED'),
  attributeValue: text(),
});

export const FactoryDefaultsVersionData = object({
  factoryDefaultsVersion: text(),
  isSupported: boolean(),
});

export const EthernetInterfacePort = object({
  interfaceRef: text(),
  physicalLocation: nullable(Location),
  channel: integer(),
  channelPortRef: text(),
  interfaceData: nullable(PhysicalInterfaceTypeData),
  protectionInformationCapable: boolean(),
  oneWayMaxRate: Int64,
  bidirectionalMaxRate: Int64,
  isNetworkTraceCapable: boolean(),
  controllerId: text(),
  commandProtocolProperties: list(CommandProtocolProperties),
  interfaceId: text(),
  niceAddressId: text(),
  addressId: text(),
  id: text(),
});

export const FibreInterfacePort = object({
  channel: integer(),
  loopID: integer(),
  speed: integer(),
  hardAddress: integer(),
  nodeName: text(),
  portName: text(),
  portId: text(),
  topology: oneOf('unknown', 'ptp', 'fabric', 'arbLoop', 'fabLoop', '__UNDEFINED'),
  part: text(),
  revision: integer(),
  chanMiswire: boolean(),
  esmMiswire: boolean(),
  linkStatus: oneOf('none', 'up', 'down', 'failed', '__UNDEFINED'),
  isDegraded: boolean(),
  speedControl: oneOf('unknown', 'fixed', 'switched', 'auto', '__UNDEFINED'),
  maxSpeed: integer(),
  speedNegError: boolean(),
  reserved1: text(),
  reserved2: text(),
  ddsChannelState: integer(),
  ddsStateReason: integer(),
  ddsStateWho: integer(),
  isLocal: boolean(),
  channelPorts: list(ChannelPorts),
  currentInterfaceSpeed: CurrentSpeedName,
  maximumInterfaceSpeed: CurrentSpeedName,
  interfaceRef: text(),
  physicalLocation: nullable(Location),
  isTrunkCapable: boolean(),
  trunkMiswire: boolean(),
  protectionInformationCapable: boolean(),
  oneWayMaxRate: Int64,
  bidirectionalMaxRate: Int64,
  fc4Types: list(oneOf('common', 'fcScsi', 'fcNvme', '__UNDEFINED')),
  controllerId: text(),
  interfaceId: text(),
  niceAddressId: text(),
  addressId: text(),
  id: text(),
});

export const IBInterfacePort = object({
  interfaceRef: text(),
  channel: integer(),
  channelPortRef: text(),
  localIdentifier: integer(),
  globalIdentifier: text(),
  linkState: oneOf('initialize', 'linkArm', 'active', 'defer', 'down', '__UNDEFINED'),
  portState: oneOf('unknown', 'initialize', 'arm', 'active', 'defer', 'down', '__UNDEFINED'),
  maximumTransmissionUnit: integer(),
  currentSpeed: CurrentSpeedName,
  supportedSpeed: list(CurrentSpeedName),
  currentLinkWidth: oneOf('width1x', 'width4x', 'width8x', 'width12x', '__UNDEFINED'),
  supportedLinkWidth: list(oneOf('width1x', 'width4x', 'width8x', 'width12x', '__UNDEFINED')),
  currentDataVirtualLanes: integer(),
  maximumDataVirtualLanes: integer(),
  physicalLocation: nullable(Location),
  protectionInformationCapable: boolean(),
  isSRPSupported: boolean(),
  isISERSupported: boolean(),
  physPortState: PhysPortStateName,
  oneWayMaxRate: Int64,
  bidirectionalMaxRate: Int64,
  isNVMeSupported: boolean(),
  controllerId: text(),
  commandProtocolProperties: list(CommandProtocolProperties),
  interfaceId: text(),
  niceAddressId: text(),
  addressId: text(),
  id: text(),
});

export const SasInterfacePort = object({
  channel: integer(),
  currentInterfaceSpeed: CurrentSpeedName,
  maximumInterfaceSpeed: CurrentSpeedName,
  part: text(),
  revision: integer(),
  isDegraded: boolean(),
  iocPort: nullable(SasPort),
  interfaceRef: text(),
  physicalLocation: nullable(Location),
  protectionInformationCapable: boolean(),
  oneWayMaxRate: Int64,
  bidirectionalMaxRate: Int64,
  controllerId: text(),
  interfaceId: text(),
  niceAddressId: text(),
  addressId: text(),
  basePortAddress: text(),
  id: text(),
});

export const IoInterfaceHicMap = object({
  interfaceRef: text(),
  hostBoardRef: text(),
});
