import { isFinal } from './command-header.js';
import type { CommandWire } from './command-wire.js';
import { flags, newHeader, noTag, opcodes } from './pdu.js';
import type { Solicited, Task } from './task.js';

/** The bursts of written data: what is asked for by R2T, and whether what comes is in order (source: RFC 7143 section 11.7). */
export class Bursts {
  private nextTransferTag = 1;

  constructor(private readonly wire: CommandWire) {}

  /** Asks for what is missing, in as many stretches at a time as were agreed on. */
  ask(task: Task, needed: number): void {
    const { maxBurstBytes, maxOutstandingR2t } = this.wire.parameters;
    task.askedFor = Math.max(task.askedFor, task.has);
    while (task.solicited.length < maxOutstandingR2t && task.askedFor < needed) {
      const bytes = Math.min(maxBurstBytes, needed - task.askedFor);
      const transferTag = this.takeTransferTag();
      task.solicited.push({ transferTag, offset: task.askedFor, bytes, has: 0, dataSerial: 0 });
      const header = newHeader(opcodes.readyToTransfer, flags.final, task.tag);
      task.lun.copy(header, 8);
      header.writeUInt32BE(transferTag, 20);
      this.wire.stamp(header);
      header.writeUInt32BE(task.r2tSerial, 36);
      header.writeUInt32BE(task.askedFor, 40);
      header.writeUInt32BE(bytes, 44);
      task.r2tSerial++;
      task.askedFor += bytes;
      this.wire.send(header);
    }
  }

  /** A tag for what the target asks or says; never the one that means none. */
  takeTransferTag(): number {
    const tag = this.nextTransferTag;
    this.nextTransferTag = tag === noTag - 1 ? 1 : tag + 1;
    return tag;
  }

  /** Whether the data of a Data-Out PDU is in order and within what was agreed on or asked for. */
  isInOrder(task: Task, header: Buffer, bytes: number): boolean {
    return header.readUInt32BE(20) === noTag
      ? this.isUnsolicitedInOrder(task, header, bytes)
      : this.isSolicitedInOrder(task, header, bytes);
  }

  /** Whether data that comes unasked is in order and within what was agreed on. */
  private isUnsolicitedInOrder(task: Task, header: Buffer, bytes: number): boolean {
    if (!task.awaitsUnsolicited) return false;
    const offset = header.readUInt32BE(40);
    const end = offset + bytes;
    const inOrder = header.readUInt32BE(36) === task.unsolicitedSerial && offset === task.unsolicitedHas;
    task.unsolicitedSerial++;
    task.unsolicitedHas = end;
    if (isFinal(header)) task.awaitsUnsolicited = false;
    return inOrder && end <= Math.min(this.wire.parameters.firstBurstBytes, task.expectedBytes);
  }

  /** Whether data that was asked for is in order, and ends where it should. */
  private isSolicitedInOrder(task: Task, header: Buffer, bytes: number): boolean {
    const transferTag = header.readUInt32BE(20);
    const burst = task.solicited.find((each: Solicited) => each.transferTag === transferTag);
    const isLast = isFinal(header);
    if (burst === undefined) {
      // The initiator takes it for what was asked for: what it means will not come any more.
      if (isLast) task.solicited.shift();
      return false;
    }
    const offset = header.readUInt32BE(40);
    // Stretches come in the order in which they were asked for, so what is there is always the beginning.
    const inOrder =
      header.readUInt32BE(36) === burst.dataSerial && offset === burst.offset + burst.has && offset === task.has;
    burst.dataSerial++;
    burst.has += bytes;
    if (isLast || burst.has >= burst.bytes) task.solicited.splice(task.solicited.indexOf(burst), 1);
    return inOrder && burst.has <= burst.bytes && isLast === (burst.has === burst.bytes);
  }
}
