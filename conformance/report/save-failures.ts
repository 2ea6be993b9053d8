import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CheckResult } from '../checks/check.js';

/**
 * Saves a check's failing story as a scenario file, which `replay` plays. Gives the file, or undefined where no story was
 * played. Rejects when the file can't be written.
 */
export async function saveFailure(folder: string, { id, stories, failure }: CheckResult): Promise<string | undefined> {
  if (failure === undefined || stories === 0 || failure.scenario === '') return undefined;
  const file = join(folder, ...id.split('/').map((part) => part.replaceAll(/[^\w.-]/g, '-'))).concat('.yaml');
  await mkdir(dirname(file), { recursive: true });
  // The schema's path is relative to the folder that the story comes from.
  const story = failure.scenario.replace(/^# yaml-language-server:.*\n/, '');
  await writeFile(file, story.endsWith('\n') ? story : `${story}\n`);
  return file;
}
