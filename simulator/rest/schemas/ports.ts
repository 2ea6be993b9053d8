import { DriveLayout, IpVxAddress, Location, RepairPolicy, RTRAttributes } from './drives.js';
import {
  CodeModuleName,
  CurrentSpeedName,
  EsmTypeName,
  IoInterfaceTypeName,
  PhyDriveTypeName,
  PhysPortStateName,
  SfpConnectTypeName,
  SfpSpeedName,
  SfpTransmissionMediaName,
  SfpTransmitterTypeName,
  StatusName,
  SupportedSpeedSettingsName,
  TypeName2,
} from './enums.js';
import { InternetProtocolV4Data, IpV6AddressData, PhysicalInterfaceTypeData } from './hosts.js';
import { CouplingDriverNVMeInterface, IscsiInterface, NVMeCommandProtocolProperties } from './iscsi.js';
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

const CommandProtocolPropertiesList = object({
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

const SasPort = object({
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

const ContainerServicesConfiguration = object({
  containerServicesCapable: boolean(),
  containerServicesEnabled: boolean(),
});

const FibreInterface = object({
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

const IbInterface = object({
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

export const SasInterface = object({
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
  id: text(),
});

const SATAInterface = object({
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

const SCSIInterface = object({
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

const EthernetIoInterface = object({
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

const PCIeInterface = object({
  channel: integer(),
  interfaceRef: text(),
  physicalLocation: nullable(Location),
  protectionInformationCapable: boolean(),
  oneWayMaxRate: Int64,
  bidirectionalMaxRate: Int64,
  currentInterfaceSpeed: CurrentSpeedName,
  maximumInterfaceSpeed: CurrentSpeedName,
});

export const IOInterfaceTypeData = object({
  interfaceType: IoInterfaceTypeName,
  fibre: nullable(FibreInterface),
  ib: nullable(IbInterface),
  iscsi: nullable(IscsiInterface),
  sas: nullable(SasInterface),
  sata: nullable(SATAInterface),
  scsi: nullable(SCSIInterface),
  couplingDriverNvme: nullable(CouplingDriverNVMeInterface),
  ethernet: nullable(EthernetIoInterface),
  pcie: nullable(PCIeInterface),
});

export const EthernetInterface = object({
  interfaceName: text(),
  channel: integer(),
  speed: integer(),
  ip: integer(),
  alias: text(),
  macAddr: text(),
  gatewayIp: integer(),
  subnetMask: integer(),
  bootpUsed: boolean(),
  rloginEnabled: boolean(),
  reserved1: text(),
  setupError: boolean(),
  reserved2: text(),
  interfaceRef: text(),
  linkStatus: oneOf('none', 'up', 'down', 'failed', '__UNDEFINED'),
  ipv4Enabled: boolean(),
  ipv4Address: text(),
  ipv4SubnetMask: text(),
  ipv4AddressConfigMethod: oneOf('configDhcp', 'configStatic', '__UNDEFINED'),
  ipv6Enabled: boolean(),
  ipv6LocalAddress: nullable(IpV6AddressData),
  ipv6PortStaticRoutableAddress: nullable(IpV6AddressData),
  ipv6PortRoutableAddresses: list(IpV6AddressData),
  ipv6AddressConfigMethod: oneOf('configStatic', 'configStateless', '__UNDEFINED'),
  fullDuplex: boolean(),
  supportedSpeedSettings: list(SupportedSpeedSettingsName),
  configuredSpeedSetting: SupportedSpeedSettingsName,
  currentSpeed: CurrentSpeedName,
  physicalLocation: nullable(Location),
  isNetworkTraceCapable: boolean(),
});

const NetInterfaceTypeData = object({
  interfaceType: oneOf('ethernet', '__UNDEFINED'),
  ethernet: nullable(EthernetInterface),
});

const InventoryItem = object({
  itemName: text(),
  itemVersion: text(),
});

const DnsAcquisitionDescriptor = object({
  dnsAcquisitionType: oneOf('unknown', 'stat', 'dhcp', '__UNDEFINED'),
  dnsServers: list(IpVxAddress),
});

const ControllerDNSProperties = object({
  acquisitionProperties: nullable(DnsAcquisitionDescriptor),
  dhcpAcquiredDnsServers: list(IpVxAddress),
});

export const NetworkAddress = object({
  addrType: oneOf('none', 'domainName', 'ipvx', '__UNDEFINED'),
  domainName: text(),
  ipvxAddress: nullable(IpVxAddress),
});

const NtpAcquisitionDescriptor = object({
  ntpAcquisitionType: oneOf('unknown', 'stat', 'dhcp', 'disabled', '__UNDEFINED'),
  ntpServers: list(NetworkAddress),
});

const ControllerNTPProperties = object({
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

const CtrlIOCDumpData = object({
  iocDumpNeedsRetrieved: boolean(),
  iocDumpTag: integer(),
  timeStamp: Int64,
});

export const VersionDescriptor = object({
  codeModule: CodeModuleName,
  versionString: text(),
});

export const Controller = object({
  active: boolean(),
  quiesced: boolean(),
  status: StatusName,
  controllerRef: text(),
  physicalLocation: nullable(Location),
  manufacturer: text(),
  manufacturerDate: Int64,
  appVersion: text(),
  bootVersion: text(),
  productID: text(),
  productRevLevel: text(),
  serialNumber: text(),
  boardID: text(),
  cacheMemorySize: integer(),
  processorMemorySize: integer(),
  hostInterfaces: list(IOInterfaceTypeData),
  driveInterfaces: list(IOInterfaceTypeData),
  netInterfaces: list(NetInterfaceTypeData),
  inventory: list(InventoryItem),
  reserved1: text(),
  reserved2: text(),
  hostBoardID: text(),
  physicalCacheMemorySize: integer(),
  readyToRemove: boolean(),
  boardSubmodelID: text(),
  submodelSupported: boolean(),
  oemPartNumber: text(),
  partNumber: text(),
  rtrAttributes: nullable(RTRAttributes),
  bootTime: Int64,
  modelName: text(),
  networkSettings: nullable(ControllerNetworkSettings),
  repairPolicy: nullable(RepairPolicy),
  flashCacheMemorySize: integer(),
  ctrlIocDumpData: nullable(CtrlIOCDumpData),
  locateInProgress: boolean(),
  hasTrayIdentityIndicator: boolean(),
  controllerErrorMode: oneOf('notInErrorMode', 'unknown', 't10PiServiceMode', 't10PiLockdown', '__UNDEFINED'),
  codeVersions: list(VersionDescriptor),
  containerServicesConfiguration: nullable(ContainerServicesConfiguration),
  id: text(),
});

export const TrayAttribute = object({
  attributeId: oneOf('assetTag', 'chassisName', 'serviceTag', 'spinUpDelay', 'spinUpCount', '__UNDEFINED'),
  attributeValue: text(),
});

export const FactoryDefaultsVersionData = object({
  factoryDefaultsVersion: text(),
  isSupported: boolean(),
});

export const Tray = object({
  type: TypeName2,
  orientation: oneOf('horizontal', 'vertical', '__UNDEFINED'),
  numControllerSlots: integer(),
  numDriveSlots: integer(),
  trayId: integer(),
  trayRef: text(),
  nonRedundantAccess: boolean(),
  partNumber: text(),
  serialNumber: text(),
  vendorName: text(),
  manufacturerDate: Int64,
  fruType: text(),
  trayIDMismatch: boolean(),
  trayIDConflict: boolean(),
  esmVersionMismatch: boolean(),
  esmMiswire: boolean(),
  drvMHSpeedMismatch: boolean(),
  unsupportedTray: boolean(),
  workingChannel: integer(),
  maxSpeed: CurrentSpeedName,
  trayTechnologyType: oneOf('unknown', 'scsiScsi', 'fibreFibre', 'fibreSata', 'fibrePata', 'nvme', '__UNDEFINED'),
  esmGroupError: boolean(),
  uncertifiedTray: boolean(),
  locateTray: boolean(),
  esmHardwareMismatch: boolean(),
  hasConfigurableTrayId: boolean(),
  frontEndInterfaceTechnology: IoInterfaceTypeName,
  driveTechnologies: list(PhyDriveTypeName),
  numDriveCompartments: integer(),
  numDriveSlotsPerCompartment: integer(),
  trayAttributes: list(TrayAttribute),
  isMisconfigured: boolean(),
  esmFactoryDefaultsMismatch: boolean(),
  physicalLocation: nullable(Location),
  numDrawers: integer(),
  driveLayout: nullable(DriveLayout),
  factoryDefaultsData: nullable(FactoryDefaultsVersionData),
  locateInProgress: boolean(),
  hasTrayIdentityIndicator: boolean(),
  oemPartNumber: text(),
  id: text(),
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

export const IoInterface = object({
  interfaceRef: text(),
  channelType: oneOf('hostside', 'driveside', 'management', '__UNDEFINED'),
  ioInterfaceTypeData: nullable(IOInterfaceTypeData),
  controllerRef: text(),
  commandProtocolPropertiesList: nullable(CommandProtocolPropertiesList),
  channelPortRef: text(),
  channelPortRefs: list(text()),
});

export const IoInterfaceHicMap = object({
  interfaceRef: text(),
  hostBoardRef: text(),
});

export const ManagementInterface = object({
  interfaceName: text(),
  channel: integer(),
  speed: integer(),
  ip: integer(),
  alias: text(),
  macAddr: text(),
  gatewayIp: integer(),
  subnetMask: integer(),
  bootpUsed: boolean(),
  rloginEnabled: boolean(),
  reserved1: text(),
  setupError: boolean(),
  reserved2: text(),
  interfaceRef: text(),
  linkStatus: oneOf('none', 'up', 'down', 'failed', '__UNDEFINED'),
  ipv4Enabled: boolean(),
  ipv4Address: text(),
  ipv4SubnetMask: text(),
  ipv4AddressConfigMethod: oneOf('configDhcp', 'configStatic', '__UNDEFINED'),
  ipv6Enabled: boolean(),
  ipv6LocalAddress: nullable(IpV6AddressData),
  ipv6PortStaticRoutableAddress: nullable(IpV6AddressData),
  ipv6PortRoutableAddresses: list(IpV6AddressData),
  ipv6AddressConfigMethod: oneOf('configStatic', 'configStateless', '__UNDEFINED'),
  fullDuplex: boolean(),
  supportedSpeedSettings: list(SupportedSpeedSettingsName),
  configuredSpeedSetting: SupportedSpeedSettingsName,
  currentSpeed: CurrentSpeedName,
  physicalLocation: nullable(Location),
  isNetworkTraceCapable: boolean(),
  ipv4GatewayAddress: text(),
  controllerRef: text(),
  controllerSlot: integer(),
  dnsProperties: nullable(ControllerDNSProperties),
  ntpProperties: nullable(ControllerNTPProperties),
  id: text(),
});

export const NetworkInterface = object({
  interfaceRef: text(),
  channelType: oneOf('hostside', 'driveside', 'management', '__UNDEFINED'),
  netInterfaceTypeData: nullable(NetInterfaceTypeData),
});
