import { PhyDriveTypeName, PortTypeName, ProtectionTypeName } from './enums.js';
import { boolean, Int64, integer, list, nullable, object, oneOf, text } from './types.js';

export const KeyValueTagObjectReference = object({
  objectType: oneOf('unknown', 'volume', 'workload', '__UNDEFINED'),
  volume: text(),
  workload: text(),
});

export const IpVxAddress = object({
  addressType: oneOf('ipv4', 'ipv6', '__UNDEFINED'),
  ipv4Address: nullable(text()),
  ipv6Address: nullable(text()),
});

export const ProtectionInformationCapabilities = object({
  protectionInformationCapable: boolean(),
  protectionType: ProtectionTypeName,
});

const FibreDriveAddress = object({
  channel: integer(),
  loopID: integer(),
});

const SasDrivePortAddress = object({
  channel: integer(),
  portIdentifier: text(),
});

const SasDriveAddress = object({
  deviceName: text(),
  drivePortAddresses: list(SasDrivePortAddress),
});

const SCSIDriveAddress = object({
  channel: integer(),
  id: integer(),
});

const NVMeDrivePortAddress = object({
  channel: integer(),
  nvmeControllerIdentifier: integer(),
});

const NVMeDriveAddress = object({
  deviceName: text(),
  drivePortAddresses: list(NVMeDrivePortAddress),
});

export const DriveTypeData = object({
  driveType: oneOf('scsi', 'fibre', 'unknown', 'sas', 'sata', 'nvmeDirectPcie', '__UNDEFINED'),
  fibre: nullable(list(FibreDriveAddress)),
  sas: nullable(SasDriveAddress),
  scsi: nullable(SCSIDriveAddress),
  nvme: nullable(NVMeDriveAddress),
});

const ScsiToAtaTranslatorData = object({
  vendorId: text(),
  productId: text(),
  productRevLevel: text(),
  satType: oneOf('unknown', 'driveCruResident', 'controllerResident', 'enclosureSlotResident', '__UNDEFINED'),
});

const SataDriveAttributes = object({
  translatorData: nullable(ScsiToAtaTranslatorData),
  ataDiskModelNumber: text(),
  ataDiskFwRevision: text(),
});

export const PhysicalDriveTypeData = object({
  phyDriveType: PhyDriveTypeName,
  sataDriveAttributes: nullable(SataDriveAttributes),
});

export const SSDWearLife = object({
  averageEraseCountPercent: integer(),
  spareBlocksRemainingPercent: integer(),
  isWearLifeMonitoringSupported: boolean(),
  percentEnduranceUsed: integer(),
});

export const DriveTemperature = object({
  currentTemp: integer(),
  refTemp: integer(),
});

const DriveChannelErrorCounts = object({
  nonChannelErrors: integer(),
  timeoutErrors: integer(),
  controllerDetectedErrors: integer(),
  driveDetectedErrors: integer(),
  linkDownErrors: integer(),
});

const DriveChannelStatistics = object({
  startTimeStamp: Int64,
  endTimeStamp: Int64,
  totalIoCount: integer(),
  totalIoErrorCount: integer(),
  linkStatus: oneOf('none', 'up', 'down', 'failed', '__UNDEFINED'),
  errorCounts: nullable(DriveChannelErrorCounts),
});

export const DriveChannel = object({
  channel: integer(),
  state: oneOf('optimal', 'degraded', 'hwFailed', '__UNDEFINED'),
  reason: oneOf(
    'none',
    'thresholdExceeded',
    'adminRequest',
    'socNotOperational',
    'socEepromFailure',
    'clearHwFailure',
    'controllerAction',
    '__UNDEFINED',
  ),
  degradingController: text(),
  statsControllerA: nullable(DriveChannelStatistics),
  statsControllerB: nullable(DriveChannelStatistics),
});

const DriveChannelParent = object({
  driveChannelParent: oneOf('parentUnknown', 'minihub', 'controller', '__UNDEFINED'),
  controllerRef: text(),
  minihubRef: text(),
});

export const DriveChannelPort = object({
  portRef: text(),
  channel: integer(),
  portType: PortTypeName,
  parentType: nullable(DriveChannelParent),
});

export const DriveLayout = object({
  driveOrientation: oneOf('none', 'horizontal', 'vertical', '__UNDEFINED'),
  numRows: integer(),
  numColumns: integer(),
  primaryTraversal: oneOf('none', 'leftToRight', 'rightToLeft', 'topToBottom', 'frontToBack', '__UNDEFINED'),
  secondaryTraversal: oneOf('none', 'leftToRight', 'rightToLeft', 'topToBottom', 'frontToBack', '__UNDEFINED'),
});
