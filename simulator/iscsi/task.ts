import type { Outcome, WantsData } from './scsi/types.js';

/** A stretch of data that was asked for and has not come whole yet. Offsets and lengths in bytes. */
export interface Solicited {
  readonly transferTag: number;
  readonly offset: number;
  readonly bytes: number;
  has: number;
  dataSerial: number;
}

/** What of a command its answer depends on. */
export interface CommandShape {
  readonly tag: number;
  readonly isRead: boolean;
  readonly isWrite: boolean;
  /** What the initiator expects to be transferred, in bytes. */
  readonly expectedBytes: number;
  /** The logical unit's number; undefined for an address that is none. */
  readonly unitNumber: number | undefined;
  /** It took a place in the command window. */
  readonly isNumbered: boolean;
}

/** A SCSI command that is not answered yet. */
export interface Task extends CommandShape {
  /** The 8-byte LUN as it came. */
  readonly lun: Buffer;
  readonly unitRef: string | undefined;
  readonly nexusId: string;
  /** What takes the data once it is here; undefined while the command itself is at work. */
  readonly wants: WantsData | undefined;
  /** Decided already: data that still comes is thrown away, then this is answered. */
  outcome: Outcome | undefined;
  buffer: Buffer | undefined;
  /** There was no room to put all of its data together yet. */
  isWaiting: boolean;
  /** Data comes in order: so much of `buffer` is filled. */
  has: number;
  /** Unsolicited data is still to come. */
  awaitsUnsolicited: boolean;
  unsolicitedHas: number;
  unsolicitedSerial: number;
  readonly solicited: Solicited[];
  /** Up to here data was asked for. */
  askedFor: number;
  r2tSerial: number;
}

/** Bytes to put together for a command: what it wants, or what the initiator means to send when that is less. */
export function neededOf(wants: WantsData | undefined, { expectedBytes }: CommandShape): number {
  return Math.min(wants?.dataOutBytes ?? 0, expectedBytes);
}
