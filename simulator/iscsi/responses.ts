import type { CommandWire } from './command-wire.js';
import { DataPieces } from './data-pieces.js';
import type { IscsiObserver } from './observer.js';
import { flags, newHeader, noTag, opcodes } from './pdu.js';
import type { ScsiTarget } from './scsi/scsi-target.js';
import { status } from './scsi/sense.js';
import type { Nexus, Outcome } from './scsi/types.js';
import type { CommandShape } from './task.js';

/** There is no memory for what a command transfers: the initiator sends it again later. */
export const taskSetFull: Outcome = { status: status.taskSetFull };

/** The answers to the SCSI commands of one session: data, status and sense. */
export class Responses {
  constructor(
    private readonly wire: CommandWire,
    private readonly scsi: ScsiTarget,
    private readonly nexus: Nexus,
    private readonly observer?: IscsiObserver,
  ) {}

  /** Answers a command: data for the initiator, status, sense, and how much more or less than expected was transferred. */
  respond(shape: CommandShape, outcome: Outcome, wantedBytes: number): void {
    const { expectedBytes } = shape;
    const isGood = outcome.status === 0 && outcome.sense === undefined;
    const wrote = isGood || wantedBytes > expectedBytes ? wantedBytes : 0;
    const moved = shape.isWrite && !shape.isRead ? wrote : (outcome.dataInBytes ?? 0);
    if (this.observer?.active) this.observed(this.observer, shape, moved, isGood);
    const residual = Math.abs(moved - expectedBytes);
    const residualFlag = moved > expectedBytes ? flags.overflow : moved < expectedBytes ? flags.underflow : 0;
    const bytes = shape.isRead ? Math.min(moved, expectedBytes) : 0;
    if (bytes > 0 && isGood && !this.wire.hasRoomToSend(bytes)) {
      this.respond(shape, taskSetFull, wantedBytes);
      return;
    }
    let sent = 0;
    if (bytes > 0 && outcome.dataIn !== undefined) {
      sent = this.dataIn(shape.tag, outcome.dataIn, bytes, isGood ? { residual, residualFlag } : undefined);
      if (isGood) return;
    }
    const { sense } = outcome;
    const senseBytes = sense === undefined ? 0 : 2 + sense.length;
    const header = newHeader(opcodes.scsiResponse, flags.final | residualFlag, shape.tag, senseBytes);
    header[3] = outcome.status;
    this.wire.stampStatus(header);
    header.writeUInt32BE(sent, 36);
    header.writeUInt32BE(residual >>> 0, 44);
    this.wire.send(header, sense === undefined ? undefined : [lengthOf(sense), sense], senseBytes);
  }

  private observed(observer: IscsiObserver, shape: CommandShape, bytes: number, isGood: boolean): void {
    const { isRead, isWrite, unitNumber } = shape;
    const sort = isRead ? 'read' : isWrite ? 'write' : 'other';
    const unitRef = this.scsi.unitRef(this.nexus, unitNumber);
    observer.commandEnded({ initiator: this.nexus.initiatorName, unitRef, sort, bytes, isGood });
  }

  /** Sends data in PDUs that the initiator takes; the last one bears a good status. Returns how many they were. */
  private dataIn(
    tag: number,
    segments: readonly Uint8Array[],
    bytes: number,
    end: { readonly residual: number; readonly residualFlag: number } | undefined,
  ): number {
    const { initiatorDataBytes, maxBurstBytes } = this.wire.parameters;
    const pieces = new DataPieces(segments);
    let serial = 0;
    let burst = 0;
    for (let offset = 0; offset < bytes; serial++) {
      const length = Math.min(bytes - offset, initiatorDataBytes, maxBurstBytes - burst);
      const isLast = offset + length === bytes;
      burst += length;
      const endsBurst = isLast || burst === maxBurstBytes;
      if (endsBurst) burst = 0;
      const header = newHeader(opcodes.dataIn, endsBurst ? flags.final : 0, tag, length);
      header.writeUInt32BE(noTag, 20);
      if (isLast && end !== undefined) {
        header[1] = flags.final | flags.status | end.residualFlag;
        this.wire.stampStatus(header);
        header.writeUInt32BE(end.residual, 44);
      } else {
        this.wire.stamp(header);
        header.writeUInt32BE(0, 24);
      }
      header.writeUInt32BE(serial, 36);
      header.writeUInt32BE(offset, 40);
      this.wire.send(header, pieces.take(length), length);
      offset += length;
    }
    return serial;
  }
}

function lengthOf(sense: Buffer): Buffer {
  const length = Buffer.allocUnsafe(2);
  length.writeUInt16BE(sense.length);
  return length;
}
