import type { CheckResult } from '../checks/check.js';
import { quoted } from './quoted.js';

/** The command lines that show a failure again: the story that was saved, and what generated it. */
export function replayLines(
  { id, kind, failure }: CheckResult,
  { file, command }: { readonly file: string | undefined; readonly command: string | undefined },
): string[] {
  if (failure === undefined) return [];
  const subject = command === undefined ? '' : ` --subject ${quoted(command)}`;
  const path = failure.path === undefined ? '' : ` --path ${quoted(failure.path)}`;
  const replay = file === undefined ? [] : [`eseries-conformance replay ${quoted(file)}${subject}`];
  // A story of the package has no seed of the run's; without a file, running its check is the only way.
  if (kind === 'direct') return replay.length > 0 ? replay : [`eseries-conformance run --only ${quoted(id)}${subject}`];
  return [...replay, `eseries-conformance run --only ${quoted(id)} --seed ${failure.seed}${path}${subject}`];
}
