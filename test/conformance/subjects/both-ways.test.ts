import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { subjectFor } from '../../../conformance/commands/over-sockets.js';
import { readScenario } from '../../../conformance/scenario/read-scenario.js';
import { runScenario } from '../../../conformance/scenario/run-scenario.js';
import type { SubjectFactory } from '../../../conformance/subjects/subject.js';

const cli = fileURLToPath(new URL('../../../driver/cli.ts', import.meta.url));
const overStdio = subjectFor(`"${process.execPath}" --import tsx '${cli}' --stdio`, {});
const inProcess = subjectFor(undefined, {});

const traceOf = async (name: string, subject: SubjectFactory) => {
  const path = `scenarios/${name}.yaml`;
  const text = readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
  const { verdict, trace, given, steps, end } = await runScenario(readScenario(text, path), { subject });
  expect([...steps.flatMap(({ failures }) => failures), ...end]).toEqual([]);
  return { verdict, trace, given };
};

/** Copies and expansions that take time, arrays that are late or slow, rebuilds, hosts that read and write, and races. */
const stories = [
  'clone/copy-that-fails',
  'clone/failed-copy-is-no-success',
  'nightmare/array-slower-than-the-driver-waits',
  'nightmare/array-that-is-always-slow',
  'nightmare/controller-fails-during-a-copy',
  'nightmare/drive-fails-and-is-rebuilt',
  'setup/answer-that-never-comes',
  'setup/array-that-is-coming-up-is-waited-for',
  'setup/password-of-the-array-is-sent-again',
  'volume/extend-on-a-volume-group-waits',
  'replication/replica-of-a-clone',
  'attach/luns-of-a-race',
  'clone/clones-at-once-have-images-of-their-own',
];

describe('our driver in a program of its own', () => {
  // The program is reusable: the first driver starts it for all the others.
  beforeAll(async () => {
    await traceOf('volume/failed-create-leaves-nothing', overStdio);
  });

  it.each(stories)('makes of %s what it makes of it in this process, byte for byte', async (name) => {
    const there = await traceOf(name, overStdio);
    const here = await traceOf(name, inProcess);
    expect(there.verdict).toBe('pass');
    expect(there.trace === here.trace ? '' : firstOf(there.trace, here.trace)).toBe('');
    expect(there.given).toEqual({ times: 0, milliseconds: 0 });
  });
});

/** The first line that differs. */
function firstOf(there: string, here: string): string {
  const lines = here.split('\n');
  const at = there.split('\n').findIndex((line, index) => line !== lines[index]);
  return `line ${at + 1}: ${there.split('\n')[at]?.slice(0, 300)} instead of ${lines[at]?.slice(0, 300)}`;
}
