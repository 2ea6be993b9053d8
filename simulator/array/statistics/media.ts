import type { DriveMedia, RaidLevel, VolumeRecord } from '../records.js';
import type { StorageArray } from '../storage-array.js';

/** How long the parts of an array take, in microseconds (source: averages of recorded arrays). */
export const serviceTimes = {
  cacheHit: 15,
  cachedWrite: 60,
  other: 10,
  ssdRead: 260,
  ssdWrite: 120,
  hddRead: 7000,
  hddWrite: 7000,
  /** Reading on in order. */
  hddScan: 165,
} as const;

export function readTimeOf(media: DriveMedia): number {
  return media === 'ssd' ? serviceTimes.ssdRead : serviceTimes.hddRead;
}

export function writeTimeOf(media: DriveMedia): number {
  return media === 'ssd' ? serviceTimes.ssdWrite : serviceTimes.hddWrite;
}

/** What of a volume decides what an operation on it does to the parts of the array. */
export interface VolumeFacts {
  readonly controllerRef: string;
  readonly raidLevel: RaidLevel;
  readonly media: DriveMedia;
  /** The drives of its pool that are there, in order of their slots. */
  readonly driveRefs: readonly string[];
  readonly segmentBytes: number;
  readonly readCache: boolean;
  readonly writeCache: boolean;
  readonly mirrored: boolean;
  /** The reads that miss the cache are read from the SSD cache. */
  readonly flashCached: boolean;
  /** Nothing can be read or written. */
  readonly isStopped: boolean;
}

/** The facts of a volume or snapshot volume; undefined when it is not there. */
export function volumeFacts(array: StorageArray, ref: string): VolumeFacts | undefined {
  const view = array.tables.snapshotVolumes.get(ref);
  const volume = array.tables.volumes.get(view?.baseRef ?? ref);
  const pool = volume === undefined ? undefined : array.tables.pools.get(volume.poolRef);
  if (volume === undefined || pool === undefined) return undefined;
  const drives = array.drives.inPool(pool.ref);
  return {
    controllerRef: view?.currentController ?? volume.currentController,
    raidLevel: pool.raidLevel,
    media: drives[0]?.media ?? 'hdd',
    driveRefs: drives.filter(({ status }) => status === 'optimal').map(({ ref: drive }) => drive),
    segmentBytes: volume.segmentSizeBytes,
    readCache: volume.cache.readCacheEnable,
    writeCache: volume.cache.writeCacheEnable,
    mirrored: volume.cache.writeCacheEnable && volume.cache.mirrorEnable && bothUp(array),
    flashCached: isFlashCached(array, volume),
    isStopped: volume.offline || volume.status === 'failed',
  };
}

function bothUp(array: StorageArray): boolean {
  return array.controllers.list().every(({ status }) => status === 'optimal');
}

function isFlashCached(array: StorageArray, volume: VolumeRecord): boolean {
  return volume.flashCached && array.ssdCaches.list().some(({ isSuspended }) => !isSuspended);
}

/** Drive operations that a random write costs, and the drives of a stripe that hold no data, by RAID level. */
export const raidCosts: Readonly<
  Record<RaidLevel, { readonly reads: number; readonly writes: number; readonly parity: number }>
> = {
  raid0: { reads: 0, writes: 1, parity: 0 },
  raid1: { reads: 0, writes: 2, parity: 0 },
  raid5: { reads: 2, writes: 2, parity: 1 },
  raid6: { reads: 3, writes: 3, parity: 2 },
  raidDiskPool: { reads: 3, writes: 3, parity: 2 },
};

/** How many times its bytes a write of whole stripes writes to the drives. */
export function stripeFactor(level: RaidLevel, drives: number): number {
  if (level === 'raid1') return 2;
  const width = level === 'raidDiskPool' ? 10 : Math.max(drives, raidCosts[level].parity + 1);
  return width / (width - raidCosts[level].parity);
}
