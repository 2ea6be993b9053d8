import { constants, existsSync, renameSync, statSync } from 'node:fs';
import { copyFile, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncDirectory } from './disk.js';
import { damageAt, holdsBytes, type LogDamage } from './log-damage.js';
import { StateFileError } from './state-file.js';

/** Damage in the log of a state file, in words. */
export interface FoundDamage {
  /** What is damaged, what would be lost, and what to do. */
  readonly refusal: string;
  /** What was dropped, once copies are kept. */
  dropped(copies: readonly string[]): string;
}

/**
 * What is wrong with the log of a state file whose readable records end at a byte; `stateBytes` is where the state says
 * that its own part ends, if that was not read. Undefined when nothing is: a record that was only begun is no damage.
 */
export function damageIn(
  path: string,
  { endBytes, stateBytes }: { readonly endBytes: number; readonly stateBytes: number },
): FoundDamage | undefined {
  const log = `${path}.blocks`;
  const damage = damageAt(log, endBytes);
  if (damage === undefined && stateBytes === 0) return undefined;
  const what =
    damage === undefined
      ? `ends at byte ${endBytes}, ${path} goes on to byte ${stateBytes}`
      : `is damaged at byte ${endBytes}`;
  const lost = lostBehind(damage, endBytes < stateBytes);
  return {
    refusal:
      `${log}: ${what}. Without it ${lost} would be lost. Put good copies of both files in place, or start with ` +
      '--recover: it keeps a copy of both and goes on with what is before the damage. They were left as they are',
    dropped: (copies) => `${log} ${what}: ${lost} were dropped; copies of before are ${copies.join(' and ')}`,
  };
}

function lostBehind(damage: LogDamage | undefined, isWithinState: boolean): string {
  const records = damage === undefined ? [] : [`the last ${damage.restBytes} bytes of it`];
  if (damage !== undefined && damage.records > 0)
    records.push(`with ${damage.records} whole records that hold ${damage.dataBytes} bytes of volumes`);
  if (isWithinState)
    records.push(`${damage === undefined ? '' : 'and '}a part of what was on the volumes and snapshots`);
  return records.join(' ');
}

/** A log whose state is gone, in words. */
export interface OrphanedLog {
  readonly refusal: string;
  /** Renames it, and says so. */
  setAside(): string;
}

/**
 * A log beside a state file that does not refer to one, or is not there. Undefined when there is none, and for what a
 * start left that ended before its first state was written: it holds nothing.
 */
export function orphanedLog(path: string, hasState: boolean): OrphanedLog | undefined {
  const ends = ['.blocks', '.blocks.new'].filter(
    (end) => existsSync(path + end) && (end === '.blocks' || holdsBytes(path + end)),
  );
  if (ends.length === 0) return undefined;
  const log = `${path}${ends[0]}`;
  const what = hasState ? `${path} does not refer to it` : `${path} is missing`;
  const sizeBytes = ends.reduce((sum, end) => sum + statSync(path + end).size, 0);
  return {
    refusal:
      `${log}: holds ${sizeBytes} bytes of volumes, but ${what}. Put the ${path} that belongs to it in place, move ${log} ` +
      'away, or start with --recover: it renames it and starts without it. It was left as it is',
    setAside() {
      const copies = copyNames(path, ends);
      ends.forEach((end, index) => {
        renameSync(path + end, copies[index] ?? '');
      });
      return `${what}: the ${sizeBytes} bytes of ${log} were dropped; it is now ${copies.join(' and ')}`;
    },
  };
}

/**
 * Copies files beside themselves, safely on the disk, under names that are free. Returns the names. Throws
 * StateFileError when that is not possible.
 */
export async function keepCopies(path: string, ends: readonly string[]): Promise<string[]> {
  const copies = copyNames(path, ends);
  try {
    for (const [index, end] of ends.entries()) await copySafely(path + end, copies[index] ?? '');
    await syncDirectory(dirname(path));
  } catch (error) {
    for (const copy of copies) await rm(copy, { force: true });
    const { code, message } = error as NodeJS.ErrnoException;
    throw new StateFileError(
      `${copies.join(' and ')}: no copy could be made (${code ?? message}), nothing was changed`,
    );
  }
  return copies;
}

async function copySafely(from: string, to: string): Promise<void> {
  await copyFile(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  const file = await open(to, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

function copyNames(path: string, ends: readonly string[]): string[] {
  for (let number = 1; ; number++) {
    const names = ends.map((end) => `${path}.before-recovery-${number}${end}`);
    if (!names.some((name) => existsSync(name))) return names;
  }
}
