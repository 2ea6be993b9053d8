import { maxCompareBlocks } from './block-vpd.js';
import { lba64 } from './capacity.js';
import type { ItlNexus } from './nexuses.js';
import { checkRange, checkTransfer, rangeIn, refuseProtection, wantsPersistence } from './ranges.js';
import { CheckCondition, good, invalidField, senseKeys, status } from './sense.js';
import type { Outcome, Step } from './types.js';

/** READ of 6, 10, 12 and 16 bytes (source: SBC-3, 5.10): the pieces that the content consists of, without a copy. */
export function read(itl: ItlNexus, cdb: Buffer): Step {
  const { unit } = itl;
  if (cdb[0] !== 0x08) refuseProtection(cdb);
  const range = rangeIn(cdb);
  checkRange(unit, range);
  checkTransfer(unit, range.blocks);
  const bytes = range.blocks * unit.blockBytes;
  const start = range.lba * unit.blockBytes;
  const dataIn = itl.logicalUnits.array.io.segments(unit.ref, start, bytes);
  itl.traffic.read(start, bytes);
  return { status: status.good, dataIn, dataInBytes: bytes };
}

/** WRITE of 6, 10, 12 and 16 bytes (source: SBC-3, 5.29). */
export function write(itl: ItlNexus, cdb: Buffer): Step {
  const { unit } = itl;
  const isShort = cdb[0] === 0x0a;
  if (!isShort) refuseProtection(cdb);
  const range = rangeIn(cdb);
  checkRange(unit, range);
  checkTransfer(unit, range.blocks);
  if (unit.pages.isWriteProtected || unit.view?.accessMode === 'readOnly') unit.checkWritable();
  const forced = !isShort && wantsPersistence(cdb);
  if (range.blocks === 0) return good;
  return {
    dataOutBytes: range.blocks * unit.blockBytes,
    takesLess: true,
    finish: (data) => {
      checkRange(unit, range);
      if (unit.pages.isWriteProtected) unit.checkWritable();
      const start = range.lba * unit.blockBytes;
      itl.logicalUnits.array.io.write(unit.ref, start, data);
      itl.traffic.wrote(start, data.length);
      return forced ? itl.logicalUnits.persist() : good;
    },
  };
}

/** WRITE AND VERIFY: what is written is what is read, so that comparing it (BYTCHK 1) is done by writing. */
export function writeAndVerify(itl: ItlNexus, cdb: Buffer): Step {
  if ((cdb.readUInt8(1) & 0x04) !== 0) throw invalidField(1, 2);
  const plain = Buffer.from(cdb);
  plain[1] = cdb.readUInt8(1) & 0xf0;
  const step = write(itl, plain);
  if (!('finish' in step)) return step;
  return {
    ...step,
    finish: (data) => {
      step.finish(data);
      return itl.logicalUnits.persist();
    },
  };
}

/** VERIFY (source: SBC-3, 5.26): BYTCHK 0 looks at the medium, 1 compares, 3 compares one block with each. */
export function verify(itl: ItlNexus, cdb: Buffer): Step {
  const { unit } = itl;
  refuseProtection(cdb);
  const check = (cdb.readUInt8(1) >> 1) & 0x03;
  if (check === 2) throw invalidField(1, 2);
  const range = rangeIn(cdb);
  checkRange(unit, range);
  unit.checkReady();
  if (check === 0 || range.blocks === 0) return good;
  // Comparing costs what it costs with data for each block, too.
  checkTransfer(unit, range.blocks);
  return {
    dataOutBytes: (check === 3 ? 1 : range.blocks) * unit.blockBytes,
    finish: (data) => {
      checkRange(unit, range);
      const start = range.lba * unit.blockBytes;
      const bytes = range.blocks * unit.blockBytes;
      if (check === 1) compare(itl, start, data);
      else for (let at = 0; at < bytes; at += unit.blockBytes) compare(itl, start + at, data, at);
      return good;
    },
  };
}

/** COMPARE AND WRITE (source: SBC-3, 5.3): compares the first half and, when all is equal, writes the second. */
export function compareAndWrite(itl: ItlNexus, cdb: Buffer): Step {
  const { unit } = itl;
  refuseProtection(cdb);
  const range = { lba: lba64(cdb, 2), blocks: cdb.readUInt8(13) };
  if (range.blocks > maxCompareBlocks) throw invalidField(13);
  checkRange(unit, range);
  unit.checkWritable();
  const bytes = range.blocks * unit.blockBytes;
  return {
    dataOutBytes: 2 * bytes,
    exact: true,
    finish: (data) => {
      checkRange(unit, range);
      unit.checkWritable();
      const start = range.lba * unit.blockBytes;
      compare(itl, start, data.subarray(0, bytes));
      itl.logicalUnits.array.io.write(unit.ref, start, data.subarray(bytes));
      itl.traffic.wrote(start, bytes);
      return wantsPersistence(cdb) ? itl.logicalUnits.persist() : good;
    },
  };
}

/** ORWRITE(16) (source: SBC-3, 5.8): sets the bits that are set in the data. */
export function orWrite(itl: ItlNexus, cdb: Buffer): Step {
  const { unit } = itl;
  const { array } = itl.logicalUnits;
  const step = write(itl, cdb);
  if (!('finish' in step)) return step;
  const start = lba64(cdb, 2) * unit.blockBytes;
  return {
    ...step,
    finish: (data) => {
      checkRange(unit, rangeIn(cdb));
      const merged = Buffer.from(array.io.read(unit.ref, start, data.length));
      for (let index = 0; index < merged.length; index++)
        merged[index] = merged.readUInt8(index) | data.readUInt8(index);
      return step.finish(merged);
    },
  };
}

/** PRE-FETCH (source: SBC-3, 5.9): everything is as near as it can be. No blocks mean all to the end. */
export function preFetch({ unit }: ItlNexus, cdb: Buffer): Step {
  checkRange(unit, rangeIn(cdb));
  unit.checkReady();
  return good;
}

/** SYNCHRONIZE CACHE (source: SBC-3, 5.22): whatever blocks it names, all that was written is made safe. */
export function synchronizeCache(itl: ItlNexus, cdb: Buffer): Outcome | Promise<Outcome> {
  checkRange(itl.unit, rangeIn(cdb));
  itl.unit.checkReady();
  const immediate = (cdb.readUInt8(1) & 0x02) !== 0;
  const done = itl.logicalUnits.persist();
  if (!immediate || !('then' in done)) return done;
  done.catch(() => undefined);
  return good;
}

/** Throws CheckCondition at the first byte of a unit that is not as it should be; tells its offset in the data. */
function compare({ unit, logicalUnits }: ItlNexus, start: number, wanted: Buffer, skipped = 0): void {
  const present = logicalUnits.array.io.read(unit.ref, start, wanted.length);
  if (Buffer.compare(present, wanted) === 0) return;
  const differs = wanted.findIndex((byte, index) => present[index] !== byte);
  throw new CheckCondition(senseKeys.miscompare, 0x1d00, { information: skipped + differs });
}
