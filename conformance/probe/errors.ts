import type { PduOf } from './pdu.js';
import type { Sense } from './scsi/sense.js';

/** Which rule of the protocol a target broke; a caller that knows of a deviation tolerates it by this name. */
export type Rule =
  | 'abort'
  | 'burst length'
  | 'close after logout'
  | 'data digest'
  | 'data direction'
  | 'data length'
  | 'data offset'
  | 'data sequence number'
  | 'command sequence number'
  | 'expected data sequence number'
  | 'final bit'
  | 'header digest'
  | 'immediate bit'
  | 'login stage'
  | 'negotiation'
  | 'opcode'
  | 'padding'
  | 'r2t'
  | 'reject'
  | 'reserved field'
  | 'residual'
  | 'sense'
  | 'session identifier'
  | 'status in data'
  | 'status sequence number'
  | 'task tag'
  | 'text'
  | 'transfer tag'
  | 'version';

/** The target did what the standard forbids. */
export class ProtocolViolation extends Error {
  override readonly name = 'ProtocolViolation';
  readonly rule: Rule;
  constructor(rule: Rule, words: string) {
    super(`the target broke the protocol (${rule}): ${words}`);
    this.rule = rule;
  }
}

const refusals: Readonly<Record<number, string>> = {
  257: 'target moved for now',
  258: 'target moved for good',
  512: 'initiator error',
  513: 'authentication failed',
  514: 'initiator not allowed',
  515: 'no such target',
  516: 'target removed',
  517: 'version not supported',
  518: 'too many connections',
  519: 'missing parameter',
  520: 'connection does not fit in the session',
  521: 'session type not supported',
  522: 'no such session',
  523: 'request not valid during login',
  768: 'target error',
  769: 'service unavailable',
  770: 'out of resources',
};

/** The target answered a login with a status other than success; class and detail are RFC 7143's, 11.13.5. */
export class LoginRefused extends Error {
  override readonly name = 'LoginRefused';
  readonly statusClass: number;
  readonly statusDetail: number;
  /** What the refusal said in text: a TargetAddress when the target moved. */
  readonly keys: readonly (readonly [string, string])[];
  constructor(statusClass: number, statusDetail: number, keys: readonly (readonly [string, string])[] = []) {
    const code = statusClass * 256 + statusDetail;
    super(`login refused: ${code.toString(16).padStart(4, '0')}, ${refusals[code] ?? 'a status without a name'}`);
    this.statusClass = statusClass;
    this.statusDetail = statusDetail;
    this.keys = keys;
  }
}

/** The target did not prove that it knows its own secret. */
export class TargetNotAuthentic extends Error {
  override readonly name = 'TargetNotAuthentic';
}

/** The command ended with a status other than GOOD. */
export class CommandFailed extends Error {
  override readonly name: string = 'CommandFailed';
  /** SAM status: 8 BUSY, 0x18 RESERVATION CONFLICT, 0x28 TASK SET FULL, 0x40 TASK ABORTED … */
  readonly status: number;
  constructor(status: number, words = `SCSI status ${hex(status)}`) {
    super(words);
    this.status = status;
  }
}

/** The command ended with CHECK CONDITION. */
export class CheckCondition extends CommandFailed {
  override readonly name = 'CheckCondition';
  readonly sense: Sense;
  constructor(sense: Sense) {
    super(2, `CHECK CONDITION, sense ${[sense.key, sense.asc, sense.ascq].map(hex).join('/')}`);
    this.sense = sense;
  }
}

/** The target could not carry the command out: SCSI Response with response code 1 or a vendor's. */
export class TargetFailure extends Error {
  override readonly name = 'TargetFailure';
  readonly response: number;
  constructor(response: number) {
    super(`the target did not complete the command: response ${hex(response)}`);
    this.response = response;
  }
}

/** The target rejected a PDU. */
export class Rejected extends Error {
  override readonly name = 'Rejected';
  /** RFC 7143, 11.17.1: 4 protocol error, 5 command not supported, 9 invalid PDU field … */
  readonly reason: number;
  readonly pdu: PduOf<'reject'>;
  constructor(pdu: PduOf<'reject'>) {
    super(`PDU rejected, reason ${hex(pdu.reason)}`);
    this.reason = pdu.reason;
    this.pdu = pdu;
  }
}

/** A task management function ended the task; the target will never answer it. */
export class TaskAborted extends Error {
  override readonly name = 'TaskAborted';
}

/** The connection ended. */
export class ConnectionClosed extends Error {
  override readonly name = 'ConnectionClosed';
}

function hex(value: number): string {
  return value.toString(16).padStart(2, '0');
}
