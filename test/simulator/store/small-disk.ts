import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChildInPlace } from '../../child-process.js';

/** Whether a small file system can be mounted here, to be filled. */
export function canMount(): boolean {
  const place = mkdtempSync(join(tmpdir(), 'eseries-mount-'));
  try {
    mountSmallDisk(place, '64k');
    unmountSmallDisk(place);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(place, { recursive: true });
  }
}

/** Mounts a file system in memory of a size such as 400k on a folder. Throws when that is not possible. */
export function mountSmallDisk(folder: string, size: string): void {
  must('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'none', folder]);
}

export function unmountSmallDisk(folder: string): void {
  must('umount', [folder]);
}

function must(command: string, args: readonly string[]): void {
  const { code, stderr } = runChildInPlace(command, args);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with exit code ${code}: ${stderr}`);
}
