import { clusterBytes } from '../../blocks/tree.js';
import { isZero } from './capacity.js';
import type { ItlNexus } from './nexuses.js';
import { CheckCondition, good, invalidField, invalidParameter, senseKeys } from './sense.js';
import type { Outcome, Step } from './types.js';
import type { Unit } from './unit.js';
import { writePattern } from './write-same.js';

/** How long overwriting a whole unit takes, whatever its size; looks at it bring the end nearer, one share each. */
const overwriteMs = 5000;
const looksUntilDone = 5;

/** SANITIZE with OVERWRITE (source: SBC-3, 5.18): a pattern in every block. It goes on through aborts and resets. */
export function overwrite(itl: ItlNexus, cdb: Buffer): Step {
  const { unit } = itl;
  checkReserved(cdb);
  const dataOutBytes = cdb.readUInt16BE(7);
  if (dataOutBytes < 5 || dataOutBytes > unit.blockBytes + 4) throw invalidField(7);
  unit.checkWritable();
  unit.checkReady();
  return {
    dataOutBytes,
    exact: true,
    finish: (data) => {
      unit.checkWritable();
      const pattern = patternIn(data, unit.blockBytes);
      if (isZero(pattern)) forgetAll(itl);
      else writePattern(itl, { lba: 0, blocks: unit.blocks }, pattern, false);
      return begin(unit, (cdb.readUInt8(1) & 0x80) !== 0);
    },
  };
}

/** SANITIZE with BLOCK ERASE or CRYPTOGRAPHIC ERASE: nothing is left, at once. */
export function erase(itl: ItlNexus, cdb: Buffer): Step {
  const { unit } = itl;
  checkReserved(cdb);
  if (cdb.readUInt16BE(7) !== 0) throw invalidField(7);
  unit.checkWritable();
  unit.checkReady();
  forgetAll(itl);
  return itl.logicalUnits.persist();
}

/** SANITIZE with EXIT FAILURE MODE: none ever fails. */
export function exitFailureMode(_itl: ItlNexus, cdb: Buffer): Step {
  checkReserved(cdb);
  if (cdb.readUInt16BE(7) !== 0) throw invalidField(7);
  return good;
}

/** What a unit that is being sanitized ends almost every command with. Counts as a look. */
export function sanitizeInProgress(unit: Unit): CheckCondition {
  return new CheckCondition(senseKeys.notReady, 0x041b, { progress: unit.sanitizing?.look() ?? 0 });
}

function checkReserved(cdb: Buffer): void {
  if ((cdb.readUInt8(1) & 0x40) !== 0) throw invalidField(1, 6);
  for (let index = 2; index <= 6; index++) if (cdb[index] !== 0) throw invalidField(index);
}

/** The content of a block after the last pass. Every pass but the first may invert the one before it. */
function patternIn(data: Buffer, blockBytes: number): Buffer {
  const passes = data.readUInt8(0) & 0x1f;
  const inverts = (data.readUInt8(0) & 0x80) !== 0;
  const patternBytes = data.readUInt16BE(2);
  if (passes === 0) throw invalidParameter(0);
  if (patternBytes === 0 || patternBytes > blockBytes || patternBytes > data.length - 4) throw invalidParameter(2);
  const block = Buffer.alloc(blockBytes, data.subarray(4, 4 + patternBytes));
  if (inverts && passes % 2 === 0)
    for (let index = 0; index < blockBytes; index++) block[index] = ~block.readUInt8(index);
  return block;
}

/** Nothing is left. Only what was ever written is looked at: a unit may be far larger than that. */
function forgetAll({ unit, logicalUnits }: ItlNexus): void {
  const { array } = logicalUnits;
  const endBytes = unit.blocks * unit.blockBytes;
  array.transact(() => {
    // A snapshot volume has content of its own only once it is written.
    if (unit.view !== undefined) array.io.unmap(unit.ref, 0, unit.blockBytes);
    const written = array.contents.find(unit.ref)?.writtenClusters() ?? [];
    for (const cluster of [...written]) {
      const start = cluster * clusterBytes;
      array.io.unmap(unit.ref, start, Math.min(clusterBytes, endBytes - start));
    }
  });
}

/** The content is overwritten already; until the time is over, or enough was asked after it, the unit says it is not. */
function begin(unit: Unit, immediate: boolean): Outcome | Promise<Outcome> {
  const { logicalUnits } = unit;
  const { after } = logicalUnits;
  if (after === undefined) return logicalUnits.persist();
  const done = new Promise<void>((resolve) => {
    let looks = 0;
    const end = () => {
      if (unit.sanitizing === state) unit.sanitizing = undefined;
      resolve();
    };
    const state = {
      look: () => {
        looks++;
        if (looks >= looksUntilDone) end();
        return Math.floor((looks * 65_535) / looksUntilDone);
      },
    };
    unit.sanitizing = state;
    after(overwriteMs, end);
  });
  return immediate ? good : done.then(() => logicalUnits.persist());
}
