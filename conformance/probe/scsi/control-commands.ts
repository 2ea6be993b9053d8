import type { ScsiCommand } from '../scsi-command.js';

type Lun = number | Buffer;

/** REQUEST SENSE: sense data comes as data. */
export function requestSense(lun: Lun, { descriptor = false } = {}): ScsiCommand {
  return { lun, cdb: Buffer.of(0x03, descriptor ? 1 : 0, 0, 0, 252, 0), readBytes: 252 };
}

/** MODE SENSE(6) of one page, or of all of them with 0x3f; current values, no block descriptors. */
export function modeSense6(lun: Lun, page: number, { allocationBytes = 255, subpage = 0 } = {}): ScsiCommand {
  return { lun, cdb: Buffer.of(0x1a, 0x08, page, subpage, allocationBytes, 0), readBytes: allocationBytes };
}

/** A MODE SENSE(6) answer. Throws RangeError when it is cut. */
export function parseModeSense6(data: Buffer): {
  readonly isWriteProtected: boolean;
  readonly pages: readonly { readonly page: number; readonly subpage: number; readonly body: Buffer }[];
} {
  const end = data.readUInt8(0) + 1;
  if (end > data.length) throw new RangeError(`mode data of ${end} bytes in ${data.length}`);
  const pages = [];
  for (let at = 4 + data.readUInt8(3); at < end; ) {
    const first = data.readUInt8(at);
    const hasSubpage = (first & 0x40) !== 0;
    const length = hasSubpage ? data.readUInt16BE(at + 2) : data.readUInt8(at + 1);
    const start = at + (hasSubpage ? 4 : 2);
    if (start + length > end) throw new RangeError(`mode page ${first & 0x3f} is cut`);
    const subpage = hasSubpage ? data.readUInt8(at + 1) : 0;
    pages.push({ page: first & 0x3f, subpage, body: data.subarray(start, start + length) });
    at = start + length;
  }
  return { isWriteProtected: (data.readUInt8(2) & 0x80) !== 0, pages };
}

/** REPORT TARGET PORT GROUPS. */
export function reportTargetPortGroups(lun: Lun, allocationBytes = 1024): ScsiCommand {
  const cdb = Buffer.alloc(12);
  cdb[0] = 0xa3;
  cdb[1] = 0x0a;
  cdb.writeUInt32BE(allocationBytes, 6);
  return { lun, cdb, readBytes: allocationBytes };
}

/** A group of ports, and how well the unit is reached through it. */
export interface TargetPortGroup {
  readonly id: number;
  readonly state: 'optimized' | 'non-optimized' | 'standby' | 'unavailable' | 'offline' | 'transitioning' | 'other';
  readonly isPreferred: boolean;
  readonly ports: readonly number[];
}

const states: Readonly<Record<number, TargetPortGroup['state']>> = {
  0: 'optimized',
  1: 'non-optimized',
  2: 'standby',
  3: 'unavailable',
  14: 'offline',
  15: 'transitioning',
};

/** The groups in the answer. Throws RangeError when it is cut. */
export function parseTargetPortGroups(data: Buffer): TargetPortGroup[] {
  const end = 4 + data.readUInt32BE(0);
  const groups: TargetPortGroup[] = [];
  for (let at = 4; at < end; ) {
    const count = data.readUInt8(at + 7);
    const ports = Array.from({ length: count }, (_, index) => data.readUInt16BE(at + 10 + 4 * index));
    groups.push({
      id: data.readUInt16BE(at + 2),
      state: states[data.readUInt8(at) & 0x0f] ?? 'other',
      isPreferred: (data.readUInt8(at) & 0x80) !== 0,
      ports,
    });
    at += 8 + 4 * count;
  }
  return groups;
}

/** RESERVE(6) and RELEASE(6). */
export function reserve6(lun: Lun): ScsiCommand {
  return { lun, cdb: Buffer.of(0x16, 0, 0, 0, 0, 0) };
}

export function release6(lun: Lun): ScsiCommand {
  return { lun, cdb: Buffer.of(0x17, 0, 0, 0, 0, 0) };
}
