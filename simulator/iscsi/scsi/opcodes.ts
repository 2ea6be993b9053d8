import * as blocks from './block-commands.js';
import { getLbaStatus, readCapacity10, readCapacity16 } from './capacity.js';
import { extendedCopy } from './copy.js';
import { extendedCopyActions, receiveCopyResultsActions } from './copy-limits.js';
import * as copyResults from './copy-results.js';
import { inquiry } from './inquiry.js';
import { modeSelect, modeSense } from './mode-commands.js';
import type { ItlNexus } from './nexuses.js';
import * as persistentIn from './persistent-reserve-in.js';
import * as persistentOut from './persistent-reserve-out.js';
import { type Access, release, reserve } from './reservations.js';
import * as sanitize from './sanitize.js';
import { reportSupportedOpcodes, reportSupportedTaskManagement } from './supported-opcodes.js';
import { reportTargetPortGroups, setTargetPortGroups } from './target-port-groups.js';
import type { Step } from './types.js';
import type { Unit } from './unit.js';
import * as units from './unit-commands.js';
import * as provisioning from './write-same.js';

/** Starts a command at a unit that the nexus sees. Throws CheckCondition, ReservationConflict or ArrayError. */
type Handler = (itl: ItlNexus, cdb: Buffer) => Step;

/** One command of the target: what REPORT SUPPORTED OPERATION CODES tells of it, and what it does. */
export interface Opcode {
  readonly code: number;
  /** The service action in byte 1, for opcodes that have several. */
  readonly action?: number;
  /** The CDB, with a one for each bit that is looked at; the code itself comes first. */
  readonly usage: Buffer;
  readonly access: Access;
  /** Needs blocks to read or write: the access volume has none. */
  readonly isForMedium?: boolean;
  /** Moves blocks: it counts itself as a read or a write when it does so. */
  readonly movesBlocks?: boolean;
  /** Units that have it; all when not given. */
  readonly when?: (unit: Unit) => boolean;
  readonly handler: Handler;
}

const always = { access: 'always' } as const;
const open = { access: 'open' } as const;
const reading = { access: 'read', isForMedium: true } as const;
const writing = { access: 'write', isForMedium: true } as const;
const movingIn = { ...reading, movesBlocks: true } as const;
const movingOut = { ...writing, movesBlocks: true } as const;
const unmapping = { ...writing, when: (unit: Unit) => unit.unmaps } as const;
const erasing = { ...writing, when: (unit: Unit) => unit.isProvisioned } as const;

/** A command by its usage map in hex, code and (in byte 1) service action included. */
function command(usage: string, traits: Omit<Opcode, 'code' | 'usage' | 'handler'>, handler: Handler): Opcode {
  const bytes = Buffer.from(usage.replaceAll(' ', ''), 'hex');
  return { code: bytes.readUInt8(0), usage: bytes, handler, ...traits };
}

/** A command of an opcode with service actions: byte 1 holds this one's. */
function action(
  usage: string,
  traits: Omit<Opcode, 'code' | 'usage' | 'handler' | 'action'>,
  handler: Handler,
): Opcode {
  const bytes = Buffer.from(usage.replaceAll(' ', ''), 'hex');
  return command(usage, { ...traits, action: bytes.readUInt8(1) & 0x1f }, handler);
}

const persistent = { access: 'open', isForMedium: true } as const;
const { copyStatus, receiveData, operatingParameters, failedSegmentDetails } = receiveCopyResultsActions;
const copyResultsUsage = (code: number) => `84 0${code} ff 00 00 00 00 00 00 00 ff ff ff ff 00 00`;

/** Every command, in the order of codes and service actions. Dispatch and the report of commands are made from it. */
const opcodes: readonly Opcode[] = [
  command('00 00 00 00 00 00', open, units.testUnitReady),
  command('03 01 00 00 ff 00', always, units.requestSense),
  command('08 1f ff ff ff 00', movingIn, blocks.read),
  command('0a 1f ff ff ff 00', movingOut, blocks.write),
  command('12 01 ff ff ff 00', always, inquiry),
  command('15 11 00 00 ff 00', { access: 'write' }, modeSelect),
  command('16 00 00 00 00 00', { access: 'open' }, reserve),
  command('17 00 00 00 00 00', { access: 'release' }, release),
  command('1a 08 ff ff ff 00', { access: 'read' }, modeSense),
  command('1b 01 00 0f f7 00', open, units.startStopUnit),
  command('1d f7 00 ff ff 00', { access: 'write' }, units.sendDiagnostic),
  command('1e 00 00 00 03 00', open, units.preventAllowMediumRemoval),
  command('25 00 ff ff ff ff 00 00 01 00', open, readCapacity10),
  command('28 18 ff ff ff ff 1f ff ff 00', movingIn, blocks.read),
  command('2a 18 ff ff ff ff 1f ff ff 00', movingOut, blocks.write),
  command('2e 12 ff ff ff ff 1f ff ff 00', movingOut, blocks.writeAndVerify),
  command('2f 16 ff ff ff ff 1f ff ff 00', reading, blocks.verify),
  command('34 02 ff ff ff ff 1f ff ff 00', reading, blocks.preFetch),
  command('35 02 ff ff ff ff 1f ff ff 00', writing, blocks.synchronizeCache),
  command('37 00 1f 00 00 00 00 ff ff 00', reading, provisioning.readDefectData),
  command('41 08 ff ff ff ff 1f ff ff 00', writing, provisioning.writeSame),
  command('42 00 00 00 00 00 1f ff ff 00', unmapping, provisioning.unmap),
  action('48 a1 00 00 00 00 00 ff ff 00', writing, sanitize.overwrite),
  action('48 a2 00 00 00 00 00 ff ff 00', erasing, sanitize.erase),
  action('48 a3 00 00 00 00 00 ff ff 00', erasing, sanitize.erase),
  action('48 bf 00 00 00 00 00 ff ff 00', writing, sanitize.exitFailureMode),
  command('4d 01 ff ff 00 ff ff ff ff 00', open, units.logSense),
  command('55 11 00 00 00 00 00 ff ff 00', { access: 'write' }, modeSelect),
  command('56 00 00 00 00 00 00 00 00 00', { access: 'open' }, reserve),
  command('57 00 00 00 00 00 00 00 00 00', { access: 'release' }, release),
  command('5a 18 ff ff 00 00 00 ff ff 00', { access: 'read' }, modeSense),
  action('5e 00 00 00 00 00 00 ff ff 00', persistent, persistentIn.readKeys),
  action('5e 01 00 00 00 00 00 ff ff 00', persistent, persistentIn.readReservation),
  action('5e 02 00 00 00 00 00 ff ff 00', persistent, persistentIn.reportCapabilities),
  action('5e 03 00 00 00 00 00 ff ff 00', persistent, persistentIn.readFullStatus),
  action('5f 00 00 00 00 ff ff ff ff 00', persistent, persistentOut.register),
  action('5f 01 ff 00 00 ff ff ff ff 00', persistent, persistentOut.reserve),
  action('5f 02 ff 00 00 ff ff ff ff 00', persistent, persistentOut.release),
  action('5f 03 00 00 00 ff ff ff ff 00', persistent, persistentOut.clear),
  action('5f 04 ff 00 00 ff ff ff ff 00', persistent, persistentOut.preempt),
  action('5f 05 ff 00 00 ff ff ff ff 00', persistent, persistentOut.preemptAndAbort),
  action('5f 06 00 00 00 ff ff ff ff 00', persistent, persistentOut.registerAndIgnoreExistingKey),
  action('5f 07 00 00 00 ff ff ff ff 00', persistent, persistentOut.registerAndMove),
  action(`83 0${extendedCopyActions.listIdentifier1} 00 00 00 00 00 00 00 00 ff ff ff ff 00 00`, writing, extendedCopy),
  action(copyResultsUsage(copyStatus), persistent, copyResults.copyStatus),
  action(copyResultsUsage(receiveData), persistent, copyResults.receiveData),
  action(copyResultsUsage(operatingParameters), persistent, copyResults.operatingParameters),
  action(copyResultsUsage(failedSegmentDetails), persistent, copyResults.failedSegmentDetails),
  command('88 18 ff ff ff ff ff ff ff ff ff ff ff ff 1f 00', movingIn, blocks.read),
  command('89 18 ff ff ff ff ff ff ff ff 00 00 00 ff 1f 00', movingOut, blocks.compareAndWrite),
  command('8a 18 ff ff ff ff ff ff ff ff ff ff ff ff 1f 00', movingOut, blocks.write),
  command('8b 18 ff ff ff ff ff ff ff ff ff ff ff ff 1f 00', movingOut, blocks.orWrite),
  command('8e 12 ff ff ff ff ff ff ff ff ff ff ff ff 1f 00', movingOut, blocks.writeAndVerify),
  command('8f 16 ff ff ff ff ff ff ff ff ff ff ff ff 1f 00', reading, blocks.verify),
  command('90 02 ff ff ff ff ff ff ff ff ff ff ff ff 1f 00', reading, blocks.preFetch),
  command('91 02 ff ff ff ff ff ff ff ff ff ff ff ff 1f 00', writing, blocks.synchronizeCache),
  command('93 09 ff ff ff ff ff ff ff ff ff ff ff ff 1f 00', writing, provisioning.writeSame),
  command('9c 18 ff ff ff ff ff ff ff ff ff ff ff ff 1f 00', movingOut, provisioning.writeAtomic),
  action('9e 10 ff ff ff ff ff ff ff ff ff ff ff ff 01 00', open, readCapacity16),
  action('9e 12 ff ff ff ff ff ff ff ff ff ff ff ff 00 00', reading, getLbaStatus),
  // REPORT LUNS is answered before it is known whether there is a unit; here it is listed.
  command('a0 00 ff 00 00 00 ff ff ff ff 00 00', always, (itl, cdb) =>
    units.reportLuns(
      itl.attached.occupied().map((each) => each.lun),
      cdb,
    ),
  ),
  action('a3 ea 00 00 00 00 ff ff ff ff 00 00', open, reportTargetPortGroups),
  action(
    'a3 0c 87 ff ff ff ff ff ff ff 00 00',
    open,
    reportSupportedOpcodes(() => opcodes),
  ),
  action('a3 0d 80 00 00 00 ff ff ff ff 00 00', open, reportSupportedTaskManagement),
  action('a4 0a 00 00 00 00 ff ff ff ff 00 00', { access: 'write' }, setTargetPortGroups),
  command('a8 18 ff ff ff ff ff ff ff ff 1f 00', movingIn, blocks.read),
  command('aa 18 ff ff ff ff ff ff ff ff 1f 00', movingOut, blocks.write),
  command('ae 12 ff ff ff ff ff ff ff ff 1f 00', movingOut, blocks.writeAndVerify),
  command('af 16 ff ff ff ff ff ff ff ff 1f 00', reading, blocks.verify),
  command('b7 1f 00 00 00 00 ff ff ff ff 00 00', reading, provisioning.readDefectData),
];

/** By code; opcodes with service actions have a second level. */
const byCode: (Opcode | readonly (Opcode | undefined)[] | undefined)[] = [];
for (const opcode of opcodes) {
  if (opcode.action === undefined) {
    byCode[opcode.code] = opcode;
  } else {
    const present = byCode[opcode.code];
    const actions = Array.isArray(present) ? [...present] : [];
    actions[opcode.action] = opcode;
    byCode[opcode.code] = actions;
  }
}

/** The command that a CDB is; 'action' when the opcode is known but not with that service action. */
export function opcodeOf(cdb: Buffer): Opcode | 'action' | undefined {
  const found = byCode[cdb.readUInt8(0)];
  if (found === undefined || 'handler' in found) return found;
  return found[cdb.readUInt8(1) & 0x1f] ?? 'action';
}
