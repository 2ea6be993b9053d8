import { ArrayError } from '../array/errors.js';
import type { DriveRecord } from '../array/records.js';
import { sizeInBytes } from './lenient-schema.js';
import { DriveEx, driveView } from './objects/drives.js';
import type { Routes } from './route.js';
import { boolean, Int64, integer, list, object, oneOf, optional, type Static, text, unknown } from './schemas/types.js';
import { raidLevelOf } from './storage-pools.js';

const DriveRefs = object({ driveRefs: list(text()) });

const SelectionRequest = object({
  driveCapacityMin: optional(Int64),
  driveCount: integer({ minimum: 1 }),
  driveType: optional(oneOf('hdd', 'ssd')),
  fdeCapableOnly: optional(boolean()),
  fdeDisabledOnly: optional(boolean()),
  interfaceType: optional(oneOf('fibre', 'sas', 'sata', 'scsi', 'nvmeDirectPcie')),
  protectionInformationCapable: optional(boolean()),
  raidLevel: optional(oneOf('raid0', 'raid1', 'raid3', 'raid5', 'raid6', 'raidDiskPool')),
  selectedSpindleSpeeds: optional(list(integer())),
  sizeUnit: optional(oneOf('bytes', 'b', 'kb', 'mb', 'gb', 'tb', 'pb', 'eb', 'zb', 'yb')),
  targetUsableCapacity: optional(integer({ minimum: 0 })),
});

/** Drives that are being erased. */
const EraseProgress = object({
  driveOperations: list(object({ driveRef: text(), percentComplete: integer(), timeToCompletion: integer() })),
});

/** The unreadable sectors that an array keeps a record of at most. */
const unreadableSectorLimit = 1000;

/** Whether a drive is one that a request means. */
function fitsFor(wanted: Static<typeof SelectionRequest>): (drive: DriveRecord) => boolean {
  const least =
    wanted.driveCapacityMin && sizeInBytes(wanted.driveCapacityMin, wanted.sizeUnit ?? 'gb', 'driveCapacityMin');
  const speeds = wanted.selectedSpindleSpeeds ?? [];
  return (drive) =>
    drive.rawBytes >= Number(least ?? 0) &&
    (wanted.driveType === undefined || drive.media === wanted.driveType) &&
    (!wanted.fdeCapableOnly || drive.fdeCapable) &&
    (!wanted.fdeDisabledOnly || !drive.fdeEnabled) &&
    (!wanted.protectionInformationCapable || drive.protectionInformationCapable) &&
    (wanted.interfaceType === undefined || wanted.interfaceType === interfaceOf(drive)) &&
    (speeds.length === 0 || speeds.includes(drive.spindleSpeedRpm));
}

function interfaceOf({ physicalType }: DriveRecord): string {
  if (physicalType === 'nvme4k') return 'nvmeDirectPcie';
  return physicalType === 'sata' ? 'sata' : 'sas';
}

/** Erasing, securing and choosing drives. */
export function driveServiceRoutes(routes: Routes): void {
  routes.onArray(
    'selectDrivesForStoragePoolCreate',
    { body: SelectionRequest, response: list(DriveEx) },
    ({ array, body }) => {
      const { driveCount, raidLevel, targetUsableCapacity: target, sizeUnit = 'gb' } = body;
      const chosen = array.driveServices.select({
        count: driveCount,
        raidLevel: raidLevel && raidLevelOf(raidLevel),
        leastUsableBytes: target && sizeInBytes(String(target), sizeUnit, 'targetUsableCapacity'),
        fits: fitsFor(body),
      });
      // Nothing that will do is no error: 204, as documented.
      return chosen?.map(driveView);
    },
  );
  routes.onArray('getReplacementDrives', { response: object({ drives: list(text()) }) }, ({ array, id }) => ({
    drives: array.driveServices.replacementsOf(id).map(({ ref }) => ref),
  }));
  routes.onArray('startDriveErase', { body: DriveRefs }, ({ array, body }) =>
    array.driveServices.erase(body.driveRefs),
  );
  routes.onArray(
    'estimateDriveErase',
    { body: DriveRefs, response: object({ timeToCompletion: integer() }) },
    ({ array, body }) => ({ timeToCompletion: array.driveServices.eraseMinutes(body.driveRefs) }),
  );
  routes.onArray('getDriveEraseProgress', { response: EraseProgress }, ({ array }) => {
    array.jobs.recordPollOfAll('driveErase');
    const erasing = array.tables.jobs.toJSON().filter(({ kind }) => kind === 'driveErase');
    return {
      driveOperations: erasing.map((job) => ({
        driveRef: job.objectRef,
        percentComplete: array.jobs.percent(job),
        timeToCompletion: array.jobs.minutesLeft(job),
      })),
    };
  });
  routes.onArray('resetSecurityKey', { body: object({ driveIds: list(text()) }) }, ({ array, body }) =>
    array.driveServices.resetSecurity(body.driveIds),
  );
  // Only a drive that is locked is reset by its physical security id, and none here is.
  routes.onArray(
    'updateDriveSecuritySettings',
    {
      body: object({ physicalSecurityId: text() }),
      response: object({ driveId: text(), physicalSecurityId: text() }),
    },
    ({ array, id }) => {
      const drive = array.drives.require(id);
      throw new ArrayError(
        'noLockedDrives',
        `Drive '${drive.ref}' is not locked: its physical security id is of no use.`,
      );
    },
  );
  // Every block of this array can be read.
  routes.onArray(
    'getUnreadableSectors',
    { response: object({ database: list(unknown()), maxLimit: integer() }) },
    () => ({ database: [], maxLimit: unreadableSectorLimit }),
  );
}
