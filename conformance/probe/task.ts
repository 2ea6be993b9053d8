import { checkResidual, type Residual, senseOf } from './command-status.js';
import type { Connection } from './connection.js';
import { type DataIn, newDataIn } from './data-in.js';
import { dataOutPdus, newSolicited, type Solicited, type Unsolicited, unsolicited } from './data-out.js';
import { newDeferred } from './deferred.js';
import { Rejected, TargetFailure } from './errors.js';
import type { TagOwner } from './initiator-tags.js';
import { encodeLun } from './lun.js';
import type { Parameters } from './parameters.js';
import { encodeAhs, makePdu, type Pdu, type PduOf } from './pdu.js';
import type { CommandOptions, ScsiCommand, ScsiResult, ScsiTask } from './scsi-command.js';
import type { Answer } from './sequence.js';
import { noTag } from './serial.js';

/** What a task needs of its session. */
interface TaskSession {
  readonly parameters: Parameters;
  readonly send: (pdu: Pdu) => void;
  readonly breach: Connection['breach'];
  /** Called when the target has ended or rejected the command. */
  readonly onDone: () => void;
}

const dataOutOpcode = 0x05;

/** One SCSI command from its first PDU to its status: sends its data, gathers what it reads, checks each answer. */
export class Task implements ScsiTask, TagOwner {
  readonly lun: Buffer;
  cmdSn: number | undefined;
  private readonly data: Buffer;
  private readonly isWrite: boolean;
  private readonly isRead: boolean;
  private readonly expectedBytes: number;
  private readonly first: Unsolicited;
  private readonly dataIn: DataIn;
  private readonly solicited: Solicited;
  private readonly ended = newDeferred<ScsiResult>();

  constructor(
    private readonly command: ScsiCommand,
    readonly itt: number,
    private readonly options: CommandOptions,
    private readonly session: TaskSession,
  ) {
    const { parameters, breach } = session;
    this.lun = typeof command.lun === 'number' ? encodeLun(command.lun) : command.lun;
    this.data = Buffer.from(command.data ?? []);
    this.isWrite = command.data !== undefined;
    this.isRead = command.readBytes !== undefined && !this.isWrite;
    this.expectedBytes = this.isWrite ? this.data.length : (command.readBytes ?? 0);
    this.first = this.isWrite
      ? unsolicited(this.data.length, parameters, options)
      : { immediateBytes: 0, followingBytes: 0 };
    const unaskedBytes = this.first.immediateBytes + this.first.followingBytes;
    this.dataIn = newDataIn(this.isRead ? this.expectedBytes : 0, parameters.maxBurstLength, breach);
    this.solicited = newSolicited(this.data.length, unaskedBytes, parameters, breach);
  }

  get done(): Promise<ScsiResult> {
    return this.ended.promise;
  }

  /** Sends the command and the unsolicited data, now that it has a number. */
  start(cmdSn: number): void {
    this.cmdSn = cmdSn;
    const { immediateBytes, followingBytes } = this.first;
    const cdb = Buffer.from(this.command.cdb);
    this.session.send(
      makePdu('scsi-command', {
        immediate: this.options.immediate === true,
        final: followingBytes === 0,
        read: this.isRead,
        write: this.isWrite,
        attribute: this.command.attribute ?? 1,
        lun: this.lun,
        itt: this.itt,
        expectedBytes: this.expectedBytes,
        cmdSn,
        cdb: cdb.subarray(0, 16),
        ahs: cdb.length > 16 ? encodeAhs(1, Buffer.concat([Buffer.alloc(1), cdb.subarray(16)])) : Buffer.alloc(0),
        data: this.data.subarray(0, immediateBytes),
      }),
    );
    if (followingBytes > 0) this.sendRange(immediateBytes, followingBytes, noTag, Buffer.alloc(8));
  }

  onAnswer(answer: Answer): void {
    switch (answer.kind) {
      case 'data-in':
        this.onDataIn(answer);
        break;
      case 'r2t':
        this.onR2t(answer);
        break;
      case 'scsi-response':
        this.onResponse(answer);
        break;
      default:
        this.session.breach('task tag', `a ${answer.kind} has the tag of a SCSI command`);
    }
  }

  onReject(reject: PduOf<'reject'>, opcode: number): boolean {
    // A rejected Data-Out leaves the command to the target, which still has to end it.
    if (opcode === dataOutOpcode) return false;
    this.session.onDone();
    this.ended.reject(new Rejected(reject));
    return true;
  }

  fail(error: Error): void {
    this.ended.reject(error);
  }

  private onDataIn(pdu: PduOf<'data-in'>): void {
    if (!this.isRead) this.session.breach('data direction', 'a Data-In for a command that reads nothing');
    this.dataIn.accept(pdu);
    if (pdu.hasStatus) this.end(pdu.status, Buffer.alloc(0), pdu);
  }

  private onR2t(pdu: PduOf<'r2t'>): void {
    if (!this.isWrite) this.session.breach('data direction', 'an R2T for a command that writes nothing');
    if (!pdu.final) this.session.breach('final bit', 'an R2T has no F');
    this.solicited.accept(pdu);
    this.sendRange(pdu.offset, pdu.desiredBytes, pdu.ttt, pdu.lun);
  }

  private onResponse(pdu: PduOf<'scsi-response'>): void {
    const { breach, onDone } = this.session;
    if (!pdu.final) breach('final bit', 'a SCSI Response has no F');
    if (pdu.readOverflow || pdu.readUnderflow) {
      breach('residual', 'a bidirectional residual of a command that is not bidirectional');
    }
    if (pdu.response !== 0) {
      onDone();
      this.ended.reject(new TargetFailure(pdu.response));
      return;
    }
    const sent = this.isRead ? this.dataIn.count : this.solicited.count;
    // Some read "0 when no Data-In was sent" to hold for writes too, so both are taken.
    if (pdu.expDataSn !== sent && pdu.expDataSn !== 0) {
      breach('expected data sequence number', `ExpDataSN is ${pdu.expDataSn} after ${sent} PDUs`);
    }
    if (pdu.status !== 2 && pdu.data.length > 0) breach('sense', `sense data with status ${pdu.status}`);
    this.end(pdu.status, pdu.data, pdu);
  }

  private sendRange(offset: number, length: number, ttt: number, lun: Buffer): void {
    const limit = this.session.parameters.targetMaxRecvDataSegmentLength;
    for (const pdu of dataOutPdus(this.data, { offset, length }, { itt: this.itt, ttt, lun }, limit)) {
      this.session.send(pdu);
    }
  }

  private end(status: number, senseBytes: Buffer, residual: Residual): void {
    const { breach, onDone } = this.session;
    this.dataIn.finish();
    const { data, count } = this.dataIn;
    const sense = status === 2 ? senseOf(senseBytes, breach) : undefined;
    checkResidual(residual, this.expectedBytes, this.isRead && status === 0 ? data.length : undefined, breach);
    onDone();
    this.ended.resolve({
      status,
      ...(sense && { sense }),
      data,
      residualBytes: residual.overflow ? residual.residual : 0 - residual.residual,
      dataInPdus: count,
      r2ts: this.solicited.count,
    });
  }
}
