import { readdir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { libraryFolder } from '../scenario/library-folder.js';
import { type Problem, readScenario, type ScenarioFile, ScenarioFileError } from '../scenario/read-scenario.js';
import { CommandError } from './command.js';
import { readText, reasonOf } from './text-file.js';

/**
 * The scenario files that are meant: files as they are, folders with all that are in them, in order, and those of this
 * package. Throws CommandError.
 */
export async function scenarioFiles(
  given: readonly string[],
  { library = false }: { readonly library?: boolean | undefined } = {},
): Promise<string[]> {
  const paths = library ? [...given, relative('.', libraryFolder())] : given;
  if (paths.length === 0)
    throw new CommandError(
      'Which files? Name scenario files (*.yaml), or folders of them; --library are those of this package.',
    );
  const found: string[] = [];
  for (const path of paths) {
    const kind = await stat(path).catch((error: NodeJS.ErrnoException) => {
      throw new CommandError(`${path} cannot be read (${error.code}).`);
    });
    if (!kind.isDirectory()) found.push(path);
    else {
      const files = await within(path);
      if (files.length === 0) throw new CommandError(`${path} has no scenario files (*.yaml).`);
      found.push(...files);
    }
  }
  return found;
}

/** A file as a scenario, or what is wrong with it. Throws CommandError for one that can't be read. */
export async function readFileAsScenario(
  file: string,
): Promise<ScenarioFile | { readonly problems: readonly Problem[] }> {
  const text = await readText(file).catch((error: unknown) => {
    throw new CommandError(`${file} cannot be read (${reasonOf(error)}).`);
  });
  try {
    return readScenario(text, file);
  } catch (error) {
    if (error instanceof ScenarioFileError) return { problems: error.problems };
    throw error;
  }
}

async function within(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory() && !entry.isFIFO() && /\.ya?ml$/.test(entry.name))
    .filter(({ name }) => !name.endsWith('not-shown.yaml'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
