import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { scenarioSchema } from '../scenario/format.js';
import { libraryIndex } from '../scenario/library-index.js';
import { problemLine, type ScenarioFile } from '../scenario/read-scenario.js';
import { type Command, CommandError, exitCodes } from './command.js';
import { readFileAsScenario, scenarioFiles } from './scenario-files.js';
import { indexUsage } from './usage/index-scenarios.js';

export const indexScenarios: Command = {
  ...indexUsage,
  async run(args, { out }) {
    const { values, positionals } = parseArgs({ args: [...args], options: indexUsage.options, allowPositionals: true });
    const [folder] = positionals;
    if (folder === undefined) throw new CommandError('Which folder?');
    const stale: string[] = [];
    for (const [name, text] of await written(folder)) {
      const path = join(folder, name);
      if ((await readFile(path, 'utf8').catch(() => '')) === text) continue;
      stale.push(path);
      if (values.check !== true) await writeFile(path, text);
    }
    out.write(`${stale.map((each) => `${each} ${values.check === true ? 'is out of date' : 'written'}\n`).join('')}`);
    return values.check === true && stale.length > 0 ? exitCodes.failed : exitCodes.passed;
  },
};

/** The files that a folder of scenarios has beside them, by name. */
async function written(folder: string): Promise<[string, string][]> {
  const stories: ScenarioFile[] = [];
  for (const file of (await scenarioFiles([folder])).filter((each) => !each.endsWith('not-shown.yaml'))) {
    const read = await readFileAsScenario(file);
    if ('problems' in read) throw new CommandError(read.problems.map(problemLine).join('\n'));
    stories.push({ ...read, file: file.replaceAll('\\', '/') });
  }
  const notShown = await readFile(join(folder, 'not-shown.yaml'), 'utf8').catch(() => '');
  return [
    ['README.md', libraryIndex(stories, (parse(notShown) ?? {}) as Record<string, string>)],
    ['scenario.schema.json', `${JSON.stringify(scenarioSchema, null, 2)}\n`],
  ];
}
