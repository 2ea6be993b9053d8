import { modePageCodes } from './mode-pages.js';
import type { ItlNexus } from './nexuses.js';
import { rdacPage, selectRdacPage } from './rdac-mode-page.js';
import {
  CheckCondition,
  good,
  goodWithin,
  invalidField,
  invalidParameter,
  invalidParameterLength,
  senseKeys,
} from './sense.js';
import type { Outcome, Step } from './types.js';
import { attentions } from './unit.js';

const allPages = 0x3f;
const allSubpages = 0xff;
const rdacCode = 0x2c;

/** MODE SENSE(6) and (10) (source: SPC-4, 6.11). The RDAC page comes only when it is asked for by name. */
export function modeSense(itl: ItlNexus, cdb: Buffer): Step {
  const isLong = cdb[0] === 0x5a;
  const allocationBytes = isLong ? cdb.readUInt16BE(7) : cdb.readUInt8(4);
  const withoutDescriptor = (cdb.readUInt8(1) & 0x08) !== 0;
  const longLba = isLong && (cdb.readUInt8(1) & 0x10) !== 0;
  const control = cdb.readUInt8(2) >> 6;
  if (control === 3) throw new CheckCondition(senseKeys.illegalRequest, 0x3900, { field: 2, bit: 7 });
  const pages = pagesWanted(itl, cdb.readUInt8(2) & 0x3f, cdb.readUInt8(3), control);
  const descriptor = withoutDescriptor ? Buffer.alloc(0) : blockDescriptor(itl, longLba);
  const bodyBytes = descriptor.length + pages.reduce((sum, page) => sum + page.length, 0);
  const specific = (itl.unit.isWriteProtected ? 0x80 : 0) | 0x10;
  const header = Buffer.alloc(isLong ? 8 : 4);
  if (isLong) {
    header.writeUInt16BE(6 + bodyBytes, 0);
    header[3] = specific;
    header[4] = longLba && !withoutDescriptor ? 1 : 0;
    header.writeUInt16BE(descriptor.length, 6);
  } else {
    header[0] = Math.min(3 + bodyBytes, 0xff);
    header[2] = specific;
    header[3] = descriptor.length;
  }
  return goodWithin(Buffer.concat([header, descriptor, ...pages]), allocationBytes);
}

/** MODE SELECT(6) and (10) (source: SPC-4, 6.9). Nothing changes when one of the pages is wrong. */
export function modeSelect(itl: ItlNexus, cdb: Buffer): Step {
  const isLong = cdb[0] === 0x55;
  const dataOutBytes = isLong ? cdb.readUInt16BE(7) : cdb.readUInt8(4);
  if ((cdb.readUInt8(1) & 0x10) === 0) throw invalidField(1, 4);
  if ((cdb.readUInt8(1) & 0x01) !== 0) throw invalidField(1, 0);
  if (dataOutBytes === 0) return good;
  if (dataOutBytes < (isLong ? 8 : 4)) throw invalidParameterLength();
  return { dataOutBytes, finish: (data) => select(itl, data, isLong) };
}

function select(itl: ItlNexus, data: Buffer, isLong: boolean): Outcome {
  const headerBytes = isLong ? 8 : 4;
  const descriptorBytes = isLong ? data.readUInt16BE(6) : data.readUInt8(3);
  const length = isLong ? data.readUInt16BE(0) : data.readUInt8(0);
  if (length !== 0) throw invalidParameter(0);
  const longLba = isLong && (data.readUInt8(4) & 1) !== 0;
  const start = headerBytes + descriptorBytes;
  if (start > data.length) throw invalidParameterLength();
  if (descriptorBytes !== 0) checkDescriptor(itl, data.subarray(headerBytes, start), longLba, headerBytes);
  const pages = splitPages(data, start);
  const { unit } = itl;
  for (const { page, at } of pages) if ((page.readUInt8(0) & 0x3f) !== rdacCode) unit.pages.check(page, at);
  let changed = false;
  for (const { page, at } of pages) {
    if ((page.readUInt8(0) & 0x3f) === rdacCode) selectRdacPage(itl, page, at);
    else changed = unit.pages.change(page) || changed;
  }
  if (changed) unit.tell(attentions.modeParametersChanged, itl);
  return good;
}

function splitPages(data: Buffer, start: number): { page: Buffer; at: number }[] {
  const pages: { page: Buffer; at: number }[] = [];
  for (let at = start; at < data.length; ) {
    const hasSubpage = (data.readUInt8(at) & 0x40) !== 0;
    if (at + (hasSubpage ? 4 : 2) > data.length) throw invalidParameterLength();
    const bytes = hasSubpage ? 4 + data.readUInt16BE(at + 2) : 2 + data.readUInt8(at + 1);
    if (at + bytes > data.length) throw invalidParameterLength();
    pages.push({ page: data.subarray(at, at + bytes), at });
    at += bytes;
  }
  return pages;
}

/** A block descriptor may say what is so; another block length cannot be had. */
function checkDescriptor(itl: ItlNexus, descriptor: Buffer, longLba: boolean, at: number): void {
  const expected = blockDescriptor(itl, longLba);
  if (descriptor.length !== expected.length) throw invalidParameterLength();
  const blockBytes = longLba ? descriptor.readUInt32BE(12) : descriptor.readUInt32BE(4) & 0xffffff;
  if (blockBytes !== itl.unit.blockBytes) throw invalidParameter(at + expected.length - 4);
}

function blockDescriptor({ unit }: ItlNexus, longLba: boolean): Buffer {
  if (longLba) {
    const descriptor = Buffer.alloc(16);
    descriptor.writeBigUInt64BE(BigInt(unit.blocks), 0);
    descriptor.writeUInt32BE(unit.blockBytes, 12);
    return descriptor;
  }
  const descriptor = Buffer.alloc(8);
  descriptor.writeUInt32BE(Math.min(unit.blocks, 0xffffffff), 0);
  descriptor.writeUInt32BE(unit.blockBytes, 4);
  return descriptor;
}

function pagesWanted(itl: ItlNexus, code: number, subpage: number, control: number): Buffer[] {
  const { pages } = itl.unit;
  const take = (each: number) =>
    control === 1 ? pages.changeable(each) : control === 2 ? pages.defaults(each) : pages.current(each);
  if (code === rdacCode && (subpage === 0 || subpage === 1)) return [rdacPage(itl, subpage === 1, control === 1)];
  if (subpage !== 0 && subpage !== allSubpages) throw invalidField(3);
  if (code === allPages) return modePageCodes.flatMap((each) => take(each) ?? []);
  const page = take(code);
  if (page === undefined) throw invalidField(2, 5);
  return [page];
}
