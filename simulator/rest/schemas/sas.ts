import { CurrentSpeedName } from './enums.js';
import { Location } from './locations.js';
import { boolean, Int64, integer, list, nullable, object, oneOf, text } from './types.js';

// SAS ports, expanders and interfaces.

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
