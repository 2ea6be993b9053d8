import type { ScsiCommand } from '../scsi-command.js';

type Lun = number | Buffer;

/** A run of blocks. */
export interface Blocks {
  readonly lba: bigint;
  readonly blocks: number;
}

export function testUnitReady(lun: Lun): ScsiCommand {
  return { lun, cdb: Buffer.alloc(6) };
}

/** READ CAPACITY(10): 8 bytes. */
export function readCapacity10(lun: Lun): ScsiCommand {
  return { lun, cdb: Buffer.of(0x25, 0, 0, 0, 0, 0, 0, 0, 0, 0), readBytes: 8 };
}

/** READ CAPACITY(16): 32 bytes. */
export function readCapacity16(lun: Lun, allocationBytes = 32): ScsiCommand {
  const cdb = Buffer.alloc(16);
  cdb[0] = 0x9e;
  cdb[1] = 0x10;
  cdb.writeUInt32BE(allocationBytes, 10);
  return { lun, cdb, readBytes: allocationBytes };
}

/** READ(16). `blockBytes` tells how many bytes to expect. */
export function read16(lun: Lun, range: Blocks, blockBytes: number): ScsiCommand {
  return { lun, cdb: cdb16(0x88, 0, range), readBytes: range.blocks * blockBytes };
}

/** READ(10). */
export function read10(lun: Lun, range: Blocks, blockBytes: number): ScsiCommand {
  return { lun, cdb: cdb10(0x28, 0, range), readBytes: range.blocks * blockBytes };
}

/** WRITE(16); `fua` wants the bytes on the medium before the answer. */
export function write16(lun: Lun, range: Blocks, data: Uint8Array, { fua = false } = {}): ScsiCommand {
  return { lun, cdb: cdb16(0x8a, fua ? 0x08 : 0, range), data };
}

/** WRITE(10). */
export function write10(lun: Lun, range: Blocks, data: Uint8Array): ScsiCommand {
  return { lun, cdb: cdb10(0x2a, 0, range), data };
}

/** COMPARE AND WRITE: `compare` must be there for `write` to replace it; both have the same length. */
export function compareAndWrite(lun: Lun, range: Blocks, compare: Uint8Array, write: Uint8Array): ScsiCommand {
  const cdb = cdb16(0x89, 0, { lba: range.lba, blocks: 0 });
  cdb[13] = range.blocks;
  return { lun, cdb, data: Buffer.concat([compare, write]) };
}

/** WRITE SAME(16) of one block's data; with `unmap` the blocks are given back. */
export function writeSame16(lun: Lun, range: Blocks, block: Uint8Array, { unmap = false } = {}): ScsiCommand {
  return { lun, cdb: cdb16(0x93, unmap ? 0x08 : 0, range), data: block };
}

/** UNMAP of some runs of blocks. */
export function unmap(lun: Lun, ranges: readonly Blocks[]): ScsiCommand {
  const data = Buffer.alloc(8 + 16 * ranges.length);
  data.writeUInt16BE(data.length - 2, 0);
  data.writeUInt16BE(16 * ranges.length, 2);
  for (const [index, { lba, blocks }] of ranges.entries()) {
    data.writeBigUInt64BE(lba, 8 + 16 * index);
    data.writeUInt32BE(blocks, 16 + 16 * index);
  }
  const cdb = Buffer.alloc(10);
  cdb[0] = 0x42;
  cdb.writeUInt16BE(data.length, 7);
  return { lun, cdb, data };
}

/** SYNCHRONIZE CACHE(16) of the whole unit. */
export function synchronizeCache(lun: Lun): ScsiCommand {
  return { lun, cdb: cdb16(0x91, 0, { lba: 0n, blocks: 0 }) };
}

/** What a logical unit holds. */
export interface Capacity {
  readonly blockBytes: number;
  readonly blocks: bigint;
  /** Whether blocks can be given back, and read as zeros afterwards. */
  readonly isThin: boolean;
  readonly readsZeros: boolean;
  /** Log2 of the logical blocks in a physical one. */
  readonly physicalExponent: number;
}

/** Reads the answer to READ CAPACITY(16). Throws RangeError when it is short. */
export function parseCapacity16(data: Buffer): Capacity {
  return {
    blocks: data.readBigUInt64BE(0) + 1n,
    blockBytes: data.readUInt32BE(8),
    physicalExponent: data.readUInt8(13) & 0x0f,
    isThin: (data.readUInt8(14) & 0x80) !== 0,
    readsZeros: (data.readUInt8(14) & 0x40) !== 0,
  };
}

/** Reads the answer to READ CAPACITY(10): the last block is 0xffffffff when the unit is too large to tell. */
export function parseCapacity10(data: Buffer): { readonly lastBlock: number; readonly blockBytes: number } {
  return { lastBlock: data.readUInt32BE(0), blockBytes: data.readUInt32BE(4) };
}

function cdb16(opcode: number, flags: number, { lba, blocks }: Blocks): Buffer {
  const cdb = Buffer.alloc(16);
  cdb[0] = opcode;
  cdb[1] = flags;
  cdb.writeBigUInt64BE(lba, 2);
  cdb.writeUInt32BE(blocks, 10);
  return cdb;
}

function cdb10(opcode: number, flags: number, { lba, blocks }: Blocks): Buffer {
  const cdb = Buffer.alloc(10);
  cdb[0] = opcode;
  cdb[1] = flags;
  cdb.writeUInt32BE(Number(lba), 2);
  cdb.writeUInt16BE(blocks, 7);
  return cdb;
}
