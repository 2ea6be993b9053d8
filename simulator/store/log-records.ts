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

/** Before the entry and the data: bytes of the entry, bytes of the data, checksum of all else. */
const headBytes = 12;

/** The pieces are read at least so many bytes at a time. */
const readBytes = 2 ** 20;

/** A record as it stands in the log. */
export function encodeRecord(entry: LogEntry, data: readonly Uint8Array[] = []): Buffer {
  const text = Buffer.from(JSON.stringify(entry));
  const dataBytes = data.reduce((sum, { length }) => sum + length, 0);
  const record = Buffer.allocUnsafe(headBytes + text.length + dataBytes);
  record.writeUInt32BE(text.length, 0);
  record.writeUInt32BE(dataBytes, 4);
  record.set(text, headBytes);
  let at = headBytes + text.length;
  for (const piece of data) {
    record.set(piece, at);
    at += piece.length;
  }
  record.writeUInt32BE(checksumOf(record), 8);
  return record;
}

/** Reads one encoded record; undefined when it is not what was written. */
export function decodeRecord(record: Buffer, endBytes: number): LogRecord | undefined {
  if (checksumOf(record) !== record.readUInt32BE(8)) return undefined;
  const dataAt = headBytes + record.readUInt32BE(0);
  const entry = JSON.parse(record.toString('utf8', headBytes, dataAt)) as LogEntry;
  return { entry, data: record.subarray(dataAt), endBytes };
}

/** The whole records of a file from a position on, up to the first that is torn or damaged, or to `endBytes`. */
export function* readRecords(file: number, fromBytes: number, endBytes?: number): Generator<LogRecord> {
  const sizeBytes = Math.min(fstatSync(file).size, endBytes ?? Number.POSITIVE_INFINITY);
  let chunk = Buffer.alloc(0);
  let chunkAt = fromBytes;
  const bytes = (at: number, length: number): Buffer | undefined => {
    if (at + length > sizeBytes) return undefined;
    if (at + length > chunkAt + chunk.length) {
      // A new one each time: data that was handed out lies in the old one.
      chunk = Buffer.allocUnsafe(Math.min(Math.max(length, readBytes), sizeBytes - at));
      chunkAt = at;
      for (let done = 0; done < chunk.length; ) {
        const read = readSync(file, chunk, done, chunk.length - done, at + done);
        if (read === 0) return undefined;
        done += read;
      }
    }
    return chunk.subarray(at - chunkAt, at - chunkAt + length);
  };
  for (let at = fromBytes; ; ) {
    const head = bytes(at, headBytes);
    if (head === undefined) return;
    const length = headBytes + head.readUInt32BE(0) + head.readUInt32BE(4);
    const whole = bytes(at, length);
    const record = whole === undefined ? undefined : decodeRecord(whole, at + length);
    if (record === undefined) return;
    yield record;
    at += length;
  }
}

function checksumOf(record: Buffer): number {
  return crc32(record.subarray(headBytes), crc32(record.subarray(0, 8)));
}
