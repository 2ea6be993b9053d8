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

  /** Takes back a buffer that may still be written to: it is not reused. */
  lose(buffer: Buffer): void {
    this.out -= buffer.length;
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
