import { closeSync, openSync, readSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';

/** Bytes before the first record. */
export const headerBytes = 20;

const magic = 'ESBLOCKS';
/** 2: records have a checksum of their head. Logs of format 1 are read; their next successor is of this one. */
const format = 2;

/** What a log begins with: what it is, its format, its generation, and a checksum of these. */
export function headerOf(generation: number, itsFormat = format): Buffer {
  const header = Buffer.alloc(headerBytes);
  header.write(magic, 'latin1');
  header.writeUInt32BE(itsFormat, 8);
  header.writeUInt32BE(generation, 12);
  header.writeUInt32BE(crc32(header.subarray(0, 16)), 16);
  return header;
}

/** The format that a header names. */
export function logFormat(header: Buffer): number {
  return header.readUInt32BE(8);
}

/** The generation of a log; undefined when there is none at that path, or none of a format that is known. */
export function generationAt(path: string): number | undefined {
  const header = headerAt(path);
  if (header === undefined) return undefined;
  const itsFormat = logFormat(header);
  const generation = header.readUInt32BE(12);
  const isKnown = itsFormat >= 1 && itsFormat <= format;
  return isKnown && header.equals(headerOf(generation, itsFormat)) ? generation : undefined;
}

/** Whether an earlier version began a log. */
export function isOfEarlierFormat(path: string): boolean {
  const header = headerAt(path);
  return header !== undefined && logFormat(header) < format;
}

/** The first bytes of a file, zeros where it is shorter; undefined without a file. */
function headerAt(path: string): Buffer | undefined {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const header = Buffer.alloc(headerBytes);
    readSync(file, header, 0, headerBytes, 0);
    return header;
  } finally {
    closeSync(file);
  }
}

/** Writes all of some bytes at a position. Rejects with the system's error; part of them may be there then. */
export async function writeAll(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}
