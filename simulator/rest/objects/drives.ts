import type { DriveRecord } from '../../array/records.js';
import { nullRef } from '../../array/refs.js';
import { RepairPolicy, RTRAttributes } from '../schemas/components.js';
import {
  DriveTemperature,
  DriveTypeData,
  PhysicalDriveTypeData,
  ProtectionInformationCapabilities,
  SSDWearLife,
} from '../schemas/drives.js';
import {
  CauseName,
  CurrentSpeedName,
  PcieDriveGenName,
  PhyDriveTypeName,
  ProtectionTypeName,
  StatusName2,
} from '../schemas/enums.js';
import { Location, ObjectReference } from '../schemas/locations.js';
import { type Shown, showing } from '../schemas/shown.js';
import { boolean, Int64, integer, list, nullable, object, oneOf, text, without } from '../schemas/types.js';

export const SpindleSpeedName = oneOf(
  'spindleSpeedUnknown',
  'spindleSpeedSSD',
  'spindleSpeed5400',
  'spindleSpeed7200',
  'spindleSpeed10k',
  'spindleSpeed15k',
);

const spindleSpeeds = new Map<number, Shown<typeof SpindleSpeedName>>([
  [5400, 'spindleSpeed5400'],
  [7200, 'spindleSpeed7200'],
  [10_000, 'spindleSpeed10k'],
  [15_000, 'spindleSpeed15k'],
]);

/** What spins how fast, as pools and drives show it. */
export function spindleSpeedName(
  drive: Pick<DriveRecord, 'media' | 'spindleSpeedRpm'>,
): Shown<typeof SpindleSpeedName> {
  if (drive.media === 'ssd') return 'spindleSpeedSSD';
  return spindleSpeeds.get(drive.spindleSpeedRpm) ?? 'spindleSpeedUnknown';
}

/** Where something sits: in a slot of a tray. */
export function locationIn(trayRef: string, slot: number, label: string): Shown<typeof Location> {
  return {
    trayRef,
    slot,
    locationParent: {
      refType: 'genericTyped',
      controllerRef: null,
      symbolRef: null,
      typedReference: { componentType: 'tray', symbolRef: trayRef },
    },
    locationPosition: slot,
    label,
  };
}

/** How warm a drive is, and where it becomes too warm, in degrees Celsius. */
export const driveTemperature = { currentTemp: 25, refTemp: 64 };

function driveFacts(drive: DriveRecord) {
  const address = drive.wwn.slice(0, 16);
  const isNvme = drive.physicalType === 'nvme4k';
  return { drive, address, isNvme };
}

const drive = showing<ReturnType<typeof driveFacts>>();

export const DriveEx = object({
  offline: boolean(),
  hotSpare: drive.shown(boolean(), ({ drive }) => drive.assignment === 'hotSpare'),
  invalidDriveData: boolean(),
  available: drive.shown(boolean(), ({ drive }) => drive.assignment === 'unassigned' && drive.status === 'optimal'),
  pfa: boolean(),
  driveRef: drive.shown(text(), ({ drive }) => drive.ref),
  status: drive.shown(StatusName2, ({ drive }) => drive.status),
  cause: drive.shown(CauseName, ({ drive }) => (drive.status === 'failed' ? 'userOp' : 'none')),
  interfaceType: drive.shown(nullable(DriveTypeData), ({ isNvme, address }) => ({
    driveType: isNvme ? 'nvmeDirectPcie' : 'sas',
    fibre: null,
    sas: isNvme
      ? null
      : {
          deviceName: address,
          drivePortAddresses: [
            { channel: 1, portIdentifier: address },
            { channel: 2, portIdentifier: address },
          ],
        },
    scsi: null,
    nvme: null,
  })),
  physicalLocation: drive.shown(nullable(Location), ({ drive }) =>
    locationIn(drive.trayRef, drive.slot, String(drive.slot - 1)),
  ),
  manufacturer: drive.shown(text(), ({ drive }) => drive.manufacturer),
  manufacturerDate: drive.always(Int64, '1447200000'),
  productID: drive.shown(text(), ({ drive }) => drive.productId),
  serialNumber: drive.shown(text(), ({ drive }) => drive.serialNumber),
  softwareVersion: drive.shown(text(), ({ drive }) => drive.firmwareVersion),
  blkSize: drive.shown(integer(), ({ drive }) => drive.blockSizeBytes),
  usableCapacity: drive.shown(Int64, ({ drive }) => String(drive.usableBytes)),
  rawCapacity: drive.shown(Int64, ({ drive }) => String(drive.rawBytes)),
  worldWideName: drive.shown(text(), ({ drive }) => drive.wwn),
  currentVolumeGroupRef: drive.shown(text(), ({ drive }) => drive.poolRef ?? nullRef),
  sparedForDriveRef: drive.shown(text(), ({ drive }) => drive.sparedForRef ?? nullRef),
  mirrorDrive: drive.always(text(), nullRef),
  nonRedundantAccess: boolean(),
  workingChannel: drive.always(integer(), -1),
  volumeGroupIndex: drive.shown(integer(), ({ drive }) => (drive.poolRef === null ? -1 : drive.slot - 1)),
  currentSpeed: drive.shown(CurrentSpeedName, ({ drive }) => drive.interfaceSpeed),
  maxSpeed: drive.shown(CurrentSpeedName, ({ drive }) => drive.interfaceSpeed),
  uncertified: boolean(),
  hasDegradedChannel: boolean(),
  degradedChannels: list(integer()),
  phyDriveType: drive.shown(PhyDriveTypeName, ({ drive }) => drive.physicalType),
  spindleSpeed: drive.shown(integer(), ({ drive }) => drive.spindleSpeedRpm),
  rtrAttributes: drive.always(nullable(RTRAttributes), {
    cruType: 'dedicated',
    parentCru: null,
    rtrAttributeData: { hasReadyToRemoveIndicator: false, readyToRemove: false },
  }),
  reserved: text(),
  phyDriveTypeData: drive.shown(nullable(PhysicalDriveTypeData), ({ drive }) => ({
    phyDriveType: drive.physicalType,
    sataDriveAttributes: null,
  })),
  pfaReason: drive.always(
    oneOf('unknown', 'none', 'driveReported', 'synthesized', 'ssdEndOfLife', 'dataLoss', '__UNDEFINED'),
    'none',
  ),
  bypassSource: list(ObjectReference),
  repairPolicy: drive.always(nullable(RepairPolicy), {
    removalData: { removalMethod: 'self', rtrAttributes: { hasReadyToRemoveIndicator: false, readyToRemove: false } },
    replacementMethod: 'self',
  }),
  fdeCapable: drive.shown(boolean(), ({ drive }) => drive.fdeCapable),
  fdeEnabled: drive.shown(boolean(), ({ drive }) => drive.fdeEnabled),
  fdeLocked: boolean(),
  lockKeyID: drive.always(text(), nullRef),
  ssdWearLife: drive.shown(nullable(SSDWearLife), ({ drive }) => ({
    averageEraseCountPercent: drive.media === 'ssd' ? 1 : 0,
    spareBlocksRemainingPercent: drive.media === 'ssd' ? 100 : 0,
    isWearLifeMonitoringSupported: drive.media === 'ssd',
    percentEnduranceUsed: drive.media === 'ssd' ? 1 : 0,
  })),
  driveMediaType: drive.shown(oneOf('all', 'unknown', 'hdd', 'ssd', '__UNDEFINED'), ({ drive }) => drive.media),
  fpgaVersion: text(),
  protectionInformationCapabilities: drive.shown(nullable(ProtectionInformationCapabilities), ({ drive }) => ({
    protectionInformationCapable: drive.protectionInformationCapable,
    protectionType: 'type2Protection',
  })),
  protectionInformationCapable: drive.shown(boolean(), ({ drive }) => drive.protectionInformationCapable),
  protectionType: drive.always(ProtectionTypeName, 'type0Protection'),
  interposerPresent: boolean(),
  interposerRef: drive.always(text(), nullRef),
  currentCommandAgingTimeout: drive.always(integer(), 6),
  defaultCommandAgingTimeout: drive.always(integer(), 6),
  driveTemperature: drive.always(nullable(DriveTemperature), driveTemperature),
  blkSizePhysical: drive.shown(integer(), ({ drive }) => drive.physicalBlockSizeBytes),
  lowestAlignedLBA: Int64,
  removed: drive.shown(boolean(), ({ drive }) => drive.status === 'removed'),
  locateInProgress: drive.shown(boolean(), ({ drive }) => drive.locating),
  fipsCapable: drive.shown(boolean(), ({ drive }) => drive.fipsCapable),
  dulbeCapable: boolean(),
  sanitizeCapable: drive.always(boolean(), true),
  driveSecurityType: drive.shown(
    oneOf('notCapable', 'capableNonFips', 'capableFips1402', 'capableFips1403', 'capableFipsUnknown', '__UNDEFINED'),
    ({ drive }) => (drive.fipsCapable ? 'capableFips1402' : drive.fdeCapable ? 'capableNonFips' : 'notCapable'),
  ),
  expectedPCIeSpeed: CurrentSpeedName,
  pcieDriveGen: drive.shown(PcieDriveGenName, ({ isNvme }) => (isNvme ? 'gen4' : 'none')),
  firmwareVersion: drive.shown(text(), ({ drive }) => drive.firmwareVersion),
  // Only a drive with a security key has one.
  lockKeyIDValue: drive.always(nullable(text()), null),
  id: drive.shown(text(), ({ drive }) => drive.ref),
});

export const Drive = without(DriveEx, 'firmwareVersion', 'lockKeyIDValue');

const driveObject = drive.viewOf(DriveEx);

export function driveView(drive: DriveRecord): Shown<typeof DriveEx> {
  return driveObject(driveFacts(drive));
}
