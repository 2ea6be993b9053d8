import type { Check, CheckResult } from '../../../../conformance/checks/check.js';
import { judgeRequirements } from '../../../../conformance/checks/outcomes.js';
import { runChecks } from '../../../../conformance/checks/run-checks.js';
import { subjectFor } from '../../../../conformance/commands/over-sockets.js';
import { requirement } from '../../../../conformance/requirements/index.js';
import { secondDriver } from '../../subjects/second-driver.js';
import { changedPackage } from './changed-package.js';
import type { PythonMutant } from './mutant.js';

export interface PythonVerdict {
  readonly mutant: PythonMutant;
  /** The requirement that failed, and the check that made it fail; undefined when the defect was not noticed. */
  readonly rule?: string;
  readonly killedBy?: string;
  readonly checks: number;
}

export interface JudgePythonOptions {
  /** A Python that has Cinder. */
  readonly python: string;
  readonly seed: number;
  /** Where the changed driver is written. */
  readonly folder: string;
}

/** Judges a defect by the checks that verify one of its rules, until the requirement of one fails. Throws UnfitChange. */
export async function judgePython(
  mutant: PythonMutant,
  checks: readonly Check[],
  { python, seed, folder }: JudgePythonOptions,
): Promise<PythonVerdict> {
  const wanted = mutant.rules.map(requirement);
  const subject = subjectFor(secondDriver(python, changedPackage(mutant, folder)), {
    patience: () => AbortSignal.timeout(100_000),
  });
  const started = await subject({ configuration: {} });
  const { methods, constants = {} } = started;
  await started.close();
  const results: CheckResult[] = [];
  for (const check of checks.filter(({ verifies }) => verifies.some((rule) => mutant.rules.includes(rule)))) {
    results.push(...(await runChecks([check], { subject, methods, constants, seed })));
    const failed = judgeRequirements(wanted, results, []).find(({ outcome }) => outcome === 'fail');
    if (failed !== undefined) return { mutant, rule: failed.id, killedBy: check.id, checks: results.length };
  }
  return { mutant, checks: results.length };
}
