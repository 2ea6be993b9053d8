import { flags, headerBytes, isImmediate } from './pdu.js';
import { decodeLun } from './scsi/lun.js';
import type { CommandShape } from './task.js';

/** What the header of a SCSI Command PDU says, but for the command itself (source: RFC 7143 section 11.3). */
export function shapeOf(header: Buffer): CommandShape {
  const flagByte = header[1] ?? 0;
  return {
    tag: header.readUInt32BE(16),
    isRead: (flagByte & flags.read) !== 0,
    isWrite: (flagByte & flags.write) !== 0,
    expectedBytes: header.readUInt32BE(20),
    unitNumber: decodeLun(header, 8),
    isNumbered: !isImmediate(header),
  };
}

/** Whether no data comes unasked after the command's own PDU. */
export function isFinal(header: Buffer): boolean {
  return ((header[1] ?? 0) & flags.final) !== 0;
}

/** The command; one longer than 16 bytes goes on in an additional header segment. */
export function cdbOf(header: Buffer): Buffer {
  const first = header.subarray(32, headerBytes);
  if (header.length === headerBytes || (header[headerBytes + 2] ?? 0) !== 1) return first;
  const more = header.readUInt16BE(headerBytes) - 1;
  return Buffer.concat([first, header.subarray(headerBytes + 4, headerBytes + 4 + Math.max(0, more))]);
}
