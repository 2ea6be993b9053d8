import type { DriveRecord } from '../array/records.js';
import { nullRef } from '../array/refs.js';
import type { Routes } from './route.js';
import { blank } from './schemas/blank.js';
import { DriveEx } from './schemas/drives.js';
import { list, object, optional, text } from './schemas/types.js';

/** What spins how fast, as pools and drives show it. */
export function spindleSpeedName(drive: Pick<DriveRecord, 'media' | 'spindleSpeedRpm'>): string {
  if (drive.media === 'ssd') return 'spindleSpeedSSD';
  return (
    { 5400: 'spindleSpeed5400', 7200: 'spindleSpeed7200', 10000: 'spindleSpeed10k', 15000: 'spindleSpeed15k' }[
      drive.spindleSpeedRpm
    ] ?? 'spindleSpeedUnknown'
  );
}

/** Where something sits: in a slot of a tray. */
export function locationIn(trayRef: string, slot: number, label: string): object {
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

export function driveView(drive: DriveRecord): object {
  const address = drive.wwn.slice(0, 16);
  const isNvme = drive.physicalType === 'nvme4k';
  return {
    ...blank(DriveEx),
    hotSpare: drive.assignment === 'hotSpare',
    available: drive.assignment === 'unassigned' && drive.status === 'optimal',
    driveRef: drive.ref,
    status: drive.status,
    cause: drive.status === 'failed' ? 'userOp' : 'none',
    interfaceType: {
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
    },
    physicalLocation: locationIn(drive.trayRef, drive.slot, String(drive.slot - 1)),
    manufacturer: drive.manufacturer,
    manufacturerDate: '1447200000',
    productID: drive.productId,
    serialNumber: drive.serialNumber,
    softwareVersion: drive.firmwareVersion,
    firmwareVersion: drive.firmwareVersion,
    blkSize: drive.blockSizeBytes,
    blkSizePhysical: drive.physicalBlockSizeBytes,
    usableCapacity: String(drive.usableBytes),
    rawCapacity: String(drive.rawBytes),
    worldWideName: drive.wwn,
    currentVolumeGroupRef: drive.poolRef ?? nullRef,
    sparedForDriveRef: drive.sparedForRef ?? nullRef,
    mirrorDrive: nullRef,
    workingChannel: -1,
    volumeGroupIndex: drive.poolRef === null ? -1 : drive.slot - 1,
    currentSpeed: drive.interfaceSpeed,
    maxSpeed: drive.interfaceSpeed,
    phyDriveType: drive.physicalType,
    spindleSpeed: drive.spindleSpeedRpm,
    phyDriveTypeData: { phyDriveType: drive.physicalType, sataDriveAttributes: null },
    pfaReason: 'none',
    rtrAttributes: {
      cruType: 'dedicated',
      parentCru: null,
      rtrAttributeData: { hasReadyToRemoveIndicator: false, readyToRemove: false },
    },
    repairPolicy: {
      removalData: { removalMethod: 'self', rtrAttributes: { hasReadyToRemoveIndicator: false, readyToRemove: false } },
      replacementMethod: 'self',
    },
    fdeCapable: drive.fdeCapable,
    fdeEnabled: drive.fdeEnabled,
    lockKeyID: nullRef,
    ssdWearLife: {
      averageEraseCountPercent: drive.media === 'ssd' ? 1 : 0,
      spareBlocksRemainingPercent: drive.media === 'ssd' ? 100 : 0,
      isWearLifeMonitoringSupported: drive.media === 'ssd',
      percentEnduranceUsed: drive.media === 'ssd' ? 1 : 0,
    },
    driveMediaType: drive.media,
    protectionInformationCapabilities: {
      protectionInformationCapable: drive.protectionInformationCapable,
      protectionType: 'type2Protection',
    },
    protectionInformationCapable: drive.protectionInformationCapable,
    protectionType: 'type0Protection',
    interposerRef: nullRef,
    currentCommandAgingTimeout: 6,
    defaultCommandAgingTimeout: 6,
    driveTemperature: { currentTemp: 25, refTemp: 64 },
    removed: drive.status === 'removed',
    fipsCapable: drive.fipsCapable,
    sanitizeCapable: true,
    driveSecurityType: drive.fipsCapable ? 'capableFips1402' : drive.fdeCapable ? 'capableNonFips' : 'notCapable',
    pcieDriveGen: isNvme ? 'gen4' : 'none',
    id: drive.ref,
  };
}

const DriveReplaceRequest = object({ replacementId: optional(text()) });
const EraseProgress = object({ driveEraseProgress: list(object({})) });

export function driveRoutes(routes: Routes): void {
  routes.onArray('getDrives', { response: list(DriveEx) }, ({ array, query }) => {
    const only = query.driveRef;
    return array.tables.drives
      .toJSON()
      .filter((drive) => only === undefined || drive.ref === only)
      .map(driveView);
  });
  routes.onArray('getDriveById', { response: DriveEx }, ({ array, id }) => driveView(array.drives.require(id)));
  routes.onArray('replaceDrive', { body: DriveReplaceRequest, bodyOptional: true }, ({ array, id }) => {
    array.drives.replace(id);
  });
  routes.onArray('getDriveEraseProgress', { response: EraseProgress }, () => ({ driveEraseProgress: [] }));
}
