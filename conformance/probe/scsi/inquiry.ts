import { decodeLun } from '../lun.js';
import type { ScsiCommand } from '../scsi-command.js';

type Lun = number | Buffer;

/** INQUIRY; with a page, that page of the vital product data. */
export function inquiry(lun: Lun, page?: number, allocationBytes = 255): ScsiCommand {
  const cdb = Buffer.of(0x12, page === undefined ? 0 : 1, page ?? 0, 0, 0, 0);
  cdb.writeUInt16BE(allocationBytes, 3);
  return { lun, cdb, readBytes: allocationBytes };
}

/** REPORT LUNS of the units that this initiator may see. */
export function reportLuns(allocationBytes = 4096, lun: Lun = 0): ScsiCommand {
  const cdb = Buffer.alloc(12);
  cdb[0] = 0xa0;
  cdb.writeUInt32BE(allocationBytes, 6);
  return { lun, cdb, readBytes: allocationBytes };
}

/** The LUNs in a REPORT LUNS answer. Throws RangeError when the list is cut or has a form of its own. */
export function parseLuns(data: Buffer): number[] {
  const length = data.readUInt32BE(0);
  if (length % 8 !== 0 || data.length < 8 + length)
    throw new RangeError(`a LUN list of ${length} in ${data.length} bytes`);
  return Array.from({ length: length / 8 }, (_, index) => {
    const bytes = data.subarray(8 + 8 * index, 16 + 8 * index);
    const lun = decodeLun(bytes);
    if (lun === undefined) throw new RangeError(`LUN ${bytes.toString('hex')} is of no single-level form`);
    return lun;
  });
}

/** Standard INQUIRY data. */
export interface StandardInquiry {
  /** 0 a unit is there, 1 it could be there, 3 it can't. */
  readonly qualifier: number;
  readonly deviceType: number;
  readonly version: number;
  /** Asymmetric access: 0 none, 1 implicit, 2 explicit, 3 both. */
  readonly targetPortGroups: number;
  readonly vendor: string;
  readonly product: string;
  readonly revision: string;
}

export function parseInquiry(data: Buffer): StandardInquiry {
  return {
    qualifier: data.readUInt8(0) >> 5,
    deviceType: data.readUInt8(0) & 0x1f,
    version: data.readUInt8(2),
    targetPortGroups: (data.readUInt8(5) >> 4) & 3,
    vendor: text(data, 8, 16),
    product: text(data, 16, 32),
    revision: text(data, 32, 36),
  };
}

/** The body of a vital product data page. Throws RangeError when it is another page, or cut. */
export function vpdBody(data: Buffer, page: number): Buffer {
  const length = data.readUInt16BE(2);
  if (data.readUInt8(1) !== page) throw new RangeError(`page ${data.readUInt8(1)} instead of page ${page}`);
  if (data.length < 4 + length) throw new RangeError(`page ${page} of ${length} bytes in ${data.length - 4}`);
  return data.subarray(4, 4 + length);
}

/** Page 00: the pages there are. */
export function parseSupportedPages(data: Buffer): number[] {
  return [...vpdBody(data, 0x00)];
}

/** Page 80: the unit's serial number. */
export function parseSerial(data: Buffer): string {
  return vpdBody(data, 0x80).toString('ascii').trim();
}

/** One designator of page 83. */
export interface Designator {
  readonly association: 'unit' | 'port' | 'device' | 'reserved';
  /** 1 T10 vendor, 3 NAA, 4 relative port, 5 port group, 8 SCSI name … */
  readonly type: number;
  /** 1 binary, 2 ASCII, 3 UTF-8. */
  readonly codeSet: number;
  readonly protocol?: number;
  readonly value: Buffer;
}

/** Page 83: how unit, port and device are called. Throws RangeError when a designator is cut. */
export function parseDesignators(data: Buffer): Designator[] {
  const body = vpdBody(data, 0x83);
  const found: Designator[] = [];
  for (let at = 0; at < body.length; ) {
    const [first, second, length] = [body.readUInt8(at), body.readUInt8(at + 1), body.readUInt8(at + 3)];
    if (at + 4 + length > body.length) throw new RangeError(`a designator at ${at} of ${length} bytes is cut`);
    found.push({
      association: (['unit', 'port', 'device', 'reserved'] as const)[(second >> 4) & 3] ?? 'reserved',
      type: second & 0x0f,
      codeSet: first & 0x0f,
      ...((second & 0x80) !== 0 && { protocol: first >> 4 }),
      value: Buffer.from(body.subarray(at + 4, at + 4 + length)),
    });
    at += 4 + length;
  }
  return found;
}

/** The unit's world wide name, upper case hex: its NAA designator. Undefined when there is none. */
export function wwnOf(designators: readonly Designator[]): string | undefined {
  return designators
    .find(({ association, type }) => association === 'unit' && type === 3)
    ?.value.toString('hex')
    .toUpperCase();
}

/** Page 86: what the unit supports beyond the standard. */
export function parseExtendedInquiry(data: Buffer): { readonly taskAttributes: number; readonly bytes: Buffer } {
  const bytes = vpdBody(data, 0x86);
  return { taskAttributes: bytes.readUInt8(1) & 0x0f, bytes };
}

/** Page B0: limits, in blocks; 0 stands for none told. */
export interface BlockLimits {
  readonly maxCompareAndWrite: number;
  readonly maxTransfer: number;
  readonly optimalTransfer: number;
  readonly maxUnmapBlocks: number;
  readonly maxUnmapDescriptors: number;
  readonly unmapGranularity: number;
  readonly maxWriteSame: bigint;
}

export function parseBlockLimits(data: Buffer): BlockLimits {
  vpdBody(data, 0xb0);
  const whole = Buffer.concat([data, Buffer.alloc(64)]);
  return {
    maxCompareAndWrite: whole.readUInt8(5),
    maxTransfer: whole.readUInt32BE(8),
    optimalTransfer: whole.readUInt32BE(12),
    maxUnmapBlocks: whole.readUInt32BE(20),
    maxUnmapDescriptors: whole.readUInt32BE(24),
    unmapGranularity: whole.readUInt32BE(28),
    maxWriteSame: whole.readBigUInt64BE(36),
  };
}

/** Page B1: revolutions per minute, 1 for no medium that turns. */
export function parseCharacteristics(data: Buffer): { readonly rotationRate: number } {
  return { rotationRate: vpdBody(data, 0xb1).readUInt16BE(0) };
}

/** Page B2: logical block provisioning. */
export function parseProvisioning(data: Buffer): {
  readonly unmap: boolean;
  readonly writeSame16: boolean;
  readonly writeSame10: boolean;
  readonly readsZeros: boolean;
  readonly type: 'full' | 'resource' | 'thin' | 'reserved';
} {
  const body = vpdBody(data, 0xb2);
  const flags = body.readUInt8(1);
  return {
    unmap: (flags & 0x80) !== 0,
    writeSame16: (flags & 0x40) !== 0,
    writeSame10: (flags & 0x20) !== 0,
    readsZeros: (flags & 0x04) !== 0,
    type: (['full', 'resource', 'thin'] as const)[body.readUInt8(2) & 7] ?? 'reserved',
  };
}

/** Page C2, the array's software: its version, and how many LUNs it serves. Throws RangeError for another page. */
export function parseSoftwareVersion(data: Buffer): { readonly version: string; readonly maxLuns: number } {
  const body = vendorBody(data, 0xc2, 'swr4');
  return { version: [...body.subarray(4, 7)].map((part) => part.toString(16)).join('.'), maxLuns: body.readUInt8(11) };
}

/** Page C9, access to the volume: who owns it and by which path it is best reached. Throws RangeError for another page. */
export function parseVolumeAccess(data: Buffer): {
  /** Whether the controller that answers owns the volume. */
  readonly isOwner: boolean;
  /** Whether both controllers serve it, with different speed. */
  readonly isAsymmetric: boolean;
  /** 1 preferred, 2 secondary. */
  readonly priority: number;
  readonly state: number;
  readonly alternateState: number;
} {
  const body = vendorBody(data, 0xc9, 'vac1');
  return {
    isOwner: (body.readUInt8(4) & 0x01) !== 0,
    isAsymmetric: (body.readUInt8(4) & 0x20) !== 0,
    priority: body.readUInt8(5) & 0x0f,
    state: body.readUInt8(6) & 0x0f,
    alternateState: body.readUInt8(8) & 0x0f,
  };
}

function vendorBody(data: Buffer, page: number, id: string): Buffer {
  const body = vpdBody(data, page);
  if (body.toString('latin1', 0, 4) !== id) throw new RangeError(`page ${page.toString(16)} does not begin with ${id}`);
  return body;
}

function text(data: Buffer, from: number, to: number): string {
  return data.toString('latin1', from, to).trim();
}
