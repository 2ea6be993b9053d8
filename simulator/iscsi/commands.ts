import { Bursts } from './bursts.js';
import { cdbOf, isFinal, shapeOf } from './command-header.js';
import type { CommandWire } from './command-wire.js';
import { GatherBuffers } from './gather-buffers.js';
import type { IscsiInterference } from './interference.js';
import type { MemoryBudget } from './memory-budget.js';
import type { IscsiObserver } from './observer.js';
import { dataBytesOf, flags, noTag, rejectReasons } from './pdu.js';
import { Responses, taskSetFull } from './responses.js';
import { decodeLun } from './scsi/lun.js';
import type { ScsiTarget } from './scsi/scsi-target.js';
import { status } from './scsi/sense.js';
import type { Nexus, Outcome, Step, WantsData } from './scsi/types.js';
import { neededOf, type Task } from './task.js';

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
  private readonly bursts: Bursts;
  private readonly responses: Responses;
  /** Tags of tasks that were aborted: data may still come for them. */
  private readonly aborted = new Set<number>();
  private isClosed = false;
  /** Commands under way that take a place in the window. */
  numbered = 0;

  constructor(
    private readonly wire: CommandWire,
    private readonly scsi: ScsiTarget,
    private readonly nexus: Nexus,
    memory: MemoryBudget,
    private readonly interference?: IscsiInterference,
    observer?: IscsiObserver,
  ) {
    this.buffers = new GatherBuffers(mostGathered, memory);
    this.bursts = new Bursts(wire);
    this.responses = new Responses(wire, scsi, nexus, observer);
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
      this.responses.respond(shape, this.scsi.overlapped(this.nexus, lun), 0);
      this.nextWaiting();
      return;
    }
    this.aborted.delete(shape.tag);
    const awaitsUnsolicited = !isFinal(header);
    const cdb = cdbOf(header);
    const step = this.interference?.active
      ? this.interfered(this.interference, lun, cdb)
      : this.scsi.begin(this.nexus, lun, cdb);
    if (step instanceof Promise) this.await(this.add(header, lun, { awaitsUnsolicited }), step);
    else if ('finish' in step) this.wantsData(header, lun, step, data);
    else if (awaitsUnsolicited) this.add(header, lun, { outcome: step, awaitsUnsolicited });
    else this.responses.respond(shape, step, 0);
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
    if (isFinal(header)) this.responses.respond(shape, taskSetFull, 0);
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
    if (header.readUInt32BE(16) === noTag) return rejectReasons.protocolError;
    if (data.length > 0 && (!immediateData || data.length > firstBurstBytes)) return rejectReasons.protocolError;
    if (!isFinal(header) && (!isWrite || initialR2t)) return rejectReasons.protocolError;
    return this.tasks.size >= mostTasks ? rejectReasons.tooManyImmediate : undefined;
  }

  private wantsData(header: Buffer, lun: number | undefined, wants: WantsData, data: Buffer): void {
    const shape = shapeOf(header);
    const awaitsUnsolicited = !isFinal(header);
    const expected = shape.isWrite ? shape.expectedBytes : 0;
    const isRefused =
      wants.exact === true
        ? expected !== wants.dataOutBytes
        : expected < wants.dataOutBytes && !(wants.takesLess === true && shape.isWrite);
    const needed = neededOf(wants, shape);
    const outcome = isRefused
      ? this.scsi.invalidLength(this.nexus, lun, wants.exact)
      : data.length >= needed && !awaitsUnsolicited
        ? wants.finish(data.subarray(0, needed))
        : this.buffers.hasRoom(needed, Math.min(needed, this.wire.parameters.firstBurstBytes))
          ? undefined
          : taskSetFull;
    if (outcome instanceof Promise) this.await(this.add(header, lun, { wants }), outcome);
    else if (outcome === undefined) this.gather(this.add(header, lun, { wants, awaitsUnsolicited }), data);
    else if (awaitsUnsolicited) this.add(header, lun, { wants, outcome, awaitsUnsolicited });
    else this.responses.respond(shape, outcome, wants.dataOutBytes);
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
      this.bursts.ask(task, needed);
      return;
    }
    const outcome = wants.finish(buffer);
    if (outcome instanceof Promise) this.await(task, outcome);
    else this.finish(task, outcome);
  }

  /** A tag for what the target asks or says. */
  takeTransferTag(): number {
    return this.bursts.takeTransferTag();
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
    if (!this.bursts.isInOrder(task, header, data.length))
      task.outcome ??= this.scsi.dataPhaseError(this.nexus, decodeLun(task.lun, 0));
    else this.take(task, data, header.readUInt32BE(40));
    this.proceed(task);
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
    this.responses.respond(task, outcome, task.wants?.dataOutBytes ?? 0);
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
