import type { Requirement } from '../requirements/requirement.js';
import type { Failure } from '../scenario/play.js';
import type { CheckResult } from './check.js';
import type { Waiver } from './waivers.js';

/** What is known of a requirement after a run. */
export type Outcome = 'pass' | 'fail' | 'error' | 'skipped' | 'waived' | 'not exercised';

export interface RequirementResult {
  readonly id: string;
  readonly level: Requirement['level'];
  readonly outcome: Outcome;
  /** Why: the checks that failed or were skipped, the waiver, what keeps it from being shown. */
  readonly reason?: string;
  /** Ids of the checks that say so. */
  readonly checks: readonly string[];
}

/**
 * Judges each requirement by the checks that verify it. A check that failed counts against those requirements that its
 * failures name, and against no other: what it did not come to is not reached. One check that passed is enough for a pass
 * when none failed, and so is one that failed for another reason and showed this one all the same. What no check tried, or
 * reached, is not exercised, and fails a gate like a failure does.
 */
export function judgeRequirements(
  requirements: readonly Requirement[],
  results: readonly CheckResult[],
  waivers: readonly Waiver[],
): RequirementResult[] {
  return requirements.map((requirement) => {
    const result = judged(requirement, results);
    const waiver = waivers.find(({ id }) => id === requirement.id);
    if (waiver === undefined || result.outcome === 'pass' || result.outcome === 'skipped') return result;
    return { ...result, outcome: 'waived', reason: `${waiver.reason} (${waiver.owner}, until ${waiver.expires})` };
  });
}

function judged({ id, level, unobservable }: Requirement, results: readonly CheckResult[]): RequirementResult {
  const about = results.filter(({ verifies }) => verifies.includes(id));
  const failed = results.filter((result) => result.outcome === 'fail' && countsAgainst(result, id));
  if (failed.length > 0)
    return { id, level, outcome: 'fail', reason: messagesOf(failed, id), checks: failed.map((each) => each.id) };
  const by = (outcome: CheckResult['outcome']) => about.filter((each) => each.outcome === outcome);
  const broken = by('error');
  if (broken.length > 0)
    return { id, level, outcome: 'error', reason: reasonsOf(broken), checks: broken.map((each) => each.id) };
  const passed = about.filter(({ outcome, held }) => outcome === 'pass' || held?.includes(id));
  if (passed.length > 0) return { id, level, outcome: 'pass', checks: passed.map((each) => each.id) };
  const cut = by('fail');
  if (cut.length > 0) return { id, level, outcome: 'not exercised', reason: notReached(cut), checks: [] };
  const skipped = by('skipped');
  if (skipped.length > 0)
    return { id, level, outcome: 'skipped', reason: reasonsOf(skipped), checks: skipped.map((each) => each.id) };
  if (unobservable !== undefined) return { id, level, outcome: 'skipped', reason: unobservable, checks: [] };
  return { id, level, outcome: 'not exercised', checks: [] };
}

/** Whether a failed check speaks against a requirement. */
function countsAgainst({ verifies, failure }: CheckResult, id: string): boolean {
  const named = namedBy(failure);
  return named.length === 0 ? verifies.length === 1 && verifies[0] === id : named.includes(id);
}

function namedBy(failure: CheckResult['failure']): string[] {
  return (failure?.failures ?? []).flatMap(namesOf);
}

function namesOf({ requirement, also = [] }: Failure): string[] {
  return requirement === undefined ? [] : [requirement, ...also];
}

function notReached(cut: readonly CheckResult[]): string {
  const why = cut.map(({ id, failure }) => `${id} broke ${[...new Set(namedBy(failure))].join(', ') || 'before'}`);
  return `not reached: ${why.join('; ')}`;
}

function messagesOf(results: readonly CheckResult[], id: string): string {
  const all = results.flatMap(({ failure }) => failure?.failures ?? []);
  const named = all.filter((each) => namesOf(each).includes(id));
  return [...new Set((named.length > 0 ? named : all).map(({ message }) => message))].join('; ');
}

function reasonsOf(results: readonly CheckResult[]): string {
  return [...new Set(results.map(({ reason }) => reason ?? ''))].filter(Boolean).join('; ');
}
