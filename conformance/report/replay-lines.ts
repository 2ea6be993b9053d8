import type { CheckResult } from '../checks/check.js';
import { quoted } from './quoted.js';

interface ReplayOptions {
  /** Where the story was saved. */
  readonly file: string | undefined;
  /** What `--subject` said. */
  readonly command: string | undefined;
  /** What `--patience` said, where it is not the default. */
  readonly patience?: string | undefined;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** Where interpreters look for modules: without them the program is another one. */
const variables = ['PYTHONPATH', 'PYTHONHOME', 'NODE_PATH'];

/** The command lines that show a failure again: the story that was saved, and what generated it. */
export function replayLines(
  { id, kind, failure }: CheckResult,
  { file, command, patience, environment = {} }: ReplayOptions,
): string[] {
  if (failure === undefined) return [];
  const time = patience === undefined ? '' : ` --patience ${quoted(patience)}`;
  const subject = command === undefined ? '' : ` --subject ${quoted(command)}${time}`;
  const given = command === undefined ? [] : variables.filter((name) => environment[name]);
  const set = given.map((name) => `${name}=${quoted(environment[name] ?? '')} `).join('');
  const path = failure.path === undefined ? '' : ` --path ${quoted(failure.path)}`;
  const replay = file === undefined ? [] : [`${set}eseries-conformance replay ${quoted(file)}${subject}`];
  // A story of the package has no seed of the run's; without a file, running its check is the only way.
  if (kind === 'direct')
    return replay.length > 0 ? replay : [`${set}eseries-conformance run --only ${quoted(id)}${subject}`];
  const [, pairs] = /^explore(-pairs)?\//.exec(id) ?? [];
  const explore = id.startsWith('explore') ? ` --explore ${pairs === undefined ? 'singles' : 'pairs'}` : '';
  return [
    ...replay,
    `${set}eseries-conformance run${explore} --only ${quoted(id)} --seed ${failure.seed}${path}${subject}`,
  ];
}
