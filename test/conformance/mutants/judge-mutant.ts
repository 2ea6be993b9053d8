import type { Check, CheckResult } from '../../../conformance/checks/check.js';
import { judgeRequirements } from '../../../conformance/checks/outcomes.js';
import { runChecks } from '../../../conformance/checks/run-checks.js';
import { requirement } from '../../../conformance/requirements/index.js';
import { moduleSubject } from '../../../conformance/subjects/module-subject.js';
import type { SubjectFactory } from '../../../conformance/subjects/subject.js';
import { changedDriver } from '../changed-driver/changed-driver.js';
import { changesOf, type Mutant } from './mutant.js';

export interface MutantVerdict {
  readonly mutant: Mutant;
  /** The check that made the rule's requirement fail; undefined when the mutant survived. */
  readonly killedBy?: string;
  /** What it found, in its own words. */
  readonly because?: string;
  /** Checks that were run. */
  readonly checks: number;
}

export interface JudgeOptions {
  readonly seed: number;
  /** Where the changed driver is written. */
  readonly folder: string;
}

/** Checks of few requirements come first: they are short, and what they find says best what is wrong. */
export function inOrderOfCost(checks: readonly Check[]): Check[] {
  return [...checks].sort((one, other) => one.verifies.length - other.verifies.length);
}

/** Judges a mutant by the checks that verify its rule, until that rule's requirement fails. Throws UnfitChange. */
export async function judgeMutant(
  mutant: Mutant,
  checks: readonly Check[],
  { seed, folder }: JudgeOptions,
): Promise<MutantVerdict> {
  const wanted = requirement(mutant.rule);
  const subject = moduleSubject(changedDriver(mutant.id, changesOf(mutant), folder));
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
