import type { DriveUpgrade } from '../array/firmware-upgrades.js';
import type { StorageArray } from '../array/storage-array.js';
import { RestError } from './errors.js';
import { callResponse } from './firmware.js';
import { driveFileList, driveFileVersion } from './firmware-files.js';
import { stationArray } from './keeper.js';
import type { KeptFile } from './private-files.js';
import type { Routes } from './route.js';
import {
  DriveFirmwareCompatibilityResponse,
  DriveFirmwareStatus,
  DriveFirmwareUpdateEntry,
} from './schemas/drive-firmware.js';
import { boolean, list, object, type Static } from './schemas/types.js';

/** The drives that a file is for: those whose product its name has, all where it names none. */
function compatibleDrives(array: StorageArray, { name }: KeptFile) {
  const drives = array.tables.drives.toJSON();
  const named = drives.filter(({ productId }) => productId.trim() !== '' && name.includes(productId.trim()));
  return named.length > 0 ? named : drives;
}

function compatibility(
  array: StorageArray,
  files: readonly KeptFile[],
): Static<typeof DriveFirmwareCompatibilityResponse> {
  const controllers = array.controllers.list();
  const isAnyDown = controllers.some(({ ref }) => !array.controllers.isUp(ref));
  return {
    controllerInfo: controllers.map(({ ref, status }) => ({ controllerId: ref, controllerStatus: status })),
    controllerOffline: isAnyDown,
    controllerMissing: false,
    controllerServiceMode: false,
    simplexMode: controllers.length < 2,
    compatibilities: files.map((file) => {
      const compatible = compatibleDrives(array, file);
      return {
        filename: file.name,
        firmwareVersion: driveFileVersion(file.name),
        supportedFirmwareVersions: [...new Set(compatible.map(({ firmwareVersion }) => firmwareVersion))],
        compatibleDrives: compatible.map(({ ref }) => ({ driveRef: ref, onlineUpgradeCapable: true })),
      };
    }),
  };
}

/** How each drive of the last upgrade does. */
function statusOf(array: StorageArray): Static<typeof DriveFirmwareStatus> {
  const upgrades = array.firmwareUpgrades.driveUpgrades();
  const driveStatus = upgrades.map(({ driveRef, version }) => {
    const job = array.jobs.find('firmware', driveRef);
    const isLoaded = array.tables.drives.get(driveRef)?.firmwareVersion === version;
    const status =
      job !== undefined ? ('inProgressRecon' as const) : isLoaded ? ('okay' as const) : ('failedUpdate' as const);
    return { driveRef, status, percentComplete: job === undefined ? 0 : array.jobs.percent(job) };
  });
  const isBusy = driveStatus.some(({ status }) => status === 'inProgressRecon');
  return { overallStatus: isBusy ? 'busy' : 'ok', driveStatus };
}

/** Firmware of drives: which files fit, loading them, and how far that is. */
export function driveFirmwareRoutes(routes: Routes): void {
  const files = () => driveFileList(stationArray(routes));
  routes.onArray('getDriveFirmwareCompatibilityCheck', { response: DriveFirmwareCompatibilityResponse }, ({ array }) =>
    compatibility(array, files()),
  );
  routes.onArray('getDriveFirmwareUpdateStatus', { response: DriveFirmwareStatus }, ({ array }) => {
    array.jobs.recordPollOfAll('firmware');
    return statusOf(array);
  });
  routes.onArray('cancelDriveFirmwareUpdate', { status: 204 }, ({ array }) => array.firmwareUpgrades.cancelDrives());
  routes.onArray(
    'startDriveFirmwareUpdate',
    { body: list(DriveFirmwareUpdateEntry), query: object({ onlineUpdate: boolean() }) },
    ({ array, body, query: { onlineUpdate } }) =>
      array.transact(() => {
        const upgrades = body.flatMap((entry) => upgradesOf(array, files(), entry, onlineUpdate));
        array.firmwareUpgrades.upgradeDrives(upgrades);
        return callResponse;
      }),
  );
}

/** The drives of an entry. Throws RestError for a file or drives that do not fit. */
function upgradesOf(
  array: StorageArray,
  files: readonly KeptFile[],
  { filename, driveRefList, compatibilityCheckEnabled }: Static<typeof DriveFirmwareUpdateEntry>,
  onlineUpdate: boolean,
): DriveUpgrade[] {
  const file = files.find(({ name }) => name === filename);
  if (file === undefined)
    throw new RestError('unprocessable', `There is no drive firmware file '${filename}'.`, ['filename']);
  if (driveRefList.length === 0)
    throw new RestError('invalidField', 'The driveRefList is empty: name a drive.', ['driveRefList']);
  const drives = driveRefList.map((ref) => array.drives.require(ref));
  const fitting = new Set(compatibleDrives(array, file).map(({ ref }) => ref));
  const other = compatibilityCheckEnabled ? drives.find(({ ref }) => !fitting.has(ref)) : undefined;
  if (other !== undefined)
    throw new RestError('unprocessable', `'${filename}' is not for drive ${other.ref}, a ${other.productId.trim()}.`, [
      'driveRefList',
    ]);
  const used = onlineUpdate ? undefined : drives.find(({ poolRef }) => poolRef !== null);
  if (used !== undefined)
    throw new RestError('unprocessable', `Drive ${used.ref} is in use: update it online.`, ['onlineUpdate']);
  return drives.map(({ ref }) => ({ driveRef: ref, version: driveFileVersion(filename) }));
}
