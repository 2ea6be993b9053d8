import { write } from './block-commands.js';
import { atomicLimits, maxUnmapBlocks, maxUnmapDescriptors, maxWriteSameBlocks } from './block-vpd.js';
import { isZero, lba64 } from './capacity.js';
import type { ItlNexus } from './nexuses.js';
import { type BlockRange, checkRange, rangeIn, refuseProtection } from './ranges.js';
import { good, invalidField, invalidParameter, invalidParameterLength } from './sense.js';
import type { Outcome, Step } from './types.js';

/** So much is written with a pattern at most: it is kept in memory. */
const mostPatternBytes = 2 ** 30;

/** Blocks are written with a pattern in pieces of this size. */
const pieceBytes = 2 ** 20;

/** WRITE SAME(10) and (16) (source: SBC-3, 5.32): no blocks mean all to the end. */
export function writeSame(itl: ItlNexus, cdb: Buffer): Step {
  const { unit } = itl;
  refuseProtection(cdb);
  const flags = cdb.readUInt8(1);
  const isLong = cdb[0] === 0x93;
  const anchor = (flags & 0x10) !== 0;
  const unmap = (flags & 0x08) !== 0;
  const withoutData = isLong && (flags & 0x01) !== 0;
  // What may not be written at all is said before what is wrong with how.
  unit.checkWritable();
  if (anchor) throw invalidField(1, 4);
  if (unmap && !unit.unmaps) throw invalidField(1, 3);
  const named = rangeIn(cdb);
  checkRange(unit, named);
  const range = named.blocks === 0 ? { lba: named.lba, blocks: unit.blocks - named.lba } : named;
  if (range.blocks > maxWriteSameBlocks) throw invalidField(isLong ? 10 : 7);
  const finish = (data: Buffer): Outcome => {
    checkRange(unit, range);
    unit.checkWritable();
    writePattern(itl, range, data, unmap);
    return good;
  };
  if (withoutData) return finish(Buffer.alloc(unit.blockBytes));
  return { dataOutBytes: unit.blockBytes, exact: true, finish };
}

/**
 * Writes one block's content to each of many blocks; zeros need not be kept. With `unmap` the content does not matter:
 * initiators that ask for it mean the blocks to be forgotten, whatever they send along.
 */
export function writePattern({ unit, logicalUnits }: ItlNexus, range: BlockRange, block: Buffer, unmap: boolean): void {
  const start = range.lba * unit.blockBytes;
  const bytes = range.blocks * unit.blockBytes;
  const zero = isZero(block);
  if (unmap || (zero && bytes > pieceBytes)) {
    logicalUnits.array.io.unmap(unit.ref, start, bytes);
    return;
  }
  if (bytes > mostPatternBytes) throw invalidField(7);
  const piece = Buffer.alloc(Math.min(bytes, pieceBytes), block);
  logicalUnits.array.transact(() => {
    for (let at = 0; at < bytes; at += piece.length) {
      logicalUnits.array.io.write(unit.ref, start + at, piece.subarray(0, Math.min(piece.length, bytes - at)));
    }
  });
}

/** UNMAP (source: SBC-3, 5.25): all ranges are checked before the first one is forgotten. */
export function unmap(itl: ItlNexus, cdb: Buffer): Step {
  const { unit } = itl;
  if ((cdb.readUInt8(1) & 0x01) !== 0) throw invalidField(1, 0);
  const dataOutBytes = cdb.readUInt16BE(7);
  unit.checkWritable();
  if (dataOutBytes === 0) return good;
  if (dataOutBytes < 8) throw invalidParameterLength();
  return { dataOutBytes, finish: (data) => forget(itl, data) };
}

function forget({ unit, logicalUnits }: ItlNexus, data: Buffer): Outcome {
  unit.checkWritable();
  const listBytes = Math.min(data.readUInt16BE(2), data.length - 8);
  const count = Math.floor(listBytes / 16);
  if (count > maxUnmapDescriptors) throw invalidParameter(2);
  const ranges: BlockRange[] = [];
  for (let index = 0; index < count; index++) {
    const at = 8 + 16 * index;
    const range = { lba: lba64(data, at), blocks: data.readUInt32BE(at + 8) };
    checkRange(unit, range);
    ranges.push(range);
  }
  const total = ranges.reduce((sum, { blocks }) => sum + blocks, 0);
  if (total > maxUnmapBlocks) throw invalidParameter(8);
  logicalUnits.array.transact(() => {
    for (const { lba, blocks } of ranges) {
      if (blocks > 0) logicalUnits.array.io.unmap(unit.ref, lba * unit.blockBytes, blocks * unit.blockBytes);
    }
  });
  return good;
}

/** WRITE ATOMIC(16) (source: SBC-4, 5.44): every write is atomic; this one checks alignment and length besides. */
export function writeAtomic(itl: ItlNexus, cdb: Buffer): Step {
  const { unit } = itl;
  const range = { lba: lba64(cdb, 2), blocks: cdb.readUInt16BE(12) };
  const { granularity, most } = atomicLimits(unit);
  refuseProtection(cdb);
  checkRange(unit, range);
  if (cdb.readUInt16BE(10) !== 0) throw invalidField(10);
  if (range.lba % granularity !== 0) throw invalidField(2);
  if (range.blocks % granularity !== 0 || range.blocks > most) throw invalidField(12);
  const plain = Buffer.from(cdb);
  plain[0] = 0x8a;
  plain.writeUInt32BE(range.blocks, 10);
  return write(itl, plain);
}

/** READ DEFECT DATA(10) and (12) (source: SBC-3, 5.17): the array has no defects to show. */
export function readDefectData(_itl: ItlNexus, cdb: Buffer): Step {
  const isLong = cdb[0] === 0xb7;
  const wanted = isLong ? cdb.readUInt8(1) : cdb.readUInt8(2);
  const data = Buffer.alloc(isLong ? 8 : 4);
  data[1] = wanted & 0x1f;
  const allocationBytes = isLong ? cdb.readUInt32BE(6) : cdb.readUInt16BE(7);
  const dataIn = data.subarray(0, allocationBytes);
  return { status: 0, dataIn: [dataIn], dataInBytes: dataIn.length };
}
