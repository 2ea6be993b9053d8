import { ArrayError } from '../../array/errors.js';
import type { StorageArray } from '../../array/storage-array.js';
import { conditionOfArrayError } from './array-errors.js';
import { inquiryOfNothing } from './inquiry.js';
import { LogicalUnits, type LogicalUnitsOptions } from './logical-units.js';
import type { ItlNexus, ItNexus } from './nexuses.js';
import { opcodeOf } from './opcodes.js';
import { type Access, conflicts } from './reservations.js';
import { sanitizeInProgress } from './sanitize.js';
import {
  CheckCondition,
  good,
  invalidField,
  ReservationConflict,
  reservationConflict,
  senseKeys,
  senseOf,
  status,
  unsupportedCommand,
} from './sense.js';
import { isSupported } from './supported-opcodes.js';
import type { Nexus, Outcome, Step, WantsData } from './types.js';
import { attentions, type Unit } from './unit.js';
import { reportLuns, requestSenseOfNothing } from './unit-commands.js';

const codes = { requestSense: 0x03, inquiry: 0x12, reportLuns: 0xa0 } as const;

/**
 * The SCSI side of the iSCSI target: takes commands and says how they end. Which units an initiator sees is decided by
 * the array's hosts and mappings at every command.
 */
export class ScsiTarget {
  private readonly logicalUnits: LogicalUnits;

  constructor(array: StorageArray, options: LogicalUnitsOptions) {
    this.logicalUnits = new LogicalUnits(array, options);
  }

  /** A session came: its units will tell it that they were reset. */
  attach(nexus: Nexus): void {
    if (!this.logicalUnits.nexuses.has(nexus)) this.logicalUnits.attach(nexus);
  }

  /** The session is over: RESERVE(6) ends and attentions are forgotten; persistent reservations stay. */
  detach(nexus: Nexus): void {
    this.logicalUnits.detach(nexus);
  }

  /**
   * Starts a command. `lun` is what `decodeLun` made of the LUN field, undefined if it is none of the array's;
   * `cdb` has at least 16 bytes. Never throws, and what it returns never rejects.
   */
  begin(nexus: Nexus, lun: number | undefined, cdb: Buffer): Step {
    let itl: ItlNexus | undefined;
    const opcode = opcodeOf(cdb);
    const access = typeof opcode === 'object' ? opcode.access : 'open';
    try {
      const attached = this.current(nexus);
      itl = lun === undefined ? undefined : attached.itlNexuses[lun];
      if (itl === undefined) return withoutUnit(attached, lun, cdb);
      // Who reads is done when this returns; others may look at the CDB later, when its buffer holds another one.
      const step = atUnit(itl, opcode, access === 'read' ? cdb : Buffer.from(cdb.subarray(0, 16)));
      if (typeof opcode === 'object' && opcode.movesBlocks !== true && !itl.unit.isAccessVolume) itl.traffic.other();
      if ('finish' in step) return this.checkedAgain(nexus, itl, step, access);
      const outcome = this.kept(step, itl, access);
      return outcome instanceof Promise ? conditionAsOutcome(outcome, itl, access) : outcome;
    } catch (error) {
      return outcomeOf(error, itl, access);
    }
  }

  /** LUN RESET. False when the nexus sees no such unit. */
  resetUnit(nexus: Nexus, lun: number | undefined): boolean {
    const itl = this.itl(nexus, lun);
    if (itl === undefined) return false;
    this.abortTasks(itl.unit, nexus);
    itl.unit.reset();
    return true;
  }

  /** TARGET WARM RESET and COLD RESET: every unit. */
  resetAll(nexus: Nexus): void {
    this.logicalUnits.catchUp();
    for (const unit of this.logicalUnits.allUnits()) {
      this.abortTasks(unit, nexus);
      unit.reset();
    }
  }

  /** Whether the nexus sees a unit under that number. */
  sees(nexus: Nexus, lun: number | undefined): boolean {
    return this.itl(nexus, lun) !== undefined;
  }

  /** Reference of the volume or view that the nexus sees under that number: what task control calls `unitRef`. */
  unitRef(nexus: Nexus, lun: number | undefined): string | undefined {
    return this.itl(nexus, lun)?.unit.ref;
  }

  /**
   * The initiator means to send another number of bytes than the command takes. Where exactly that many were wanted,
   * it is the CDB that is wrong; otherwise the command information unit.
   */
  invalidLength(nexus: Nexus, lun: number | undefined, exact = false): Outcome {
    const error = new CheckCondition(senseKeys.illegalRequest, exact ? 0x2400 : 0x0e03);
    return outcomeOf(error, this.itl(nexus, lun), 'write');
  }

  /** The initiator began a command under the tag of one that was still under way; both end. */
  overlapped(nexus: Nexus, lun: number | undefined): Outcome {
    return outcomeOf(new CheckCondition(senseKeys.abortedCommand, 0x4e00), this.itl(nexus, lun), 'write');
  }

  /** Data of a command came out of order or out of place. */
  dataPhaseError(nexus: Nexus, lun: number | undefined): Outcome {
    return outcomeOf(new CheckCondition(senseKeys.abortedCommand, 0x4b00), this.itl(nexus, lun), 'write');
  }

  /** Ends a command as a fault rule says, in the sense format that the unit is set to. */
  checkCondition(nexus: Nexus, lun: number | undefined, error: CheckCondition): Outcome {
    return outcomeOf(error, this.itl(nexus, lun), 'write');
  }

  /** CLEAR TASK SET: ends the tasks of a unit, those of all nexuses. False when the nexus sees no such unit. */
  clearTasks(nexus: Nexus, lun: number | undefined): boolean {
    const itl = this.itl(nexus, lun);
    if (itl === undefined) return false;
    const { unit } = itl;
    const whose = this.abortTasks(unit, nexus);
    // An initiator that lost a task without an answer is told by a unit attention.
    for (const other of unit.pages.answersAborted ? [] : unit.itlNexuses)
      if (other !== itl && whose.has(other.attached.nexus.id)) other.tell(attentions.commandsCleared);
    return true;
  }

  /** Ends all tasks of a unit; others than who asked for it are told as the unit is set to. Says whose they were. */
  private abortTasks(unit: Unit, nexus: Nexus): ReadonlySet<string> {
    return this.logicalUnits.tasks.abort({
      unitRef: unit.ref,
      answeredExcept: unit.pages.answersAborted ? nexus.id : undefined,
    });
  }

  /** Something on the array may have changed: initiators are told what concerns them. Cheap when nothing does. */
  arrayChanged(): void {
    this.logicalUnits.catchUp();
  }

  private itl(nexus: Nexus, lun: number | undefined): ItlNexus | undefined {
    return lun === undefined ? undefined : this.current(nexus).itlNexuses[lun];
  }

  /** The nexus, with the array and what it sees brought up to date. */
  private current(nexus: Nexus): ItNexus {
    this.logicalUnits.array.completeDueJobs();
    this.logicalUnits.catchUp();
    return this.logicalUnits.nexuses.get(nexus) ?? this.logicalUnits.attach(nexus);
  }

  /** What was written is safe before the status is returned where no cache holds it, or too much is still to be kept. */
  private kept(outcome: Outcome | Promise<Outcome>, itl: ItlNexus, access: Access): Outcome | Promise<Outcome> {
    if (this.logicalUnits.durable === undefined || access !== 'write' || outcome !== good) return outcome;
    return itl.unit.cachesWrites && this.logicalUnits.isBehind?.() !== true ? outcome : this.logicalUnits.persist();
  }

  /** While the data was under way the unit may have been unmapped or reserved. */
  private checkedAgain(nexus: Nexus, itl: ItlNexus, step: WantsData, access: Access): WantsData {
    return {
      dataOutBytes: step.dataOutBytes,
      exact: step.exact ?? false,
      takesLess: step.takesLess ?? false,
      finish: (data) => {
        try {
          if (this.current(nexus).itlNexuses[itl.lun] !== itl) throw noSuchUnit();
          if (conflicts(itl, access)) return reservationConflict;
          const outcome = this.kept(step.finish(data), itl, access);
          return outcome instanceof Promise ? conditionAsOutcome(outcome, itl, access) : outcome;
        } catch (error) {
          return outcomeOf(error, itl, access);
        }
      },
    };
  }
}

function atUnit(itl: ItlNexus, opcode: ReturnType<typeof opcodeOf>, cdb: Buffer): Step {
  const isExempt = typeof opcode === 'object' && opcode.access === 'always';
  if (itl.waiting.length > 0) {
    if (!isExempt) throw new CheckCondition(senseKeys.unitAttention, itl.waiting.shift() ?? attentions.powerOn);
    if (opcode.code === codes.reportLuns) forgetLunsChanged(itl.attached);
  }
  if (opcode === undefined) throw unsupportedCommand();
  if (opcode === 'action') throw invalidField(1, 4);
  if (conflicts(itl, opcode.access)) return reservationConflict;
  if (itl.unit.isAccessVolume || opcode.when !== undefined) {
    if (!isSupported(itl, opcode)) throw opcode.action === undefined ? unsupportedCommand() : invalidField(1, 4);
  }
  if (itl.unit.sanitizing !== undefined && !isExempt) throw sanitizeInProgress(itl.unit);
  if (((cdb[opcode.usage.length - 1] ?? 0) & 0x04) !== 0) throw invalidField(opcode.usage.length - 1, 2);
  return opcode.handler(itl, cdb);
}

function withoutUnit(attached: ItNexus, lun: number | undefined, cdb: Buffer): Outcome {
  switch (cdb[0]) {
    case codes.inquiry:
      return inquiryOfNothing(lun, cdb);
    case codes.requestSense:
      return requestSenseOfNothing(cdb);
    case codes.reportLuns:
      forgetLunsChanged(attached);
      return reportLuns(
        attached.occupied().map((itl) => itl.lun),
        cdb,
      );
    default:
      throw noSuchUnit();
  }
}

/** REPORT LUNS clears the unit attention about changed LUNs (source: SPC-4, 6.33.1). */
function forgetLunsChanged(attached: ItNexus): void {
  for (const { waiting } of attached.occupied()) {
    const at = waiting.indexOf(attentions.reportedLunsChanged);
    if (at >= 0) waiting.splice(at, 1);
  }
}

function noSuchUnit(): CheckCondition {
  return new CheckCondition(senseKeys.illegalRequest, 0x2500);
}

function conditionAsOutcome(outcome: Promise<Outcome>, itl: ItlNexus, access: Access): Promise<Outcome> {
  return outcome.catch((error: unknown) => outcomeOf(error, itl, access));
}

/** What was thrown as the initiator sees it, in the sense format that the unit is set to. */
function outcomeOf(error: unknown, itl: ItlNexus | undefined, access: Access): Outcome {
  if (error instanceof ReservationConflict) return reservationConflict;
  const { key, code, details } = conditionOf(error, access);
  const sense = senseOf(key, code, details, itl?.unit.pages.descriptorSense ?? false);
  return { status: status.checkCondition, sense };
}

function conditionOf(error: unknown, access: Access): CheckCondition {
  if (error instanceof CheckCondition) return error;
  if (error instanceof ArrayError) return conditionOfArrayError(error, access);
  // Internal target failure.
  return new CheckCondition(senseKeys.hardwareError, 0x4400);
}
