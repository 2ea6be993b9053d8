import type { SeedVerdict } from './judge-seed.js';

const longestMessage = 300;

/** How many seeds and stories there were, and the failures by cause: each with a line that shows it again. */
export function steadyTable(verdicts: readonly SeedVerdict[]): string {
  const groups = new Map<string, SeedVerdict[]>();
  for (const verdict of verdicts) {
    const { command, runs } = verdict;
    const key = `${command === undefined ? 'in process' : 'over stdio'}, --runs ${runs}`;
    groups.set(key, [...(groups.get(key) ?? []), verdict]);
  }
  const counts = [...groups].map(([key, some]) => {
    const stories = some.reduce((sum, each) => sum + each.stories, 0);
    const failed = some.filter(({ failures }) => failures.length > 0);
    const seeds = failed.length === 0 ? '' : ` (seeds ${failed.map(({ seed }) => seed).join(', ')})`;
    return `${key.padEnd(24)} ${some.length} seeds  ${stories} stories  ${failed.length} seeds fail${seeds}`;
  });
  return `${[...counts, ...causesOf(verdicts)].join('\n')}\n`;
}

function causesOf(verdicts: readonly SeedVerdict[]): string[] {
  const causes = new Map<string, { readonly message: string; readonly replay: string[] }>();
  for (const { check, cause, message, replay } of verdicts.flatMap(({ failures }) => failures)) {
    const key = `${check} ${cause}`;
    const known = causes.get(key) ?? { message, replay: [] };
    known.replay.push(replay);
    causes.set(key, known);
  }
  return [...causes]
    .sort(([, one], [, other]) => other.replay.length - one.replay.length)
    .flatMap(([key, { message, replay }]) => [
      '',
      `${replay.length} x ${key}`,
      `  ${message.replaceAll('\n', ' ').slice(0, longestMessage)}`,
      `  ${replay[0] ?? ''}`,
    ]);
}
