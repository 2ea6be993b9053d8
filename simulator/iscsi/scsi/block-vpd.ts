import type { Unit } from './unit.js';

/** The longest READ and WRITE, in bytes: what the target is ready to gather for one command. */
export const maxTransferBytes = 16 * 2 ** 20;

/** The longest WRITE SAME that names a number of blocks. */
export const maxWriteSameBlocks = 0xffff;

/** The longest COMPARE AND WRITE, in blocks. */
export const maxCompareBlocks = 255;

export const maxUnmapBlocks = 2 ** 20;
export const maxUnmapDescriptors = 4096;

/** Atomic writes are whole pages of this many bytes, and aligned to them. */
const atomicPageBytes = 4096;
const maxAtomicBytes = 2 ** 20;

/** The unit that atomic writes come in, and the longest one, in blocks. */
export function atomicLimits({ blockBytes }: Unit): { readonly granularity: number; readonly most: number } {
  return { granularity: atomicPageBytes / blockBytes, most: maxAtomicBytes / blockBytes };
}

/** Block limits, page B0 (source: SBC-3, 6.6.3). */
export function blockLimits(unit: Unit): Buffer {
  const body = Buffer.alloc(0x3c);
  const put = (at: number, value: number) => body.writeUInt32BE(value, at - 4);
  const { granularity, most } = atomicLimits(unit);
  body[5 - 4] = maxCompareBlocks;
  body.writeUInt16BE(65_536 / unit.blockBytes, 6 - 4);
  put(8, maxTransferBytes / unit.blockBytes);
  put(12, 2 ** 20 / unit.blockBytes);
  put(16, maxTransferBytes / unit.blockBytes);
  if (unit.unmaps) {
    put(20, maxUnmapBlocks);
    put(24, maxUnmapDescriptors);
    put(28, 4096 / unit.blockBytes);
    put(32, 0x80000000);
  }
  put(40, maxWriteSameBlocks);
  put(44, most);
  put(48, granularity);
  put(52, granularity);
  return body;
}

/** Block device characteristics, page B1: what the drives of the pool are (source: SBC-3, 6.6.2). */
export function blockCharacteristics(unit: Unit): Buffer {
  const body = Buffer.alloc(0x3c);
  const { tables, drives } = unit.logicalUnits.array;
  const volume = unit.volume ?? tables.volumes.get(unit.view?.baseRef ?? '');
  const [drive] = volume === undefined ? [] : drives.inPool(volume.poolRef);
  const isSpinning = drive?.media === 'hdd';
  body.writeUInt16BE(isSpinning ? drive.spindleSpeedRpm : 1, 0);
  // After a block or cryptographic erase, blocks can be read at once.
  const erased = unit.isProvisioned ? 0x40 | 0x10 : 0;
  body[3] = erased | (isSpinning && drive.spindleSpeedRpm <= 7200 ? 0x02 : 0x03);
  return body;
}

/** Logical block provisioning, page B2: what can be unmapped, and that it then reads as zeros (source: SBC-3, 6.6.4). */
export function logicalBlockProvisioning(unit: Unit): Buffer {
  const unmap = unit.unmaps ? 0x80 | 0x40 | 0x20 : 0;
  return Buffer.from([0, unmap | 0x04, unit.isThin ? 2 : 1, 0]);
}
