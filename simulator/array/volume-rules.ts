import { ArrayError } from './errors.js';

const kib = 1024;

/** Segment sizes that requests may name, in bytes (source: SANtricity REST semantics). */
const segmentSizes = [16, 32, 64, 128, 256, 512].map((size) => size * kib);

export function checkSegmentSize(bytes: number, field = 'segSize'): void {
  if (!segmentSizes.includes(bytes)) {
    throw new ArrayError(
      'invalidSegmentsize',
      `The segment size is ${bytes / kib} KiB: allowed are ${segmentSizes.map((size) => size / kib).join(', ')}.`,
      field,
    );
  }
}

/** A volume's block size, in bytes, as initiators see it. Throws ArrayError for one that the array does not have. */
export function checkBlockSize(bytes: number): 512 | 4096 {
  if (bytes === 512 || bytes === 4096) return bytes;
  throw new ArrayError('illegalParam', `The blockSize is ${bytes} bytes: allowed are 512 and 4096.`, 'blockSize');
}

/** A volume's capacity in whole blocks. Throws ArrayError for nothing, or more than the array can make. */
export function checkCapacity(
  bytes: number,
  maxBytes: number,
  { field = 'size', blockSizeBytes = 512 }: { readonly field?: string; readonly blockSizeBytes?: number } = {},
): number {
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
  return Math.ceil(bytes / blockSizeBytes) * blockSizeBytes;
}
