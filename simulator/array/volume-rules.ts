import { ArrayError } from './errors.js';
import type { VolumeCacheSettings } from './records.js';

const kib = 1024;

/** Segment sizes that requests may name, in bytes (source: SANtricity REST semantics). */
const segmentSizes = [16, 32, 64, 128, 256, 512].map((size) => size * kib);

export const defaultSegmentBytes = 128 * kib;

/** How a new volume is cached unless told otherwise (source: what idempotent clients expect to find). */
export const defaultCache: VolumeCacheSettings = {
  readCacheEnable: true,
  writeCacheEnable: true,
  mirrorEnable: true,
  cacheWithoutBatteries: false,
  cacheFlushModifier: 'flush10Sec',
  readAheadMultiplier: 1,
};

export function checkSegmentSize(bytes: number): void {
  if (!segmentSizes.includes(bytes)) {
    throw new ArrayError(
      'invalidSegmentsize',
      `The segment size is ${bytes / kib} KiB: allowed are ${segmentSizes.map((size) => size / kib).join(', ')}.`,
      'segSize',
    );
  }
}

/** A volume's capacity in whole blocks. Throws ArrayError for nothing, or more than the array can make. */
export function checkCapacity(bytes: number, maxBytes: number, field = 'size'): number {
  if (!Number.isSafeInteger(bytes) || bytes <= 0) {
    throw new ArrayError(
      'capacityConstrained',
      `The ${field} is ${bytes} bytes: a volume has at least one block.`,
      field,
    );
  }
  if (bytes > maxBytes) {
    throw new ArrayError(
      'exceedMaxVolumeCapacity',
      `The ${field} is ${bytes} bytes: the largest volume has ${maxBytes}.`,
      field,
    );
  }
  return Math.ceil(bytes / 512) * 512;
}
