import type { Check, CheckResult } from '../../../conformance/checks/check.js';
import { runChecks } from '../../../conformance/checks/run-checks.js';
import { readScenario } from '../../../conformance/scenario/read-scenario.js';
import { runScenario } from '../../../conformance/scenario/run-scenario.js';
import type { ScenarioReport } from '../../../conformance/scenario/scenario-report.js';
import { cinderMethods } from '../../../conformance/subjects/methods.js';
import type { SubjectFactory } from '../../../conformance/subjects/subject.js';

/** Runs one check with a driver; a small effort does where what is wrong is wrong each time. */
export async function tried(
  check: Check,
  subject: SubjectFactory,
  { seed = 1, effort = 0.2, path }: { seed?: number; effort?: number; path?: string } = {},
): Promise<CheckResult> {
  const [result] = await runChecks([check], {
    subject,
    methods: new Set(Object.keys(cinderMethods)),
    constants: {},
    seed,
    effort,
    ...(path === undefined ? {} : { path }),
  });
  if (result === undefined) throw new Error('no check was run');
  return result;
}

/** Plays the story that a check came to, as `replay` would from a file. */
export function replayed(result: CheckResult, subject: SubjectFactory): Promise<ScenarioReport> {
  return runScenario(readScenario(result.failure?.scenario ?? '', 'found.yaml'), { subject });
}

/** The steps of the story that a check came to. */
export function stepsOf(result: CheckResult) {
  return readScenario(result.failure?.scenario ?? '', 'found.yaml').scenario.steps;
}

export function checkOf(checks: readonly Check[], id: string): Check {
  const found = checks.find((check) => check.id === id);
  if (found === undefined) throw new Error(`there is no check ${id}`);
  return found;
}
