import type { Outcome } from '../checks/outcomes.js';
import type { ConformanceReport, RequirementReport } from './report.js';

/** What needs attention first. */
export const outcomeOrder: readonly Outcome[] = ['fail', 'error', 'not exercised', 'waived', 'skipped', 'pass'];

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

const verdictWords = { pass: 'PASSED', fail: 'FAILED', error: 'COULD NOT BE JUDGED' } as const;

/** The verdict in words. */
export function verdictOf({
  verdict,
  unjudged,
  unfinished,
}: Partial<Pick<ConformanceReport, 'unjudged' | 'unfinished'>> & Pick<ConformanceReport, 'verdict'>): string {
  if (unjudged !== undefined) return 'CANNOT BE JUDGED';
  return unfinished ? `UNFINISHED, ${verdictWords[verdict]} so far` : verdictWords[verdict];
}
