import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** One change of our driver's source. */
export interface DriverChange {
  /** Below driver/. */
  readonly file: string;
  /** A piece of the file that is there exactly once. */
  readonly find: string;
  readonly replace: string;
}

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** A change that can't be made: the piece is not there, is there more than once, or stays as it is. */
class UnfitChange extends Error {
  override readonly name = 'UnfitChange';
}

/** Writes a copy of the driver with changes below a folder of the project; gives its module. Throws UnfitChange. */
export function changedDriver(id: string, changes: readonly DriverChange[], below: string): string {
  const folder = join(below, id);
  mkdirSync(folder, { recursive: true });
  cpSync(join(root, 'driver'), join(folder, 'driver'), { recursive: true });
  cpSync(join(root, 'package.json'), join(folder, 'package.json'));
  for (const [file, text] of changedFiles(id, changes)) writeFileSync(join(folder, 'driver', file), text);
  return pathToFileURL(join(folder, 'driver', 'subject.ts')).href;
}

/** The files that are changed, as they are after it; `id` names the change in errors. Throws UnfitChange. */
export function changedFiles(id: string, changes: readonly DriverChange[]): Map<string, string> {
  const files = new Map<string, string>();
  for (const change of changes) {
    const text = files.get(change.file) ?? readFileSync(join(root, 'driver', change.file), 'utf8');
    files.set(change.file, changed(id, text, change));
  }
  return files;
}

function changed(id: string, text: string, { file, find, replace }: DriverChange): string {
  const parts = text.split(find);
  if (parts.length !== 2) throw new UnfitChange(`${id}: what is to be changed is ${parts.length - 1} times in ${file}`);
  if (find === replace) throw new UnfitChange(`${id}: nothing is changed`);
  return parts.join(replace);
}
