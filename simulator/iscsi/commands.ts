import { DataPieces } from './data-pieces.js';
import { GatherBuffers } from './gather-buffers.js';
import type { IscsiInterference } from './interference.js';
import type { MemoryBudget } from './memory-budget.js';
import type { SessionParameters } from './negotiation.js';
import type { IscsiObserver } from './observer.js';
import { dataBytesOf, flags, headerBytes, isImmediate, newHeader, noTag, opcodes, rejectReasons } from './pdu.js';
import { decodeLun } from './scsi/lun.js';
import type { ScsiTarget } from './scsi/scsi-target.js';
import { status } from './scsi/sense.js';
import type { Nexus, Outcome, Step, WantsData } from './scsi/types.js';
import type { CommandShape, Solicited, Task } from './task.js';

/** What sends the answers of commands. */
export interface CommandWire {
  readonly parameters: SessionParameters;
  send(header: Buffer, pieces?: readonly Uint8Array[], dataBytes?: number): void;
  /** Puts the serial numbers into a header that bears no status. */
  stamp(header: Buffer): void;
  /** The same for one that bears a status, which takes a serial number. */
  stampStatus(header: Buffer): void;
  reject(header: Buffer, reason: number): void;
  /** Whether so much may be sent now; where it is sent as it lies in memory it always may. */
  hasRoomToSend(bytes: number): boolean;
  /** A command failed in a way that must not be: the connection ends. */
  destroy(): void;
}

/** Commands that one session may have under way, immediate ones included. */
const mostTasks = 256;

/** Bytes of written data that are put together at a time. */
const mostGathered = 2 ** 26;

/** The SCSI commands of one session that are under way: what is written is gathered, what is read is sent. */
export class Commands {
  private readonly tasks = new Map<number, Task>();
  /** Tasks that wait for a buffer to gather their data in. */
  private readonly waiting: Task[] = [];
  private readonly buffers: GatherBuffers;
  /** Tags of tasks that were aborted: data may still come for them. */
  private readonly aborted = new Set<number>();
  private nextTransferTag = 1;
  private isClosed = false;
  /** Commands under way that take a place in the window. */
  numbered = 0;

  constructor(
    private readonly wire: CommandWire,
    private readonly scsi: ScsiTarget,
    private readonly nexus: Nexus,
    memory: MemoryBudget,
    private readonly interference?: IscsiInterference,
    private readonly observer?: IscsiObserver,
  ) {
    this.buffers = new GatherBuffers(mostGathered, memory);
  }

  /** Begins a command. `data` came with it and is valid during the call only. */
  begin(header: Buffer, data: Buffer): void {
    const refusal = this.refusal(header, data);
    if (refusal !== undefined) {
      this.wire.reject(header, refusal);
      return;
    }
    const shape = shapeOf(header);
    const { unitNumber: lun } = shape;
    const overlapped = this.tasks.get(shape.tag);
    if (overlapped !== undefined) {
      this.drop(overlapped);
      this.respond(shape, this.scsi.overlapped(this.nexus, lun), 0);
      this.nextWaiting();
      return;
    }
    this.aborted.delete(shape.tag);
    const isFinal = ((header[1] ?? 0) & flags.final) !== 0;
    const cdb = cdbOf(header);
    const step = this.interference?.active
      ? this.interfered(this.interference, lun, cdb)
      : this.scsi.begin(this.nexus, lun, cdb);
    if (step instanceof Promise) this.await(this.add(header, lun, { awaitsUnsolicited: !isFinal }), step);
    else if ('finish' in step) this.wantsData(header, lun, step, data);
    else if (isFinal) this.respond(shape, step, 0);
    else this.add(header, lun, { outcome: step, awaitsUnsolicited: true });
  }

  /** Answers a command whose data was not kept, as there was no room for it, when it is its turn. */
  refuse(header: Buffer): void {
    const refusal = this.refusal(header, Buffer.alloc(0));
    if (refusal !== undefined) {
      this.wire.reject(header, refusal);
      return;
    }
    const shape = shapeOf(header);
    if (this.tasks.has(shape.tag)) {
      this.begin(header, Buffer.alloc(0));
      return;
    }
    const isFinal = ((header[1] ?? 0) & flags.final) !== 0;
    if (isFinal) this.respond(shape, taskSetFull, 0);
    else this.add(header, decodeLun(header, 8), { outcome: taskSetFull, awaitsUnsolicited: true });
  }

  private interfered(interference: IscsiInterference, lun: number | undefined, cdb: Buffer): Step {
    const { nexus, scsi } = this;
    return interference.begin(
      { nexus, unitRef: scsi.unitRef(nexus, lun), cdb },
      {
        begin: () => scsi.begin(nexus, lun, cdb),
        checkCondition: (error) => scsi.checkCondition(nexus, lun, error),
        breakOff: () => this.wire.destroy(),
      },
    );
  }

  /** Why a command cannot be taken: its data or flags are not what was agreed on. */
  private refusal(header: Buffer, data: Buffer): number | undefined {
    const { immediateData, firstBurstBytes, initialR2t } = this.wire.parameters;
    const flagByte = header[1] ?? 0;
    const isWrite = (flagByte & flags.write) !== 0;
    const isFinal = (flagByte & flags.final) !== 0;
    if (header.readUInt32BE(16) === noTag) return rejectReasons.protocolError;
    if (data.length > 0 && (!immediateData || data.length > firstBurstBytes)) return rejectReasons.protocolError;
    if (!isFinal && (!isWrite || initialR2t)) return rejectReasons.protocolError;
    return this.tasks.size >= mostTasks ? rejectReasons.tooManyImmediate : undefined;
  }

  private wantsData(header: Buffer, lun: number | undefined, wants: WantsData, data: Buffer): void {
    const shape = shapeOf(header);
    const isFinal = ((header[1] ?? 0) & flags.final) !== 0;
    const expected = shape.isWrite ? shape.expectedBytes : 0;
    const isRefused =
      wants.exact === true
        ? expected !== wants.dataOutBytes
        : expected < wants.dataOutBytes && !(wants.takesLess === true && shape.isWrite);
    const needed = neededOf(wants, shape);
    const outcome = isRefused
      ? this.scsi.invalidLength(this.nexus, lun, wants.exact)
      : data.length >= needed && isFinal
        ? wants.finish(data.subarray(0, needed))
        : this.buffers.hasRoom(needed, Math.min(needed, this.wire.parameters.firstBurstBytes))
          ? undefined
          : taskSetFull;
    if (outcome instanceof Promise) this.await(this.add(header, lun, { wants }), outcome);
    else if (outcome === undefined) this.gather(this.add(header, lun, { wants, awaitsUnsolicited: !isFinal }), data);
    else if (isFinal) this.respond(shape, outcome, wants.dataOutBytes);
    else this.add(header, lun, { wants, outcome, awaitsUnsolicited: true });
  }

  private add(
    header: Buffer,
    lun: number | undefined,
    is: Partial<Pick<Task, 'outcome' | 'wants' | 'awaitsUnsolicited'>>,
  ): Task {
    const task: Task = {
      ...shapeOf(header),
      lun: Buffer.from(header.subarray(8, 16)),
      unitRef: this.scsi.unitRef(this.nexus, lun),
      nexusId: this.nexus.id,
      wants: is.wants,
      outcome: is.outcome,
      buffer: undefined,
      isWaiting: false,
      has: 0,
      awaitsUnsolicited: is.awaitsUnsolicited ?? false,
      unsolicitedHas: dataBytesOf(header),
      unsolicitedSerial: 0,
      solicited: [],
      askedFor: 0,
      r2tSerial: 0,
    };
    this.tasks.set(task.tag, task);
    if (task.isNumbered) this.numbered++;
    return task;
  }

  /** Puts the data of a command together: what came with it, what comes unasked, what is asked for. */
  private gather(task: Task, immediate: Buffer): void {
    const wanted = neededOf(task.wants, task);
    const { firstBurstBytes } = this.wire.parameters;
    task.buffer = this.buffers.take(wanted, wanted <= firstBurstBytes);
    if (task.buffer === undefined) {
      // Too much is being put together already: only what comes unasked has room, the rest is asked for later.
      task.buffer = this.buffers.takeBeside(firstBurstBytes);
      task.isWaiting = true;
      this.waiting.push(task);
    }
    task.has = immediate.copy(task.buffer, 0, 0, wanted);
    this.proceed(task);
  }

  private proceed(task: Task): void {
    if (task.awaitsUnsolicited) return;
    if (task.outcome !== undefined) {
      if (task.solicited.length === 0) this.finish(task, task.outcome);
      return;
    }
    const { wants, buffer } = task;
    if (wants === undefined || buffer === undefined || task.isWaiting) return;
    const needed = neededOf(wants, task);
    if (task.has < needed) {
      this.ask(task, needed);
      return;
    }
    const outcome = wants.finish(buffer);
    if (outcome instanceof Promise) this.await(task, outcome);
    else this.finish(task, outcome);
  }

  /** Asks for what is missing, in as many stretches at a time as were agreed on. */
  private ask(task: Task, needed: number): void {
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

  /** Data of a task that waits for it is put where it belongs while it comes. */
  place(header: Buffer, dataBytes: number): Buffer | undefined {
    const task = this.tasks.get(header.readUInt32BE(16));
    const offset = header.readUInt32BE(40);
    if (task?.buffer === undefined || task.outcome !== undefined || offset !== task.has) return undefined;
    return offset + dataBytes <= task.buffer.length ? task.buffer.subarray(offset, offset + dataBytes) : undefined;
  }

  /** Takes in a Data-Out PDU. */
  dataOut(header: Buffer, data: Buffer): void {
    const tag = header.readUInt32BE(16);
    const task = this.tasks.get(tag);
    if (task === undefined) {
      if (!this.aborted.has(tag)) this.wire.reject(header, rejectReasons.protocolError);
      return;
    }
    const isOrderly =
      header.readUInt32BE(20) === noTag ? this.unsolicited(task, header, data) : this.solicited(task, header, data);
    if (!isOrderly) task.outcome ??= this.scsi.dataPhaseError(this.nexus, decodeLun(task.lun, 0));
    else this.take(task, data, header.readUInt32BE(40));
    this.proceed(task);
  }

  /** Whether data that comes unasked is in order and within what was agreed on. */
  private unsolicited(task: Task, header: Buffer, data: Buffer): boolean {
    if (!task.awaitsUnsolicited) return false;
    const offset = header.readUInt32BE(40);
    const end = offset + data.length;
    const inOrder = header.readUInt32BE(36) === task.unsolicitedSerial && offset === task.unsolicitedHas;
    task.unsolicitedSerial++;
    task.unsolicitedHas = end;
    if (((header[1] ?? 0) & flags.final) !== 0) task.awaitsUnsolicited = false;
    return inOrder && end <= Math.min(this.wire.parameters.firstBurstBytes, task.expectedBytes);
  }

  /** Whether data that was asked for is in order, and ends where it should. */
  private solicited(task: Task, header: Buffer, data: Buffer): boolean {
    const transferTag = header.readUInt32BE(20);
    const burst = task.solicited.find((each: Solicited) => each.transferTag === transferTag);
    const isFinal = ((header[1] ?? 0) & flags.final) !== 0;
    if (burst === undefined) {
      // The initiator takes it for what was asked for: what it means will not come any more.
      if (isFinal) task.solicited.shift();
      return false;
    }
    const offset = header.readUInt32BE(40);
    // Stretches come in the order in which they were asked for, so what is there is always the beginning.
    const inOrder =
      header.readUInt32BE(36) === burst.dataSerial && offset === burst.offset + burst.has && offset === task.has;
    burst.dataSerial++;
    burst.has += data.length;
    if (isFinal || burst.has >= burst.bytes) task.solicited.splice(task.solicited.indexOf(burst), 1);
    return inOrder && burst.has <= burst.bytes && isFinal === (burst.has === burst.bytes);
  }

  /** Puts data in its place, unless it was put there while it came. */
  private take(task: Task, data: Buffer, offset: number): void {
    const { buffer } = task;
    if (buffer === undefined || task.outcome !== undefined) return;
    if (data.buffer !== buffer.buffer) data.copy(buffer, offset);
    task.has = Math.min(buffer.length, Math.max(task.has, offset + data.length));
  }

  private await(task: Task, outcome: Promise<Outcome>): void {
    outcome.then(
      (each) => this.finish(task, each),
      () => this.wire.destroy(),
    );
  }

  private finish(task: Task, outcome: Outcome): void {
    // Work that goes on when its command was ended otherwise is not answered a second time.
    if (!this.isUnderWay(task) || this.isClosed) return;
    if (task.awaitsUnsolicited) {
      task.outcome ??= outcome;
      return;
    }
    this.forget(task);
    this.respond(task, outcome, task.wants?.dataOutBytes ?? 0);
    this.nextWaiting();
  }

  private isUnderWay(task: Task): boolean {
    return this.tasks.get(task.tag) === task;
  }

  private forget(task: Task): void {
    this.release(task);
    if (task.buffer !== undefined && task.isWaiting) this.buffers.loseBeside(task.buffer);
    else if (task.buffer !== undefined) this.buffers.give(task.buffer);
    task.buffer = undefined;
  }

  /** The task is none any more, and what it has of the window is free. */
  private release(task: Task): void {
    this.tasks.delete(task.tag);
    if (task.isNumbered) this.numbered--;
  }

  /** Buffers came back: commands that wait for one go on. */
  private nextWaiting(): void {
    for (let [task] = this.waiting; task !== undefined; [task] = this.waiting) {
      const isUnderWay = this.isUnderWay(task);
      const needed = neededOf(task.wants, task);
      if (isUnderWay && !this.buffers.hasRoom(needed, needed)) task.outcome ??= taskSetFull;
      else if (isUnderWay) {
        const buffer = this.buffers.take(needed);
        if (buffer === undefined) return;
        task.buffer?.copy(buffer, 0, 0, task.has);
        // The rest of a PDU of which half has come still goes where the first half went.
        if (task.buffer !== undefined) this.buffers.loseBeside(task.buffer);
        task.buffer = buffer;
        task.isWaiting = false;
      }
      this.waiting.shift();
      if (isUnderWay) this.proceed(task);
    }
  }

  /** Answers a command: data for the initiator, status, sense, and how much more or less than expected was transferred. */
  private respond(shape: CommandShape, outcome: Outcome, wantedBytes: number): void {
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

  /** Ends one task without an answer. False when it is not, or no longer, under way. */
  abortTask(tag: number): boolean {
    const task = this.tasks.get(tag);
    if (task === undefined) return false;
    this.drop(task);
    this.nextWaiting();
    return true;
  }

  /** Ends tasks, without an answer or with TASK ABORTED; how many they were. */
  abort(which: (task: Task) => boolean, isAnswered = false): number {
    const ended = [...this.tasks.values()].filter(which);
    for (const task of ended) {
      if (isAnswered) this.answerAborted(task);
      else this.drop(task);
    }
    this.nextWaiting();
    return ended.length;
  }

  /** Data that was asked for still comes, before the answer, and is thrown away. */
  private answerAborted(task: Task): void {
    task.outcome = { status: status.taskAborted };
    this.proceed(task);
  }

  close(): void {
    this.isClosed = true;
    this.abort(() => true);
  }

  private drop(task: Task): void {
    this.release(task);
    // Half of a PDU may have come: the other half still goes where the first one went.
    if (task.buffer !== undefined && task.isWaiting) this.buffers.loseBeside(task.buffer);
    else if (task.buffer !== undefined) this.buffers.lose(task.buffer);
    task.buffer = undefined;
    this.aborted.add(task.tag);
    const [oldest] = this.aborted;
    if (this.aborted.size > mostTasks && oldest !== undefined) this.aborted.delete(oldest);
  }
}

/** There is no memory for what a command transfers: the initiator sends it again later. */
const taskSetFull: Outcome = { status: status.taskSetFull };

function shapeOf(header: Buffer): CommandShape {
  const flagByte = header[1] ?? 0;
  return {
    tag: header.readUInt32BE(16),
    isRead: (flagByte & flags.read) !== 0,
    isWrite: (flagByte & flags.write) !== 0,
    expectedBytes: header.readUInt32BE(20),
    unitNumber: decodeLun(header, 8),
    isNumbered: !isImmediate(header),
  };
}

/** Bytes to put together for a command: what it wants, or what the initiator means to send when that is less. */
function neededOf(wants: WantsData | undefined, { expectedBytes }: CommandShape): number {
  return Math.min(wants?.dataOutBytes ?? 0, expectedBytes);
}

/** The command; one longer than 16 bytes goes on in an additional header segment. */
function cdbOf(header: Buffer): Buffer {
  const first = header.subarray(32, headerBytes);
  if (header.length === headerBytes || (header[headerBytes + 2] ?? 0) !== 1) return first;
  const more = header.readUInt16BE(headerBytes) - 1;
  return Buffer.concat([first, header.subarray(headerBytes + 4, headerBytes + 4 + Math.max(0, more))]);
}

function lengthOf(sense: Buffer): Buffer {
  const length = Buffer.allocUnsafe(2);
  length.writeUInt16BE(sense.length);
  return length;
}
