import type { Outcome, WantsData } from './scsi/types.js';

/** A stretch of data that was asked for and has not come whole yet. Offsets and lengths in bytes. */
export interface Solicited {
  readonly transferTag: number;
  readonly offset: number;
  readonly bytes: number;
  has: number;
  dataSerial: number;
}

/** A SCSI command that is not answered yet. */
export interface Task {
  readonly tag: number;
  /** The 8-byte LUN as it came. */
  readonly lun: Buffer;
  readonly unitRef: string | undefined;
  readonly nexusId: string;
  readonly isRead: boolean;
  readonly isWrite: boolean;
  /** It took a place in the command window. */
  readonly isNumbered: boolean;
  /** What the initiator expects to be transferred. */
  readonly expectedBytes: number;
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
  isAborted: boolean;
}

/** Free buffers that are kept, and the largest of them in bytes. */
const mostKept = 32;
const largestKept = 2 ** 20;

/** Buffers to put data together in; they are used again. `most` bounds what is handed out at a time, in bytes. */
export class GatherBuffers {
  private readonly free: Buffer[] = [];
  private out = 0;

  constructor(private readonly most: number) {}

  /** Undefined when too much is handed out already, unless it must be. One buffer is always given, however large. */
  take(bytes: number, must = false): Buffer | undefined {
    if (!must && this.out > 0 && this.out + bytes > this.most) return undefined;
    this.out += bytes;
    const index = this.free.findIndex((each) => each.length >= bytes);
    const [kept] = index < 0 ? [] : this.free.splice(index, 1);
    return (kept ?? Buffer.allocUnsafeSlow(sizeFor(bytes))).subarray(0, bytes);
  }

  give(buffer: Buffer): void {
    this.out -= buffer.length;
    // What only a large command needed is given back to the system.
    if (this.free.length < mostKept && buffer.buffer.byteLength <= largestKept)
      this.free.push(Buffer.from(buffer.buffer));
  }
}

/** Powers of two, so that one buffer fits many commands. */
function sizeFor(bytes: number): number {
  return Math.max(4096, 2 ** Math.ceil(Math.log2(bytes)));
}
