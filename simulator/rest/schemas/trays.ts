import { ControllerGBIC } from './controllers.js';
import { Location, RepairPolicy, RTRAttributes } from './drives.js';
import { ComponentTypeName2, CurrentSpeedName, GbicTypeName, StatusName4 } from './enums.js';
import { HostBoard } from './hosts.js';
import { Esm, PortList, SasExpander, Sfp } from './ports.js';
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

const BatteryTypeData = object({
  batteryType: oneOf('singleSharedCru', 'dualIndividualFrus', 'dualSharedCrus', 'dualIndividualCrus', '__UNDEFINED'),
  cruParentController: text(),
  parentController: text(),
});

export const SmartBatteryData = object({
  lastBatteryLearnCycle: Int64,
  nextBatteryLearnCycle: Int64,
  batteryLearnCycleInterval: integer(),
});

const Battery = object({
  batteryRef: text(),
  status: StatusName4,
  physicalLocation: nullable(Location),
  batteryAge: integer(),
  batteryLifeRemaining: integer(),
  batteryTypeData: nullable(BatteryTypeData),
  reserved1: text(),
  reserved2: text(),
  manufacturerDate: Int64,
  vendorName: text(),
  vendorPN: text(),
  vendorSN: text(),
  fruType: text(),
  rtrAttributes: nullable(RTRAttributes),
  repairPolicy: nullable(RepairPolicy),
  batteryCanExpire: boolean(),
  automaticAgeReset: boolean(),
  learnCycleData: nullable(SmartBatteryData),
  id: text(),
});

export const BatteryEx = object({
  batteryRef: text(),
  status: StatusName4,
  physicalLocation: nullable(Location),
  batteryAge: integer(),
  batteryLifeRemaining: integer(),
  batteryTypeData: nullable(BatteryTypeData),
  reserved1: text(),
  reserved2: text(),
  manufacturerDate: Int64,
  vendorName: text(),
  vendorPN: text(),
  vendorSN: text(),
  fruType: text(),
  rtrAttributes: nullable(RTRAttributes),
  repairPolicy: nullable(RepairPolicy),
  batteryCanExpire: boolean(),
  automaticAgeReset: boolean(),
  learnCycleData: nullable(SmartBatteryData),
  smartBatteryData: nullable(SmartBatteryData),
  id: text(),
});

const CacheBackupDeviceVpd = object({
  manufacturer: text(),
  manufactureDate: Int64,
  productId: text(),
  productRevLevel: text(),
  partNumber: text(),
  serialNumber: text(),
});

const CacheBackupDeviceWearLifeStats = object({
  percentEnduranceUsed: integer(),
  percentEnduranceRemaining: integer(),
  averageEraseCount: integer(),
});

const CacheBackupDeviceWearLife = object({
  cacheBackupDeviceWearLifeReportingLevel: oneOf(
    'unknown',
    'notReported',
    'modelNotRecognized',
    'enduranceUsed',
    'stats',
    '__UNDEFINED',
  ),
  percentEnduranceUsed: integer(),
  cacheBackupDeviceWearLifeStats: nullable(CacheBackupDeviceWearLifeStats),
});

export const CacheBackupDevice = object({
  backupDeviceRef: text(),
  backupDeviceControllerSlot: integer(),
  parentController: text(),
  backupDeviceType: oneOf('unknown', 'usbFlash', 'sdFlash', 'sataFlash', '__UNDEFINED'),
  backupDeviceStatus: oneOf('unknown', 'optimal', 'failed', 'removed', 'writeProtected', 'incompatible', '__UNDEFINED'),
  backupDeviceVpd: nullable(CacheBackupDeviceVpd),
  backupDeviceCapacity: integer(),
  repairPolicy: nullable(RepairPolicy),
  physicalLocation: nullable(Location),
  cacheBackupDeviceWearLife: nullable(CacheBackupDeviceWearLife),
  id: text(),
});

export const CacheMemoryDimm = object({
  cacheMemoryDimmRef: text(),
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
  shared: boolean(),
  revisionCode: text(),
});

export const Fan = object({
  fanRef: text(),
  status: oneOf('optimal', 'failed', 'removed', 'unknown', '__UNDEFINED'),
  physicalLocation: nullable(Location),
  reserved1: text(),
  reserved2: text(),
  rtrAttributes: nullable(RTRAttributes),
  repairPolicy: nullable(RepairPolicy),
  id: text(),
});

export const PowerSupply = object({
  powerSupplyRef: text(),
  status: oneOf('optimal', 'failed', 'removed', 'unknown', 'noinput', '__UNDEFINED'),
  physicalLocation: nullable(Location),
  partNumber: text(),
  serialNumber: text(),
  vendorName: text(),
  manufacturerDate: Int64,
  fruType: text(),
  reserved1: text(),
  reserved2: text(),
  rtrAttributes: nullable(RTRAttributes),
  repairPolicy: nullable(RepairPolicy),
  firmwareRevision: text(),
  manufacturingDeviceCode: integer(),
  id: text(),
});

export const ThermalSensor = object({
  thermalSensorRef: text(),
  status: oneOf('optimal', 'nominalTempExceed', 'maxTempExceed', 'removed', 'unknown', '__UNDEFINED'),
  physicalLocation: nullable(Location),
  reserved1: text(),
  reserved2: text(),
  rtrAttributes: nullable(RTRAttributes),
  repairPolicy: nullable(RepairPolicy),
  id: text(),
});

const Ups = object({
  upsRef: text(),
  status: oneOf('optimal', 'onBattery', '__UNDEFINED'),
  physicalLocation: nullable(Location),
  reserved1: text(),
  reserved2: text(),
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

export const SACache = object({
  cacheBlkSize: integer(),
  demandFlushAmount: integer(),
  demandFlushThreshold: integer(),
  reserved1: text(),
  reserved2: text(),
  cacheMirroringProtectionInformation: boolean(),
});

const TrayPosition = object({
  trayId: integer(),
  rackId: integer(),
});

export const TrayPositionList = object({
  trayPosition: list(TrayPosition),
});
