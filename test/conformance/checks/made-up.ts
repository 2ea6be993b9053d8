import type { CheckResult } from '../../../conformance/checks/check.js';
import type { Requirement } from '../../../conformance/requirements/requirement.js';

export function requirementOf(id: string, changes: Partial<Requirement> = {}): Requirement {
  return { id, level: 'must', clause: `Clause of ${id}.`, source: `source of ${id}`, methods: [], ...changes };
}

/** A result that says nothing else than what matters. */
export function resultOf(
  id: string,
  outcome: CheckResult['outcome'],
  verifies: readonly string[],
  changes: Partial<CheckResult> = {},
): CheckResult {
  const failure = { failures: [{ message: `${id} failed` }], scenario: '', trace: '', seed: 0 };
  return {
    id,
    kind: 'direct',
    title: `title of ${id}`,
    verifies,
    outcome,
    stories: 1,
    driverCalls: 3,
    ...(outcome === 'fail' ? { failure } : {}),
    ...(outcome === 'error' || outcome === 'skipped' ? { reason: `why ${id}` } : {}),
    ...changes,
  };
}
