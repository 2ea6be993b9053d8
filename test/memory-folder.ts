import { accessSync, constants, mkdtempSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isLong } from './repetitions.js';

const inMemory = '/dev/shm';
const leastFreeBytes = 256 * 2 ** 20;

/**
 * Makes a folder in memory, where there is one. What a process wrote outlives it there as it does on a disk, and a flush
 * takes no time. The long form of the tests, and systems without such a place, have it on the disk.
 */
export function memoryFolder(prefix: string): string {
  return mkdtempSync(join(!isLong && hasRoom() ? inMemory : tmpdir(), prefix));
}

function hasRoom(): boolean {
  try {
    accessSync(inMemory, constants.W_OK);
    const { bavail, bsize } = statfsSync(inMemory);
    return bavail * bsize >= leastFreeBytes;
  } catch {
    return false;
  }
}
