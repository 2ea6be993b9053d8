import Type from 'typebox';
import { ControllerGBIC } from './controllers.js';
import { DriveLayout, Location, RTRAttributes, RepairPolicy } from './drives.js';
import { ComponentTypeName2, CurrentSpeedName, GbicTypeName, IoInterfaceTypeName, PhyDriveTypeName, StatusName4, TypeName2 } from './enums.js';
import { HostBoard } from './hosts.js';
import { Esm, FactoryDefaultsVersionData, PortList, SasExpander, Sfp, TrayAttribute } from './ports.js';
import { Int64, nullable, oneOf } from './types.js';

/** What the array answers about trays: the vendor's definitions, property by property. */

export const Alarm = Type.Object({
  alarmRef: Type.String(),
  physicalLocation: nullable(Location),
  status: oneOf('unknown', 'enabled', 'disabled', 'sounding', 'muted', 'removed', '__UNDEFINED'),
  isManageable: Type.Boolean(),
  rtrAttributes: nullable(RTRAttributes),
  repairPolicy: nullable(RepairPolicy),
});

export const AutoSupportSmtpConfiguration = Type.Object({
  mailServer: Type.String(),
  mailSenderAddress: Type.String(),
  mailReplyAddress: Type.String(),
  emailServerEncryption: oneOf('none', 'smtps', 'starttls'),
  emailServerPort: Type.Integer(),
  emailServerUsername: Type.String(),
  emailServerPassword: Type.String(),
});

export const AutoSupportConfigResponse = Type.Object({
  autoSupportEnabled: Type.Boolean(),
  scheduleType: oneOf('daily', 'weekly', 'monthly'),
  scheduledDays: Type.Array(oneOf('sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday')),
  deliveryType: oneOf('https', 'smtp'),
  httpDeliveryType: oneOf('direct'),
  smtpConfiguration: nullable(AutoSupportSmtpConfiguration),
  sequenceNumber: Int64,
});

export const BatteryTypeData = Type.Object({
  batteryType: oneOf('singleSharedCru', 'dualIndividualFrus', 'dualSharedCrus', 'dualIndividualCrus', '__UNDEFINED'),
  cruParentController: Type.String(),
  parentController: Type.String(),
});

export const SmartBatteryData = Type.Object({
  lastBatteryLearnCycle: Int64,
  nextBatteryLearnCycle: Int64,
  batteryLearnCycleInterval: Type.Integer(),
});

export const Battery = Type.Object({
  batteryRef: Type.String(),
  status: StatusName4,
  physicalLocation: nullable(Location),
  batteryAge: Type.Integer(),
  batteryLifeRemaining: Type.Integer(),
  batteryTypeData: nullable(BatteryTypeData),
  reserved1: Type.String(),
  reserved2: Type.String(),
  manufacturerDate: Int64,
  vendorName: Type.String(),
  vendorPN: Type.String(),
  vendorSN: Type.String(),
  fruType: Type.String(),
  rtrAttributes: nullable(RTRAttributes),
  repairPolicy: nullable(RepairPolicy),
  batteryCanExpire: Type.Boolean(),
  automaticAgeReset: Type.Boolean(),
  learnCycleData: nullable(SmartBatteryData),
  id: Type.String(),
});

export const BatteryEx = Type.Object({
  batteryRef: Type.String(),
  status: StatusName4,
  physicalLocation: nullable(Location),
  batteryAge: Type.Integer(),
  batteryLifeRemaining: Type.Integer(),
  batteryTypeData: nullable(BatteryTypeData),
  reserved1: Type.String(),
  reserved2: Type.String(),
  manufacturerDate: Int64,
  vendorName: Type.String(),
  vendorPN: Type.String(),
  vendorSN: Type.String(),
  fruType: Type.String(),
  rtrAttributes: nullable(RTRAttributes),
  repairPolicy: nullable(RepairPolicy),
  batteryCanExpire: Type.Boolean(),
  automaticAgeReset: Type.Boolean(),
  learnCycleData: nullable(SmartBatteryData),
  smartBatteryData: nullable(SmartBatteryData),
  id: Type.String(),
});

export const CacheBackupDeviceVpd = Type.Object({
  manufacturer: Type.String(),
  manufactureDate: Int64,
  productId: Type.String(),
  productRevLevel: Type.String(),
  partNumber: Type.String(),
  serialNumber: Type.String(),
});

export const CacheBackupDeviceWearLifeStats = Type.Object({
  percentEnduranceUsed: Type.Integer(),
  percentEnduranceRemaining: Type.Integer(),
  averageEraseCount: Type.Integer(),
});

export const CacheBackupDeviceWearLife = Type.Object({
  cacheBackupDeviceWearLifeReportingLevel: oneOf('unknown', 'notReported', 'modelNotRecognized', 'enduranceUsed', 'stats', '__UNDEFINED'),
  percentEnduranceUsed: Type.Integer(),
  cacheBackupDeviceWearLifeStats: nullable(CacheBackupDeviceWearLifeStats),
});

export const CacheBackupDevice = Type.Object({
  backupDeviceRef: Type.String(),
  backupDeviceControllerSlot: Type.Integer(),
  parentController: Type.String(),
  backupDeviceType: oneOf('unknown', 'usbFlash', 'sdFlash', 'sataFlash', '__UNDEFINED'),
  backupDeviceStatus: oneOf('unknown', 'optimal', 'failed', 'removed', 'writeProtected', 'incompatible', '__UNDEFINED'),
  backupDeviceVpd: nullable(CacheBackupDeviceVpd),
  backupDeviceCapacity: Type.Integer(),
  repairPolicy: nullable(RepairPolicy),
  physicalLocation: nullable(Location),
  cacheBackupDeviceWearLife: nullable(CacheBackupDeviceWearLife),
  id: Type.String(),
});

export const CacheMemoryDimm = Type.Object({
  cacheMemoryDimmRef: Type.String(),
  status: oneOf('unknown', 'optimal', 'empty', 'failed', '__UNDEFINED'),
  capacityInMegabytes: Type.Integer(),
  serialNumber: Type.String(),
  partNumber: Type.String(),
  oemPartNumber: Type.String(),
  manufacturerPartNumber: Type.String(),
  manufacturer: Type.String(),
  manufactureDate: Int64,
  repairPolicy: nullable(RepairPolicy),
  physicalLocation: nullable(Location),
  shared: Type.Boolean(),
  revisionCode: Type.String(),
});

export const Fan = Type.Object({
  fanRef: Type.String(),
  status: oneOf('optimal', 'failed', 'removed', 'unknown', '__UNDEFINED'),
  physicalLocation: nullable(Location),
  reserved1: Type.String(),
  reserved2: Type.String(),
  rtrAttributes: nullable(RTRAttributes),
  repairPolicy: nullable(RepairPolicy),
  id: Type.String(),
});

export const PowerSupply = Type.Object({
  powerSupplyRef: Type.String(),
  status: oneOf('optimal', 'failed', 'removed', 'unknown', 'noinput', '__UNDEFINED'),
  physicalLocation: nullable(Location),
  partNumber: Type.String(),
  serialNumber: Type.String(),
  vendorName: Type.String(),
  manufacturerDate: Int64,
  fruType: Type.String(),
  reserved1: Type.String(),
  reserved2: Type.String(),
  rtrAttributes: nullable(RTRAttributes),
  repairPolicy: nullable(RepairPolicy),
  firmwareRevision: Type.String(),
  manufacturingDeviceCode: Type.Integer(),
  id: Type.String(),
});

export const ThermalSensor = Type.Object({
  thermalSensorRef: Type.String(),
  status: oneOf('optimal', 'nominalTempExceed', 'maxTempExceed', 'removed', 'unknown', '__UNDEFINED'),
  physicalLocation: nullable(Location),
  reserved1: Type.String(),
  reserved2: Type.String(),
  rtrAttributes: nullable(RTRAttributes),
  repairPolicy: nullable(RepairPolicy),
  id: Type.String(),
});

export const Ups = Type.Object({
  upsRef: Type.String(),
  status: oneOf('optimal', 'onBattery', '__UNDEFINED'),
  physicalLocation: nullable(Location),
  reserved1: Type.String(),
  reserved2: Type.String(),
});

export const MinihubTypeData = Type.Object({
  minihubType: oneOf('hostside', 'driveside', '__UNDEFINED'),
  parentController: Type.String(),
});

export const Minihub = Type.Object({
  minihubRef: Type.String(),
  status: oneOf('optimal', 'failed', 'unsupported', 'unknown', '__UNDEFINED'),
  physicalLocation: nullable(Location),
  minihubData: nullable(MinihubTypeData),
  currentSpeed: CurrentSpeedName,
  maxSpeed: CurrentSpeedName,
  channel: Type.Integer(),
  portList: nullable(PortList),
  vendorName: Type.String(),
  partNumber: Type.String(),
  serialNumber: Type.String(),
  fruType: Type.String(),
  manufacturerDate: Int64,
  reserved1: Type.String(),
  reserved2: Type.String(),
  rtrAttributes: nullable(RTRAttributes),
});

export const GBICParentTypeData = Type.Object({
  gbicParentType: oneOf('esm', 'minihub', 'controller', '__UNDEFINED'),
  controllerGBIC: nullable(ControllerGBIC),
  parentEsm: Type.String(),
  parentMinihub: Type.String(),
});

export const Gbic = Type.Object({
  gbicRef: Type.String(),
  status: oneOf('optimal', 'failed', 'removed', 'unknown', '__UNDEFINED'),
  physicalLocation: nullable(Location),
  gbicType: GbicTypeName,
  gbicPort: oneOf('port1', 'port2', '__UNDEFINED'),
  parentData: nullable(GBICParentTypeData),
  reserved1: Type.String(),
  reserved2: Type.String(),
});

export const InterconnectCRU = Type.Object({
  interconnectCRURef: Type.String(),
  status: oneOf('optimal', 'failed', 'removed', '__UNDEFINED'),
  physicalLocation: nullable(Location),
  manufacturerDate: Int64,
  vendorName: Type.String(),
  vendorPN: Type.String(),
  vendorSN: Type.String(),
  fruType: Type.String(),
  readyToRemove: Type.Boolean(),
  rtrAttributes: nullable(RTRAttributes),
  repairPolicy: nullable(RepairPolicy),
});

export const SupportCRU = Type.Object({
  supportCRURef: Type.String(),
  status: oneOf('unknown', 'optimal', 'failed', 'removed', 'noinput', 'incorrectConfig', '__UNDEFINED'),
  physicalLocation: nullable(Location),
  manufacturerDate: Int64,
  vendorName: Type.String(),
  vendorPN: Type.String(),
  vendorSN: Type.String(),
  fruType: Type.String(),
  readyToRemove: Type.Boolean(),
  rtrAttributes: nullable(RTRAttributes),
  configuredComponents: Type.Array(ComponentTypeName2),
  type: oneOf('unknown', 'powerFan', 'battery', 'fan', 'powerSupply', '__UNDEFINED'),
  repairPolicy: nullable(RepairPolicy),
  id: Type.String(),
});

export const ProcessorMemoryDimm = Type.Object({
  processorMemoryDimmRef: Type.String(),
  parentController: Type.String(),
  dimmControllerSlot: Type.Integer(),
  status: oneOf('unknown', 'optimal', 'empty', 'failed', '__UNDEFINED'),
  capacityInMegabytes: Type.Integer(),
  serialNumber: Type.String(),
  partNumber: Type.String(),
  oemPartNumber: Type.String(),
  manufacturerPartNumber: Type.String(),
  manufacturer: Type.String(),
  manufactureDate: Int64,
  repairPolicy: nullable(RepairPolicy),
  physicalLocation: nullable(Location),
  revisionCode: Type.String(),
});

export const Drawer = Type.Object({
  drawerRef: Type.String(),
  isOpen: Type.Boolean(),
  status: oneOf('unknown', 'optimal', 'failed', 'opened', 'removed', 'degraded', 'invalid', '__UNDEFINED'),
  physicalLocation: nullable(Location),
  repairPolicy: nullable(RepairPolicy),
  softwareVersion: Type.String(),
  partNumber: Type.String(),
  serialNumber: Type.String(),
  vendorName: Type.String(),
  manufactureDate: Int64,
  fruType: Type.String(),
  drawerType: Type.String(),
  id: Type.String(),
});

export const ComponentBundle = Type.Object({
  fan: Type.Array(Fan),
  battery: Type.Array(Battery),
  powerSupply: Type.Array(PowerSupply),
  thermalSensor: Type.Array(ThermalSensor),
  esm: Type.Array(Esm),
  ups: Type.Array(Ups),
  minihub: Type.Array(Minihub),
  gbic: Type.Array(Gbic),
  sfp: Type.Array(Sfp),
  interconnectCRU: Type.Array(InterconnectCRU),
  supportCRU: Type.Array(SupportCRU),
  alarm: Type.Array(Alarm),
  hostBoard: Type.Array(HostBoard),
  sasExpander: Type.Array(SasExpander),
  cacheBackupDevice: Type.Array(CacheBackupDevice),
  cacheMemoryDimm: Type.Array(CacheMemoryDimm),
  processorMemoryDimm: Type.Array(ProcessorMemoryDimm),
  drawer: Type.Array(Drawer),
});

export const TrayEx = Type.Object({
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
  trayPositionIndex: Type.Integer(),
  id: Type.String(),
});

export const SACache = Type.Object({
  cacheBlkSize: Type.Integer(),
  demandFlushAmount: Type.Integer(),
  demandFlushThreshold: Type.Integer(),
  reserved1: Type.String(),
  reserved2: Type.String(),
  cacheMirroringProtectionInformation: Type.Boolean(),
});

export const TrayPosition = Type.Object({
  trayId: Type.Integer(),
  rackId: Type.Integer(),
});

export const TrayPositionList = Type.Object({
  trayPosition: Type.Array(TrayPosition),
});

export const SsdCacheResponse = Type.Object({
  analyticsCause: oneOf('none', 'userStopped', 'userFcChanges', 'internalCtlrRebooted', 'internalCfgChanges', '__UNDEFINED'),
  cachedVolumesIds: Type.Array(Type.String()),
  configType: oneOf('unknown', 'filesystem', 'database', 'multimedia', '__UNDEFINED'),
  driveIds: Type.Array(Type.String()),
  id: Type.String(),
  name: Type.String(),
  protectionInformationCapable: Type.Boolean(),
  protectionType: oneOf('type0Protection', 'type1Protection', 'type2Protection', 'type3Protection', '__UNDEFINED'),
  securityLevel: oneOf('unknown', 'none', 'mixed', 'fde', 'fips', '__UNDEFINED'),
  securityType: oneOf('unknown', 'none', 'capable', 'enabled', '__UNDEFINED'),
  status: oneOf('unknown', 'optimal', 'degraded', 'failed', 'suspended', '__UNDEFINED'),
  statusCause: oneOf('none', 'hotspareInuse', 'drivesInaccessible', 'cacheSizeMismatch', 'missingDrives', '__UNDEFINED'),
  type: oneOf('readOnly', 'unknown'),
  usedCapacity: Int64,
  wwn: Type.String(),
});
