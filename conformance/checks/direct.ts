import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { aliases } from '../scenario/calls.js';
import type { Scenario, Step } from '../scenario/format.js';
import { libraryFolder } from '../scenario/library-folder.js';
import { readScenario } from '../scenario/read-scenario.js';
import { applicability } from '../subjects/methods.js';
import type { Check } from './check.js';
import { checkRunOf } from './played.js';

/**
 * The stories of this package, one check each. What stands before a story's steps is read at once, the rest when it is run: to
 * read them all takes a second. Throws ScenarioFileError for one that is not a scenario.
 */
export async function directChecks(folder: string = libraryFolder()): Promise<Check[]> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.yaml')).sort();
  const stories = names.filter((name) => name.includes('/') || name.includes('\\'));
  return Promise.all(stories.map((name) => directCheck(folder, join(folder, name))));
}

async function directCheck(folder: string, file: string): Promise<Check> {
  const text = await readFile(file, 'utf8');
  const { name, verifies } = headOf(text, file);
  const id = relative(folder, file)
    .replaceAll('\\', '/')
    .replace(/\.yaml$/, '');
  return {
    id,
    kind: 'direct',
    title: name,
    verifies,
    async run({ methods, play, seed: _ }) {
      const { scenario } = readScenario(text, file);
      const needs = applicability(methods, methodsOf(scenario));
      if (!needs.run) {
        if (needs.verdict === 'skipped')
          return { outcome: 'skipped', reason: needs.reason, stories: 0, driverCalls: 0 };
        const failure = {
          failures: [{ message: needs.reason, requirement: 'C-driver-1' }],
          scenario: text,
          trace: '',
          seed: 0,
        };
        return { outcome: 'fail', stories: 0, driverCalls: 0, failure };
      }
      return checkRunOf(await play(scenario, file), text);
    },
  };
}

/** A story without its steps. */
function headOf(text: string, file: string): Scenario {
  const steps = text.search(/^steps:/m);
  const head = steps < 0 ? text : `${text.slice(0, steps)}steps: [{ advance: 0s }]\n`;
  return readScenario(head, file).scenario;
}

/** The methods that a story calls by name: on the surface that it uses. */
function methodsOf({ steps, surface }: Scenario): string[] {
  const names = new Set<string>();
  const visit = (each: readonly Step[]) => {
    for (const step of each) {
      if ('call' in step) names.add(onSurface(step.call, surface ?? 'generic'));
      for (const inner of Object.values(step)) if (isSteps(inner)) visit(inner);
    }
  };
  visit(steps);
  return [...names];
}

function onSurface(method: string, surface: 'generic' | 'consistency'): string {
  const generic = aliases[method] ?? method;
  if (surface === 'generic') return generic;
  return Object.keys(aliases).find((alias) => aliases[alias] === generic) ?? method;
}

function isSteps(value: unknown): value is Step[] {
  return Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'object' && each !== null);
}
