import { readFileSync } from 'node:fs';
import { subjectFor } from '../../../conformance/library/over-sockets.js';
import { readScenario } from '../../../conformance/scenario/read-scenario.js';
import { runScenario } from '../../../conformance/scenario/run-scenario.js';
import type { SubjectFactory } from '../../../conformance/subjects/subject.js';
import { commands } from '../../commands.js';

/** Our driver as a program of its own, and as a module of this process. */
export const overStdio = subjectFor(`"${process.execPath}" '${commands.driver}' --stdio`, {});
const inProcess = subjectFor(undefined, {});

/** What a story came to in one of the ways of running. */
export interface Way {
  readonly verdict: string;
  readonly trace: string;
  /** What the story blames the driver for. */
  readonly failures: readonly string[];
  /** Time that the program was given without having asked for it. */
  readonly givenTimes: number;
}

export async function playedBy(subject: SubjectFactory, name: string): Promise<Way> {
  const path = `scenarios/${name}.yaml`;
  const text = readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
  const { verdict, trace, given, steps, end } = await runScenario(readScenario(text, path), { subject });
  const failures = [...steps.flatMap((step) => step.failures), ...end].map(({ message }) => message);
  return { verdict, trace, failures, givenTimes: given.times };
}

/** Plays a story in both ways. Gives what differs, or is wrong, in a line; undefined when all is the same. */
export async function difference(name: string): Promise<string | undefined> {
  const there = await playedBy(overStdio, name);
  const here = await playedBy(inProcess, name);
  const wrong = [...there.failures, ...here.failures];
  if (wrong.length > 0) return wrong.join('; ');
  if (there.verdict !== here.verdict) return `${there.verdict} over stdio, ${here.verdict} in process`;
  if (there.givenTimes > 0) return `time was given ${there.givenTimes} times`;
  return firstOf(there.trace, here.trace);
}

/** The first line that differs. */
function firstOf(there: string, here: string): string | undefined {
  if (there === here) return undefined;
  const [lines, others] = [there.split('\n'), here.split('\n')];
  const at = lines.findIndex((line, index) => line !== others[index]);
  return `line ${at + 1}: ${lines[at]?.slice(0, 300)} instead of ${others[at]?.slice(0, 300)}`;
}
