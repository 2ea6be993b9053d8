import type { Connection } from './connection.js';
import type { LoginResult } from './login.js';
import type { Pdu, PduOf } from './pdu.js';
import { isBefore, noTag, plus } from './serial.js';

/** A PDU from a target in full feature phase. */
export type Answer = { [Kind in AnswerKind]: PduOf<Kind> }[AnswerKind];

type AnswerKind =
  | 'nop-in'
  | 'scsi-response'
  | 'task-response'
  | 'text-response'
  | 'data-in'
  | 'logout-response'
  | 'r2t'
  | 'async'
  | 'reject';

/** Both sides' counts of one connection (RFC 7143, 4.2.2). */
export interface Sequence {
  /** The CmdSN of the next command. */
  readonly nextCmdSn: number;
  /** The StatSN that the next answer must carry: what requests acknowledge. */
  readonly expStatSn: number;
  readonly expCmdSn: number;
  readonly maxCmdSn: number;
  /** Whether the target's window takes one more command. */
  readonly isOpen: boolean;
  /** Takes the CmdSN of a command that is about to be sent. */
  take(): number;
  /** Looks at an answer's numbers and moves on; what is wrong with them is a breach. */
  check(answer: Answer): void;
}

/** The counts as a login left them. */
export function newSequence(start: LoginResult, breach: Connection['breach']): Sequence {
  let { cmdSn: nextCmdSn, statSn: expStatSn, expCmdSn, maxCmdSn } = start;

  return {
    get nextCmdSn() {
      return nextCmdSn;
    },
    get expStatSn() {
      return expStatSn;
    },
    get expCmdSn() {
      return expCmdSn;
    },
    get maxCmdSn() {
      return maxCmdSn;
    },
    get isOpen() {
      return !isBefore(maxCmdSn, nextCmdSn);
    },
    take() {
      const taken = nextCmdSn;
      nextCmdSn = plus(nextCmdSn, 1);
      return taken;
    },
    check(answer) {
      if (carriesStatSn(answer)) {
        if (answer.statSn !== expStatSn) {
          breach('status sequence number', `a ${answer.kind} has StatSN ${answer.statSn}, not ${expStatSn}`);
        }
        if (advancesStatSn(answer)) expStatSn = plus(answer.statSn, 1);
      }
      if (isBefore(answer.maxCmdSn, plus(answer.expCmdSn, -1))) {
        breach(
          'command sequence number',
          `a ${answer.kind} has MaxCmdSN ${answer.maxCmdSn}, below ExpCmdSN ${answer.expCmdSn} - 1`,
        );
      }
      if (isBefore(answer.expCmdSn, expCmdSn)) {
        breach('command sequence number', `ExpCmdSN went back from ${expCmdSn} to ${answer.expCmdSn}`);
      }
      if (isBefore(nextCmdSn, answer.expCmdSn)) {
        breach('command sequence number', `ExpCmdSN ${answer.expCmdSn} is beyond the next CmdSN, ${nextCmdSn}`);
      }
      if (isBefore(answer.maxCmdSn, maxCmdSn)) {
        breach('command sequence number', `MaxCmdSN shrank from ${maxCmdSn} to ${answer.maxCmdSn}`);
      }
      expCmdSn = answer.expCmdSn;
      maxCmdSn = answer.maxCmdSn;
    },
  };
}

/** Whether a PDU is one that a target may send in full feature phase. */
export function isAnswer(pdu: Pdu): pdu is Answer {
  switch (pdu.kind) {
    case 'nop-in':
    case 'scsi-response':
    case 'task-response':
    case 'text-response':
    case 'data-in':
    case 'logout-response':
    case 'r2t':
    case 'async':
    case 'reject':
      return true;
    default:
      return false;
  }
}

function carriesStatSn(answer: Answer): boolean {
  return answer.kind !== 'data-in' || answer.hasStatus;
}

/** R2T and the target's own NOP-In tell the next StatSN and don't use it up. */
function advancesStatSn(answer: Answer): boolean {
  return answer.kind !== 'r2t' && !(answer.kind === 'nop-in' && answer.itt === noTag);
}
