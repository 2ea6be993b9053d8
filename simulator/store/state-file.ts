import { readFile, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Adapter } from 'lowdb';
import { type Disk, syncDirectory, systemDisk } from './disk.js';

/** A state file that cannot be used; the message says which, why, and what to do. */
export class StateFileError extends Error {
  override readonly name = 'StateFileError';
}

/** How data becomes the text of a file and comes back. `parse` throws what is wrong with a text, in words. */
export interface TextForm<T> {
  serialize(data: T): string;
  parse(text: string): T;
}

/**
 * A lowdb adapter that a crash cannot hurt: the new content is written beside the file, flushed to the disk, and put in
 * place of the old by renaming; the directory is flushed too. What cannot be written leaves the old file as it is.
 */
export class DurableFile<T> implements Adapter<T> {
  constructor(
    private readonly path: string,
    private readonly form: TextForm<T>,
    private readonly disk: Disk = systemDisk,
  ) {}

  async read(): Promise<T | null> {
    const kind = await stat(this.path).catch(() => undefined);
    if (kind !== undefined && !kind.isFile())
      throw new StateFileError(`${this.path}: is not a file, it cannot keep a state`);
    const text = await readFile(this.path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw new StateFileError(`${this.path}: cannot be read (${error.code ?? error.message})`);
    });
    if (text === null) return null;
    try {
      return this.form.parse(text);
    } catch (error) {
      throw new StateFileError(
        `${this.path}: ${(error as Error).message}; move it away to start afresh, it was left as it is`,
      );
    }
  }

  async write(data: T): Promise<void> {
    const temporary = join(dirname(this.path), `.${basename(this.path)}.new`);
    try {
      await refuseReadOnly(this.path);
      const file = await this.disk.open(temporary, 'w');
      try {
        await file.writeFile(this.form.serialize(data));
        await file.sync();
      } finally {
        await file.close();
      }
      await this.disk.rename(temporary, this.path);
      await syncDirectory(dirname(this.path), this.disk);
    } catch (error) {
      await rm(temporary, { force: true }).catch(() => undefined);
      throw error;
    }
  }
}

/** Renaming would replace a file that its owner made read-only: that is not what they want. */
async function refuseReadOnly(path: string): Promise<void> {
  const status = await stat(path).catch(() => undefined);
  if (status !== undefined && (status.mode & 0o222) === 0)
    throw Object.assign(new Error(`${path} is read-only`), { code: 'EROFS' });
}
