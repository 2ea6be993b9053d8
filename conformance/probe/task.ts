import type { Connection } from './connection.js';
import { newDataIn } from './data-in.js';
import { type DataOutChoice, dataOutPdus, newSolicited, unsolicited } from './data-out.js';
import { newDeferred } from './deferred.js';
import { CheckCondition, CommandFailed, Rejected, TargetFailure } from './errors.js';
import { encodeLun } from './lun.js';
import type { Parameters } from './parameters.js';
import { encodeAhs, makePdu, type Pdu, type PduOf } from './pdu.js';
import { parseSense, type Sense } from './scsi/sense.js';
import type { Answer } from './sequence.js';
import { noTag } from './serial.js';

/** A SCSI command. Without `readBytes` and `data` it transfers nothing. */
export interface ScsiCommand {
  /** A number, or the 8 bytes of SAM. */
  readonly lun: number | Buffer;
  /** Up to 16 bytes in the header; what is longer travels in an additional header segment. */
  readonly cdb: Uint8Array;
  /** How many bytes this side is ready to read: the expected data transfer length of a read. */
  readonly readBytes?: number;
  /** What is written; its length is the expected data transfer length of a write. */
  readonly data?: Uint8Array;
  /** Task attribute: 1 simple by default, 2 ordered, 3 head of queue. */
  readonly attribute?: number;
}

/** How a command is sent. */
export interface CommandOptions extends DataOutChoice {
  /** With the I bit: outside of the command window. */
  readonly immediate?: boolean;
}

/** How a command ended. */
export interface ScsiResult {
  /** SAM status: 0 GOOD, 2 CHECK CONDITION … */
  readonly status: number;
  /** Of a CHECK CONDITION. */
  readonly sense?: Sense;
  readonly data: Buffer;
  /** Positive: the target would have transferred that much more. Negative: it transferred that much less. */
  readonly residualBytes: number;
  /** How many PDUs carried the data or asked for it. */
  readonly dataInPdus: number;
  readonly r2ts: number;
}

/** A task that this side has begun. */
export interface ScsiTask {
  readonly itt: number;
  readonly lun: Buffer;
  /** Set when the command was sent: it may wait for the window. */
  readonly cmdSn: number | undefined;
  /** How it ended. Rejects with TargetFailure, Rejected, TaskAborted, or what ended the session. */
  readonly done: Promise<ScsiResult>;
}

/** The handler that answers for an initiator task tag. */
export interface TagOwner {
  onAnswer(answer: Answer): void;
  /** Says whether the tag is done with. */
  onReject(reject: PduOf<'reject'>, rejectedOpcode: number): boolean;
  fail(error: Error): void;
}

/** A task and what it needs to be driven. */
export interface DrivenTask extends TagOwner {
  readonly task: ScsiTask;
  /** Sends the command and the unsolicited data, now that it has a number. */
  start(cmdSn: number): void;
}

/** Resolves a result with the status GOOD, throws CheckCondition or CommandFailed for any other. */
export function demandGood(result: ScsiResult): ScsiResult {
  if (result.status === 2 && result.sense) throw new CheckCondition(result.sense);
  if (result.status !== 0) throw new CommandFailed(result.status);
  return result;
}

export function newTask(
  command: ScsiCommand,
  itt: number,
  parameters: Parameters,
  options: CommandOptions,
  send: (pdu: Pdu) => void,
  breach: Connection['breach'],
  onDone: () => void,
): DrivenTask {
  const lun = typeof command.lun === 'number' ? encodeLun(command.lun) : command.lun;
  const data = Buffer.from(command.data ?? []);
  const isWrite = command.data !== undefined;
  const expectedBytes = isWrite ? data.length : (command.readBytes ?? 0);
  const isRead = command.readBytes !== undefined && !isWrite;
  const first = isWrite ? unsolicited(data.length, parameters, options) : { immediateBytes: 0, followingBytes: 0 };
  const dataIn = newDataIn(isRead ? expectedBytes : 0, parameters.maxBurstLength, breach);
  const solicited = newSolicited(data.length, first.immediateBytes + first.followingBytes, parameters, breach);
  const done = newDeferred<ScsiResult>();
  let cmdSn: number | undefined;

  function sendRange(offset: number, length: number, ttt: number, unit: Buffer): void {
    const limit = parameters.targetMaxRecvDataSegmentLength;
    for (const pdu of dataOutPdus(data, { offset, length }, { itt, ttt, lun: unit }, limit)) send(pdu);
  }

  function end(status: number, senseBytes: Buffer, residual: Residual): void {
    dataIn.finish();
    const sense = status === 2 ? senseOf(senseBytes, breach) : undefined;
    const received = dataIn.data.length;
    checkResidual(residual, expectedBytes, isRead && status === 0 ? received : undefined, breach);
    onDone();
    done.resolve({
      status,
      ...(sense && { sense }),
      data: dataIn.data,
      residualBytes: residual.overflow ? residual.residual : 0 - residual.residual,
      dataInPdus: dataIn.count,
      r2ts: solicited.count,
    });
  }

  function onResponse(pdu: PduOf<'scsi-response'>): void {
    if (!pdu.final) breach('final bit', 'a SCSI Response has no F');
    if (pdu.readOverflow || pdu.readUnderflow) breach('residual', 'a bidirectional residual of a command that is none');
    if (pdu.response !== 0) {
      onDone();
      done.reject(new TargetFailure(pdu.response));
      return;
    }
    const sent = isRead ? dataIn.count : solicited.count;
    // Some read "0 when no Data-In was sent" to hold for writes too, so both are taken.
    if (pdu.expDataSn !== sent && pdu.expDataSn !== 0) {
      breach('expected data sequence number', `ExpDataSN is ${pdu.expDataSn} after ${sent} PDUs`);
    }
    if (pdu.status !== 2 && pdu.data.length > 0) breach('sense', `sense data with status ${pdu.status}`);
    end(pdu.status, pdu.data, pdu);
  }

  const task: ScsiTask = {
    itt,
    lun,
    get cmdSn() {
      return cmdSn;
    },
    done: done.promise,
  };

  return {
    task,
    start(number) {
      cmdSn = number;
      const cdb = Buffer.from(command.cdb);
      send(
        makePdu('scsi-command', {
          immediate: options.immediate === true,
          final: first.followingBytes === 0,
          read: isRead,
          write: isWrite,
          attribute: command.attribute ?? 1,
          lun,
          itt,
          expectedBytes,
          cmdSn,
          cdb: cdb.subarray(0, 16),
          ahs: cdb.length > 16 ? encodeAhs(1, Buffer.concat([Buffer.alloc(1), cdb.subarray(16)])) : Buffer.alloc(0),
          data: data.subarray(0, first.immediateBytes),
        }),
      );
      if (first.followingBytes > 0) sendRange(first.immediateBytes, first.followingBytes, noTag, Buffer.alloc(8));
    },
    onAnswer(answer) {
      switch (answer.kind) {
        case 'data-in':
          if (!isRead) breach('data direction', 'a Data-In for a command that reads nothing');
          dataIn.accept(answer);
          if (answer.hasStatus) end(answer.status, Buffer.alloc(0), answer);
          break;
        case 'r2t':
          if (!isWrite) breach('data direction', 'an R2T for a command that writes nothing');
          if (!answer.final) breach('final bit', 'an R2T has no F');
          solicited.accept(answer);
          sendRange(answer.offset, answer.desiredBytes, answer.ttt, answer.lun);
          break;
        case 'scsi-response':
          onResponse(answer);
          break;
        default:
          breach('task tag', `a ${answer.kind} has the tag of a SCSI command`);
      }
    },
    onReject(reject, opcode) {
      // A rejected Data-Out leaves the command to the target, which still has to end it.
      if (opcode === 0x05) return false;
      done.reject(new Rejected(reject));
      return true;
    },
    fail: done.reject,
  };
}

interface Residual {
  readonly overflow: boolean;
  readonly underflow: boolean;
  readonly residual: number;
}

/** `receivedBytes` is given where it must fit: for reads that ended with GOOD. */
function checkResidual(
  { overflow, underflow, residual }: Residual,
  expectedBytes: number,
  receivedBytes: number | undefined,
  breach: Connection['breach'],
): void {
  if (overflow && underflow) breach('residual', 'both overflow and underflow');
  if (!overflow && !underflow && residual !== 0) breach('residual', `a residual of ${residual} without O or U`);
  if (underflow && residual > expectedBytes) {
    breach('residual', `an underflow of ${residual} of ${expectedBytes} bytes`);
  }
  if (receivedBytes === undefined) return;
  const due = expectedBytes - (underflow ? residual : 0);
  if (receivedBytes !== due) breach('residual', `${receivedBytes} bytes came, ${due} are due by the residual`);
}

function senseOf(segment: Buffer, breach: Connection['breach']): Sense | undefined {
  const length = segment.length < 2 ? 0 : segment.readUInt16BE(0);
  if (length === 0) {
    breach('sense', 'a CHECK CONDITION has no sense data');
    return undefined;
  }
  if (length > segment.length - 2) breach('sense', `${length} bytes of sense in ${segment.length - 2}`);
  try {
    return parseSense(segment.subarray(2, 2 + length));
  } catch (error) {
    breach('sense', error instanceof Error ? error.message : String(error));
    return undefined;
  }
}
