import type { FileHandle } from 'node:fs/promises';
import { type Disk, systemDisk } from '../../simulator/store/disk.js';

/** What can go wrong with a disk. */
export const diskFaults = [
  'none',
  'EIO on write',
  'ENOSPC on write',
  'ENOSPC within a write',
  'short writes',
  'EIO on fsync',
  'EIO on rename',
  'EIO on open',
] as const;

export type DiskFault = (typeof diskFaults)[number];

/** A disk on which everything goes wrong in one way, until it is told otherwise. */
export class FaultyDisk implements Disk {
  fault: DiskFault = 'none';
  /** How often it went wrong. */
  faults = 0;

  readonly open: Disk['open'] = async (path, flags) => {
    if (this.fault === 'EIO on open' && flags !== 'r') this.fail('EIO');
    return this.withFaults(await systemDisk.open(path, flags));
  };

  readonly rename: Disk['rename'] = async (from, to) => {
    if (this.fault === 'EIO on rename') this.fail('EIO');
    await systemDisk.rename(from, to);
  };

  private fail(code: string): never {
    this.faults++;
    throw Object.assign(new Error(`${code}: the disk of the test`), { code });
  }

  private withFaults(file: FileHandle): FileHandle {
    const write = file.write.bind(file) as (
      bytes: Uint8Array,
      offset: number,
      length: number,
      position: number,
    ) => ReturnType<FileHandle['write']>;
    const [writeFile, datasync, sync] = [file.writeFile.bind(file), file.datasync.bind(file), file.sync.bind(file)];
    const flushed = async (flush: () => Promise<void>) => {
      if (this.fault === 'EIO on fsync') this.fail('EIO');
      await flush();
    };
    return Object.assign(file, {
      write: async (bytes: Uint8Array, offset: number, length: number, position: number) => {
        if (this.fault === 'EIO on write') this.fail('EIO');
        if (this.fault === 'ENOSPC on write') this.fail('ENOSPC');
        if (this.fault === 'ENOSPC within a write') {
          await write(bytes, offset, Math.ceil(length / 2), position);
          this.fail('ENOSPC');
        }
        if (this.fault !== 'short writes') return write(bytes, offset, length, position);
        this.faults++;
        return write(bytes, offset, Math.min(length, 7), position);
      },
      writeFile: async (text: string) => {
        if (this.fault === 'EIO on write') this.fail('EIO');
        if (this.fault === 'ENOSPC on write') this.fail('ENOSPC');
        if (this.fault !== 'ENOSPC within a write') return writeFile(text);
        await writeFile(text.slice(0, text.length / 2));
        this.fail('ENOSPC');
      },
      datasync: () => flushed(datasync),
      sync: () => flushed(sync),
    });
  }
}
