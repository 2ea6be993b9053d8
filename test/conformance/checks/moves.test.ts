import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { type CommandOptions, commands } from '../../../conformance/checks/model/command.js';
import { improvise } from '../../../conformance/checks/model/improvise.js';
import { scenarioOf } from '../../../conformance/scenario/read-scenario.js';
import { runScenario } from '../../../conformance/scenario/run-scenario.js';
import { ourDriver } from './broken-drivers.js';

vi.setConfig({ testTimeout: 240_000 });

const often = { create: 6, clone: 2, copy: 3, extend: 4, delete: 5, snapshot: 7, drop: 6, revert: 3, retype: 3 };
const groups = { group: 4, join: 5, leave: 5, ungroup: 3, 'group-snapshot': 5, 'group-drop': 5, 'group-copy': 3 };
const others = { attach: 5, detach: 4, migrate: 3, manage: 2, unmanage: 2, foreign: 2, restart: 1 };
const options: CommandOptions = { weights: { ...often, ...groups, ...others }, faults: 60, races: 10 };

it.each([1, 2, 3])('no move asks for what Cinder refuses, whatever failed before (%i)', async (seed) => {
  const [list = []] = fc.sample(commands(options, 70), { seed, numRuns: 1 });
  const improvised = improvise(list, { wire: false, sharing: true });
  const story = { name: 'n', why: 'w', verifies: [], driver: { netapp_enable_multiattach: true }, steps: [] };
  const report = await runScenario(scenarioOf(story, 'moves.yaml'), {
    subject: ourDriver,
    isGenerated: true,
    improvisation: improvised,
    traced: false,
  });
  expect(improvised.steps.length).toBeGreaterThan(30);
  expect(report.dropped.map((path) => JSON.stringify(improvised.steps[Number(path[1])]))).toEqual([]);
  expect(report.verdict).toBe('pass');
});
