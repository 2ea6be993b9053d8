import { crc32c, crc32cOfShort } from './crc32c.js';
import { dataBytesOf, headerBytes, padded } from './pdu.js';

/** The stream cannot be followed any more: the connection must end. */
export class StreamError extends Error {
  override readonly name = 'StreamError';
}

/** Who takes the PDUs. */
export interface PduSink {
  /** The header with its additional segments, and the data without padding. Both are valid during the call only. */
  receive(header: Buffer, data: Buffer): void;
  /** Where a data segment that comes in pieces is to be put together: exactly that many bytes, or anywhere. */
  place?(header: Buffer, dataBytes: number): Buffer | undefined;
  /** A data segment whose digest is wrong. */
  damaged(header: Buffer): void;
}

const nothing = Buffer.alloc(0);

/** Largest header: the basic segment, additional segments, and the digest. */
const longestHeader = headerBytes + 255 * 4 + 4;

/** Cuts a stream of bytes into PDUs. What lies whole in one piece is handed over as it is, without a copy. */
export class PduReader {
  headerDigest = false;
  dataDigest = false;
  /** Larger data segments end the connection. */
  mostDataBytes: number;

  private readonly head = Buffer.allocUnsafe(longestHeader);
  private headHas = 0;
  /** The header whose data is being put together. */
  private pending: Buffer | undefined;
  private body: Buffer = nothing;
  private bodyHas = 0;
  private bodyBytes = 0;
  private countedBytes = 0;
  /** Padding and digest behind the data. */
  private readonly tail = Buffer.allocUnsafe(8);
  private tailHas = 0;
  private tailBytes = 0;

  constructor(
    private readonly sink: PduSink,
    mostDataBytes: number,
    /** Counts what is put together here, and not where the sink says. */
    private readonly memory?: { take(bytes: number): void; give(bytes: number): void },
  ) {
    this.mostDataBytes = mostDataBytes;
  }

  /** Takes in what came. Throws StreamError when it makes no sense; `isOver` stops between two PDUs. */
  push(chunk: Buffer, isOver: () => boolean): void {
    let at = 0;
    while (at < chunk.length && !isOver()) {
      at = this.pending === undefined ? this.readHeader(chunk, at) : this.readBody(chunk, at);
    }
  }

  private readHeader(chunk: Buffer, from: number): number {
    if (this.headHas === 0 && chunk.length - from >= headerBytes) {
      const bytes = this.headerLength(chunk, from);
      if (chunk.length - from >= bytes) {
        this.checkHeader(chunk.subarray(from, from + bytes));
        return this.afterHeader(chunk.subarray(from, from + bytes - (this.headerDigest ? 4 : 0)), chunk, from + bytes);
      }
    }
    const wanted = this.headHas < headerBytes ? headerBytes : this.headerLength(this.head, 0);
    const copied = chunk.copy(this.head, this.headHas, from, from + wanted - this.headHas);
    this.headHas += copied;
    const at = from + copied;
    if (this.headHas < headerBytes || this.headHas < this.headerLength(this.head, 0)) return at;
    const bytes = this.headHas;
    this.headHas = 0;
    const whole = Buffer.from(this.head.subarray(0, bytes));
    this.checkHeader(whole);
    return this.afterHeader(whole.subarray(0, bytes - (this.headerDigest ? 4 : 0)), chunk, at);
  }

  private headerLength(buffer: Buffer, at: number): number {
    return headerBytes + (buffer[at + 4] ?? 0) * 4 + (this.headerDigest ? 4 : 0);
  }

  private checkHeader(header: Buffer): void {
    if (!this.headerDigest) return;
    const end = header.length - 4;
    if (crc32cOfShort(header.subarray(0, end)) !== header.readUInt32LE(end))
      throw new StreamError('the header digest is wrong');
  }

  /** The header is whole; its data may lie behind it in the same piece. */
  private afterHeader(header: Buffer, chunk: Buffer, at: number): number {
    const bytes = dataBytesOf(header);
    if (bytes === 0) {
      this.sink.receive(header, nothing);
      return at;
    }
    if (bytes > this.mostDataBytes)
      throw new StreamError(`a data segment of ${bytes} bytes, allowed are ${this.mostDataBytes}`);
    const behind = padded(bytes) - bytes + (this.dataDigest ? 4 : 0);
    if (chunk.length - at >= bytes + behind) {
      const end = at + bytes;
      this.deliver(header, chunk.subarray(at, end), chunk.subarray(end, end + behind));
      return end + behind;
    }
    this.pending = Buffer.from(header);
    const place = this.sink.place?.(this.pending, bytes);
    this.body = place ?? this.newBody(bytes);
    this.bodyBytes = bytes;
    this.bodyHas = 0;
    this.tailBytes = behind;
    this.tailHas = 0;
    return this.readBody(chunk, at);
  }

  private readBody(chunk: Buffer, from: number): number {
    let at = from;
    if (this.bodyHas < this.bodyBytes) {
      const copied = chunk.copy(this.body, this.bodyHas, at, at + this.bodyBytes - this.bodyHas);
      this.bodyHas += copied;
      at += copied;
    }
    if (this.bodyHas === this.bodyBytes && this.tailHas < this.tailBytes) {
      const copied = chunk.copy(this.tail, this.tailHas, at, at + this.tailBytes - this.tailHas);
      this.tailHas += copied;
      at += copied;
    }
    if (this.bodyHas === this.bodyBytes && this.tailHas === this.tailBytes && this.pending !== undefined) {
      const header = this.pending;
      const data = this.body.subarray(0, this.bodyBytes);
      this.pending = undefined;
      this.body = nothing;
      this.close();
      this.deliver(header, data, this.tail.subarray(0, this.tailBytes));
    }
    return at;
  }

  private newBody(bytes: number): Buffer {
    this.countedBytes = bytes;
    this.memory?.take(bytes);
    return Buffer.allocUnsafe(bytes);
  }

  /** What was being put together counts no more. */
  close(): void {
    if (this.countedBytes > 0) this.memory?.give(this.countedBytes);
    this.countedBytes = 0;
  }

  private deliver(header: Buffer, data: Buffer, behind: Buffer): void {
    if (this.dataDigest) {
      const end = behind.length - 4;
      if (crc32cOfShort(behind.subarray(0, end), crc32c(data)) !== behind.readUInt32LE(end)) {
        this.sink.damaged(header);
        return;
      }
    }
    this.sink.receive(header, data);
  }
}
