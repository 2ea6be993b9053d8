import type { Check, CheckResult } from '../../../conformance/checks/check.js';
import { judgeRequirements } from '../../../conformance/checks/outcomes.js';
import { runChecks } from '../../../conformance/checks/run-checks.js';
import { requirement } from '../../../conformance/requirements/index.js';
import { moduleSubject } from '../../../conformance/subjects/module-subject.js';
import type { SubjectFactory } from '../../../conformance/subjects/subject.js';
import type { Mutant } from './mutant.js';
import { mutatedDriver } from './mutated-driver.js';

export interface MutantVerdict {
  readonly mutant: Mutant;
  /** The check that made the rule's requirement fail; undefined when the mutant survived. */
  readonly killedBy?: string;
  /** What it found, in its own words. */
  readonly because?: string;
  /** Checks that were run. */
  readonly checks: number;
}

/** Judges a mutant by the checks that verify its rule, until that rule's requirement fails. Throws NoMutant. */
export async function judgeMutant(mutant: Mutant, checks: readonly Check[], seed: number): Promise<MutantVerdict> {
  const wanted = requirement(mutant.rule);
  const subject = moduleSubject(mutatedDriver(mutant));
  const { methods, constants } = await introduced(subject);
  const results: CheckResult[] = [];
  for (const check of checks.filter(({ verifies }) => verifies.includes(mutant.rule))) {
    results.push(...(await runChecks([check], { subject, methods, constants, seed })));
    const [judged] = judgeRequirements([wanted], results, []);
    if (judged?.outcome === 'fail')
      return { mutant, killedBy: check.id, because: judged.reason ?? '', checks: results.length };
  }
  return { mutant, checks: results.length };
}

async function introduced(factory: SubjectFactory) {
  const subject = await factory({ configuration: {} });
  const { methods, constants = {} } = subject;
  await subject.close();
  return { methods, constants };
}
