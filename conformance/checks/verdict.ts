import type { Requirement } from '../requirements/requirement.js';
import type { CheckResult } from './check.js';
import { judgeRequirements, type RequirementResult } from './outcomes.js';
import { byId, type Choosable, choose, type Selection } from './selection.js';
import type { Waiver } from './waivers.js';

/** Whether a run passed, failed, or could not be run to an end that says either. */
type RunVerdict = 'pass' | 'fail' | 'error';

export interface JudgedRequirement extends RequirementResult {
  /** Whether it decides the verdict of this run: by its level, and by what the run was asked for. */
  readonly counts: boolean;
}

interface JudgedWaiver extends Waiver {
  /** expired: its last day is over. stale: its requirement passes. Both fail the run. */
  readonly state: 'valid' | 'expired' | 'stale';
}

export interface Judgement {
  readonly verdict: RunVerdict;
  readonly requirements: readonly JudgedRequirement[];
  readonly waivers: readonly JudgedWaiver[];
  /** Checks that failed or broke without speaking against any requirement. */
  readonly unattributed: readonly string[];
}

export interface JudgeInput {
  readonly requirements: readonly Requirement[];
  /** All that there are, chosen or not. */
  readonly checks: readonly Choosable[];
  readonly selection: Selection;
  readonly results: readonly CheckResult[];
  readonly waivers: readonly Waiver[];
  /** YYYY-MM-DD. */
  readonly today: string;
}

/** Judges what the checks of a run came to. Their order does not matter: shards come in any. */
export function judge({ requirements, checks, selection, results, waivers, today }: JudgeInput): Judgement {
  const { asked, whole } = choose(checks, requirements, selection);
  const sorted = [...results].sort(byId);
  const unexpired = waivers.filter(({ expires }) => expires >= today);
  const plain = judgeRequirements(requirements, sorted, []);
  const passes = (id: string) => plain.some((each) => each.id === id && each.outcome === 'pass');
  const judgedWaivers = waivers.map((waiver): JudgedWaiver => {
    if (!unexpired.includes(waiver)) return { ...waiver, state: 'expired' };
    // What other checks may still speak against can't be called held.
    return { ...waiver, state: whole.has(waiver.id) && passes(waiver.id) ? 'stale' : 'valid' };
  });
  const judged = judgeRequirements(requirements, sorted, unexpired).map((result): JudgedRequirement => {
    const isOfLevel = selection.level === 'should' || result.level === 'must';
    return { ...result, counts: isOfLevel && (asked.has(result.id) || result.outcome !== 'not exercised') };
  });
  const spoken = new Set(plain.filter(({ outcome }) => outcome !== 'pass').flatMap((each) => each.checks));
  const unattributed = sorted
    .filter(({ id, outcome }) => (outcome === 'fail' || outcome === 'error') && !spoken.has(id))
    .filter(({ verifies, outcome }) => outcome === 'fail' || verifies.length === 0);
  const has = (...outcomes: readonly RequirementResult['outcome'][]) =>
    judged.some(({ counts, outcome }) => counts && outcomes.includes(outcome));
  const fails =
    has('fail', 'not exercised') ||
    judgedWaivers.some(({ state }) => state !== 'valid') ||
    unattributed.some(({ outcome }) => outcome === 'fail');
  const breaks = has('error') || unattributed.length > 0;
  return {
    verdict: fails ? 'fail' : breaks ? 'error' : 'pass',
    requirements: judged,
    waivers: judgedWaivers,
    unattributed: unattributed.map(({ id }) => id),
  };
}
