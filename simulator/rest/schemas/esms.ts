import { RepairPolicy, RTRAttributes } from './components.js';
import { CurrentSpeedName, EsmTypeName, IoInterfaceTypeName } from './enums.js';
import { Location } from './locations.js';
import { boolean, Int64, integer, list, nullable, object, oneOf, text } from './types.js';

// Environmental service modules.

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
