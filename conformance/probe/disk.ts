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
import type { ScsiCommand, ScsiResult } from './scsi-command.js';
import type { ProbeSession } from './session.js';

/** Bytes of one command where the unit tells no limit. */
const transferBytes = 1048576;
/** Blocks of one UNMAP. */
const unmapBlocks = 0x10000;
/** Commands in flight for one read or write. */
const inFlight = 8;
/** More unit attentions in a row than this are not taken for news any more. */
const mostAttentions = 10;

/** The unit behind a LUN. Rejects with CheckCondition when there is none, RangeError when it is not a disk. */
export async function openDisk(session: ProbeSession, lun: number): Promise<ProbeDisk> {
  const unit = new RetryingUnit(session, lun);
  await unit.perform(testUnitReady(lun));
  const { qualifier, deviceType } = parseInquiry(await unit.dataOf(inquiry(lun)));
  if (qualifier !== 0 || deviceType !== 0) {
    throw new RangeError(`LUN ${lun} is not a disk: qualifier ${qualifier}, device type ${deviceType}`);
  }
  const pages = parseSupportedPages(await unit.dataOf(inquiry(lun, 0x00)));
  const designators = pages.includes(0x83) ? parseDesignators(await unit.dataOf(inquiry(lun, 0x83))) : [];
  const maxTransfer = pages.includes(0xb0) ? parseBlockLimits(await unit.dataOf(inquiry(lun, 0xb0))).maxTransfer : 0;
  return new ProbeDisk(unit, wwnOf(designators) ?? '', maxTransfer, await unit.capacity());
}

/** A logical unit as a disk: offsets and lengths in bytes, multiples of `blockBytes`. */
export class ProbeDisk {
  readonly blockBytes: number;
  private readonly pieceBlocks: number;

  /** `wwn`: the NAA designator of page 83, upper case hex; empty when the unit has none. `maxTransferBlocks`: 0 for no limit. */
  constructor(
    private readonly unit: RetryingUnit,
    readonly wwn: string,
    maxTransferBlocks: number,
    private capacity: Capacity,
  ) {
    this.blockBytes = capacity.blockBytes;
    const ownLimit = Math.max(1, transferBytes / this.blockBytes);
    this.pieceBlocks = Math.min(maxTransferBlocks || Number.MAX_SAFE_INTEGER, ownLimit);
  }

  get session(): ProbeSession {
    return this.unit.session;
  }

  get lun(): number {
    return this.unit.lun;
  }

  /** What the unit said last: `refresh` asks again. */
  get capacityBytes(): bigint {
    return this.capacity.blocks * BigInt(this.capacity.blockBytes);
  }

  /** Unit attentions that came and were taken note of; the command was sent again, as an operating system does. */
  get attentions(): readonly Sense[] {
    return this.unit.attentions;
  }

  /** Rejects with RangeError, CheckCondition and whatever else ends a command. */
  async read(offset: bigint | number, length: number): Promise<Buffer> {
    const whole = Buffer.alloc(length);
    await this.inPieces(offset, length, this.pieceBlocks, async (piece, at) => {
      (await this.unit.dataOf(read16(this.lun, piece, this.blockBytes))).copy(whole, at);
    });
    return whole;
  }

  async write(offset: bigint | number, data: Uint8Array): Promise<void> {
    await this.inPieces(offset, data.length, this.pieceBlocks, async (piece, at) => {
      await this.unit.perform(write16(this.lun, piece, data.subarray(at, at + piece.blocks * this.blockBytes)));
    });
  }

  /** Gives blocks back. Rejects with CheckCondition where the unit can't. */
  async unmap(offset: bigint | number, length: bigint | number): Promise<void> {
    await this.inPieces(offset, length, unmapBlocks, async (piece) => {
      await this.unit.perform(unmap(this.lun, [piece]));
    });
  }

  async flush(): Promise<void> {
    await this.unit.perform(synchronizeCache(this.lun));
  }

  /** Asks for the capacity again. */
  async refresh(): Promise<void> {
    this.capacity = await this.unit.capacity();
  }

  /** Logs out; a session that has ended already is fine. */
  async close(): Promise<void> {
    if (!this.session.isClosed) await this.session.logout();
    this.session.close();
  }

  /** Cuts a range into commands and keeps some of them in flight. */
  private async inPieces(
    offset: bigint | number,
    length: bigint | number,
    blocksAtOnce: number,
    act: (piece: { readonly lba: bigint; readonly blocks: number }, at: number) => Promise<void>,
  ): Promise<void> {
    const { lba, blocks } = this.blocksOf(offset, length);
    let next = 0n;
    const work = async (): Promise<void> => {
      while (next < blocks) {
        const at = next;
        const rest = blocks - at;
        const count = rest < BigInt(blocksAtOnce) ? Number(rest) : blocksAtOnce;
        next += BigInt(count);
        await act({ lba: lba + at, blocks: count }, Number(at) * this.blockBytes);
      }
    };
    const outcomes = await Promise.allSettled(Array.from({ length: inFlight }, work));
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  }

  private blocksOf(offset: bigint | number, length: bigint | number): { lba: bigint; blocks: bigint } {
    const [start, bytes, block] = [BigInt(offset), BigInt(length), BigInt(this.blockBytes)];
    if (start < 0n || start % block !== 0n || bytes < 0n || bytes % block !== 0n) {
      throw new RangeError(`${bytes} bytes at ${start}: allowed are multiples of ${block}`);
    }
    return { lba: start / block, blocks: bytes / block };
  }
}

/** A logical unit whose commands are sent again after a unit attention, which is news about the unit, not the command. */
class RetryingUnit {
  readonly attentions: Sense[] = [];

  constructor(
    readonly session: ProbeSession,
    readonly lun: number,
  ) {}

  async perform(command: ScsiCommand): Promise<ScsiResult> {
    for (let seen = 0; ; seen += 1) {
      try {
        return await this.session.perform(command);
      } catch (error) {
        const isNews = error instanceof CheckCondition && error.sense.key === senseKeys.unitAttention;
        if (!isNews || seen >= mostAttentions) throw error;
        this.attentions.push(error.sense);
      }
    }
  }

  async dataOf(command: ScsiCommand): Promise<Buffer> {
    return (await this.perform(command)).data;
  }

  async capacity(): Promise<Capacity> {
    return parseCapacity16(await this.dataOf(readCapacity16(this.lun)));
  }
}
