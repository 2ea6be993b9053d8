import { lba64 } from './capacity.js';
import { copyDescriptorTypes, copyLimits } from './copy-limits.js';
import { dropResult, holdResult } from './copy-results.js';
import type { ItlNexus } from './nexuses.js';
import { conflicts } from './reservations.js';
import {
  CheckCondition,
  good,
  invalidParameter,
  invalidParameterLength,
  ReservationConflict,
  senseKeys,
} from './sense.js';
import type { Outcome, Step } from './types.js';

const headerBytes = 16;
const targetBytes = 32;
const mostParameterBytes = 65_536;

/** Bytes are copied in pieces of this size. */
const pieceBytes = 2 ** 20;

const listIdUsage = { hold: 0, discard: 2, disable: 3 } as const;

/** Blocks from one unit to another, or within one, with everything checked. */
interface CopySegment {
  readonly from: ItlNexus;
  readonly to: ItlNexus;
  readonly fromBytes: number;
  readonly toBytes: number;
  readonly bytes: number;
}

/** EXTENDED COPY with an identifier of one byte (source: SPC-4, 6.4): checked whole before the first byte is copied. */
export function extendedCopy(itl: ItlNexus, cdb: Buffer): Step {
  const dataOutBytes = cdb.readUInt32BE(10);
  if (dataOutBytes === 0) return good;
  if (dataOutBytes < headerBytes || dataOutBytes > mostParameterBytes) throw invalidParameterLength();
  return { dataOutBytes, finish: (data) => copyAll(itl, data) };
}

function copyAll(itl: ItlNexus, data: Buffer): Outcome {
  const listId = data.readUInt8(0);
  const usage = (data.readUInt8(1) >> 3) & 0x03;
  if (usage === 1 || (usage === listIdUsage.disable && listId !== 0)) throw invalidParameter(1);
  const targetsBytes = data.readUInt16BE(2);
  const segmentsBytes = data.readUInt32BE(8);
  if (targetsBytes + segmentsBytes > Math.min(copyLimits.descriptorListBytes, data.length - headerBytes))
    throw invalidParameterLength();
  if (targetsBytes % targetBytes !== 0) throw invalidParameter(2);
  // Too many target descriptors; inline data length exceeded.
  if (targetsBytes / targetBytes > copyLimits.targets) throw invalidParameter(2, 0x2606);
  if (data.readUInt32BE(12) !== 0) throw invalidParameter(12, 0x260b);
  const targets: ItlNexus[] = [];
  for (let at = headerBytes; at < headerBytes + targetsBytes; at += targetBytes) targets.push(targetIn(itl, data, at));
  const start = headerBytes + targetsBytes;
  const segments = segmentsIn(data.subarray(0, start + segmentsBytes), start, targets);
  dropResult(itl, listId);
  for (const segment of segments) copySegment(segment);
  if (usage === listIdUsage.hold) {
    const bytesDone = segments.reduce((sum, segment) => sum + segment.bytes, 0);
    holdResult(itl, listId, { segmentsDone: segments.length, bytesDone });
  }
  return good;
}

/** The unit that a descriptor names by its designator, among those that the nexus sees. */
function targetIn(itl: ItlNexus, data: Buffer, at: number): ItlNexus {
  // Unsupported target descriptor type code.
  if (data[at] !== copyDescriptorTypes.identification) throw invalidParameter(at, 0x2607);
  const flags = data.readUInt8(at + 1);
  if (flags >> 6 !== 0) throw invalidParameter(at + 1);
  if ((flags & 0x20) !== 0) throw unreachable();
  if ((flags & 0x1f) !== 0) throw invalidParameter(at + 1);
  const isNaa = (data.readUInt8(at + 4) & 0x0f) === 1 && (data.readUInt8(at + 5) & 0x3f) === 3;
  if (!isNaa || data[at + 7] !== 16) throw invalidParameter(at + 4);
  const wwn = data.toString('hex', at + 8, at + 24).toUpperCase();
  const named = itl.attached.occupied().find((each) => each.unit.wwn.toUpperCase() === wwn);
  if (named === undefined || named.unit.isAccessVolume) throw unreachable();
  const blockBytes = data.readUInt32BE(at + 28) & 0xffffff;
  if (blockBytes !== named.unit.blockBytes) throw invalidParameter(at + 29);
  return named;
}

function segmentsIn(data: Buffer, start: number, targets: readonly ItlNexus[]): CopySegment[] {
  const segments: CopySegment[] = [];
  let count = 0;
  for (let at = start; at < data.length; ) {
    if (at + 4 > data.length) throw invalidParameterLength();
    // Too many segment descriptors; unsupported segment descriptor type code.
    if (++count > copyLimits.segments) throw invalidParameter(at, 0x2608);
    if (data[at] !== copyDescriptorTypes.blockToBlock) throw invalidParameter(at, 0x2609);
    const bytes = 4 + data.readUInt16BE(at + 2);
    if (bytes !== 28) throw invalidParameter(at + 2);
    if (at + bytes > data.length) throw invalidParameterLength();
    segments.push(segmentIn(data, at, targets));
    at += bytes;
  }
  return segments;
}

function segmentIn(data: Buffer, at: number, targets: readonly ItlNexus[]): CopySegment {
  const from = targets[data.readUInt16BE(at + 4)];
  const to = targets[data.readUInt16BE(at + 6)];
  if (from === undefined || to === undefined) throw unreachable();
  const countsDestination = (data.readUInt8(at + 1) & 0x02) !== 0;
  const bytes = data.readUInt16BE(at + 10) * (countsDestination ? to : from).unit.blockBytes;
  const fromBytes = lba64(data, at + 12) * from.unit.blockBytes;
  const toBytes = lba64(data, at + 20) * to.unit.blockBytes;
  if (bytes > copyLimits.segmentBytes) throw invalidParameter(at + 10);
  const fits = (each: ItlNexus, offset: number) =>
    offset + bytes <= each.unit.blocks * each.unit.blockBytes && bytes % each.unit.blockBytes === 0;
  if (!fits(from, fromBytes) || !fits(to, toBytes)) throw new CheckCondition(senseKeys.copyAborted, 0x0000);
  if (conflicts(from, 'read') || conflicts(to, 'write')) throw new ReservationConflict();
  from.unit.checkReady();
  to.unit.checkWritable();
  return { from, to, fromBytes, toBytes, bytes };
}

/** Copies as if the source had been read whole first, also where source and destination overlap. */
function copySegment({ from, to, fromBytes, toBytes, bytes }: CopySegment): void {
  const { array } = from.logicalUnits;
  const backwards = from.unit === to.unit && fromBytes < toBytes;
  array.transact(() => {
    for (let done = 0; done < bytes; ) {
      const size = Math.min(pieceBytes, bytes - done);
      const at = backwards ? bytes - done - size : done;
      const piece = Buffer.from(array.io.read(from.unit.ref, fromBytes + at, size));
      array.io.write(to.unit.ref, toBytes + at, piece);
      done += size;
    }
  });
}

/** Unreachable copy target. */
function unreachable(): CheckCondition {
  return new CheckCondition(senseKeys.copyAborted, 0x0804);
}
