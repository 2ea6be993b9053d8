import type { LoginResult } from './login.js';
import { negotiate } from './negotiation.js';
import {
  before,
  dataBytesOf,
  flags,
  headerBytes,
  isImmediate,
  newHeader,
  next,
  noTag,
  opcodeOf,
  opcodes,
  rejectReasons,
} from './pdu.js';
import type { PduSink } from './pdu-reader.js';
import { decodeLun } from './scsi/lun.js';
import type { ScsiTarget } from './scsi/scsi-target.js';
import type { Nexus, Outcome, WantsData } from './scsi/types.js';
import { GatherBuffers, type Solicited, type Task } from './tasks.js';
import { formatText, parseText, TextError } from './text-keys.js';

/** How commands get through a connection. */
export interface Wire {
  /** Sends a PDU; the pieces are sent as they are, without a copy. */
  send(header: Buffer, pieces?: readonly Uint8Array[], dataBytes?: number): void;
  /** More is waiting to be sent than should be: no command is begun meanwhile. */
  isCongested(): boolean;
  /** Ends the connection once everything is sent. */
  end(): void;
  destroy(): void;
}

/** What a session needs of the target as a whole. */
export interface SessionHost {
  readonly scsi: ScsiTarget;
  /** What a SendTargets request is answered with; undefined rejects it. */
  targetsFor(session: Session, value: string): readonly (readonly [string, string])[] | undefined;
  /** Drops all connections, after a cold reset. */
  dropAll(): void;
}

/** Commands that an initiator may have under way. */
const windowSize = 128;

/** Bytes of written data that are put together at a time. */
const mostGathered = 2 ** 26;

/** Bytes of text that one request may have in all. */
const mostTextBytes = 65_536;

/** Looks of the target at its sessions until a silent one is asked, and until it is given up. */
const looksUntilPing = 12;
const looksUntilDead = 18;

const nothing: Buffer = Buffer.alloc(0);

/** The full feature phase of one connection, which is the whole session: commands, data, tasks (source: RFC 7143). */
export class Session implements PduSink {
  private expectedCommand: number;
  private numberedOpen = 0;
  /** Commands that came before their turn. A gap that was aborted is undefined. */
  private readonly held = new Map<number, { readonly header: Buffer; readonly data: Buffer } | undefined>();
  private readonly tasks = new Map<number, Task>();
  /** Tasks that wait for a buffer to gather their data in. */
  private readonly waiting: Task[] = [];
  private readonly buffers = new GatherBuffers(mostGathered);
  /** Tags of tasks that were aborted: data may still come for them. */
  private readonly aborted = new Set<number>();
  private nextTransferTag = 1;
  private text: Buffer[] = [];
  private textBytes = 0;
  private unsentText: Buffer = nothing;
  private silentLooks = 0;
  private isClosed = false;

  constructor(
    private readonly wire: Wire,
    private readonly host: SessionHost,
    readonly login: LoginResult,
    readonly nexus: Nexus,
    readonly tsih: number,
    private statSerial: number,
  ) {
    this.expectedCommand = login.commandSerial;
    if (!login.isDiscovery) host.scsi.attach(nexus);
  }

  // What comes

  receive(header: Buffer, data: Buffer): void {
    this.silentLooks = 0;
    const opcode = opcodeOf(header);
    if (opcode === opcodes.dataOut) return this.dataOut(header, data);
    if (opcode === opcodes.snack) return this.reject(header, rejectReasons.snack);
    if (opcode === opcodes.login) {
      this.reject(header, rejectReasons.protocolError);
      return this.wire.end();
    }
    if (opcode > opcodes.logout) return this.reject(header, rejectReasons.notSupported);
    if (isImmediate(header)) return this.execute(header, data);
    const serial = header.readUInt32BE(24);
    if (before(serial, this.expectedCommand) || before(this.lastCommand(), serial)) return;
    if (serial !== this.expectedCommand || this.wire.isCongested()) {
      if (!this.held.has(serial)) this.held.set(serial, { header: Buffer.from(header), data: Buffer.from(data) });
      return;
    }
    this.expectedCommand = next(serial);
    this.execute(header, data);
    if (this.held.size > 0) this.resume();
  }

  /** Goes on with commands that were held, as far as they are next. */
  resume(): void {
    while (this.held.has(this.expectedCommand) && !this.wire.isCongested() && !this.isClosed) {
      const command = this.held.get(this.expectedCommand);
      this.held.delete(this.expectedCommand);
      this.expectedCommand = next(this.expectedCommand);
      if (command !== undefined) this.execute(command.header, command.data);
    }
  }

  damaged(header: Buffer): void {
    // Without error recovery, data that was lost cannot be had again.
    this.reject(header, rejectReasons.dataDigest);
    this.wire.end();
  }

  /** Data of a task that waits for it is put where it belongs at once. */
  place(header: Buffer, dataBytes: number): Buffer | undefined {
    if (opcodeOf(header) !== opcodes.dataOut) return undefined;
    const task = this.tasks.get(header.readUInt32BE(16));
    const offset = header.readUInt32BE(40);
    if (task?.buffer === undefined || task.outcome !== undefined || offset !== task.has) return undefined;
    return offset + dataBytes <= task.buffer.length ? task.buffer.subarray(offset, offset + dataBytes) : undefined;
  }

  private execute(header: Buffer, data: Buffer): void {
    const opcode = opcodeOf(header);
    if (this.login.isDiscovery && (opcode === opcodes.scsiCommand || opcode === opcodes.taskManagement))
      return this.reject(header, rejectReasons.protocolError);
    switch (opcode) {
      case opcodes.scsiCommand:
        return this.command(header, data);
      case opcodes.nopOut:
        return this.ping(header, data);
      case opcodes.text:
        return this.textRequest(header, data);
      case opcodes.taskManagement:
        return this.manage(header);
      default:
        return this.logout(header);
    }
  }

  // Commands and their data

  private command(header: Buffer, data: Buffer): void {
    const { parameters } = this.login;
    const tag = header.readUInt32BE(16);
    const flagByte = header[1] ?? 0;
    const isWrite = (flagByte & flags.write) !== 0;
    const isFinal = (flagByte & flags.final) !== 0;
    if (tag === noTag || (data.length > 0 && (!parameters.immediateData || data.length > parameters.firstBurstBytes)))
      return this.reject(header, rejectReasons.protocolError);
    if (!isFinal && (!isWrite || parameters.initialR2t)) return this.reject(header, rejectReasons.protocolError);
    if (this.tasks.size >= 2 * windowSize) return this.reject(header, rejectReasons.tooManyImmediate);
    const lun = decodeLun(header, 8);
    const { scsi } = this.host;
    const overlapped = this.tasks.get(tag);
    if (overlapped !== undefined) {
      this.drop(overlapped);
      return this.respond(shapeOf(header), scsi.overlapped(this.nexus, lun), 0);
    }
    this.aborted.delete(tag);
    const step = scsi.begin(this.nexus, lun, cdbOf(header));
    if (!(step instanceof Promise) && !('finish' in step)) {
      if (isFinal) return this.respond(shapeOf(header), step, 0);
      this.add(header, lun, { outcome: step });
      return;
    }
    if (step instanceof Promise) {
      this.await(this.add(header, lun, { awaitsUnsolicited: !isFinal }), step);
      return;
    }
    const wanted = step.dataOutBytes;
    if (wanted > 0 && (!isWrite || header.readUInt32BE(20) < wanted)) {
      const refusal = scsi.invalidLength(this.nexus, lun);
      if (isFinal) return this.respond(shapeOf(header), refusal, wanted);
      this.add(header, lun, { outcome: refusal, wants: step });
      return;
    }
    if (data.length >= wanted && isFinal) {
      const outcome = step.finish(data.subarray(0, wanted));
      if (!(outcome instanceof Promise)) return this.respond(shapeOf(header), outcome, wanted);
      this.await(this.add(header, lun, { wants: step }), outcome);
      return;
    }
    this.gather(this.add(header, lun, { wants: step, awaitsUnsolicited: !isFinal }), data);
  }

  private add(
    header: Buffer,
    lun: number | undefined,
    is: Partial<Pick<Task, 'outcome' | 'wants' | 'awaitsUnsolicited'>>,
  ): Task {
    const task: Task = {
      ...shapeOf(header),
      lun: Buffer.from(header.subarray(8, 16)),
      unitRef: this.host.scsi.unitRef(this.nexus, lun),
      nexusId: this.nexus.id,
      wants: is.wants,
      outcome: is.outcome,
      buffer: undefined,
      has: 0,
      awaitsUnsolicited: is.awaitsUnsolicited ?? is.outcome !== undefined,
      unsolicitedHas: dataBytesOf(header),
      unsolicitedSerial: 0,
      isWaiting: false,
      solicited: [],
      askedFor: 0,
      r2tSerial: 0,
      isAborted: false,
    };
    this.tasks.set(task.tag, task);
    if (task.isNumbered) this.numberedOpen++;
    return task;
  }

  /** Puts the data of a command together: what came with it, what comes unasked, what is asked for. */
  private gather(task: Task, immediate: Buffer): void {
    const wanted = task.wants?.dataOutBytes ?? 0;
    const { firstBurstBytes } = this.login.parameters;
    task.buffer = this.buffers.take(wanted, wanted <= firstBurstBytes);
    if (task.buffer === undefined) {
      // Too much is being put together already: only what comes unasked has room, the rest is asked for later.
      task.buffer = Buffer.allocUnsafe(firstBurstBytes);
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
    if (task.has === wants.dataOutBytes) {
      const outcome = wants.finish(buffer);
      if (outcome instanceof Promise) this.await(task, outcome);
      else this.finish(task, outcome);
      return;
    }
    this.ask(task, wants);
  }

  private ask(task: Task, wants: WantsData): void {
    const { maxBurstBytes, maxOutstandingR2t } = this.login.parameters;
    task.askedFor = Math.max(task.askedFor, task.has);
    while (task.solicited.length < maxOutstandingR2t && task.askedFor < wants.dataOutBytes) {
      const bytes = Math.min(maxBurstBytes, wants.dataOutBytes - task.askedFor);
      const transferTag = this.takeTransferTag();
      task.solicited.push({ transferTag, offset: task.askedFor, bytes, has: 0, dataSerial: 0 });
      const header = newHeader(opcodes.readyToTransfer, flags.final, task.tag);
      task.lun.copy(header, 8);
      header.writeUInt32BE(transferTag, 20);
      this.stamp(header, this.statSerial);
      header.writeUInt32BE(task.r2tSerial, 36);
      header.writeUInt32BE(task.askedFor, 40);
      header.writeUInt32BE(bytes, 44);
      task.r2tSerial++;
      task.askedFor += bytes;
      this.wire.send(header);
    }
  }

  private takeTransferTag(): number {
    const tag = this.nextTransferTag;
    this.nextTransferTag = tag === noTag - 1 ? 1 : tag + 1;
    return tag;
  }

  private dataOut(header: Buffer, data: Buffer): void {
    const tag = header.readUInt32BE(16);
    const task = this.tasks.get(tag);
    const isFinal = ((header[1] ?? 0) & flags.final) !== 0;
    if (task === undefined) {
      if (!this.aborted.has(tag)) this.reject(header, rejectReasons.protocolError);
      return;
    }
    const transferTag = header.readUInt32BE(20);
    const serial = header.readUInt32BE(36);
    const offset = header.readUInt32BE(40);
    if (transferTag === noTag) {
      if (!task.awaitsUnsolicited) return this.fail(task);
      const end = offset + data.length;
      const inOrder = serial === task.unsolicitedSerial && offset === task.unsolicitedHas;
      const fits = end <= Math.min(this.login.parameters.firstBurstBytes, task.expectedBytes);
      task.unsolicitedSerial++;
      task.unsolicitedHas = end;
      if (isFinal) task.awaitsUnsolicited = false;
      if (!inOrder || !fits) return this.fail(task);
      this.take(task, data, offset);
      return this.proceed(task);
    }
    const burst = task.solicited.find((each) => each.transferTag === transferTag);
    if (burst === undefined) return this.fail(task);
    this.burstPart(task, burst, { serial, offset, data, isFinal });
  }

  private burstPart(
    task: Task,
    burst: Solicited,
    part: { readonly serial: number; readonly offset: number; readonly data: Buffer; readonly isFinal: boolean },
  ): void {
    const inOrder = part.serial === burst.dataSerial && part.offset === burst.offset + burst.has;
    burst.dataSerial++;
    burst.has += part.data.length;
    const fits = burst.has <= burst.bytes && part.isFinal === (burst.has === burst.bytes);
    if (part.isFinal || burst.has >= burst.bytes) task.solicited.splice(task.solicited.indexOf(burst), 1);
    if (!inOrder || !fits) return this.fail(task);
    this.take(task, part.data, part.offset);
    this.proceed(task);
  }

  /** Puts data in its place, unless it was put there while it came. */
  private take(task: Task, data: Buffer, offset: number): void {
    const { buffer } = task;
    if (buffer === undefined || task.outcome !== undefined) return;
    if (data.buffer !== buffer.buffer) data.copy(buffer, offset);
    task.has = Math.min(buffer.length, Math.max(task.has, offset + data.length));
  }

  /** Data that is out of order or place: the command fails once what was asked for has come. */
  private fail(task: Task): void {
    task.outcome ??= this.host.scsi.dataPhaseError(this.nexus, decodeLun(task.lun, 0));
    this.proceed(task);
  }

  private await(task: Task, outcome: Promise<Outcome>): void {
    outcome.then(
      (each) => this.finish(task, each),
      () => this.wire.destroy(),
    );
  }

  private finish(task: Task, outcome: Outcome): void {
    if (task.isAborted || this.isClosed) return;
    if (task.awaitsUnsolicited) {
      task.outcome = outcome;
      return;
    }
    this.forget(task);
    this.respond(task, outcome, task.wants?.dataOutBytes ?? 0);
    this.nextWaiting();
  }

  private forget(task: Task): void {
    this.tasks.delete(task.tag);
    if (task.isNumbered) this.numberedOpen--;
    if (task.buffer !== undefined && !task.isWaiting) this.buffers.give(task.buffer);
    task.buffer = undefined;
  }

  /** Buffers came back: whoever waits for one goes on. */
  private nextWaiting(): void {
    while (this.waiting.length > 0) {
      const [task] = this.waiting;
      if (task === undefined) return;
      if (!task.isAborted) {
        const buffer = this.buffers.take(task.wants?.dataOutBytes ?? 0);
        if (buffer === undefined) return;
        task.buffer?.copy(buffer, 0, 0, task.has);
        task.buffer = buffer;
        task.isWaiting = false;
      }
      this.waiting.shift();
      if (!task.isAborted) this.proceed(task);
    }
  }

  /** Answers a command: data for the initiator, status, sense, and what was transferred more or less than expected. */
  private respond(shape: TaskShape, outcome: Outcome, wantedBytes: number): void {
    const { expectedBytes } = shape;
    const isGood = outcome.status === 0 && outcome.sense === undefined;
    const moved =
      shape.isWrite && !shape.isRead
        ? isGood || wantedBytes > expectedBytes
          ? wantedBytes
          : 0
        : (outcome.dataInBytes ?? 0);
    const residual = Math.abs(moved - expectedBytes);
    const residualFlag = moved > expectedBytes ? flags.overflow : moved < expectedBytes ? flags.underflow : 0;
    const bytes = shape.isRead ? Math.min(moved, expectedBytes) : 0;
    let dataSerial = 0;
    if (bytes > 0 && outcome.dataIn !== undefined) {
      dataSerial = this.dataIn(shape.tag, outcome.dataIn, bytes, isGood ? { residual, residualFlag } : undefined);
      if (isGood) return;
    }
    const sense = outcome.sense === undefined ? undefined : [lengthOf(outcome.sense), outcome.sense];
    const senseBytes = outcome.sense === undefined ? 0 : 2 + outcome.sense.length;
    const header = newHeader(opcodes.scsiResponse, flags.final | residualFlag, shape.tag, senseBytes);
    header[3] = outcome.status;
    this.stampStatus(header);
    header.writeUInt32BE(dataSerial, 36);
    header.writeUInt32BE(residual >>> 0, 44);
    this.wire.send(header, sense, senseBytes);
  }

  /** Sends data in PDUs that the initiator takes; the last one bears the status if it is good. Returns how many they were. */
  private dataIn(
    tag: number,
    segments: readonly Uint8Array[],
    bytes: number,
    end: { readonly residual: number; readonly residualFlag: number } | undefined,
  ): number {
    const { initiatorDataBytes, maxBurstBytes } = this.login.parameters;
    const pieces = new Pieces(segments);
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
        this.stampStatus(header);
        header.writeUInt32BE(end.residual, 44);
      } else {
        this.stamp(header, 0);
      }
      header.writeUInt32BE(serial, 36);
      header.writeUInt32BE(offset, 40);
      this.wire.send(header, pieces.take(length), length);
      offset += length;
    }
    return serial;
  }

  // Everything that is no command

  private ping(header: Buffer, data: Buffer): void {
    const tag = header.readUInt32BE(16);
    if (tag === noTag) return;
    const bytes = Math.min(data.length, this.login.parameters.initiatorDataBytes);
    const answer = newHeader(opcodes.nopIn, flags.final, tag, bytes);
    header.copy(answer, 8, 8, 16);
    answer.writeUInt32BE(noTag, 20);
    this.stampStatus(answer);
    this.wire.send(answer, bytes === 0 ? undefined : [data.subarray(0, bytes)], bytes);
  }

  private textRequest(header: Buffer, data: Buffer): void {
    const flagByte = header[1] ?? 0;
    const transferTag = header.readUInt32BE(20);
    if (transferTag !== noTag && this.unsentText.length > 0) return this.sendText(header);
    this.unsentText = nothing;
    this.textBytes += data.length;
    if (this.textBytes > mostTextBytes) {
      this.text = [];
      this.textBytes = 0;
      return this.reject(header, rejectReasons.protocolError);
    }
    this.text.push(Buffer.from(data));
    if ((flagByte & flags.continues) !== 0) {
      const answer = newHeader(opcodes.textResponse, 0, header.readUInt32BE(16));
      answer.writeUInt32BE(this.takeTransferTag(), 20);
      this.stampStatus(answer);
      return this.wire.send(answer);
    }
    const whole = Buffer.concat(this.text);
    this.text = [];
    this.textBytes = 0;
    try {
      const answers: (readonly [string, string])[] = [];
      for (const [key, value] of parseText(whole)) {
        const said = this.textAnswer(key, value);
        if (said === undefined) return this.reject(header, rejectReasons.invalidField);
        answers.push(...said);
      }
      this.unsentText = formatText(answers);
      this.sendText(header);
    } catch (error) {
      if (!(error instanceof TextError)) throw error;
      this.reject(header, rejectReasons.protocolError);
    }
  }

  private textAnswer(key: string, value: string): readonly (readonly [string, string])[] | undefined {
    if (key === 'SendTargets') return this.host.targetsFor(this, value);
    if (key === 'MaxRecvDataSegmentLength') {
      const refused = negotiate(key, value, this.login.parameters);
      return refused === undefined ? [] : [[key, refused]];
    }
    if (/^(X-|X#|InitiatorAlias$)/.test(key)) return key === 'InitiatorAlias' ? [] : [[key, 'NotUnderstood']];
    // All else was agreed on at login, or is no key at all.
    return undefined;
  }

  /** As much of the text as the initiator takes in one PDU; it asks for the rest. */
  private sendText(request: Buffer): void {
    const piece = this.unsentText.subarray(0, this.login.parameters.initiatorDataBytes);
    this.unsentText = this.unsentText.subarray(piece.length);
    const isLast = this.unsentText.length === 0;
    const flagByte = isLast ? flags.final : flags.continues;
    const answer = newHeader(opcodes.textResponse, flagByte, request.readUInt32BE(16), piece.length);
    request.copy(answer, 8, 8, 16);
    answer.writeUInt32BE(isLast ? noTag : this.takeTransferTag(), 20);
    this.stampStatus(answer);
    this.wire.send(answer, [piece], piece.length);
  }

  private logout(header: Buffer): void {
    const reason = (header[1] ?? 0) & 0x7f;
    const isOther = reason === 1 && header.readUInt16BE(20) !== this.login.connectionId;
    const response = reason > 1 ? 2 : isOther ? 1 : 0;
    if (response === 0) for (const task of [...this.tasks.values()]) this.drop(task);
    const answer = newHeader(opcodes.logoutResponse, flags.final, header.readUInt32BE(16));
    answer[2] = response;
    this.stampStatus(answer);
    answer.writeUInt16BE(2, 40);
    this.wire.send(answer);
    if (response === 0) this.wire.end();
  }

  private manage(header: Buffer): void {
    const response = this.managed(header);
    const answer = newHeader(opcodes.taskManagementResponse, flags.final, header.readUInt32BE(16));
    answer[2] = response;
    this.stampStatus(answer);
    this.wire.send(answer);
    if (((header[1] ?? 0) & 0x7f) === 7 && response === 0) this.host.dropAll();
  }

  /** Does what a task management request says; the response code. */
  private managed(header: Buffer): number {
    const { scsi } = this.host;
    const lun = decodeLun(header, 8);
    const unitRef = scsi.unitRef(this.nexus, lun);
    switch ((header[1] ?? 0) & 0x7f) {
      case 1:
        return this.abortTask(header);
      case 2:
        if (unitRef === undefined) return 2;
        this.abort((task) => task.unitRef === unitRef);
        return 0;
      case 4:
        if (unitRef === undefined) return 2;
        scsi.clearTasks(unitRef);
        return 0;
      case 5:
        return scsi.resetUnit(this.nexus, lun) ? 0 : 2;
      case 6:
      case 7:
        scsi.resetAll();
        return 0;
      case 8:
        return 4;
      default:
        return 5;
    }
  }

  private abortTask(header: Buffer): number {
    const tag = header.readUInt32BE(20);
    const task = this.tasks.get(tag);
    if (task !== undefined) {
      this.drop(task);
      return 0;
    }
    for (const [serial, held] of this.held) {
      if (held === undefined || held.header.readUInt32BE(16) !== tag) continue;
      this.held.set(serial, undefined);
      return 0;
    }
    // A command that has not come yet counts as come, and as aborted.
    const serial = header.readUInt32BE(32);
    if (before(serial, this.expectedCommand) || before(this.lastCommand(), serial)) return 1;
    if (!before(serial, header.readUInt32BE(24))) return 1;
    this.held.set(serial, undefined);
    this.resume();
    return 0;
  }

  /** Ends tasks without an answer. */
  abort(which: (task: Task) => boolean): void {
    for (const task of [...this.tasks.values()]) if (which(task)) this.drop(task);
  }

  private drop(task: Task): void {
    task.isAborted = true;
    this.forget(task);
    this.aborted.add(task.tag);
    if (this.aborted.size > 2 * windowSize) for (const oldest of this.aborted) return void this.aborted.delete(oldest);
  }

  private reject(header: Buffer, reason: number): void {
    const answer = newHeader(opcodes.reject, flags.final, noTag, header.length);
    answer[2] = reason;
    this.stampStatus(answer);
    this.wire.send(answer, [header], header.length);
  }

  /** Tells the initiator of something it did not ask for. Events: 1 asks for a logout, 2 and 3 announce the end. */
  announce(event: number, parameters: readonly [number, number, number] = [0, 0, 0]): void {
    const message = newHeader(opcodes.asyncMessage, flags.final, noTag);
    this.stampStatus(message);
    message[36] = event;
    for (const [index, value] of parameters.entries()) message.writeUInt16BE(value, 38 + 2 * index);
    this.wire.send(message);
  }

  /** Looks after a silent initiator: asks whether it is there, and gives it up. */
  look(): void {
    this.silentLooks++;
    if (this.silentLooks >= looksUntilDead) return this.wire.destroy();
    if (this.silentLooks !== looksUntilPing) return;
    const ping = newHeader(opcodes.nopIn, flags.final, noTag);
    ping.writeUInt32BE(this.takeTransferTag(), 20);
    this.stamp(ping, this.statSerial);
    this.wire.send(ping);
  }

  /** The connection is gone: whatever was under way is forgotten. */
  closed(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    for (const task of [...this.tasks.values()]) this.drop(task);
    this.held.clear();
    if (!this.login.isDiscovery) this.host.scsi.detach(this.nexus);
  }

  close(): void {
    this.wire.end();
  }

  destroy(): void {
    this.wire.destroy();
  }

  private lastCommand(): number {
    return next(this.expectedCommand, windowSize - 1 - this.numberedOpen);
  }

  private stamp(header: Buffer, statSerial: number): void {
    header.writeUInt32BE(statSerial, 24);
    header.writeUInt32BE(this.expectedCommand, 28);
    header.writeUInt32BE(this.lastCommand(), 32);
  }

  private stampStatus(header: Buffer): void {
    this.stamp(header, this.statSerial);
    this.statSerial = next(this.statSerial);
  }
}

type TaskShape = Pick<Task, 'tag' | 'isRead' | 'isWrite' | 'expectedBytes' | 'isNumbered'>;

function shapeOf(header: Buffer): TaskShape {
  const flagByte = header[1] ?? 0;
  return {
    tag: header.readUInt32BE(16),
    isRead: (flagByte & flags.read) !== 0,
    isWrite: (flagByte & flags.write) !== 0,
    expectedBytes: header.readUInt32BE(20),
    isNumbered: !isImmediate(header),
  };
}

/** The command; one longer than 16 bytes goes on in an additional header segment. */
function cdbOf(header: Buffer): Buffer {
  const first = header.subarray(32, headerBytes);
  if (header.length === headerBytes || (header[headerBytes + 2] ?? 0) !== 1) return first;
  const more = header.readUInt16BE(headerBytes) - 1;
  return Buffer.concat([first, header.subarray(headerBytes + 4, headerBytes + 4 + more)]);
}

function lengthOf(sense: Buffer): Buffer {
  const length = Buffer.allocUnsafe(2);
  length.writeUInt16BE(sense.length);
  return length;
}

/** Cuts pieces of memory into the lengths that PDUs have, without copying. */
class Pieces {
  private index = 0;
  private at = 0;

  constructor(private readonly segments: readonly Uint8Array[]) {}

  take(bytes: number): readonly Uint8Array[] {
    const taken: Uint8Array[] = [];
    for (let left = bytes; left > 0; ) {
      const segment = this.segments[this.index];
      if (segment === undefined) throw new RangeError(`${left} bytes of a command's data are missing`);
      const end = Math.min(segment.length, this.at + left);
      taken.push(this.at === 0 && end === segment.length ? segment : segment.subarray(this.at, end));
      left -= end - this.at;
      this.at = end;
      if (end === segment.length) {
        this.index++;
        this.at = 0;
      }
    }
    return taken;
  }
}
