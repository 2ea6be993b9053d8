import type { Check, CheckResult } from '../../../../conformance/checks/check.js';
import { judgeRequirements } from '../../../../conformance/checks/outcomes.js';
import { runChecks } from '../../../../conformance/checks/run-checks.js';
import { subjectFor } from '../../../../conformance/library/over-sockets.js';
import { requirement } from '../../../../conformance/requirements/index.js';
import type { SubjectFactory } from '../../../../conformance/subjects/subject.js';
import { secondDriver } from '../../subjects/second-driver.js';
import { changedPackage, secondDriverFolder } from './changed-package.js';
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

/** A driver, and what it says of itself. */
interface Judged {
  readonly subject: SubjectFactory;
  readonly methods: ReadonlySet<string>;
  readonly constants: Readonly<Record<string, unknown>>;
}

/** Whether the driver without a defect passes a check, by the check's id: what it fails says nothing of a defect. */
const passed = new Map<string, boolean>();

/** Judges a defect by the checks that verify one of its rules, until the requirement of one fails. Throws UnfitChange. */
export async function judgePython(
  mutant: PythonMutant,
  checks: readonly Check[],
  { python, seed, folder }: JudgePythonOptions,
): Promise<PythonVerdict> {
  const wanted = mutant.rules.map(requirement);
  const changed = await judged(python, changedPackage(mutant, folder));
  const results: CheckResult[] = [];
  for (const check of checks.filter(({ verifies }) => verifies.some((rule) => mutant.rules.includes(rule)))) {
    const found = await runChecks([check], { ...changed, seed });
    const failed = judgeRequirements(wanted, found, []).find(({ outcome }) => outcome === 'fail');
    results.push(...found);
    if (failed !== undefined && (await passes(check, { python, seed })))
      return { mutant, rule: failed.id, killedBy: check.id, checks: results.length };
  }
  return { mutant, checks: results.length };
}

async function passes(check: Check, { python, seed }: { readonly python: string; readonly seed: number }) {
  const known = passed.get(check.id);
  if (known !== undefined) return known;
  const [result] = await runChecks([check], { ...(await judged(python, secondDriverFolder)), seed });
  const isPass = result?.outcome === 'pass';
  passed.set(check.id, isPass);
  return isPass;
}

async function judged(python: string, folder: string): Promise<Judged> {
  const subject = subjectFor(secondDriver(python, folder), { patience: () => AbortSignal.timeout(100_000) });
  const { methods, constants = {}, close } = await subject({ configuration: {} });
  await close();
  return { subject, methods, constants };
}
