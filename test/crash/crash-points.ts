import type { FileHandle } from 'node:fs/promises';
import { type Disk, systemDisk } from '../../simulator/store/disk.js';

/** Where a process can be made to end while it writes its state. */
export const crashPoints = [
  'before write',
  'within write',
  'after write',
  'before fsync',
  'after fsync',
  'before rename',
  'after rename',
  'during compaction',
] as const;

export type CrashPoint = (typeof crashPoints)[number];

/** A disk on which the process ends when it comes to a point for the `count`-th time. */
export function crashingDisk(point: CrashPoint, count: number, end: () => void): Disk {
  let left = count;
  const pass = (here: CrashPoint) => {
    if (here === point && --left === 0) end();
  };
  return {
    async open(path, flags) {
      const file = await systemDisk.open(path, flags);
      return withCrashes(file, path.endsWith('.blocks.new'), pass);
    },
    async rename(from, to) {
      pass('before rename');
      await systemDisk.rename(from, to);
      pass('after rename');
    },
  };
}

type Write = (bytes: Uint8Array, offset: number, length: number, position: number) => ReturnType<FileHandle['write']>;

function withCrashes(file: FileHandle, isSuccessor: boolean, pass: (here: CrashPoint) => void): FileHandle {
  const write = file.write.bind(file) as Write;
  const [writeFile, datasync, sync] = [file.writeFile.bind(file), file.datasync.bind(file), file.sync.bind(file)];
  const begin = () => {
    pass('before write');
    if (isSuccessor) pass('during compaction');
  };
  const flushed = async (flush: () => Promise<void>) => {
    pass('before fsync');
    await flush();
    pass('after fsync');
  };
  return Object.assign(file, {
    async write(bytes: Uint8Array, offset: number, length: number, position: number) {
      begin();
      const half = Math.ceil(length / 2);
      const first = await write(bytes, offset, half, position);
      pass('within write');
      if (first.bytesWritten < half || half === length) return first;
      const second = await write(bytes, offset + half, length - half, position + half);
      pass('after write');
      return { ...second, bytesWritten: half + second.bytesWritten };
    },
    async writeFile(text: string) {
      begin();
      await writeFile(text);
      pass('after write');
    },
    datasync: () => flushed(datasync),
    sync: () => flushed(sync),
  });
}
