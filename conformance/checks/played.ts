import type { Failure } from '../scenario/play.js';
import type { ScenarioReport } from '../scenario/scenario-report.js';
import type { CheckRun } from './check.js';

/** What a check came to that is one story. */
export function checkRunOf(report: ScenarioReport, scenario: string): CheckRun {
  const failures = [...report.steps.flatMap((step) => step.failures), ...report.end];
  const { verdict, driverCalls, trace, seed, held } = report;
  const counts = { stories: 1, driverCalls };
  if (verdict === 'pass') return { outcome: 'pass', ...counts };
  const notOffered = failures.find(({ isNotOffered }) => isNotOffered === true);
  if (notOffered !== undefined && failures.length === 1)
    return { outcome: 'skipped', reason: notOffered.message, ...counts };
  const reason = whyNotReached(report, failures);
  if (reason !== undefined) return { outcome: 'skipped', reason, ...counts };
  const failure = { failures, scenario, trace, seed };
  if (verdict === 'error')
    return { outcome: 'error', reason: failures.map(({ message }) => message).join('; '), ...counts, failure };
  return { outcome: 'fail', ...counts, failure, ...(held.length === 0 ? {} : { held }) };
}

/**
 * The failures of a story but for those of its start. Every story has the same start: what breaks there is told once by
 * itself, and is not what a search for failing stories looks for.
 */
export function failuresAfterTheStart({ steps, end }: ScenarioReport): Failure[] {
  const after = steps.filter(({ path: [where] }) => where !== 'driver' && where !== 'drivers');
  return [...after.flatMap((step) => step.failures), ...end];
}

/**
 * Why a story says nothing of a driver: it leaves a method to Cinder, or does not send the request that a fault waits for.
 * Only what was found while that fault was waiting is excused: what broke before it was armed, or after it fired, counts.
 * What the array and the records show to be wrong counts all the same, and so does an exception where no fault was met.
 * undefined when the story speaks against the driver.
 */
function whyNotReached({ unsupported, unreached }: ScenarioReport, failures: readonly Failure[]): string | undefined {
  const isLeft = unsupported.length > 0;
  const isExcused = ({ isExpectation, isError, exception, object, isBeforeFault }: Failure) =>
    isLeft
      ? isExpectation === true || isError === true || object?.endsWith(' membership') === true
      : isExpectation === true && exception === undefined && isBeforeFault === true;
  if ((!isLeft && unreached.length === 0) || !failures.every(isExcused)) return undefined;
  if (isLeft) return `The driver leaves ${unsupported.join(', ')} to Cinder.`;
  return `What it is about was not reached: the driver sends nothing that the fault ${unreached.join(', ')} waits for.`;
}
