import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PythonMutant } from './mutant.js';

const name = 'second_driver';

/** The folder that the second driver is imported from. */
export const secondDriverFolder = fileURLToPath(new URL('../../subjects/python/', import.meta.url));

/** A change that can't be made: the piece is not there, is there more than once, or stays as it is. */
class UnfitChange extends Error {
  override readonly name = 'UnfitChange';
}

/** The changed file as it is after the change. Throws UnfitChange. */
export function changedText({ id, file, find, replace }: PythonMutant): string {
  const parts = readFileSync(join(secondDriverFolder, name, file), 'utf8').split(find);
  if (parts.length !== 2) throw new UnfitChange(`${id}: what is to be changed is ${parts.length - 1} times in ${file}`);
  if (find === replace) throw new UnfitChange(`${id}: nothing is changed`);
  return parts.join(replace);
}

/** Writes a copy of the second driver with the change; gives the folder to import it from. Throws UnfitChange. */
export function changedPackage(mutant: PythonMutant, below: string): string {
  const folder = join(below, `python-${mutant.id}`);
  const text = changedText(mutant);
  mkdirSync(folder, { recursive: true });
  cpSync(join(secondDriverFolder, name), join(folder, name), {
    recursive: true,
    filter: (path) => !path.endsWith('__pycache__'),
  });
  writeFileSync(join(folder, name, mutant.file), text);
  return folder;
}
