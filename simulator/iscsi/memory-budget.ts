/** Bytes that all sessions may keep together unless told otherwise. */
const defaultMemoryBytes = 256 * 2 ** 20;

/** Free buffers that are kept, and the largest of them in bytes. */
const mostKept = 32;
const largestKept = 2 ** 20;

/** Memory is short from this part of the budget on, and until so little is used again. */
const shortAbove = 3 / 4;
const enoughBelow = 1 / 2;

/**
 * What all sessions of all portals of a process keep together of what initiators send, and of copies that are still to
 * be sent to them. While it is short, command windows do not move on; what has no room is answered TASK SET FULL.
 */
export class MemoryBudget {
  private usedBytes = 0;
  private short = false;
  private readonly waiting = new Set<() => void>();
  private readonly free: Buffer[] = [];

  constructor(private readonly mostBytes: number = defaultMemoryBytes) {}

  get used(): number {
    return this.usedBytes;
  }

  get isShort(): boolean {
    return this.short;
  }

  hasRoom(bytes: number): boolean {
    return this.usedBytes + bytes <= this.mostBytes;
  }

  /** Counts bytes that are kept, whether there is room for them or not. */
  take(bytes: number): void {
    this.usedBytes += bytes;
    if (this.usedBytes > this.mostBytes * shortAbove) this.short = true;
  }

  /** Counts bytes as free again: who waits is told once there is enough. */
  give(bytes: number): void {
    this.usedBytes -= bytes;
    if (!this.short || this.usedBytes > this.mostBytes * enoughBelow) return;
    this.short = false;
    const told = [...this.waiting];
    this.waiting.clear();
    for (const tell of told) tell();
  }

  /** Calls back once there is enough again. */
  onceEnough(tell: () => void): void {
    this.waiting.add(tell);
  }

  /** Calls back no more. */
  forget(tell: () => void): void {
    this.waiting.delete(tell);
  }

  /** A buffer of at least so many bytes, which counts as used until it is given back or lost. */
  takeBuffer(bytes: number): Buffer {
    const index = this.free.findIndex((each) => each.length >= bytes);
    const [kept] = index < 0 ? [] : this.free.splice(index, 1);
    const buffer = kept ?? Buffer.allocUnsafeSlow(bufferBytes(bytes));
    this.take(buffer.length);
    return buffer;
  }

  /** Takes back a buffer that may still be written to: it is not used again. */
  loseBuffer(buffer: Buffer): void {
    this.give(buffer.buffer.byteLength);
  }

  giveBuffer(buffer: Buffer): void {
    // What only a large command needed is given back to the system.
    if (this.free.length < mostKept && buffer.buffer.byteLength <= largestKept)
      this.free.push(Buffer.from(buffer.buffer));
    this.give(buffer.buffer.byteLength);
  }
}

/** What a buffer for so many bytes takes: powers of two, so that one buffer fits many commands. */
export function bufferBytes(bytes: number): number {
  return Math.max(4096, 2 ** Math.ceil(Math.log2(bytes)));
}
