import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Mutant } from './mutant.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** A change that is not one: the piece is not there, or more than once. */
export class NoMutant extends Error {
  override readonly name = 'NoMutant';
}

/** Writes a copy of the driver with the change in it, within the project so that packages are found; gives its module. */
export function mutatedDriver(mutant: Mutant): string {
  const folder = join(root, '.mutants', mutant.id);
  mkdirSync(folder, { recursive: true });
  cpSync(join(root, 'driver'), join(folder, 'driver'), { recursive: true });
  cpSync(join(root, 'package.json'), join(folder, 'package.json'));
  for (const change of [mutant, ...(mutant.also ?? [])]) {
    const file = join(folder, 'driver', change.file);
    writeFileSync(file, changed(mutant.id, readFileSync(file, 'utf8'), change));
  }
  return pathToFileURL(join(folder, 'driver', 'subject.ts')).href;
}

function changed(id: string, text: string, { file, find, replace }: Omit<Mutant, 'id' | 'rule' | 'also'>): string {
  const parts = text.split(find);
  if (parts.length !== 2) throw new NoMutant(`${id}: what is to be changed is ${parts.length - 1} times in ${file}`);
  if (find === replace) throw new NoMutant(`${id}: nothing is changed`);
  return parts.join(replace);
}
