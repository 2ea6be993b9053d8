import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Mutant } from './mutant.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** A change that is not one: the piece is not there, or more than once. */
class NoMutant extends Error {
  override readonly name = 'NoMutant';
}

/** Writes a copy of the driver with the change in it below a folder of the project; gives its module. Throws NoMutant. */
export function mutatedDriver(mutant: Mutant, below: string): string {
  const folder = join(below, mutant.id);
  mkdirSync(folder, { recursive: true });
  cpSync(join(root, 'driver'), join(folder, 'driver'), { recursive: true });
  cpSync(join(root, 'package.json'), join(folder, 'package.json'));
  for (const [file, text] of changedFiles(mutant)) writeFileSync(join(folder, 'driver', file), text);
  return pathToFileURL(join(folder, 'driver', 'subject.ts')).href;
}

/** The files that a mutant changes, as it has them. Throws NoMutant. */
export function changedFiles(mutant: Mutant): Map<string, string> {
  const files = new Map<string, string>();
  for (const change of [mutant, ...(mutant.also ?? [])]) {
    const text = files.get(change.file) ?? readFileSync(join(root, 'driver', change.file), 'utf8');
    files.set(change.file, changed(mutant.id, text, change));
  }
  return files;
}

function changed(id: string, text: string, { file, find, replace }: Omit<Mutant, 'id' | 'rule' | 'also'>): string {
  const parts = text.split(find);
  if (parts.length !== 2) throw new NoMutant(`${id}: what is to be changed is ${parts.length - 1} times in ${file}`);
  if (find === replace) throw new NoMutant(`${id}: nothing is changed`);
  return parts.join(replace);
}
