import Type from 'typebox';
import { DriveLayout, IpVxAddress, Location, RTRAttributes, RepairPolicy } from './drives.js';
import { CodeModuleName, CurrentSpeedName, EsmTypeName, IoInterfaceTypeName, PhyDriveTypeName, PhysPortStateName, SfpConnectTypeName, SfpSpeedName, SfpTransmissionMediaName, SfpTransmitterTypeName, StatusName, SupportedSpeedSettingsName, TypeName2 } from './enums.js';
import { InternetProtocolV4Data, IpV6AddressData, PhysicalInterfaceTypeData } from './hosts.js';
import { CouplingDriverNVMeInterface, IscsiInterface, NVMeCommandProtocolProperties } from './iscsi.js';
import { Int64, nullable, oneOf } from './types.js';

/** What the array answers about ports: the vendor's definitions, property by property. */

export const ChannelPortParent = Type.Object({
  type: oneOf('unknown', 'esm', 'minihub', 'controller', 'hic', '__UNDEFINED'),
  controllerRef: Type.String(),
  esmRef: Type.String(),
  minihubRef: Type.String(),
  hicRef: Type.String(),
});

export const ChannelPort = Type.Object({
  portRef: Type.String(),
  portParent: nullable(ChannelPortParent),
  portNumber: Type.Integer(),
  channel: Type.Integer(),
  channelType: oneOf('hostside', 'driveside', 'management', '__UNDEFINED'),
  physicalLocation: nullable(Location),
  isTrunkActive: Type.Boolean(),
  channelList: Type.Array(Type.Integer()),
  id: Type.String(),
});

export const ChannelPorts = Type.Object({
  speedDetError: Type.Boolean(),
  manuallyBypassed: Type.Boolean(),
  portNumber: oneOf('portUnknown', 'port1', 'port2', 'port3', 'port4', '__UNDEFINED'),
});

export const SCSIIserProperties = Type.Object({
  ipv4Data: nullable(InternetProtocolV4Data),
});

export const SCSICommandProtocolProperties = Type.Object({
  scsiProtocolType: oneOf('unknown', 'sas', 'fcp', 'iscsi', 'srp', 'iser', '__UNDEFINED'),
  iserProperties: nullable(SCSIIserProperties),
});

export const CommandProtocolProperties = Type.Object({
  commandProtocol: oneOf('unknown', 'scsi', 'nvme', '__UNDEFINED'),
  nvmeProperties: nullable(NVMeCommandProtocolProperties),
  scsiProperties: nullable(SCSICommandProtocolProperties),
});

export const CommandProtocolPropertiesList = Type.Object({
  commandProtocolProperties: Type.Array(CommandProtocolProperties),
});

export const Port = Type.Object({
  portStatus: oneOf('bypassed', 'notBypassed', '__UNDEFINED'),
  portType: oneOf('gbic', 'db9', 'sfp', '__UNDEFINED'),
  reserved1: Type.String(),
  reserved2: Type.String(),
});

export const PortList = Type.Object({
  ports: Type.Array(Port),
});

export const ESMInterfaceTypeData = Type.Object({
  ioInterfaceType: IoInterfaceTypeName,
  portList: nullable(PortList),
});

export const FibreESMAddress = Type.Object({
  esmPortRef: Type.String(),
  loopID: Type.Integer(),
  portRef: Type.String(),
});

export const FibreEsmAttributes = Type.Object({
  isSwitched: Type.Boolean(),
  fibreEsmAddress: nullable(FibreESMAddress),
});

export const SasEsmAttributes = Type.Object({
  sasExpander: Type.Array(Type.String()),
});

export const EsmInterfaceAttributes = Type.Object({
  ioInterfaceType: IoInterfaceTypeName,
  fibreEsmAttributes: nullable(FibreEsmAttributes),
  sasEsmAttributes: nullable(SasEsmAttributes),
});

export const EsmFactoryDefaultsVersionData = Type.Object({
  isSupported: Type.Boolean(),
  factoryDefaultsVersion: Type.String(),
});

export const Esm = Type.Object({
  esmRef: Type.String(),
  status: oneOf('optimal', 'failed', 'removed', 'unknown', 'unsupported', 'uncertified', '__UNDEFINED'),
  physicalLocation: nullable(Location),
  nonRedundantAccess: Type.Boolean(),
  partNumber: Type.String(),
  serialNumber: Type.String(),
  manufacturerDate: Int64,
  manufacturer: Type.String(),
  fruType: Type.String(),
  softwareVersion: Type.String(),
  esmInterfaceData: nullable(ESMInterfaceTypeData),
  productID: Type.String(),
  workingChannel: Type.Integer(),
  currentSpeed: CurrentSpeedName,
  maxSpeed: CurrentSpeedName,
  reserved1: Type.String(),
  reserved2: Type.String(),
  fibreEsm: nullable(FibreESMAddress),
  rtrAttributes: nullable(RTRAttributes),
  esmInterfaceAttributes: nullable(EsmInterfaceAttributes),
  boardId: Type.String(),
  factoryDefaultsData: nullable(EsmFactoryDefaultsVersionData),
  repairPolicy: nullable(RepairPolicy),
  isTrunkCapable: Type.Boolean(),
  trunkMiswire: Type.Boolean(),
  locateInProgress: Type.Boolean(),
  hasTrayIdentityIndicator: Type.Boolean(),
  esmType: EsmTypeName,
  id: Type.String(),
});

export const SFPType = Type.Object({
  sfpIdentType: oneOf('unknown', 'gbic', 'soldered', 'sfp', '__UNDEFINED'),
  sfpConnectType: SfpConnectTypeName,
  sfpLinkLType: oneOf('typeUnknown', 'typeVlong', 'typeShort', 'typeIntermediate', 'typeLong', 'typeMedium', 'typeNa', '__UNDEFINED'),
  sfpTransmitterType: SfpTransmitterTypeName,
  sfpSpeed: Type.Array(SfpSpeedName),
  sfpTransmissionMedia: Type.Array(SfpTransmissionMediaName),
  manufacturerDate: Int64,
  vendorName: Type.String(),
  vendorPN: Type.String(),
  vendorRev: Type.String(),
  vendorSN: Type.String(),
  vendorOUI: Type.String(),
  reserved1: Type.String(),
  reserved2: Type.String(),
});

export const ControllerSFP = Type.Object({
  controllerSFPType: oneOf('hostside', 'driveside', '__UNDEFINED'),
  parentController: Type.String(),
  channel: Type.Integer(),
  reserved1: Type.String(),
  reserved2: Type.String(),
});

export const SFPParentTypeData = Type.Object({
  sfpParentType: oneOf('unknown', 'esm', 'minihub', 'controller', '__UNDEFINED'),
  controllerSFP: nullable(ControllerSFP),
  parentEsm: Type.String(),
  parentMinihub: Type.String(),
});

export const Sfp = Type.Object({
  sfpRef: Type.String(),
  status: oneOf('optimal', 'failed', 'removed', 'unknown', '__UNDEFINED'),
  physicalLocation: nullable(Location),
  sfpType: nullable(SFPType),
  sfpPort: oneOf('portUnknown', 'port1', 'port2', 'port3', 'port4', '__UNDEFINED'),
  parentData: nullable(SFPParentTypeData),
  reserved1: Type.String(),
  reserved2: Type.String(),
  sfpPortRef: Type.String(),
  repairPolicy: nullable(RepairPolicy),
  id: Type.String(),
});

export const SasExpanderParent = Type.Object({
  expanderParentType: oneOf('unknown', 'controller', 'esm', 'drawer', '__UNDEFINED'),
  parentController: Type.String(),
  parentEsm: Type.String(),
  parentDrawer: Type.String(),
});

export const SasPortProviderDevice = Type.Object({
  type: oneOf('controller', 'drive', 'expander', 'hostboard', '__UNDEFINED'),
  controller: Type.String(),
  drive: Type.String(),
  expander: Type.String(),
  hostBoardRef: Type.String(),
});

export const SasAttachedDeviceTypeData = Type.Object({
  type: oneOf('unknown', 'drive', 'expander', 'localController', 'alternateController', 'host', '__UNDEFINED'),
  alternateController: Type.String(),
  drive: Type.String(),
  expander: Type.String(),
  remoteHostPortAddress: Type.String(),
  localController: Type.String(),
  physicalLocation: nullable(Location),
});

export const SasAttachedDevice = Type.Object({
  channel: Type.Integer(),
  channelType: oneOf('hostside', 'driveside', 'management', '__UNDEFINED'),
  sasAttachedDeviceData: nullable(SasAttachedDeviceTypeData),
});

export const SasPhy = Type.Object({
  phyIdentifier: Type.Integer(),
  isOperational: Type.Boolean(),
});

export const SasPortTypeData = Type.Object({
  portType: oneOf('endDevice', 'expander', '__UNDEFINED'),
  portIdentifier: Type.String(),
  routingType: oneOf('direct', 'table', 'subtractive', '__UNDEFINED'),
});

export const SasPort = Type.Object({
  parent: nullable(SasPortProviderDevice),
  attachedDevice: nullable(SasAttachedDevice),
  state: oneOf('unknown', 'optimal', 'degraded', 'failed', '__UNDEFINED'),
  miswireType: oneOf('none', 'topology', 'ctlrHostPort', 'ctlrDrivePortToHost', 'esm', 'ctlrDrivePortToEndDevice', 'topologyDirect', '__UNDEFINED'),
  channelPortRef: Type.String(),
  sasPhys: Type.Array(SasPhy),
  portTypeData: nullable(SasPortTypeData),
  portMode: oneOf('unknown', 'internal', 'externalIn', 'externalOut', 'endDevice', 'open', '__UNDEFINED'),
  domainNumber: Type.Integer(),
  attachedChannelPortRef: Type.String(),
  discoveryStatus: Type.Integer(),
  nonOptimalCablingType: oneOf('none', 'reducedExpPorts', 'channelReorder', '__UNDEFINED'),
  channelPortRefs: Type.Array(Type.String()),
  attachedChannelPortRefs: Type.Array(Type.String()),
});

export const SasExpander = Type.Object({
  expanderRef: Type.String(),
  parent: nullable(SasExpanderParent),
  channel: Type.Integer(),
  deviceName: Type.String(),
  vendorId: Type.String(),
  productId: Type.String(),
  fwVersion: Type.String(),
  expanderPorts: Type.Array(SasPort),
  domainNumber: Type.Integer(),
  id: Type.String(),
});

export const ContainerServicesConfiguration = Type.Object({
  containerServicesCapable: Type.Boolean(),
  containerServicesEnabled: Type.Boolean(),
});

export const FibreInterface = Type.Object({
  channel: Type.Integer(),
  loopID: Type.Integer(),
  speed: Type.Integer(),
  hardAddress: Type.Integer(),
  nodeName: Type.String(),
  portName: Type.String(),
  portId: Type.String(),
  topology: oneOf('unknown', 'ptp', 'fabric', 'arbLoop', 'fabLoop', '__UNDEFINED'),
  part: Type.String(),
  revision: Type.Integer(),
  chanMiswire: Type.Boolean(),
  esmMiswire: Type.Boolean(),
  linkStatus: oneOf('none', 'up', 'down', 'failed', '__UNDEFINED'),
  isDegraded: Type.Boolean(),
  speedControl: oneOf('unknown', 'fixed', 'switched', 'auto', '__UNDEFINED'),
  maxSpeed: Type.Integer(),
  speedNegError: Type.Boolean(),
  reserved1: Type.String(),
  reserved2: Type.String(),
  ddsChannelState: Type.Integer(),
  ddsStateReason: Type.Integer(),
  ddsStateWho: Type.Integer(),
  isLocal: Type.Boolean(),
  channelPorts: Type.Array(ChannelPorts),
  currentInterfaceSpeed: CurrentSpeedName,
  maximumInterfaceSpeed: CurrentSpeedName,
  interfaceRef: Type.String(),
  physicalLocation: nullable(Location),
  isTrunkCapable: Type.Boolean(),
  trunkMiswire: Type.Boolean(),
  protectionInformationCapable: Type.Boolean(),
  oneWayMaxRate: Int64,
  bidirectionalMaxRate: Int64,
  fc4Types: Type.Array(oneOf('common', 'fcScsi', 'fcNvme', '__UNDEFINED')),
  id: Type.String(),
});

export const IbInterface = Type.Object({
  interfaceRef: Type.String(),
  channel: Type.Integer(),
  channelPortRef: Type.String(),
  localIdentifier: Type.Integer(),
  globalIdentifier: Type.String(),
  linkState: oneOf('initialize', 'linkArm', 'active', 'defer', 'down', '__UNDEFINED'),
  portState: oneOf('unknown', 'initialize', 'arm', 'active', 'defer', 'down', '__UNDEFINED'),
  maximumTransmissionUnit: Type.Integer(),
  currentSpeed: CurrentSpeedName,
  supportedSpeed: Type.Array(CurrentSpeedName),
  currentLinkWidth: oneOf('width1x', 'width4x', 'width8x', 'width12x', '__UNDEFINED'),
  supportedLinkWidth: Type.Array(oneOf('width1x', 'width4x', 'width8x', 'width12x', '__UNDEFINED')),
  currentDataVirtualLanes: Type.Integer(),
  maximumDataVirtualLanes: Type.Integer(),
  physicalLocation: nullable(Location),
  protectionInformationCapable: Type.Boolean(),
  isSRPSupported: Type.Boolean(),
  isISERSupported: Type.Boolean(),
  physPortState: PhysPortStateName,
  oneWayMaxRate: Int64,
  bidirectionalMaxRate: Int64,
  isNVMeSupported: Type.Boolean(),
  id: Type.String(),
});

export const SasInterface = Type.Object({
  channel: Type.Integer(),
  currentInterfaceSpeed: CurrentSpeedName,
  maximumInterfaceSpeed: CurrentSpeedName,
  part: Type.String(),
  revision: Type.Integer(),
  isDegraded: Type.Boolean(),
  iocPort: nullable(SasPort),
  interfaceRef: Type.String(),
  physicalLocation: nullable(Location),
  protectionInformationCapable: Type.Boolean(),
  oneWayMaxRate: Int64,
  bidirectionalMaxRate: Int64,
  id: Type.String(),
});

export const SATAInterface = Type.Object({
  channel: Type.Integer(),
  currentInterfaceSpeed: CurrentSpeedName,
  maximumInterfaceSpeed: CurrentSpeedName,
  speedControl: oneOf('unknown', 'fixed', 'switched', 'auto', '__UNDEFINED'),
  part: Type.String(),
  revision: Type.Integer(),
  interfaceRef: Type.String(),
  physicalLocation: nullable(Location),
  protectionInformationCapable: Type.Boolean(),
  id: Type.String(),
});

export const SCSIInterface = Type.Object({
  channel: Type.Integer(),
  scsiID: Type.Integer(),
  speed: Type.Integer(),
  scsiType: oneOf('se', 'hvd', 'lvd', '__UNDEFINED'),
  width: Type.Integer(),
  part: Type.String(),
  revision: Type.Integer(),
  reserved1: Type.String(),
  reserved2: Type.String(),
});

export const EthernetIoInterface = Type.Object({
  interfaceRef: Type.String(),
  physicalLocation: nullable(Location),
  channel: Type.Integer(),
  channelPortRef: Type.String(),
  interfaceData: nullable(PhysicalInterfaceTypeData),
  protectionInformationCapable: Type.Boolean(),
  oneWayMaxRate: Int64,
  bidirectionalMaxRate: Int64,
  isNetworkTraceCapable: Type.Boolean(),
  id: Type.String(),
});

export const PCIeInterface = Type.Object({
  channel: Type.Integer(),
  interfaceRef: Type.String(),
  physicalLocation: nullable(Location),
  protectionInformationCapable: Type.Boolean(),
  oneWayMaxRate: Int64,
  bidirectionalMaxRate: Int64,
  currentInterfaceSpeed: CurrentSpeedName,
  maximumInterfaceSpeed: CurrentSpeedName,
});

export const IOInterfaceTypeData = Type.Object({
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

export const EthernetInterface = Type.Object({
  interfaceName: Type.String(),
  channel: Type.Integer(),
  speed: Type.Integer(),
  ip: Type.Integer(),
  alias: Type.String(),
  macAddr: Type.String(),
  gatewayIp: Type.Integer(),
  subnetMask: Type.Integer(),
  bootpUsed: Type.Boolean(),
  rloginEnabled: Type.Boolean(),
  reserved1: Type.String(),
  setupError: Type.Boolean(),
  reserved2: Type.String(),
  interfaceRef: Type.String(),
  linkStatus: oneOf('none', 'up', 'down', 'failed', '__UNDEFINED'),
  ipv4Enabled: Type.Boolean(),
  ipv4Address: Type.String(),
  ipv4SubnetMask: Type.String(),
  ipv4AddressConfigMethod: oneOf('configDhcp', 'configStatic', '__UNDEFINED'),
  ipv6Enabled: Type.Boolean(),
  ipv6LocalAddress: nullable(IpV6AddressData),
  ipv6PortStaticRoutableAddress: nullable(IpV6AddressData),
  ipv6PortRoutableAddresses: Type.Array(IpV6AddressData),
  ipv6AddressConfigMethod: oneOf('configStatic', 'configStateless', '__UNDEFINED'),
  fullDuplex: Type.Boolean(),
  supportedSpeedSettings: Type.Array(SupportedSpeedSettingsName),
  configuredSpeedSetting: SupportedSpeedSettingsName,
  currentSpeed: CurrentSpeedName,
  physicalLocation: nullable(Location),
  isNetworkTraceCapable: Type.Boolean(),
});

export const NetInterfaceTypeData = Type.Object({
  interfaceType: oneOf('ethernet', '__UNDEFINED'),
  ethernet: nullable(EthernetInterface),
});

export const InventoryItem = Type.Object({
  itemName: Type.String(),
  itemVersion: Type.String(),
});

export const DnsAcquisitionDescriptor = Type.Object({
  dnsAcquisitionType: oneOf('unknown', 'stat', 'dhcp', '__UNDEFINED'),
  dnsServers: Type.Array(IpVxAddress),
});

export const ControllerDNSProperties = Type.Object({
  acquisitionProperties: nullable(DnsAcquisitionDescriptor),
  dhcpAcquiredDnsServers: Type.Array(IpVxAddress),
});

export const NetworkAddress = Type.Object({
  addrType: oneOf('none', 'domainName', 'ipvx', '__UNDEFINED'),
  domainName: Type.String(),
  ipvxAddress: nullable(IpVxAddress),
});

export const NtpAcquisitionDescriptor = Type.Object({
  ntpAcquisitionType: oneOf('unknown', 'stat', 'dhcp', 'disabled', '__UNDEFINED'),
  ntpServers: Type.Array(NetworkAddress),
});

export const ControllerNTPProperties = Type.Object({
  acquisitionProperties: nullable(NtpAcquisitionDescriptor),
  dhcpAcquiredNtpServers: Type.Array(IpVxAddress),
});

export const ControllerNetworkSettings = Type.Object({
  ipv4DefaultRouterAddress: Type.String(),
  ipv6DefaultRouterAddress: nullable(IpV6AddressData),
  ipv6CandidateDefaultRouterAddresses: Type.Array(IpV6AddressData),
  remoteAccessEnabled: Type.Boolean(),
  dnsProperties: nullable(ControllerDNSProperties),
  ntpProperties: nullable(ControllerNTPProperties),
  sshKeyAndPasswordRequired: Type.Boolean(),
});

export const CtrlIOCDumpData = Type.Object({
  iocDumpNeedsRetrieved: Type.Boolean(),
  iocDumpTag: Type.Integer(),
  timeStamp: Int64,
});

export const VersionDescriptor = Type.Object({
  codeModule: CodeModuleName,
  versionString: Type.String(),
});

export const Controller = Type.Object({
  active: Type.Boolean(),
  quiesced: Type.Boolean(),
  status: StatusName,
  controllerRef: Type.String(),
  physicalLocation: nullable(Location),
  manufacturer: Type.String(),
  manufacturerDate: Int64,
  appVersion: Type.String(),
  bootVersion: Type.String(),
  productID: Type.String(),
  productRevLevel: Type.String(),
  serialNumber: Type.String(),
  boardID: Type.String(),
  cacheMemorySize: Type.Integer(),
  processorMemorySize: Type.Integer(),
  hostInterfaces: Type.Array(IOInterfaceTypeData),
  driveInterfaces: Type.Array(IOInterfaceTypeData),
  netInterfaces: Type.Array(NetInterfaceTypeData),
  inventory: Type.Array(InventoryItem),
  reserved1: Type.String(),
  reserved2: Type.String(),
  hostBoardID: Type.String(),
  physicalCacheMemorySize: Type.Integer(),
  readyToRemove: Type.Boolean(),
  boardSubmodelID: Type.String(),
  submodelSupported: Type.Boolean(),
  oemPartNumber: Type.String(),
  partNumber: Type.String(),
  rtrAttributes: nullable(RTRAttributes),
  bootTime: Int64,
  modelName: Type.String(),
  networkSettings: nullable(ControllerNetworkSettings),
  repairPolicy: nullable(RepairPolicy),
  flashCacheMemorySize: Type.Integer(),
  ctrlIocDumpData: nullable(CtrlIOCDumpData),
  locateInProgress: Type.Boolean(),
  hasTrayIdentityIndicator: Type.Boolean(),
  controllerErrorMode: oneOf('notInErrorMode', 'unknown', 't10PiServiceMode', 't10PiLockdown', '__UNDEFINED'),
  codeVersions: Type.Array(VersionDescriptor),
  containerServicesConfiguration: nullable(ContainerServicesConfiguration),
  id: Type.String(),
});

export const TrayAttribute = Type.Object({
  attributeId: oneOf('assetTag', 'chassisName', 'serviceTag', 'spinUpDelay', 'spinUpCount', '__UNDEFINED'),
  attributeValue: Type.String(),
});

export const FactoryDefaultsVersionData = Type.Object({
  factoryDefaultsVersion: Type.String(),
  isSupported: Type.Boolean(),
});

export const Tray = Type.Object({
  type: TypeName2,
  orientation: oneOf('horizontal', 'vertical', '__UNDEFINED'),
  numControllerSlots: Type.Integer(),
  numDriveSlots: Type.Integer(),
  trayId: Type.Integer(),
  trayRef: Type.String(),
  nonRedundantAccess: Type.Boolean(),
  partNumber: Type.String(),
  serialNumber: Type.String(),
  vendorName: Type.String(),
  manufacturerDate: Int64,
  fruType: Type.String(),
  trayIDMismatch: Type.Boolean(),
  trayIDConflict: Type.Boolean(),
  esmVersionMismatch: Type.Boolean(),
  esmMiswire: Type.Boolean(),
  drvMHSpeedMismatch: Type.Boolean(),
  unsupportedTray: Type.Boolean(),
  workingChannel: Type.Integer(),
  maxSpeed: CurrentSpeedName,
  trayTechnologyType: oneOf('unknown', 'scsiScsi', 'fibreFibre', 'fibreSata', 'fibrePata', 'nvme', '__UNDEFINED'),
  esmGroupError: Type.Boolean(),
  uncertifiedTray: Type.Boolean(),
  locateTray: Type.Boolean(),
  esmHardwareMismatch: Type.Boolean(),
  hasConfigurableTrayId: Type.Boolean(),
  frontEndInterfaceTechnology: IoInterfaceTypeName,
  driveTechnologies: Type.Array(PhyDriveTypeName),
  numDriveCompartments: Type.Integer(),
  numDriveSlotsPerCompartment: Type.Integer(),
  trayAttributes: Type.Array(TrayAttribute),
  isMisconfigured: Type.Boolean(),
  esmFactoryDefaultsMismatch: Type.Boolean(),
  physicalLocation: nullable(Location),
  numDrawers: Type.Integer(),
  driveLayout: nullable(DriveLayout),
  factoryDefaultsData: nullable(FactoryDefaultsVersionData),
  locateInProgress: Type.Boolean(),
  hasTrayIdentityIndicator: Type.Boolean(),
  oemPartNumber: Type.String(),
  id: Type.String(),
});

export const EsmFibrePortConnection = Type.Object({
  tray: nullable(Tray),
  esm: nullable(Esm),
  channelPort: nullable(ChannelPort),
  attachedController: nullable(Controller),
  type: oneOf('sas', 'fibre'),
});

export const EsmSasPortConnection = Type.Object({
  tray: nullable(Tray),
  esm: nullable(Esm),
  sasExpander: nullable(SasExpander),
  sasPort: nullable(SasPort),
  channelPort: nullable(ChannelPort),
  channelPorts: Type.Array(ChannelPort),
  attachedSasExpander: nullable(SasExpander),
  attachedChannelPort: nullable(ChannelPort),
  attachedChannelPorts: Type.Array(ChannelPort),
  attachedController: nullable(Controller),
  type: oneOf('sas', 'fibre'),
});

export const EsmPortConnectionResponse = Type.Object({
  sasConnections: Type.Array(EsmSasPortConnection),
  fibreConnections: Type.Array(EsmFibrePortConnection),
});

export const EthernetInterfacePort = Type.Object({
  interfaceRef: Type.String(),
  physicalLocation: nullable(Location),
  channel: Type.Integer(),
  channelPortRef: Type.String(),
  interfaceData: nullable(PhysicalInterfaceTypeData),
  protectionInformationCapable: Type.Boolean(),
  oneWayMaxRate: Int64,
  bidirectionalMaxRate: Int64,
  isNetworkTraceCapable: Type.Boolean(),
  controllerId: Type.String(),
  commandProtocolProperties: Type.Array(CommandProtocolProperties),
  interfaceId: Type.String(),
  niceAddressId: Type.String(),
  addressId: Type.String(),
  id: Type.String(),
});

export const FibreInterfacePort = Type.Object({
  channel: Type.Integer(),
  loopID: Type.Integer(),
  speed: Type.Integer(),
  hardAddress: Type.Integer(),
  nodeName: Type.String(),
  portName: Type.String(),
  portId: Type.String(),
  topology: oneOf('unknown', 'ptp', 'fabric', 'arbLoop', 'fabLoop', '__UNDEFINED'),
  part: Type.String(),
  revision: Type.Integer(),
  chanMiswire: Type.Boolean(),
  esmMiswire: Type.Boolean(),
  linkStatus: oneOf('none', 'up', 'down', 'failed', '__UNDEFINED'),
  isDegraded: Type.Boolean(),
  speedControl: oneOf('unknown', 'fixed', 'switched', 'auto', '__UNDEFINED'),
  maxSpeed: Type.Integer(),
  speedNegError: Type.Boolean(),
  reserved1: Type.String(),
  reserved2: Type.String(),
  ddsChannelState: Type.Integer(),
  ddsStateReason: Type.Integer(),
  ddsStateWho: Type.Integer(),
  isLocal: Type.Boolean(),
  channelPorts: Type.Array(ChannelPorts),
  currentInterfaceSpeed: CurrentSpeedName,
  maximumInterfaceSpeed: CurrentSpeedName,
  interfaceRef: Type.String(),
  physicalLocation: nullable(Location),
  isTrunkCapable: Type.Boolean(),
  trunkMiswire: Type.Boolean(),
  protectionInformationCapable: Type.Boolean(),
  oneWayMaxRate: Int64,
  bidirectionalMaxRate: Int64,
  fc4Types: Type.Array(oneOf('common', 'fcScsi', 'fcNvme', '__UNDEFINED')),
  controllerId: Type.String(),
  interfaceId: Type.String(),
  niceAddressId: Type.String(),
  addressId: Type.String(),
  id: Type.String(),
});

export const IBInterfacePort = Type.Object({
  interfaceRef: Type.String(),
  channel: Type.Integer(),
  channelPortRef: Type.String(),
  localIdentifier: Type.Integer(),
  globalIdentifier: Type.String(),
  linkState: oneOf('initialize', 'linkArm', 'active', 'defer', 'down', '__UNDEFINED'),
  portState: oneOf('unknown', 'initialize', 'arm', 'active', 'defer', 'down', '__UNDEFINED'),
  maximumTransmissionUnit: Type.Integer(),
  currentSpeed: CurrentSpeedName,
  supportedSpeed: Type.Array(CurrentSpeedName),
  currentLinkWidth: oneOf('width1x', 'width4x', 'width8x', 'width12x', '__UNDEFINED'),
  supportedLinkWidth: Type.Array(oneOf('width1x', 'width4x', 'width8x', 'width12x', '__UNDEFINED')),
  currentDataVirtualLanes: Type.Integer(),
  maximumDataVirtualLanes: Type.Integer(),
  physicalLocation: nullable(Location),
  protectionInformationCapable: Type.Boolean(),
  isSRPSupported: Type.Boolean(),
  isISERSupported: Type.Boolean(),
  physPortState: PhysPortStateName,
  oneWayMaxRate: Int64,
  bidirectionalMaxRate: Int64,
  isNVMeSupported: Type.Boolean(),
  controllerId: Type.String(),
  commandProtocolProperties: Type.Array(CommandProtocolProperties),
  interfaceId: Type.String(),
  niceAddressId: Type.String(),
  addressId: Type.String(),
  id: Type.String(),
});

export const SasInterfacePort = Type.Object({
  channel: Type.Integer(),
  currentInterfaceSpeed: CurrentSpeedName,
  maximumInterfaceSpeed: CurrentSpeedName,
  part: Type.String(),
  revision: Type.Integer(),
  isDegraded: Type.Boolean(),
  iocPort: nullable(SasPort),
  interfaceRef: Type.String(),
  physicalLocation: nullable(Location),
  protectionInformationCapable: Type.Boolean(),
  oneWayMaxRate: Int64,
  bidirectionalMaxRate: Int64,
  controllerId: Type.String(),
  interfaceId: Type.String(),
  niceAddressId: Type.String(),
  addressId: Type.String(),
  basePortAddress: Type.String(),
  id: Type.String(),
});

export const IoInterface = Type.Object({
  interfaceRef: Type.String(),
  channelType: oneOf('hostside', 'driveside', 'management', '__UNDEFINED'),
  ioInterfaceTypeData: nullable(IOInterfaceTypeData),
  controllerRef: Type.String(),
  commandProtocolPropertiesList: nullable(CommandProtocolPropertiesList),
  channelPortRef: Type.String(),
  channelPortRefs: Type.Array(Type.String()),
});

export const IoInterfaceHicMap = Type.Object({
  interfaceRef: Type.String(),
  hostBoardRef: Type.String(),
});

export const ManagementInterface = Type.Object({
  interfaceName: Type.String(),
  channel: Type.Integer(),
  speed: Type.Integer(),
  ip: Type.Integer(),
  alias: Type.String(),
  macAddr: Type.String(),
  gatewayIp: Type.Integer(),
  subnetMask: Type.Integer(),
  bootpUsed: Type.Boolean(),
  rloginEnabled: Type.Boolean(),
  reserved1: Type.String(),
  setupError: Type.Boolean(),
  reserved2: Type.String(),
  interfaceRef: Type.String(),
  linkStatus: oneOf('none', 'up', 'down', 'failed', '__UNDEFINED'),
  ipv4Enabled: Type.Boolean(),
  ipv4Address: Type.String(),
  ipv4SubnetMask: Type.String(),
  ipv4AddressConfigMethod: oneOf('configDhcp', 'configStatic', '__UNDEFINED'),
  ipv6Enabled: Type.Boolean(),
  ipv6LocalAddress: nullable(IpV6AddressData),
  ipv6PortStaticRoutableAddress: nullable(IpV6AddressData),
  ipv6PortRoutableAddresses: Type.Array(IpV6AddressData),
  ipv6AddressConfigMethod: oneOf('configStatic', 'configStateless', '__UNDEFINED'),
  fullDuplex: Type.Boolean(),
  supportedSpeedSettings: Type.Array(SupportedSpeedSettingsName),
  configuredSpeedSetting: SupportedSpeedSettingsName,
  currentSpeed: CurrentSpeedName,
  physicalLocation: nullable(Location),
  isNetworkTraceCapable: Type.Boolean(),
  ipv4GatewayAddress: Type.String(),
  controllerRef: Type.String(),
  controllerSlot: Type.Integer(),
  dnsProperties: nullable(ControllerDNSProperties),
  ntpProperties: nullable(ControllerNTPProperties),
  id: Type.String(),
});

export const NetworkInterface = Type.Object({
  interfaceRef: Type.String(),
  channelType: oneOf('hostside', 'driveside', 'management', '__UNDEFINED'),
  netInterfaceTypeData: nullable(NetInterfaceTypeData),
});

export const RemoteStorageUsableInterface = Type.Object({
  interfaceRef: Type.String(),
  interfaceType: oneOf('iscsi'),
  controllerRef: Type.String(),
  channelPortRefs: Type.Array(Type.String()),
  oneWayMaxRate: Int64,
  bidirectionalMaxRate: Int64,
  currentInterfaceSpeed: CurrentSpeedName,
  maximumInterfaceSpeed: CurrentSpeedName,
  linkStatus: oneOf('none', 'up', 'down', 'failed', '__UNDEFINED'),
});
