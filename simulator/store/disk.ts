import { type FileHandle, open, rename } from 'node:fs/promises';

/** What the state and its log are written with: the one place where a test lets a disk fail, or a process end. */
export interface Disk {
  /** Rejects with the system's error. */
  open(path: string, flags: string): Promise<FileHandle>;
  rename(from: string, to: string): Promise<void>;
}

/** What is written is its owner's only. */
const ownerOnly = 0o600;

/** The disk of the operating system. */
export const systemDisk: Disk = {
  async open(path, flags) {
    const file = await open(path, flags, ownerOnly);
    // A file of an earlier version, or one that was copied, may be open to others.
    if (flags !== 'r') await closeToOthers(file);
    return file;
  },
  rename,
};

async function closeToOthers(file: FileHandle): Promise<void> {
  const { mode } = await file.stat();
  // Not possible where the file is another user's: then the mode is up to that user.
  if ((mode & 0o077) !== 0) await file.chmod(mode & 0o700).catch(() => undefined);
}

/** Flushes a folder: renamed and new files in it stay. */
export async function syncDirectory(path: string, disk: Disk = systemDisk): Promise<void> {
  const directory = await disk.open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
