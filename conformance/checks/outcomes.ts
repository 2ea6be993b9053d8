import type { Requirement } from '../requirements/requirement.js';
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
 * failures name, and against all that it verifies where they name none. One check that passed is enough for a pass when
 * none failed. What no check tried is not exercised, and fails a gate like a failure does.
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
    return { id, level, outcome: 'fail', reason: messagesOf(failed), checks: failed.map((each) => each.id) };
  const by = (outcome: CheckResult['outcome']) => about.filter((each) => each.outcome === outcome);
  const broken = by('error');
  if (broken.length > 0)
    return { id, level, outcome: 'error', reason: reasonsOf(broken), checks: broken.map((each) => each.id) };
  // A check that failed ended there: for what else it verifies it has shown nothing.
  const passed = by('pass');
  if (passed.length > 0) return { id, level, outcome: 'pass', checks: passed.map((each) => each.id) };
  const skipped = by('skipped');
  if (skipped.length > 0)
    return { id, level, outcome: 'skipped', reason: reasonsOf(skipped), checks: skipped.map((each) => each.id) };
  if (unobservable !== undefined) return { id, level, outcome: 'skipped', reason: unobservable, checks: [] };
  return { id, level, outcome: 'not exercised', checks: [] };
}

/** Whether a failed check speaks against a requirement. */
function countsAgainst({ kind, verifies, failure }: CheckResult, id: string): boolean {
  const named = (failure?.failures ?? []).flatMap(({ requirement }) =>
    requirement === undefined ? [] : [requirement],
  );
  if (named.includes(id)) return true;
  // A story of its own shows all that it says it shows; what is generated shows what its failures name.
  return verifies.includes(id) && (kind === 'direct' || named.length === 0);
}

function messagesOf(results: readonly CheckResult[]): string {
  return results.flatMap(({ failure }) => (failure?.failures ?? []).map(({ message }) => message)).join('; ');
}

function reasonsOf(results: readonly CheckResult[]): string {
  return [...new Set(results.map(({ reason }) => reason ?? ''))].filter(Boolean).join('; ');
}
