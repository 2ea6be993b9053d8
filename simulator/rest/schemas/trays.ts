import { CacheBackupDevice, CacheMemoryDimm } from './cache-devices.js';
import { RepairPolicy, RTRAttributes } from './components.js';
import { ControllerGBIC } from './controllers.js';
import { ComponentTypeName2, CurrentSpeedName, GbicTypeName } from './enums.js';
import { Esm, PortList } from './esms.js';
import { HostBoard } from './hosts.js';
import { Location } from './locations.js';
import { Battery, Fan, PowerSupply, ThermalSensor, Ups } from './power-and-cooling.js';
import { SasExpander } from './sas.js';
import { Sfp } from './sfps.js';
import { boolean, Int64, integer, list, nullable, object, oneOf, text } from './types.js';

/** What the array answers about trays: the vendor's definitions, property by property. */

const Alarm = object({
  alarmRef: text(),
  physicalLocation: nullable(Location),
  status: oneOf('unknown', 'enabled', 'disabled', 'sounding', 'muted', 'removed', '__UNDEFINED'),
  isManageable: boolean(),
  rtrAttributes: nullable(RTRAttributes),
  repairPolicy: nullable(RepairPolicy),
});

const MinihubTypeData = object({
  minihubType: oneOf('hostside', 'driveside', '__UNDEFINED'),
  parentController: text(),
});

const Minihub = object({
  minihubRef: text(),
  status: oneOf('optimal', 'failed', 'unsupported', 'unknown', '__UNDEFINED'),
  physicalLocation: nullable(Location),
  minihubData: nullable(MinihubTypeData),
  currentSpeed: CurrentSpeedName,
  maxSpeed: CurrentSpeedName,
  channel: integer(),
  portList: nullable(PortList),
  vendorName: text(),
  partNumber: text(),
  serialNumber: text(),
  fruType: text(),
  manufacturerDate: Int64,
  reserved1: text(),
  reserved2: text(),
  rtrAttributes: nullable(RTRAttributes),
});

const GBICParentTypeData = object({
  gbicParentType: oneOf('esm', 'minihub', 'controller', '__UNDEFINED'),
  controllerGBIC: nullable(ControllerGBIC),
  parentEsm: text(),
  parentMinihub: text(),
});

const Gbic = object({
  gbicRef: text(),
  status: oneOf('optimal', 'failed', 'removed', 'unknown', '__UNDEFINED'),
  physicalLocation: nullable(Location),
  gbicType: GbicTypeName,
  gbicPort: oneOf('port1', 'port2', '__UNDEFINED'),
  parentData: nullable(GBICParentTypeData),
  reserved1: text(),
  reserved2: text(),
});

const InterconnectCRU = object({
  interconnectCRURef: text(),
  status: oneOf('optimal', 'failed', 'removed', '__UNDEFINED'),
  physicalLocation: nullable(Location),
  manufacturerDate: Int64,
  vendorName: text(),
  vendorPN: text(),
  vendorSN: text(),
  fruType: text(),
  readyToRemove: boolean(),
  rtrAttributes: nullable(RTRAttributes),
  repairPolicy: nullable(RepairPolicy),
});

export const SupportCRU = object({
  supportCRURef: text(),
  status: oneOf('unknown', 'optimal', 'failed', 'removed', 'noinput', 'incorrectConfig', '__UNDEFINED'),
  physicalLocation: nullable(Location),
  manufacturerDate: Int64,
  vendorName: text(),
  vendorPN: text(),
  vendorSN: text(),
  fruType: text(),
  readyToRemove: boolean(),
  rtrAttributes: nullable(RTRAttributes),
  configuredComponents: list(ComponentTypeName2),
  type: oneOf('unknown', 'powerFan', 'battery', 'fan', 'powerSupply', '__UNDEFINED'),
  repairPolicy: nullable(RepairPolicy),
  id: text(),
});

const ProcessorMemoryDimm = object({
  processorMemoryDimmRef: text(),
  parentController: text(),
  dimmControllerSlot: integer(),
  status: oneOf('unknown', 'optimal', 'empty', 'failed', '__UNDEFINED'),
  capacityInMegabytes: integer(),
  serialNumber: text(),
  partNumber: text(),
  oemPartNumber: text(),
  manufacturerPartNumber: text(),
  manufacturer: text(),
  manufactureDate: Int64,
  repairPolicy: nullable(RepairPolicy),
  physicalLocation: nullable(Location),
  revisionCode: text(),
});

export const Drawer = object({
  drawerRef: text(),
  isOpen: boolean(),
  status: oneOf('unknown', 'optimal', 'failed', 'opened', 'removed', 'degraded', 'invalid', '__UNDEFINED'),
  physicalLocation: nullable(Location),
  repairPolicy: nullable(RepairPolicy),
  softwareVersion: text(),
  partNumber: text(),
  serialNumber: text(),
  vendorName: text(),
  manufactureDate: Int64,
  fruType: text(),
  drawerType: text(),
  id: text(),
});

export const ComponentBundle = object({
  fan: list(Fan),
  battery: list(Battery),
  powerSupply: list(PowerSupply),
  thermalSensor: list(ThermalSensor),
  esm: list(Esm),
  ups: list(Ups),
  minihub: list(Minihub),
  gbic: list(Gbic),
  sfp: list(Sfp),
  interconnectCRU: list(InterconnectCRU),
  supportCRU: list(SupportCRU),
  alarm: list(Alarm),
  hostBoard: list(HostBoard),
  sasExpander: list(SasExpander),
  cacheBackupDevice: list(CacheBackupDevice),
  cacheMemoryDimm: list(CacheMemoryDimm),
  processorMemoryDimm: list(ProcessorMemoryDimm),
  drawer: list(Drawer),
});

const TrayPosition = object({
  trayId: integer(),
  rackId: integer(),
});

export const TrayPositionList = object({
  trayPosition: list(TrayPosition),
});

export const TrayAttribute = object({
  attributeId: oneOf('assetTag', 'chassisName', 'serviceTag', 'spinUpDelay', 'spinUpCount', '__UNDEFINED'),
  attributeValue: text(),
});
