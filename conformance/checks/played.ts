import type { ScenarioReport } from '../scenario/run-scenario.js';
import type { CheckRun } from './check.js';

/** What a check came to that is one story. */
export function checkRunOf(report: ScenarioReport, scenario: string): CheckRun {
  const failures = [...report.steps.flatMap((step) => step.failures), ...report.end];
  const { verdict, driverCalls, trace, seed } = report;
  const counts = { stories: 1, driverCalls };
  if (verdict === 'pass') return { outcome: 'pass', ...counts };
  const notOffered = failures.find(({ isNotOffered }) => isNotOffered === true);
  if (notOffered !== undefined && failures.length === 1)
    return { outcome: 'skipped', reason: notOffered.message, ...counts };
  const failure = { failures, scenario, trace, seed };
  if (verdict === 'error')
    return { outcome: 'error', reason: failures.map(({ message }) => message).join('; '), ...counts, failure };
  return { outcome: 'fail', ...counts, failure };
}
