import { readFile } from 'node:fs/promises';
import { parseWaivers, type Waiver, WaiverFileError } from '../checks/waivers.js';
import type { Requirement } from '../requirements/requirement.js';
import { CommandError } from './command.js';

/** The waivers of a file. Throws CommandError for what is none. */
export async function readWaivers(file: string, requirements: readonly Requirement[]): Promise<Waiver[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new CommandError(`--waivers ${file} cannot be read (${error.code}).`);
  });
  try {
    return parseWaivers(text, file, new Set(requirements.map(({ id }) => id)));
  } catch (error) {
    if (error instanceof WaiverFileError) throw new CommandError(error.message);
    throw error;
  }
}
