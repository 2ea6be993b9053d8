import type { CommandWire } from './command-wire.js';
import { Commands } from './commands.js';
import type { IscsiInterference } from './interference.js';
import type { LoginResult } from './login.js';
import type { MemoryBudget } from './memory-budget.js';
import type { SessionParameters } from './negotiation.js';
import type { IscsiObserver } from './observer.js';
import { before, flags, isImmediate, newHeader, next, noTag, opcodeOf, opcodes, rejectReasons } from './pdu.js';
import type { PduSink } from './pdu-reader.js';
import { decodeLun } from './scsi/lun.js';
import type { ScsiTarget } from './scsi/scsi-target.js';
import type { Nexus } from './scsi/types.js';
import type { Task } from './task.js';
import { TextRequests } from './text-requests.js';

/** How PDUs get through a connection. */
export interface Wire {
  /** Sends a PDU; the pieces are sent as they are, without a copy. */
  send(header: Buffer, pieces?: readonly Uint8Array[], dataBytes?: number): void;
  /** More is waiting to be sent than should be: no command is begun meanwhile. */
  isCongested(): boolean;
  /** Whether so much may be sent now; where it is sent as it lies in memory it always may. */
  hasRoomToSend(bytes: number): boolean;
  /** Ends the connection once everything is sent. */
  end(): void;
  destroy(): void;
}

/** What a session needs of the target as a whole. */
export interface SessionHost {
  readonly scsi: ScsiTarget;
  readonly memory: MemoryBudget;
  readonly interference?: IscsiInterference | undefined;
  readonly observer?: IscsiObserver | undefined;
  /** What a SendTargets request is answered with; undefined rejects it. */
  targetsFor(session: Session, value: string): readonly (readonly [string, string])[] | undefined;
  /** Drops all connections, after a cold reset. */
  dropAll(): void;
}

/** Commands that an initiator may have under way. */
const windowSize = 128;

/** Looks of the target at its sessions until a silent one is asked, and until it is given up. */
const looksUntilPing = 12;
const looksUntilDead = 18;

/** Seconds after which an initiator may come back. */
const time2Wait = 2;

interface HeldPdu {
  readonly header: Buffer;
  readonly data: Buffer;
  /** It had data, for which there was no room. */
  readonly isCut: boolean;
}

/** What a PDU that is held takes, its place in the table included. */
function heldBytes(header: Buffer, data: Buffer): number {
  return header.length + data.length + 256;
}

const nothing = Buffer.alloc(0);

/** The full feature phase of one connection, which is the whole session (source: RFC 7143): PDUs in their order. */
export class Session implements PduSink, CommandWire {
  private expectedCommand: number;
  /** PDUs that came before their turn; undefined for one that was aborted before it came. */
  private readonly held = new Map<number, HeldPdu | undefined>();
  /** The last command number that the initiator may use, as it was told. */
  private announced: number;
  private readonly commands: Commands;
  private readonly text: TextRequests;
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
    this.announced = login.commandSerial;
    this.commands = new Commands(this, host.scsi, nexus, host.memory, host.interference, host.observer);
    this.text = new TextRequests(login.parameters, (value) => host.targetsFor(this, value));
    if (!login.isDiscovery) host.scsi.attach(nexus);
  }

  get parameters(): SessionParameters {
    return this.login.parameters;
  }

  receive(header: Buffer, data: Buffer): void {
    // What comes behind a logout is not heard: nothing would take it back.
    if (this.isClosed) return;
    this.silentLooks = 0;
    const opcode = opcodeOf(header);
    if (opcode === opcodes.dataOut) this.commands.dataOut(header, data);
    else if (opcode === opcodes.snack) this.reject(header, rejectReasons.snack);
    else if (opcode > opcodes.logout) this.reject(header, rejectReasons.notSupported);
    else if (opcode === opcodes.login) {
      this.reject(header, rejectReasons.protocolError);
      this.wire.end();
    } else if (opcode === opcodes.scsiCommand && isImmediate(header) && this.wire.isCongested()) {
      // An initiator that does not read its responses gets no more by immediate commands.
      this.reject(header, rejectReasons.tooManyImmediate);
    } else if (isImmediate(header)) this.execute(opcode, header, data);
    else this.receiveNumbered(opcode, header, data);
  }

  /** PDUs outside the window are not heard; those before their turn are held, as all are while too much is unsent. */
  private receiveNumbered(opcode: number, header: Buffer, data: Buffer): void {
    const serial = header.readUInt32BE(24);
    if (before(serial, this.expectedCommand) || before(this.lastCommand(), serial)) return;
    if (serial !== this.expectedCommand || this.wire.isCongested()) {
      if (!this.held.has(serial)) this.hold(serial, header, data);
      return;
    }
    this.expectedCommand = next(serial);
    this.execute(opcode, header, data);
    if (this.held.size > 0) this.resume();
  }

  /** Keeps a PDU until its turn. Without room for its data, a command is only kept to be refused; others are not heard. */
  private hold(serial: number, header: Buffer, data: Buffer): void {
    const { memory } = this.host;
    const hasRoom = memory.hasRoom(heldBytes(header, data));
    if (!hasRoom && data.length > 0 && opcodeOf(header) !== opcodes.scsiCommand) return;
    const held = { header: Buffer.from(header), data: Buffer.from(hasRoom ? data : nothing), isCut: !hasRoom };
    memory.take(heldBytes(held.header, held.data));
    this.held.set(serial, held);
  }

  private letGo(serial: number): HeldPdu | undefined {
    const held = this.held.get(serial);
    this.held.delete(serial);
    if (held !== undefined) this.host.memory.give(heldBytes(held.header, held.data));
    return held;
  }

  /** Goes on with PDUs that were held, as far as they are next. */
  resume(): void {
    while (this.held.has(this.expectedCommand) && !this.wire.isCongested() && !this.isClosed) {
      const pdu = this.letGo(this.expectedCommand);
      this.expectedCommand = next(this.expectedCommand);
      if (pdu?.isCut && opcodeOf(pdu.header) === opcodes.scsiCommand && !this.login.isDiscovery)
        this.commands.refuse(pdu.header);
      else if (pdu !== undefined) this.execute(opcodeOf(pdu.header), pdu.header, pdu.data);
    }
  }

  damaged(header: Buffer): void {
    // Without error recovery, data that was lost cannot be had again.
    this.reject(header, rejectReasons.dataDigest);
    this.wire.end();
  }

  place(header: Buffer, dataBytes: number): Buffer | undefined {
    return opcodeOf(header) === opcodes.dataOut ? this.commands.place(header, dataBytes) : undefined;
  }

  private execute(opcode: number, header: Buffer, data: Buffer): void {
    const isForUnits = opcode === opcodes.scsiCommand || opcode === opcodes.taskManagement;
    if (this.login.isDiscovery && isForUnits) this.reject(header, rejectReasons.protocolError);
    else if (opcode === opcodes.scsiCommand) this.commands.begin(header, data);
    else if (opcode === opcodes.nopOut) this.ping(header, data);
    else if (opcode === opcodes.text) this.textRequest(header, data);
    else if (opcode === opcodes.taskManagement) this.manage(header);
    else this.logout(header);
  }

  private ping(header: Buffer, data: Buffer): void {
    const tag = header.readUInt32BE(16);
    if (tag === noTag) return;
    const bytes = Math.min(data.length, this.parameters.initiatorDataBytes);
    const answer = newHeader(opcodes.nopIn, flags.final, tag, bytes);
    header.copy(answer, 8, 8, 16);
    answer.writeUInt32BE(noTag, 20);
    this.stampStatus(answer);
    this.wire.send(answer, [data.subarray(0, bytes)], bytes);
  }

  private textRequest(header: Buffer, data: Buffer): void {
    const continues = ((header[1] ?? 0) & flags.continues) !== 0;
    const said = this.text.answer(data, continues, header.readUInt32BE(20) !== noTag);
    if (said.kind === 'protocolError' || said.kind === 'invalidField') {
      this.reject(header, rejectReasons[said.kind]);
      return;
    }
    const piece = said.kind === 'text' ? said.piece : Buffer.alloc(0);
    const isLast = said.kind === 'text' && said.isLast;
    const flagByte = isLast ? flags.final : said.kind === 'text' ? flags.continues : 0;
    const answer = newHeader(opcodes.textResponse, flagByte, header.readUInt32BE(16), piece.length);
    header.copy(answer, 8, 8, 16);
    answer.writeUInt32BE(isLast ? noTag : this.commands.takeTransferTag(), 20);
    this.stampStatus(answer);
    this.wire.send(answer, [piece], piece.length);
  }

  private logout(header: Buffer): void {
    const reason = (header[1] ?? 0) & 0x7f;
    const isOther = reason === 1 && header.readUInt16BE(20) !== this.login.connectionId;
    const response = reason > 1 ? 2 : isOther ? 1 : 0;
    // When the initiator learns of the end, its reservations are free already.
    if (response === 0) this.closed();
    const answer = newHeader(opcodes.logoutResponse, flags.final, header.readUInt32BE(16));
    answer[2] = response;
    this.stampStatus(answer);
    answer.writeUInt16BE(time2Wait, 40);
    this.wire.send(answer);
    if (response === 0) this.wire.end();
  }

  private manage(header: Buffer): void {
    const task = (header[1] ?? 0) & 0x7f;
    const response = this.managed(task, header);
    const answer = newHeader(opcodes.taskManagementResponse, flags.final, header.readUInt32BE(16));
    answer[2] = response;
    this.stampStatus(answer);
    this.wire.send(answer);
    if (task === 7 && response === 0) this.host.dropAll();
  }

  /** Does what a task management request says; the response code. */
  private managed(task: number, header: Buffer): number {
    const { scsi } = this.host;
    const lun = decodeLun(header, 8);
    const unitRef = scsi.unitRef(this.nexus, lun);
    switch (task) {
      case 1:
        return this.abortTask(header) ? 0 : 1;
      case 2:
        if (unitRef === undefined) return 2;
        this.commands.abort((each) => each.unitRef === unitRef);
        return 0;
      case 4:
        return scsi.clearTasks(this.nexus, lun) ? 0 : 2;
      case 5:
        return scsi.resetUnit(this.nexus, lun) ? 0 : 2;
      case 6:
      case 7:
        scsi.resetAll(this.nexus);
        return 0;
      case 8:
        return 4;
      default:
        return 5;
    }
  }

  private abortTask(header: Buffer): boolean {
    const tag = header.readUInt32BE(20);
    if (this.commands.abortTask(tag)) return true;
    for (const [serial, held] of this.held) {
      if (held?.header.readUInt32BE(16) !== tag) continue;
      this.letGo(serial);
      this.held.set(serial, undefined);
      return true;
    }
    // A command that has not come yet counts as come, and as aborted.
    const serial = header.readUInt32BE(32);
    if (before(serial, this.expectedCommand) || !before(serial, header.readUInt32BE(24))) return false;
    if (before(this.lastCommand(), serial)) return false;
    this.held.set(serial, undefined);
    this.resume();
    return true;
  }

  /** Ends tasks, without an answer or with TASK ABORTED; how many they were. */
  abort(which: (task: Task) => boolean, isAnswered: boolean): number {
    return this.commands.abort(which, isAnswered);
  }

  reject(header: Buffer, reason: number): void {
    const answer = newHeader(opcodes.reject, flags.final, noTag, header.length);
    answer[2] = reason;
    this.stampStatus(answer);
    this.wire.send(answer, [header], header.length);
  }

  /** Tells the initiator of something it did not ask for. Events: 1 asks for a logout, 2 and 3 announce the end. */
  announce(event: number): void {
    const message = newHeader(opcodes.asyncMessage, flags.final, noTag);
    this.stampStatus(message);
    message[36] = event;
    message.writeUInt16BE(time2Wait, 40);
    this.wire.send(message);
  }

  /** Looks after a silent initiator: asks whether it is there, and gives it up. */
  look(): void {
    this.silentLooks++;
    if (this.silentLooks >= looksUntilDead) this.wire.destroy();
    if (this.silentLooks !== looksUntilPing) return;
    const ping = newHeader(opcodes.nopIn, flags.final, noTag);
    ping.writeUInt32BE(this.commands.takeTransferTag(), 20);
    this.stamp(ping);
    this.wire.send(ping);
  }

  /** The connection is gone: whatever was under way is forgotten. */
  closed(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.host.memory.forget(this.reopen);
    this.commands.close();
    for (const serial of [...this.held.keys()]) this.letGo(serial);
    if (!this.login.isDiscovery) this.host.scsi.detach(this.nexus);
  }

  send(header: Buffer, pieces?: readonly Uint8Array[], dataBytes?: number): void {
    this.wire.send(header, pieces, dataBytes);
  }

  destroy(): void {
    this.wire.destroy();
  }

  hasRoomToSend(bytes: number): boolean {
    return this.wire.hasRoomToSend(bytes);
  }

  /** The window moves on with the commands that are done, but not while memory is short. */
  private lastCommand(): number {
    const last = next(this.expectedCommand, windowSize - 1 - this.commands.numbered);
    if (!this.host.memory.isShort) this.announced = last;
    else if (this.announced !== last) this.host.memory.onceEnough(this.reopen);
    return this.announced;
  }

  /** An initiator that waits for room in the window learns that there is some; it does not answer. */
  private readonly reopen = () => {
    const message = newHeader(opcodes.nopIn, flags.final, noTag);
    message.writeUInt32BE(noTag, 20);
    this.stamp(message);
    this.wire.send(message);
  };

  stamp(header: Buffer): void {
    header.writeUInt32BE(this.statSerial, 24);
    header.writeUInt32BE(this.expectedCommand, 28);
    header.writeUInt32BE(this.lastCommand(), 32);
  }

  stampStatus(header: Buffer): void {
    this.stamp(header);
    this.statSerial = next(this.statSerial);
  }
}
