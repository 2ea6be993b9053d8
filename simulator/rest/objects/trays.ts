import type { TrayRecord } from '../../array/records.js';
import { DriveLayout } from '../schemas/drives.js';
import { CurrentSpeedName, IoInterfaceTypeName, PhyDriveTypeName, TypeName2 } from '../schemas/enums.js';
import { Location } from '../schemas/locations.js';
import { type Shown, showing } from '../schemas/shown.js';
import { FactoryDefaultsVersionData } from '../schemas/software-versions.js';
import { TrayAttribute } from '../schemas/trays.js';
import { boolean, Int64, integer, list, nullable, object, oneOf, text, without } from '../schemas/types.js';
import { locationIn } from './drives.js';

const tray = showing<{ tray: TrayRecord }>();

export const TrayEx = object({
  type: tray.shown(TypeName2, ({ tray }) => tray.type),
  orientation: tray.always(oneOf('horizontal', 'vertical', '__UNDEFINED'), 'horizontal'),
  numControllerSlots: tray.always(integer(), 2),
  numDriveSlots: tray.shown(integer(), ({ tray }) => tray.slots),
  trayId: tray.shown(integer(), ({ tray }) => tray.trayId),
  trayRef: tray.shown(text(), ({ tray }) => tray.ref),
  nonRedundantAccess: boolean(),
  partNumber: tray.shown(text(), ({ tray }) => tray.partNumber.padEnd(15)),
  serialNumber: tray.shown(text(), ({ tray }) => tray.serialNumber),
  vendorName: tray.always(text(), 'NETAPP     '),
  manufacturerDate: tray.always(Int64, '1474675200'),
  fruType: tray.always(text(), ''),
  trayIDMismatch: boolean(),
  trayIDConflict: boolean(),
  esmVersionMismatch: boolean(),
  esmMiswire: boolean(),
  drvMHSpeedMismatch: boolean(),
  unsupportedTray: boolean(),
  workingChannel: tray.always(integer(), -1),
  maxSpeed: tray.always(CurrentSpeedName, 'speed12gig'),
  trayTechnologyType: tray.always(
    oneOf('unknown', 'scsiScsi', 'fibreFibre', 'fibreSata', 'fibrePata', 'nvme', '__UNDEFINED'),
    'unknown',
  ),
  esmGroupError: boolean(),
  uncertifiedTray: boolean(),
  locateTray: tray.shown(boolean(), ({ tray }) => tray.locating),
  esmHardwareMismatch: boolean(),
  hasConfigurableTrayId: tray.always(boolean(), true),
  frontEndInterfaceTechnology: tray.always(IoInterfaceTypeName, 'iscsi'),
  driveTechnologies: tray.always(list(PhyDriveTypeName), ['sas']),
  numDriveCompartments: tray.shown(integer(), ({ tray }) => tray.rows),
  numDriveSlotsPerCompartment: tray.shown(integer(), ({ tray }) => tray.columns),
  trayAttributes: list(TrayAttribute),
  isMisconfigured: boolean(),
  esmFactoryDefaultsMismatch: boolean(),
  physicalLocation: tray.shown(nullable(Location), ({ tray }) => locationIn(tray.ref, 0, '')),
  numDrawers: integer(),
  driveLayout: tray.shown(nullable(DriveLayout), ({ tray }) => ({
    driveOrientation: 'vertical',
    numRows: tray.rows,
    numColumns: tray.columns,
    primaryTraversal: 'leftToRight',
    secondaryTraversal: 'topToBottom',
  })),
  factoryDefaultsData: tray.always(nullable(FactoryDefaultsVersionData), {
    factoryDefaultsVersion: '',
    isSupported: false,
  }),
  locateInProgress: tray.shown(boolean(), ({ tray }) => tray.locating),
  hasTrayIdentityIndicator: tray.always(boolean(), true),
  oemPartNumber: tray.always(text(), ''),
  trayPositionIndex: tray.always(integer(), 0),
  id: tray.shown(text(), ({ tray }) => tray.ref),
});

export const Tray = without(TrayEx, 'trayPositionIndex');

const trayObject = tray.viewOf(TrayEx);

export function trayView(tray: TrayRecord): Shown<typeof TrayEx> {
  return trayObject({ tray });
}
