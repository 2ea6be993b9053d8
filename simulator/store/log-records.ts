import { fstatSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { ContentChange } from '../array/content-changes.js';
import type { TreeEntry } from '../blocks/tree-entries.js';

/** What a record of the log says, of the contents of one array: the id of its system. */
export type LogEntry = { readonly array: string } & (
  | ContentChange
  | TreeEntry
  /** The array is gone; another one may come under its id. */
  | { readonly op: 'forget' }
);

/** A record as it was read. */
export interface LogRecord {
  readonly entry: LogEntry;
  readonly data: Buffer;
  /** Just behind it, in bytes from the beginning of the file. */
  readonly endBytes: number;
}

/**
 * Before the entry and the data: bytes of the entry (with `markBit`), bytes of the data, checksum of all else but the
 * last word, which is a checksum of the three before it. So a record that the end of the file cuts off is told from one
 * whose length is damaged. Records of the first format have neither mark nor last word.
 */
export const headBytes = 16;
const firstHeadBytes = 12;
const markBit = 0x8000_0000;

/** What an entry's text begins with. */
const entryBeginning = '{"array":';

/** The pieces are read at least so many bytes at a time. */
const readBytes = 2 ** 20;

/** So many bytes are searched at a time. */
const searchBytes = 2 ** 16;

/** A record as it stands in the log. */
export function encodeRecord(entry: LogEntry, data: readonly Uint8Array[] = []): Buffer {
  const text = Buffer.from(JSON.stringify(entry));
  const dataBytes = data.reduce((sum, { length }) => sum + length, 0);
  const record = Buffer.allocUnsafe(headBytes + text.length + dataBytes);
  record.writeUInt32BE((text.length | markBit) >>> 0, 0);
  record.writeUInt32BE(dataBytes, 4);
  record.set(text, headBytes);
  let at = headBytes + text.length;
  for (const piece of data) {
    record.set(piece, at);
    at += piece.length;
  }
  record.writeUInt32BE(checksumOf(record, headBytes), 8);
  record.writeUInt32BE(crc32(record.subarray(0, firstHeadBytes)), firstHeadBytes);
  return record;
}

/** What the first bytes of a record say of it. */
export interface RecordHead {
  readonly headBytes: number;
  readonly entryBytes: number;
  /** Of the whole record. */
  readonly lengthBytes: number;
  /** Whether the lengths are as they were written: known only where the head has a checksum of its own. */
  readonly isSure: boolean;
}

/** Reads the head of a record from its first `headBytes` bytes; undefined when it is damaged. */
export function headOfRecord(bytes: Buffer): RecordHead | undefined {
  const first = bytes.readUInt32BE(0);
  const dataBytes = bytes.readUInt32BE(4);
  if (first < markBit)
    return {
      headBytes: firstHeadBytes,
      entryBytes: first,
      lengthBytes: firstHeadBytes + first + dataBytes,
      isSure: false,
    };
  if (bytes.length < headBytes || bytes.readUInt32BE(firstHeadBytes) !== crc32(bytes.subarray(0, firstHeadBytes)))
    return undefined;
  const entryBytes = first - markBit;
  return { headBytes, entryBytes, lengthBytes: headBytes + entryBytes + dataBytes, isSure: true };
}

/** Reads one encoded record; undefined when it is not what was written. */
export function decodeRecord(record: Buffer, endBytes: number): LogRecord | undefined {
  const head = headOfRecord(record);
  if (head === undefined || head.lengthBytes !== record.length) return undefined;
  if (checksumOf(record, head.headBytes) !== record.readUInt32BE(8)) return undefined;
  const dataAt = head.headBytes + head.entryBytes;
  const entry = JSON.parse(record.toString('utf8', head.headBytes, dataAt)) as LogEntry;
  return { entry, data: record.subarray(dataAt), endBytes };
}

/** The whole records of a file from a position on, up to the first that is torn or damaged, or to `endBytes`. */
export function* readRecords(file: number, fromBytes: number, endBytes?: number): Generator<LogRecord> {
  const pieces = new FilePieces(file, endBytes);
  for (let at = fromBytes; ; ) {
    const record = recordAt(pieces, at);
    if (record === undefined) return;
    yield record;
    at = record.endBytes;
  }
}

/** The whole record at a position; undefined when there is none. */
export function recordAt(pieces: FilePieces, at: number): LogRecord | undefined {
  const first = pieces.at(at, Math.min(headBytes, pieces.sizeBytes - at));
  if (first === undefined || first.length < firstHeadBytes) return undefined;
  const head = headOfRecord(first);
  if (head === undefined) return undefined;
  const whole = pieces.at(at, head.lengthBytes);
  return whole === undefined ? undefined : decodeRecord(whole, at + head.lengthBytes);
}

/** Where a record may begin, from a position on: where an entry's text begins a head further. Undefined for no more. */
export function nextCandidate(pieces: FilePieces, fromBytes: number): number[] | undefined {
  const overlap = entryBeginning.length - 1;
  for (let at = fromBytes; at < pieces.sizeBytes; at += searchBytes) {
    const piece = pieces.at(at, Math.min(searchBytes + overlap, pieces.sizeBytes - at));
    const found = piece?.indexOf(entryBeginning) ?? -1;
    if (found >= 0) return [at + found - headBytes, at + found - firstHeadBytes];
  }
  return undefined;
}

/** Reads a file in large pieces. */
export class FilePieces {
  readonly sizeBytes: number;
  private chunk = Buffer.alloc(0);
  private chunkAt = 0;

  constructor(
    private readonly file: number,
    endBytes = Number.POSITIVE_INFINITY,
  ) {
    this.sizeBytes = Math.min(fstatSync(file).size, endBytes);
  }

  /** Bytes at a position; undefined beyond the end. */
  at(at: number, length: number): Buffer | undefined {
    if (at < 0 || at + length > this.sizeBytes) return undefined;
    if (at < this.chunkAt || at + length > this.chunkAt + this.chunk.length) {
      // A new one each time: data that was handed out lies in the old one.
      this.chunk = Buffer.allocUnsafe(Math.min(Math.max(length, readBytes), this.sizeBytes - at));
      this.chunkAt = at;
      for (let done = 0; done < this.chunk.length; ) {
        const read = readSync(this.file, this.chunk, done, this.chunk.length - done, at + done);
        if (read === 0) {
          this.chunk = this.chunk.subarray(0, done);
          return this.chunk.length < length ? undefined : this.chunk.subarray(0, length);
        }
        done += read;
      }
    }
    return this.chunk.subarray(at - this.chunkAt, at - this.chunkAt + length);
  }
}

function checksumOf(record: Buffer, head: number): number {
  return crc32(record.subarray(head), crc32(record.subarray(0, 8)));
}
