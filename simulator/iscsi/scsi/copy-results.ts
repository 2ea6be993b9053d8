import { copyDescriptorTypes, copyLimits } from './copy-limits.js';
import type { ItlNexus } from './nexuses.js';
import { goodWithin, invalidField } from './sense.js';
import type { Step } from './types.js';

/** How a copy ended, kept until asked for or until newer ones need the room. */
export interface CopyResult {
  readonly segmentsDone: number;
  readonly bytesDone: number;
}

/** By nexus, unit and list identifier. */
export type HeldResults = Map<string, CopyResult>;

const mostHeld = 64;

/** Keeps a result; the oldest goes when there are too many. */
export function holdResult(itl: ItlNexus, listId: number, result: CopyResult): void {
  const { copyResults } = itl.logicalUnits;
  copyResults.delete(keyOf(itl, listId));
  copyResults.set(keyOf(itl, listId), result);
  const [oldest] = copyResults.keys();
  if (copyResults.size > mostHeld && oldest !== undefined) copyResults.delete(oldest);
}

export function dropResult(itl: ItlNexus, listId: number): void {
  itl.logicalUnits.copyResults.delete(keyOf(itl, listId));
}

/** COPY STATUS (source: SPC-4, 6.20): done, so many segments and bytes. */
export function copyStatus(itl: ItlNexus, cdb: Buffer): Step {
  const result = resultOf(itl, cdb);
  const data = Buffer.alloc(12);
  data.writeUInt32BE(data.length - 4, 0);
  data[4] = 0x01;
  data.writeUInt16BE(result.segmentsDone, 5);
  data.writeUInt32BE(Math.min(result.bytesDone, 0xffffffff), 8);
  return goodWithin(data, cdb.readUInt32BE(10));
}

/** RECEIVE DATA: no segment keeps any. Asking ends the keeping. */
export function receiveData(itl: ItlNexus, cdb: Buffer): Step {
  resultOf(itl, cdb);
  dropResult(itl, cdb.readUInt8(2));
  return goodWithin(Buffer.alloc(4), cdb.readUInt32BE(10));
}

/** FAILED SEGMENT DETAILS: a copy that began did not fail. */
export function failedSegmentDetails(itl: ItlNexus, cdb: Buffer): Step {
  resultOf(itl, cdb);
  dropResult(itl, cdb.readUInt8(2));
  return goodWithin(Buffer.alloc(4), cdb.readUInt32BE(10));
}

/** OPERATING PARAMETERS: what one EXTENDED COPY may ask for. */
export function operatingParameters(_itl: ItlNexus, cdb: Buffer): Step {
  const types = Object.values(copyDescriptorTypes);
  const data = Buffer.alloc(44 + types.length);
  data.writeUInt32BE(data.length - 4, 0);
  data[4] = 0x01;
  data.writeUInt16BE(copyLimits.targets, 8);
  data.writeUInt16BE(copyLimits.segments, 10);
  data.writeUInt32BE(copyLimits.descriptorListBytes, 12);
  data.writeUInt32BE(copyLimits.segmentBytes, 16);
  data.writeUInt16BE(copyLimits.concurrentCopies, 34);
  data[36] = copyLimits.concurrentCopies;
  data[37] = Math.log2(512);
  data[43] = types.length;
  data.set(types, 44);
  return goodWithin(data, cdb.readUInt32BE(10));
}

function resultOf(itl: ItlNexus, cdb: Buffer): CopyResult {
  const result = itl.logicalUnits.copyResults.get(keyOf(itl, cdb.readUInt8(2)));
  if (result === undefined) throw invalidField(2);
  return result;
}

function keyOf({ attached, unit }: ItlNexus, listId: number): string {
  return `${attached.place}|${unit.ref}|${listId}`;
}
