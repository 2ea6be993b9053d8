import { maxTransferBytes } from './block-vpd.js';
import { lba64 } from './capacity.js';
import { CheckCondition, invalidField, senseKeys } from './sense.js';
import type { Unit } from './unit.js';

/** The blocks that a command is about. */
export interface BlockRange {
  readonly lba: number;
  readonly blocks: number;
}

/** Address and number of blocks in a READ, WRITE, VERIFY and their like of 6, 10, 12 or 16 bytes. */
export function rangeIn(cdb: Buffer): BlockRange {
  switch (cdb.readUInt8(0) >> 5) {
    case 0:
      return { lba: cdb.readUInt32BE(0) & 0x1fffff, blocks: cdb.readUInt8(4) || 256 };
    case 5:
      return { lba: cdb.readUInt32BE(2), blocks: cdb.readUInt32BE(6) };
    case 4:
      return { lba: lba64(cdb, 2), blocks: cdb.readUInt32BE(10) };
    default:
      return { lba: cdb.readUInt32BE(2), blocks: cdb.readUInt16BE(7) };
  }
}

/** Throws CheckCondition when blocks are beyond the end of a unit. No blocks may be just behind it. */
export function checkRange(unit: Unit, { lba, blocks }: BlockRange): void {
  if (lba + blocks > unit.blocks) throw new CheckCondition(senseKeys.illegalRequest, 0x2100, { information: lba });
}

/** Throws CheckCondition when more blocks are to be sent at once than the target takes. */
export function checkTransfer(unit: Unit, blocks: number): void {
  if (blocks * unit.blockBytes > maxTransferBytes) throw invalidField(2);
}

/** Throws CheckCondition when the command wants protection information, which no unit has. */
export function refuseProtection(cdb: Buffer): void {
  if ((cdb.readUInt8(1) & 0xe0) !== 0) throw invalidField(1, 7);
}

/** Whether the command wants its blocks on disk before it ends. */
export function wantsPersistence(cdb: Buffer): boolean {
  return (cdb.readUInt8(1) & 0x08) !== 0;
}
