import { ArrayError } from './errors.js';
import type { DriveRecord, PoolRecord, RaidLevel } from './records.js';

const gib = 2 ** 30;

/** Disk pools hand out capacity in pieces of 4 GiB (source: allocGranularity of real pools). */
export const diskPoolGranularityBytes = 4 * gib;

/** Volume groups hand out capacity in pieces of 1 MiB. */
export const volumeGroupGranularityBytes = 2 ** 20;

/** What of each drive of a disk pool is not for data (source: SANtricity capacity rules). */
const diskPoolDriveOverheadBytes = 7.5 * gib;

export const minimumDiskPoolDrives = 11;

/** Fewest and most drives of a volume group by RAID level (source: SANtricity REST semantics). */
export const driveCounts: Record<RaidLevel, { readonly min: number; readonly max: number }> = {
  raid0: { min: 1, max: 192 },
  raid1: { min: 2, max: 192 },
  raid5: { min: 3, max: 30 },
  raid6: { min: 5, max: 30 },
  raidDiskPool: { min: minimumDiskPoolDrives, max: 480 },
};

/** Checks how many drives a pool of that RAID level is to have. Throws ArrayError numdrivesGroup. */
export function checkDriveCount(raidLevel: RaidLevel, count: number): void {
  const { min, max } = driveCounts[raidLevel];
  if (count < min || count > max) {
    throw new ArrayError(
      'numdrivesGroup',
      `${raidLevel} with ${count} drives is not possible: allowed are ${min} to ${max}.`,
      'diskDriveIds',
    );
  }
  if (raidLevel === 'raid1' && count % 2 !== 0) {
    throw new ArrayError(
      'numdrivesGroup',
      `raid1 with ${count} drives is not possible: the number of drives is even.`,
      'diskDriveIds',
    );
  }
}

/** How many drives' capacity a disk pool of that size keeps in reserve unless told otherwise. */
export function defaultReservedDrives(count: number): number {
  const steps: readonly [number, number][] = [
    [11, 1],
    [31, 2],
    [63, 3],
    [127, 4],
    [191, 6],
    [255, 7],
  ];
  return steps.find(([upTo]) => count <= upTo)?.[1] ?? 8;
}

/** The largest reserve that a disk pool of that size may keep, in drives. */
export function maxReservedDrives(count: number): number {
  return Math.max(0, Math.min(Math.floor(count * 0.2) + 1, count - 10, 10));
}

/** Capacity for volumes in bytes, after RAID, overhead and reserve. The smallest drive counts for all. */
export function usableBytes(
  raidLevel: RaidLevel,
  drives: readonly Pick<DriveRecord, 'usableBytes'>[],
  reserved: number,
): number {
  if (drives.length === 0) return 0;
  const each = Math.min(...drives.map((drive) => drive.usableBytes));
  switch (raidLevel) {
    case 'raid0':
      return roundDown(each * drives.length, volumeGroupGranularityBytes);
    case 'raid1':
      return roundDown((each * drives.length) / 2, volumeGroupGranularityBytes);
    case 'raid5':
      return roundDown(each * (drives.length - 1), volumeGroupGranularityBytes);
    case 'raid6':
      return roundDown(each * (drives.length - 2), volumeGroupGranularityBytes);
    case 'raidDiskPool':
      return roundDown(
        (drives.length - reserved) * (each - diskPoolDriveOverheadBytes) * 0.8,
        diskPoolGranularityBytes,
      );
  }
}

/** What a pool of those drives has for volumes: that of its RAID level, without what its SSDs leave unused. */
export function poolBytes(
  pool: Pick<PoolRecord, 'raidLevel' | 'diskPool' | 'ssdOptimizationPercent'>,
  drives: readonly Pick<DriveRecord, 'usableBytes'>[],
): number {
  const all = usableBytes(pool.raidLevel, drives, pool.diskPool?.reservedDriveCount ?? 0);
  const granularity = pool.diskPool === null ? volumeGroupGranularityBytes : diskPoolGranularityBytes;
  return pool.ssdOptimizationPercent === 0
    ? all
    : roundDown((all * (100 - pool.ssdOptimizationPercent)) / 100, granularity);
}

/** Disk pools: how full the pool is, judged by its thresholds. */
export function utilizationState(
  pool: PoolRecord,
): 'utilizationOptimal' | 'utilizationWarning' | 'utilizationCritical' | 'capacityDepleted' {
  const settings = pool.diskPool;
  if (settings === null || pool.totalBytes === 0) return 'utilizationOptimal';
  const percent = (100 * pool.usedBytes) / pool.totalBytes;
  if (percent >= 100) return 'capacityDepleted';
  if (settings.criticalThreshold > 0 && percent >= settings.criticalThreshold) return 'utilizationCritical';
  if (settings.warningThreshold > 0 && percent >= settings.warningThreshold) return 'utilizationWarning';
  return 'utilizationOptimal';
}

export function roundUp(bytes: number, granularity: number): number {
  return Math.ceil(bytes / granularity) * granularity;
}

function roundDown(bytes: number, granularity: number): number {
  return Math.floor(bytes / granularity) * granularity;
}
