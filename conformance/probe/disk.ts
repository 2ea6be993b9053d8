import { CheckCondition } from './errors.js';
import {
  type Capacity,
  inquiry,
  parseBlockLimits,
  parseCapacity16,
  parseDesignators,
  parseInquiry,
  parseSupportedPages,
  read16,
  readCapacity16,
  type Sense,
  senseKeys,
  synchronizeCache,
  testUnitReady,
  unmap,
  write16,
  wwnOf,
} from './scsi.js';
import type { ProbeSession } from './session.js';
import type { ScsiCommand, ScsiResult } from './task.js';

/** A logical unit as a disk: offsets and lengths in bytes, multiples of `blockBytes`. */
export interface ProbeDisk {
  readonly session: ProbeSession;
  readonly lun: number;
  /** What the unit said last: `refresh` asks again. */
  readonly capacityBytes: bigint;
  readonly blockBytes: number;
  /** The NAA designator of page 83, upper case hex; empty when the unit has none. */
  readonly wwn: string;
  /** Rejects with RangeError, CheckCondition and whatever else ends a command. */
  read(offset: bigint | number, length: number): Promise<Buffer>;
  write(offset: bigint | number, data: Uint8Array): Promise<void>;
  /** Gives blocks back. Rejects with CheckCondition where the unit can't. */
  unmap(offset: bigint | number, length: bigint | number): Promise<void>;
  flush(): Promise<void>;
  /** Asks for the capacity again. */
  refresh(): Promise<void>;
  /** Unit attentions that came and were taken note of; the command was sent again, as an operating system does. */
  readonly attentions: readonly Sense[];
  /** Logs out; a session that has ended already is fine. */
  close(): Promise<void>;
}

/** Bytes of one command where the unit tells no limit. */
const transferBytes = 1048576;
/** Commands in flight for one read or write. */
const inFlight = 8;
/** More unit attentions in a row than this are not taken for news any more. */
const mostAttentions = 10;

/** The unit behind a LUN. Rejects with CheckCondition when there is none. */
export async function openDisk(session: ProbeSession, lun: number): Promise<ProbeDisk> {
  const attentions: Sense[] = [];

  /** Unit attentions are news about the unit, not about the command: it is sent again. */
  async function perform(command: ScsiCommand): Promise<ScsiResult> {
    for (let seen = 0; ; seen += 1) {
      try {
        return await session.perform(command);
      } catch (error) {
        const isNews = error instanceof CheckCondition && error.sense.key === senseKeys.unitAttention;
        if (!isNews || seen >= mostAttentions) throw error;
        attentions.push(error.sense);
      }
    }
  }

  async function capacityNow(): Promise<Capacity> {
    return parseCapacity16((await perform(readCapacity16(lun))).data);
  }

  await perform(testUnitReady(lun));
  const { qualifier, deviceType } = parseInquiry((await perform(inquiry(lun))).data);
  if (qualifier !== 0 || deviceType !== 0) {
    throw new RangeError(`LUN ${lun} is no disk: qualifier ${qualifier}, device type ${deviceType}`);
  }
  const pages = parseSupportedPages((await perform(inquiry(lun, 0x00))).data);
  const designators = pages.includes(0x83) ? parseDesignators((await perform(inquiry(lun, 0x83))).data) : [];
  const maxTransfer = pages.includes(0xb0) ? parseBlockLimits((await perform(inquiry(lun, 0xb0))).data).maxTransfer : 0;
  let capacity = await capacityNow();
  const { blockBytes } = capacity;
  const pieceBlocks = Math.min(maxTransfer || Number.MAX_SAFE_INTEGER, Math.max(1, transferBytes / blockBytes));

  function blocksOf(offset: bigint | number, length: bigint | number): { lba: bigint; blocks: bigint } {
    const [start, bytes, block] = [BigInt(offset), BigInt(length), BigInt(blockBytes)];
    if (start < 0n || start % block !== 0n || bytes < 0n || bytes % block !== 0n) {
      throw new RangeError(`${bytes} bytes at ${start}: allowed are multiples of ${blockBytes}`);
    }
    return { lba: start / block, blocks: bytes / block };
  }

  /** Cuts a range into commands and keeps some of them in flight. */
  async function inPieces(
    offset: bigint | number,
    length: bigint | number,
    blocksAtOnce: number,
    act: (piece: { readonly lba: bigint; readonly blocks: number }, at: number) => Promise<void>,
  ): Promise<void> {
    const { lba, blocks } = blocksOf(offset, length);
    let next = 0n;
    async function work(): Promise<void> {
      while (next < blocks) {
        const at = next;
        const rest = blocks - at;
        const count = rest < BigInt(blocksAtOnce) ? Number(rest) : blocksAtOnce;
        next += BigInt(count);
        await act({ lba: lba + at, blocks: count }, Number(at) * blockBytes);
      }
    }
    const outcomes = await Promise.allSettled(Array.from({ length: inFlight }, work));
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  }

  return {
    session,
    lun,
    get capacityBytes() {
      return capacity.blocks * BigInt(capacity.blockBytes);
    },
    blockBytes,
    wwn: wwnOf(designators) ?? '',
    async read(offset, length) {
      const whole = Buffer.alloc(length);
      await inPieces(offset, length, pieceBlocks, async (piece, at) => {
        (await perform(read16(lun, piece, blockBytes))).data.copy(whole, at);
      });
      return whole;
    },
    async write(offset, data) {
      await inPieces(offset, data.length, pieceBlocks, async (piece, at) => {
        await perform(write16(lun, piece, data.subarray(at, at + piece.blocks * blockBytes)));
      });
    },
    async unmap(offset, length) {
      await inPieces(offset, length, 0x10000, async (piece) => {
        await perform(unmap(lun, [piece]));
      });
    },
    async flush() {
      await perform(synchronizeCache(lun));
    },
    async refresh() {
      capacity = await capacityNow();
    },
    attentions,
    async close() {
      if (!session.isClosed) await session.logout();
      session.close();
    },
  };
}
