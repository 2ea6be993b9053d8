import { closeSync, openSync, readSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';

/** Opens a file that the log writes: what a test puts in place of the disk. */
export type OpenFile = (path: string, flags: string) => Promise<FileHandle>;

export const openFile: OpenFile = (path, flags) => open(path, flags);

/** Bytes before the first record. */
export const headerBytes = 20;

const magic = 'ESBLOCKS';
const format = 1;

/** What a log begins with: what it is, its format, its generation, and a checksum of these. */
export function headerOf(generation: number): Buffer {
  const header = Buffer.alloc(headerBytes);
  header.write(magic, 'latin1');
  header.writeUInt32BE(format, 8);
  header.writeUInt32BE(generation, 12);
  header.writeUInt32BE(crc32(header.subarray(0, 16)), 16);
  return header;
}

/** The generation of a log; undefined when there is none at that path, or none of this format. */
export function generationAt(path: string): number | undefined {
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
    const generation = header.readUInt32BE(12);
    return header.equals(headerOf(generation)) ? generation : undefined;
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
