import { boolean, integer, list, object, oneOf, optional, text } from './types.js';

/** What clients send and read about drive firmware: the vendor's definitions, property by property. */

const DriveFirmwareCompatibilityControllerInfo = object({
  controllerId: text(),
  controllerStatus: oneOf(
    'unknown',
    'optimal',
    'failed',
    'removed',
    'rpaParErr',
    'serviceMode',
    'suspended',
    'degraded',
    '__UNDEFINED',
  ),
});

const DriveFirmwareCompatabilityEntry = object({
  driveRef: text(),
  onlineUpgradeCapable: boolean(),
});

const DriveFirmwareCompatiblitySet = object({
  filename: text(),
  firmwareVersion: text(),
  supportedFirmwareVersions: list(text()),
  compatibleDrives: list(DriveFirmwareCompatabilityEntry),
});

export const DriveFirmwareCompatibilityResponse = object({
  controllerInfo: list(DriveFirmwareCompatibilityControllerInfo),
  controllerOffline: boolean(),
  controllerMissing: boolean(),
  controllerServiceMode: boolean(),
  simplexMode: boolean(),
  compatibilities: list(DriveFirmwareCompatiblitySet),
});

const DriveDownloadDriveStatus = object({
  driveRef: optional(text()),
  status: optional(
    oneOf(
      'okay',
      'invalidDriveref',
      'duplicateDrive',
      'notAttempted',
      'invalidState',
      'inProgress',
      'partialUpdate',
      'failedUpdate',
      'inProgressRecon',
      'pending',
      '__UNDEFINED',
    ),
  ),
  percentComplete: optional(integer()),
});

export const DriveFirmwareStatus = object({
  overallStatus: optional(text()),
  driveStatus: optional(list(DriveDownloadDriveStatus)),
});

export const DriveFirmwareUpdateEntry = object({
  filename: text(),
  compatibilityCheckEnabled: boolean(),
  driveRefList: list(text()),
});
