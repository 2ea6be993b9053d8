import type { DriveRecord } from '../array/records.js';
import type { StorageArray } from '../array/storage-array.js';
import { seconds } from './epoch-seconds.js';
import { driveTemperature } from './objects/drives.js';
import type { Routes } from './route.js';
import { blank } from './schemas/blank.js';
import { boolean, Int64, integer, list, nullable, object, oneOf, optional, text, unknown } from './schemas/types.js';

const hourMs = 3_600_000;
const blockBytes = 512;

const DriveTypeName = oneOf('fibre', 'fibre520b', 'nvme4k', 'sas', 'sas4k', 'unknown');

const SmartData = object({
  availableSparePercent: integer(),
  availableSpareThresholdPercent: integer(),
  criticalTemperatureTimeInMinutes: integer(),
  criticalWarning: integer(),
  percentageUsed: integer(),
  portData: list(
    object({
      bytesRead: Int64,
      bytesWritten: Int64,
      controllerBusyTimeInMinutes: integer(),
      hostReadCommands: Int64,
      hostWriteCommands: Int64,
      mediaAndDataIntegrityErrors: Int64,
      numErrorInfoLogEntries: Int64,
      portId: text(),
    }),
  ),
  powerCycles: integer(),
  powerOnHours: integer(),
  temperatureInCelsius: integer(),
  unsafeShutdowns: Int64,
  warningTemperatureTimeInMinutes: integer(),
});

const DriveLogData = object({
  averageErasedBlockCount: Int64,
  averageErasedBlockReadErrorRate: integer(),
  blockSize: integer(),
  driveId: text(),
  driveMediaType: oneOf('hdd', 'ssd', 'unknown'),
  manufacturer: text(),
  maxEraseBlockCount: integer(),
  maxEraseFailCount: integer(),
  maxErasedBlockReadErrorRate: integer(),
  maxGListCount: integer(),
  maxProgramFailCount: integer(),
  pageBlockReassigns: integer(),
  pcieCrcErrorCount: Int64,
  physicalDriveType: DriveTypeName,
  productId: text(),
  serialNumber: text(),
  singleBitDramErrors: Int64,
  slot: integer(),
  smartData: nullable(SmartData),
  softwareVersion: text(),
  thermalStateTransitionCount: Int64,
  thermalThrottleState: integer(),
  timestamp: text(),
  totalEraseFailures: integer(),
  totalHostWriteBlockCount: Int64,
  totalNandWriteBlockCount: Int64,
  totalProgramFailures: integer(),
  totalReadFailures: integer(),
  tray: integer(),
  wwn: text(),
});

const DriveWear = object({
  driveWwn: text(),
  timestamp: text(),
  totalBytesRead: Int64,
  totalBytesWritten: Int64,
  temperatureInCelsius: integer(),
  wearlifePercentageUsed: integer(),
  powerOnHours: integer(),
  averageErasedBlockCount: Int64,
  spareBlockRemainingPercentage: integer(),
  totalHostWriteBlockCount: Int64,
  totalNandWriteBlockCount: Int64,
  unmapBlockEstimate: Int64,
  totalHostReads: Int64,
  totalHostWrites: Int64,
  softwareVersion: text(),
  driveCapacityInBytes: Int64,
  driveVendor: text(),
  driveProductId: text(),
  blockSize: integer(),
  volumeGroupName: text(),
  driveUsageType: oneOf('absent', 'flashCache', 'hotSpare', 'volumeGroup', 'unassigned'),
  physicalDriveType: DriveTypeName,
  serialNumber: text(),
});

const WearResponse = object({
  collections: list(
    object({
      collectionTimestamp: text(),
      collectionTypes: list(oneOf('daily', 'weekly', 'monthly', 'quarterly')),
      ssdDriveWearStatistics: list(DriveWear),
      mSataWearStatistics: list(unknown()),
    }),
  ),
});

/** What a drive has done since its counters began, from the statistics. */
function workOf(array: StorageArray, drive: DriveRecord) {
  const totals = array.statistics.live();
  const { readOps = 0, readBytes = 0, writeOps = 0, writeBytes = 0, busyTime = 0 } = totals.drives.get(drive.ref) ?? {};
  const powerOnHours = Math.floor((array.now() - array.system.bootTimeMs) / hourMs);
  return { readOps, readBytes, writeOps, writeBytes, busyTime, powerOnHours, timestamp: seconds(totals.timeMs) };
}

function smartView(array: StorageArray, drive: DriveRecord) {
  const { readOps, readBytes, writeOps, writeBytes, busyTime, powerOnHours } = workOf(array, drive);
  return {
    ...blank(SmartData),
    availableSparePercent: 100,
    availableSpareThresholdPercent: 10,
    percentageUsed: 1,
    portData: [
      {
        bytesRead: String(readBytes),
        bytesWritten: String(writeBytes),
        controllerBusyTimeInMinutes: Math.floor(busyTime / 60e6),
        hostReadCommands: String(readOps),
        hostWriteCommands: String(writeOps),
        mediaAndDataIntegrityErrors: '0',
        numErrorInfoLogEntries: '0',
        portId: '0',
      },
    ],
    powerCycles: 1,
    powerOnHours,
    temperatureInCelsius: driveTemperature.currentTemp,
  };
}

/** What a drive logs: only SSDs count erased blocks, only NVMe drives have SMART data by port. */
function logView(array: StorageArray, drive: DriveRecord) {
  const { writeBytes, timestamp } = workOf(array, drive);
  const written = drive.media === 'ssd' ? String(Math.floor(writeBytes / blockBytes)) : '0';
  return {
    ...blank(DriveLogData),
    blockSize: drive.blockSizeBytes,
    driveId: drive.ref,
    driveMediaType: drive.media,
    manufacturer: drive.manufacturer,
    physicalDriveType: typeOf(drive),
    productId: drive.productId,
    serialNumber: drive.serialNumber,
    slot: drive.slot,
    smartData: drive.physicalType === 'nvme4k' ? smartView(array, drive) : null,
    softwareVersion: drive.firmwareVersion,
    timestamp,
    totalHostWriteBlockCount: written,
    totalNandWriteBlockCount: written,
    tray: array.tables.trays.get(drive.trayRef)?.trayId ?? 0,
    wwn: drive.wwn,
  };
}

function wearView(array: StorageArray, drive: DriveRecord) {
  const { readOps, readBytes, writeOps, writeBytes, powerOnHours, timestamp } = workOf(array, drive);
  const blocks = String(Math.floor(writeBytes / blockBytes));
  return {
    ...blank(DriveWear),
    driveWwn: drive.wwn,
    timestamp,
    totalBytesRead: String(readBytes),
    totalBytesWritten: String(writeBytes),
    temperatureInCelsius: driveTemperature.currentTemp,
    wearlifePercentageUsed: 1,
    powerOnHours,
    spareBlockRemainingPercentage: 100,
    totalHostWriteBlockCount: blocks,
    totalNandWriteBlockCount: blocks,
    totalHostReads: String(readOps),
    totalHostWrites: String(writeOps),
    softwareVersion: drive.firmwareVersion,
    driveCapacityInBytes: String(drive.rawBytes),
    driveVendor: drive.manufacturer,
    driveProductId: drive.productId,
    blockSize: drive.blockSizeBytes,
    volumeGroupName: drive.poolRef === null ? '' : array.pools.require(drive.poolRef).label,
    driveUsageType: usageOf(drive),
    physicalDriveType: typeOf(drive),
    serialNumber: drive.serialNumber,
  };
}

function typeOf({ physicalType }: DriveRecord) {
  return physicalType === 'sata' ? 'unknown' : physicalType;
}

function usageOf({ status, assignment }: DriveRecord) {
  if (status === 'removed') return 'absent';
  return assignment === 'pool' ? 'volumeGroup' : assignment;
}

/** What drives log of themselves. */
export function driveLogRoutes(routes: Routes): void {
  routes.onArray('getDriveLogData', { response: list(DriveLogData) }, ({ array }) =>
    array.tables.drives.toJSON().map((drive) => logView(array, drive)),
  );
  routes.onArray('getDriveLogDataByDriveId', { response: DriveLogData }, ({ array, id }) =>
    logView(array, array.drives.require(id)),
  );
  // The array keeps one collection: the one of now.
  routes.onArray(
    'getDriveWearStatistics',
    { query: object({ 'all-history': optional(boolean()) }), response: WearResponse },
    ({ array }) => {
      const ssds = array.tables.drives.toJSON().filter(({ media }) => media === 'ssd');
      const collection = {
        collectionTimestamp: seconds(array.now()),
        collectionTypes: ['daily'],
        ssdDriveWearStatistics: ssds.map((drive) => wearView(array, drive)),
        mSataWearStatistics: [],
      };
      return { collections: [collection] };
    },
  );
}
