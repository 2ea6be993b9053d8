import { RepairPolicy } from './components.js';
import { Location } from './locations.js';
import { boolean, Int64, integer, nullable, object, oneOf, text } from './types.js';

// Where a controller keeps and saves its cache.

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

export const SACache = object({
  cacheBlkSize: integer(),
  demandFlushAmount: integer(),
  demandFlushThreshold: integer(),
  reserved1: text(),
  reserved2: text(),
  cacheMirroringProtectionInformation: boolean(),
});
