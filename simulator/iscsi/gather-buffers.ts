import { bufferBytes, type MemoryBudget } from './memory-budget.js';

/** A session may always gather so much, so that others that use all of the budget do not stop it. */
const reservedBytes = 2 ** 16;

/**
 * Buffers of one session to put data together in. `most` bounds what is handed out at a time, in bytes; the budget
 * bounds it for all sessions together.
 */
export class GatherBuffers {
  private out = 0;

  constructor(
    private readonly most: number,
    private readonly budget: MemoryBudget,
  ) {}

  /** Whether the budget has room to gather so many bytes; `least` is what is needed at once if they must wait. */
  hasRoom(bytes: number, least: number): boolean {
    const wanted = bufferBytes(this.isFull(bytes) ? least : bytes);
    return this.budget.hasRoom(wanted) || this.out + wanted <= reservedBytes;
  }

  /** Undefined when too much is handed out already, unless it must be. One buffer is always given, however large. */
  take(bytes: number, must = false): Buffer | undefined {
    if (!must && this.isFull(bytes)) return undefined;
    this.out += bytes;
    return this.budget.takeBuffer(bytes).subarray(0, bytes);
  }

  /** A buffer for what comes unasked, of a command that waits for one of its own. It does not bound the others. */
  takeBeside(bytes: number): Buffer {
    return this.budget.takeBuffer(bytes).subarray(0, bytes);
  }

  loseBeside(buffer: Buffer): void {
    this.budget.loseBuffer(buffer);
  }

  /** Takes back a buffer that may still be written to: it is not reused. */
  lose(buffer: Buffer): void {
    this.out -= buffer.length;
    this.budget.loseBuffer(buffer);
  }

  give(buffer: Buffer): void {
    this.out -= buffer.length;
    this.budget.giveBuffer(buffer);
  }

  private isFull(bytes: number): boolean {
    return this.out > 0 && this.out + bytes > this.most;
  }
}
