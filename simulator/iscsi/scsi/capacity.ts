import type { ItlNexus } from './nexuses.js';
import { CheckCondition, goodWith, goodWithin, invalidField, senseKeys } from './sense.js';
import type { Step } from './types.js';

/** READ CAPACITY(10) (source: SBC-3, 5.15). */
export function readCapacity10({ unit }: ItlNexus, cdb: Buffer): Step {
  if ((cdb.readUInt8(8) & 1) === 0 && cdb.readUInt32BE(2) !== 0) throw invalidField(2);
  const data = Buffer.alloc(8);
  data.writeUInt32BE(Math.min(unit.blocks - 1, 0xffffffff), 0);
  data.writeUInt32BE(unit.blockBytes, 4);
  return goodWith(data);
}

/** READ CAPACITY(16): with provisioning; physical blocks are said to be as the logical ones (source: SBC-3, 5.16). */
export function readCapacity16({ unit }: ItlNexus, cdb: Buffer): Step {
  if ((cdb.readUInt8(14) & 1) === 0 && lba64(cdb, 2) !== 0) throw invalidField(2);
  const data = Buffer.alloc(32);
  data.writeBigUInt64BE(BigInt(unit.blocks - 1), 0);
  data.writeUInt32BE(unit.blockBytes, 8);
  if (unit.isProvisioned) data[14] = 0x80 | 0x40;
  return goodWithin(data, cdb.readUInt32BE(10));
}

/** Bytes that are looked at for one GET LBA STATUS: what lies beyond is told the next time. */
const mostLookedAtBytes = 2 ** 30;

/** Content of this size is mapped or not as a whole, and read at once when looking. */
const stretchBytes = 65_536;

/** GET LBA STATUS (source: SBC-3, 5.5): what holds nothing but zeros counts as deallocated where blocks can be. */
export function getLbaStatus(itl: ItlNexus, cdb: Buffer): Step {
  const { unit } = itl;
  const start = lba64(cdb, 2);
  if (start >= unit.blocks) throw new CheckCondition(senseKeys.illegalRequest, 0x2100, { information: start });
  unit.checkReady();
  const allocationBytes = cdb.readUInt32BE(10);
  const most = Math.max(1, Math.floor((allocationBytes - 8) / 16));
  const extents = unit.isProvisioned
    ? extentsFrom(itl, start, most)
    : [{ lba: start, blocks: unit.blocks - start, mapped: true }];
  const data = Buffer.alloc(8 + 16 * extents.length);
  data.writeUInt32BE(data.length - 4, 0);
  extents.forEach(({ lba, blocks, mapped }, index) => {
    const at = 8 + 16 * index;
    data.writeBigUInt64BE(BigInt(lba), at);
    data.writeUInt32BE(Math.min(blocks, 0xffffffff), at + 8);
    data[at + 12] = mapped ? 0 : 1;
  });
  return goodWithin(data, allocationBytes);
}

interface Extent {
  readonly lba: number;
  readonly blocks: number;
  readonly mapped: boolean;
}

/** Runs of mapped and deallocated blocks, from a block on, so many at most. */
function extentsFrom({ unit, logicalUnits }: ItlNexus, start: number, most: number): Extent[] {
  const extents: Extent[] = [];
  const content = logicalUnits.array.contents.find(unit.ref);
  const endBytes = unit.blocks * unit.blockBytes;
  const written = new Set(content?.writtenClusters() ?? []);
  const add = (fromBytes: number, toBytes: number, mapped: boolean) => {
    const lba = Math.max(start, fromBytes / unit.blockBytes);
    const blocks = toBytes / unit.blockBytes - lba;
    const last = extents.at(-1);
    if (last !== undefined && last.mapped === mapped)
      extents[extents.length - 1] = { ...last, blocks: last.blocks + blocks };
    else extents.push({ lba, blocks, mapped });
  };
  if (written.size === 0) return [{ lba: start, blocks: unit.blocks - start, mapped: false }];
  const clusters = [...written].sort((a, b) => a - b);
  let at = Math.floor((start * unit.blockBytes) / 4096) * 4096;
  let lookedAtBytes = 0;
  let index = clusters.findIndex((cluster) => (cluster + 1) * stretchBytes > at);
  while (at < endBytes && extents.length <= most && lookedAtBytes < mostLookedAtBytes) {
    const cluster = index < 0 ? undefined : clusters[index];
    if (cluster === undefined || cluster * stretchBytes > at) {
      const next = cluster === undefined ? endBytes : Math.min(cluster * stretchBytes, endBytes);
      add(at, next, false);
      at = next;
      continue;
    }
    const next = Math.min((cluster + 1) * stretchBytes, endBytes);
    const bytes = logicalUnits.array.io.read(unit.ref, at, next - at);
    for (let offset = 0; offset < bytes.length; offset += 4096) {
      const page = bytes.subarray(offset, offset + 4096);
      add(at + offset, at + offset + page.length, !isZero(page));
    }
    lookedAtBytes += next - at;
    at = next;
    index++;
  }
  return extents.slice(0, most);
}

const zeros = Buffer.alloc(65_536);

/** Whether there is nothing but zeros, in 64 KiB at most. */
export function isZero(bytes: Uint8Array): boolean {
  return Buffer.compare(bytes, zeros.subarray(0, bytes.length)) === 0;
}

/** A block address of eight bytes. Beyond 2^53 it is not exact, and beyond every unit. */
export function lba64(cdb: Buffer, at: number): number {
  return cdb.readUInt32BE(at) * 2 ** 32 + cdb.readUInt32BE(at + 4);
}
