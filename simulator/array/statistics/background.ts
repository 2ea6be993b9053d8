import type { StorageArray } from '../storage-array.js';
import type { Counters } from './counters.js';
import { readTimeOf, serviceTimes, writeTimeOf } from './media.js';

/** Bytes of one read of the media scan, and of one write of a drive's own data (source: a recorded idle array). */
const scanBytes = 131_072;
const ownWriteBytes = 6144;

/** Seconds between two writes of a drive's own data, and between two other operations (source: the same). */
const ownWriteSeconds = 150;
const otherSeconds = 420;

/** What a drive of a pool does by itself: the array scans its media, whether hosts ask for something or not. */
export interface DriveBackground {
  readonly driveRef: string;
  readonly readsPerSecond: number;
  readonly readTime: number;
  readonly writeTime: number;
  readonly blocks: number;
}

export function drivesInTheBackground(array: StorageArray): DriveBackground[] {
  const { mediaScanPeriodDays: days } = array.system.settings;
  return array.tables.drives
    .toJSON()
    .filter(({ poolRef, status }) => poolRef !== null && status === 'optimal')
    .map(({ ref, usableBytes, media }) => ({
      driveRef: ref,
      readsPerSecond: days > 0 ? usableBytes / scanBytes / (days * 86_400) : 0,
      readTime: media === 'ssd' ? readTimeOf(media) : serviceTimes.hddScan,
      writeTime: writeTimeOf(media),
      blocks: Math.floor(usableBytes / 512),
    }));
}

/** What a drive did in so many seconds. */
export function backgroundCounters(drive: DriveBackground, seconds: number): Counters {
  const readOps = Math.floor(drive.readsPerSecond * seconds);
  const writeOps = Math.floor(seconds / ownWriteSeconds);
  const otherOps = Math.floor(seconds / otherSeconds);
  const blocksPerScan = scanBytes / 512;
  return {
    readOps,
    readBytes: readOps * scanBytes,
    readTime: readOps * drive.readTime,
    readTimeSquares: readOps * drive.readTime ** 2,
    writeOps,
    writeBytes: writeOps * ownWriteBytes,
    writeTime: writeOps * drive.writeTime,
    writeTimeSquares: writeOps * drive.writeTime ** 2,
    otherOps,
    otherTime: otherOps * serviceTimes.other,
    otherTimeSquares: otherOps * serviceTimes.other ** 2,
    queueDepth: readOps + writeOps + otherOps,
    // The scan goes on from block to block; the own data is at the end.
    lba: Math.round((readOps * drive.blocks) / 2) + writeOps * drive.blocks,
    lbaDelta: readOps * blocksPerScan + writeOps * drive.blocks,
  };
}
