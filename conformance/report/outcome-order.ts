import type { Outcome } from '../checks/outcomes.js';
import type { CheckReport, ConformanceReport, RequirementReport } from './report.js';

/** What needs attention first. */
const outcomeOrder: readonly Outcome[] = ['fail', 'error', 'not exercised', 'waived', 'skipped', 'pass'];

/** Requirements by outcome, what needs attention first; in the order of their ids where that is the same. */
export function byOutcome(requirements: readonly RequirementReport[]): RequirementReport[] {
  const rank = (each: RequirementReport) => outcomeOrder.indexOf(each.outcome);
  return [...requirements].sort((one, other) => rank(one) - rank(other));
}

/** How many requirements came to each outcome, e.g. `2 fail, 1 waived, 250 pass`. */
export function countsInWords({ requirements }: Pick<ConformanceReport, 'requirements'>): string {
  return outcomeOrder
    .map((outcome) => ({ outcome, count: requirements.filter((each) => each.outcome === outcome).length }))
    .filter(({ count }) => count > 0)
    .map(({ outcome, count }) => `${count} ${outcome}`)
    .join(', ');
}

export const verdictWords = { pass: 'PASSED', fail: 'FAILED', error: 'COULD NOT BE JUDGED' } as const;

export interface WrongCheck {
  readonly check: CheckReport;
  /** waived: all that it speaks against is. */
  readonly outcome: 'fail' | 'error' | 'waived';
}

/** Checks that failed or broke, what needs attention first. */
export function wrongChecks({ checks, requirements }: ConformanceReport): WrongCheck[] {
  const about = (id: string, outcome: Outcome) =>
    requirements.some((each) => each.outcome === outcome && each.checks.includes(id));
  const wrong = checks.flatMap((check): WrongCheck[] => {
    const { id, outcome } = check;
    if (outcome !== 'fail' && outcome !== 'error') return [];
    const isWaived = about(id, 'waived') && !about(id, 'fail') && !about(id, 'error');
    return [{ check, outcome: isWaived ? 'waived' : outcome }];
  });
  const rank = ({ outcome }: WrongCheck) => outcomeOrder.indexOf(outcome);
  return wrong.sort((one, other) => rank(one) - rank(other));
}
