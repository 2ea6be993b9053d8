import { ArrayError } from './errors.js';
import { maxReservedDrives } from './pool-capacity.js';
import type { DiskPoolSettings, DriveRecord } from './records.js';
import type { StorageArray } from './storage-array.js';

/**
 * The drives of those references, when one pool can have them: all are free and of one kind, that of `like` where it is
 * given. Throws ArrayError otherwise.
 */
export function checkPoolDrives(array: StorageArray, refs: readonly string[], like?: DriveRecord): DriveRecord[] {
  const drives = refs.map((ref) => array.drives.require(ref));
  const kind = like ?? drives[0];
  if (new Set(drives.map((drive) => drive.ref)).size !== drives.length) {
    throw new ArrayError('duplicateDrives', 'A drive is named twice.', 'diskDriveIds');
  }
  for (const drive of drives) {
    if (!array.drives.isAvailable(drive)) {
      throw new ArrayError(
        'driveNotUnassigned',
        `Drive '${drive.ref}' is not free: it is ${drive.status}, ${drive.assignment}.`,
        'diskDriveIds',
      );
    }
    if (kind !== undefined && (drive.media !== kind.media || drive.physicalType !== kind.physicalType)) {
      throw new ArrayError(
        'invalidDriveref',
        `Drive '${drive.ref}' is ${drive.physicalType} ${drive.media}: a pool has drives of one kind, here ${kind.physicalType} ${kind.media}.`,
        'diskDriveIds',
      );
    }
  }
  return drives;
}

/** Throws ArrayError when a disk pool of that size cannot keep so many drives in reserve. */
export function checkReserve(driveCount: number, reserved: number): void {
  const max = maxReservedDrives(driveCount);
  if (reserved < 0 || reserved > max) {
    throw new ArrayError(
      'illegalParam',
      `${reserved} drives in reserve of ${driveCount} is not possible: allowed are 0 to ${max}.`,
      'reservedDriveCount',
    );
  }
}

/** Throws ArrayError unless the thresholds of a disk pool are percents; 0 turns one off. */
export function checkThresholds({ warningThreshold, criticalThreshold }: DiskPoolSettings): void {
  for (const [field, value] of Object.entries({ warningThreshold, criticalThreshold })) {
    if (!Number.isInteger(value) || value < 0 || value > 100) {
      throw new ArrayError(
        'invalidWarnThreshold',
        `The ${field} is ${value}: allowed are whole percents from 0 to 100.`,
        field,
      );
    }
  }
}
