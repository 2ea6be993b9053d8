import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readScenario } from '../conformance/scenario/read-scenario.js';
import { runScenario } from '../conformance/scenario/run-scenario.js';
import { subjectOf } from '../conformance/subjects/subject-of.js';
import { startSimulator } from '../simulator/index.js';
import { runChild } from './child-process.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

/** The code blocks of a part of the README. */
function blocks(heading: string): string[] {
  const part = readme.split(/^## /m).find((each) => each.startsWith(heading)) ?? '';
  return [...part.matchAll(/```sh\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');
}

async function runAgainstSimulator(script: string, port: string) {
  const there = script.replaceAll('127.0.0.1:8080', `127.0.0.1:${port}`);
  const ended = await runChild('bash', ['-euo', 'pipefail', '-c', there]);
  expect(ended).toMatchObject({ code: 0 });
  return ended;
}

describe('the README', () => {
  it('begins with the two commands', () => {
    expect(readme).toMatch(/```sh\nnpm ci && npm start\nnpm cit\n```/);
  });

  it('has a walk that works as it stands and leaves nothing behind', async () => {
    const simulator = await startSimulator({ port: 0, jobs: 'polls:2' });
    try {
      const [walk = ''] = blocks('A walk');
      const before = [simulator.array.tables.volumes.size, simulator.array.tables.hosts.size];
      const { stdout } = await runAgainstSimulator(walk, new URL(simulator.url).port);
      expect(stdout.trim()).toBe('1');
      expect([simulator.array.tables.volumes.size, simulator.array.tables.hosts.size]).toEqual(before);
      expect(simulator.array.check()).toEqual([]);
    } finally {
      await simulator.close();
    }
  });

  it('has control commands that work as they stand', async () => {
    const simulator = await startSimulator({ port: 0 });
    try {
      const [commands = ''] = blocks('Controlling it');
      const { stdout } = await runAgainstSimulator(commands, new URL(simulator.url).port);
      expect(stdout).toContain('"ok":true');
      expect(stdout).not.toContain('"error"');
    } finally {
      await simulator.close();
    }
  });

  it('has a story that replays as it stands', async () => {
    const [, story = ''] = /## Stories that replay[\s\S]*?```yaml\n([\s\S]*?)```/.exec(readme) ?? [];
    const file = readScenario(story, 'story.yaml');
    const { verdict, end, steps } = await runScenario(file, { subject: subjectOf(undefined) });
    expect([...steps.flatMap(({ failures }) => failures), ...end]).toEqual([]);
    expect(verdict).toBe('pass');
  });

  it('has fault rules that can be added as they stand, and are gone afterwards', async () => {
    const simulator = await startSimulator({ port: 0 });
    try {
      const [commands = ''] = blocks('Breaking it');
      const { stdout } = await runAgainstSimulator(commands, new URL(simulator.url).port);
      expect(stdout).not.toContain('"error"');
      expect(stdout).toContain('{"removed":31}');
      expect(simulator.faults.list()).toEqual([]);
      expect(simulator.array.check()).toEqual([]);
    } finally {
      await simulator.close();
    }
  });

  it('has a workload that can be declared as it stands', async () => {
    const simulator = await startSimulator({ port: 0 });
    try {
      const { array } = simulator;
      array.volumes.create({ label: 'walk', poolRef: array.pools.find('DDP_1')?.ref ?? '', capacityBytes: 2 ** 30 });
      const [commands = ''] = blocks('A busy array');
      const { stdout } = await runAgainstSimulator(commands, new URL(simulator.url).port);
      expect(stdout).not.toContain('"error"');
      expect(array.declaredWorkloads.list()).toMatchObject([{ iops: 400, seed: 7, latency: { model: 'exponential' } }]);
    } finally {
      await simulator.close();
    }
  });
});
