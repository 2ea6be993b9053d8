import { parseWaivers, type Waiver, WaiverFileError } from '../checks/waivers.js';
import type { Requirement } from '../requirements/requirement.js';
import { CommandError } from './command.js';
import { readText, reasonOf } from './text-file.js';

/** The waivers of a file. Throws CommandError for what is none. */
export async function readWaivers(file: string, requirements: readonly Requirement[]): Promise<Waiver[]> {
  const text = await readText(file).catch((error: unknown) => {
    throw new CommandError(`--waivers ${file} cannot be read (${reasonOf(error)}).`);
  });
  try {
    return parseWaivers(text, file, new Set(requirements.map(({ id }) => id)));
  } catch (error) {
    if (error instanceof WaiverFileError) throw new CommandError(error.message);
    throw error;
  }
}
