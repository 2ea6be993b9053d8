import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { firstDifference } from '../../../conformance/scenario/golden-trace.js';
import { Linter } from '../../../conformance/scenario/lint.js';
import { readScenario, type ScenarioFile } from '../../../conformance/scenario/read-scenario.js';
import { runScenario } from '../../../conformance/scenario/run-scenario.js';
import type { ScenarioReport } from '../../../conformance/scenario/scenario-report.js';
import { subjectOf } from '../../../conformance/subjects/subject-of.js';
import { isLong } from '../../repetitions.js';

const folder = fileURLToPath(new URL('../../../scenarios/', import.meta.url));
const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
const stories = names.filter((name) => name.includes('/') && name.endsWith('.yaml'));
const golden = names.filter((name) => name.endsWith('.trace'));

function read(name: string): ScenarioFile {
  return readScenario(readFileSync(join(folder, name), 'utf8'), `scenarios/${name}`);
}

const play = (name: string): Promise<ScenarioReport> => runScenario(read(name), { subject: subjectOf(undefined) });

const wrong = ({ steps, end }: ScenarioReport) => [...steps.flatMap(({ failures }) => failures), ...end];

describe('the library of scenarios', () => {
  const traces = new Map<string, string>();
  const linter = new Linter();
  afterAll(() => linter.close());

  it('is there, with golden traces of a handful', () => {
    expect(stories.length).toBeGreaterThan(100);
    expect(golden.length).toBeGreaterThanOrEqual(5);
  });

  describe.each(stories)('%s', (name) => {
    it('is sound, and holds with our driver', async () => {
      expect(await linter.lint(read(name))).toEqual([]);
      const report = await play(name);
      expect(wrong(report)).toEqual([]);
      expect(report.verdict).toBe('pass');
      traces.set(name, report.trace);
    });
  });

  // Whether a story goes the same way does not depend on which one it is: a few show it.
  const again = stories.filter((_, index) => isLong || index % 10 === 0);

  describe.each(again.reverse())('%s', (name) => {
    it('goes the same way again, byte for byte, in another order', async () => {
      const { trace } = await play(name);
      expect(trace).toBe(traces.get(name));
    });
  });

  it.each(golden)('%s is what comes out on every machine', (name) => {
    const story = name.replace(/\.trace$/, '.yaml');
    const trace = traces.get(story) ?? '';
    expect(trace.split('\n')[0]).toBe(readFileSync(join(folder, name), 'utf8').split('\n')[0]);
    expect(firstDifference(readFileSync(join(folder, name), 'utf8'), { trace })).toBeUndefined();
  });
});
