import { ArrayError } from './errors.js';

const kib = 1024;

/** Segment sizes that requests may name, in bytes (source: SANtricity REST semantics). */
const segmentSizes = [16, 32, 64, 128, 256, 512].map((size) => size * kib);

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
