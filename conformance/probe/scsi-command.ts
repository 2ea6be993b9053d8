import type { DataOutChoice } from './data-out.js';
import { CheckCondition, CommandFailed } from './errors.js';
import type { Sense } from './scsi/sense.js';

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

/** Resolves a result with the status GOOD, throws CheckCondition or CommandFailed for any other. */
export function demandGood(result: ScsiResult): ScsiResult {
  if (result.status === 2 && result.sense) throw new CheckCondition(result.sense);
  if (result.status !== 0) throw new CommandFailed(result.status);
  return result;
}
