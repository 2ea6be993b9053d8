import type { Check, CheckResult } from '../../../conformance/checks/check.js';
import { judgeRequirements } from '../../../conformance/checks/outcomes.js';
import { runChecks } from '../../../conformance/checks/run-checks.js';
import { requirements } from '../../../conformance/requirements/index.js';
import { moduleSubject } from '../../../conformance/subjects/module-subject.js';
import { changedDriver } from '../changed-driver/changed-driver.js';
import type { Variant } from './variant.js';

/** A requirement that a variant was found to break, or a check that could not be played with it. */
interface Objection {
  /** The requirement; the check where no requirement is named. */
  readonly id: string;
  readonly outcome: 'fail' | 'error';
  readonly message: string;
  /** Ids of the checks that say so. */
  readonly checks: readonly string[];
}

export interface VariantVerdict {
  readonly id: string;
  /** None: the suite passes the variant. */
  readonly objections: readonly Objection[];
  readonly stories: number;
  /** Checks that were skipped for what the variant does not have. */
  readonly skipped: number;
}

/** Judges a variant by all these checks. Throws UnfitChange. */
export async function judgeVariant(
  variant: Variant,
  checks: readonly Check[],
  { seed, folder }: { readonly seed: number; readonly folder: string },
): Promise<VariantVerdict> {
  const subject = moduleSubject(changedDriver(variant.id, variant.changes, folder));
  const introduced = await subject({ configuration: {} });
  const { methods, constants = {} } = introduced;
  await introduced.close();
  const results = await runChecks(checks, { subject, methods, constants, seed });
  return {
    id: variant.id,
    objections: objectionsOf(results),
    stories: results.reduce((sum, { stories }) => sum + stories, 0),
    skipped: results.filter(({ outcome }) => outcome === 'skipped').length,
  };
}

/** What results say against a driver; a check that broke without a requirement counts for itself. */
function objectionsOf(results: readonly CheckResult[]): Objection[] {
  const objections: Objection[] = [];
  for (const { id, outcome, reason = '', checks } of judgeRequirements(requirements, results, []))
    if (outcome === 'fail' || outcome === 'error') objections.push({ id, outcome, message: reason, checks });
  const told = new Set(objections.flatMap(({ checks }) => checks));
  for (const { id, outcome, reason, failure } of results) {
    if ((outcome !== 'fail' && outcome !== 'error') || told.has(id)) continue;
    const message = reason ?? (failure?.failures ?? []).map((each) => each.message).join('; ');
    objections.push({ id, outcome, message, checks: [id] });
  }
  return objections;
}
